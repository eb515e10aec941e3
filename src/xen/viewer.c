/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starting a VNC viewer; see viewer.h. */
#include "xen/viewer.h"

#include <errno.h>
#include <libxl_event.h>
#include <sys/wait.h>
#include <unistd.h>

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
