/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the core of a crashed guest is written. */
#ifndef XN_SUPERVISE_CORE_H
#define XN_SUPERVISE_CORE_H

/* The path for a guest of that name, which may hold anything: the path stays within Xen's folder
 * for cores. The folder is made when it is missing. The caller frees the path. */
char *core_path(const char *name);

#endif
