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
/* In a child after fork that goes on catching: a descriptor of its own, so that its signals do not
 * wake the parent. */
void interrupt_in_child(void);
/* Readable once a signal came; -1 when not catching. */
int interrupt_fd(void);
/* The last signal caught since interrupt_catch, 0 for none. */
int interrupt_signal(void);
/* The same, and forgets it: for a command that goes on after a first signal and wants to see the
 * next one. */
int interrupt_take(void);
/* In a forked child that must finish what it does: these signals, and one that was caught before
 * the fork, no longer mean anything. What it executes starts with the defaults. */
void interrupt_ignore(void);

#endif
