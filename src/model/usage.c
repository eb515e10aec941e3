/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counters and rates of domains as rows; see usage.h. */
#include "model/usage.h"

#include <string.h>

#include "base/mem.h"
#include "base/number.h"

static const struct domain_sample *find_same(const struct sample *before,
                                             const struct domain_sample *now)
{
    const struct domain_sample *found = before ? sample_find(before, now->domain.domid) : NULL;

    return found && strcmp(found->domain.uuid, now->domain.uuid) == 0 ? found : NULL;
}

struct usage *usage_rows(const struct sample *now, const struct sample *before)
{
    struct usage *rows = xcalloc(now->count, sizeof(*rows));

    for (size_t i = 0; i < now->count; i++) {
        rows[i].sample = now;
        rows[i].now = &now->domains[i];
        if (before && now->taken_ns > before->taken_ns) {
            rows[i].before = find_same(before, rows[i].now);
            rows[i].elapsed_ns = now->taken_ns - before->taken_ns;
        }
    }
    return rows;
}

double usage_rate(const struct usage *usage, uint64_t now, uint64_t before)
{
    if (now < before || !usage->elapsed_ns)
        return 0;
    return (double)(now - before) * 1e9 / (double)usage->elapsed_ns;
}

bool usage_cpu_percent(const struct usage *usage, double *ret_percent)
{
    if (!usage->before)
        return false;
    *ret_percent =
        usage_rate(usage, usage->now->domain.cpu_time_ns, usage->before->domain.cpu_time_ns) / 1e7;
    return true;
}

bool usage_host_percent(const struct usage *rows, size_t count, double *ret_percent)
{
    bool known = false;
    double sum = 0, percent;

    for (size_t i = 0; i < count; i++) {
        if (!usage_cpu_percent(&rows[i], &percent))
            continue;
        known = true;
        sum += percent;
    }
    if (!known || !rows->sample->cpus)
        return false;
    *ret_percent = sum / rows->sample->cpus;
    return true;
}

bool usage_rates(const struct usage *usage, struct usage_rates *rates)
{
    struct network_sample network, network_before;
    struct disk_sample disk, disk_before;

    if (!usage->before)
        return false;
    network = domain_sample_network(usage->now);
    network_before = domain_sample_network(usage->before);
    disk = domain_sample_disk(usage->now);
    disk_before = domain_sample_disk(usage->before);
    *rates = (struct usage_rates){
        .received = usage_rate(usage, network.received.bytes, network_before.received.bytes),
        .sent = usage_rate(usage, network.sent.bytes, network_before.sent.bytes),
        .read = usage_rate(usage, disk.read_bytes, disk_before.read_bytes),
        .written = usage_rate(usage, disk.written_bytes, disk_before.written_bytes),
    };
    return true;
}

void usage_host_line(const struct sample *sample, const struct usage *rows, struct str *text)
{
    auto_free char *memory = human_kib(sample->memory_kib);
    auto_free char *free_memory = human_kib(sample->free_memory_kib);
    double percent;

    str_addf(text, "Xen %s: %u CPUs", sample->xen_version ? sample->xen_version : "", sample->cpus);
    if (usage_host_percent(rows, sample->count, &percent))
        str_addf(text, " %.1f%% used", percent);
    str_addf(text, ", memory %s, %s free, %zu domain%s", memory, free_memory, sample->count,
             sample->count == 1 ? "" : "s");
}

#define NOW(row)    (((const struct usage *)(row))->now)
#define DOMAIN(row) (&NOW(row)->domain)

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->name);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->uuid);
}

static void get_type(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->type);
}

static void get_state(const void *row, struct value *value)
{
    value_set_text(value, domain_state(DOMAIN(row)));
}

static void get_start_time(const void *row, struct value *value)
{
    if (NOW(row)->start_s)
        value_set_uint(value, NOW(row)->start_s);
}

static void get_vcpus(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->vcpus_online);
}

static void get_cpu_time(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->cpu_time_ns);
}

/* Two digits behind the point say enough. */
static void set_rounded(struct value *value, double number)
{
    value_set_float(value, (double)(uint64_t)(number * 100 + 0.5) / 100);
}

static void get_cpu_percent(const void *row, struct value *value)
{
    double percent;

    if (usage_cpu_percent(row, &percent))
        set_rounded(value, percent);
}

static void get_memory(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->memory_kib);
}

static void get_max_memory(const void *row, struct value *value)
{
    value_set_uint(value, DOMAIN(row)->max_memory_kib);
}

#define NETWORK_COLUMN(name, field)                                                                \
    static void name(const void *row, struct value *value)                                         \
    {                                                                                              \
        if (NOW(row)->network_count)                                                               \
            value_set_uint(value, domain_sample_network(NOW(row)).field);                          \
    }
NETWORK_COLUMN(get_received_bytes, received.bytes)
NETWORK_COLUMN(get_received_packets, received.packets)
NETWORK_COLUMN(get_received_errors, received.errors)
NETWORK_COLUMN(get_received_dropped, received.dropped)
NETWORK_COLUMN(get_sent_bytes, sent.bytes)
NETWORK_COLUMN(get_sent_packets, sent.packets)
NETWORK_COLUMN(get_sent_errors, sent.errors)
NETWORK_COLUMN(get_sent_dropped, sent.dropped)

#define DISK_COLUMN(name, field)                                                                   \
    static void name(const void *row, struct value *value)                                         \
    {                                                                                              \
        if (NOW(row)->disk_count)                                                                  \
            value_set_uint(value, domain_sample_disk(NOW(row)).field);                             \
    }
DISK_COLUMN(get_read_requests, read_requests)
DISK_COLUMN(get_write_requests, write_requests)
DISK_COLUMN(get_read_bytes, read_bytes)
DISK_COLUMN(get_written_bytes, written_bytes)

#define RATE_COLUMN(name, field, count)                                                            \
    static void name(const void *row, struct value *value)                                         \
    {                                                                                              \
        struct usage_rates rates;                                                                  \
                                                                                                   \
        if (NOW(row)->count && usage_rates(row, &rates))                                           \
            value_set_uint(value, (uint64_t)(rates.field + 0.5));                                  \
    }
RATE_COLUMN(get_received_rate, received, network_count)
RATE_COLUMN(get_sent_rate, sent, network_count)
RATE_COLUMN(get_read_rate, read, disk_count)
RATE_COLUMN(get_written_rate, written, disk_count)

static const struct column columns[] = {
    { "name", "NAME", VALUE_TEXT, "name of the domain", get_name },
    { "domid", "ID", VALUE_UINT, "number of the domain on this host", get_domid },
    { "uuid", "UUID", VALUE_TEXT, "UUID of the domain", get_uuid },
    { "type", "TYPE", VALUE_TEXT, "pv, pvh or hvm", get_type },
    { "state", "STATE", VALUE_TEXT, "running, blocked, runnable, paused, shutdown or dying",
      get_state },
    { "start_time_s", "START-S", VALUE_UINT, "when it was started, counted from 1970",
      get_start_time },
    { "vcpus", "VCPUS", VALUE_UINT, "virtual CPUs online", get_vcpus },
    { "cpu_time_ns", "CPU-NS", VALUE_UINT, "CPU time used by all its virtual CPUs", get_cpu_time },
    { "cpu_percent", "CPU%", VALUE_FLOAT, "of one CPU, since the sample before", get_cpu_percent },
    { "memory_kib", "MEM-KIB", VALUE_UINT, "memory it holds now", get_memory },
    { "max_memory_kib", "MAXMEM-KIB", VALUE_UINT, "memory it may grow to", get_max_memory },
    { "network_received_bytes", "NET-IN", VALUE_UINT, "what came to it over its networks",
      get_received_bytes },
    { "network_received_packets", "PACKETS-IN", VALUE_UINT, "the same, in packets",
      get_received_packets },
    { "network_received_errors", "ERRORS-IN", VALUE_UINT, "packets to it that were lost by errors",
      get_received_errors },
    { "network_received_dropped", "DROPS-IN", VALUE_UINT, "packets to it that were dropped",
      get_received_dropped },
    { "network_sent_bytes", "NET-OUT", VALUE_UINT, "what it sent over its networks",
      get_sent_bytes },
    { "network_sent_packets", "PACKETS-OUT", VALUE_UINT, "the same, in packets", get_sent_packets },
    { "network_sent_errors", "ERRORS-OUT", VALUE_UINT, "packets from it that were lost by errors",
      get_sent_errors },
    { "network_sent_dropped", "DROPS-OUT", VALUE_UINT, "packets from it that were dropped",
      get_sent_dropped },
    { "disk_read_requests", "READS", VALUE_UINT, "requests to read from its disks",
      get_read_requests },
    { "disk_read_bytes", "READ", VALUE_UINT, "what it read from its disks", get_read_bytes },
    { "disk_write_requests", "WRITES", VALUE_UINT, "requests to write to its disks",
      get_write_requests },
    { "disk_written_bytes", "WRITTEN", VALUE_UINT, "what it wrote to its disks",
      get_written_bytes },
    { "network_received_bytes_per_s", "NET-IN/S", VALUE_UINT, "since the sample before",
      get_received_rate },
    { "network_sent_bytes_per_s", "NET-OUT/S", VALUE_UINT, "since the sample before",
      get_sent_rate },
    { "disk_read_bytes_per_s", "READ/S", VALUE_UINT, "since the sample before", get_read_rate },
    { "disk_written_bytes_per_s", "WRITTEN/S", VALUE_UINT, "since the sample before",
      get_written_rate },
};

const struct column_table usage_columns = {
    .noun = "domains",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "name,domid,state,vcpus,cpu_percent,cpu_time_ns,memory_kib,network_received_bytes,"
                "network_sent_bytes,disk_read_bytes,disk_written_bytes",
};
