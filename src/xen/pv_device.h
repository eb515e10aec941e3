/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that libxl knows by a number within their kind, all of them by the same verbs: giving
 * them to a running guest and taking them away. */
#ifndef XN_XEN_PV_DEVICE_H
#define XN_XEN_PV_DEVICE_H

#include "model/device.h"
#include "model/domain.h"
#include "xen/host.h"

/* One kind of device; device points to libxl's struct of it, which of size bytes. */
struct pv_kind {
    const char *name; /* "vkb" */
    size_t size;
    int (*add)(libxl_ctx *ctx, uint32_t domid, void *device, const libxl_asyncop_how *how);
    int (*remove)(libxl_ctx *ctx, uint32_t domid, void *device, const libxl_asyncop_how *how);
    int (*destroy)(libxl_ctx *ctx, uint32_t domid, void *device, const libxl_asyncop_how *how);
    /* A libxl return code; device needs dispose when it is 0. */
    int (*find)(libxl_ctx *ctx, uint32_t domid, int devid, void *device);
    void (*dispose)(void *device);
    int (*devid)(const void *device);
    /* The first one of a configuration. */
    void *(*of_config)(libxl_domain_config *config);
    char *(*to_json)(void *device); /* the caller frees it */
};

extern const struct pv_kind pv_kind_vtpm;
extern const struct pv_kind pv_kind_vkb;
extern const struct pv_kind pv_kind_vdispl;
extern const struct pv_kind pv_kind_vsnd;
extern const struct pv_kind pv_kind_usbctrl;

/* Gives the guest the device, whose devid is filled in. What is half there when it fails is taken
 * back. timeout_ms: DEADLINE_NEVER leaves it to libxl. ERR_TIMEOUT, ERR_INTERRUPTED, ERR_LIBXL. */
int pv_device_attach(struct xen_host *host, const struct domain *domain, const struct pv_kind *kind,
                     void *device, uint64_t timeout_ms, struct error **error);
/* Takes the device away; force: without asking the guest. When that fails the error says whether it
 * is still there. ERR_DEVICE_NOT_FOUND and those above. */
int pv_device_detach(struct xen_host *host, const struct domain *domain, const struct pv_kind *kind,
                     int devid, bool force, uint64_t timeout_ms, struct error **error);

/* ": TEXT" is put behind the message of an error. Returns -1. */
int device_error_add(struct error **error, const char *text);

/* Fills in what all kinds tell about the serving domain; takes none of the texts. */
void device_set_ends(struct xen_host *host, struct device *device, uint32_t backend_domid,
                     const char *backend_path, const char *frontend_path, bool with_names);

#endif
