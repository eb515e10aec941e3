/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of disks on a command line; see disk_words.h. */
#include "commands/disk_words.h"

#include <string.h>

#include "base/mem.h"
#include "base/vdev.h"
#include "commands/device_complete.h"
#include "xen/disk.h"

int disk_words_check_vdev(const char *word, struct error **error)
{
    if (vdev_number(word) >= 0)
        return 0;
    error_set(error, ERR_USAGE, "'%s' is no name of a disk", word);
    return starts_with(word, "/dev/") && vdev_number(word + strlen("/dev/")) >= 0
               ? error_hint(error, "did you mean '%s'?", word + strlen("/dev/"))
               : error_hint(error, "names are xvda, hda, sda or a number such as 51712");
}

/* The disks of the domain that was typed; false when they are not to be had. */
static bool read_disks(const struct string_list *arguments, struct device_rows *rows)
{
    auto_xen_host *host = NULL;
    auto_domain domain = { 0 };
    const struct domain *only = &domain;

    return device_complete_open(arguments, &host, &domain) &&
           xen_disk_list(host, &only, 1, false, rows, NULL) == 0;
}

void disk_words_offer(const struct string_list *arguments, bool cdroms, struct string_list *list)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;

    if (!read_disks(arguments, &rows))
        return;
    for (size_t i = 0; i < rows.count; i++) {
        const struct disk *disk = rows.items[i];

        if (!cdroms || disk->cdrom)
            string_list_add(list, disk->vdev);
    }
}

void disk_words_offer_free(const struct string_list *arguments, const char *lead,
                           struct string_list *list)
{
    auto_string_list used = STRING_LIST_INIT;

    disk_words_offer(arguments, false, &used);
    for (char letter = 'a'; letter <= 'z'; letter++) {
        const char vdev[] = { 'x', 'v', 'd', letter, '\0' };

        if (!string_list_has(&used, vdev)) {
            string_list_take(list, xasprintf("%s%s", lead, vdev));
            return;
        }
    }
}
