/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Facts about the host, as xl prints them and as data; see host.h. */
#include "model/host.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void host_info_release(struct host_info *info)
{
    char **texts[] = {
        &info->name,         &info->release,      &info->version,    &info->machine,
        &info->xen_extra,    &info->capabilities, &info->scheduler,  &info->changeset,
        &info->command_line, &info->compiler,     &info->compile_by, &info->compile_domain,
        &info->compile_date, &info->build_id,
    };

    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        free(*texts[i]);
    for (size_t i = 0; i < info->node_count; i++)
        free(info->node_list[i].distances);
    string_list_release(&info->virt_caps);
    free(info->cpu_list);
    free(info->devices);
    free(info->node_list);
    *info = (struct host_info){ 0 };
}

#define HOST(row) ((const struct host_info *)(row))

#define TEXT_GETTER(field)                                                                         \
    static void get_##field(const void *row, struct value *value)                                  \
    {                                                                                              \
        value_set_text(value, HOST(row)->field);                                                   \
    }
#define UINT_GETTER(field)                                                                         \
    static void get_##field(const void *row, struct value *value)                                  \
    {                                                                                              \
        value_set_uint(value, HOST(row)->field);                                                   \
    }

TEXT_GETTER(name)
TEXT_GETTER(release)
TEXT_GETTER(version)
TEXT_GETTER(machine)
UINT_GETTER(cpus)
UINT_GETTER(max_cpu_id)
UINT_GETTER(nodes)
UINT_GETTER(cores_per_socket)
UINT_GETTER(threads_per_core)
UINT_GETTER(cpu_khz)
UINT_GETTER(total_memory_kib)
UINT_GETTER(free_memory_kib)
UINT_GETTER(sharing_freed_kib)
UINT_GETTER(sharing_used_kib)
UINT_GETTER(claims_kib)
UINT_GETTER(free_cpus)
UINT_GETTER(xen_major)
UINT_GETTER(xen_minor)
TEXT_GETTER(xen_extra)
TEXT_GETTER(scheduler)
UINT_GETTER(page_size)
TEXT_GETTER(changeset)
TEXT_GETTER(command_line)
TEXT_GETTER(compiler)
TEXT_GETTER(compile_by)
TEXT_GETTER(compile_domain)
TEXT_GETTER(compile_date)
TEXT_GETTER(build_id)
TEXT_GETTER(capabilities)

static void get_virt_caps(const void *row, struct value *value)
{
    value_set_list(value, &HOST(row)->virt_caps);
}

static char *hw_caps_text(const struct host_info *info)
{
    auto_str text = STR_INIT;

    for (size_t i = 0; i < HOST_HW_CAPS; i++)
        str_addf(&text, "%s%08x", i ? ":" : "", info->hw_caps[i]);
    return str_detach(&text);
}

static void get_hw_caps(const void *row, struct value *value)
{
    value_take_text(value, hw_caps_text(row));
}

static char *xen_version_text(const struct host_info *info)
{
    return xasprintf("%u.%u%s", info->xen_major, info->xen_minor,
                     info->xen_extra ? info->xen_extra : "");
}

static void get_xen_version(const void *row, struct value *value)
{
    value_take_text(value, xen_version_text(row));
}

static char *platform_text(const struct host_info *info)
{
    return xasprintf("virt_start=0x%" PRIx64, info->virt_start);
}

static void get_platform(const void *row, struct value *value)
{
    value_take_text(value, platform_text(row));
}

static void get_xenstore_features(const void *row, struct value *value)
{
    if (HOST(row)->has_xenstore_features)
        value_set_uint(value, HOST(row)->xenstore_features);
}

static const struct column columns[] = {
    { "host", "HOST", VALUE_TEXT, "name of the machine", get_name },
    { "release", "RELEASE", VALUE_TEXT, "release of domain 0's kernel", get_release },
    { "version", "VERSION", VALUE_TEXT, "version of domain 0's kernel", get_version },
    { "machine", "MACHINE", VALUE_TEXT, "architecture", get_machine },
    { "cpus", "CPUS", VALUE_UINT, "physical CPUs online", get_cpus },
    { "max_cpu_id", "MAX-CPU", VALUE_UINT, "highest CPU number", get_max_cpu_id },
    { "nodes", "NODES", VALUE_UINT, "NUMA nodes", get_nodes },
    { "cores_per_socket", "CORES", VALUE_UINT, "cores in a socket", get_cores_per_socket },
    { "threads_per_core", "THREADS", VALUE_UINT, "threads in a core", get_threads_per_core },
    { "cpu_khz", "CPU-KHZ", VALUE_UINT, "clock of the CPUs", get_cpu_khz },
    { "hw_caps", "HW-CAPS", VALUE_TEXT, "CPU feature words, hexadecimal", get_hw_caps },
    { "virt_caps", "VIRT-CAPS", VALUE_LIST, "what kinds of guest can run", get_virt_caps },
    { "total_memory_kib", "TOTAL-KIB", VALUE_UINT, "memory", get_total_memory_kib },
    { "free_memory_kib", "FREE-KIB", VALUE_UINT, "memory for new guests", get_free_memory_kib },
    { "sharing_freed_kib", "SHARE-FREED", VALUE_UINT, "saved by sharing", get_sharing_freed_kib },
    { "sharing_used_kib", "SHARE-USED", VALUE_UINT, "held by sharing", get_sharing_used_kib },
    { "claims_kib", "CLAIMS-KIB", VALUE_UINT, "claimed for guests being built", get_claims_kib },
    { "free_cpus", "FREE-CPUS", VALUE_UINT, "CPUs in no CPU pool", get_free_cpus },
    { "xen_version", "XEN", VALUE_TEXT, "version of the hypervisor", get_xen_version },
    { "xen_major", "MAJOR", VALUE_UINT, "its first number", get_xen_major },
    { "xen_minor", "MINOR", VALUE_UINT, "its second number", get_xen_minor },
    { "xen_extra", "EXTRA", VALUE_TEXT, "the rest of it", get_xen_extra },
    { "xen_caps", "XEN-CAPS", VALUE_TEXT, "guest interfaces", get_capabilities },
    { "xen_scheduler", "SCHEDULER", VALUE_TEXT, "default scheduler", get_scheduler },
    { "xen_page_size", "PAGE-SIZE", VALUE_UINT, "bytes in a page", get_page_size },
    { "platform_params", "PLATFORM", VALUE_TEXT, "start of Xen's address space", get_platform },
    { "xen_changeset", "CHANGESET", VALUE_TEXT, "source revision", get_changeset },
    { "xen_command_line", "CMDLINE", VALUE_TEXT, "Xen's boot options", get_command_line },
    { "cc_compiler", "COMPILER", VALUE_TEXT, "compiler Xen was built with", get_compiler },
    { "cc_compile_by", "BUILT-BY", VALUE_TEXT, "who built it", get_compile_by },
    { "cc_compile_domain", "BUILT-AT", VALUE_TEXT, "where", get_compile_domain },
    { "cc_compile_date", "BUILT-ON", VALUE_TEXT, "when", get_compile_date },
    { "build_id", "BUILD-ID", VALUE_TEXT, "identifier of the build", get_build_id },
    { "xenstore_features", "XENSTORE", VALUE_UINT, "what xenstored can do", get_xenstore_features },
};

const struct column_table host_columns = {
    .noun = "host",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "host,xen_version,cpus,total_memory_kib,free_memory_kib",
};

/* xl's lines. */

struct lines {
    struct str *text;
    const char *prefix;
};

static void line(struct lines *lines, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Takes the printable form: names and command lines come from outside. */
static void line(struct lines *lines, const char *name, const char *format, ...)
{
    auto_free char *raw = NULL, *value = NULL;
    va_list args;

    va_start(args, format);
    raw = xvasprintf(format, args);
    va_end(args);
    value = printable(raw);
    if (!lines->prefix)
        str_addf(lines->text, "%-23s: %s\n", name, value);
    else if (starts_with(name, lines->prefix))
        str_addf(lines->text, "%s\n", value);
}

static void text_line(struct lines *lines, const char *name, const char *value)
{
    line(lines, name, "%s", value ? value : "");
}

static void uint_line(struct lines *lines, const char *name, uint64_t value)
{
    line(lines, name, "%" PRIu64, value);
}

static void virt_caps_line(struct lines *lines, const struct host_info *info)
{
    auto_str value = STR_INIT;

    for (size_t i = 0; i < info->virt_caps.count; i++)
        str_addf(&value, "%s%s", i ? " " : "", info->virt_caps.items[i]);
    text_line(lines, "virt_caps", str_text(&value));
}

static void machine_lines(struct lines *lines, const struct host_info *info)
{
    auto_free char *hw_caps = hw_caps_text(info);

    text_line(lines, "host", info->name);
    text_line(lines, "release", info->release);
    text_line(lines, "version", info->version);
    text_line(lines, "machine", info->machine);
    uint_line(lines, "nr_cpus", info->cpus);
    uint_line(lines, "max_cpu_id", info->max_cpu_id);
    uint_line(lines, "nr_nodes", info->nodes);
    uint_line(lines, "cores_per_socket", info->cores_per_socket);
    uint_line(lines, "threads_per_core", info->threads_per_core);
    line(lines, "cpu_mhz", "%u.%03u", info->cpu_khz / 1000, info->cpu_khz % 1000);
    text_line(lines, "hw_caps", hw_caps);
    virt_caps_line(lines, info);
    uint_line(lines, "total_memory", info->total_memory_kib / 1024);
    uint_line(lines, "free_memory", info->free_memory_kib / 1024);
    uint_line(lines, "sharing_freed_memory", info->sharing_freed_kib / 1024);
    uint_line(lines, "sharing_used_memory", info->sharing_used_kib / 1024);
    uint_line(lines, "outstanding_claims", info->claims_kib / 1024);
    uint_line(lines, "free_cpus", info->free_cpus);
}

static void cpu_lines(struct str *text, const struct host_info *info)
{
    str_add(text, "cpu_topology           :\ncpu:    core    socket     node\n");
    for (size_t i = 0; i < info->cpu_count; i++) {
        const struct host_cpu *cpu = &info->cpu_list[i];

        str_addf(text, "%3u:    %4u     %4u     %4u\n", cpu->cpu, cpu->core, cpu->socket,
                 cpu->node);
    }
}

static void device_lines(struct str *text, const struct host_info *info)
{
    str_add(text, "device topology        :\ndevice           node\n");
    for (size_t i = 0; i < info->device_count; i++)
        str_addf(text, "%s      %u\n", info->devices[i].address, info->devices[i].node);
    if (info->device_count == 0)
        str_add(text, "No device topology data available\n");
}

static void node_lines(struct str *text, const struct host_info *info)
{
    str_add(text, "numa_info              :\nnode:    memsize    memfree    distances\n");
    for (size_t i = 0; i < info->node_count; i++) {
        const struct host_node *node = &info->node_list[i];

        str_addf(text, "%4zu:    %6" PRIu64 "     %6" PRIu64 "      ", i, node->size_kib / 1024,
                 node->free_kib / 1024);
        for (size_t j = 0; j < node->distance_count; j++)
            str_addf(text, "%s%u", j ? "," : "", node->distances[j]);
        str_add_char(text, '\n');
    }
}

static void xen_lines(struct lines *lines, const struct host_info *info)
{
    auto_free char *version = xen_version_text(info);
    auto_free char *platform = platform_text(info);
    auto_free char *features = xasprintf("0x%08x", info->xenstore_features);

    uint_line(lines, "xen_major", info->xen_major);
    uint_line(lines, "xen_minor", info->xen_minor);
    text_line(lines, "xen_extra", info->xen_extra);
    text_line(lines, "xen_version", version);
    text_line(lines, "xen_caps", info->capabilities);
    text_line(lines, "xen_scheduler", info->scheduler);
    uint_line(lines, "xen_pagesize", info->page_size);
    text_line(lines, "platform_params", platform);
    text_line(lines, "xen_changeset", info->changeset);
    text_line(lines, "xen_commandline", info->command_line);
    text_line(lines, "cc_compiler", info->compiler);
    text_line(lines, "cc_compile_by", info->compile_by);
    text_line(lines, "cc_compile_domain", info->compile_domain);
    text_line(lines, "cc_compile_date", info->compile_date);
    text_line(lines, "build_id", info->build_id);
    if (info->has_xenstore_features)
        text_line(lines, "xenstore_features", features);
    /* A constant that scripts of xend's time look for. */
    text_line(lines, "xend_config_format", "4");
}

void host_info_text(const struct host_info *info, const char *prefix, struct str *text)
{
    struct lines lines = { .text = text, .prefix = prefix };

    machine_lines(&lines, info);
    if (info->has_topology) {
        cpu_lines(text, info);
        device_lines(text, info);
        node_lines(text, info);
    }
    xen_lines(&lines, info);
}
