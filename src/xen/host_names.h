/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of things of this host, for completion. Silent: what is not there has no names. */
#ifndef XN_XEN_HOST_NAMES_H
#define XN_XEN_HOST_NAMES_H

#include "base/str.h"

/* The bridges of the kernel; lead is put in front of each. */
void host_names_bridges(const char *lead, struct string_list *list);
/* The hotplug scripts whose names begin so: "vif-", "block-". */
void host_names_scripts(const char *lead, const char *beginning, struct string_list *list);

#endif
