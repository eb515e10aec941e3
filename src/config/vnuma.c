/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest's own NUMA nodes: [ [ "pnode=0", "size=512", "vcpus=0-1", "vdistances=10,20" ], ... ].
 */
#include "config/build.h"

#include <libxl_utils.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/bits.h"
#include "config/spec.h"

/* Enough for every CPU that a guest can have. */
#define VCPU_BITS 8192

struct vnuma {
    struct build *build;
    const struct config_key *key;
    const struct setting *setting;
    libxl_vnode_info *node; /* the one being read */
    unsigned long vcpus;    /* of all nodes */
    uint64_t memkb;
    libxl_bitmap seen; /* virtual CPUs that are in a node already */
};

static bool read_number(struct vnuma *vnuma, const struct config_key *part,
                        const struct spec_word *word, long max, long *ret)
{
    return build_parse_number(vnuma->build, word->value, &word->value_place, part->name, 0, max,
                              ret);
}

static void add_vcpu(struct vnuma *vnuma, const struct spec_word *word, unsigned long vcpu)
{
    if (libxl_bitmap_test(&vnuma->seen, (int)vcpu)) {
        build_error(vnuma->build, "duplicate", &word->value_place,
                    "virtual CPU %lu is in a node already", vcpu);
        return;
    }
    libxl_bitmap_set(&vnuma->seen, (int)vcpu);
    libxl_bitmap_set(&vnuma->node->vcpus, (int)vcpu);
    vnuma->vcpus++;
}

static void read_vcpus(struct vnuma *vnuma, const struct config_key *part,
                       const struct spec_word *word)
{
    for (const char *text = word->value; *text;) {
        size_t length = strcspn(text, ",");
        const char *dash = memchr(text, '-', length);
        size_t digits = dash ? (size_t)(dash - text) : length;
        unsigned long first, last;

        if (!parse_unsigned(text, digits, 10, VCPU_BITS - 1, &first) ||
            (last = first,
             dash && !parse_unsigned(dash + 1, length - digits - 1, 10, VCPU_BITS - 1, &last)) ||
            last < first) {
            report_part_value(vnuma->build, part, word, SEVERITY_ERROR);
            return;
        }
        for (unsigned long vcpu = first; vcpu <= last; vcpu++)
            add_vcpu(vnuma, word, vcpu);
        text += length + (text[length] == ',');
    }
}

static void read_distances(struct vnuma *vnuma, const struct config_key *part,
                           const struct spec_word *word)
{
    int count = 0;

    for (const char *text = word->value; *text;) {
        size_t length = strcspn(text, ",");
        unsigned long distance;

        while (length && *text == ' ')
            text++, length--;
        if (count == vnuma->node->num_distances) {
            build_error(vnuma->build, "too-many", &word->value_place,
                        "'vdistances' has more than one number for each of the %d nodes", count);
            return;
        }
        if (!parse_unsigned(text, length, 10, UINT32_MAX, &distance)) {
            report_part_value(vnuma->build, part, word, SEVERITY_ERROR);
            return;
        }
        vnuma->node->distances[count++] = (uint32_t)distance;
        text += length + (text[length] == ',');
    }
}

static void read_pnode(struct vnuma *vnuma, const struct config_key *part,
                       const struct spec_word *word)
{
    long number;

    if (!read_number(vnuma, part, word, INT_MAX, &number))
        return;
    if ((unsigned long)number >= vnuma->build->facts->nodes)
        build_error(vnuma->build, "no-such-node", &word->value_place,
                    "this host has no node %ld: it has %u", number, vnuma->build->facts->nodes);
    vnuma->node->pnode = (uint32_t)number;
    libxl_defbool_set(&vnuma->build->config->b_info.numa_placement, false);
}

static void read_part(struct vnuma *vnuma, const struct spec_word *word)
{
    const struct config_key *part = key_part(vnuma->key, word->name);
    long number;

    if (!part)
        report_unknown_part(vnuma->build, vnuma->key, word, SEVERITY_WARNING);
    else if (!word->value || !*word->value)
        report_part_value(vnuma->build, part, word, SEVERITY_ERROR);
    else if (strcmp(part->name, "pnode") == 0)
        read_pnode(vnuma, part, word);
    else if (strcmp(part->name, "vcpus") == 0)
        read_vcpus(vnuma, part, word);
    else if (strcmp(part->name, "vdistances") == 0)
        read_distances(vnuma, part, word);
    else if (read_number(vnuma, part, word, INT64_MAX >> 21, &number))
        vnuma->node->memkb = (uint64_t)number << 10;
}

static void read_node(struct vnuma *vnuma, const struct setting_value *group)
{
    libxl_vnode_info *node = vnuma->node;
    int count = vnuma->build->config->b_info.num_vnuma_nodes;

    libxl_vnode_info_init(node);
    node->num_distances = count;
    node->distances = xcalloc((size_t)count, sizeof(*node->distances));
    bits_alloc(&node->vcpus, VCPU_BITS);
    for (size_t i = 0; i < group->count; i++) {
        struct spec_word word;

        spec_pair(&group->items[i], &word);
        read_part(vnuma, &word);
        spec_word_release(&word);
    }
    vnuma->memkb += node->memkb;
}

/* The nodes' CPUs are the guest's, unless maxvcpus says the same. */
static void check_vcpus(struct vnuma *vnuma)
{
    libxl_domain_build_info *b_info = &vnuma->build->config->b_info;

    if (b_info->max_vcpus && (unsigned long)b_info->max_vcpus != vnuma->vcpus)
        build_error(vnuma->build, "contradiction", &vnuma->setting->place,
                    "the nodes of 'vnuma' have %lu virtual CPUs and 'maxvcpus' is %d", vnuma->vcpus,
                    b_info->max_vcpus);
    else if (!b_info->max_vcpus && vnuma->vcpus > vnuma->build->facts->cpus)
        diagnostic_hint(build_error(vnuma->build, "too-many", &vnuma->setting->place,
                                    "the nodes of 'vnuma' have %lu virtual CPUs and the host has "
                                    "%u",
                                    vnuma->vcpus, vnuma->build->facts->cpus),
                        "'maxvcpus' with that number allows it");
    else if (vnuma->build->vcpus > vnuma->vcpus)
        build_error(vnuma->build, "contradiction", &vnuma->setting->place,
                    "the nodes of 'vnuma' have %lu virtual CPUs and 'vcpus' is %u", vnuma->vcpus,
                    vnuma->build->vcpus);
    if (!b_info->max_vcpus)
        b_info->max_vcpus = (int)vnuma->vcpus;
}

static void check_memory(struct vnuma *vnuma)
{
    libxl_domain_build_info *b_info = &vnuma->build->config->b_info;

    if (b_info->max_memkb != LIBXL_MEMKB_DEFAULT && b_info->max_memkb != vnuma->memkb)
        build_error(vnuma->build, "contradiction", &vnuma->setting->place,
                    "the nodes of 'vnuma' have %llu MiB and 'maxmem' is %llu MiB",
                    (unsigned long long)vnuma->memkb / 1024,
                    (unsigned long long)b_info->max_memkb / 1024);
    b_info->max_memkb = vnuma->memkb;
}

/* libxl_dom_load_acpi asks the hypervisor for the nodes in a way that it refuses; seen with 4.17.
 */
static void warn_of_pvh(const struct vnuma *vnuma)
{
    if (vnuma->build->config->c_info.type == LIBXL_DOMAIN_TYPE_PVH)
        diagnostic_hint(build_warning(vnuma->build, "not-possible", &vnuma->setting->place,
                                      "libxl fails to build a PVH guest with 'vnuma'"),
                        "guests of the types hvm and pv can have it");
}

void build_vnuma(struct build *build)
{
    struct vnuma vnuma = { .build = build, .setting = build_setting(build, "vnuma") };
    libxl_domain_build_info *b_info = &build->config->b_info;

    if (!vnuma.setting || vnuma.setting->value.count == 0)
        return;
    if (vnuma.setting->value.count > VCPU_BITS / 64) {
        build_error(build, "too-many", &vnuma.setting->place, "'vnuma' has more than %d nodes",
                    VCPU_BITS / 64);
        return;
    }
    warn_of_pvh(&vnuma);
    vnuma.key = vnuma.setting->key;
    b_info->num_vnuma_nodes = (int)vnuma.setting->value.count;
    b_info->vnuma_nodes = xcalloc(vnuma.setting->value.count, sizeof(*b_info->vnuma_nodes));
    bits_alloc(&vnuma.seen, VCPU_BITS);
    for (int i = 0; i < b_info->num_vnuma_nodes; i++) {
        vnuma.node = &b_info->vnuma_nodes[i];
        read_node(&vnuma, &vnuma.setting->value.items[i]);
    }
    libxl_bitmap_dispose(&vnuma.seen);
    check_vcpus(&vnuma);
    check_memory(&vnuma);
}
