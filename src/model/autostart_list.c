/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of 'xn autostart list' and of the plan of 'xn host'; see autostart.h. */
#include <string.h>

#include "base/mem.h"
#include "model/autostart.h"

#define ROW(row)  ((const struct autostart_row *)(row))
#define STEP(row) ((const struct plan_step *)(row))

static void set_time(struct value *value, uint64_t ms)
{
    if (ms != AUTOSTART_UNSET)
        value_set_uint(value, ms);
}

static void row_name(const void *row, struct value *value)
{
    value_set_text(value, ROW(row)->name);
}

static void row_autostart(const void *row, struct value *value)
{
    value_set_bool(value, ROW(row)->enabled);
}

static void row_priority(const void *row, struct value *value)
{
    value_set_uint(value, ROW(row)->policy.priority);
}

static void row_delay(const void *row, struct value *value)
{
    value_set_uint(value, ROW(row)->policy.delay_ms);
}

static void row_timeout(const void *row, struct value *value)
{
    set_time(value, ROW(row)->policy.timeout_ms);
}

static void row_on_stop(const void *row, struct value *value)
{
    value_set_text(value, ROW(row)->policy.on_stop_text);
}

static void row_state(const void *row, struct value *value)
{
    value_set_text(value, ROW(row)->state);
}

static void row_file(const void *row, struct value *value)
{
    value_set_text(value, ROW(row)->file);
}

static void row_link(const void *row, struct value *value)
{
    value_set_text(value, ROW(row)->link);
}

static const struct column row_columns[] = {
    { .key = "name",
      .title = "NAME",
      .type = VALUE_TEXT,
      .get = row_name,
      .help = "name of the guest" },
    { .key = "autostart",
      .title = "AUTO",
      .type = VALUE_BOOL,
      .get = row_autostart,
      .help = "whether it starts with the host" },
    { .key = "priority",
      .title = "PRIO",
      .type = VALUE_UINT,
      .get = row_priority,
      .help = "the lowest starts first and stops last" },
    { .key = "delay_ms",
      .title = "DELAY-MS",
      .type = VALUE_UINT,
      .get = row_delay,
      .help = "to wait behind its start" },
    { .key = "timeout_ms",
      .title = "TIMEOUT-MS",
      .type = VALUE_UINT,
      .get = row_timeout,
      .help = "for its start, and for its stop" },
    { .key = "on_stop",
      .title = "ON-STOP",
      .type = VALUE_TEXT,
      .get = row_on_stop,
      .help = "shutdown, save, migrate:HOST or ignore" },
    { .key = "state",
      .title = "STATE",
      .type = VALUE_TEXT,
      .get = row_state,
      .help = "that of its domain, or stopped" },
    { .key = "file",
      .title = "FILE",
      .type = VALUE_TEXT,
      .get = row_file,
      .help = "its configuration" },
    { .key = "link",
      .title = "LINK",
      .type = VALUE_TEXT,
      .get = row_link,
      .help = "what stands for it in the folder auto" },
};

const struct column_table autostart_columns = {
    .noun = "autostart",
    .columns = row_columns,
    .count = ARRAY_SIZE(row_columns),
    .defaults = "name,autostart,priority,delay_ms,on_stop,state,file",
};

static void step_name(const void *row, struct value *value)
{
    value_set_text(value, STEP(row)->name);
}

static void step_priority(const void *row, struct value *value)
{
    value_set_uint(value, STEP(row)->policy.priority);
}

static void step_action(const void *row, struct value *value)
{
    value_set_text(value, STEP(row)->action);
}

static void step_reason(const void *row, struct value *value)
{
    value_set_text(value, STEP(row)->reason);
}

static void step_delay(const void *row, struct value *value)
{
    value_set_uint(value, STEP(row)->policy.delay_ms);
}

static void step_timeout(const void *row, struct value *value)
{
    set_time(value, STEP(row)->timeout_ms);
}

static void step_file(const void *row, struct value *value)
{
    value_set_text(value, STEP(row)->file);
}

static void step_host(const void *row, struct value *value)
{
    value_set_text(value, STEP(row)->host);
}

static const struct column step_columns[] = {
    { .key = "priority",
      .title = "PRIO",
      .type = VALUE_UINT,
      .get = step_priority,
      .help = "the lowest starts first and stops last" },
    { .key = "name",
      .title = "NAME",
      .type = VALUE_TEXT,
      .get = step_name,
      .help = "name of the guest" },
    { .key = "action",
      .title = "ACTION",
      .type = VALUE_TEXT,
      .get = step_action,
      .help = "start, restore, shutdown, save, migrate or skip" },
    { .key = "reason",
      .title = "REASON",
      .type = VALUE_TEXT,
      .get = step_reason,
      .help = "why it is skipped" },
    { .key = "delay_ms",
      .title = "DELAY-MS",
      .type = VALUE_UINT,
      .get = step_delay,
      .help = "to wait behind its start" },
    { .key = "timeout_ms",
      .title = "TIMEOUT-MS",
      .type = VALUE_UINT,
      .get = step_timeout,
      .help = "how long it may take" },
    { .key = "file",
      .title = "FILE",
      .type = VALUE_TEXT,
      .get = step_file,
      .help = "its configuration, or its saved memory" },
    { .key = "host",
      .title = "HOST",
      .type = VALUE_TEXT,
      .get = step_host,
      .help = "where it is to be moved" },
};

const struct column_table plan_columns = {
    .noun = "plan",
    .columns = step_columns,
    .count = ARRAY_SIZE(step_columns),
    .defaults = "priority,name,action,reason,delay_ms,timeout_ms,file,host",
};

int plan_step_compare(const void *a, const void *b)
{
    const struct plan_step *one = a, *two = b;

    if (one->policy.priority != two->policy.priority)
        return one->policy.priority < two->policy.priority ? -1 : 1;
    return strcmp(one->name, two->name);
}
