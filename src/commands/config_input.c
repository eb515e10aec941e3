/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading a configuration that words of the command line name; see config_input.h. */
#include "commands/config_input.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/source.h"
#include "out/listing.h"
#include "xen/config_json.h"
#include "xen/facts.h"

void config_words_split(const struct string_list *words, struct string_list *files,
                        struct string_list *assignments)
{
    string_list_release(files);
    string_list_release(assignments);
    for (size_t i = 0; i < words->count; i++)
        string_list_add(strchr(words->items[i], '=') ? assignments : files, words->items[i]);
}

int config_words_file(const struct command *command, const struct string_list *words,
                      const char **file, struct error **error)
{
    for (size_t i = 0; i < words->count; i++) {
        if (strchr(words->items[i], '='))
            continue;
        if (*file) {
            error_set(error, ERR_USAGE, "two configuration files: '%s' and '%s'", *file,
                      words->items[i]);
            return error_hint(error, "%s takes one; settings are written as key=value",
                              command->name);
        }
        *file = words->items[i];
    }
    if (*file)
        return 0;
    error_set(error, ERR_USAGE, "no configuration file is named");
    return error_hint(error, "name one, or /dev/null to give everything as key=value");
}

static int read_json(struct xen_host *host, const struct config_request *request,
                     const struct source *source, libxl_domain_config *config, struct error **error)
{
    const struct string_list *words = request->assignments;

    if (words && words->count) {
        error_set(error, ERR_USAGE, "'%s' is JSON: '%s' cannot change it", request->file,
                  words->items[0]);
        return error_hint(error, "change it in the file");
    }
    return xen_config_from_json(host, source->name, source->text, config, error);
}

/* A file that cannot be read is left to config_read and its message. */
static bool is_json_file(struct source *source, const char *path)
{
    auto_error ignored = NULL;

    return source_read(source, path, &ignored) == 0 && xen_config_is_json(source->text);
}

int config_input_read(struct xen_host *host, const struct config_request *request,
                      struct diagnostics *diagnostics, libxl_domain_config *config,
                      struct error **error)
{
    struct config_request asked = *request;
    struct host_facts facts;
    struct source source;
    int result;

    if (is_json_file(&source, request->file)) {
        result = read_json(host, request, &source, config, error);
        if (result == 0)
            result = config_examine(request, config, diagnostics, error);
        source_release(&source);
        return result;
    }
    source_release(&source);
    if (host) {
        if (xen_host_facts(host, &facts, error) < 0)
            return -1;
        asked.facts = &facts;
    }
    return config_read(&asked, diagnostics, config, error);
}

int config_input_json(const struct env *env, struct xen_host *host, const char *action,
                      const char *file, const char *uuid, char **ret_json, struct error **error)
{
    auto_free char *context = xasprintf("%s: ", action);
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_host_config host_config = { 0 };
    struct config_request request = { .file = file, .host_config = &host_config };
    libxl_domain_config config;
    int result = common_host_config(env, &host_config, error);

    libxl_domain_config_init(&config);
    if (result == 0)
        result = config_input_read(host, &request, &diagnostics, &config, error);
    common_print_diagnostics(env, context, &diagnostics, false);
    if (result == 0) {
        if (uuid)
            (void)libxl_uuid_from_string(&config.c_info.uuid, uuid);
        *ret_json = libxl_domain_config_to_json(NULL, &config);
        if (!*ret_json)
            result = error_set(error, ERR_FAILED, "cannot write the configuration as JSON");
    }
    libxl_domain_config_dispose(&config);
    return result;
}

int config_print_json(FILE *stream, const libxl_domain_config *config, struct error **error)
{
    auto_free char *json = libxl_domain_config_to_json(NULL, (libxl_domain_config *)config);

    if (!json)
        return error_set(error, ERR_FAILED, "cannot write the configuration as JSON");
    return output_text(stream, json, strlen(json), error);
}
