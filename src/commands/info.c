/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn info: the host and its hypervisor. */
#include <string.h>

#include "commands/common.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "xen/info.h"
#include "xen/newer.h"

struct info_args {
    bool numa, xenstore;
    const char *prefix;
};

static void node_number(struct json *json, const char *key, uint32_t node)
{
    json_key(json, key);
    if (node == HOST_NO_NODE)
        json_null(json);
    else
        json_uint(json, node);
}

static void cpus_as_json(struct json *json, const struct host_info *info)
{
    json_key(json, "cpu_topology");
    json_array_begin(json);
    for (size_t i = 0; i < info->cpu_count; i++) {
        json_object_begin(json);
        json_key(json, "cpu");
        json_uint(json, info->cpu_list[i].cpu);
        json_key(json, "core");
        json_uint(json, info->cpu_list[i].core);
        json_key(json, "socket");
        json_uint(json, info->cpu_list[i].socket);
        node_number(json, "node", info->cpu_list[i].node);
        json_object_end(json);
    }
    json_array_end(json);
}

static void devices_as_json(struct json *json, const struct host_info *info)
{
    json_key(json, "device_topology");
    json_array_begin(json);
    for (size_t i = 0; i < info->device_count; i++) {
        json_object_begin(json);
        json_key(json, "device");
        json_text(json, info->devices[i].address);
        node_number(json, "node", info->devices[i].node);
        json_object_end(json);
    }
    json_array_end(json);
}

static void nodes_as_json(struct json *json, const struct host_info *info)
{
    json_key(json, "numa_nodes");
    json_array_begin(json);
    for (size_t i = 0; i < info->node_count; i++) {
        const struct host_node *node = &info->node_list[i];

        json_object_begin(json);
        json_key(json, "node");
        json_uint(json, i);
        json_key(json, "memory_kib");
        json_uint(json, node->size_kib);
        json_key(json, "free_memory_kib");
        json_uint(json, node->free_kib);
        json_key(json, "distances");
        json_array_begin(json);
        for (size_t j = 0; j < node->distance_count; j++)
            json_uint(json, node->distances[j]);
        json_array_end(json);
        json_object_end(json);
    }
    json_array_end(json);
}

static int print_json(const struct env *env, const struct info_args *args,
                      const struct host_info *info, struct error **error)
{
    struct json *json = json_new();
    const char *text;
    int result;

    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    for (size_t i = 0; i < host_columns.count; i++) {
        const struct column *column = &host_columns.columns[i];
        struct value value = column_value(column, info);

        if (!args->prefix || starts_with(column->key, args->prefix)) {
            json_key(json, column->key);
            json_value(json, &value);
        }
        value_release(&value);
    }
    if (info->has_topology) {
        cpus_as_json(json, info);
        devices_as_json(json, info);
        nodes_as_json(json, info);
    }
    json_object_end(json);
    text = json_result(json);
    result = output_text(env->out, text, strlen(text), error);
    json_free(json);
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    struct info_args *args = data;
    auto_xen_host *host = NULL;
    auto_host_info info = { 0 };
    auto_str text = STR_INIT;

    if (common_open_host(env, &host, error) < 0 ||
        xen_host_info(host, args->numa, &info, error) < 0)
        return -1;
    if (args->xenstore) {
        if (xen_store_features(host, &info.xenstore_features, error) < 0)
            return -1;
        info.has_xenstore_features = true;
    }
    if (env->output.format == FORMAT_JSON)
        return print_json(env, args, &info, error);
    /* As with xl, -n prints everything whatever else is said. */
    host_info_text(&info, args->numa ? NULL : args->prefix, &text);
    return output_text(env->out, str_text(&text), text.length, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('n', "numa", struct info_args, numa, "also CPUs, devices and NUMA nodes"),
    OPTION_FLAG('x', "xenstore", struct info_args, xenstore,
                "also what xenstored can do; needs Xen 4.21"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT_OPTIONAL("PREFIX", struct info_args, prefix, KIND_TEXT,
                      "print only the values whose name begins like this"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "info", "everything about this host" },
    { "info free_memory", "only the free memory, in MiB" },
    { "info -n --json", "with CPU and NUMA topology, as JSON" },
    { NULL, NULL },
};

const struct command cmd_info = {
    .name = "info",
    .group = GROUP_HOST,
    .summary = "show facts about this host and its hypervisor",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct info_args),
    .run = run,
};
