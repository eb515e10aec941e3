/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Locks between processes, waited for without losing signals. */
#ifndef XN_XEN_LOCK_H
#define XN_XEN_LOCK_H

#include <stdbool.h>

#include "base/error.h"

/* Takes the lock on a whole file, as xl does; the file is made when it is missing. The lock ends
 * when *ret_fd is closed, by children that have a copy too. ERR_FILE, ERR_INTERRUPTED. */
int lock_file(const char *path, int *ret_fd, struct error **error);
/* Ends it at once, whoever has a copy, and makes *fd -1. Nothing for a negative *fd. */
void lock_file_end(int *fd);

/* Keeps two creations of one guest apart: locks the name and the UUID, and nothing else, until
 * *ret_fd is closed. Guests with other names are built meanwhile. */
int lock_identity(const char *name, const char *uuid, int *ret_fd, struct error **error);

/* Held while something is done about the end of a guest; waits. Belongs to this process and ends
 * with it, whatever children it has left; a process takes one at a time. */
int lock_ending(const char *uuid, int *ret_fd, struct error **error);

/* Held while a guest is saved or moved, until *ret_fd is closed. Never waits: ERR_REFUSED when
 * somebody else has it. */
int lock_saving(const char *uuid, int *ret_fd, struct error **error);

/* The same for the side that receives it: both may be on one host. */
int lock_receiving(const char *uuid, int *ret_fd, struct error **error);

/* Held as long as the host's guests are being stopped, by whoever does it and by the processes that
 * it has started for that; waits for another one. lock_stopping_probe: as those below. */
int lock_stopping(int *ret_fd, struct error **error);
int lock_stopping_probe(bool *ret_held, struct error **error);

/* Whether somebody else holds a lock at this moment; takes and makes nothing. ERR_FILE when that
 * cannot be told. Of an identity: a name or a UUID, of a guest that is being built then. */
int lock_file_probe(const char *path, bool *ret_held, struct error **error);
int lock_identity_probe(const char *text, bool *ret_held, struct error **error);
int lock_saving_probe(const char *uuid, bool *ret_held, struct error **error);
int lock_receiving_probe(const char *uuid, bool *ret_held, struct error **error);

#endif
