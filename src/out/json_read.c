/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON to a tree, by libyajl; see json_read.h. A struct json_node is libyajl's value. */
#include "out/json_read.h"

#include <string.h>
#include <yajl/yajl_parse.h>
#include <yajl/yajl_tree.h>

#include "base/mem.h"

static yajl_val value_of(const struct json_node *node)
{
    return (yajl_val)node;
}

/* Deeper than any configuration; libyajl would free the tree by recursion. */
#define DEPTH_MAX 64

static int go_in(void *context)
{
    int *depth = context;

    return ++*depth <= DEPTH_MAX;
}

static int go_out(void *context)
{
    int *depth = context;

    --*depth;
    return 1;
}

/* How many bytes of the text are good JSON; all of them when it is. The tree parser tells no
 * position. */
static bool is_json(const char *text, size_t *ret_good, bool *ret_early)
{
    static const yajl_callbacks callbacks = { .yajl_start_map = go_in,
                                              .yajl_end_map = go_out,
                                              .yajl_start_array = go_in,
                                              .yajl_end_array = go_out };
    int depth = 0;
    yajl_handle parser = yajl_alloc(&callbacks, NULL, &depth);
    size_t length = strlen(text);
    yajl_status status = yajl_parse(parser, (const unsigned char *)text, length);

    *ret_good = status == yajl_status_ok ? length : yajl_get_bytes_consumed(parser);
    *ret_early = status == yajl_status_ok;
    if (!*ret_early && *ret_good)
        --*ret_good; /* the last character of what was not understood */
    if (status == yajl_status_ok)
        status = yajl_complete_parse(parser);
    yajl_free(parser);
    return status == yajl_status_ok;
}

static int report_mistake(const char *name, const char *text, size_t good, bool early,
                          struct error **error)
{
    size_t line = 1, column = 1;

    for (size_t i = 0; i < good && text[i]; i++) {
        column = text[i] == '\n' ? 1 : column + (((unsigned char)text[i] & 0xc0) != 0x80);
        line += text[i] == '\n';
    }
    if (early)
        return error_set(error, ERR_CONFIG, "%s:%zu:%zu: the JSON ends too early", name, line,
                         column);
    return error_set(error, ERR_CONFIG, "%s:%zu:%zu: this is not JSON, or nested too deep", name,
                     line, column);
}

struct json_node *json_parse(const char *name, const char *text, struct error **error)
{
    char reason[256];
    yajl_val value;
    size_t good;
    bool early;

    if (!is_json(text, &good, &early)) {
        report_mistake(name, text, good, early, error);
        return NULL;
    }
    value = yajl_tree_parse(text, reason, sizeof(reason));
    if (!value)
        error_set(error, ERR_CONFIG, "%s: this is not JSON", name);
    return (struct json_node *)value;
}

void json_node_free(struct json_node *node)
{
    yajl_tree_free(value_of(node));
}

bool json_is_object(const struct json_node *node)
{
    return YAJL_IS_OBJECT(value_of(node));
}

bool json_is_list(const struct json_node *node)
{
    return YAJL_IS_ARRAY(value_of(node));
}

const struct json_node *json_member(const struct json_node *node, const char *key)
{
    yajl_val value = value_of(node);

    for (size_t i = 0; YAJL_IS_OBJECT(value) && i < value->u.object.len; i++)
        if (strcmp(value->u.object.keys[i], key) == 0)
            return (const struct json_node *)value->u.object.values[i];
    return NULL;
}

size_t json_item_count(const struct json_node *node)
{
    return json_is_list(node) ? value_of(node)->u.array.len : 0;
}

const struct json_node *json_item(const struct json_node *node, size_t index)
{
    return (const struct json_node *)value_of(node)->u.array.values[index];
}

const char *json_node_text(const struct json_node *node)
{
    return node ? YAJL_GET_STRING(value_of(node)) : NULL;
}

static void add_members(struct json *json, yajl_val value)
{
    json_object_begin(json);
    for (size_t i = 0; i < value->u.object.len; i++) {
        json_key(json, value->u.object.keys[i]);
        json_add_node(json, (const struct json_node *)value->u.object.values[i]);
    }
    json_object_end(json);
}

void json_add_node(struct json *json, const struct json_node *node)
{
    yajl_val value = value_of(node);

    if (YAJL_IS_OBJECT(value)) {
        add_members(json, value);
    } else if (YAJL_IS_ARRAY(value)) {
        json_array_begin(json);
        for (size_t i = 0; i < value->u.array.len; i++)
            json_add_node(json, (const struct json_node *)value->u.array.values[i]);
        json_array_end(json);
    } else if (YAJL_IS_STRING(value)) {
        json_text(json, YAJL_GET_STRING(value));
    } else if (YAJL_IS_NUMBER(value)) {
        json_digits(json, YAJL_GET_NUMBER(value));
    } else if (YAJL_IS_NULL(value)) {
        json_null(json);
    } else {
        json_bool(json, YAJL_IS_TRUE(value));
    }
}
