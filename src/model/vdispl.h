/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A virtual display of a guest, and the columns of its listing. */
#ifndef XN_MODEL_VDISPL_H
#define XN_MODEL_VDISPL_H

#include "model/device.h"

/* One screen. Events and requests have a ring each; -1: the guest has told none. */
struct connector {
    char *unique_id; /* untrusted; NULL: none */
    uint32_t width, height;
    int request_event_channel, request_ring_ref;
    int event_event_channel, event_ring_ref;
};

struct vdispl {
    struct device device;
    bool backend_allocates; /* the memory of the pictures */
    struct connector *connectors;
    size_t connector_count;
    struct string_list connector_words; /* "id0:800x600", as vdispl-attach takes them */
};

/* The field is released by vdispl_release. */
struct connector *vdispl_add_connector(struct vdispl *vdispl, const char *unique_id, uint32_t width,
                                       uint32_t height);
/* For device_rows_add. */
void vdispl_release(void *row);

extern const struct column_table vdispl_columns;

/* xl's layout has no titles, and several lines for one display. */
#define VDISPL_XL_COLUMNS 1
extern const struct xl_column vdispl_xl_columns[VDISPL_XL_COLUMNS];

#endif
