/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Signals that ask a command to stop (INT, TERM, HUP), turned into a readable descriptor.
 *
 * A signal handler needs something global; this is the only such state in the program. Handlers do
 * not survive exec and no mask is changed, so child processes start with the defaults.
 */
#ifndef XN_BASE_INTERRUPT_H
#define XN_BASE_INTERRUPT_H

#include "base/error.h"

/* Starts catching; further calls only count. */
int interrupt_catch(struct error **error);
/* Undoes one interrupt_catch; the last one restores what was before. */
void interrupt_release(void);
/* Readable once a signal came; -1 when not catching. */
int interrupt_fd(void);
/* The last signal caught since interrupt_catch, 0 for none. */
int interrupt_signal(void);

#endif
