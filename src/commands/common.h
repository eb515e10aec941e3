/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What several commands do the same way: open the host, resolve targets, report what came of it. */
#ifndef XN_COMMANDS_COMMON_H
#define XN_COMMANDS_COMMON_H

#include "cli/spec.h"
#include "config/host_config.h"
#include "model/outcome.h"
#include "xen/host.h"

/* Connects to Xen the way the user asked for (-v, -T). */
int common_open_host(const struct env *env, struct xen_host **ret_host, struct error **error);
/* The warnings among the diagnostics, to env->err; context ("create: " or "") stands before each.
 * With --json instead one document with all of them, errors too, when there are any. quiet: no
 * warnings. */
void common_print_diagnostics(const struct env *env, const char *context,
                              const struct diagnostics *diagnostics, bool quiet);
/* xl.conf and xn.conf; warnings go to env->err. */
int common_host_config(const struct env *env, struct host_config *ret, struct error **error);

/* Looks at every word of kind KIND_DOMAIN in args, before any host is touched: a word that can name
 * nothing ("", "-1", "4294967296") is ERR_USAGE. */
int common_check_domain_words(const struct command *command, const void *args,
                              struct error **error);
/* Targets are words or --all, not both and not nothing. ERR_USAGE. */
int common_check_targets(const struct string_list *words, bool all, struct error **error);
/* One outcome per word with the domain it names or the error, or one for every guest. One look at
 * the host serves all words; a domain that is named twice is kept once. Domain 0 is refused. -1
 * only when the host cannot be asked. */
int common_targets(struct xen_host *host, const char *action, const struct string_list *words,
                   bool all, struct outcome_list *ret_outcomes, struct error **error);

/* Prints what failed to env->err (or everything as JSON to env->out when that is asked for).
 * Returns 0, or the exit status that the outcomes add up to, or -1 with *error. */
int common_report(const struct env *env, const struct outcome_list *outcomes, struct error **error);

#endif
