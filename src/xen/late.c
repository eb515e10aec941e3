/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The note of a request that was given up, and what it is for; see late.h. */
#include "xen/late.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"
#include "xen/leftover_parts.h"
#include "xen/lock.h"
#include "xen/store.h"
#include "xen/suspend.h"

/* How late a guest may be: what suspends after this was hardly asked by us. */
#define HOLDS_MS (10 * 60 * 1000)

static char *note_path(uint32_t domid)
{
    return xasprintf("/libxl/%u/xn-late-suspend", domid);
}

void xen_late_note(struct xen_host *host, uint32_t domid)
{
    auto_domain now = { 0 };
    auto_free char *path = note_path(domid), *text = NULL;
    struct xs_handle *store;

    if (xen_domain_get(host, domid, &now, NULL) < 0 || now.shutdown || now.dying ||
        xen_store(host, &store, NULL) < 0)
        return;
    text = xasprintf("%s %llu", now.uuid, (unsigned long long)clock_ms());
    /* Without it the guest may sleep on, as the hint of the failure says. */
    (void)xs_write(store, XBT_NULL, path, text, (unsigned)strlen(text));
}

void xen_late_forget(struct xen_host *host, uint32_t domid)
{
    auto_free char *path = note_path(domid);
    struct xs_handle *store;

    if (xen_store(host, &store, NULL) == 0)
        (void)xs_rm(store, XBT_NULL, path);
}

/* "UUID MILLISECONDS", the time by this host's own clock since its start. */
static bool still_holds(const char *text, const char *uuid)
{
    size_t length = strlen(uuid);
    uint64_t noted_ms, now_ms = clock_ms();

    return strncmp(text, uuid, length) == 0 && text[length] == ' ' &&
           parse_uint(text + length + 1, now_ms, &noted_ms) && now_ms - noted_ms < HOLDS_MS;
}

bool xen_late_is_noted(struct xen_host *host, const struct domain *domain)
{
    auto_free char *path = note_path(domain->domid), *text = NULL;
    struct xs_handle *store;
    unsigned length;

    if (xen_store(host, &store, NULL) < 0)
        return false;
    text = xs_read(store, XBT_NULL, path, &length);
    return text && still_holds(text, domain->uuid);
}

static bool is_xn(long pid)
{
    auto_free char *path = xasprintf("/proc/%ld/comm", pid);
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
    char comm[16] = "";

    return fd >= 0 && read(fd, comm, sizeof(comm) - 1) > 0 && strcmp(comm, "xn\n") == 0;
}

/* libxl's helper for a save of xn's is at work on another guest: of this one we have the lock. */
static bool see_saver(void *context, const struct leftover_process *process)
{
    unsigned work = leftover_tool_work(process->comm, &process->arguments, process->detached);
    bool *found = context;

    *found = (work & (TOOL_SAVES | TOOL_MAY_SAVE)) && !is_xn(process->parent);
    return !*found;
}

/* Another tool may have asked the guest, too, and write it to a file or to another host. A name
 * that a migration has given means that a copy of the guest may run there. */
static int check_others(const struct domain *now, struct error **error)
{
    bool saved = false;

    leftover_each_process(see_saver, &saved);
    if (saved)
        return error_set(error, ERR_REFUSED, "another toolstack may be saving or moving it");
    if (now->name && ends_with(now->name, "--migratedaway"))
        return error_set(error, ERR_REFUSED, "a migration has renamed it");
    return 0;
}

int xen_late_wake(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_domain now = { 0 };
    auto_fd int lock = -1;
    int result;

    if (lock_saving(domain->uuid, &lock, NULL) < 0 ||
        xen_domain_get(host, domain->domid, &now, NULL) < 0)
        return 0;
    if (strcmp(now.uuid, domain->uuid) != 0 || !domain_is_suspended(&now) ||
        !xen_late_is_noted(host, &now))
        return 0;
    result = check_others(&now, error);
    if (result == 0)
        result = xen_domain_resume(host, now.domid, error);
    if (result == 0)
        return 1;
    xen_late_forget(host, now.domid);
    return error_hint(error, "'xn resume %u' lets it run on", now.domid);
}
