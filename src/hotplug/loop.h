/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files as block devices, as losetup(8) makes them. */
#ifndef XN_HOTPLUG_LOOP_H
#define XN_HOTPLUG_LOOP_H

#include <stdbool.h>

/* The path of the loop device, which the caller frees; NULL when it did not come about. A file that
 * cannot be written becomes a device that cannot be written. */
char *loop_attach(const char *file, bool read_only);
/* False when it is not there, no loop device, or has no file. A device that is in use loses its
 * file when it is closed. */
bool loop_detach(const char *device);

#endif
