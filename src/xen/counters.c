/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Counters of devices whose backend is in domain 0's kernel, from sysfs; see sample.h. It costs no
 * hypercall and no trip to xenstore. A backend elsewhere (QEMU's disks, driver domains) has none.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "xen/sample.h"

#define SECTOR_BYTES 512

/* 0 when it is not there. */
static uint64_t read_counter(int folder, const char *path)
{
    uint64_t value = 0;

    return file_read_uint(folder, path, 10, &value) ? value : 0;
}

/* What the backend receives is what the guest has sent. */
static void add_interface(int folder, struct network_sample *network)
{
    const struct {
        const char *name;
        uint64_t *counter;
    } counters[] = {
        { "statistics/tx_bytes", &network->received.bytes },
        { "statistics/tx_packets", &network->received.packets },
        { "statistics/tx_errors", &network->received.errors },
        { "statistics/tx_dropped", &network->received.dropped },
        { "statistics/rx_bytes", &network->sent.bytes },
        { "statistics/rx_packets", &network->sent.packets },
        { "statistics/rx_errors", &network->sent.errors },
        { "statistics/rx_dropped", &network->sent.dropped },
    };

    for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
        *counters[i].counter += read_counter(folder, counters[i].name);
}

/* An HVM guest without drivers for Xen uses QEMU's card, whose interface stands beside. */
static void add_emulated(const char *root, struct network_sample *network)
{
    auto_free char *path = xasprintf("%s/sys/class/net/%s-emu", root, network->interface);
    auto_fd int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (folder >= 0)
        add_interface(folder, network);
}

/* The name of the only entry of a folder; the caller frees it. */
static char *only_entry(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);
    const struct dirent *entry;
    char *found = NULL;

    if (!entries) {
        close_fd(&fd);
        return NULL;
    }
    while (!found && (entry = readdir(entries)))
        if (entry->d_name[0] != '.')
            found = xstrdup(entry->d_name);
    closedir(entries);
    return found;
}

static void add_vif(const char *root, int folder, struct domain_sample *domain, uint32_t devid)
{
    struct network_sample *network = domain_sample_add_network(domain, devid);
    auto_free char *path = NULL;
    auto_fd int interface = -1;

    network->interface = only_entry(folder, "net");
    if (!network->interface)
        return;
    path = xasprintf("net/%s", network->interface);
    interface = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (interface >= 0)
        add_interface(interface, network);
    add_emulated(root, network);
}

static void add_vbd(int folder, struct domain_sample *domain, uint32_t number)
{
    struct disk_sample *disk = domain_sample_add_disk(domain, number);

    disk->read_requests = read_counter(folder, "statistics/rd_req");
    disk->write_requests = read_counter(folder, "statistics/wr_req");
    disk->flush_requests = read_counter(folder, "statistics/f_req");
    disk->discard_requests = read_counter(folder, "statistics/ds_req");
    disk->queue_full = read_counter(folder, "statistics/oo_req");
    disk->read_bytes = read_counter(folder, "statistics/rd_sect") * SECTOR_BYTES;
    disk->written_bytes = read_counter(folder, "statistics/wr_sect") * SECTOR_BYTES;
}

/* "vif-7-0", "vbd-7-51712": kind, domid, number of the device. */
static void add_device(const char *root, int devices, const char *name, struct sample *sample)
{
    char kind[4];
    unsigned domid, number;
    int end = 0;
    struct domain_sample *domain;
    auto_fd int folder = -1;

    if (sscanf(name, "%3[a-z]-%u-%u%n", kind, &domid, &number, &end) != 3 || name[end])
        return;
    domain = sample_find(sample, domid);
    if (!domain)
        return;
    folder = openat(devices, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    if (strcmp(kind, "vif") == 0)
        add_vif(root, folder, domain, number);
    else if (strcmp(kind, "vbd") == 0)
        add_vbd(folder, domain, number);
}

void xen_counters_fill(const char *root, struct sample *sample)
{
    auto_free char *path = xasprintf("%s/sys/bus/xen-backend/devices", root);
    DIR *devices = opendir(path);
    const struct dirent *entry;

    if (!devices)
        return;
    while ((entry = readdir(devices)))
        add_device(root, dirfd(devices), entry->d_name, sample);
    closedir(devices);
    for (size_t i = 0; i < sample->count; i++)
        domain_sample_sort(&sample->domains[i]);
}
