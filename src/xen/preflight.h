/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What only the host knows about a configuration: whether it could be started here and now. */
#ifndef XN_XEN_PREFLIGHT_H
#define XN_XEN_PREFLIGHT_H

#include "config/config.h"
#include "model/domain.h"
#include "xen/host.h"

/* Adds what is wrong to the view's diagnostics: files that are missing or are not what the
 * configuration takes them for, bridges, memory, CPUs, names and addresses in use, disks of other
 * guests, devices that are not assignable. Changes nothing. */
void xen_preflight(struct xen_host *host, const struct host_config *host_config,
                   const struct config_view *view);

/* The part of it that asks the file system and the network alone; preflight_files.c. */
void xen_preflight_files(const struct config_view *view);

/* The same for one device that a running domain is to get (struct device_request): its files and
 * bridges, disks that another domain uses, MAC addresses; preflight_device.c. A raw disk that looks
 * like an image of another format is only warned of: a guest can make it look so. */
void xen_preflight_device(struct xen_host *host, const struct domain *domain,
                          const struct config_view *view);
/* The part of it that asks the file system and the network alone; preflight_files.c. */
void xen_preflight_device_files(const struct config_view *view);

#endif
