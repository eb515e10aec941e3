/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Kinds and columns of leftovers; see leftover.h. */
#include "model/leftover.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *const leftover_kind_names[] = {
    [LEFTOVER_HALF_BUILT] = "half-built",
    [LEFTOVER_SUSPENDED] = "suspended",
    [LEFTOVER_INCOMING] = "incoming",
    [LEFTOVER_MIGRATED_AWAY] = "migrated-away",
    [LEFTOVER_ZOMBIE] = "zombie",
    [LEFTOVER_MARK] = "mark",
    [LEFTOVER_LOOP] = "loop",
    [LEFTOVER_BACKEND] = "backend",
    [LEFTOVER_LIBXL_NODE] = "libxl-node",
    [LEFTOVER_DOMAIN_NODE] = "domain-node",
    [LEFTOVER_VM_NODE] = "vm-node",
    [LEFTOVER_VIF] = "vif",
    [LEFTOVER_USERDATA] = "userdata",
    [LEFTOVER_PART_FILE] = "part-file",
    [LEFTOVER_LOCK] = "lock",
    [LEFTOVER_KINDS] = NULL,
};

static const char *const action_names[] = {
    [CLEAN_NOTHING] = "none",  [CLEAN_DESTROY] = "destroy", [CLEAN_RESUME] = "resume",
    [CLEAN_REMOVE] = "remove", [CLEAN_DETACH] = "detach",
};

static const char *const result_names[] = {
    [RESULT_FOUND] = "found", [RESULT_CLEANED] = "cleaned", [RESULT_GONE] = "gone",
    [RESULT_KEPT] = "kept",   [RESULT_FAILED] = "failed",
};

struct leftover *leftover_list_add(struct leftover_list *list, enum leftover_kind kind,
                                   char *subject)
{
    struct leftover *leftover;

    list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
    leftover = &list->items[list->count++];
    *leftover = (struct leftover){ .kind = kind, .subject = subject };
    return leftover;
}

void leftover_list_release(struct leftover_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].subject);
        free(list->items[i].explanation);
        free(list->items[i].expected);
        error_free(list->items[i].error);
    }
    free(list->items);
    *list = (struct leftover_list){ NULL, 0 };
}

static int compare(const void *one, const void *other)
{
    const struct leftover *a = one, *b = other;

    if (a->kind != b->kind)
        return (a->kind > b->kind) - (a->kind < b->kind);
    if (a->domid != b->domid)
        return (a->domid > b->domid) - (a->domid < b->domid);
    return strcmp(a->subject, b->subject);
}

void leftover_list_sort(struct leftover_list *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), compare);
}

enum status leftover_list_status(const struct leftover_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].result != RESULT_CLEANED && list->items[i].result != RESULT_GONE)
            return STATUS_FAILED;
    return STATUS_DONE;
}

#define LEFTOVER(row) ((const struct leftover *)(row))

static void get_kind(const void *row, struct value *value)
{
    value_set_text(value, leftover_kind_names[LEFTOVER(row)->kind]);
}

static void get_subject(const void *row, struct value *value)
{
    value_set_text(value, LEFTOVER(row)->subject);
}

static void get_domid(const void *row, struct value *value)
{
    if (LEFTOVER(row)->domid)
        value_set_uint(value, LEFTOVER(row)->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    if (LEFTOVER(row)->uuid[0])
        value_set_text(value, LEFTOVER(row)->uuid);
}

static void get_explanation(const void *row, struct value *value)
{
    value_set_text(value, LEFTOVER(row)->explanation);
}

static void get_action(const void *row, struct value *value)
{
    value_set_text(value, action_names[LEFTOVER(row)->action]);
}

static void get_result(const void *row, struct value *value)
{
    value_set_text(value, result_names[LEFTOVER(row)->result]);
}

static const struct column columns[] = {
    { .key = "kind",
      .title = "KIND",
      .type = VALUE_TEXT,
      .get = get_kind,
      .help = "what it is, by a word that --kind takes" },
    { .key = "subject",
      .title = "SUBJECT",
      .type = VALUE_TEXT,
      .get = get_subject,
      .help = "the domain, node, device, file or process" },
    { .key = "domid",
      .title = "ID",
      .type = VALUE_UINT,
      .get = get_domid,
      .help = "number of the domain that it is or belonged to" },
    { .key = "uuid",
      .title = "UUID",
      .type = VALUE_TEXT,
      .get = get_uuid,
      .help = "UUID of the domain that it is or belonged to" },
    { .key = "explanation",
      .title = "EXPLANATION",
      .type = VALUE_TEXT,
      .get = get_explanation,
      .help = "where it comes from, and what there is to know before it is cleaned" },
    { .key = "action",
      .title = "ACTION",
      .type = VALUE_TEXT,
      .get = get_action,
      .help = "what --yes does about it" },
    { .key = "result",
      .title = "RESULT",
      .type = VALUE_TEXT,
      .get = get_result,
      .help = "what came of it" },
};

const struct column_table leftover_columns = {
    .noun = "leftovers",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "kind,subject,domid,action,result,explanation",
};
