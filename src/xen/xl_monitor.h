/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The process of xl that looks after a guest which xl made. */
#ifndef XN_XEN_XL_MONITOR_H
#define XN_XEN_XL_MONITOR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/error.h"

/* The process of xl whose log says that it waits for this domain; 0 when there is none. One in the
 * foreground (xl create -F) has no log and is not found. */
pid_t xl_monitor_find(uint32_t domid);
/* Stops it for a moment, so that it begins nothing, and lets it go on. */
void xl_monitor_hold(pid_t pid);
void xl_monitor_release(pid_t pid);
/* Ends it and waits until it is gone; the guest runs on. ERR_FAILED, ERR_PERMISSION. */
int xl_monitor_end(pid_t pid, struct error **error);

/* For tests: whether a log of xl says last that its process waits for this domain. */
bool xl_monitor_log_waits(FILE *log, uint32_t domid);

#endif
