/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that libxl knows by a number; see pv_device.h. */
#include "xen/pv_device.h"

#include <libxl_utils.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "xen/device.h"
#include "xen/domain.h"

/* libxl has the same verbs for every kind, each with a type of its own. */
#define VERB(kind, verb)                                                                           \
    static int kind##_##verb(libxl_ctx *ctx, uint32_t domid, void *device,                         \
                             const libxl_asyncop_how *how)                                         \
    {                                                                                              \
        return libxl_device_##kind##_##verb(ctx, domid, device, how);                              \
    }

#define PV_KIND(kind, list)                                                                        \
    VERB(kind, add)                                                                                \
    VERB(kind, remove)                                                                             \
    VERB(kind, destroy)                                                                            \
    static int kind##_find(libxl_ctx *ctx, uint32_t domid, int devid, void *device)                \
    {                                                                                              \
        return libxl_devid_to_device_##kind(ctx, domid, devid, device);                            \
    }                                                                                              \
    static void kind##_dispose(void *device)                                                       \
    {                                                                                              \
        libxl_device_##kind##_dispose(device);                                                     \
    }                                                                                              \
    static int kind##_devid(const void *device)                                                    \
    {                                                                                              \
        return ((const libxl_device_##kind *)device)->devid;                                       \
    }                                                                                              \
    static void *kind##_of_config(libxl_domain_config *config)                                     \
    {                                                                                              \
        return &config->list[0];                                                                   \
    }                                                                                              \
    static char *kind##_to_json(void *device)                                                      \
    {                                                                                              \
        return libxl_device_##kind##_to_json(NULL, device);                                        \
    }                                                                                              \
    const struct pv_kind pv_kind_##kind = {                                                        \
        .name = #kind,                                                                             \
        .size = sizeof(libxl_device_##kind),                                                       \
        .add = kind##_add,                                                                         \
        .remove = kind##_remove,                                                                   \
        .destroy = kind##_destroy,                                                                 \
        .find = kind##_find,                                                                       \
        .dispose = kind##_dispose,                                                                 \
        .devid = kind##_devid,                                                                     \
        .of_config = kind##_of_config,                                                             \
        .to_json = kind##_to_json,                                                                 \
    }

PV_KIND(vtpm, vtpms);
PV_KIND(vkb, vkbs);
PV_KIND(vdispl, vdispls);
PV_KIND(vsnd, vsnds);
PV_KIND(usbctrl, usbctrls);

static bool is_there(struct xen_host *host, uint32_t domid, const struct pv_kind *kind, int devid)
{
    auto_free void *found = xcalloc(1, kind->size);
    bool here = kind->find(xen_ctx(host), domid, devid, found) == 0;

    if (here)
        kind->dispose(found);
    return here;
}

/* What a failed attach has left. A number that was taken already belongs to another one. */
static void take_back(struct xen_host *host, uint32_t domid, const struct pv_kind *kind,
                      void *device, int rc, struct error **error)
{
    struct xen_operation operation;
    auto_error ignored = NULL;
    int devid = kind->devid(device);

    if (devid < 0 || rc == ERROR_DEVICE_EXISTS || !is_there(host, domid, kind, devid))
        return;
    xen_operation_init(host, &operation);
    xen_operation_started(&operation, kind->destroy(xen_ctx(host), domid, device, &operation.how));
    (void)xen_operation_finish(&operation, &rc, &ignored);
    if (is_there(host, domid, kind, devid))
        device_error_add(error, "what is half there could not be taken back");
}

int pv_device_attach(struct xen_host *host, const struct domain *domain, const struct pv_kind *kind,
                     void *device, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence =
        xasprintf("cannot attach the %s to domain %u", kind->name, domain->domid);
    struct xen_operation operation;

    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          kind->add(xen_ctx(host), domain->domid, device, &operation.how));
    if (xen_device_wait(&operation, timeout_ms, sentence, error) == 0)
        return 0;
    take_back(host, domain->domid, kind, device, operation.rc, error);
    return -1;
}

static int no_device(const struct domain *domain, const struct pv_kind *kind, int devid,
                     struct error **error)
{
    return error_set(error, ERR_DEVICE_NOT_FOUND, "domain %u has no %s %d", domain->domid,
                     kind->name, devid);
}

int pv_device_detach(struct xen_host *host, const struct domain *domain, const struct pv_kind *kind,
                     int devid, bool force, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence =
        xasprintf("cannot detach %s %d from domain %u", kind->name, devid, domain->domid);
    auto_free void *device = xcalloc(1, kind->size);
    struct xen_operation operation;
    int result;

    if (kind->find(xen_ctx(host), domain->domid, devid, device))
        return no_device(domain, kind, devid, error);
    result = xen_domain_verify(host, domain, error);
    if (result == 0) {
        xen_log_forget(host);
        xen_operation_init(host, &operation);
        xen_operation_started(&operation,
                              (force ? kind->destroy : kind->remove)(xen_ctx(host), domain->domid,
                                                                     device, &operation.how));
        result = xen_device_wait(&operation, timeout_ms, sentence, error);
        if (result < 0)
            device_error_add(error, is_there(host, domain->domid, kind, devid)
                                        ? "it is still there"
                                        : "it is gone all the same");
    }
    kind->dispose(device);
    return result;
}

int device_error_add(struct error **error, const char *text)
{
    if (error && *error) {
        auto_free char *old = (*error)->message;

        (*error)->message = xasprintf("%s; %s", old, text);
    }
    return -1;
}

void device_set_ends(struct xen_host *host, struct device *device, uint32_t backend_domid,
                     const char *backend_path, const char *frontend_path, bool with_names)
{
    device->backend_domid = backend_domid;
    device->backend_path = xstrdup(backend_path);
    device->frontend_path = xstrdup(frontend_path);
    if (with_names)
        device->backend = libxl_domid_to_name(xen_ctx(host), backend_domid);
}
