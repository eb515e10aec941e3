/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the cache of unpacked kernels is listed. */
#ifndef XN_MODEL_CACHED_KERNEL_H
#define XN_MODEL_CACHED_KERNEL_H

#include "base/column.h"

/* Rows are struct cache_file. */
extern const struct column_table cached_kernel_columns;

#endif
