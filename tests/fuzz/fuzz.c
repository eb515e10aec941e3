/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading a configuration and checking what must hold for any; see fuzz.h. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <libxl_utils.h>

#include "base/mem.h"
#include "config/config.h"

static int node_cpus(void *context, unsigned node, libxl_bitmap *cpus, struct error **error)
{
    (void)context;
    (void)error;
    libxl_bitmap_set(cpus, (int)node);
    return 0;
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_printable(const char *text)
{
    auto_free char *safe = printable(text);

    return strcmp(safe, text) == 0;
}

static void check_diagnostic(const struct diagnostic *diagnostic)
{
    auto_str text = STR_INIT;

    require(diagnostic->code && *diagnostic->code);
    require(diagnostic->message && *diagnostic->message && is_printable(diagnostic->message));
    require(!diagnostic->hint || is_printable(diagnostic->hint));
    require((diagnostic->line == 0) == (diagnostic->excerpt == NULL));
    require(diagnostic->length >= 1);
    if (diagnostic->excerpt) {
        require(is_printable(diagnostic->excerpt));
        require(diagnostic->column >= 1 && diagnostic->excerpt_column >= 1);
        require(diagnostic->excerpt_column <= strlen(diagnostic->excerpt) + 1);
        require(diagnostic->length <= strlen(diagnostic->excerpt) + 1);
    }
    diagnostic_format(diagnostic, "", &text);
    require(ends_with(text.text, "\n"));
}

static void check_outcome(int result, const struct diagnostics *diagnostics,
                          const struct error *error, libxl_domain_config *config)
{
    size_t errors = 0;

    for (size_t i = 0; i < diagnostics->count; i++) {
        check_diagnostic(&diagnostics->items[i]);
        errors += diagnostics->items[i].severity == SEVERITY_ERROR;
    }
    require((result == 0) == (errors == 0));
    require((result == 0) == (diagnostics->errors == 0));
    require((result == 0) == (error == NULL));
    if (result == 0) {
        auto_free char *json = libxl_domain_config_to_json(NULL, config);

        require(json && *json == '{');
    }
}

void fuzz_read(const char *text)
{
    static const struct host_facts facts = { 16, 4, node_cpus, NULL };
    char *words[] = { (char *)(uintptr_t)text };
    const struct string_list list = { words, 1 };
    const struct config_request request = { .assignments = &list, .facts = &facts };
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = config_read(&request, &diagnostics, &config, &error);
    check_outcome(result, &diagnostics, error, &config);
    libxl_domain_config_dispose(&config);
}
