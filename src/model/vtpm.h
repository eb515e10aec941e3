/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A virtual TPM of a guest, and the columns of its listing. */
#ifndef XN_MODEL_VTPM_H
#define XN_MODEL_VTPM_H

#include "model/device.h"

struct vtpm {
    struct device device;
    int ring_ref; /* DEVICE_UNKNOWN */
    char uuid[UUID_TEXT_SIZE];
};

/* For device_rows_add. */
void vtpm_release(void *row);

extern const struct column_table vtpm_columns;

#define VTPM_XL_COLUMNS 3
extern const struct xl_column vtpm_xl_columns[VTPM_XL_COLUMNS];

#endif
