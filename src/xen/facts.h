/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a configuration is checked against: the CPUs and nodes that this host has. */
#ifndef XN_XEN_FACTS_H
#define XN_XEN_FACTS_H

#include "config/config.h"
#include "xen/host.h"

/* Fills *ret; it refers to host and is valid as long as that is. */
int xen_host_facts(struct xen_host *host, struct host_facts *ret, struct error **error);

#endif
