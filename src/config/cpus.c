/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How many CPUs the guest gets and where they may run. */
#include "config/build.h"

#include <libxl_utils.h>
#include <limits.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "config/bits.h"

void build_vcpus(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *setting = build_setting(build, "maxvcpus");
    long vcpus = 0, max;

    if (build_number(build, "vcpus", &vcpus)) {
        bits_alloc(&b_info->avail_vcpus, (unsigned)vcpus);
        for (long i = 0; i < vcpus; i++)
            libxl_bitmap_set(&b_info->avail_vcpus, (int)i);
    }
    if (build_number(build, "maxvcpus", &max)) {
        if (max < vcpus)
            build_error(build, "contradiction", &setting->value.place,
                        "'maxvcpus' (%ld) is less than 'vcpus' (%ld)", max, vcpus);
        b_info->max_vcpus = (int)max;
    }
    build->vcpus = (unsigned)vcpus;
}

/* What one word of a CPU list says. */
struct cpu_word {
    bool out, nodes, all;
    unsigned long first, last;
};

static bool parse_word(const char *text, size_t length, struct cpu_word *ret)
{
    const char *end = text + length, *dash;

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

static void change_cpus(const struct cpu_word *word, libxl_bitmap *cpus, unsigned long first,
                        unsigned long last)
{
    unsigned long end = cpus->size * 8;

    for (unsigned long cpu = first; cpu <= last && cpu < end; cpu++) {
        if (word->out)
            libxl_bitmap_reset(cpus, (int)cpu);
        else
            libxl_bitmap_set(cpus, (int)cpu);
    }
}

static bool change_node(struct build *build, const struct cpu_word *word, unsigned node,
                        libxl_bitmap *cpus)
{
    const struct host_facts *facts = build->facts;
    auto_error error = NULL;
    libxl_bitmap of_node;

    bits_alloc(&of_node, facts->cpus);
    if (facts->node_cpus && facts->node_cpus(facts->context, node, &of_node, &error) < 0)
        return libxl_bitmap_dispose(&of_node), false;
    for (unsigned cpu = 0; cpu < facts->cpus; cpu++)
        if (libxl_bitmap_test(&of_node, (int)cpu))
            change_cpus(word, cpus, cpu, cpu);
    libxl_bitmap_dispose(&of_node);
    return true;
}

static void apply_word(struct build *build, const struct cpu_word *word, const struct place *place,
                       libxl_bitmap *cpus)
{
    unsigned long end = word->nodes ? build->facts->nodes : build->facts->cpus;

    if (word->all) {
        change_cpus(word, cpus, 0, build->facts->cpus - 1);
        return;
    }
    if (word->last >= end && !word->out)
        build_warning(build, "no-such-cpu", place, "this host has no %s %lu (it has %lu)",
                      word->nodes ? "node" : "CPU", word->last, end);
    if (!word->nodes)
        change_cpus(word, cpus, word->first, word->last);
    for (unsigned long node = word->first; word->nodes && node <= word->last && node < end; node++)
        if (!change_node(build, word, (unsigned)node, cpus))
            build_error(build, "host", place, "the CPUs of node %lu cannot be found out", node);
}

bool parse_cpu_list(struct build *build, const struct setting_value *value, const char *name,
                    libxl_bitmap *cpus)
{
    const char *text = setting_text(value);

    bits_alloc(cpus, build->facts->cpus);
    for (size_t at = 0; text[at];) {
        size_t length = strcspn(text + at, ",");
        struct place place = setting_part(value, at, length);
        struct cpu_word word;

        if (length && !parse_word(text + at, length, &word)) {
            diagnostic_hint(build_error(build, "bad-cpu-list", &place,
                                        "'%.*s' in '%s' is no set of CPUs", (int)length, text + at,
                                        name),
                            "expected N, A-B, ^N, node:N or all, separated by ','");
            return false;
        }
        if (length)
            apply_word(build, &word, &place, cpus);
        at += length + (text[at + length] == ',');
    }
    if (libxl_bitmap_is_empty(cpus)) {
        build_error(build, "no-cpu", &value->place, "'%s' leaves the guest no CPU to run on", name);
        return false;
    }
    return true;
}

static void affinity_of_all(struct build *build, const struct setting *setting, int vcpus,
                            libxl_bitmap *affinity)
{
    if (!parse_cpu_list(build, &setting->value, setting->name, &affinity[0]))
        return;
    for (int i = 1; i < vcpus; i++)
        bits_copy(&affinity[i], &affinity[0]);
}

/* One entry for each CPU of the guest, at most as many as it has. */
static int affinity_of_each(struct build *build, const struct setting *setting, int vcpus,
                            libxl_bitmap *affinity)
{
    const struct setting_value *list = &setting->value;
    int count = list->count < (size_t)vcpus ? (int)list->count : vcpus;

    if (list->count > (size_t)vcpus)
        build_warning(build, "unused-value", &list->items[vcpus].place,
                      "'%s' has %zu entries and the guest has %d CPU%s", setting->name, list->count,
                      vcpus, vcpus == 1 ? "" : "s");
    for (int i = 0; i < count; i++)
        parse_cpu_list(build, &list->items[i], setting->name, &affinity[i]);
    return count;
}

static void set_affinity(struct build *build, const struct setting *setting, int *ret_count,
                         libxl_bitmap **ret_affinity)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    int vcpus = b_info->max_vcpus ? b_info->max_vcpus : 1;

    *ret_count = vcpus;
    *ret_affinity = xcalloc((size_t)vcpus, sizeof(**ret_affinity));
    if (setting->value.type != SETTING_LIST) {
        affinity_of_all(build, setting, vcpus, *ret_affinity);
        return;
    }
    *ret_count = affinity_of_each(build, setting, vcpus, *ret_affinity);
    libxl_defbool_set(&b_info->numa_placement, false);
}

void build_affinity(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *hard = build_setting(build, "cpus");
    const struct setting *soft = build_setting(build, "cpus_soft");

    if (b_info->max_vcpus == 0)
        b_info->max_vcpus = (int)build->vcpus;
    if (hard)
        set_affinity(build, hard, &b_info->num_vcpu_hard_affinity, &b_info->vcpu_hard_affinity);
    if (soft) {
        set_affinity(build, soft, &b_info->num_vcpu_soft_affinity, &b_info->vcpu_soft_affinity);
        libxl_defbool_set(&b_info->numa_placement, false);
    }
}
