/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a failed build was about, beyond libxl's own lines. */
#ifndef XN_XEN_BUILD_FAILURE_H
#define XN_XEN_BUILD_FAILURE_H

#include <time.h>

#include "xen/host.h"

/* *error is of libxl_domain_create_*, with libxl's lines as its detail. Adds the last lines of the
 * guest's QEMU when that did not start, and says which kernel could not be used. started: the
 * wall clock before the build; an older log is of another guest. error may be NULL. */
void xen_build_failure_explain(const libxl_domain_config *config, time_t started,
                               struct error **error);

#endif
