/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guests that this host keeps on its disks: their files, their settings in autostart.conf, and
 * the memory that 'host stop' has saved. */
#ifndef XN_COMMANDS_GUESTS_H
#define XN_COMMANDS_GUESTS_H

#include "config/guest_files.h"
#include "model/autostart.h"
#include "model/domain.h"

#define GUESTS_FOLDER XEN_CONFIG_DIR
/* Not the folder of the xendomains script: neither may restore what the other has saved. */
#define SAVED_FOLDER XEN_LIB_DIR "/xn-save"

/* FOLDER/autostart.conf; the caller frees it. */
char *guests_table_path(const char *folder);
/* A file that is missing is empty. ERR_FILE. */
int guests_read_table(const char *folder, struct autostart_table *ret_table, struct error **error);
/* Changes the line of one guest; the file is replaced in one step. ERR_FILE, ERR_REFUSED. */
int guests_change_table(const char *folder, const char *name, const struct autostart_change *change,
                        struct error **error);

/* Where the memory of the guest is kept; whatever the name holds, it is one file in the folder. The
 * caller frees it. */
char *saved_path(const char *folder, const char *name);
/* The same for the note that the guest was moved away (commands/away.h). */
char *away_path(const char *folder, const char *name);
/* The guest that a file of saved memory in that folder belongs to; NULL: none. The caller frees it.
 */
char *saved_name(const char *file_name);

/* ERR_REFUSED when the memory of that guest waits in SAVED_FOLDER: started anew it would change its
 * disks, and letting the memory run on later would damage them. */
int guests_refuse_saved(const char *name, struct error **error);

/* The domain of that name; NULL. */
const struct domain *guests_running(const struct domain_list *list, const char *name);
/* Adds each guest that has a file and does not run, once, with .stopped set. */
void guests_add_stopped(const struct guest_files *files, struct domain_list *list);

#endif
