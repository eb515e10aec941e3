/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn show: everything about one domain. */
#include <string.h>

#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "supervise/daemon.h"
#include "supervise/status.h"
#include "xen/guest.h"

struct show_args {
    const char *domain;
};

static void text(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    json_text(json, value);
}

static void number(struct json *json, const char *key, uint64_t value)
{
    json_key(json, key);
    json_uint(json, value);
}

static void truth(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

/* Nothing is ever 0 of these but unknown. */
static void number_or_null(struct json *json, const char *key, uint64_t value)
{
    json_key(json, key);
    if (value)
        json_uint(json, value);
    else
        json_null(json);
}

static void add_domain(struct json *json, const struct guest *guest)
{
    const struct domain *domain = &guest->domain;

    text(json, "name", domain->name);
    number(json, "domid", domain->domid);
    text(json, "uuid", domain->uuid);
    text(json, "type", domain->type);
    text(json, "state", domain_state(domain));
    text(json, "shutdown_reason",
         domain->shutdown ? shutdown_reason_name(domain->shutdown_reason) : NULL);
    number_or_null(json, "start_time_s", guest->start_s);
    number(json, "memory_kib", domain->memory_kib);
    number_or_null(json, "memory_target_kib", guest->target_kib);
    number(json, "max_memory_kib", domain->max_memory_kib);
    text(json, "cpupool", domain->cpupool);
    number(json, "vcpus", domain->vcpus_online);
    number(json, "vcpus_max", domain->vcpus_max);
    number(json, "cpu_time_ns", domain->cpu_time_ns);
}

static void add_vcpus(struct json *json, const struct guest *guest)
{
    json_key(json, "vcpu_list");
    json_array_begin(json);
    for (size_t i = 0; i < guest->vcpus.count; i++) {
        const struct vcpu *vcpu = &guest->vcpus.vcpus[i];

        json_object_begin(json);
        number(json, "vcpu", vcpu->number);
        truth(json, "online", vcpu->online);
        json_key(json, "cpu");
        if (vcpu->online)
            json_uint(json, vcpu->cpu);
        else
            json_null(json);
        truth(json, "running", vcpu->running);
        truth(json, "blocked", vcpu->blocked);
        number(json, "cpu_time_ns", vcpu->cpu_time_ns);
        text(json, "hard_affinity", vcpu->hard);
        text(json, "soft_affinity", vcpu->soft);
        json_object_end(json);
    }
    json_array_end(json);
}

static void device_state(struct json *json, const struct device *device)
{
    text(json, "state", device->state > 0 ? device_state_name(device->state) : NULL);
}

static void add_disks(struct json *json, const struct guest *guest)
{
    json_key(json, "disks");
    json_array_begin(json);
    for (size_t i = 0; i < guest->disks.count; i++) {
        const struct disk *disk = guest->disks.items[i];

        json_object_begin(json);
        text(json, "vdev", disk->vdev);
        text(json, "path", disk->path);
        text(json, "format", disk->format);
        truth(json, "writable", disk->writable);
        truth(json, "cdrom", disk->cdrom);
        number(json, "backend_domid", disk->device.backend_domid);
        device_state(json, &disk->device);
        json_object_end(json);
    }
    json_array_end(json);
}

static void add_networks(struct json *json, const struct guest *guest)
{
    json_key(json, "networks");
    json_array_begin(json);
    for (size_t i = 0; i < guest->nics.count; i++) {
        const struct nic *nic = guest->nics.items[i];

        json_object_begin(json);
        number(json, "devid", (uint64_t)nic->device.devid);
        text(json, "mac", nic->mac);
        text(json, "bridge", nic->bridge);
        text(json, "interface", nic->interface);
        number(json, "backend_domid", nic->device.backend_domid);
        device_state(json, &nic->device);
        json_key(json, "addresses");
        json_list(json, &guest->addresses[i]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void add_supervisor(struct json *json, const struct guest *guest)
{
    static const char *const names[] = {
        [SUPERVISED_BY_NOBODY] = NULL,
        [SUPERVISED_BY_XN] = "xn",
        [SUPERVISED_BY_XL] = "xl",
    };

    text(json, "supervisor", names[guest->supervision]);
    json_key(json, "supervisor_runs");
    if (guest->supervision == SUPERVISED_BY_NOBODY)
        json_null(json);
    else
        json_bool(json, guest->supervision == SUPERVISED_BY_XL || guest->supervisor_runs);
    number_or_null(json, "supervisor_pid", guest->monitor_pid);
}

static int print_json(const struct env *env, const struct guest *guest, struct error **error)
{
    struct json *json = json_new();
    const char *result_text;
    int result;

    json_object_begin(json);
    number(json, "schema_version", JSON_SCHEMA_VERSION);
    add_domain(json, guest);
    add_vcpus(json, guest);
    add_disks(json, guest);
    add_networks(json, guest);
    text(json, "console", guest->console);
    text(json, "vnc_address", guest->vnc_address);
    number_or_null(json, "vnc_port", guest->vnc_port);
    add_supervisor(json, guest);
    text(json, "config_file", guest->config_file);
    json_object_end(json);
    result_text = json_result(json);
    result = output_text(env->out, result_text, strlen(result_text), error);
    json_free(json);
    return result;
}

/* The mark says who should look after it; only the supervisor knows whether it does. */
static void ask_supervisor(struct guest *guest)
{
    auto_free char *answer = NULL;
    auto_supervised_list list = { NULL, 0 };
    auto_error error = NULL;

    if (guest->supervision != SUPERVISED_BY_XN || daemon_status(&answer, &error) < 0)
        return;
    supervised_parse(answer, &list);
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].uuid, guest->domain.uuid) == 0)
            guest->supervisor_runs = true;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct show_args *args = data;
    auto_xen_host *host = NULL;
    auto_guest guest = { 0 };
    auto_str page = STR_INIT;

    if (common_open_host(env, &host, error) < 0 ||
        xen_guest_get(host, args->domain, &guest, error) < 0)
        return -1;
    ask_supervisor(&guest);
    if (env->output.format == FORMAT_JSON)
        return print_json(env, &guest, error);
    guest_text(&guest, &page);
    return output_text(env->out, str_text(&page), page.length, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct show_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "show web", "the guest web on a page" },
    { "show web --json", "the same for programs" },
    { NULL, NULL },
};

const struct command cmd_show = {
    .name = "show",
    .group = GROUP_INFORMATION,
    .summary = "show everything about one domain",
    .description =
        "State, memory, CPUs and where they may run, disks, networks with the addresses\n"
        "that the guest publishes, console, who looks after it, and the file it came\n"
        "from.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct show_args),
    .run = run,
};
