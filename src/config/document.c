/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names, values and their places; see document.h. */
#include "config/document.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void setting_value_release(struct setting_value *value)
{
    for (size_t i = 0; i < value->count; i++)
        setting_value_release(&value->items[i]);
    free(value->items);
    str_release(&value->text);
    value->items = NULL;
    value->count = value->capacity = 0;
}

void document_release(struct document *document)
{
    for (size_t i = 0; i < document->count; i++) {
        setting_value_release(&document->settings[i]->value);
        free(document->settings[i]->name);
        free(document->settings[i]);
    }
    for (size_t i = 0; i < document->source_count; i++) {
        source_release(document->sources[i]);
        free(document->sources[i]);
    }
    free(document->settings);
    free(document->table);
    free(document->sources);
    *document = (struct document)DOCUMENT_INIT;
}

struct source *document_add_source(struct document *document, struct source source)
{
    struct source *kept = xmalloc(sizeof(*kept));

    *kept = source;
    document->sources =
        xreallocarray(document->sources, document->source_count + 1, sizeof(struct source *));
    document->sources[document->source_count++] = kept;
    return kept;
}

/* FNV-1a: names are chosen by whoever writes the file, and the number of values is limited. */
static size_t hash(const char *name, size_t length)
{
    uint32_t value = 2166136261u;

    for (size_t i = 0; i < length; i++)
        value = (value ^ (unsigned char)name[i]) * 16777619u;
    return value;
}

/* Where the name is, or where it belongs. */
static struct setting **slot(const struct document *document, const char *name, size_t length)
{
    size_t mask = document->table_size - 1;

    for (size_t i = hash(name, length);; i++) {
        struct setting **found = &document->table[i & mask];

        if (!*found ||
            (strncmp((*found)->name, name, length) == 0 && (*found)->name[length] == '\0'))
            return found;
    }
}

struct setting *document_find(const struct document *document, const char *name)
{
    return document->table_size ? *slot(document, name, strlen(name)) : NULL;
}

static void grow(struct document *document)
{
    size_t size = document->table_size ? document->table_size * 2 : 128;

    free(document->table);
    document->table = xcalloc(size, sizeof(struct setting *));
    document->table_size = size;
    document->settings = xreallocarray(document->settings, size / 2, sizeof(struct setting *));
    for (size_t i = 0; i < document->count; i++) {
        struct setting *setting = document->settings[i];

        *slot(document, setting->name, strlen(setting->name)) = setting;
    }
}

static struct setting *new_setting(struct document *document, const struct place *name)
{
    struct setting *setting = xcalloc(1, sizeof(*setting));

    if (document->count * 2 >= document->table_size)
        grow(document);
    setting->name = xstrndup(name->source->text + name->offset, name->length);
    document->settings[document->count++] = setting;
    *slot(document, setting->name, name->length) = setting;
    return setting;
}

void setting_value_add(struct setting_value *list, struct setting_value *item)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 4;
        list->items = xreallocarray(list->items, list->capacity, sizeof(*list->items));
    }
    list->items[list->count++] = *item;
    *item = (struct setting_value){ .type = SETTING_STRING };
}

/* Joins more behind value: strings without a blank, lists item by item. */
static void append_value(struct setting_value *value, struct setting_value *more)
{
    if (more->type != SETTING_LIST) {
        str_add_bytes(&value->text, more->text.text, more->text.length);
        value->plain = false;
        value->type = SETTING_STRING;
    }
    for (size_t i = 0; i < more->count; i++)
        setting_value_add(value, &more->items[i]);
    value->place = more->place;
    more->count = 0;
}

static void warn_twice(const struct setting *setting, const struct place *name, bool list,
                       struct diagnostics *diagnostics)
{
    struct diagnostic *diagnostic;
    unsigned line = 0, column;

    if (!diagnostics_full(diagnostics))
        place_position(&setting->place, &line, &column);
    diagnostic =
        diagnose(diagnostics, SEVERITY_WARNING, "duplicate", name,
                 "'%s' is set again; its value from line %u is not used", setting->name, line);
    if (list)
        diagnostic_hint(diagnostic, "'+=' adds to a list");
}

void document_assign(struct document *document, const struct place *name, bool append,
                     struct setting_value *value, struct diagnostics *diagnostics)
{
    auto_free char *text = xstrndup(name->source->text + name->offset, name->length);
    struct setting *setting = document_find(document, text);
    bool list = value->type == SETTING_LIST;

    if (append && setting && list != (setting->value.type == SETTING_LIST)) {
        diagnose(diagnostics, SEVERITY_ERROR, "wrong-type", name,
                 list ? "a list cannot be added to the string '%s'"
                      : "a string cannot be added to the list '%s'",
                 text);
        setting_value_release(value);
        return;
    }
    if (setting && !append && setting->place.source == name->source)
        warn_twice(setting, name, list, diagnostics);
    if (!setting)
        setting = new_setting(document, name);
    else if (!append)
        setting_value_release(&setting->value);
    if (append && setting->place.source)
        append_value(&setting->value, value);
    else
        setting->value = *value, *value = (struct setting_value){ .type = SETTING_STRING };
    setting_value_release(value);
    setting->place = *name;
    setting->appended = append;
}

const char *setting_text(const struct setting_value *value)
{
    return str_text(&value->text);
}

struct place setting_part(const struct setting_value *value, size_t offset, size_t length)
{
    struct place place = value->place;

    if (!value->plain)
        return place;
    place.offset += offset + (value->type == SETTING_STRING);
    place.length = length;
    return place;
}
