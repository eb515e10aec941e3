/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The locks of Xen's scripts (locking.sh): a file that is locked by flock(2) and still has its
 * name. Only its holder removes it. */
#ifndef XN_HOTPLUG_LOCK_H
#define XN_HOTPLUG_LOCK_H

/* Waits for it. -1: it cannot be had. path and what is above it are made when missing. */
int script_lock_take(const char *path);
/* fd is closed. */
void script_lock_release(int fd, const char *path);

#endif
