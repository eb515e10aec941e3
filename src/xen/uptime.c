/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking since when domains run; see uptime.h. */
#include "xen/uptime.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"

#define NO_START_TIME UINT32_MAX

/* Seconds since the kernel of domain 0, which this runs in, has booted. */
static bool kernel_uptime(uint64_t *ret_s)
{
    auto_fd int fd = open("/proc/uptime", O_RDONLY | O_CLOEXEC);
    char text[64];
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

    if (got <= 0)
        return false;
    text[got] = '\0';
    text[strcspn(text, ". ")] = '\0';
    return parse_uint(text, UINT32_MAX, ret_s);
}

void xen_uptime_fill(struct xen_host *host, struct uptime *uptime)
{
    uint64_t elapsed_s;
    uint32_t start_s;

    if (uptime->domain->domid == 0) {
        uptime->known = kernel_uptime(&elapsed_s) && elapsed_s <= uptime->now_s;
        uptime->start_s = uptime->known ? uptime->now_s - elapsed_s : 0;
        return;
    }
    start_s = libxl_vm_get_start_time(xen_ctx(host), uptime->domain->domid);
    uptime->known = start_s != NO_START_TIME;
    uptime->start_s = start_s;
}
