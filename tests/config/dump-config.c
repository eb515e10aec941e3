/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Prints the libxl_domain_config that a configuration makes, as JSON: dump-config FILE
 * [KEY=VALUE...]
 *
 * The host is the pretended one of the tests. Diagnostics go to stderr. Status 1 when the
 * configuration is refused. -s is strict; -q leaves the JSON out.
 */
#include "sample.h"

#include <stdio.h>
#include <unistd.h>

static void print_diagnostics(const struct diagnostics *diagnostics)
{
    auto_str text = STR_INIT;

    for (size_t i = 0; i < diagnostics->count; i++)
        diagnostic_format(&diagnostics->items[i], "", &text);
    fputs(str_text(&text), stderr);
    if (diagnostics->dropped)
        fprintf(stderr, "and %zu more\n", diagnostics->dropped);
}

static int print_json(libxl_domain_config *config)
{
    auto_free char *json = libxl_domain_config_to_json(NULL, config);

    if (!json)
        return fputs("dump-config: no JSON\n", stderr), 1;
    return fputs(json, stdout) < 0 || fflush(stdout) != 0;
}

static int dump(struct config_request *request, bool quiet)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    libxl_domain_config config;
    int status = 1;

    libxl_domain_config_init(&config);
    if (config_read(request, &diagnostics, &config, &error) == 0)
        status = quiet ? 0 : print_json(&config);
    print_diagnostics(&diagnostics);
    if (error && diagnostics.count == 0)
        fprintf(stderr, "%s%s%s\n", error->message, error->hint ? "; " : "",
                error->hint ? error->hint : "");
    libxl_domain_config_dispose(&config);
    return status;
}

int main(int argc, char **argv)
{
    auto_string_list words = STRING_LIST_INIT;
    struct config_request request = { .facts = &sample_facts, .assignments = &words };
    bool quiet = false;
    int option;

    while ((option = getopt(argc, argv, "+sq")) != -1) {
        if (option == '?')
            return 2;
        request.strict |= option == 's';
        quiet |= option == 'q';
    }
    if (optind < argc && !strchr(argv[optind], '='))
        request.file = argv[optind++];
    for (int i = optind; i < argc; i++)
        string_list_add(&words, argv[i]);
    return dump(&request, quiet);
}
