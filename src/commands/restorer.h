/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A saved guest on its way from the file to the host: what 'restore' and 'host start' share. */
#ifndef XN_COMMANDS_RESTORER_H
#define XN_COMMANDS_RESTORER_H

#include "commands/launch_file.h"
#include "migrate/pump.h"
#include "migrate/savefile.h"

struct restorer {
    struct env *env;
    const char *file;
    const char *config_file;               /* to use instead of what the file holds, or NULL */
    struct xen_host *host;                 /* borrowed; not needed before restorer_read_config */
    const struct host_config *host_config; /* the same */
    libxl_domain_config config;            /* filled by restorer_read_config */
    /* Private. */
    struct savefile_header header;
    int fd;
    struct pump unpacker;
};

void restorer_init(struct restorer *restorer);
/* Borrowed things stay. */
void restorer_release(struct restorer *restorer);

/* Opens the file and walks over the whole of it, without a host. Never blocks on a FIFO; a pipe
 * with a writer, a device and /dev/stdin are fine. ERR_FILE. */
int restorer_open(struct restorer *restorer, struct error **error);
int restorer_read_config(struct restorer *restorer, struct error **error);
/* When a guest was restored after the file was written, as text; "" for never. */
void restorer_used_at(const struct restorer *restorer, char *text, size_t size);
/* Builds and starts it, as launch_guest does. The caller catches signals. */
int restorer_launch(struct restorer *restorer, const struct launch_options *options,
                    struct outcome *outcome, struct error **error);
/* Lets a guest run on whose memory 'host stop' has saved, all of it in one go, and removes the file
 * then. Only the public fields have been filled. Refuses what was restored already. Fills the
 * outcome with its error; -1 when it has one. The caller catches signals. */
int restorer_run_saved(const struct launch_file *what, struct outcome *outcome);

#endif
