/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of disks in a guest. */
#ifndef XN_BASE_VDEV_H
#define XN_BASE_VDEV_H

/* The number that Xen has for a disk called xvda, hdb1, sdc, d0p1 or by the number itself; -1 when
 * the name is none. Two names with one number are one disk. */
long vdev_number(const char *vdev);
/* The other way: "xvda", "hdc", "sdb1"; the number itself when no name has it. The caller frees it.
 */
char *vdev_name(unsigned long number);

#endif
