/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration of a CPU pool (xlcpupool.cfg): name, sched, cpus, nodes. */
#ifndef XN_CONFIG_POOL_H
#define XN_CONFIG_POOL_H

#include <libxl.h>

#include "config/config.h"

struct pool_config {
    char *name;
    const char *scheduler; /* static; NULL: not said */
    libxl_bitmap cpus;     /* that were asked for; of nodes all */
    bool by_nodes;         /* only what is free of them is meant */
};

/* libxl_bitmap_dispose included; of an initialised one. */
void pool_config_release(struct pool_config *config);

/* Reads request->file and the assignments; facts must be set. A pool without a name in them is
 * called like the file. Problems go to diagnostics; ERR_CONFIG or ERR_FILE when it cannot be used.
 * Release in any case. */
int pool_config_read(const struct config_request *request, struct diagnostics *diagnostics,
                     struct pool_config *ret, struct error **error);

/* The keys, for completion; ends with NULL. */
extern const char *const pool_config_keys[];
/* The names of the schedulers that libxl knows; ends with NULL. */
extern const char *const pool_config_schedulers[];

#endif
