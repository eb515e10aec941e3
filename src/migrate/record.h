/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Records of migrations: one small file for each guest and direction under Xen's state folder. */
#ifndef XN_MIGRATE_RECORD_H
#define XN_MIGRATE_RECORD_H

#include "base/error.h"
#include "model/migration.h"

/* Brings it to the disk, with the present time. Nothing that it announces may be done before this
 * returns 0. ERR_FILE. */
int record_write(struct migration *migration, enum migration_state state, struct error **error);
/* *ret has state MIGRATION_NONE when there is none. ERR_FILE when that cannot be told. Release in
 * any case. */
int record_read(const char *uuid, bool incoming, struct migration *ret, struct error **error);
/* One that is not there is no error. */
int record_remove(const char *uuid, bool incoming, struct error **error);
/* All records, by name. ERR_FILE. */
int record_list(struct migration_list *ret_list, struct error **error);

/* ERR_REFUSED when the far side of an unfinished migration may run the guest, or, of a copy that is
 * here, when that was not received whole. action is for the message: "resume". */
int record_refuse(const char *uuid, bool copy_is_here, const char *action, struct error **error);

#endif
