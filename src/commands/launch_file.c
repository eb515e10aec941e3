/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starting a guest from a file; see launch_file.h. */
#include "commands/launch_file.h"

int launch_file(const struct launch_file *what, struct outcome *outcome, struct error **error)
{
    const struct string_list no_words = STRING_LIST_INIT;
    struct launch_input input = {
        .env = what->env,
        .host = what->host,
        .host_config = what->host_config,
        .action = what->action,
        .file = what->file,
        .words = &no_words,
        .quiet = what->quiet,
    };
    libxl_domain_config config;
    struct launch launch = {
        .env = what->env,
        .host = what->host,
        .host_config = what->host_config,
        .action = what->action,
        .options = what->options,
        .config = &config,
    };
    int result;

    libxl_domain_config_init(&config);
    result = launch_read_config(&input, &config, error);
    if (result == 0) {
        xen_config_choose_domid(&config, what->host_config);
        result = launch_guest(&launch, outcome, error);
    }
    libxl_domain_config_dispose(&config);
    return result;
}
