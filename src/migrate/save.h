/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saving a guest to a file so that it is never lost. */
#ifndef XN_MIGRATE_SAVE_H
#define XN_MIGRATE_SAVE_H

#include "model/domain.h"
#include "xen/host.h"

enum save_end {
    SAVE_DESTROY, /* the guest ends here and lives on in the file */
    SAVE_RUN,     /* it runs on: the file is a copy */
    SAVE_PAUSE,   /* it stays, paused */
};

struct save_options {
    enum save_end end;
    bool keep_domid; /* restore gives it the same domid */
    bool compressed; /* in the form that only xn reads (savefile.h) */
    const char
        *config_json; /* stored instead of its present configuration; NULL: the present one */
    /* Told once, before the file is written; optional_length as in its header. May be NULL. */
    void (*on_begin)(void *context, uint32_t optional_length);
    /* Told every half second while the memory is written; may be NULL. total_kib is an estimate.
     * Both are as large as they are before anything is compressed. */
    void (*on_progress)(void *context, uint64_t written_kib, uint64_t total_kib);
    void *context;
};

/*
 * Writes the guest to path. When this returns 0, the file is whole and on the disk, and only then
 * was the guest destroyed (or left running or paused, as options say). When it fails, the guest
 * runs as before (paused when it was), and an older file of that name is untouched. When only the
 * end of the guest fails, the message says that the file is whole.
 *
 * ERR_FILE for the target, also when it has too little space, which is found out before the
 * guest stops, as far as that can be told of a compressed file; ERR_REFUSED when somebody else
 * saves or moves it; ERR_TIMEOUT when it does not suspend; ERR_INTERRUPTED.
 */
int guest_save(struct xen_host *host, const struct domain *domain, const char *path,
               const struct save_options *options, struct error **error);

/* Lets a guest run on that was suspended and whose save was not finished: after a failed or killed
 * save or migration. ERR_REFUSED when it is not suspended, or is being saved right now. */
int guest_resume(struct xen_host *host, const struct domain *domain, struct error **error);

/* Suspends a guest in memory, until guest_resume. When it fails, the guest runs as before.
 * ERR_REFUSED, ERR_TIMEOUT, ERR_INTERRUPTED. */
int guest_suspend(struct xen_host *host, const struct domain *domain, struct error **error);

#endif
