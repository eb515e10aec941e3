/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading JSON that others wrote: a tree of nodes to look into and to write again. */
#ifndef XN_OUT_JSON_READ_H
#define XN_OUT_JSON_READ_H

#include "out/json.h"

struct json_node;

/* NULL when text is not JSON: ERR_CONFIG with name, line and column. Free with json_node_free. */
struct json_node *json_parse(const char *name, const char *text, struct error **error);
/* NULL is fine. */
void json_node_free(struct json_node *node);

bool json_is_object(const struct json_node *node);
bool json_is_list(const struct json_node *node);
/* The member of an object; NULL when there is none or node is no object. */
const struct json_node *json_member(const struct json_node *node, const char *key);
/* Items of a list; 0 when node is none. */
size_t json_item_count(const struct json_node *node);
const struct json_node *json_item(const struct json_node *node, size_t index);
/* NULL when node is no text. The node's own. */
const char *json_node_text(const struct json_node *node);
void json_add_node(struct json *json, const struct json_node *node);

#endif
