/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sample as JSON; see sampling_json.h. */
#include "commands/sampling_json.h"

static void number(struct json *json, const char *key, uint64_t value)
{
    json_key(json, key);
    json_uint(json, value);
}

static void traffic(struct json *json, const char *direction, const struct traffic *traffic)
{
    json_key(json, direction);
    json_object_begin(json);
    number(json, "bytes", traffic->bytes);
    number(json, "packets", traffic->packets);
    number(json, "errors", traffic->errors);
    number(json, "dropped", traffic->dropped);
    json_object_end(json);
}

static void networks(struct json *json, const struct domain_sample *domain)
{
    json_key(json, "networks");
    json_array_begin(json);
    for (size_t i = 0; i < domain->network_count; i++) {
        const struct network_sample *network = &domain->networks[i];

        json_object_begin(json);
        number(json, "devid", network->devid);
        json_key(json, "interface");
        json_text(json, network->interface);
        traffic(json, "received", &network->received);
        traffic(json, "sent", &network->sent);
        json_object_end(json);
    }
    json_array_end(json);
}

static void disks(struct json *json, const struct domain_sample *domain)
{
    json_key(json, "disks");
    json_array_begin(json);
    for (size_t i = 0; i < domain->disk_count; i++) {
        const struct disk_sample *disk = &domain->disks[i];

        json_object_begin(json);
        json_key(json, "vdev");
        json_text(json, disk->name);
        number(json, "read_requests", disk->read_requests);
        number(json, "read_bytes", disk->read_bytes);
        number(json, "write_requests", disk->write_requests);
        number(json, "written_bytes", disk->written_bytes);
        number(json, "flush_requests", disk->flush_requests);
        number(json, "discard_requests", disk->discard_requests);
        number(json, "queue_full", disk->queue_full);
        json_object_end(json);
    }
    json_array_end(json);
}

static void devices(struct json *json, const void *row)
{
    const struct usage *usage = row;

    networks(json, usage->now);
    disks(json, usage->now);
}

static void host(struct json *json, const struct sample *sample, const struct usage *all)
{
    double percent;

    json_key(json, "host");
    json_object_begin(json);
    json_key(json, "xen_version");
    json_text(json, sample->xen_version);
    json_key(json, "xen_scheduler");
    json_text(json, sample->scheduler);
    number(json, "cpus", sample->cpus);
    json_key(json, "cpu_percent");
    if (usage_host_percent(all, sample->count, &percent))
        json_float(json, (double)(uint64_t)(percent * 100 + 0.5) / 100);
    else
        json_null(json);
    number(json, "total_memory_kib", sample->memory_kib);
    number(json, "free_memory_kib", sample->free_memory_kib);
    number(json, "scrub_memory_kib", sample->scrub_memory_kib);
    json_object_end(json);
}

int sampling_json(struct json *json, const struct sample *sample, const struct usage *all,
                  const struct listing *listing, const struct output_options *options,
                  struct error **error)
{
    json_object_begin(json);
    number(json, "schema_version", JSON_SCHEMA_VERSION);
    number(json, "time_ms", sample->time_ms);
    host(json, sample, all);
    if (listing_add_rows(listing, options, devices, json, error) < 0)
        return -1;
    json_object_end(json);
    return 0;
}
