/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing a guest's memory to a file, for a debugger. */
#ifndef XN_XEN_CORE_H
#define XN_XEN_CORE_H

#include "model/domain.h"
#include "xen/host.h"

struct core_options {
    /* Told every half second while the memory is written; may be NULL. total_kib is an estimate. */
    void (*on_progress)(void *context, uint64_t written_kib, uint64_t total_kib);
    void *context;
};

/*
 * Writes the core of a domain to path, as an ELF file. The guest is not stopped for it. When this
 * returns 0, the file is whole and on the disk; otherwise there is nothing, and an older file of
 * that name is untouched.
 *
 * ERR_FILE for the target, also when it has too little space, which is found out before; ERR_FILE,
 * too, for a pipe, whose reader could not be seen to go away; ERR_REFUSED as durable_open does;
 * ERR_INTERRUPTED when a signal was caught (see base/interrupt.h) meanwhile; ERR_FAILED when the
 * domain was destroyed meanwhile.
 */
int xen_core_dump(struct xen_host *host, const struct domain *domain, const char *path,
                  const struct core_options *options, struct error **error);

#endif
