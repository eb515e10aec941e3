/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What of a guest keeps it on its host; see movable.h. */
#include "xen/movable.h"

#include "xen/life.h"

#define HERE "here"

static void check_state(const struct domain *domain, const libxl_domain_config *config,
                        struct problem_list *problems)
{
    if (domain->shutdown || domain->dying)
        problem_add(problems, false, "state", HERE, NULL, "domain %u is not running: it is %s",
                    domain->domid, domain_state(domain));
    else if (domain->paused && config->c_info.type != LIBXL_DOMAIN_TYPE_HVM)
        problem_add(problems, false, "paused", HERE, "xn unpause",
                    "domain %u is paused, and cannot answer the request to suspend", domain->domid);
    if (libxl_defbool_val(config->b_info.disable_migrate))
        problem_add(problems, false, "nomigrate", HERE, NULL,
                    "its configuration says nomigrate: it was built not to be moved");
}

/* Which pages a running PV guest has written can be seen only with shadow page tables. */
static void check_type(struct xen_host *host, const libxl_domain_config *config, bool offline,
                       struct problem_list *problems)
{
    libxl_physinfo physical;

    libxl_physinfo_init(&physical);
    if (config->c_info.type == LIBXL_DOMAIN_TYPE_PV && !offline &&
        libxl_get_physinfo(xen_ctx(host), &physical) == 0 && !physical.cap_shadow)
        problem_add(problems, false, "log-dirty", HERE,
                    "--offline stops it first, and moves it all the same",
                    "this hypervisor cannot see what a running PV guest writes: it was built "
                    "without shadow paging");
    libxl_physinfo_dispose(&physical);
}

static void check_devices(const libxl_domain_config *config, struct problem_list *problems)
{
    for (int i = 0; i < config->num_pcidevs; i++)
        problem_add(problems, false, "passthrough", HERE, "xn pci-detach, or shut it down",
                    "it has the PCI device %04x:%02x:%02x.%x of this host",
                    (unsigned)config->pcidevs[i].domain, config->pcidevs[i].bus,
                    config->pcidevs[i].dev, config->pcidevs[i].func);
    for (int i = 0; i < config->num_usbdevs; i++)
        if (config->usbdevs[i].type == LIBXL_USBDEV_TYPE_HOSTDEV)
            problem_add(problems, false, "passthrough", HERE, "xn usbdev-detach",
                        "it has the USB device %u.%u of this host",
                        config->usbdevs[i].u.hostdev.hostbus,
                        config->usbdevs[i].u.hostdev.hostaddr);
    if (config->num_dtdevs)
        problem_add(problems, false, "passthrough", HERE, NULL,
                    "it has devices of this host's device tree");
    if (config->num_vtpms)
        problem_add(problems, false, "vtpm", HERE, NULL,
                    "what its virtual TPM holds does not go along");
}

int xen_movable_check(struct xen_host *host, const struct domain *domain, bool offline,
                      const struct disk_copies *copied, struct problem_list *problems,
                      struct error **error)
{
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = xen_life_config(host, domain->domid, &config, error);
    if (result == 0) {
        libxl_defbool_setdefault(&config.b_info.disable_migrate, false);
        check_state(domain, &config, problems);
        check_type(host, &config, offline, problems);
        check_devices(&config, problems);
        xen_movable_disks(&config, copied, problems);
    }
    libxl_domain_config_dispose(&config);
    return result;
}
