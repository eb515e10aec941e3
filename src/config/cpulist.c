/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets of CPUs from text; see cpulist.h. */
#include "config/cpulist.h"

#include <libxl_utils.h>
#include <limits.h>
#include <string.h>

#include "config/bits.h"
#include "config/build.h"

bool cpu_word_parse(const char *text, size_t length, struct cpu_word *ret)
{
    const char *end = text + length, *dash;

    while (text < end && *text == ' ')
        text++, length--;
    while (end > text && end[-1] == ' ')
        end--, length--;
    *ret = (struct cpu_word){ .out = length && *text == '^' };
    text += ret->out;
    for (size_t i = 4; i <= 5 && !ret->nodes; i++) {
        ret->nodes = (size_t)(end - text) > i && strncmp(text, "nodes", i) == 0 && text[i] == ':';
        text += ret->nodes ? i + 1 : 0;
    }
    ret->all = end - text == 3 && strncmp(text, "all", 3) == 0;
    if (ret->all)
        return !ret->out;
    dash = memchr(text, '-', (size_t)(end - text));
    if (!parse_unsigned(text, (size_t)((dash ? dash : end) - text), 10, LONG_MAX, &ret->first))
        return false;
    ret->last = ret->first;
    return !dash || (parse_unsigned(dash + 1, (size_t)(end - dash - 1), 10, LONG_MAX, &ret->last) &&
                     ret->first <= ret->last);
}

static void change_cpus(bool out, libxl_bitmap *cpus, unsigned long first, unsigned long last)
{
    unsigned long end = cpus->size * 8UL;

    for (unsigned long cpu = first; cpu <= last && cpu < end; cpu++) {
        if (out)
            libxl_bitmap_reset(cpus, (int)cpu);
        else
            libxl_bitmap_set(cpus, (int)cpu);
    }
}

static int change_node(const struct cpu_word *word, const struct host_facts *facts, unsigned node,
                       libxl_bitmap *cpus, struct error **error)
{
    libxl_bitmap of_node;
    int result = 0;

    bits_alloc(&of_node, facts->cpus);
    if (facts->node_cpus)
        result = facts->node_cpus(facts->context, node, &of_node, error);
    for (unsigned cpu = 0; result == 0 && cpu < facts->cpus; cpu++)
        if (libxl_bitmap_test(&of_node, (int)cpu))
            change_cpus(word->out, cpus, cpu, cpu);
    libxl_bitmap_dispose(&of_node);
    return result;
}

int cpu_word_apply(const struct cpu_word *word, const struct host_facts *facts, libxl_bitmap *cpus,
                   struct error **error)
{
    if (word->all) {
        libxl_bitmap_set_any(cpus);
        return 0;
    }
    if (!word->nodes) {
        change_cpus(word->out, cpus, word->first, word->last);
        return 0;
    }
    for (unsigned long node = word->first; node <= word->last && node < facts->nodes; node++)
        if (change_node(word, facts, (unsigned)node, cpus, error) < 0)
            return -1;
    return 0;
}

static int parse_word(const char *text, size_t length, struct cpu_word *word, struct error **error)
{
    if (cpu_word_parse(text, length, word))
        return 0;
    error_set(error, ERR_USAGE, "'%.*s' is no set of CPUs", (int)length, text);
    return error_hint(error, "write N, A-B, ^N, node:N or all, separated by ','");
}

int cpu_list_check(const char *text, struct error **error)
{
    struct cpu_word word;

    for (size_t length; *text; text += length + (text[length] == ',')) {
        length = strcspn(text, ",");
        if (length && parse_word(text, length, &word, error) < 0)
            return -1;
    }
    return 0;
}

static int parse_one(const char *text, size_t length, const struct host_facts *facts,
                     libxl_bitmap *cpus, struct error **error)
{
    struct cpu_word word;

    if (parse_word(text, length, &word, error) < 0)
        return -1;
    if (!word.all && word.last >= (word.nodes ? facts->nodes : facts->cpus))
        return error_set(error, ERR_USAGE, "this host has no %s %lu: it has %u",
                         word.nodes ? "node" : "CPU", word.last,
                         word.nodes ? facts->nodes : facts->cpus);
    return cpu_word_apply(&word, facts, cpus, error);
}

int cpu_list_parse(const char *text, const struct host_facts *facts, libxl_bitmap *ret,
                   struct error **error)
{
    const char *whole = text;

    bits_alloc(ret, facts->cpus);
    for (size_t length; *text; text += length + (text[length] == ',')) {
        length = strcspn(text, ",");
        if (length && parse_one(text, length, facts, ret, error) < 0)
            return -1;
    }
    if (libxl_bitmap_is_empty(ret))
        return error_set(error, ERR_USAGE, "'%s' names no CPU", whole);
    return 0;
}
