/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From names of disks to numbers, as Xen's block interface defines them; see vdev.h. */
#include "base/vdev.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* Letters count a, b ... z, aa, ab ...; digits behind them are the partition. */
static bool parse_letters(const char *text, long max_disk, long max_partition, long *ret_disk,
                          long *ret_partition)
{
    long disk = -1, partition = 0;

    for (; *text >= 'a' && *text <= 'z'; text++)
        if ((disk = (disk + 1) * 26 + (*text - 'a')) > max_disk)
            return false;
    if (disk < 0 || *text == '0')
        return false;
    for (; *text >= '0' && *text <= '9'; text++)
        if ((partition = partition * 10 + (*text - '0')) > max_partition)
            return false;
    *ret_disk = disk;
    *ret_partition = partition;
    return !*text;
}

/* d0p1, where both are numbers of C: 0x1f is fine. */
static bool parse_numbers(const char *text, long *ret_disk, long *ret_partition)
{
    char *end;

    errno = 0;
    *ret_disk = strtol(text, &end, 0);
    if (end == text || *end != 'p' || *ret_disk < 0 || *ret_disk >= 1 << 20)
        return false;
    text = end + 1;
    *ret_partition = strtol(text, &end, 0);
    return end != text && !*end && !errno && *ret_partition >= 0 && *ret_partition < 256;
}

static long virtual_number(long disk, long partition)
{
    if (disk < 16 && partition < 16)
        return (202 << 8) | (disk << 4) | partition;
    return (1 << 28) | (disk << 8) | partition;
}

long vdev_number(const char *vdev)
{
    long disk, partition, number;
    char *end;

    if (starts_with(vdev, "xvd") && parse_letters(vdev + 3, (1 << 20) - 1, 255, &disk, &partition))
        return virtual_number(disk, partition);
    if (starts_with(vdev, "hd") && parse_letters(vdev + 2, 3, 63, &disk, &partition))
        return ((disk < 2 ? 3 : 22) << 8) | ((disk & 1) << 6) | partition;
    if (starts_with(vdev, "sd") && parse_letters(vdev + 2, 15, 15, &disk, &partition))
        return (8 << 8) | (disk << 4) | partition;
    if (*vdev == 'd' && parse_numbers(vdev + 1, &disk, &partition))
        return virtual_number(disk, partition);
    errno = 0;
    number = strtol(vdev, &end, 0);
    return end == vdev || *end || errno || number < 0 || number > INT_MAX ? -1 : number;
}

/* Letters and the number of a partition behind them; 0: the whole disk. */
static char *letters_name(const char *prefix, unsigned long disk, unsigned long partition)
{
    char letters[8];
    size_t at = sizeof(letters) - 1;

    letters[at] = '\0';
    for (unsigned long rest = disk + 1; rest && at; rest = (rest - 1) / 26)
        letters[--at] = (char)('a' + (rest - 1) % 26);
    return partition ? xasprintf("%s%s%lu", prefix, letters + at, partition)
                     : xasprintf("%s%s", prefix, letters + at);
}

char *vdev_name(unsigned long number)
{
    unsigned long minor = number & 0xff;

    if (number >> 28 == 1)
        return letters_name("xvd", (number & 0xfffffff) >> 8, minor);
    switch (number >> 8) {
    case 202:
        return letters_name("xvd", minor >> 4, minor & 15);
    case 8:
        return letters_name("sd", minor >> 4, minor & 15);
    case 3:
    case 22:
        return minor & 0x80
                   ? xasprintf("%lu", number)
                   : letters_name("hd", (number >> 8 == 22 ? 2 : 0) + (minor >> 6 & 1), minor & 63);
    default:
        return xasprintf("%lu", number);
    }
}
