/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Setting many new guests going side by side. */
#ifndef XN_COMMANDS_LAUNCH_MANY_H
#define XN_COMMANDS_LAUNCH_MANY_H

#include "commands/launch.h"

/* Builds and starts each, up to jobs at a time (0: a sensible number), every one in a process of
 * its own with a connection of its own, and reports all together. One that fails does not stop the
 * others. A signal lets those that are under way clean up after themselves and starts no more. */
int launch_many_and_report(const struct launch *launches, size_t count, unsigned jobs,
                           struct error **error);

#endif
