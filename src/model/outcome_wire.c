/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fields one after the other, each ended by NUL; see outcome_wire.h. */
#include "model/outcome_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The last field: without it something is missing. */
#define END_MARK "end"

/* What a child may come to. Only these words travel, since a result is static text. */
static const char *const results[] = { "done",      "restored",  "running", "saved",
                                       "shut-down", "destroyed", "killed",  "moved" };

static const char *known_result(const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(results); i++)
        if (strcmp(text, results[i]) == 0)
            return results[i];
    return "done";
}

static void pack_text(struct str *bytes, const char *text)
{
    str_add_bytes(bytes, text ? text : "", strlen(text ? text : "") + 1);
}

static void pack_number(struct str *bytes, unsigned long long number)
{
    char digits[32];

    snprintf(digits, sizeof(digits), "%llu", number);
    pack_text(bytes, digits);
}

static void pack_error(struct str *bytes, const struct error *error)
{
    pack_number(bytes, error ? (unsigned long long)error->code : 0);
    pack_text(bytes, error ? error->message : NULL);
    pack_text(bytes, error ? error->hint : NULL);
    pack_number(bytes, error ? error->detail.count : 0);
    for (size_t i = 0; error && i < error->detail.count; i++)
        pack_text(bytes, error->detail.items[i]);
}

void outcome_pack(const struct outcome *outcome, struct str *bytes)
{
    pack_number(bytes, outcome->domain.domid);
    pack_text(bytes, outcome->domain.uuid);
    pack_text(bytes, outcome->domain.name);
    pack_text(bytes, outcome->result);
    pack_number(bytes, outcome->duration_ms);
    pack_number(bytes, outcome->moved);
    pack_number(bytes, outcome->downtime_ms);
    pack_number(bytes, outcome->sent_kib);
    pack_error(bytes, outcome->error);
    pack_text(bytes, END_MARK);
}

struct reader {
    const struct str *bytes;
    size_t at;
    bool broken;
};

static const char *take_text(struct reader *reader)
{
    const char *text = reader->bytes->text + reader->at;
    size_t left = reader->bytes->length - reader->at, length;

    length = left ? strnlen(text, left) : 0;
    if (length == left) { /* no NUL behind it */
        reader->broken = true;
        return "";
    }
    reader->at += length + 1;
    return text;
}

static unsigned long long take_number(struct reader *reader)
{
    return strtoull(take_text(reader), NULL, 10);
}

static void take_error(struct reader *reader, struct error **error)
{
    unsigned long long code = take_number(reader), details;
    const char *message = take_text(reader), *hint = take_text(reader);

    if (code && !reader->broken)
        error_set(error, (enum error_code)code, "%s", message);
    if (*hint)
        error_hint(error, "%s", hint);
    details = take_number(reader);
    for (; details && !reader->broken; details--)
        error_detail(error, take_text(reader));
}

bool outcome_unpack(const struct str *bytes, struct outcome *outcome)
{
    struct reader reader = { .bytes = bytes };
    const char *name;

    outcome->domain.domid = (uint32_t)take_number(&reader);
    snprintf(outcome->domain.uuid, sizeof(outcome->domain.uuid), "%s", take_text(&reader));
    name = take_text(&reader);
    free(outcome->domain.name);
    outcome->domain.name = *name ? xstrdup(name) : NULL;
    outcome->result = known_result(take_text(&reader));
    outcome->duration_ms = take_number(&reader);
    outcome->moved = take_number(&reader) != 0;
    outcome->downtime_ms = take_number(&reader);
    outcome->sent_kib = take_number(&reader);
    take_error(&reader, &outcome->error);
    return !reader.broken && strcmp(take_text(&reader), END_MARK) == 0 && !reader.broken;
}
