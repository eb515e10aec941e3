/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What all devices of guests have in common, as listings show it: whose they are, who serves them,
 * and how far their connection has come. Plain data, no Xen header.
 */
#ifndef XN_MODEL_DEVICE_H
#define XN_MODEL_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/column.h"
#include "model/domain.h"

/* What a number is when nobody has said it yet; xl prints it as -1. */
#define DEVICE_UNKNOWN (-1)

/* Stands first in the struct of each kind of device, so that the getters below take its rows. */
struct device {
    uint32_t domid;
    char *domain; /* the guest's name, untrusted; NULL: none */
    int devid;
    uint32_t backend_domid;
    char *backend;      /* name of the domain that serves it; NULL: none */
    char *backend_path; /* in xenstore; NULL: unknown */
    char *frontend_path;
    int state;         /* of the frontend, a number of Xen's; DEVICE_UNKNOWN */
    int event_channel; /* of the frontend; DEVICE_UNKNOWN */
};

/* Frees what the struct holds, not the struct. */
void device_release(struct device *device);
/* Fills domid and name. */
void device_set_domain(struct device *device, const struct domain *domain);

/* "initialising", "connected" ...; "unknown" for a number that nobody knows. Static. */
const char *device_state_name(int state);

/* Pointers to structs of one kind of device, each from malloc. */
struct device_rows {
    void **items;
    size_t count;
    void (*release)(void *row); /* frees what a row holds, not the row; set by the first adder */
};

#define DEVICE_ROWS_INIT                                                                           \
    {                                                                                              \
        NULL, 0, NULL                                                                              \
    }
#define auto_device_rows __attribute__((cleanup(device_rows_release))) struct device_rows

/* A new zeroed row of size bytes. */
void *device_rows_add(struct device_rows *rows, size_t size, void (*release)(void *row));
void device_rows_release(struct device_rows *rows);

/* Getters of columns that every kind has; see DEVICE_COLUMNS. */
void device_get_domain(const void *row, struct value *value);
void device_get_domid(const void *row, struct value *value);
void device_get_devid(const void *row, struct value *value);
void device_get_backend(const void *row, struct value *value);
void device_get_backend_domid(const void *row, struct value *value);
void device_get_backend_path(const void *row, struct value *value);
void device_get_frontend_path(const void *row, struct value *value);
void device_get_state(const void *row, struct value *value);
void device_get_state_number(const void *row, struct value *value);
void device_get_event_channel(const void *row, struct value *value);
/* For getters of one kind's own numbers: null for DEVICE_UNKNOWN. */
void device_value_number(struct value *value, int64_t number);

/* The columns that every kind has, for the front and the end of its table. */
#define DEVICE_COLUMN_DOMAIN                                                                       \
    {                                                                                              \
        .key = "domain", .title = "DOMAIN", .type = VALUE_TEXT, .get = device_get_domain,          \
        .help = "name of the guest"                                                                \
    }
#define DEVICE_COLUMN_DOMID                                                                        \
    {                                                                                              \
        .key = "domid", .title = "ID", .type = VALUE_UINT, .get = device_get_domid,                \
        .help = "number of the guest"                                                              \
    }
#define DEVICE_COLUMN_DEVID                                                                        \
    {                                                                                              \
        .key = "devid", .title = "DEVID", .type = VALUE_INT, .get = device_get_devid,              \
        .help = "number of the device"                                                             \
    }
#define DEVICE_COLUMN_STATE                                                                        \
    {                                                                                              \
        .key = "state", .title = "STATE", .type = VALUE_TEXT, .get = device_get_state,             \
        .help = "how far the connection has come, as the guest says"                               \
    }
#define DEVICE_COLUMN_STATE_NUMBER                                                                 \
    {                                                                                              \
        .key = "state_number", .title = "STATE#", .type = VALUE_INT,                               \
        .get = device_get_state_number, .help = "the same as Xen's number, 4 is connected"         \
    }
#define DEVICE_COLUMN_BACKEND                                                                      \
    {                                                                                              \
        .key = "backend", .title = "BACKEND", .type = VALUE_TEXT, .get = device_get_backend,       \
        .help = "name of the domain that serves it"                                                \
    }
#define DEVICE_COLUMN_BACKEND_DOMID                                                                \
    {                                                                                              \
        .key = "backend_domid", .title = "BE", .type = VALUE_UINT,                                 \
        .get = device_get_backend_domid, .help = "number of the domain that serves it"             \
    }
#define DEVICE_COLUMN_EVENT_CHANNEL                                                                \
    {                                                                                              \
        .key = "event_channel", .title = "EVENT-CHANNEL", .type = VALUE_INT,                       \
        .get = device_get_event_channel, .help = "number of the guest's event channel"             \
    }
#define DEVICE_COLUMN_BACKEND_PATH                                                                 \
    {                                                                                              \
        .key = "backend_path", .title = "BACKEND-PATH", .type = VALUE_TEXT,                        \
        .get = device_get_backend_path, .help = "its backend in xenstore"                          \
    }
#define DEVICE_COLUMN_FRONTEND_PATH                                                                \
    {                                                                                              \
        .key = "frontend_path", .title = "FRONTEND-PATH", .type = VALUE_TEXT,                      \
        .get = device_get_frontend_path, .help = "its frontend in xenstore"                        \
    }

#endif
