/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guests that 'host stop' has moved to another host, so that this one does not start them, too. */
#ifndef XN_COMMANDS_AWAY_H
#define XN_COMMANDS_AWAY_H

#include "base/error.h"
#include "model/migration.h"

/* A file in folder, beside what is saved of other guests, with the name of the far side. It is on
 * the disk before this returns 0, so that a crash in the middle leaves no guest to be started
 * twice. ERR_FILE. */
int away_note(const char *folder, const char *name, const char *host, struct error **error);
/* One that is not there is no error. */
int away_forget(const char *folder, const char *name, struct error **error);

/* Whether the guest, which does not run, may be started here, by the note and the records of
 * migrations. *ret_error is what to tell when it may not: ERR_REFUSED. */
enum whereabouts away_look(const char *folder, const char *name, struct error **ret_error);

#endif
