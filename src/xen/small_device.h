/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking for the smaller paravirtual devices of domains, one kind per file: what their lists show.
 */
#ifndef XN_XEN_SMALL_DEVICE_H
#define XN_XEN_SMALL_DEVICE_H

#include "model/device.h"
#include "model/domain.h"
#include "xen/host.h"

/* Each for .collect of struct device_listing: adds a row per device, of the struct of that kind. */
int xen_vtpm_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                     bool all_columns, struct device_rows *rows, struct error **error);
int xen_vkb_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                    bool all_columns, struct device_rows *rows, struct error **error);
int xen_vdispl_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                       bool all_columns, struct device_rows *rows, struct error **error);
int xen_vsnd_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                     bool all_columns, struct device_rows *rows, struct error **error);
int xen_channel_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                        bool all_columns, struct device_rows *rows, struct error **error);
int xen_usb_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                    bool all_columns, struct device_rows *rows, struct error **error);

/* The number of the vtpm with that UUID. ERR_DEVICE_NOT_FOUND. */
int xen_vtpm_devid(struct xen_host *host, const struct domain *domain, const char *uuid,
                   int *ret_devid, struct error **error);

#endif
