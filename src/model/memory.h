/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The arithmetic of a new guest's memory: what it needs, what can be had, and who has the rest. */
#ifndef XN_MODEL_MEMORY_H
#define XN_MODEL_MEMORY_H

#include "base/error.h"
#include "model/domain.h"

/* Whether domain 0 gives memory up for a new guest. */
enum balloon {
    BALLOON_ON,
    BALLOON_OFF,   /* the host's configuration says no */
    BALLOON_FIXED, /* Xen was told how much domain 0 gets */
    BALLOON_STUCK, /* it was asked and did not do it */
};

struct memory_outlook {
    uint64_t guest_kib;    /* the guest's own, memory= */
    uint64_t needed_kib;   /* with what Xen and the device model need beside it */
    uint64_t free_kib;     /* in no domain; what is claimed is part of it */
    uint64_t claimed_kib;  /* promised to guests that are being built */
    uint64_t dying_kib;    /* will be free when the domains that hold it are gone */
    uint64_t dom0_kib;     /* what domain 0 is meant to have; 0: not known */
    uint64_t dom0_min_kib; /* less is not left to it */
    enum balloon balloon;
    bool saved; /* the guest comes from a file: it needs what it had */
};

/* The sum of what dying domains hold. */
uint64_t memory_dying_kib(const struct domain_list *domains);

/* What a guest can take at this moment. */
uint64_t memory_unclaimed_kib(const struct memory_outlook *outlook);
/* What domain 0 gives up for a guest; 0 without autoballooning. */
uint64_t memory_dom0_gives_kib(const struct memory_outlook *outlook);
/* Both. */
uint64_t memory_obtainable_kib(const struct memory_outlook *outlook);

/* "4100 MiB needed, 1204 MiB can be had". The caller frees it. */
char *memory_summary(const struct memory_outlook *outlook);
/* What to do so that the guest fits. domains need their names. The caller frees it. */
char *memory_advice(const struct memory_outlook *outlook, const struct domain_list *domains);
/* ERR_NO_MEMORY for the guest of that name: the summary, the arithmetic behind it line by line, who
 * has the rest, and the advice. Returns -1. */
int memory_error(const struct memory_outlook *outlook, const char *guest,
                 const struct domain_list *domains, struct error **error);

#endif
