/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How events are told; see event.h. */
#include "model/event.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/vdev.h"

const char *const event_kinds[] = {
    "present",        "created",         "started",         "paused",        "unpaused",
    "shut-down",      "resumed",         "destroyed",       "renamed",       "memory-target",
    "device-present", "device-attached", "device-detached", "device-failed", NULL,
};

void event_release(struct event *event)
{
    free(event->name);
    free(event->old_name);
    free(event->device_type);
    free(event->message);
    *event = (struct event){ 0 };
}

/* "2026-11-22T18:04:05.678Z" */
static void add_time(const struct event *event, struct str *text)
{
    time_t seconds = (time_t)(event->time_ms / 1000);
    char digits[32];
    struct tm utc;

    gmtime_r(&seconds, &utc);
    strftime(digits, sizeof(digits), "%Y-%m-%dT%H:%M:%S", &utc);
    str_addf(text, "%s.%03uZ", digits, (unsigned)(event->time_ms % 1000));
}

/* What people call the device: the vdev of a disk, otherwise its number. */
static char *device_name(const struct event *event)
{
    if (!event->device_type)
        return NULL;
    return strcmp(event->device_type, "vbd") == 0 ? vdev_name(event->devid)
                                                  : xasprintf("%u", event->devid);
}

#define EVENT(row) ((const struct event *)(row))

static void get_time(const void *row, struct value *value)
{
    auto_str text = STR_INIT;

    add_time(row, &text);
    value_take_text(value, str_detach(&text));
}

static void get_time_ms(const void *row, struct value *value)
{
    value_set_uint(value, EVENT(row)->time_ms);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, EVENT(row)->domid);
}

#define TEXT_COLUMN(field)                                                                         \
    static void get_##field(const void *row, struct value *value)                                  \
    {                                                                                              \
        value_set_text(value, EVENT(row)->field);                                                  \
    }
TEXT_COLUMN(kind)
TEXT_COLUMN(name)
TEXT_COLUMN(uuid)
TEXT_COLUMN(state)
TEXT_COLUMN(reason)
TEXT_COLUMN(old_name)
TEXT_COLUMN(device_type)
TEXT_COLUMN(message)

static void get_device(const void *row, struct value *value)
{
    value_take_text(value, device_name(row));
}

static void get_target(const void *row, struct value *value)
{
    if (EVENT(row)->has_target)
        value_set_uint(value, EVENT(row)->target_kib);
}

static const struct column columns[] = {
    { "time", "TIME", VALUE_TEXT, "when it was noticed, UTC", get_time },
    { "time_ms", "TIME-MS", VALUE_UINT, "the same, counted from 1970", get_time_ms },
    { "event", "EVENT", VALUE_TEXT, "what happened", get_kind },
    { "name", "NAME", VALUE_TEXT, "name of the domain", get_name },
    { "domid", "ID", VALUE_UINT, "number of the domain", get_domid },
    { "uuid", "UUID", VALUE_TEXT, "UUID of the domain", get_uuid },
    { "state", "STATE", VALUE_TEXT, "its state, with present", get_state },
    { "reason", "REASON", VALUE_TEXT, "why it shut down", get_reason },
    { "old_name", "OLD-NAME", VALUE_TEXT, "its name before it was renamed", get_old_name },
    { "memory_target_kib", "TARGET-KIB", VALUE_UINT, "memory it shall have now", get_target },
    { "device_type", "TYPE", VALUE_TEXT, "what device: vif, vbd ...", get_device_type },
    { "device", "DEVICE", VALUE_TEXT, "which one: the vdev of a disk, otherwise a number",
      get_device },
    { "message", "MESSAGE", VALUE_TEXT, "why the device failed", get_message },
};

const struct column_table event_columns = {
    .noun = "events",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "time,event,name,domid",
};

/* As one word: blanks in it would shift what stands behind. */
static void add_word(const char *bytes, struct str *text)
{
    auto_free char *safe = printable(bytes);

    for (const char *c = safe; *c; c++) {
        if (*c == ' ')
            str_add(text, "\\x20");
        else
            str_add_char(text, *c);
    }
}

static void add_detail(const char *key, const char *bytes, struct str *text)
{
    if (!bytes)
        return;
    str_addf(text, " %s=", key);
    add_word(bytes, text);
}

void event_line(const struct event *event, struct str *text)
{
    auto_free char *device = device_name(event);

    add_time(event, text);
    str_addf(text, " %s ", event->kind);
    add_word(event->name && *event->name ? event->name : "-", text);
    str_addf(text, " %u", event->domid);
    add_detail("state", event->state, text);
    add_detail("reason", event->reason, text);
    add_detail("old_name", event->old_name, text);
    if (event->has_target)
        str_addf(text, " memory_target_kib=%llu", (unsigned long long)event->target_kib);
    add_detail("device_type", event->device_type, text);
    add_detail("device", device, text);
    if (event->message) {
        auto_free char *message = printable(event->message);

        str_addf(text, " message=%s", message);
    }
    str_add_char(text, '\n');
}
