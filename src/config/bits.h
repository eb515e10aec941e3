/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libxl's bitmaps made without a libxl context, which this room never has. */
#ifndef XN_CONFIG_BITS_H
#define XN_CONFIG_BITS_H

#include <libxl.h>

/* A cleared bitmap of count bits; libxl_bitmap_dispose frees it. */
void bits_alloc(libxl_bitmap *bits, unsigned count);
void bits_copy(libxl_bitmap *to, const libxl_bitmap *from);

#endif
