/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Running Xen's console client; see console.h. */
#include "xen/console.h"

#include <errno.h>
#include <fcntl.h>
#include <libxl_event.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

/* No byte is wanted when the client is ready. */
#define NO_NOTIFY (-1)

int xen_console_exec(struct xen_host *host, const struct domain *domain,
                     const struct console_choice *choice, struct error **error)
{
    int rc;

    xen_log_forget(host);
    switch (choice->kind) {
    case CONSOLE_PV:
        rc = libxl_console_exec(xen_ctx(host), domain->domid, (int)choice->number,
                                LIBXL_CONSOLE_TYPE_PV, NO_NOTIFY);
        break;
    case CONSOLE_SERIAL:
        rc = libxl_console_exec(xen_ctx(host), domain->domid, (int)choice->number,
                                LIBXL_CONSOLE_TYPE_SERIAL, NO_NOTIFY);
        break;
    case CONSOLE_VUART:
        rc = libxl_console_exec(xen_ctx(host), domain->domid, (int)choice->number,
                                LIBXL_CONSOLE_TYPE_VUART, NO_NOTIFY);
        break;
    default:
        rc = libxl_primary_console_exec(xen_ctx(host), domain->domid, NO_NOTIFY);
        break;
    }
    return xen_error(host, error, rc, "cannot attach to the console of domain %u", domain->domid);
}

void xen_console_wait(pid_t pid)
{
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* In the child. A guest that is asked to shut down by Ctrl-C has more to say. */
static void make_it_stay(void)
{
    int null;

    signal(SIGINT, SIG_IGN);
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        return;
    null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null >= 0 && dup2(null, STDIN_FILENO) < 0)
        _exit(1);
}

void xen_console_child_start(struct xen_host *host, uint32_t domid, bool stays,
                             struct console_child *child)
{
    int ready[2];

    xen_console_wait(child->pid);
    close_fd(&child->ready_fd);
    child->pid = 0;
    if (pipe2(ready, O_CLOEXEC) < 0)
        return;
    child->pid = fork();
    if (child->pid == 0) {
        /* The client must keep this one. */
        int inherited = dup(ready[1]);

        if (stays)
            make_it_stay();
        /* The answers of xenstore to the inherited connection go to a thread of the parent. */
        if (xen_host_reopen_in_child(host, NULL) == 0)
            (void)libxl_primary_console_exec(xen_ctx(host), domid, inherited);
        _exit(1);
    }
    close(ready[1]);
    if (child->pid < 0) {
        child->pid = 0;
        close(ready[0]);
        return;
    }
    child->ready_fd = ready[0];
}

void xen_console_child_wait_ready(struct console_child *child)
{
    char byte;

    while (child->ready_fd >= 0 && read(child->ready_fd, &byte, 1) < 0 && errno == EINTR)
        ;
    close_fd(&child->ready_fd);
}

bool xen_console_child_has_ended(struct console_child *child)
{
    if (child->pid > 0 && waitpid(child->pid, NULL, WNOHANG) != 0)
        child->pid = 0;
    return child->pid == 0;
}

void xen_console_child_end(struct console_child *child)
{
    close_fd(&child->ready_fd);
    if (child->pid > 0) {
        kill(child->pid, SIGTERM);
        xen_console_wait(child->pid);
    }
    child->pid = 0;
}
