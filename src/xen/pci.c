/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PCI functions for guests; see pci.h. */
#include "xen/pci.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "xen/device.h"
#include "xen/domain.h"
#include "xen/pv_device.h"

#define PCIBACK "/sys/bus/pci/drivers/pciback"

static struct pci_address address_of(const libxl_device_pci *pci)
{
    return (struct pci_address){
        .segment = (unsigned)pci->domain,
        .bus = pci->bus,
        .slot = pci->dev,
        .function = pci->func,
        .all_functions = pci->vfunc_mask == LIBXL_PCI_FUNC_ALL,
    };
}

/* libxl's struct of an address, with its other fields as libxl has them by default. */
static void to_libxl(const struct pci_address *address, libxl_device_pci *ret)
{
    libxl_device_pci_init(ret);
    ret->domain = (int)address->segment;
    ret->bus = (uint8_t)address->bus;
    ret->dev = (uint8_t)address->slot;
    ret->func = (uint8_t)address->function;
    ret->vfunc_mask = address->all_functions ? LIBXL_PCI_FUNC_ALL : 1;
}

/* One function, or with "*" any of its slot. */
static bool covers(const struct pci_address *wanted, const struct pci_address *address)
{
    return wanted->segment == address->segment && wanted->bus == address->bus &&
           wanted->slot == address->slot &&
           (wanted->all_functions || wanted->function == address->function);
}

static size_t count_covered(const struct device_rows *rows, const struct pci_address *wanted)
{
    size_t found = 0;

    for (size_t i = 0; i < rows->count; i++)
        found += covers(wanted, &((const struct pci_device *)rows->items[i])->address);
    return found;
}

/* How many of the functions the domain has. */
static size_t count_of(struct xen_host *host, const struct domain *domain,
                       const struct pci_address *wanted)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_error ignored = NULL;

    (void)xen_pci_collect(host, &domain, 1, false, &rows, &ignored);
    return count_covered(&rows, wanted);
}

static size_t count_assignable(struct xen_host *host, const struct pci_address *wanted)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;
    auto_error ignored = NULL;

    (void)xen_pci_collect_assignable(host, false, &rows, &ignored);
    return count_covered(&rows, wanted);
}

static int check_on_host(const struct pci_address *address, struct error **error)
{
    auto_string_list list = STRING_LIST_INIT;
    char text[PCI_ADDRESS_SIZE];
    struct pci_address other;

    xen_pci_host_addresses(&list);
    for (size_t i = 0; i < list.count; i++)
        if (pci_address_parse(list.items[i], &other) && covers(address, &other))
            return 0;
    error_set(error, ERR_DEVICE_NOT_FOUND, "this host has no PCI device %s",
              pci_address_text(address, text));
    return error_hint(error, "'lspci -D' lists those it has");
}

/* ERR_EXISTS when a guest has one of the functions. */
static int check_free(struct xen_host *host, const struct pci_address *address,
                      struct error **error)
{
    auto_domain_list list = { NULL, 0 };
    char text[PCI_ADDRESS_SIZE];

    if (xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        auto_free char *label = NULL;

        if (count_of(host, &list.domains[i], address) == 0)
            continue;
        label = domain_label(&list.domains[i]);
        error_set(error, ERR_EXISTS, "PCI device %s belongs to '%s' (domain %u)",
                  pci_address_text(address, text), label, list.domains[i].domid);
        return error_hint(error, "'xn pci-detach %u %s' takes it away from there",
                          list.domains[i].domid, text);
    }
    return 0;
}

/* libxl would find most of this out itself, some of it half-way. */
static int check_assignable(struct xen_host *host, const struct pci_address *address, bool seize,
                            struct error **error)
{
    struct pci_device pci = { .address = *address };
    char text[PCI_ADDRESS_SIZE];

    if (check_on_host(address, error) < 0 || check_free(host, address, error) < 0)
        return -1;
    if (seize || address->all_functions || count_assignable(host, address))
        return 0;
    (void)xen_pci_describe(&pci);
    pci_address_text(address, text);
    if (pci.driver)
        error_set(error, ERR_REFUSED, "PCI device %s is in use by the driver '%s' of domain 0",
                  text, pci.driver);
    else
        error_set(error, ERR_REFUSED, "PCI device %s is not ready for guests", text);
    pci_device_release(&pci);
    return error_hint(error, "'xn pci-assignable-add %s' makes it ready", text);
}

static int check_guest(struct xen_host *host, const struct domain *domain, struct error **error)
{
    bool hvm = domain->type && strcmp(domain->type, "hvm") == 0;
    libxl_physinfo physical;
    bool able;

    if (domain->type && strcmp(domain->type, "pvh") == 0)
        return error_set(error, ERR_NOT_SUPPORTED,
                         "domain %u is a pvh guest, and they have no PCI devices", domain->domid);
    libxl_physinfo_init(&physical);
    able = !hvm || libxl_get_physinfo(xen_ctx(host), &physical) || physical.cap_hvm_directio;
    libxl_physinfo_dispose(&physical);
    if (able)
        return 0;
    error_set(error, ERR_NOT_SUPPORTED,
              "Xen has no IOMMU here, and without one an hvm guest can have no PCI device");
    return error_hint(error, "turn on VT-d or AMD-Vi in the firmware; 'xn dmesg' says what Xen has "
                             "found");
}

/* Fills in the address of a device that has only a name. */
static int resolve_name(struct xen_host *host, const struct domain *domain, libxl_device_pci *pci,
                        struct error **error)
{
    struct pci_address address;

    if (!pci->name)
        return 0;
    if (xen_pci_named(host, domain, pci->name, &address, error) < 0)
        return -1;
    pci->domain = (int)address.segment;
    pci->bus = (uint8_t)address.bus;
    pci->dev = (uint8_t)address.slot;
    pci->func = (uint8_t)address.function;
    pci->vfunc_mask = 1;
    return 0;
}

/* None of the functions was the guest's before. */
static void take_back(struct xen_host *host, const struct domain *domain, libxl_device_pci *pci,
                      struct error **error)
{
    struct pci_address address = address_of(pci);
    struct xen_operation operation;
    auto_error ignored = NULL;
    int rc;

    if (count_of(host, domain, &address) == 0)
        return;
    xen_operation_init(host, &operation);
    xen_operation_started(
        &operation, libxl_device_pci_destroy(xen_ctx(host), domain->domid, pci, &operation.how));
    (void)xen_operation_finish(&operation, &rc, &ignored);
    if (count_of(host, domain, &address))
        device_error_add(error, "what is half there could not be taken back");
}

int xen_pci_attach(struct xen_host *host, const struct domain *domain, libxl_device_pci *pci,
                   uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence = NULL;
    struct xen_operation operation;
    struct pci_address address;
    char text[PCI_ADDRESS_SIZE];

    if (check_guest(host, domain, error) < 0 || resolve_name(host, NULL, pci, error) < 0)
        return -1;
    address = address_of(pci);
    if (check_assignable(host, &address, pci->seize, error) < 0 ||
        xen_domain_verify(host, domain, error) < 0)
        return -1;
    sentence = xasprintf("cannot attach PCI device %s to domain %u",
                         pci_address_text(&address, text), domain->domid);
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          libxl_device_pci_add(xen_ctx(host), domain->domid, pci, &operation.how));
    if (xen_device_wait(&operation, timeout_ms, sentence, error) == 0)
        return 0;
    take_back(host, domain, pci, error);
    return -1;
}

static int check_has(struct xen_host *host, const struct domain *domain,
                     const struct pci_address *address, struct error **error)
{
    char text[PCI_ADDRESS_SIZE];

    if (count_of(host, domain, address))
        return 0;
    error_set(error, ERR_DEVICE_NOT_FOUND, "domain %u has no PCI device %s", domain->domid,
              pci_address_text(address, text));
    return error_hint(error, "'xn pci-list %u' shows those it has", domain->domid);
}

int xen_pci_detach(struct xen_host *host, const struct domain *domain, libxl_device_pci *pci,
                   bool force, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence = NULL;
    struct xen_operation operation;
    struct pci_address address;
    char text[PCI_ADDRESS_SIZE];

    if (resolve_name(host, domain, pci, error) < 0)
        return -1;
    address = address_of(pci);
    if (check_has(host, domain, &address, error) < 0 || xen_domain_verify(host, domain, error) < 0)
        return -1;
    sentence = xasprintf("cannot detach PCI device %s from domain %u",
                         pci_address_text(&address, text), domain->domid);
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation, (force ? libxl_device_pci_destroy : libxl_device_pci_remove)(
                                          xen_ctx(host), domain->domid, pci, &operation.how));
    if (xen_device_wait(&operation, timeout_ms, sentence, error) == 0)
        return 0;
    return device_error_add(error, count_of(host, domain, &address) ? "it is still there"
                                                                    : "it is gone all the same");
}

static int check_pciback(struct error **error)
{
    if (access(PCIBACK, F_OK) == 0)
        return 0;
    error_set(error, ERR_NOT_SUPPORTED,
              "the driver that holds PCI devices for guests is not there");
    return error_hint(error, "load it with 'modprobe xen-pciback'");
}

/* A name belongs to one function. */
static int check_name(struct xen_host *host, const struct pci_address *address, const char *name,
                      struct error **error)
{
    char text[PCI_ADDRESS_SIZE];
    struct pci_address other;
    auto_error ignored = NULL;

    if (!name || xen_pci_named(host, NULL, name, &other, &ignored) < 0 ||
        pci_address_equal(address, &other))
        return 0;
    return error_set(error, ERR_EXISTS, "PCI device %s has the name '%s' already",
                     pci_address_text(&other, text), name);
}

int xen_pci_assignable_add(struct xen_host *host, const struct pci_address *address,
                           const char *name, struct error **error)
{
    libxl_device_pci pci;
    char text[PCI_ADDRESS_SIZE];
    bool ready;
    int rc;

    if (check_on_host(address, error) < 0 || check_pciback(error) < 0 ||
        check_free(host, address, error) < 0 || check_name(host, address, name, error) < 0)
        return -1;
    ready = count_assignable(host, address) > 0;
    to_libxl(address, &pci);
    pci.name = xstrdup(name);
    xen_log_forget(host);
    rc = libxl_device_pci_assignable_add(xen_ctx(host), &pci, 1);
    libxl_device_pci_dispose(&pci);
    if (rc == 0)
        return ready;
    xen_error(host, error, rc, "cannot make PCI device %s ready for guests",
              pci_address_text(address, text));
    return error_hint(error, "'ls -l /sys/bus/pci/devices/%s/driver' shows who has it now", text);
}

int xen_pci_assignable_remove(struct xen_host *host, const struct pci_address *address, bool rebind,
                              struct error **error)
{
    libxl_device_pci pci;
    char text[PCI_ADDRESS_SIZE];
    bool ready;
    int rc;

    if (check_on_host(address, error) < 0 || check_free(host, address, error) < 0)
        return -1;
    ready = count_assignable(host, address) > 0;
    to_libxl(address, &pci);
    xen_log_forget(host);
    rc = libxl_device_pci_assignable_remove(xen_ctx(host), &pci, rebind);
    libxl_device_pci_dispose(&pci);
    if (rc == 0)
        return !ready;
    return xen_error(host, error, rc, "cannot give PCI device %s back to domain 0",
                     pci_address_text(address, text));
}
