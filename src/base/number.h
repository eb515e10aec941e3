/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Numbers, sizes and durations as people write them, parsed strictly: the whole text must be one
 * value, in range, with no sign and no blanks. Nothing depends on the locale.
 */
#ifndef XN_BASE_NUMBER_H
#define XN_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Decimal digits only. Returns false when text is not such a number or is above max. */
bool parse_uint(const char *text, uint64_t max, uint64_t *ret_value);

/* "90" or "90s", "500ms", "2m", "1h30m", "1d" to milliseconds. The error names the text and
 * what was expected (ERR_USAGE). */
int parse_duration(const char *text, uint64_t *ret_ms, struct error **error);

/* "512" (MiB, as everywhere in xl), "512m", "4g", "1t", "1024k", "4096b", also "4GiB", "512MB",
 * either case; to KiB, rounded up. ERR_USAGE. */
int parse_size_kib(const char *text, uint64_t *ret_kib, struct error **error);

/* 1536000 KiB as "1.5 GiB". The caller frees it. */
char *human_kib(uint64_t kib);
/* 5000 ms as "5s", 90061000 ms as "1d 1h 1m 1s", 250 as "250ms". The caller frees it. */
char *human_ms(uint64_t ms);

#endif
