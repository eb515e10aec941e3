/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counters at one moment; see sample.h. */
#include "model/sample.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vdev.h"

static void release_domain(struct domain_sample *domain)
{
    for (size_t i = 0; i < domain->network_count; i++)
        free(domain->networks[i].interface);
    free(domain->networks);
    free(domain->disks);
    free(domain->vcpus);
    domain_release(&domain->domain);
}

void sample_release(struct sample *sample)
{
    for (size_t i = 0; i < sample->count; i++)
        release_domain(&sample->domains[i]);
    free(sample->domains);
    free(sample->xen_version);
    free(sample->scheduler);
    *sample = (struct sample){ 0 };
}

struct network_sample *domain_sample_add_network(struct domain_sample *domain, uint32_t devid)
{
    struct network_sample *network;

    domain->networks =
        xreallocarray(domain->networks, domain->network_count + 1, sizeof(*domain->networks));
    network = &domain->networks[domain->network_count++];
    *network = (struct network_sample){ .devid = devid };
    return network;
}

struct disk_sample *domain_sample_add_disk(struct domain_sample *domain, uint32_t number)
{
    auto_free char *name = vdev_name(number);
    struct disk_sample *disk;

    domain->disks = xreallocarray(domain->disks, domain->disk_count + 1, sizeof(*domain->disks));
    disk = &domain->disks[domain->disk_count++];
    *disk = (struct disk_sample){ .number = number };
    snprintf(disk->name, sizeof(disk->name), "%s", name);
    return disk;
}

static int compare_networks(const void *a, const void *b)
{
    const struct network_sample *x = a, *y = b;

    return (x->devid > y->devid) - (x->devid < y->devid);
}

static int compare_disks(const void *a, const void *b)
{
    const struct disk_sample *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

void domain_sample_sort(struct domain_sample *domain)
{
    if (domain->network_count)
        qsort(domain->networks, domain->network_count, sizeof(*domain->networks), compare_networks);
    if (domain->disk_count)
        qsort(domain->disks, domain->disk_count, sizeof(*domain->disks), compare_disks);
}

struct domain_sample *sample_find(const struct sample *sample, uint32_t domid)
{
    for (size_t i = 0; i < sample->count; i++)
        if (sample->domains[i].domain.domid == domid)
            return &sample->domains[i];
    return NULL;
}

static void add_traffic(struct traffic *sum, const struct traffic *part)
{
    sum->bytes += part->bytes;
    sum->packets += part->packets;
    sum->errors += part->errors;
    sum->dropped += part->dropped;
}

struct network_sample domain_sample_network(const struct domain_sample *domain)
{
    struct network_sample sum = { 0 };

    for (size_t i = 0; i < domain->network_count; i++) {
        add_traffic(&sum.received, &domain->networks[i].received);
        add_traffic(&sum.sent, &domain->networks[i].sent);
    }
    return sum;
}

struct disk_sample domain_sample_disk(const struct domain_sample *domain)
{
    struct disk_sample sum = { 0 };

    for (size_t i = 0; i < domain->disk_count; i++) {
        const struct disk_sample *disk = &domain->disks[i];

        sum.read_requests += disk->read_requests;
        sum.write_requests += disk->write_requests;
        sum.flush_requests += disk->flush_requests;
        sum.discard_requests += disk->discard_requests;
        sum.read_bytes += disk->read_bytes;
        sum.written_bytes += disk->written_bytes;
        sum.queue_full += disk->queue_full;
    }
    return sum;
}
