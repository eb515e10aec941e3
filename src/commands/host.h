/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of 'xn host': what is to be done, guest by guest, and the doing in its order. */
#ifndef XN_COMMANDS_HOST_H
#define XN_COMMANDS_HOST_H

#include "commands/crowd.h"
#include "commands/guests.h"

struct host_args {
    const char *verb; /* "start" or "stop" */
    bool dry_run, only_autostart, force;
    uint64_t timeout_ms, limit_ms; /* DEADLINE_NEVER: not given */
    uint64_t jobs;
    const char *save_folder;
};

/* How long saving and restoring may take when nobody says, and everything else. */
#define HOST_MEMORY_MS (10 * 60 * 1000)
#define HOST_OTHER_MS  (2 * 60 * 1000)

struct host_session {
    struct env *env;
    const struct host_args *args;
    struct xen_host *host;
    struct host_config host_config;
    struct guest_files files;
    struct autostart_table table;
    struct domain_list domains;
    uint64_t deadline_ms; /* clock_ms: for all together */
};

struct host_step {
    struct plan_step plan;    /* its texts are those below, or static */
    char *name, *file, *host; /* owned */
    struct domain domain;     /* of a stop; .uuid is "" in a start */
    struct error *problem;    /* nothing can be done; .plan.action is what should be */
    const struct host_session *session;
};

struct host_steps {
    struct host_step *items;
    size_t count;
};

bool host_is_start(const struct host_args *args);
/* A new step with the policy of that guest. Takes file (NULL: none); it is valid until the next
 * call. */
struct host_step *host_step_add(struct host_steps *steps, const struct host_session *session,
                                const char *name, const char *action, char *file);
/* Takes the last one away. */
void host_step_drop(struct host_steps *steps);
void host_step_skip(struct host_step *step, const char *reason);
/* What is wrong with the table itself. */
void host_add_table_problems(struct host_steps *steps, const struct host_session *session);
/* The step's guest belongs to autostart: the file; NULL: it does not. */
const struct guest_file *host_autostart_file(const struct host_session *session, const char *name);

/* What is to be done, in no order. */
int host_plan_start(const struct host_session *session, struct host_steps *ret_steps,
                    struct error **error);
int host_plan_stop(const struct host_session *session, struct host_steps *ret_steps,
                   struct error **error);

/* The same for what has come since: guests that were just being built again, or that somebody has
 * started. Waits for what is being built. */
int host_plan_late(struct host_session *session, struct host_steps *steps, struct error **error);
/* Into their order, from first on. */
void host_sort(const struct host_session *session, struct host_steps *steps, size_t first);

/* Both for sorted steps, and return what common_report does. */
int host_print_plan(const struct host_session *session, const struct host_steps *steps,
                    struct error **error);
int host_do_steps(struct host_session *session, struct host_steps *steps, struct error **error);
/* Moves the guest of a step away. On a failure *ret_here says whether it is still here and may be
 * stopped by other means. */
int host_move(const struct host_step *step, struct xen_host *host, struct outcome *outcome,
              bool *ret_here, struct error **error);
/* clock_ms: when the time of the step is over, seen from now, and that for all together. */
uint64_t host_step_deadline(const struct host_step *step);
int host_make_folder(const struct host_session *session, struct error **error);
/* The doing of one step, in a process of its own. */
void host_do_start(void *context, struct xen_host *host, struct outcome *outcome);
void host_do_stop(void *context, struct xen_host *host, struct outcome *outcome);

#endif
