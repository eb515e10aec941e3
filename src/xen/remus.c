/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libxl_domain_remus_start; see remus.h. */
#include "xen/remus.h"

#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "xen/late.h"
#include "xen/leftover_parts.h"
#include "xen/store.h"
#include "xen/wait.h"

struct run {
    struct xen_operation operation;
    const struct xen_replication *replication;
};

static bool finished(void *context)
{
    const struct run *run = context;
    const struct xen_replication *replication = run->replication;

    return run->operation.done || replication->enough(replication->context);
}

static bool is_done(void *context)
{
    return ((struct run *)context)->operation.done;
}

static void tick(void *context)
{
    const struct xen_replication *replication = ((struct run *)context)->replication;

    if (replication->on_tick)
        replication->on_tick(replication->context);
}

/* What is not said here is libxl's default: buffers on, compression on. */
static void fill_info(const struct xen_replication *replication, libxl_domain_remus_info *info)
{
    libxl_domain_remus_info_init(info);
    info->interval = (int)replication->interval_ms;
    libxl_defbool_set(&info->allow_unsafe, replication->unsafe);
    libxl_defbool_set(&info->blackhole, replication->blackhole);
    libxl_defbool_set(&info->colo, replication->colo);
    libxl_defbool_set(&info->userspace_colo_proxy, replication->userspace_proxy);
    if (replication->uncompressed || replication->colo)
        libxl_defbool_set(&info->compression, false);
    if (replication->no_netbuf)
        libxl_defbool_set(&info->netbuf, false);
    if (replication->no_diskbuf)
        libxl_defbool_set(&info->diskbuf, false);
    info->netbufscript = xstrdup(replication->script);
}

static void explain(const struct xen_replication *replication, struct error **error)
{
    for (size_t i = 0; error && *error && i < (*error)->detail.count; i++) {
        const char *line = (*error)->detail.items[i];

        if (strstr(line, "network buffering") || strstr(line, "netbuf"))
            error_hint(error, "'-F -n' goes without buffering packets: what the guest sent may be "
                              "forgotten after a failover");
        else if (!replication->no_diskbuf && strstr(line, "setup device"))
            error_hint(error, "disks are replicated by DRBD alone; '-F -d' goes without, for disks "
                              "that both hosts reach");
    }
}

/* Once libxl is told to give up, it must still be waited for. */
static int watch(struct xen_host *host, struct run *run, bool *ret_given_up, struct error **error)
{
    struct xen_loop loop = {
        .finished = finished,
        .on_tick = tick,
        .context = run,
        .deadline_ms = DEADLINE_NEVER,
        .extra_fd = -1,
    };
    enum xen_loop_end end;

    if (xen_loop_run(host, &loop, &end, error) < 0)
        return -1;
    *ret_given_up = !run->operation.done;
    if (run->operation.done)
        return 0;
    xen_operation_abort(&run->operation);
    loop.finished = is_done;
    loop.ignore_signals = true;
    return xen_loop_run(host, &loop, &end, error);
}

/* Whether nothing but a request is left of a domain that is gone. The node is seen before the
 * hypervisor is asked: a domain of that number that is made later writes to it, and then the
 * transaction does not come about. */
static bool is_request_alone(struct xen_host *host, struct xs_handle *store,
                             xs_transaction_t transaction, const char *path, uint32_t domid)
{
    auto_string_list children = STRING_LIST_INIT;

    return leftover_children(store, transaction, path, &children, NULL) == 0 &&
           children.count == 1 && strcmp(children.items[0], "control") == 0 &&
           leftover_domain_exists(host, domid, NULL) == 0;
}

/* libxl takes back its request to suspend also of a domain that was destroyed meanwhile, and makes
 * a node for that. */
static void remove_request(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = xasprintf("/local/domain/%u", domid);
    struct xs_handle *store;
    xs_transaction_t transaction;
    bool removed;

    if (xen_store(host, &store, NULL) < 0)
        return;
    transaction = xs_transaction_start(store);
    if (transaction == XBT_NULL)
        return;
    removed =
        is_request_alone(host, store, transaction, path, domid) && xs_rm(store, transaction, path);
    (void)xs_transaction_end(store, transaction, !removed);
}

int xen_domain_replicate(struct xen_host *host, uint32_t domid,
                         const struct xen_replication *replication, struct error **error)
{
    struct run run = { .replication = replication };
    libxl_domain_remus_info info;
    bool given_up = false;
    int result;

    fill_info(replication, &info);
    xen_late_forget(host, domid);
    xen_log_forget(host);
    xen_operation_init(host, &run.operation);
    xen_operation_started(
        &run.operation, libxl_domain_remus_start(xen_ctx(host), &info, domid, replication->send_fd,
                                                 replication->recv_fd, &run.operation.how));
    result = watch(host, &run, &given_up, error);
    if (result == 0 && !given_up) {
        result = xen_error(host, error, run.operation.rc, "the replication of domain %u has ended",
                           domid);
        explain(replication, error);
    }
    libxl_domain_remus_info_dispose(&info);
    remove_request(host, domid);
    return result;
}
