/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The connection to the host: libxl's context, its log lines, and errors made of both.
 *
 * Everything in this room takes a struct xen_host and reports through struct error. Only this room
 * calls libxl's verbs.
 */
#ifndef XN_XEN_HOST_H
#define XN_XEN_HOST_H

#include <libxl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

struct xen_host;

struct xen_host_options {
    FILE *live;      /* libxl's messages go here as they come; NULL: only kept for errors */
    int verbose;     /* how much of them: 1 info, 2 verbose, 3 and more debug */
    bool timestamps; /* live messages carry date and pid */
};

/* Connects. ERR_NO_XEN, ERR_PERMISSION or ERR_XENSTORE, each with what to do about it. */
int xen_host_open(const struct xen_host_options *options, struct xen_host **ret_host,
                  struct error **error);
/* The same for who only asks: nothing is opened before it is needed, and libxl not at all. Enough
 * for functions whose headers say so; others need xen_host_need_libxl first. */
int xen_host_open_to_ask(const struct xen_host_options *options, struct xen_host **ret_host,
                         struct error **error);
/* Makes a host that was opened to ask a whole one, once. */
int xen_host_need_libxl(struct xen_host *host, struct error **error);
/* NULL is fine. */
void xen_host_close(struct xen_host *host);
#define auto_xen_host __attribute__((cleanup(xen_host_cleanup))) struct xen_host
void xen_host_cleanup(struct xen_host **host);

/* For this room. */
libxl_ctx *xen_ctx(struct xen_host *host);
/* How many libxl operations are under way; a context with some must not be freed. */
void xen_host_count_operations(struct xen_host *host, int change);

/* In a child after fork that will not exec at once: makes libxl forget its file descriptors and
 * locks, then opens a connection of its own. */
int xen_host_reopen_in_child(struct xen_host *host, struct error **error);

/* Whether libxl's messages are shown as they come (-v). */
bool xen_host_is_live(const struct xen_host *host);
/* Tells libxl's reports of progress ("Frames iteration 2", done of total) to somebody; NULL: to
 * nobody. */
void xen_host_tell_progress(struct xen_host *host,
                            void (*tell)(void *context, const char *doing, unsigned long done,
                                         unsigned long total),
                            void *context);

/* Takes memory that must live as long as the host; yields it back. */
void *xen_host_keep(struct xen_host *host, void *memory);

/* Forgets the log lines gathered so far; call before a libxl verb whose failure is to be told. */
void xen_log_forget(struct xen_host *host);
/* Sets *error from a libxl return code: the sentence, libxl's name for the code where it says more,
 * and libxl's own lines since the last xen_log_forget as detail. Returns -1. */
int xen_error(struct xen_host *host, struct error **error, int rc, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
