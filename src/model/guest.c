/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain for people to read; see guest.h. */
#include "model/guest.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/number.h"

void guest_release(struct guest *guest)
{
    for (size_t i = 0; guest->addresses && i < guest->nics.count; i++)
        string_list_release(&guest->addresses[i]);
    free(guest->addresses);
    vcpu_list_release(&guest->vcpus);
    device_rows_release(&guest->disks);
    device_rows_release(&guest->nics);
    free(guest->console);
    free(guest->vnc_address);
    free(guest->config_file);
    domain_release(&guest->domain);
    *guest = (struct guest){ 0 };
}

/* Text of others: names, paths. */
static void add_safe(struct str *text, const char *bytes)
{
    str_add_printable(text, bytes, strlen(bytes));
}

static void add_time(struct str *text, uint64_t seconds)
{
    time_t when = (time_t)seconds;
    char digits[32];
    struct tm local = { 0 };

    localtime_r(&when, &local);
    strftime(digits, sizeof(digits), "%Y-%m-%d %H:%M:%S", &local);
    str_add(text, digits);
}

static void label(struct str *text, const char *name)
{
    str_addf(text, "%-13s", name);
}

static void add_state(const struct guest *guest, struct str *text)
{
    const struct domain *domain = &guest->domain;

    label(text, "State:");
    str_add(text, domain_state(domain));
    if (domain->shutdown)
        str_addf(text, ", reason %s", shutdown_reason_name(domain->shutdown_reason));
    if (guest->start_s) {
        str_add(text, ", built ");
        add_time(text, guest->start_s);
        if (guest->now_s >= guest->start_s) {
            auto_free char *age = human_ms((guest->now_s - guest->start_s) * 1000);

            str_addf(text, " (%s ago)", age);
        }
    }
    str_add_char(text, '\n');
}

static void add_memory(const struct guest *guest, struct str *text)
{
    auto_free char *now = human_kib(guest->domain.memory_kib);
    auto_free char *max = human_kib(guest->domain.max_memory_kib);
    auto_free char *target = human_kib(guest->target_kib);

    label(text, "Memory:");
    str_add(text, now);
    if (guest->target_kib)
        str_addf(text, ", target %s", target);
    if (guest->domain.domid != 0) /* domain 0 has no limit that means something */
        str_addf(text, ", at most %s", max);
    str_add_char(text, '\n');
}

static void add_vcpu(const struct vcpu *vcpu, struct str *text)
{
    str_addf(text, "  vCPU %-6u", vcpu->number);
    if (!vcpu->online) {
        str_add(text, "offline\n");
        return;
    }
    str_addf(text, "on CPU %u, %s, %.1f s", vcpu->cpu,
             vcpu->running   ? "running"
             : vcpu->blocked ? "blocked"
                             : "runnable",
             (double)vcpu->cpu_time_ns / 1e9);
    if (vcpu->hard)
        str_addf(text, ", may use %s", vcpu->hard);
    if (vcpu->soft && strcmp(vcpu->soft, "all") != 0)
        str_addf(text, ", prefers %s", vcpu->soft);
    str_add_char(text, '\n');
}

static void add_vcpus(const struct guest *guest, struct str *text)
{
    const struct domain *domain = &guest->domain;

    label(text, "CPUs:");
    str_addf(text, "%u of %u online, %.1f s used", domain->vcpus_online, domain->vcpus_max,
             (double)domain->cpu_time_ns / 1e9);
    if (domain->cpupool) {
        str_add(text, ", pool ");
        add_safe(text, domain->cpupool);
    }
    str_add_char(text, '\n');
    for (size_t i = 0; i < guest->vcpus.count; i++)
        add_vcpu(&guest->vcpus.vcpus[i], text);
}

static void add_backend(uint32_t domid, struct str *text)
{
    if (domid != 0)
        str_addf(text, ", from domain %u", domid);
}

static void add_disks(const struct guest *guest, struct str *text)
{
    for (size_t i = 0; i < guest->disks.count; i++) {
        const struct disk *disk = guest->disks.items[i];

        label(text, i ? "" : "Disks:");
        add_safe(text, disk->vdev);
        str_add(text, disk->cdrom ? " (CD) " : " ");
        add_safe(text, disk->path ? disk->path : "empty");
        if (disk->path)
            str_addf(text, ", %s, %s", disk->format ? disk->format : "unknown format",
                     disk->writable ? "rw" : "ro");
        add_backend(disk->device.backend_domid, text);
        str_addf(text, ", %s\n", device_state_name(disk->device.state));
    }
}

static void add_networks(const struct guest *guest, struct str *text)
{
    for (size_t i = 0; i < guest->nics.count; i++) {
        const struct nic *nic = guest->nics.items[i];

        label(text, i ? "" : "Networks:");
        str_addf(text, "%d %s", nic->device.devid, nic->mac);
        if (nic->bridge) {
            str_add(text, ", bridge ");
            add_safe(text, nic->bridge);
        }
        if (nic->interface) {
            str_add(text, ", ");
            add_safe(text, nic->interface);
        }
        add_backend(nic->device.backend_domid, text);
        str_addf(text, ", %s", device_state_name(nic->device.state));
        for (size_t j = 0; j < guest->addresses[i].count; j++) {
            str_add(text, ", ");
            add_safe(text, guest->addresses[i].items[j]);
        }
        str_add_char(text, '\n');
    }
}

static void add_supervisor(const struct guest *guest, struct str *text)
{
    label(text, "Supervisor:");
    switch (guest->supervision) {
    case SUPERVISED_BY_XN:
        str_add(text, guest->supervisor_runs ? "xn\n" : "xn, but it is not running\n");
        break;
    case SUPERVISED_BY_XL:
        str_addf(text, "xl, process %u\n", guest->monitor_pid);
        break;
    case SUPERVISED_BY_NOBODY:
        str_add(text, "none\n");
        break;
    }
}

static void add_line(const char *name, const char *bytes, struct str *text)
{
    if (!bytes)
        return;
    label(text, name);
    add_safe(text, bytes);
    str_add_char(text, '\n');
}

void guest_text(const struct guest *guest, struct str *text)
{
    const struct domain *domain = &guest->domain;

    add_line("Name:", domain->name, text);
    label(text, "Domain:");
    str_addf(text, "%u, %s\n", domain->domid, domain->type ? domain->type : "unknown type");
    add_line("UUID:", domain->uuid, text);
    add_state(guest, text);
    add_memory(guest, text);
    add_vcpus(guest, text);
    add_disks(guest, text);
    add_networks(guest, text);
    add_line("Console:", guest->console, text);
    if (guest->vnc_port) {
        auto_free char *screen = xasprintf(
            "VNC %s port %u", guest->vnc_address ? guest->vnc_address : "", guest->vnc_port);

        add_line("Screen:", screen, text);
    }
    if (domain->domid != 0)
        add_supervisor(guest, text);
    add_line("File:", guest->config_file, text);
}
