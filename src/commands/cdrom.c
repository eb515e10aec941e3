/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn cd-insert and xn cd-eject: the medium in an emulated CD drive. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/device_change.h"
#include "commands/disk_words.h"
#include "commands/registry.h"
#include "xen/disk.h"

struct cdrom_args {
    bool dry_run;
    uint64_t timeout_ms;
    const char *domain, *vdev, *file;
};

static void prepare(void *data)
{
    ((struct cdrom_args *)data)->timeout_ms = DEADLINE_NEVER;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct cdrom_args *args = data;

    (void)env;
    return disk_words_check_vdev(args->vdev, error);
}

/* The drives of the rows as a hint. */
static int hint_drives(const struct device_rows *rows, struct error **error)
{
    auto_str names = STR_INIT;

    for (size_t i = 0; i < rows->count; i++) {
        const struct disk *disk = rows->items[i];

        if (disk->cdrom)
            str_addf(&names, "%s%s", names.length ? ", " : "", disk->vdev);
    }
    return names.length
               ? error_hint(error, "its CD drives are %s", str_text(&names))
               : error_hint(error, "it has no CD drive; one cannot be added while it runs");
}

static int find_drive(struct xen_host *host, const struct domain *domain, const char *vdev,
                      struct device_rows *rows, const struct disk **ret_drive, struct error **error)
{
    if (!domain->type || strcmp(domain->type, "hvm") != 0) {
        error_set(error, ERR_NOT_SUPPORTED,
                  "domain %u is a %s guest, and only hvm guests have "
                  "emulated CD drives",
                  domain->domid, domain->type ? domain->type : "strange");
        return error_hint(error, "'xn block-attach' gives it a disk that it can only read");
    }
    if (xen_disk_find(host, domain, vdev, rows, ret_drive, error) < 0)
        return -1;
    if ((*ret_drive)->cdrom)
        return 0;
    error_set(error, ERR_DEVICE_NOT_FOUND, "%s of domain %u is a disk, and no CD drive", vdev,
              domain->domid);
    return hint_drives(rows, error);
}

/* Relative names mean nothing to who builds the guest again. The caller frees it. */
static char *absolute_path(const char *file)
{
    auto_free char *folder = *file == '/' ? NULL : realpath(".", NULL);

    return folder ? xasprintf("%s/%s", folder, file) : xstrdup(file);
}

/* The words are those of block-attach, so the same is looked at: the file, and who writes to it. */
static int check_medium(struct env *env, struct xen_host *host, struct outcome *outcome,
                        const char *vdev, const char *path, bool print, struct error **error)
{
    auto_string_list words = STRING_LIST_INIT;
    libxl_domain_config config;
    int result;

    string_list_take(&words, xasprintf("vdev=%s", vdev));
    string_list_add(&words, "access=r");
    string_list_add(&words, "devtype=cdrom");
    string_list_take(&words, xasprintf("target=%s", path ? path : ""));
    libxl_domain_config_init(&config);
    result = device_change_read_checked(env, host, outcome->action, "disk", &words,
                                        &outcome->domain, &config, error);
    if (result == 0 && print)
        result = device_change_print(env, "disk", libxl_device_disk_to_json(NULL, config.disks),
                                     outcome, error);
    libxl_domain_config_dispose(&config);
    return result;
}

static int change(struct env *env, struct xen_host *host, struct outcome *outcome, void *context,
                  struct error **error)
{
    const struct cdrom_args *args = context;
    bool dry_run = args->dry_run || env->dry_run;
    auto_free char *path = args->file ? absolute_path(args->file) : NULL;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    const struct disk *drive;

    if (find_drive(host, &outcome->domain, args->vdev, &rows, &drive, error) < 0)
        return -1;
    outcome->device = xstrdup(drive->vdev);
    outcome->result = dry_run ? "would-do" : path ? "inserted" : "ejected";
    if (check_medium(env, host, outcome, drive->vdev, path, dry_run, error) < 0)
        return -1;
    return dry_run ? 0
                   : xen_cdrom_change(host, &outcome->domain, drive, path, args->timeout_ms, error);
}

static int run(struct env *env, struct cdrom_args *args, const char *action, struct error **error)
{
    struct device_change device_change = {
        .action = action,
        .domain = args->domain,
        .not_domain0 = "change the CD drives of",
        .change = change,
        .context = args,
    };

    return device_change_run(env, &device_change, error);
}

static int run_insert(struct env *env, void *data, struct error **error)
{
    return run(env, data, "cd-insert", error);
}

static int run_eject(struct env *env, void *data, struct error **error)
{
    return run(env, data, "cd-eject", error);
}

static void complete_drive(enum value_kind kind, const struct string_list *arguments,
                           const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_DEVICE)
        disk_words_offer(arguments, true, list);
}

static const struct option_spec options[] = {
    OPTION_FLAG('n', "dry-run", struct cdrom_args, dry_run, "check it, print it, change nothing"),
    OPTION_NUMBER(0, "timeout", struct cdrom_args, timeout_ms, KIND_DURATION, NULL,
                  "give up after this time"),
    OPTION_END,
};

static const struct argument_spec insert_arguments[] = {
    ARGUMENT("DOMAIN", struct cdrom_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("VDEV", struct cdrom_args, vdev, KIND_DEVICE, "the drive, such as hdc"),
    ARGUMENT("FILE", struct cdrom_args, file, KIND_FILE, "a raw image, or a block device"),
    ARGUMENT_END,
};

static const struct argument_spec eject_arguments[] = {
    ARGUMENT("DOMAIN", struct cdrom_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("VDEV", struct cdrom_args, vdev, KIND_DEVICE, "the drive, such as hdc"),
    ARGUMENT_END,
};

static const struct example insert_examples[] = {
    { "cd-insert win hdc /srv/iso/drivers.iso", "another medium for its drive" },
    { NULL, NULL },
};

static const struct example eject_examples[] = {
    { "cd-eject win hdc", "take the medium out of its drive" },
    { NULL, NULL },
};

const struct command cmd_cd_insert = {
    .name = "cd-insert",
    .group = GROUP_DEVICES,
    .summary = "put a medium into an emulated CD drive",
    .description = "For HVM guests. The image is always taken as raw: what it looks like may be a\n"
                   "guest's work. When it cannot be inserted, the old medium is put back.",
    .examples = insert_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = options,
    .arguments = insert_arguments,
    .args_size = sizeof(struct cdrom_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .complete = complete_drive,
    .run = run_insert,
};

const struct command cmd_cd_eject = {
    .name = "cd-eject",
    .group = GROUP_DEVICES,
    .summary = "take the medium out of an emulated CD drive",
    .description = "For HVM guests. The drive stays, and is empty. A guest can lock its drive\n"
                   "while it uses the medium; then this fails.",
    .examples = eject_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = options,
    .arguments = eject_arguments,
    .args_size = sizeof(struct cdrom_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .complete = complete_drive,
    .run = run_eject,
};
