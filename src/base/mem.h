/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Memory and descriptors that clean up after themselves.
 *
 * The x-functions never return NULL: when memory runs out the process writes one line to stderr and
 * ends with status 1. This is the one place below main that may end the process, because no
 * caller could do better without memory.
 */
#ifndef XN_BASE_MEM_H
#define XN_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *old, size_t count, size_t size);
/* NULL in, NULL out. */
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* Closes *fd unless it is negative and makes it -1; errno is kept. */
void close_fd(int *fd);
void free_pointer(void *pointer_to_pointer);

/* A variable with this attribute is freed (closed) when it goes out of scope. */
#define auto_free __attribute__((cleanup(free_pointer)))
#define auto_fd   __attribute__((cleanup(close_fd)))

/* Hands the value out of an auto_ variable: yields the pointer and leaves NULL behind. */
#define TAKE(pointer)                                                                              \
    __extension__({                                                                                \
        __typeof__(pointer) taken_ = (pointer);                                                    \
        (pointer) = NULL;                                                                          \
        taken_;                                                                                    \
    })

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
