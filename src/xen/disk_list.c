/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What xenstore knows of guests' disks. Decisions rest on /libxl, which only this host writes: of
 * the guest's own nodes and of the backend's there are only numbers. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/vdev.h"
#include "xen/device_folders.h"
#include "xen/disk.h"

/* Linux counts in these, whatever the sector size that it tells the guest. */
#define SECTOR_BYTES 512

/* The questions about one disk, in the order in which they are asked. */
enum own_question {
    Q_BACKEND,
    Q_FRONTEND,
    Q_DEV,
    Q_PARAMS,
    Q_TYPE,
    Q_MODE,
    Q_DEVICE_TYPE,
    Q_SCRIPT,
    Q_STATE,
    Q_EVENT,
    Q_RING,
};
enum detail_question { Q_REMOVABLE, Q_SPECIFICATION, Q_B_STATE, Q_SECTORS, Q_PHYSICAL, Q_B_NAME };

static void ask_own(struct store_questions *questions, struct device_folder *folder)
{
    static const char *const ours[] = { "backend", "frontend",    "dev",    "params", "type",
                                        "mode",    "device-type", "script", NULL };
    static const char *const theirs[] = { "state", "event-channel", "ring-ref", NULL };

    folder->first = questions->count;
    device_folder_ask(questions, folder, ours);
    device_folder_ask_guest(questions, folder, theirs);
}

static const char *backend_type(const char *word)
{
    static const char *const types[] = { "phy", "qdisk", "standalone" };

    for (size_t i = 0; word && i < ARRAY_SIZE(types); i++)
        if (strcmp(word, types[i]) == 0)
            return types[i];
    return NULL;
}

static bool is(const struct store_questions *answers, size_t index, const char *word)
{
    const char *value = store_value(answers, index);

    return value && strcmp(value, word) == 0;
}

/* The script that libxl runs where none was named. */
static char *script_of(const struct store_questions *answers, size_t index)
{
    char *script = store_text(answers, index);

    if (script && strcmp(script, XEN_CONFIG_DIR "/scripts/block") == 0) {
        free(script);
        return NULL;
    }
    return script;
}

static void fill_own(struct device_folder *folder, const struct store_questions *answers,
                     struct device_rows *rows)
{
    size_t first = folder->first;
    struct device device = { .domid = folder->domain->domid, .devid = (int)folder->number };
    struct disk *disk;

    if (!device_set_backend(&device, store_value(answers, first + Q_BACKEND)))
        return;
    disk = folder->row = device_rows_add(rows, sizeof(*disk), disk_release);
    device_set_domain(&device, folder->domain);
    device.frontend_path = store_text(answers, first + Q_FRONTEND);
    device.state = store_number(answers, first + Q_STATE);
    device.event_channel = store_number(answers, first + Q_EVENT);
    disk->device = device;
    disk->ring_ref = store_number(answers, first + Q_RING);
    disk->vdev = vdev_name(folder->number);
    disk->configured = store_text(answers, first + Q_DEV);
    disk->writable = is(answers, first + Q_MODE, "w");
    disk->cdrom = is(answers, first + Q_DEVICE_TYPE, "cdrom");
    disk->backend_type = backend_type(store_value(answers, first + Q_TYPE));
    disk->script = script_of(answers, first + Q_SCRIPT);
    disk_set_target(disk, store_value(answers, first + Q_PARAMS));
    disk->backend_state = DEVICE_UNKNOWN;
}

static void ask_details(struct store_questions *questions, struct device_folder *folder)
{
    static const char *const keys[] = { "removable", "specification", NULL };
    static const char *const backend[] = { "state", "sectors", "physical-device-path" };
    const struct disk *disk = folder->row;

    folder->first = questions->count;
    device_folder_ask(questions, folder, keys);
    for (size_t i = 0; i < ARRAY_SIZE(backend); i++)
        (void)store_question_value(questions, "%s/%s", disk->device.backend_path, backend[i]);
    (void)store_question_value(questions, "/local/domain/%u/name", disk->device.backend_domid);
}

static void fill_details(const struct device_folder *folder, const struct store_questions *answers)
{
    struct disk *disk = folder->row;
    size_t first = folder->first;
    const char *sectors = store_value(answers, first + Q_SECTORS);

    disk->removable = is(answers, first + Q_REMOVABLE, "1");
    disk->specification = store_text(answers, first + Q_SPECIFICATION);
    disk->backend_state = store_number(answers, first + Q_B_STATE);
    if (sectors)
        disk->size_bytes = strtoull(sectors, NULL, 10) * SECTOR_BYTES;
    disk->physical_path = store_text(answers, first + Q_PHYSICAL);
    disk->device.backend = store_text(answers, first + Q_B_NAME);
}

static int add_details(struct xen_host *host, struct device_folders *folders, struct error **error)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;

    for (size_t i = 0; i < folders->count; i++)
        if (folders->items[i].row)
            ask_details(&questions, &folders->items[i]);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < folders->count; i++)
        if (folders->items[i].row)
            fill_details(&folders->items[i], &questions);
    return 0;
}

int xen_disk_list(struct xen_host *host, const struct domain *const *domains, size_t count,
                  bool details, struct device_rows *rows, struct error **error)
{
    static const char *const kinds[] = { "vbd", "virtio_disk", NULL };
    auto_device_folders folders = DEVICE_FOLDERS_INIT;
    auto_store_questions questions = STORE_QUESTIONS_INIT;

    if (device_folders_find(host, domains, count, kinds, &folders, error) < 0)
        return -1;
    for (size_t i = 0; i < folders.count; i++)
        ask_own(&questions, &folders.items[i]);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < folders.count; i++)
        fill_own(&folders.items[i], &questions, rows);
    return details ? add_details(host, &folders, error) : 0;
}

int xen_disk_find(struct xen_host *host, const struct domain *domain, const char *word,
                  struct device_rows *rows, const struct disk **ret_disk, struct error **error)
{
    long number = vdev_number(word);
    auto_str names = STR_INIT;

    if (number < 0) {
        error_set(error, ERR_USAGE, "'%s' is no name of a disk", word);
        return error_hint(error, "names are xvda, hda, sda or a number such as 51712");
    }
    if (xen_disk_list(host, &domain, 1, true, rows, error) < 0)
        return -1;
    for (size_t i = 0; i < rows->count; i++) {
        const struct disk *disk = rows->items[i];

        if (disk->device.devid == number) {
            *ret_disk = disk;
            return 0;
        }
        str_addf(&names, "%s%s", names.length ? ", " : "", disk->vdev);
    }
    error_set(error, ERR_DEVICE_NOT_FOUND, "domain %u has no disk '%s'", domain->domid, word);
    return names.length ? error_hint(error, "it has %s", str_text(&names))
                        : error_hint(error, "it has none");
}

/* The same file, or two names of one block device. */
static bool is_same_file(const char *one, const char *other)
{
    struct stat a, b;

    if (!one || !other || stat(one, &a) < 0 || stat(other, &b) < 0)
        return false;
    if (S_ISBLK(a.st_mode) && S_ISBLK(b.st_mode))
        return a.st_rdev == b.st_rdev;
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

bool xen_disk_is_same(const struct disk *theirs, const libxl_device_disk *ours)
{
    if (theirs->device.backend_domid != 0 || ours->backend_domname || ours->backend_domid != 0 ||
        !theirs->path || !ours->pdev_path)
        return false;
    if (!theirs->script && !ours->script)
        return is_same_file(theirs->path, ours->pdev_path);
    /* What a script makes of its words only it knows; the same words make the same disk. */
    return theirs->script && ours->script &&
           strcmp(last_part(theirs->script), last_part(ours->script)) == 0 &&
           strcmp(theirs->path, ours->pdev_path) == 0;
}
