/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much memory the guest gets. */
#include "config/build.h"

void build_memory(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *maxmem = build_setting(build, "maxmem");
    long memory, max;

    if (build_number(build, "memory", &memory) && build_number(build, "maxmem", &max) &&
        max < memory)
        diagnostic_hint(build_warning(build, "contradiction", &maxmem->value.place,
                                      "'maxmem' (%ld MiB) is less than 'memory' (%ld MiB)", max,
                                      memory),
                        "'maxmem' is what the guest may grow to");
    if (b_info->max_memkb == LIBXL_MEMKB_DEFAULT)
        b_info->max_memkb = b_info->target_memkb;
}
