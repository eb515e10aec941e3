/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "did you mean": the nearest of some known words. */
#ifndef XN_BASE_SUGGEST_H
#define XN_BASE_SUGGEST_H

#include <stddef.h>

/* The candidate that word most likely stands for: the shortest that word is the beginning of, else
 * the nearest by edit distance (insertions, deletions, substitutions, neighbours swapped; case
 * does not count) when it is near enough to be meant. NULL when there is none. */
const char *suggest(const char *word, const char *const *candidates, size_t count);

#endif
