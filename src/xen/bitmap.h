/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* CPU and node sets as text, the way xl writes them. */
#ifndef XN_XEN_BITMAP_H
#define XN_XEN_BITMAP_H

#include <libxl.h>

/* "all" (every bit up to length), "none", or ranges: "0-1,3". The caller frees it. */
char *bitmap_text(const libxl_bitmap *bitmap, int length);
/* Always ranges; "" for none. The caller frees it. */
char *bitmap_ranges(const libxl_bitmap *bitmap, int length);

#endif
