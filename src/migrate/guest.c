/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What saving and moving have in common; see guest.h. */
#include "migrate/guest.h"

#include <string.h>

#include "base/mem.h"
#include "xen/domain.h"
#include "xen/life.h"
#include "xen/lock.h"
#include "xen/mark.h"
#include "xen/suspend.h"

int guest_lock(struct xen_host *host, const struct domain *seen, int *ret_lock,
               struct domain *ret_now, struct error **error)
{
    if (lock_saving(seen->uuid, ret_lock, error) < 0 || xen_domain_verify(host, seen, error) < 0)
        return -1;
    return xen_domain_get(host, seen->domid, ret_now, error);
}

int guest_check_alive(struct xen_host *host, const struct domain *domain, struct error **error)
{
    if (domain_is_suspended(domain)) {
        error_set(error, ERR_REFUSED, "domain %u is suspended already", domain->domid);
        return error_hint(error, "by %s: 'xn resume %u' lets it run on",
                          xen_suspended_is_marked(host, domain)
                              ? "'xn suspend'"
                              : "another tool, or by a save that was killed",
                          domain->domid);
    }
    if (domain->shutdown || domain->dying)
        return error_set(error, ERR_REFUSED, "domain %u has ended", domain->domid);
    return 0;
}

int guest_config_json(struct xen_host *host, const struct domain *domain, bool keep_domid,
                      char **ret_json, struct error **error)
{
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = xen_life_config(host, domain->domid, &config, error);
    if (result == 0) {
        /* 0 is no domid: the field is left out then. */
        config.c_info.domid = keep_domid ? domain->domid : 0;
        *ret_json = libxl_domain_config_to_json(NULL, &config);
        if (!*ret_json)
            result = error_set(error, ERR_LIBXL, "cannot write its configuration as JSON");
    }
    libxl_domain_config_dispose(&config);
    return result;
}

/* Whether it did suspend, only the hypervisor knows. */
bool guest_bring_back(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_domain now = { 0 };
    auto_error problem = NULL;

    if (xen_domain_get(host, domain->domid, &now, &problem) == 0) {
        if (strcmp(now.uuid, domain->uuid) != 0)
            error_set(&problem, ERR_FAILED, "the guest is gone");
        else if (domain_is_suspended(&now))
            (void)xen_domain_resume(host, now.domid, &problem);
        else if (now.shutdown)
            error_set(&problem, ERR_FAILED, "the guest ended meanwhile: %s",
                      shutdown_reason_name(now.shutdown_reason));
    }
    if (!problem) {
        error_hint(error, "the guest goes on as before");
        return true;
    }
    error_detail(error, problem->message);
    error_hint(error, "'xn list' shows what has become of it; 'xn resume %u' tries again",
               domain->domid);
    return false;
}
