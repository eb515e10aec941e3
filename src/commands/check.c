/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn check: what is wrong with configuration files, before a guest is touched. */
#include <stdlib.h>

#include "base/mem.h"
#include "commands/config_input.h"
#include "commands/registry.h"
#include "config/source.h"
#include "out/listing.h"
#include "xen/preflight.h"

struct check_args {
    bool host, quiet, strict;
    struct string_list words;
};

struct checker {
    struct env *env;
    const struct check_args *args;
    struct xen_host *host; /* NULL: only what the files say */
    struct host_config host_config;
    struct string_list assignments;
    struct diagnostics *found; /* of each file */
    size_t count;
};

static int check(const struct env *env, void *data, struct error **error)
{
    struct check_args *args = data;
    auto_string_list files = STRING_LIST_INIT, assignments = STRING_LIST_INIT;

    (void)env;
    config_words_split(&args->words, &files, &assignments);
    if (files.count)
        return 0;
    error_set(error, ERR_USAGE, "no configuration file is named");
    return error_hint(error, "name one or more; settings are written as key=value");
}

static void examine(void *context, const struct config_view *view)
{
    struct checker *checker = context;

    if (checker->host)
        xen_preflight(checker->host, &checker->host_config, view);
}

/* A file that could not even be read is a problem like others. */
static void note_failure(const char *file, const struct error *error,
                         struct diagnostics *diagnostics)
{
    struct diagnostic *diagnostic;
    struct source source;
    struct place nowhere;

    source_from_text(&source, file, "");
    nowhere = (struct place){ &source, 1, 0 };
    diagnostic =
        diagnose(diagnostics, SEVERITY_ERROR, error->code == ERR_FILE ? "unreadable" : "failed",
                 &nowhere, "%s", error->message);
    if (error->code == ERR_NO_XEN)
        diagnostic_hint(diagnostic, "'xn check --host' reads it, as root where Xen runs");
    else if (error->hint)
        diagnostic_hint(diagnostic, "%s", error->hint);
    source_release(&source);
}

static void check_file(struct checker *checker, const char *file, struct diagnostics *diagnostics)
{
    struct config_request request = {
        .file = file,
        .assignments = &checker->assignments,
        .host_config = &checker->host_config,
        .strict = checker->args->strict,
        .examine = examine,
        .context = checker,
    };
    libxl_domain_config config;
    auto_error error = NULL;

    libxl_domain_config_init(&config);
    if (config_input_read(checker->host, &request, diagnostics, &config, &error) < 0 &&
        diagnostics->errors == 0)
        note_failure(file, error, diagnostics);
    libxl_domain_config_dispose(&config);
}

static bool counts(const struct checker *checker, const struct diagnostic *diagnostic)
{
    return diagnostic->severity == SEVERITY_ERROR || !checker->args->quiet;
}

static void add_text(const struct checker *checker, const struct diagnostics *diagnostics,
                     struct str *text)
{
    for (size_t i = 0; i < diagnostics->count; i++)
        if (counts(checker, &diagnostics->items[i]))
            diagnostic_format(&diagnostics->items[i], "", text);
    if (diagnostics->dropped && !checker->args->quiet)
        str_addf(text, "%s: and %zu more\n", diagnostics->items[0].file, diagnostics->dropped);
}

/* An option of listings alone asks for a table. */
static bool is_for_people(const struct output_options *output)
{
    return output->format == FORMAT_DEFAULT && !output->columns.count && !output->filters.count &&
           !output->sort.count;
}

/* The problems of all files as rows of one listing; *ret_count is how many there are. */
static int print(const struct checker *checker, size_t *ret_count, struct error **error)
{
    auto_free const void **rows = NULL;
    struct listing listing = { .table = &diagnostic_columns };
    auto_str text = STR_INIT;

    for (size_t file = 0; file < checker->count; file++) {
        const struct diagnostics *found = &checker->found[file];

        rows = xreallocarray(rows, listing.count + found->count + 1, sizeof(*rows));
        for (size_t i = 0; i < found->count; i++)
            if (counts(checker, &found->items[i]))
                rows[listing.count++] = &found->items[i];
        add_text(checker, found, &text);
    }
    *ret_count = listing.count;
    if (is_for_people(&checker->env->output))
        return output_text(checker->env->out, str_text(&text), text.length, error);
    listing.rows = rows;
    return listing_print(&listing, &checker->env->output, checker->env->out, error);
}

static int check_files(struct checker *checker, const struct string_list *files,
                       struct error **error)
{
    size_t problems = 0;
    int result;

    checker->found = xcalloc(files->count, sizeof(*checker->found));
    checker->count = files->count;
    for (size_t i = 0; i < files->count; i++)
        check_file(checker, files->items[i], &checker->found[i]);
    result = print(checker, &problems, error);
    for (size_t i = 0; i < files->count; i++)
        diagnostics_release(&checker->found[i]);
    free(checker->found);
    return result < 0 ? -1 : problems ? STATUS_FAILED : STATUS_DONE;
}

/* Without --host nothing of this machine is asked, but libxl's JSON cannot be read without one. */
static int run(struct env *env, void *data, struct error **error)
{
    struct checker checker = { .env = env, .args = data };
    auto_string_list files = STRING_LIST_INIT;
    int result = -1;

    config_words_split(&checker.args->words, &files, &checker.assignments);
    if (common_host_config(env, &checker.host_config, error) == 0 &&
        (!checker.args->host || common_open_host(env, &checker.host, error) == 0))
        result = check_files(&checker, &files, error);
    string_list_release(&checker.assignments);
    host_config_release(&checker.host_config);
    xen_host_close(checker.host);
    return result;
}

static const struct option_spec options[] = {
    OPTION_FLAG(0, "host", struct check_args, host,
                "check also what only this host knows: files, bridges, memory, devices"),
    OPTION_FLAG(0, "strict", struct check_args, strict, "take unknown keys for errors"),
    OPTION_FLAG('q', "quiet", struct check_args, quiet, "leave warnings out"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENTS("FILE|KEY=VALUE", struct check_args, words, KIND_CONFIG,
              "configuration files, and settings that override those in each"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "check /etc/xen/*.cfg", "everything that is wrong, with no Xen and as any user" },
    { "check --host web.cfg", "on the host that shall run it: also files, bridges, memory" },
    { "check --json web.cfg", "for editors and other programs" },
    { NULL, NULL },
};

const struct command cmd_check = {
    .name = "check",
    .group = GROUP_CONFIGURATION,
    .summary = "find what is wrong with configuration files",
    .description =
        "Needs no Xen and no root, unless --host is given. Nothing is changed, and\n"
        "nothing is printed when all is well; the status is 1 when there is anything to\n"
        "say.",
    .examples = examples,
    .flags = COMMAND_LISTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct check_args),
    .columns = &diagnostic_columns,
    .check = check,
    .run = run,
};
