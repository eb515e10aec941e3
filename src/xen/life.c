/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A supervisor's verbs; see life.h. */
#include "xen/life.h"

#include <libxl_event.h>
#include <stdint.h>

#include "xen/change.h"
#include "xen/wait.h"

/* libxl's handle, under a name of our own so that callers need no libxl header for it. */
static libxl_evgen_domain_death *evgen(struct xen_death_watch *watch)
{
    return (libxl_evgen_domain_death *)watch;
}

int xen_death_watch(struct xen_host *host, uint32_t domid, uint64_t user,
                    struct xen_death_watch **ret_watch, struct error **error)
{
    libxl_evgen_domain_death *death;
    int rc;

    xen_log_forget(host);
    rc = libxl_evenable_domain_death(xen_ctx(host), domid, user, &death);
    if (rc)
        return xen_error(host, error, rc, "cannot watch domain %u", domid);
    *ret_watch = (struct xen_death_watch *)death;
    return 0;
}

int xen_death_rewatch(struct xen_host *host, uint32_t domid, uint64_t user,
                      struct xen_death_watch **watch, struct error **error)
{
    struct xen_death_watch *again;

    /* The new one first: as long as there is one, libxl keeps its xenstore watch, and the state
     * that was reported already does not fire at once again. */
    if (xen_death_watch(host, domid, user, &again, error) < 0)
        return -1;
    xen_death_unwatch(host, *watch);
    *watch = again;
    return 0;
}

void xen_death_unwatch(struct xen_host *host, struct xen_death_watch *watch)
{
    if (watch)
        libxl_evdisable_domain_death(xen_ctx(host), evgen(watch));
}

int xen_life_config(struct xen_host *host, uint32_t domid, libxl_domain_config *config,
                    struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_retrieve_domain_configuration(xen_ctx(host), domid, config, NULL);
    if (rc)
        return xen_error(host, error, rc, "cannot read the configuration of domain %u", domid);
    return 0;
}

int xen_life_destroy(struct xen_host *host, uint32_t domid, struct error **error)
{
    struct xen_operation operation;
    int rc;

    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation, libxl_domain_destroy(xen_ctx(host), domid, &operation.how));
    if (xen_operation_finish(&operation, &rc, error) < 0)
        return -1;
    if (rc)
        return xen_error(host, error, rc, "cannot destroy domain %u", domid);
    return 0;
}

int xen_life_pause(struct xen_host *host, uint32_t domid, struct error **error)
{
    int rc;

    xen_log_forget(host);
    xen_change_begin(host, domid);
    rc = libxl_domain_pause(xen_ctx(host), domid, NULL);
    xen_change_end(host, domid);
    return rc ? xen_error(host, error, rc, "cannot pause domain %u", domid) : 0;
}

int xen_life_unpause(struct xen_host *host, uint32_t domid, struct error **error)
{
    int rc;

    xen_log_forget(host);
    xen_change_begin(host, domid);
    rc = libxl_domain_unpause(xen_ctx(host), domid, NULL);
    xen_change_end(host, domid);
    if (rc)
        return xen_error(host, error, rc, "cannot start domain %u", domid);
    return 0;
}

int xen_life_preserve(struct xen_host *host, uint32_t domid, const libxl_domain_config *config,
                      const char *suffix, struct error **error)
{
    libxl_domain_create_info info;
    libxl_uuid uuid;
    int rc;

    libxl_uuid_generate(&uuid);
    libxl_domain_create_info_init(&info);
    libxl_domain_create_info_copy(xen_ctx(host), &info, &config->c_info);
    xen_log_forget(host);
    rc = libxl_domain_preserve(xen_ctx(host), domid, &info, suffix, uuid);
    libxl_domain_create_info_dispose(&info);
    if (rc)
        return xen_error(host, error, rc, "cannot keep domain %u under another name", domid);
    return 0;
}

int xen_life_soft_reset(struct xen_host *host, uint32_t domid, libxl_domain_config *config,
                        struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_domain_soft_reset(xen_ctx(host), config, domid, NULL, NULL);
    if (rc)
        return xen_error(host, error, rc, "cannot reset domain %u", domid);
    return 0;
}
