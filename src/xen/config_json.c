/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From libxl's JSON to a configuration; see config_json.h. */
#include "xen/config_json.h"

#include <string.h>

#include "base/mem.h"
#include "out/json_read.h"

bool xen_config_is_json(const char *text)
{
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    text += strspn(text, " \t\r\n");
    return *text == '{' || *text == '[';
}

static int several(const char *name, const struct json_node *list, struct error **error)
{
    error_set(error, ERR_CONFIG, "'%s' holds the configurations of %zu guests, not of one", name,
              json_item_count(list));
    return error_hint(error, "write one file for each: xn list --long DOMAIN");
}

/* The object that holds c_info, wherever it is wrapped in. */
static int find_config(const char *name, const struct json_node *node,
                       const struct json_node **ret_config, struct error **error)
{
    if (json_is_list(node)) {
        if (json_item_count(node) != 1)
            return several(name, node, error);
        node = json_item(node, 0);
    }
    if (json_member(node, "config"))
        node = json_member(node, "config");
    if (!json_is_object(json_member(node, "c_info"))) {
        error_set(error, ERR_CONFIG, "'%s' is JSON, but no configuration of a guest", name);
        return error_hint(error, "it needs what 'xn create --dry-run' prints: an object with "
                                 "\"c_info\" and \"b_info\"");
    }
    *ret_config = node;
    return 0;
}

/* What every other reader relies on and libxl's parser does not ask for. */
static int check_config(const char *name, const libxl_domain_config *config, struct error **error)
{
    if (config->c_info.type == LIBXL_DOMAIN_TYPE_INVALID)
        return error_set(error, ERR_CONFIG, "'%s': \"c_info\" has no \"type\"", name);
    if (!config->c_info.name || !*config->c_info.name)
        return error_set(error, ERR_CONFIG, "'%s': \"c_info\" has no \"name\"", name);
    if (config->b_info.type != config->c_info.type)
        return error_set(error, ERR_CONFIG, "'%s': \"b_info\" is of another type than \"c_info\"",
                         name);
    return 0;
}

static int convert(struct xen_host *host, const char *name, const struct json_node *node,
                   libxl_domain_config *config, struct error **error)
{
    struct json *json;
    int rc;

    if (!host) {
        error_set(error, ERR_NO_XEN, "'%s' is JSON, which only libxl can read, and only on a host",
                  name);
        return error_hint(error, "run this as root where Xen runs, or use a configuration file");
    }
    json = json_new();
    json_add_node(json, node);
    xen_log_forget(host);
    rc = libxl_domain_config_from_json(xen_ctx(host), config, json_result(json));
    json_free(json);
    if (rc) {
        auto_error reason = NULL;

        xen_error(host, &reason, rc, "libxl refused it");
        error_set(error, ERR_CONFIG, "'%s' is not a configuration that libxl understands", name);
        for (size_t i = 0; i < reason->detail.count; i++)
            error_detail(error, reason->detail.items[i]);
        return -1;
    }
    return check_config(name, config, error);
}

int xen_config_from_json(struct xen_host *host, const char *name, const char *text,
                         libxl_domain_config *config, struct error **error)
{
    struct json_node *node;
    const struct json_node *found = NULL;
    int result;

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    node = json_parse(name, text, error);
    if (!node)
        return -1;
    result = find_config(name, node, &found, error);
    if (result == 0)
        result = convert(host, name, found, config, error);
    json_node_free(node);
    return result;
}

int xen_config_to_json(struct xen_host *host, libxl_domain_config *config, char **ret_json,
                       struct error **error)
{
    xen_log_forget(host);
    *ret_json = libxl_domain_config_to_json(xen_ctx(host), config);
    return *ret_json ? 0
                     : xen_error(host, error, ERROR_FAIL, "cannot write the configuration of '%s'",
                                 config->c_info.name);
}
