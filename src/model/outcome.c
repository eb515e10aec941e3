/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Results per target; see outcome.h. */
#include "model/outcome.h"

#include <stdlib.h>

#include "base/mem.h"

struct outcome *outcome_list_add(struct outcome_list *list, const char *action, const char *target)
{
    struct outcome *outcome;

    list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
    outcome = &list->items[list->count++];
    *outcome = (struct outcome){ .action = action, .target = xstrdup(target) };
    return outcome;
}

void outcome_list_release(struct outcome_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].target);
        free(list->items[i].device);
        domain_release(&list->items[i].domain);
        free(list->items[i].pool);
        error_free(list->items[i].error);
    }
    free(list->items);
    *list = (struct outcome_list){ NULL, 0 };
}

enum status outcome_list_status(const struct outcome_list *list)
{
    enum status common = STATUS_DONE;
    size_t failed = 0;

    for (size_t i = 0; i < list->count; i++) {
        enum status status = error_status(list->items[i].error);

        if (status == STATUS_DONE)
            continue;
        common = failed && common != status ? STATUS_FAILED : status;
        failed++;
    }
    return failed && failed < list->count ? STATUS_PARTIAL : common;
}

#define OUTCOME(row) ((const struct outcome *)(row))

static bool is_found(const void *row)
{
    return OUTCOME(row)->domain.uuid[0] != '\0';
}

/* What is about a pool alone has no domain. */
static void get_domain(const void *row, struct value *value)
{
    if (OUTCOME(row)->domain.name)
        value_set_text(value, OUTCOME(row)->domain.name);
    else if (is_found(row) || !OUTCOME(row)->pool)
        value_set_text(value, OUTCOME(row)->target);
}

static void get_domid(const void *row, struct value *value)
{
    if (is_found(row))
        value_set_uint(value, OUTCOME(row)->domain.domid);
}

static void get_uuid(const void *row, struct value *value)
{
    if (is_found(row))
        value_set_text(value, OUTCOME(row)->domain.uuid);
}

static void get_action(const void *row, struct value *value)
{
    value_set_text(value, OUTCOME(row)->action);
}

static void get_result(const void *row, struct value *value)
{
    value_set_text(value, OUTCOME(row)->error ? "failed" : OUTCOME(row)->result);
}

static void get_device(const void *row, struct value *value)
{
    value_set_text(value, OUTCOME(row)->device);
}

static void get_error(const void *row, struct value *value)
{
    if (OUTCOME(row)->error)
        value_set_text(value, OUTCOME(row)->error->message);
}

static void get_error_code(const void *row, struct value *value)
{
    if (OUTCOME(row)->error)
        value_set_text(value, error_code_name(OUTCOME(row)->error->code));
}

static void get_cause(const void *row, struct value *value)
{
    if (OUTCOME(row)->error && OUTCOME(row)->error->detail.count)
        value_set_list(value, &OUTCOME(row)->error->detail);
}

static void get_hint(const void *row, struct value *value)
{
    if (OUTCOME(row)->error)
        value_set_text(value, OUTCOME(row)->error->hint);
}

static void get_duration(const void *row, struct value *value)
{
    value_set_uint(value, OUTCOME(row)->duration_ms);
}

static void get_pool(const void *row, struct value *value)
{
    value_set_text(value, OUTCOME(row)->pool);
}

static void get_cpu(const void *row, struct value *value)
{
    if (OUTCOME(row)->has_cpu)
        value_set_uint(value, OUTCOME(row)->cpu);
}

static void get_downtime(const void *row, struct value *value)
{
    if (OUTCOME(row)->moved)
        value_set_uint(value, OUTCOME(row)->downtime_ms);
}

static void get_sent(const void *row, struct value *value)
{
    if (OUTCOME(row)->moved)
        value_set_uint(value, OUTCOME(row)->sent_kib);
}

static const struct column columns[] = {
    { .key = "domain",
      .title = "DOMAIN",
      .type = VALUE_TEXT,
      .get = get_domain,
      .help = "name of the domain, or the word that was given" },
    { .key = "domid",
      .title = "ID",
      .type = VALUE_UINT,
      .get = get_domid,
      .help = "number of the domain" },
    { .key = "uuid",
      .title = "UUID",
      .type = VALUE_TEXT,
      .get = get_uuid,
      .help = "UUID of the domain" },
    { .key = "action",
      .title = "ACTION",
      .type = VALUE_TEXT,
      .get = get_action,
      .help = "what was asked for" },
    { .key = "device",
      .title = "DEVICE",
      .type = VALUE_TEXT,
      .get = get_device,
      .help = "which of its devices, where a device was asked for" },
    { .key = "result",
      .title = "RESULT",
      .type = VALUE_TEXT,
      .get = get_result,
      .help = "what came of it; 'failed' when there is an error" },
    { .key = "error",
      .title = "ERROR",
      .type = VALUE_TEXT,
      .get = get_error,
      .help = "why it failed" },
    { .key = "error_code",
      .title = "CODE",
      .type = VALUE_TEXT,
      .get = get_error_code,
      .help = "the stable code of the error" },
    { .key = "cause",
      .title = "CAUSE",
      .type = VALUE_LIST,
      .get = get_cause,
      .help = "lines of libxl that tell more about it" },
    { .key = "hint",
      .title = "HINT",
      .type = VALUE_TEXT,
      .get = get_hint,
      .help = "what to do about it" },
    { .key = "duration_ms",
      .title = "MS",
      .type = VALUE_UINT,
      .get = get_duration,
      .help = "how long it took" },
    { .key = "cpupool",
      .title = "CPUPOOL",
      .type = VALUE_TEXT,
      .get = get_pool,
      .help = "CPU pool that it is about" },
    { .key = "cpu",
      .title = "CPU",
      .type = VALUE_UINT,
      .get = get_cpu,
      .help = "CPU of the host that it is about" },
    { .key = "downtime_ms",
      .title = "DOWN",
      .type = VALUE_UINT,
      .get = get_downtime,
      .help = "how long a moved guest stood still" },
    { .key = "sent_kib",
      .title = "SENT",
      .type = VALUE_UINT,
      .get = get_sent,
      .help = "how much of a moved guest was sent" },
};

const struct column_table outcome_columns = {
    .noun = "results",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,domid,action,result,duration_ms,error",
};
