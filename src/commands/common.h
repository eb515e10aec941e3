/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What several commands do the same way: open the host, resolve targets, report what came of it. */
#ifndef XN_COMMANDS_COMMON_H
#define XN_COMMANDS_COMMON_H

#include "cli/spec.h"
#include "config/host_config.h"
#include "model/outcome.h"
#include "xen/host.h"

/* How the user asked to be connected to Xen (-v, -T). */
struct xen_host_options common_host_options(const struct env *env);
/* Connects to Xen that way. */
int common_open_host(const struct env *env, struct xen_host **ret_host, struct error **error);
/* The same with xen_host_open_to_ask. */
int common_open_host_to_ask(const struct env *env, struct xen_host **ret_host,
                            struct error **error);
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

/* One outcome for the guest that word names, or the error. Domain 0 is refused: "will not DOING
 * domain 0 ...", with that hint (which may be NULL). */
struct outcome *common_guest(struct xen_host *host, const char *action, const char *word,
                             const char *doing, const char *hint,
                             struct outcome_list *ret_outcomes);
/* The same for what may be done to domain 0, too. */
struct outcome *common_domain(struct xen_host *host, const char *action, const char *word,
                              struct outcome_list *ret_outcomes);
/* --columns, --sort and --filter choose among rows; where there are none, as what says so, they are
 * ERR_USAGE. */
int common_check_no_rows(const struct env *env, const char *what, struct error **error);
/* The domains that words name, in that order, or all when there are no words; chosen has room for
 * list->count + words->count. Whoever is not found is told to env->err as an error of the command,
 * and *ret_status becomes the exit status that this makes. Returns their number. */
size_t common_choose(const struct env *env, const char *command, const struct string_list *words,
                     const struct domain_list *list, const struct domain **chosen,
                     enum status *ret_status);

/* Prints what failed to env->err (or everything as JSON to env->out when that is asked for).
 * Returns 0, or the exit status that the outcomes add up to, or -1 with *error. */
int common_report(const struct env *env, const struct outcome_list *outcomes, struct error **error);

#endif
