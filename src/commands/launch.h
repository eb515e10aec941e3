/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Building a guest from a complete configuration and setting it going: what create and restore do
 * alike, with progress, console, supervision and viewer. */
#ifndef XN_COMMANDS_LAUNCH_H
#define XN_COMMANDS_LAUNCH_H

#include "commands/common.h"
#include "migrate/pump.h"
#include "xen/create.h"

/* The options that both commands have. */
struct launch_options {
    bool paused, console, unsupervised, foreground, viewer, viewer_password;
};

struct launch {
    struct env *env;
    struct xen_host *host;
    const struct host_config *host_config;
    const char *action; /* "create", for messages and results */
    const struct launch_options *options;
    libxl_domain_config *config;
    const char *file; /* where it was read from, to be noted with the guest; NULL: nowhere */
    const struct restore_source *restore; /* NULL: a fresh start */
    int saved_fd;                         /* with restore: the file that it comes from */
    struct pump
        *unpacker; /* with restore: feeds it, and is ended when the guest is built; or NULL */
};

/* Where the configuration of a guest that is to be started comes from. */
struct launch_input {
    struct env *env;
    struct xen_host *host; /* NULL in a dry run on a machine without Xen */
    const struct host_config *host_config;
    const char *action; /* "create", for messages */
    const char *file;
    const struct string_list *words; /* KEY=VALUE, and perhaps the file once more */
    bool quiet;                      /* no warnings */
    bool strict;                     /* unknown keys are errors */
    bool any_cpu;                    /* xl.conf's masks of CPUs do not count */
};

/* Reads and checks it; warnings go to env->err. ret_config was inited by the caller. */
int launch_read_config(const struct launch_input *input, libxl_domain_config *ret_config,
                       struct error **error);

/* ERR_USAGE when options exclude each other. */
int launch_check(const struct launch_options *options, struct error **error);
/* Builds and starts it. Whole or not at all: on a failure or an interrupt nothing of the guest is
 * left. The caller catches signals (base/interrupt.h). Fills outcome, but for its error. */
int launch_guest(const struct launch *launch, struct outcome *outcome, struct error **error);
/* The same with signals caught, and the report. Returns what common_report does. */
int launch_and_report(const struct launch *launch, struct error **error);

#endif
