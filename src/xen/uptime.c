/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking since when domains run; see uptime.h. */
#include "xen/uptime.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/store_many.h"

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

static void fill_kernel(struct uptime *uptime)
{
    uint64_t elapsed_s;

    uptime->known = kernel_uptime(&elapsed_s) && elapsed_s <= uptime->now_s;
    uptime->start_s = uptime->known ? uptime->now_s - elapsed_s : 0;
}

/* libxl notes it as seconds with a fraction. */
static void fill_guest(struct uptime *uptime, char *start)
{
    if (start)
        start[strcspn(start, ".")] = '\0';
    uptime->known = start && parse_uint(start, UINT32_MAX, &uptime->start_s);
}

int xen_uptimes_fill(struct xen_host *host, struct uptime *uptimes, size_t count,
                     struct error **error)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;
    auto_free size_t *asked = xcalloc(count, sizeof(*asked));

    for (size_t i = 0; i < count; i++)
        if (uptimes[i].domain->domid != 0)
            asked[i] =
                store_question_value(&questions, "/vm/%s/start_time", uptimes[i].domain->uuid);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (uptimes[i].domain->domid == 0)
            fill_kernel(&uptimes[i]);
        else
            fill_guest(&uptimes[i], questions.items[asked[i]].value);
    return 0;
}
