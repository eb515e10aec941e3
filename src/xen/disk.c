/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Giving guests disks and taking them away; see disk.h. */
#include "xen/disk.h"

#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>
#include <xenstore.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/vdev.h"
#include "xen/device.h"
#include "xen/domain.h"
#include "xen/script_words.h"
#include "xen/store.h"
#include "xen/store_await.h"

/* States of a connection, Xen's numbers. */
#define STATE_INIT_WAIT 2
#define STATE_CONNECTED 4

/* QEMU opens an image and says so within this, or has failed; it tells nobody why. */
#define QEMU_MS 20000
/* How long libxl asks a guest for a disk; xl's time, too. */
#define GUEST_MS 10000

static int find_device(struct xen_host *host, uint32_t domid, int devid, libxl_device_disk *disk)
{
    auto_free char *number = xasprintf("%d", devid);

    return libxl_vdev_to_device_disk(xen_ctx(host), domid, number, disk);
}

static bool is_there(struct xen_host *host, const struct domain *domain, long devid)
{
    auto_device_rows rows = DEVICE_ROWS_INIT;

    if (xen_disk_list(host, &domain, 1, false, &rows, NULL) < 0)
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (((const struct disk *)rows.items[i])->device.devid == devid)
            return true;
    return false;
}

/* Of a disk that could not be given: its nodes and its script's work. It is also done when a signal
 * came, and what fails here is only added to the error. */
static void take_back(struct xen_host *host, uint32_t domid, libxl_device_disk *disk,
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
                          libxl_device_disk_destroy(xen_ctx(host), domid, disk, &operation.how));
    result = xen_operation_finish(&operation, &rc, &problem);
    script_words_end(&words, &problem);
    if (result == 0 && rc == 0)
        return;
    error_detail(error, "what was made of it could not be taken back:");
    if (rc)
        xen_error(host, &problem, rc, "libxl failed");
    for (size_t i = 0; problem && i < problem->detail.count; i++)
        error_detail(error, problem->detail.items[i]);
    error_hint(error, "'xn block-detach --force %u %s' tries again", domid, disk->vdev);
}

static bool is_opened(const char *state)
{
    return !state || strtoul(state, NULL, 10) >= STATE_INIT_WAIT;
}

#define NO_QEMU_HINT                                                                               \
    "QEMU would have to serve it, and none runs for this guest; one does for guests that are "     \
    "created with such a disk or a vfb"

/* libxl notes the process number of a guest's QEMU. */
static int need_qemu(struct xen_host *host, uint32_t domid, const char *sentence,
                     struct error **error)
{
    auto_free char *path = xasprintf("/local/domain/%u/image/device-model-pid", domid);
    auto_free char *pid = NULL;
    struct xs_handle *store;
    unsigned int length;

    if (xen_store(host, &store, error) < 0)
        return -1;
    pid = xs_read(store, XBT_NULL, path, &length);
    if (pid)
        return 0;
    error_set(error, ERR_REFUSED, "%s: there is no QEMU for it", sentence);
    return error_hint(error, NO_QEMU_HINT);
}

/* libxl does not wait for QEMU, which fails silently. */
static int wait_for_qemu(struct xen_host *host, const struct domain *domain, long devid,
                         const libxl_device_disk *disk, uint64_t deadline_ms, const char *sentence,
                         struct error **error)
{
    auto_free char *path =
        xasprintf("/local/domain/0/backend/qdisk/%u/%ld/state", domain->domid, devid);
    uint64_t qemu_ms = deadline_after(QEMU_MS);
    enum xen_loop_end end;

    if (disk->backend != LIBXL_DISK_BACKEND_QDISK || disk->backend_domid != 0)
        return 0;
    if (need_qemu(host, domain->domid, sentence, error) < 0)
        return -1;
    if (xen_store_await(host, path, is_opened, deadline_ms < qemu_ms ? deadline_ms : qemu_ms, &end,
                        error) < 0)
        return -1;
    if (end == LOOP_FINISHED)
        return 0;
    if (end == LOOP_SIGNAL)
        return error_set(error, ERR_INTERRUPTED, "%s: interrupted", sentence);
    error_set(error, ERR_TIMEOUT, "%s: QEMU has not opened '%s'", sentence, disk->pdev_path);
    return error_hint(error, "its reason may stand in " XEN_LOG_DIR "/qemu-dm-%s.log",
                      domain->name ? domain->name : "NAME");
}

static void explain(struct error **error)
{
    for (size_t i = 0; i < (*error)->detail.count; i++)
        if (strstr((*error)->detail.items[i], "device model required but not running"))
            error_hint(error, NO_QEMU_HINT);
}

static int add(struct xen_host *host, const struct domain *domain, long devid,
               libxl_device_disk *disk, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence =
        xasprintf("cannot attach %s to domain %u", disk->vdev, domain->domid);
    uint64_t deadline_ms = deadline_after(timeout_ms);
    struct xen_operation operation;
    struct script_words words;
    int result;

    script_words_begin(host, &words);
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(
        &operation, libxl_device_disk_add(xen_ctx(host), domain->domid, disk, &operation.how));
    result = xen_device_wait(&operation, timeout_ms, sentence, error);
    if (result == 0)
        result = wait_for_qemu(host, domain, devid, disk, deadline_ms, sentence, error);
    else
        explain(error);
    script_words_end(&words, error);
    if (result < 0 && operation.done && operation.rc != ERROR_DEVICE_EXISTS &&
        is_there(host, domain, devid))
        take_back(host, domain->domid, disk, error);
    return result;
}

int xen_disk_attach(struct xen_host *host, const struct domain *domain, libxl_device_disk *disk,
                    uint64_t timeout_ms, struct error **error)
{
    long devid = vdev_number(disk->vdev ? disk->vdev : "");

    if (devid < 0)
        return error_set(error, ERR_USAGE, "'%s' is no name of a disk", disk->vdev);
    if (is_there(host, domain, devid)) {
        error_set(error, ERR_EXISTS, "domain %u has a disk %s already", domain->domid, disk->vdev);
        return error_hint(error,
                          "'xn block-list --columns=default %u' shows them; one that was "
                          "never finished is taken away by 'xn block-detach --force'",
                          domain->domid);
    }
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    return add(host, domain, devid, disk, timeout_ms, error);
}

/* A guest that never took it up has nothing to give back, and would be waited for in vain. */
static bool is_used(const struct disk *disk)
{
    return disk->device.state == STATE_CONNECTED || disk->backend_state == STATE_CONNECTED;
}

/* One go of libxl's, which asks for ten seconds. Returns 1 when that was not long enough. */
static int ask_once(struct xen_host *host, uint32_t domid, libxl_device_disk *disk,
                    uint64_t timeout_ms, const char *sentence, struct error **error)
{
    auto_error problem = NULL;
    struct xen_operation operation;
    int result;

    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(
        &operation, libxl_device_disk_safe_remove(xen_ctx(host), domid, disk, &operation.how));
    result = xen_device_wait(&operation, timeout_ms, sentence, &problem);
    if (result < 0 && problem->code == ERR_TIMEOUT)
        return 1;
    return result < 0 ? error_move(error, TAKE(problem)) : 0;
}

static int ask(struct xen_host *host, uint32_t domid, libxl_device_disk *disk, uint64_t timeout_ms,
               const char *sentence, struct error **error)
{
    uint64_t deadline_ms = deadline_after(timeout_ms);
    auto_free char *time = human_ms(timeout_ms);
    int result;

    do {
        int left_ms = deadline_poll_ms(deadline_ms);

        result = ask_once(host, domid, disk, (uint64_t)left_ms, sentence, error);
    } while (result > 0 && deadline_poll_ms(deadline_ms) > 0);
    if (result <= 0)
        return result;
    return error_set(error, ERR_TIMEOUT, "%s: the guest has not let go of it within %s", sentence,
                     time);
}

static int destroy(struct xen_host *host, uint32_t domid, libxl_device_disk *disk,
                   uint64_t timeout_ms, const char *sentence, struct error **error)
{
    struct xen_operation operation;

    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(&operation,
                          libxl_device_disk_destroy(xen_ctx(host), domid, disk, &operation.how));
    return xen_device_wait(&operation, timeout_ms, sentence, error);
}

static int remove_device(struct xen_host *host, const struct domain *domain,
                         libxl_device_disk *device, bool at_once, uint64_t timeout_ms,
                         const char *sentence, struct error **error)
{
    struct script_words words;
    int result;

    script_words_begin(host, &words);
    if (at_once)
        result = destroy(host, domain->domid, device, timeout_ms, sentence, error);
    else
        result = ask(host, domain->domid, device,
                     timeout_ms == DEADLINE_NEVER ? GUEST_MS : timeout_ms, sentence, error);
    script_words_end(&words, error);
    return result;
}

int xen_disk_detach(struct xen_host *host, const struct domain *domain, const struct disk *disk,
                    bool force, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence =
        xasprintf("cannot detach %s from domain %u", disk->vdev, domain->domid);
    libxl_device_disk device;
    int result = 0, rc;

    if (disk->specification && strcmp(disk->specification, "virtio") == 0)
        return error_set(error, ERR_NOT_SUPPORTED, "%s: a virtio disk cannot be taken away",
                         sentence);
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    libxl_device_disk_init(&device);
    xen_log_forget(host);
    rc = find_device(host, domain->domid, disk->device.devid, &device);
    if (rc)
        result = xen_error(host, error, rc, "%s", sentence);
    else
        result = remove_device(host, domain, &device, force || !is_used(disk), timeout_ms, sentence,
                               error);
    libxl_device_disk_dispose(&device);
    if (result < 0 && ((*error)->code == ERR_TIMEOUT || (*error)->code == ERR_INTERRUPTED))
        error_hint(error, "it is still there; the guest may let go of it later, and --force takes "
                          "it away at once");
    return result;
}
