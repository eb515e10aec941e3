/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How many CPUs the guest gets and where they may run. */
#include "config/build.h"

#include <libxl_utils.h>
#include <string.h>

#include "base/mem.h"
#include "config/bits.h"
#include "config/cpulist.h"

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

static void apply_word(struct build *build, const struct cpu_word *word, const struct place *place,
                       libxl_bitmap *cpus)
{
    unsigned long end = word->nodes ? build->facts->nodes : build->facts->cpus;
    auto_error error = NULL;

    if (!word->all && word->last >= end && !word->out)
        build_warning(build, "no-such-cpu", place, "this host has no %s %lu: it has %lu",
                      word->nodes ? "node" : "CPU", word->last, end);
    if (cpu_word_apply(word, build->facts, cpus, &error) < 0)
        build_error(build, "host", place, "the CPUs of the node cannot be found out: %s",
                    error->message);
}

/* Allocates *cpus for the host's CPUs and sets those that the text of value names. */
static void parse_cpus(struct build *build, const struct setting_value *value, const char *name,
                       libxl_bitmap *cpus)
{
    bool soft = strcmp(name, "cpus_soft") == 0;
    const char *text = setting_text(value);

    bits_alloc(cpus, build->facts->cpus);
    for (size_t at = 0, length; text[at]; at += length + (text[at + length] == ',')) {
        struct place place = setting_part(value, at, length = strcspn(text + at, ","));
        struct cpu_word word;

        if (length == 0)
            continue;
        if (!cpu_word_parse(text + at, length, &word)) {
            diagnostic_hint(build_error(build, "bad-cpu-list", &place,
                                        "'%.*s' in '%s' is no set of CPUs", (int)length, text + at,
                                        name),
                            "expected N, A-B, ^N, node:N or all, separated by ','");
            return;
        }
        apply_word(build, &word, &place, cpus);
    }
    if (libxl_bitmap_is_empty(cpus))
        diagnose(build->diagnostics, soft ? SEVERITY_WARNING : SEVERITY_ERROR, "no-cpu",
                 &value->place, "'%s' leaves the guest no CPU to run on", name);
}

static void affinity_of_all(struct build *build, const struct setting *setting, int vcpus,
                            libxl_bitmap *affinity)
{
    parse_cpus(build, &setting->value, setting->name, &affinity[0]);
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
        parse_cpus(build, &list->items[i], setting->name, &affinity[i]);
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
