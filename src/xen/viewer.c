/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starting a VNC viewer; see viewer.h. */
#include "xen/viewer.h"

#include <errno.h>
#include <libxl_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "xen/store.h"

/* QEMU opens its VNC port a moment after the guest was made. */
#define PORT_SECONDS 1

static void run_viewer(struct xen_host *host, uint32_t domid, bool password)
{
    sleep(PORT_SECONDS);
    if (xen_host_reopen_in_child(host, NULL) == 0)
        (void)libxl_vncviewer_exec(xen_ctx(host), domid, password);
    _exit(1);
}

/* Forks twice, so that nobody has to wait for the viewer. */
int xen_viewer_start(struct xen_host *host, uint32_t domid, bool password, struct error **error)
{
    pid_t child = fork();

    if (child == 0) {
        child = fork();
        if (child == 0)
            run_viewer(host, domid, password);
        _exit(child < 0);
    }
    if (child < 0)
        return error_set_errno(error, ERR_FAILED, "cannot start the VNC viewer");
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return 0;
}

static bool is_program(const char *folder, const char *name)
{
    auto_free char *path = xasprintf("%s/%s", *folder ? folder : ".", name);

    return access(path, X_OK) == 0;
}

/* Whether execvp would find it: libxl can only end the process when it does not. */
static int check_viewer(struct error **error)
{
    const char *chosen = getenv("VNCVIEWER"), *path = getenv("PATH");
    const char *name = chosen ? chosen : "vncviewer";
    auto_string_list folders = STRING_LIST_INIT;

    if (strchr(name, '/')) {
        if (access(name, X_OK) == 0)
            return 0;
    } else {
        string_list_split(&folders, path ? path : "/bin:/usr/bin", ':');
        for (size_t i = 0; i < folders.count; i++)
            if (*name && is_program(folders.items[i], name))
                return 0;
    }
    error_set(error, ERR_FAILED, "there is no VNC viewer '%s'", name);
    return error_hint(error, chosen ? "the environment variable VNCVIEWER names it"
                                    : "install one, or name one in the environment variable "
                                      "VNCVIEWER");
}

/* QEMU notes its port there, where the guest cannot write. */
static int check_screen(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_free char *path = xasprintf("/local/domain/%u/console/vnc-port", domain->domid);
    auto_free char *port = NULL;
    struct xs_handle *store;
    unsigned length;

    if (xen_store(host, &store, error) < 0)
        return -1;
    port = xs_read(store, XBT_NULL, path, &length);
    if (port)
        return 0;
    if (errno != ENOENT)
        return error_set_errno(error, ERR_XENSTORE, "cannot ask for the screen of domain %u",
                               domain->domid);
    error_set(error, ERR_NOT_SUPPORTED, "domain %u has no screen that VNC could show",
              domain->domid);
    return error_hint(error,
                      "'xn explain vnc' tells how to give it one; "
                      "'xn console %u' shows its text console",
                      domain->domid);
}

int xen_viewer_exec(struct xen_host *host, const struct domain *domain, bool password,
                    struct error **error)
{
    int rc;

    if (check_screen(host, domain, error) < 0 || check_viewer(error) < 0)
        return -1;
    xen_log_forget(host);
    rc = libxl_vncviewer_exec(xen_ctx(host), domain->domid, password);
    return xen_error(host, error, rc, "cannot show the screen of domain %u", domain->domid);
}
