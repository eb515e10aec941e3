/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding domains; see domain.h. */
#include "xen/domain.h"

#include <libxl_utils.h>
#include <string.h>

#include "base/mem.h"
#include "model/target.h"

/* Takes the found domain out of the list. */
static void take_domain(struct domain_list *list, const struct domain *found, struct domain *domain)
{
    size_t index = (size_t)(found - list->domains);

    *domain = list->domains[index];
    list->domains[index] = (struct domain){ 0 };
}

/* Names are asked for where they decide, or where an error says more with them. */
static int find(struct xen_host *host, const struct target *target, const char *word,
                struct domain *domain, struct error **error)
{
    unsigned needed = target->kind == TARGET_UUID ? 0 : DETAIL_NAMES;
    auto_domain_list list = { NULL, 0 };
    const struct domain *found;

    if (xen_domain_list(host, needed, &list, error) < 0)
        return -1;
    found = target_find(target, &list, word, error);
    if (!found)
        return -1;
    take_domain(&list, found, domain);
    if (xen_domain_details(host, (DETAIL_NAMES & ~needed) | DETAIL_TYPE, domain, 1, error) == 0)
        return 0;
    domain_release(domain);
    return -1;
}

int xen_domain_find(struct xen_host *host, const char *word, struct domain *domain,
                    struct error **error)
{
    struct target target;

    if (target_parse(word, &target, error) < 0)
        return -1;
    if (target.kind == TARGET_DOMID) {
        auto_error gone = NULL;

        if (xen_domain_get(host, target.domid, domain, &gone) == 0)
            return 0;
        if (gone->code != ERR_DOMAIN_NOT_FOUND)
            return error_move(error, TAKE(gone));
    }
    return find(host, &target, word, domain, error);
}

int xen_domain_rename(struct xen_host *host, const struct domain *domain, const char *new_name,
                      struct error **error)
{
    int rc;

    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_domain_rename(xen_ctx(host), domain->domid, domain->name, new_name);
    if (rc)
        return xen_error(host, error, rc, "cannot rename domain %u to '%s'", domain->domid,
                         new_name);
    return 0;
}

int xen_domain_config_json(struct xen_host *host, const struct domain *domain, char **ret_json,
                           struct error **error)
{
    libxl_domain_config config;
    char *json = NULL;
    int rc;

    libxl_domain_config_init(&config);
    xen_log_forget(host);
    rc = libxl_retrieve_domain_configuration(xen_ctx(host), domain->domid, &config, NULL);
    if (rc == 0) {
        json = libxl_domain_config_to_json(xen_ctx(host), &config);
        rc = json ? 0 : ERROR_FAIL;
    }
    libxl_domain_config_dispose(&config);
    if (rc)
        return xen_error(host, error, rc, "cannot read the configuration of domain %u",
                         domain->domid);
    *ret_json = json;
    return 0;
}
