/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What vif-bridge does for an interface whose bridge is named and is there. */
#ifndef XN_HOTPLUG_VIF_H
#define XN_HOTPLUG_VIF_H

#include "hotplug/job.h"

/* "vif3.0" or, of a device model, "vif3.0-emu". False when it is no such name. */
bool vif_parse_name(const char *name, bool emulated, unsigned *ret_domid, unsigned *ret_devid);

/* online and offline of a "vif", add and remove of a "tap". The names that the kernel has given
 * come from libxl: vif for a "vif", emulated for a "tap"; either may be NULL. */
enum verdict vif_run(const struct job *job, const char *vif, const char *emulated);

#endif
