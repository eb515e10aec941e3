/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the name of a configuration file to a running guest, in one go. */
#ifndef XN_COMMANDS_LAUNCH_FILE_H
#define XN_COMMANDS_LAUNCH_FILE_H

#include "commands/launch.h"

struct launch_file {
    struct env *env;
    struct xen_host *host;
    const struct host_config *host_config;
    const char *action; /* "start", for messages */
    const char *file;
    const struct launch_options *options;
    bool quiet; /* no warnings */
};

/* Reads the file, builds the guest and sets it going. Fills outcome, but for its error. The caller
 * catches signals (base/interrupt.h). */
int launch_file(const struct launch_file *what, struct outcome *outcome, struct error **error);

#endif
