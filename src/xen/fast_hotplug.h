/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A hotplug script costs dozens of processes. Where it would be one that xn-hotplug (src/hotplug.c)
 * knows, that program is started in its place, without a word of it in what libxl, xenstore and
 * saved guests know of the device: other tools on other hosts must be able to go on with it.
 *
 * The linker leads execvp in libxl's archive here (--wrap). In a program that has libxl as a shared
 * library nothing calls this, and all scripts run.
 */
#ifndef XN_XEN_FAST_HOTPLUG_H
#define XN_XEN_FAST_HOTPLUG_H

/* In a process that libxl has forked to become file: xn-hotplug for a script that it knows, unless
 * xn.conf says that it shall not; in all other cases, and when that fails, execvp itself. */
int __wrap_execvp(const char *file, char *const argv[]);
int __real_execvp(const char *file, char *const argv[]);

#endif
