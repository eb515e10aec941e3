/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The counters of the host and of all its domains at one moment: what 'xn stats' and 'xn top' show.
 * Networks and disks are counted as the guest sees them: received is what came to the guest.
 */
#ifndef XN_MODEL_SAMPLE_H
#define XN_MODEL_SAMPLE_H

#include "model/domain.h"

struct traffic {
    uint64_t bytes, packets, errors, dropped;
};

struct network_sample {
    uint32_t devid;
    char *interface; /* its name in domain 0; NULL: unknown */
    struct traffic received, sent;
};

struct disk_sample {
    uint32_t number; /* as xenstore has it, 51712 */
    char name[16];   /* "xvda" */
    uint64_t read_requests, write_requests, flush_requests, discard_requests;
    uint64_t read_bytes, written_bytes;
    uint64_t queue_full; /* how often a request had to wait for memory of the backend */
};

struct vcpu_sample {
    uint32_t number, cpu; /* cpu: where it runs or has run last */
    bool online, blocked, running;
    uint64_t cpu_time_ns;
};

struct domain_sample {
    struct domain domain;
    uint64_t start_s; /* since 1970; 0: unknown */
    struct network_sample *networks;
    size_t network_count;
    struct disk_sample *disks;
    size_t disk_count;
    struct vcpu_sample *vcpus; /* only when they were asked for */
    size_t vcpu_count;
};

struct sample {
    uint64_t taken_ns; /* of the clock that only goes forward: for differences */
    uint64_t time_ms;  /* since 1970 */
    char *xen_version, *scheduler;
    uint32_t cpus;
    uint64_t memory_kib, free_memory_kib, scrub_memory_kib;
    struct domain_sample *domains; /* by ascending domid */
    size_t count;
};

#define auto_sample __attribute__((cleanup(sample_release))) struct sample

void sample_release(struct sample *sample);
/* A new entry of the domain, zeroed but for the number; valid until the next call. */
struct network_sample *domain_sample_add_network(struct domain_sample *domain, uint32_t devid);
struct disk_sample *domain_sample_add_disk(struct domain_sample *domain, uint32_t number);
/* Networks and disks in ascending order of their numbers. */
void domain_sample_sort(struct domain_sample *domain);
/* NULL when there is none. */
struct domain_sample *sample_find(const struct sample *sample, uint32_t domid);

/* The sums over all devices. */
struct network_sample domain_sample_network(const struct domain_sample *domain);
struct disk_sample domain_sample_disk(const struct domain_sample *domain);

#endif
