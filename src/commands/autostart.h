/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the actions of 'xn autostart' share. */
#ifndef XN_COMMANDS_AUTOSTART_H
#define XN_COMMANDS_AUTOSTART_H

#include "commands/common.h"
#include "commands/guests.h"

struct autostart_args {
    const char *verb, *word;
    const char *folder; /* NULL: this host's, and the host is asked for running guests */
    struct autostart_change change;
};

struct autostart_session {
    struct env *env;
    const struct autostart_args *args;
    const char *folder;
    struct xen_host *host; /* NULL with --config-dir */
    struct guest_files files;
    struct domain_list domains;
};

/* Of all files that carry the name, the one that stands in auto; NULL. */
const struct guest_file *autostart_find_enabled(const struct autostart_session *session,
                                                const char *name);
/* Prints the list. Returns the exit status, or -1. */
int autostart_list(const struct autostart_session *session, struct error **error);

#endif
