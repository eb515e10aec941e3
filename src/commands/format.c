/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn format: a configuration as it takes effect, written clean. */
#include "commands/config_input.h"
#include "commands/registry.h"
#include "out/listing.h"

struct format_args {
    bool defaults, strict, quiet;
    const char *file;
    struct string_list words;
};

struct formatter {
    const struct format_args *args;
    struct str text; /* stays empty when the input is JSON */
};

static int check(const struct env *env, void *data, struct error **error)
{
    struct format_args *args = data;

    if (args->defaults && env->output.format == FORMAT_JSON) {
        error_set(error, ERR_USAGE, "--defaults and --json exclude each other");
        return error_hint(error, "libxl chooses its defaults when the guest is made; "
                                 "'xn list --long' shows them then");
    }
    return config_words_file(&cmd_format, &args->words, &args->file, error);
}

static void examine(void *context, const struct config_view *view)
{
    struct formatter *formatter = context;

    config_format(view, formatter->args->defaults, &formatter->text);
}

static int print(struct env *env, const struct formatter *formatter,
                 const libxl_domain_config *config, struct error **error)
{
    if (env->output.format == FORMAT_JSON)
        return config_print_json(env->out, config, error);
    if (formatter->text.length)
        return output_text(env->out, str_text(&formatter->text), formatter->text.length, error);
    error_set(error, ERR_NOT_SUPPORTED,
              "'%s' is JSON, which cannot be turned into a configuration file",
              formatter->args->file);
    return error_hint(error, "create reads it as it is; 'xn format --json' prints it again");
}

static int format(struct env *env, struct formatter *formatter,
                  const struct host_config *host_config, struct error **error)
{
    auto_string_list files = STRING_LIST_INIT, assignments = STRING_LIST_INIT;
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error no_host = NULL;
    auto_xen_host *host = NULL;
    struct config_request request = {
        .file = formatter->args->file,
        .assignments = &assignments,
        .host_config = host_config,
        .strict = formatter->args->strict,
        .examine = examine,
        .context = formatter,
    };
    libxl_domain_config config;
    int result;

    config_words_split(&formatter->args->words, &files, &assignments);
    (void)common_open_host(env, &host, &no_host);
    libxl_domain_config_init(&config);
    result = config_input_read(host, &request, &diagnostics, &config, error);
    common_print_diagnostics(env, "format: ", &diagnostics, formatter->args->quiet);
    if (result == 0)
        result = print(env, formatter, &config, error);
    libxl_domain_config_dispose(&config);
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct formatter formatter = { .args = data, .text = STR_INIT };
    auto_host_config host_config;
    int result;

    result = common_host_config(env, &host_config, error);
    if (result == 0)
        result = format(env, &formatter, &host_config, error);
    str_release(&formatter.text);
    return result;
}

static const struct option_spec options[] = {
    OPTION_FLAG(0, "defaults", struct format_args, defaults,
                "show also what the keys that are not set stand at, as comments"),
    OPTION_FLAG(0, "strict", struct format_args, strict, "take unknown keys for errors"),
    OPTION_FLAG('q', "quiet", struct format_args, quiet, "print no warnings"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS("FILE|KEY=VALUE", struct format_args, words, KIND_CONFIG,
              "the configuration file, and settings that override it"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "format web.cfg", "the same guest in a tidy file" },
    { "format web.cfg 'name=\"web2\"' memory=2048 > web2.cfg", "a second guest from the first" },
    { "format --defaults web.cfg", "with the defaults that it relies on" },
    { "format --json web.cfg", "as the JSON that create reads, too" },
    { NULL, NULL },
};

const struct command cmd_format = {
    .name = "format",
    .group = GROUP_CONFIGURATION,
    .summary = "print a configuration as it takes effect, written clean",
    .description = "File and settings become one configuration file: every key once, in the order\n"
                   "and the sections of xn.cfg(5), without what has no effect for this type of\n"
                   "guest. Comments are lost. Needs no Xen and no root.",
    .examples = examples,
    .flags = COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct format_args),
    .check = check,
    .run = run,
};
