/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guard of a receiver; see guard.h. */
#include "migrate/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "migrate/record.h"
#include "migrate/wire.h"
#include "xen/domain.h"
#include "xen/life.h"

/* Two running copies must never be, however the messages went. */
static int check_alone(struct xen_host *host, const struct domain *copy, struct error **error)
{
    uint32_t twin;
    int found = xen_domain_twin(host, copy, &twin, error);

    if (found <= 0)
        return found;
    return error_set(error, ERR_REFUSED, "domain %u is the same guest, and runs here", twin);
}

int guard_finish(struct xen_host *host, const struct domain *copy, const struct guard_order *order,
                 struct error **error)
{
    if (check_alone(host, copy, error) < 0)
        return -1;
    if ((!copy->name || strcmp(copy->name, order->name) != 0) &&
        xen_domain_rename(host, copy, order->name, error) < 0)
        return -1;
    return order->paused ? 0 : xen_life_unpause(host, copy->domid, error);
}

/* Not the sender's own, which is here too when both are on one host. */
static bool is_copy(const struct domain *domain, const struct guard_order *order, const char *name,
                    bool finished)
{
    if (strcmp(domain->uuid, order->uuid) != 0 || !domain->paused || domain->shutdown)
        return false;
    if (!domain->name)
        return domain->cpu_time_ns == 0;
    return strcmp(domain->name, name) == 0 || (finished && strcmp(domain->name, order->name) == 0);
}

static void act(struct xen_host *host, const struct guard_order *order, enum guard_duty duty)
{
    auto_free char *incoming = xasprintf("%s%s", order->name, NAME_INCOMING);
    auto_domain_list list = { NULL, 0 };
    auto_migration record = { 0 };

    if (xen_host_reopen_in_child(host, NULL) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &list, NULL) < 0)
        return;
    for (size_t i = 0; i < list.count; i++) {
        const struct domain *domain = &list.domains[i];

        if (!is_copy(domain, order, incoming, duty == GUARD_FINISH))
            continue;
        if (duty == GUARD_FINISH && guard_finish(host, domain, order, NULL) == 0 &&
            record_read(order->uuid, true, &record, NULL) == 0)
            (void)record_write(&record, MIGRATION_RUNS, NULL);
        if (duty == GUARD_DESTROY && xen_life_destroy(host, domain->domid, NULL) < 0)
            return;
    }
    if (duty == GUARD_DESTROY && order->disks)
        disks_remove(order->disks);
    if (duty == GUARD_DESTROY)
        (void)record_remove(order->uuid, true, NULL);
}

/* The session that its parent belongs to must be able to end without it. */
static void leave_session(int unneeded)
{
    static const int deaf_to[] = { SIGINT, SIGHUP, SIGQUIT, SIGTERM, SIGPIPE };
    auto_fd int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (size_t i = 0; i < ARRAY_SIZE(deaf_to); i++)
        signal(deaf_to[i], SIG_IGN);
    (void)setsid();
    close_fd(&unneeded);
    for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
        (void)dup2(null, fd);
}

static _Noreturn void be_guard(int fd, struct xen_host *host, const struct guard_order *order,
                               int unneeded)
{
    enum guard_duty duty = GUARD_DESTROY;
    char byte;
    ssize_t got;

    leave_session(unneeded);
    while ((got = read(fd, &byte, 1)) != 0)
        if (got == 1)
            duty = (enum guard_duty)byte;
        else if (errno != EINTR)
            break;
    if (duty != GUARD_NOTHING)
        act(host, order, duty);
    _exit(0);
}

int guard_start(struct guard *guard, struct xen_host *host, const struct guard_order *order,
                int unneeded, struct error **error)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return error_set_errno(error, ERR_FAILED, "cannot make a pipe");
    guard->pid = fork();
    if (guard->pid == 0) {
        close(ends[1]);
        be_guard(ends[0], host, order, unneeded);
    }
    close(ends[0]);
    guard->fd = ends[1];
    if (guard->pid < 0) {
        guard->pid = 0;
        return error_set_errno(error, ERR_FAILED, "cannot start a process");
    }
    return 0;
}

void guard_tell(struct guard *guard, enum guard_duty duty)
{
    char byte = (char)duty;

    while (write(guard->fd, &byte, 1) < 0 && errno == EINTR)
        ;
}

void guard_end(struct guard *guard)
{
    if (!guard->pid)
        return;
    guard_tell(guard, GUARD_NOTHING);
    close_fd(&guard->fd);
    while (waitpid(guard->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    guard->pid = 0;
}
