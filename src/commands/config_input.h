/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What create, check, format and config-update share: the words that name a configuration, and the
 * reading of it, be it in the configuration language or libxl's JSON. */
#ifndef XN_COMMANDS_CONFIG_INPUT_H
#define XN_COMMANDS_CONFIG_INPUT_H

#include "commands/common.h"
#include "config/config.h"

/* A word with '=' is a setting, any other one a file. Both are emptied first. */
void config_words_split(const struct string_list *words, struct string_list *ret_files,
                        struct string_list *ret_assignments);
/* The one file among them, besides the one that an option named. ERR_USAGE when there is none, or
 * a second one. */
int config_words_file(const struct command *command, const struct string_list *words,
                      const char **file, struct error **error);

/* Reads request->file, with the facts of the host where there is one. host: NULL on a machine
 * without Xen; libxl's JSON cannot be read there. Otherwise as config_read; for JSON no
 * settings are allowed beside it. */
int config_input_read(struct xen_host *host, const struct config_request *request,
                      struct diagnostics *diagnostics, libxl_domain_config *ret_config,
                      struct error **error);

/* A configuration that a saved or moved guest takes along instead of its own, as libxl's JSON,
 * which the caller frees. uuid: what the guest has; NULL: as the file says. Warnings are printed as
 * those of the command action. */
int config_input_json(const struct env *env, struct xen_host *host, const char *action,
                      const char *file, const char *uuid, char **ret_json, struct error **error);
/* The configuration in libxl's JSON, to stream. */
int config_print_json(FILE *stream, const libxl_domain_config *config, struct error **error);

#endif
