/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Building a guest from a complete configuration and setting it going: what create and restore do
 * alike, with progress, console, supervision and viewer. */
#ifndef XN_COMMANDS_LAUNCH_H
#define XN_COMMANDS_LAUNCH_H

#include "commands/common.h"
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
    const struct restore_source *restore; /* NULL: a fresh start */
};

/* ERR_USAGE when options exclude each other. */
int launch_check(const struct launch_options *options, struct error **error);
/* Builds and starts it, and reports. Whole or not at all: on a failure or an interrupt nothing of
 * the guest is left. Returns what common_report does. */
int launch_and_report(const struct launch *launch, struct error **error);

#endif
