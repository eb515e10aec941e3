/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of the host's CPUs as people write them: "0-3,^2,node:1,all". */
#ifndef XN_CONFIG_CPULIST_H
#define XN_CONFIG_CPULIST_H

#include <libxl.h>
#include <stdbool.h>

#include "base/error.h"
#include "config/config.h"

/* What one word of such a list says. */
struct cpu_word {
    bool out; /* ^: take these out */
    bool nodes;
    bool all;
    unsigned long first, last;
};

/* Blanks around it do not count. False when the length bytes at text are no such word. */
bool cpu_word_parse(const char *text, size_t length, struct cpu_word *ret);
/* Sets or resets the bits of cpus that the word names; CPUs and nodes that the host does not have
 * are left out. Fails when a node's CPUs cannot be found out. */
int cpu_word_apply(const struct cpu_word *word, const struct host_facts *facts, libxl_bitmap *cpus,
                   struct error **error);

/* The whole list. *ret is allocated for the host's CPUs; libxl_bitmap_dispose frees it in any case.
 * Unlike the keys of a configuration this refuses CPUs and nodes that the host does not have, and a
 * list that leaves none (ERR_USAGE). */
int cpu_list_parse(const char *text, const struct host_facts *facts, libxl_bitmap *ret,
                   struct error **error);

/* Whether text is such a list, whatever the host has. ERR_USAGE. */
int cpu_list_check(const char *text, struct error **error);

#endif
