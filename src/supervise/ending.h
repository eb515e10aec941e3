/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Doing what a guest's on_* key asks for, and finishing what a worker that was killed has begun. */
#ifndef XN_SUPERVISE_ENDING_H
#define XN_SUPERVISE_ENDING_H

#include "supervise/worker.h"

struct ending {
    enum work_result result;
    uint32_t domid; /* of WORK_RESTARTED */
};

/* In the worker; may take minutes. Whatever goes wrong stands in the log. */
void ending_handle(const struct work *work, struct ending *ret_ending);

#endif
