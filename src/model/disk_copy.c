/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of files; see disk_copy.h. */
#include "model/disk_copy.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void disk_copies_add(struct disk_copies *copies, const struct disk_copy *copy)
{
    struct disk_copy *added;

    if (disk_copies_have(copies, copy->path))
        return;
    copies->items = xreallocarray(copies->items, copies->count + 1, sizeof(*copies->items));
    added = &copies->items[copies->count++];
    *added = *copy;
    added->path = xstrdup(copy->path);
}

bool disk_copies_have(const struct disk_copies *copies, const char *path)
{
    for (size_t i = 0; i < copies->count; i++)
        if (strcmp(copies->items[i].path, path) == 0)
            return true;
    return false;
}

void disk_copies_release(struct disk_copies *copies)
{
    for (size_t i = 0; i < copies->count; i++)
        free(copies->items[i].path);
    free(copies->items);
    *copies = (struct disk_copies){ NULL, 0 };
}
