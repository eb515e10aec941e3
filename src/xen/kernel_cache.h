/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Most of the time that the start of a small guest takes goes into unpacking its kernel, which was
 * the same at the last start. So what a bzImage holds is kept in a cache.
 *
 * The linker leads libxl's call of xc_dom_parse_image here (--wrap), where the kernel is in memory,
 * from whatever file or boot loader it came. Its name in the cache is the SHA-256 of it, so another
 * kernel is never taken for it, whatever its path, size and times are. Whatever is wrong with the
 * cache, libxenguest unpacks as ever. In a program that has libxl as a shared library nothing calls
 * this.
 */
#ifndef XN_XEN_KERNEL_CACHE_H
#define XN_XEN_KERNEL_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xenctrl.h>
#include <xenguest.h>

#define KERNEL_CACHE_FOLDER XN_CACHE_DIR "/kernels"

/* Is it a kernel with something packed inside? The form is that of Linux on x86
 * (Documentation/arch/x86/boot.rst of Linux: version 2.08 and later have a payload). */
bool kernel_is_bzimage(const void *bytes, size_t length);

int __wrap_xc_dom_parse_image(struct xc_dom_image *dom);
int __real_xc_dom_parse_image(struct xc_dom_image *dom);

#endif
