/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The metrics, one row each, and how they are written; see metrics.h. */
#include "model/metrics.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"

#define KIB    UINT64_C(1024)
#define NANO   UINT64_C(1000000000)
#define STATES 6

/* One that is being received; its sender shows the guest. */
#define INCOMING "--incoming"

static const char *const states[STATES] = { "running", "blocked",  "runnable",
                                            "paused",  "shutdown", "dying" };

struct metric;

struct writer {
    struct str *text;
    const struct metrics_input *input;
    const struct metric *metric;
};

struct metric {
    const char *name, *type, *help;
    void (*write)(const struct writer *writer);
    /* For the common kinds of write. */
    uint64_t (*domain_value)(const struct domain_sample *domain);
    uint64_t (*network_value)(const struct network_sample *network);
    uint64_t (*disk_value)(const struct disk_sample *disk);
    uint64_t (*host_value)(const struct sample *sample);
    uint64_t divisor; /* 0: the value is whole */
};

static bool is_odd(const char *c, size_t length)
{
    return length == 0 || (length == 1 && ((unsigned char)*c < 0x20 || *c == 0x7f));
}

/* Backslash, quote and newline must be escaped. Bytes that are not UTF-8 would make the reader drop
 * the whole file, and control characters drive a terminal: both are written as \xHH, with its
 * backslash escaped. */
static void add_label(struct str *text, const char *name, const char *value)
{
    size_t left = strlen(value);

    str_addf(text, "%s=\"", name);
    while (left) {
        size_t length = utf8_length(value, left);

        if (*value == '\n')
            str_add(text, "\\n");
        else if (is_odd(value, length))
            str_addf(text, "\\\\x%02x", (unsigned char)*value);
        else if (*value == '\\' || *value == '"')
            str_addf(text, "\\%c", *value);
        else
            str_add_bytes(text, value, length);
        length = length ? length : 1;
        value += length;
        left -= length;
    }
    str_add_char(text, '"');
}

/* Without the locale's point, and without losing digits. */
static void add_value(struct str *text, uint64_t value, uint64_t divisor)
{
    if (divisor > 1)
        str_addf(text, " %" PRIu64 ".%09" PRIu64 "\n", value / divisor, value % divisor);
    else
        str_addf(text, " %" PRIu64 "\n", value);
}

static bool is_left_out(const struct sample *sample, size_t index)
{
    const struct domain *domain = &sample->domains[index].domain;

    if (!domain->name || domain->dying || ends_with(domain->name, INCOMING))
        return true;
    for (size_t i = 0; i < index; i++)
        if (strcmp(sample->domains[i].domain.uuid, domain->uuid) == 0 &&
            sample->domains[i].domain.name &&
            strcmp(sample->domains[i].domain.name, domain->name) == 0)
            return true;
    return false;
}

static void begin_sample(const struct writer *writer, const struct domain *domain)
{
    str_addf(writer->text, "%s{", writer->metric->name);
    add_label(writer->text, "name", domain->name);
    str_add_char(writer->text, ',');
    add_label(writer->text, "uuid", domain->uuid);
}

static void label(const struct writer *writer, const char *name, const char *value)
{
    str_add_char(writer->text, ',');
    add_label(writer->text, name, value);
}

static void end_sample(const struct writer *writer, uint64_t value)
{
    str_add_char(writer->text, '}');
    add_value(writer->text, value, writer->metric->divisor);
}

static void write_up(const struct writer *writer)
{
    str_addf(writer->text, "%s %d\n", writer->metric->name, writer->input->sample != NULL);
}

static void write_supervisor(const struct writer *writer)
{
    if (writer->input->supervisor_known)
        str_addf(writer->text, "%s %d\n", writer->metric->name, writer->input->supervisor_up);
}

static void write_info(const struct writer *writer)
{
    const struct sample *sample = writer->input->sample;

    if (!sample)
        return;
    str_addf(writer->text, "%s{", writer->metric->name);
    add_label(writer->text, "version", sample->xen_version ? sample->xen_version : "");
    label(writer, "scheduler", sample->scheduler ? sample->scheduler : "");
    end_sample(writer, 1);
}

static void write_host(const struct writer *writer)
{
    if (!writer->input->sample)
        return;
    str_add(writer->text, writer->metric->name);
    add_value(writer->text, writer->metric->host_value(writer->input->sample),
              writer->metric->divisor);
}

static void write_domain_info(const struct writer *writer, const struct domain_sample *domain)
{
    begin_sample(writer, &domain->domain);
    label(writer, "type", domain->domain.type ? domain->domain.type : "");
    end_sample(writer, 1);
}

static void write_domain_state(const struct writer *writer, const struct domain_sample *domain)
{
    for (size_t i = 0; i < STATES; i++) {
        begin_sample(writer, &domain->domain);
        label(writer, "state", states[i]);
        end_sample(writer, strcmp(domain_state(&domain->domain), states[i]) == 0);
    }
}

static void write_domain_value(const struct writer *writer, const struct domain_sample *domain)
{
    begin_sample(writer, &domain->domain);
    end_sample(writer, writer->metric->domain_value(domain));
}

static void write_domain_start(const struct writer *writer, const struct domain_sample *domain)
{
    if (domain->start_s)
        write_domain_value(writer, domain);
}

static void write_domain_networks(const struct writer *writer, const struct domain_sample *domain)
{
    for (size_t i = 0; i < domain->network_count; i++) {
        auto_free char *device = xasprintf("%u", domain->networks[i].devid);

        begin_sample(writer, &domain->domain);
        label(writer, "device", device);
        end_sample(writer, writer->metric->network_value(&domain->networks[i]));
    }
}

static void write_domain_disks(const struct writer *writer, const struct domain_sample *domain)
{
    for (size_t i = 0; i < domain->disk_count; i++) {
        begin_sample(writer, &domain->domain);
        label(writer, "device", domain->disks[i].name);
        end_sample(writer, writer->metric->disk_value(&domain->disks[i]));
    }
}

static void each_domain(const struct writer *writer,
                        void (*write)(const struct writer *, const struct domain_sample *))
{
    const struct sample *sample = writer->input->sample;

    for (size_t i = 0; sample && i < sample->count; i++)
        if (!is_left_out(sample, i))
            write(writer, &sample->domains[i]);
}

#define EACH_DOMAIN(name, write)                                                                   \
    static void name(const struct writer *writer)                                                  \
    {                                                                                              \
        each_domain(writer, write);                                                                \
    }
EACH_DOMAIN(write_infos, write_domain_info)
EACH_DOMAIN(write_states, write_domain_state)
EACH_DOMAIN(write_starts, write_domain_start)
EACH_DOMAIN(write_domains, write_domain_value)
EACH_DOMAIN(write_networks, write_domain_networks)
EACH_DOMAIN(write_disks, write_domain_disks)

#define VALUE(name, type, expression)                                                              \
    static uint64_t name(const struct type *it)                                                    \
    {                                                                                              \
        return expression;                                                                         \
    }
VALUE(host_cpus, sample, it->cpus)
VALUE(host_memory, sample, it->memory_kib *KIB)
VALUE(host_free, sample, it->free_memory_kib *KIB)
VALUE(host_scrub, sample, it->scrub_memory_kib *KIB)
VALUE(cpu_time, domain_sample, it->domain.cpu_time_ns)
VALUE(vcpus, domain_sample, it->domain.vcpus_online)
VALUE(vcpus_max, domain_sample, it->domain.vcpus_max)
VALUE(memory, domain_sample, it->domain.memory_kib *KIB)
VALUE(memory_max, domain_sample, it->domain.max_memory_kib *KIB)
VALUE(start_time, domain_sample, it->start_s)
VALUE(received_bytes, network_sample, it->received.bytes)
VALUE(received_packets, network_sample, it->received.packets)
VALUE(received_errors, network_sample, it->received.errors)
VALUE(received_dropped, network_sample, it->received.dropped)
VALUE(sent_bytes, network_sample, it->sent.bytes)
VALUE(sent_packets, network_sample, it->sent.packets)
VALUE(sent_errors, network_sample, it->sent.errors)
VALUE(sent_dropped, network_sample, it->sent.dropped)
VALUE(read_requests, disk_sample, it->read_requests)
VALUE(write_requests, disk_sample, it->write_requests)
VALUE(flush_requests, disk_sample, it->flush_requests)
VALUE(discard_requests, disk_sample, it->discard_requests)
VALUE(read_bytes, disk_sample, it->read_bytes)
VALUE(written_bytes, disk_sample, it->written_bytes)
VALUE(queue_full, disk_sample, it->queue_full)

#define NETWORK(field, value, text)                                                                \
    {                                                                                              \
        "xen_domain_network_" field "_total", "counter", text, .write = write_networks,            \
                                                               .network_value = (value)            \
    }
#define DISK(field, value, text)                                                                   \
    {                                                                                              \
        "xen_domain_disk_" field "_total", "counter", text, .write = write_disks,                  \
                                                            .disk_value = (value)                  \
    }

static const struct metric metrics[] = {
    { "xen_up", "gauge", "Whether the hypervisor could be asked.", .write = write_up },
    { "xen_supervisor_up", "gauge", "Whether the supervisor of xn's guests runs.",
      .write = write_supervisor },
    { "xen_hypervisor_info", "gauge", "Version and scheduler of the hypervisor.",
      .write = write_info },
    { "xen_host_cpus", "gauge", "Physical CPUs online.", .write = write_host,
      .host_value = host_cpus },
    { "xen_host_memory_bytes", "gauge", "Memory of the machine.", .write = write_host,
      .host_value = host_memory },
    { "xen_host_memory_free_bytes", "gauge", "Memory that no domain has.", .write = write_host,
      .host_value = host_free },
    { "xen_host_memory_scrub_bytes", "gauge", "Free memory that must still be wiped.",
      .write = write_host, .host_value = host_scrub },
    { "xen_domain_info", "gauge", "Each domain and its type.", .write = write_infos },
    { "xen_domain_state", "gauge", "1 for the state that the domain is in, 0 for the others.",
      .write = write_states },
    { "xen_domain_start_time_seconds", "gauge", "When the domain was started, since 1970.",
      .write = write_starts, .domain_value = start_time },
    { "xen_domain_cpu_seconds_total", "counter", "CPU time used by all virtual CPUs.",
      .write = write_domains, .domain_value = cpu_time, .divisor = NANO },
    { "xen_domain_vcpus", "gauge", "Virtual CPUs online.", .write = write_domains,
      .domain_value = vcpus },
    { "xen_domain_vcpus_max", "gauge", "Virtual CPUs that the domain may have.",
      .write = write_domains, .domain_value = vcpus_max },
    { "xen_domain_memory_bytes", "gauge", "Memory that the domain holds.", .write = write_domains,
      .domain_value = memory },
    { "xen_domain_memory_max_bytes", "gauge", "Memory that the domain may grow to.",
      .write = write_domains, .domain_value = memory_max },
    NETWORK("receive_bytes", received_bytes, "Bytes that came to the domain."),
    NETWORK("receive_packets", received_packets, "Packets that came to the domain."),
    NETWORK("receive_errors", received_errors, "Packets to the domain that were lost by errors."),
    NETWORK("receive_dropped", received_dropped, "Packets to the domain that were dropped."),
    NETWORK("transmit_bytes", sent_bytes, "Bytes that the domain sent."),
    NETWORK("transmit_packets", sent_packets, "Packets that the domain sent."),
    NETWORK("transmit_errors", sent_errors, "Packets from the domain that were lost by errors."),
    NETWORK("transmit_dropped", sent_dropped, "Packets from the domain that were dropped."),
    DISK("read_requests", read_requests, "Requests to read."),
    DISK("write_requests", write_requests, "Requests to write."),
    DISK("flush_requests", flush_requests, "Requests to bring all to the disk."),
    DISK("discard_requests", discard_requests, "Requests to forget blocks."),
    DISK("read_bytes", read_bytes, "Bytes that the domain read."),
    DISK("written_bytes", written_bytes, "Bytes that the domain wrote."),
    DISK("queue_full", queue_full, "Requests that had to wait for memory of the backend."),
};

void metrics_text(const struct metrics_input *input, struct str *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(metrics); i++) {
        auto_str samples = STR_INIT;
        struct writer writer = { .text = &samples, .input = input, .metric = &metrics[i] };

        metrics[i].write(&writer);
        if (!samples.length)
            continue;
        str_addf(text, "# HELP %s %s\n# TYPE %s %s\n%s", metrics[i].name, metrics[i].help,
                 metrics[i].name, metrics[i].type, str_text(&samples));
    }
}

void metrics_each(void (*tell)(void *context, const char *name, const char *type, const char *help),
                  void *context)
{
    for (size_t i = 0; i < ARRAY_SIZE(metrics); i++)
        tell(context, metrics[i].name, metrics[i].type, metrics[i].help);
}
