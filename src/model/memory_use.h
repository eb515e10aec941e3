/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much memory domains hold, claim and share. Rows are struct domain. */
#ifndef XN_MODEL_MEMORY_USE_H
#define XN_MODEL_MEMORY_USE_H

#include "model/domain.h"

extern const struct column_table memory_use_columns;

/* xl's layouts. */
extern const struct xl_column sharing_xl_column;
/* Fills columns (room for DOMAIN_XL_COLUMNS_MAX) and returns their number. */
size_t claims_xl_columns(struct xl_column *columns);

#endif
