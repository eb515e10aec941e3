/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn block-attach and xn block-detach: disks that come and go. */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/complete.h"
#include "commands/common.h"
#include "commands/device_change.h"
#include "commands/device_complete.h"
#include "commands/disk_words.h"
#include "commands/registry.h"
#include "xen/disk.h"
#include "xen/host_names.h"

struct block_args {
    bool dry_run, force;
    uint64_t timeout_ms;
    const char *domain, *device;
    struct string_list words;
};

static void prepare(void *data)
{
    ((struct block_args *)data)->timeout_ms = DEADLINE_NEVER;
}

static int check_attach(const struct env *env, void *data, struct error **error)
{
    const struct block_args *args = data;

    (void)env;
    return device_change_check("disk", &args->words, error);
}

static int attach(struct env *env, struct xen_host *host, const struct block_args *args,
                  libxl_device_disk *disk, struct outcome *outcome, struct error **error)
{
    outcome->device = xstrdup(disk->vdev);
    if (args->dry_run || env->dry_run)
        return device_change_print(env, "disk", libxl_device_disk_to_json(NULL, disk), outcome,
                                   error);
    outcome->result = "attached";
    return xen_disk_attach(host, &outcome->domain, disk, args->timeout_ms, error);
}

static int change_attach(struct env *env, struct xen_host *host, struct outcome *outcome,
                         void *context, struct error **error)
{
    const struct block_args *args = context;
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = device_change_read_checked(env, host, outcome->action, "disk", &args->words,
                                        &outcome->domain, &config, error);
    if (result == 0)
        result = attach(env, host, args, &config.disks[0], outcome, error);
    libxl_domain_config_dispose(&config);
    return result;
}

static int run_attach(struct env *env, void *data, struct error **error)
{
    struct block_args *args = data;
    struct device_change change = {
        .action = "block-attach",
        .domain = args->domain,
        .change = change_attach,
        .context = args,
    };

    return device_change_run(env, &change, error);
}

static int check_detach(const struct env *env, void *data, struct error **error)
{
    const struct block_args *args = data;

    (void)env;
    return disk_words_check_vdev(args->device, error);
}

static int change_detach(struct env *env, struct xen_host *host, struct outcome *outcome,
                         void *context, struct error **error)
{
    const struct block_args *args = context;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    const struct disk *disk;

    if (xen_disk_find(host, &outcome->domain, args->device, &rows, &disk, error) < 0)
        return -1;
    outcome->device = xstrdup(disk->vdev);
    outcome->result = args->dry_run || env->dry_run ? "would-do" : "detached";
    if (args->dry_run || env->dry_run)
        return 0;
    return xen_disk_detach(host, &outcome->domain, disk, args->force, args->timeout_ms, error);
}

static int run_detach(struct env *env, void *data, struct error **error)
{
    struct block_args *args = data;
    struct device_change change = {
        .action = "block-detach",
        .domain = args->domain,
        .change = change_detach,
        .context = args,
    };

    return device_change_run(env, &change, error);
}

static void complete_attach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    if (kind != KIND_PART)
        return;
    if ((arguments->count < 2 && !strchr(prefix, '=')) || starts_with(prefix, "target="))
        string_list_add(list, COMPLETE_FILES);
    device_complete_parts("disk", arguments, prefix, list);
    if (starts_with(prefix, "vdev="))
        disk_words_offer_free(arguments, "vdev=", list);
    else if (starts_with(prefix, "script="))
        host_names_scripts("script=", "block-", list);
}

static void complete_detach(enum value_kind kind, const struct string_list *arguments,
                            const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_DEVICE)
        disk_words_offer(arguments, false, list);
}

static const struct option_spec attach_options[] = {
    OPTION_FLAG('n', "dry-run", struct block_args, dry_run, "check it, print it, change nothing"),
    OPTION_NUMBER(0, "timeout", struct block_args, timeout_ms, KIND_DURATION, NULL,
                  "give up after this time, and take back what was made"),
    OPTION_END,
};

static const struct argument_spec attach_arguments[] = {
    ARGUMENT("DOMAIN", struct block_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENTS("DISK", struct block_args, words, KIND_PART,
              "TARGET,FORMAT,VDEV,ACCESS, or the parts of 'xn explain disk' as KEY=VALUE"),
    ARGUMENT_END,
};

static const struct example attach_examples[] = {
    { "block-attach web /dev/vg/data,raw,xvdb,rw", "a volume as its second disk" },
    { "block-attach web vdev=xvdc format=qcow2 access=ro target=/srv/tools.img",
      "an image, part by part" },
    { "block-attach web script=block-drbd vdev=xvdd target=data",
      "a disk that a script makes available" },
    { "block-attach web /dev/vg/data,raw,xvdb,rw --dry-run", "see whether it could be done" },
    { NULL, NULL },
};

const struct command cmd_block_attach = {
    .name = "block-attach",
    .group = GROUP_DEVICES,
    .summary = "give a running guest a disk",
    .description = "Refused is what another domain can write to, or what this one would write to\n"
                   "while another uses it; 'w!' for access is for guests that are made for that.\n"
                   "The format is never looked for in the image, which may be a guest's work: it\n"
                   "is raw unless another one is said.",
    .examples = attach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = attach_options,
    .arguments = attach_arguments,
    .args_size = sizeof(struct block_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check_attach,
    .complete = complete_attach,
    .run = run_attach,
};

static const struct option_spec detach_options[] = {
    OPTION_FLAG('f', "force", struct block_args, force, "take it at once, used or not"),
    OPTION_FLAG('n', "dry-run", struct block_args, dry_run, "look for it and change nothing"),
    OPTION_NUMBER(0, "timeout", struct block_args, timeout_ms, KIND_DURATION, NULL,
                  "how long the guest may take to let go of it; 10s otherwise"),
    OPTION_END,
};

static const struct argument_spec detach_arguments[] = {
    ARGUMENT("DOMAIN", struct block_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("VDEV", struct block_args, device, KIND_DEVICE, "the disk: xvdb, or its number"),
    ARGUMENT_END,
};

static const struct example detach_examples[] = {
    { "block-detach web xvdb", "take away a disk that the guest does not use" },
    { "block-detach web xvdb --timeout 5m", "give the guest time to unmount it" },
    { "block-detach web xvdb --force", "pull it out; what is not written is lost" },
    { NULL, NULL },
};

const struct command cmd_block_detach = {
    .name = "block-detach",
    .group = GROUP_DEVICES,
    .summary = "take a disk from a running guest",
    .description = "The guest is asked to let go of it. As long as the disk is mounted there the\n"
                   "guest refuses; when the time is over the disk stays, and an error says so.",
    .examples = detach_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = detach_options,
    .arguments = detach_arguments,
    .args_size = sizeof(struct block_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check_detach,
    .complete = complete_detach,
    .run = run_detach,
};
