/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel, a console with a name between a guest and its host, and the columns of its listing. */
#ifndef XN_MODEL_CHANNEL_H
#define XN_MODEL_CHANNEL_H

#include "model/device.h"

struct channel {
    struct device device;
    int ring_ref;           /* DEVICE_UNKNOWN */
    char *name;             /* that both sides know, untrusted; NULL: none */
    const char *connection; /* "pty", "socket" or "unknown"; static */
    char *path;             /* of the pseudoterminal or socket; NULL: not known */
};

/* For device_rows_add. */
void channel_release(void *row);

extern const struct column_table channel_columns;

#define CHANNEL_XL_COLUMNS 2
extern const struct xl_column channel_xl_columns[CHANNEL_XL_COLUMNS];

#endif
