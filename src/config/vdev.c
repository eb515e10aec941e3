/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From names of disks to numbers, as Xen's block interface defines them; see vdev.h. */
#include "config/vdev.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

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
