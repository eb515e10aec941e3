/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Giving guests network interfaces and taking them away; see nic.h. */
#include "xen/nic.h"

#include <libxl_utils.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "xen/device.h"
#include "xen/device_folders.h"
#include "xen/domain.h"
#include "xen/script_words.h"

/* The state of a connection that both sides use. */
#define STATE_CONNECTED 4

/* Others may attach interfaces to the same guest, and take the number that was free. */
#define NUMBER_ATTEMPTS 10

/* Of an interface that could not be given: its nodes, the host's side of it, and its script's work.
 * It is also done when a signal came, and what fails here is only added to the error. */
static void take_back(struct xen_host *host, uint32_t domid, libxl_device_nic *nic,
                      struct error **error)
{
    struct xen_operation operation;
    struct script_words words;
    auto_error problem = NULL;
    int rc = 0, result;

    script_words_begin(host, &words);
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          libxl_device_nic_destroy(xen_ctx(host), domid, nic, &operation.how));
    result = xen_operation_finish(&operation, &rc, &problem);
    script_words_end(&words, &problem);
    if (result == 0 && rc == 0)
        return;
    error_detail(error, "what was made of it could not be taken back:");
    if (rc)
        xen_error(host, &problem, rc, "libxl failed");
    for (size_t i = 0; problem && i < problem->detail.count; i++)
        error_detail(error, problem->detail.items[i]);
    error_hint(error, "'xn network-detach --force %u %d' tries again", domid, nic->devid);
}

static const struct nic *find_number(const struct device_rows *rows, int devid)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct nic *nic = rows->items[i];

        if (nic->device.devid == devid)
            return nic;
    }
    return NULL;
}

/* libxl numbers it only when it is under way: before that there is nothing to take back. One that
 * somebody else makes at the same time has another address. */
static bool is_half_made(struct xen_host *host, const struct domain *domain,
                         const libxl_device_nic *ours)
{
    auto_free char *mac = xasprintf(LIBXL_MAC_FMT, LIBXL_MAC_BYTES(ours->mac));
    auto_device_rows rows = DEVICE_ROWS_INIT;
    const struct nic *found;

    if (ours->devid < 0 || xen_nic_list(host, &domain, 1, false, &rows, NULL) < 0)
        return false;
    found = find_number(&rows, ours->devid);
    return found && strcmp(found->mac, mac) == 0;
}

static int check_devid(struct xen_host *host, const struct domain *domain, int devid,
                       struct error **error)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;

    if (devid < 0)
        return 0;
    if (xen_nic_list(host, &domain, 1, false, &rows, error) < 0)
        return -1;
    if (!find_number(&rows, devid))
        return 0;
    error_set(error, ERR_EXISTS, "domain %u has a network interface %d already", domain->domid,
              devid);
    return error_hint(error, "leave devid= out to get a free one");
}

/* One past the highest. libxl would take one past the last that xenstore names, and oxenstored
 * names 10 before 9. */
static int next_devid(struct xen_host *host, const struct domain *domain, int *ret_devid,
                      struct error **error)
{
    static const char *const kinds[] = { "vif", NULL };
    auto_device_folders folders = DEVICE_FOLDERS_INIT;

    if (device_folders_find(host, &domain, 1, kinds, &folders, error) < 0)
        return -1;
    *ret_devid = 0;
    for (size_t i = 0; i < folders.count; i++)
        if ((int)folders.items[i].number >= *ret_devid)
            *ret_devid = (int)folders.items[i].number + 1;
    return 0;
}

/* Sets *ret_exists when somebody else has made one of that number. */
static int add(struct xen_host *host, const struct domain *domain, libxl_device_nic *nic,
               uint64_t timeout_ms, bool *ret_exists, struct error **error)
{
    auto_free char *sentence =
        xasprintf("cannot attach a network interface to domain %u", domain->domid);
    struct xen_operation operation;
    struct script_words words;
    int result;

    script_words_begin(host, &words);
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          libxl_device_nic_add(xen_ctx(host), domain->domid, nic, &operation.how));
    result = xen_device_wait(&operation, timeout_ms, sentence, error);
    script_words_end(&words, error);
    *ret_exists = result < 0 && operation.done && operation.rc == ERROR_DEVICE_EXISTS;
    if (result < 0 && operation.done && !*ret_exists && is_half_made(host, domain, nic))
        take_back(host, domain->domid, nic, error);
    return result;
}

int xen_nic_attach(struct xen_host *host, const struct domain *domain, libxl_device_nic *nic,
                   uint64_t timeout_ms, struct error **error)
{
    bool numbered = nic->devid >= 0, exists;
    int result;

    if (check_devid(host, domain, nic->devid, error) < 0 ||
        xen_domain_verify(host, domain, error) < 0)
        return -1;
    for (int attempt = 1;; attempt++) {
        if (!numbered && next_devid(host, domain, &nic->devid, error) < 0)
            return -1;
        result = add(host, domain, nic, timeout_ms, &exists, error);
        if (numbered || !exists || attempt == NUMBER_ATTEMPTS)
            return result;
        error_clear(error);
    }
}

/* A guest that never took it up has nothing to give back, and would be waited for in vain. */
static bool is_used(const struct nic *nic)
{
    return nic->device.state == STATE_CONNECTED || nic->backend_state == STATE_CONNECTED;
}

static int remove_device(struct xen_host *host, uint32_t domid, libxl_device_nic *nic, bool force,
                         uint64_t timeout_ms, const char *sentence, struct error **error)
{
    libxl_ctx *ctx = xen_ctx(host);
    struct xen_operation operation;
    struct script_words words;
    int result;

    script_words_begin(host, &words);
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          force ? libxl_device_nic_destroy(ctx, domid, nic, &operation.how)
                                : libxl_device_nic_remove(ctx, domid, nic, &operation.how));
    result = xen_device_wait(&operation, timeout_ms, sentence, error);
    script_words_end(&words, error);
    return result;
}

int xen_nic_detach(struct xen_host *host, const struct domain *domain, const struct nic *nic,
                   bool force, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence = xasprintf("cannot detach network interface %d from domain %u",
                                         nic->device.devid, domain->domid);
    libxl_device_nic device;
    int result = 0, rc;

    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    libxl_device_nic_init(&device);
    xen_log_forget(host);
    rc = libxl_devid_to_device_nic(xen_ctx(host), domain->domid, nic->device.devid, &device);
    if (rc)
        result = xen_error(host, error, rc, "%s", sentence);
    else
        result = remove_device(host, domain->domid, &device, force || !is_used(nic), timeout_ms,
                               sentence, error);
    libxl_device_nic_dispose(&device);
    if (result < 0 && ((*error)->code == ERR_TIMEOUT || (*error)->code == ERR_INTERRUPTED))
        error_hint(error, "it is still there, and the guest was asked to give it back; --force "
                          "takes it away at once");
    return result;
}
