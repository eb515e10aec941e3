/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Quotas of xenstore: how much of it a domain may use. */
#ifndef XN_MODEL_QUOTA_H
#define XN_MODEL_QUOTA_H

#include "base/column.h"

struct quota {
    char *name; /* "nodes", "watches" ...: xenstored's own words */
    uint32_t value;
};

struct quota_list {
    struct quota *items;
    size_t count;
};

#define auto_quota_list __attribute__((cleanup(quota_list_release))) struct quota_list

/* Copies name. */
void quota_list_add(struct quota_list *list, const char *name, uint32_t value);
void quota_list_release(struct quota_list *list);

extern const struct column_table quota_columns;

/* xl's layout of a row. Its heading has two lines. */
size_t quota_xl_columns(const struct xl_column **ret_columns);

#endif
