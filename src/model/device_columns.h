/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Columns of devices in few words: one of a kind's own, and those that all paravirtual devices have
 * in the order that they stand in. */
#ifndef XN_MODEL_DEVICE_COLUMNS_H
#define XN_MODEL_DEVICE_COLUMNS_H

#include "model/device.h"

#define DEVICE_COLUMN(the_key, the_title, the_type, getter, text)                                  \
    {                                                                                              \
        .key = (the_key), .title = (the_title), .type = (the_type), .get = (getter),               \
        .help = (text)                                                                             \
    }

/* In front of a kind's own ... */
#define DEVICE_COLUMNS_FIRST DEVICE_COLUMN_DOMAIN, DEVICE_COLUMN_DOMID, DEVICE_COLUMN_DEVID
/* ... and behind them. */
#define DEVICE_COLUMNS_STATE DEVICE_COLUMN_STATE, DEVICE_COLUMN_STATE_NUMBER
#define DEVICE_COLUMNS_LAST                                                                        \
    DEVICE_COLUMN_BACKEND, DEVICE_COLUMN_BACKEND_DOMID, DEVICE_COLUMN_BACKEND_PATH,                \
        DEVICE_COLUMN_FRONTEND_PATH

/* Of a kind with one ring; the getter is its own. */
#define DEVICE_COLUMN_RING_REF(getter)                                                             \
    DEVICE_COLUMN("ring_ref", "RING-REF", VALUE_INT, getter, "grant of the ring, as the guest says")

#endif
