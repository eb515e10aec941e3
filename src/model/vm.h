/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The short listing of guests by their UUIDs; its rows are struct domain. */
#ifndef XN_MODEL_VM_H
#define XN_MODEL_VM_H

#include "model/domain.h"

#define VM_XL_COLUMNS 3

extern const struct column_table vm_columns;
/* xl's layout. */
extern const struct xl_column vm_xl_columns[VM_XL_COLUMNS];

#endif
