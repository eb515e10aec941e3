/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bitmaps without a context; see bits.h. */
#include "config/bits.h"

#include <string.h>

#include "base/mem.h"

void bits_alloc(libxl_bitmap *bits, unsigned count)
{
    bits->size = (count + 7) / 8;
    bits->map = xcalloc(bits->size, 1);
}

void bits_copy(libxl_bitmap *to, const libxl_bitmap *from)
{
    bits_alloc(to, from->size * 8);
    memcpy(to->map, from->map, from->size);
}
