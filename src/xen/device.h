/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting for libxl while a device comes or goes, and saying why it did not. */
#ifndef XN_XEN_DEVICE_H
#define XN_XEN_DEVICE_H

#include "xen/wait.h"

/* Waits until the operation has ended: for timeout_ms at most (DEADLINE_NEVER: as long as libxl
 * does) or until a signal; then libxl is told to give up, and that is waited for. The error begins
 * with sentence ("cannot attach vif 1 to domain 7") and names the cause: ERR_TIMEOUT,
 * ERR_INTERRUPTED, the words of a hotplug script, or what libxl says. Call xen_log_forget before
 * the verb. An operation that was done all the same is a success. */
int xen_device_wait(struct xen_operation *operation, uint64_t timeout_ms, const char *sentence,
                    struct error **error);

#endif
