/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of CPUs and nodes in words; see bitmap.h. */
#include "xen/bitmap.h"

#include <libxl_utils.h>

#include "base/mem.h"
#include "base/str.h"

static int run_end(const libxl_bitmap *bitmap, int first, int length)
{
    int end = first;

    while (end < length && libxl_bitmap_test(bitmap, end))
        end++;
    return end;
}

char *bitmap_ranges(const libxl_bitmap *bitmap, int length)
{
    auto_str text = STR_INIT;

    for (int first = 0; first < length; first++) {
        int end = run_end(bitmap, first, length);

        if (end == first)
            continue;
        str_add(&text, text.length ? "," : "");
        if (end - first == 1)
            str_addf(&text, "%d", first);
        else
            str_addf(&text, "%d-%d", first, end - 1);
        first = end;
    }
    return text.length ? str_detach(&text) : xstrdup("");
}

char *bitmap_text(const libxl_bitmap *bitmap, int length)
{
    auto_free char *ranges = bitmap_ranges(bitmap, length);

    if (length > 0 && run_end(bitmap, 0, length) == length)
        return xstrdup("all");
    return xstrdup(*ranges ? ranges : "none");
}
