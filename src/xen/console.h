/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text console of a guest: Xen's own client, run in our place or beside us. */
#ifndef XN_XEN_CONSOLE_H
#define XN_XEN_CONSOLE_H

#include <sys/types.h>

#include "model/domain.h"
#include "xen/host.h"

enum console_kind { CONSOLE_PRIMARY, CONSOLE_PV, CONSOLE_SERIAL, CONSOLE_VUART };

struct console_choice {
    enum console_kind kind;
    unsigned number; /* not for CONSOLE_PRIMARY */
};

/* Becomes the console client. Returns only when that fails. */
int xen_console_exec(struct xen_host *host, const struct domain *domain,
                     const struct console_choice *choice, struct error **error);

/* A console client beside us, as create -c has it. */
struct console_child {
    pid_t pid;    /* 0: none */
    int ready_fd; /* the client writes a byte here once it listens; -1: none */
};

#define CONSOLE_CHILD_INIT                                                                         \
    {                                                                                              \
        0, -1                                                                                      \
    }

/* Starts the client for the guest's primary console; an earlier one (a boot menu's) is waited for
 * first. stays: Ctrl-C at the terminal does not end it, and it reads stdin only where that and
 * stdout are a terminal. Failures show only in xen_console_child_wait_ready. */
void xen_console_child_start(struct xen_host *host, uint32_t domid, bool stays,
                             struct console_child *child);
/* Waits until the client listens, or has ended. */
void xen_console_child_wait_ready(struct console_child *child);
/* Stops the client, if there is one. */
void xen_console_child_end(struct console_child *child);
/* True once the client has ended, by itself or because the user has left it; .pid is 0 then. Never
 * waits. */
bool xen_console_child_has_ended(struct console_child *child);
/* Waits for the client to be left by the user. */
void xen_console_wait(pid_t pid);

#endif
