/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn config-update: another configuration for the next reboot of a guest. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "commands/config_input.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/stored.h"

struct update_args {
    bool dump, dry_run, quiet, strict;
    const char *domain, *file;
    struct string_list words;
};

struct updater {
    struct env *env;
    const struct update_args *args;
    struct xen_host *host;
    struct host_config host_config;
    struct str text; /* of the new configuration, clean */
};

static int check(const struct env *env, void *data, struct error **error)
{
    struct update_args *args = data;

    (void)env;
    if (common_check_domain_words(&cmd_config_update, args, error) < 0)
        return -1;
    return config_words_file(&cmd_config_update, &args->words, &args->file, error);
}

static void examine(void *context, const struct config_view *view)
{
    struct updater *updater = context;

    /* xl may be the one that reads it. */
    for (int i = 0; i < config_view_get(view)->num_disks; i++)
        if (config_disk_is_shared(view, i))
            config_report(view, SEVERITY_ERROR, "unavailable", "disk", i,
                          "'w!' cannot be stored for a rebuild");

    config_format(view, false, &updater->text);
}

/* As xl prints it. */
static int print_dump(FILE *stream, const libxl_domain_config *config, struct error **error)
{
    auto_free char *text = libxl_domain_config_to_json(NULL, (libxl_domain_config *)config);
    struct json *json;
    int result;

    if (!text)
        return error_set(error, ERR_FAILED, "cannot write the configuration as JSON");
    json = json_new();
    json_object_begin(json);
    json_key(json, "domid");
    json_null(json);
    json_key(json, "config");
    result = json_copy(json, text, error);
    json_object_end(json);
    if (result == 0)
        result = output_text(stream, json_result(json), strlen(json_result(json)), error);
    json_free(json);
    return result;
}

static int read_config(struct updater *updater, libxl_domain_config *config, struct error **error)
{
    auto_string_list files = STRING_LIST_INIT, assignments = STRING_LIST_INIT;
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct config_request request = {
        .file = updater->args->file,
        .assignments = &assignments,
        .host_config = &updater->host_config,
        .strict = updater->args->strict,
        .examine = examine,
        .context = updater,
    };
    int result;

    config_words_split(&updater->args->words, &files, &assignments);
    result = config_input_read(updater->host, &request, &diagnostics, config, error);
    common_print_diagnostics(updater->env, "config-update: ", &diagnostics, updater->args->quiet);
    if (result == 0 && !updater->text.length) {
        error_set(error, ERR_NOT_SUPPORTED, "'%s' is JSON, which the next rebuild cannot read",
                  request.file);
        result = error_hint(error, "give a configuration file");
    }
    return result;
}

/* The rebuild would clash with the guest of that name, or make one that nobody expects. */
static int check_name(const struct updater *updater, const libxl_domain_config *config,
                      const struct domain *domain, struct error **error)
{
    const char *name = config->c_info.name;

    if (!domain->name || strcmp(domain->name, name) == 0 || updater->env->as_xl)
        return 0;
    error_set(error, ERR_REFUSED, "the configuration is of '%s', not of '%s'", name, domain->name);
    return error_hint(error, "is it the right file? 'xn rename' gives a guest another name");
}

/* Without a UUID in the file the next one would be random: the guest keeps the one it has. */
static void keep_uuid(struct updater *updater, const struct domain *domain)
{
    if (!strstr(str_text(&updater->text), "\nuuid = "))
        str_addf(&updater->text, "\nuuid = \"%s\"\n", domain->uuid);
}

static int store(struct updater *updater, const libxl_domain_config *config,
                 struct outcome *outcome, struct error **error)
{
    bool dry_run = updater->args->dry_run || updater->env->dry_run;
    bool dump = updater->args->dump || dry_run;

    if (check_name(updater, config, &outcome->domain, error) < 0)
        return -1;
    if (dump && updater->env->output.format != FORMAT_JSON &&
        print_dump(updater->env->out, config, error) < 0)
        return -1;
    outcome->result = dry_run ? "would-do" : "done";
    if (dry_run)
        return 0;
    keep_uuid(updater, &outcome->domain);
    return xen_stored_config_set(updater->host, outcome->domain.domid, str_text(&updater->text),
                                 error);
}

static int update(struct updater *updater, const libxl_domain_config *config, struct error **error)
{
    auto_string_list words = STRING_LIST_INIT;
    auto_outcome_list outcomes = { NULL, 0 };

    string_list_add(&words, updater->args->domain);
    if (common_targets(updater->host, "config-update", &words, false, &outcomes, error) < 0)
        return -1;
    if (!outcomes.items[0].error)
        (void)store(updater, config, &outcomes.items[0], &outcomes.items[0].error);
    return common_report(updater->env, &outcomes, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    struct updater updater = { .env = env, .args = data, .text = STR_INIT };
    libxl_domain_config config;
    int result = -1;

    libxl_domain_config_init(&config);
    if (common_host_config(env, &updater.host_config, error) == 0 &&
        common_open_host(env, &updater.host, error) == 0 &&
        read_config(&updater, &config, error) == 0)
        result = update(&updater, &config, error);
    libxl_domain_config_dispose(&config);
    str_release(&updater.text);
    host_config_release(&updater.host_config);
    xen_host_close(updater.host);
    return result;
}

static const struct option_spec options[] = {
    OPTION_TEXT('f', "defconfig", struct update_args, file, KIND_FILE, "FILE",
                "the configuration file, as an option"),
    OPTION_FLAG('d', "dump", struct update_args, dump, "print the new configuration as JSON"),
    OPTION_FLAG('n', "dry-run", struct update_args, dry_run, "check it and change nothing"),
    OPTION_FLAG('q', "quiet", struct update_args, quiet, "print no warnings"),
    OPTION_FLAG(0, "strict", struct update_args, strict, "take unknown keys for errors"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct update_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENTS_OPTIONAL("FILE|KEY=VALUE", struct update_args, words, KIND_CONFIG,
                       "the configuration file, and settings that override it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "config-update web web.cfg", "from its next reboot on, web is what web.cfg now says" },
    { "config-update web web.cfg memory=2048", "with a setting of its own" },
    { NULL, NULL },
};

const struct command cmd_config_update = {
    .name = "config-update",
    .group = GROUP_CONFIGURATION,
    .summary = "give a running guest another configuration for its next reboot",
    .description = "The guest runs on as it is. When it reboots, it is built from the new\n"
                   "configuration alone: devices and settings that were changed while it ran are\n"
                   "forgotten then.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_DRY_RUN | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct update_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
