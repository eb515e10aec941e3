/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of core files; see core.h. */
#include "supervise/core.h"

#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

#define CORE_FOLDER XEN_LIB_DIR "/dump/"

char *core_path(const char *name)
{
    char *path = xasprintf(CORE_FOLDER "%s", name);

    (void)mkdir(CORE_FOLDER, 0700); /* Debian does not bring it along */
    /* The name comes from a configuration file or from another host: it must not leave the folder.
     */
    for (char *c = path + strlen(CORE_FOLDER); *c; c++)
        if (*c == '/' || (unsigned char)*c < 0x20)
            *c = '_';
    return path;
}
