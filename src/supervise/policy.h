/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the on_* keys of a guest ask for when it has shut down, and how soon it is done. No host is
 * touched here. */
#ifndef XN_SUPERVISE_POLICY_H
#define XN_SUPERVISE_POLICY_H

#include <libxl.h>
#include <stdbool.h>
#include <stddef.h>

/* reason: enum shutdown_reason of model/domain.h. A reason nobody knows destroys, as with xl.
 * Not for SHUTDOWN_SUSPEND, which ends nothing. */
libxl_action_on_shutdown policy_action(const libxl_domain_config *config, int reason);
/* As configuration files have it; libxl's own names are others. */
const char *policy_action_name(libxl_action_on_shutdown action);
/* Does the action build the guest again? */
bool policy_restarts(libxl_action_on_shutdown action);
/* What is left of the action when the host stops: whatever would let the guest go on ends it. */
libxl_action_on_shutdown policy_final(libxl_action_on_shutdown action);
/* Does the action dump the guest's core first? */
bool policy_dumps_core(libxl_action_on_shutdown action);
/* After such an end it is likely to. */
bool policy_is_crash(int reason);

/* A guest that ends again within this time after its start is in a loop. */
#define POLICY_LOOP_MS 30000
/* How long to wait before it is built again, having ended so soon so many times in a row: twice not
 * at all, then 1, 2, 4 ... 60 s. */
unsigned policy_delay_seconds(unsigned quick_ends);

/* How many guests may be built side by side on a host with so many CPUs. When more are, each needs
 * longer than libxl waits, which is 10 s for a console. */
size_t policy_places(long cpus);

#endif
