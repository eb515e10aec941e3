/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn explain: what the keys of a configuration mean, from the table that reads them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "commands/registry.h"
#include "config/key.h"
#include "out/listing.h"

struct explain_args {
    struct string_list keys;
};

/* One row: a key, or a part of a structured key. */
struct entry {
    const struct key_section *section;
    const struct config_key *parent; /* NULL: a key */
    const struct config_key *key;
};

struct entries {
    struct entry *items;
    const void **rows; /* made when all items are there */
    size_t count;
};

static void entries_release(struct entries *entries)
{
    free(entries->items);
    free(entries->rows);
}
#define auto_entries __attribute__((cleanup(entries_release))) struct entries

static void add_entry(struct entries *entries, const struct key_section *section,
                      const struct config_key *parent, const struct config_key *key)
{
    entries->items = xreallocarray(entries->items, entries->count + 1, sizeof(*entries->items));
    entries->items[entries->count++] = (struct entry){ section, parent, key };
}

static void add_key(struct entries *entries, const struct key_section *section,
                    const struct config_key *key, bool parts)
{
    add_entry(entries, section, NULL, key);
    for (const struct config_key *part = key->parts; parts && part && part->name; part++)
        add_entry(entries, section, key, part);
}

static char *entry_name(const struct entry *entry)
{
    return entry->parent ? xasprintf("%s.%s", entry->parent->name, entry->key->name)
                         : xstrdup(entry->key->name);
}

static char *guests_text(unsigned guests)
{
    static const char *const names[] = { "pv", "pvh", "hvm", "arm" };
    auto_str text = STR_INIT;

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (guests & (1u << i))
            str_addf(&text, "%s%s", text.length ? ", " : "", names[i]);
    return str_detach(&text);
}

/* A part means something to the guests that its key does, unless it says otherwise. */
static unsigned entry_guests(const struct entry *entry)
{
    if (entry->key->guests || !entry->parent)
        return entry->key->guests;
    return entry->parent->guests;
}

static char *deprecation_text(const struct config_key *key)
{
    if (key->ignored)
        return key->replaced_by ? xasprintf("it has no effect; use %s", key->replaced_by)
                                : xstrdup("it has no effect");
    return key->replaced_by ? xasprintf("use %s", key->replaced_by) : NULL;
}

static void get_key(const void *row, struct value *value)
{
    value_take_text(value, entry_name(row));
}

static void get_section(const void *row, struct value *value)
{
    value_set_text(value, ((const struct entry *)row)->section->title);
}

static void get_meaning(const void *row, struct value *value)
{
    value_set_text(value, ((const struct entry *)row)->key->meaning);
}

static void get_value(const void *row, struct value *value)
{
    value_take_text(value, key_form_text(((const struct entry *)row)->key));
}

static void get_default(const void *row, struct value *value)
{
    value_set_text(value, ((const struct entry *)row)->key->fallback);
}

static void get_guests(const void *row, struct value *value)
{
    value_take_text(value, guests_text(entry_guests(row)));
}

static void get_since(const void *row, struct value *value)
{
    value_set_text(value, ((const struct entry *)row)->key->since);
}

static void get_deprecated(const void *row, struct value *value)
{
    char *text = deprecation_text(((const struct entry *)row)->key);

    if (text)
        value_take_text(value, text);
}

static void get_note(const void *row, struct value *value)
{
    value_set_text(value, ((const struct entry *)row)->key->warning);
}

static void get_available(const void *row, struct value *value)
{
    value_set_bool(value, !((const struct entry *)row)->key->unavailable);
}

static void get_field(const void *row, struct value *value)
{
    value_set_text(value, ((const struct entry *)row)->key->field);
}

static void get_example(const void *row, struct value *value)
{
    value_set_text(value, ((const struct entry *)row)->key->example);
}

static const struct column columns[] = {
    { "key", "KEY", VALUE_TEXT, "the key, or KEY.PART", get_key },
    { "section", "SECTION", VALUE_TEXT, "the section of xn.cfg(5)", get_section },
    { "meaning", "MEANING", VALUE_TEXT, "what it is for", get_meaning },
    { "value", "VALUE", VALUE_TEXT, "what its value must look like", get_value },
    { "default", "DEFAULT", VALUE_TEXT, "what holds when it is not set", get_default },
    { "guests", "GUESTS", VALUE_TEXT, "the types of guests that it means something to",
      get_guests },
    { "since", "SINCE", VALUE_TEXT, "the first Xen that has it", get_since },
    { "deprecated", "DEPRECATED", VALUE_TEXT, "what to use instead", get_deprecated },
    { "note", "NOTE", VALUE_TEXT, "what xn says whenever it is used", get_note },
    { "available", "AVAILABLE", VALUE_BOOL, "whether this build of xn can honour it",
      get_available },
    { "field", "FIELD", VALUE_TEXT, "where libxl's JSON has it", get_field },
    { "example", "EXAMPLE", VALUE_TEXT, "how it is written", get_example },
};

static const struct column_table explain_columns = {
    .noun = "keys",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "key,value,default,guests,meaning",
};

static void add_line(struct str *text, const char *title, const char *content)
{
    if (content && *content)
        str_addf(text, "  %-11s %s\n", title, content);
}

/* The widest of the names that stand in front of their meanings. */
static int name_width(const struct config_key *key)
{
    size_t width = 0;

    for (const struct key_choice *choice = key->choices; choice && choice->text; choice++)
        width = strlen(choice->text) > width ? strlen(choice->text) : width;
    for (const struct config_key *part = key->parts; part && part->name; part++)
        width = strlen(part->name) > width ? strlen(part->name) : width;
    return (int)width;
}

static void add_choices(struct str *text, const struct config_key *key)
{
    for (const struct key_choice *choice = key->choices; choice && choice->text; choice++)
        if (choice->meaning)
            str_addf(text, "    %-*s  %s\n", name_width(key), choice->text, choice->meaning);
}

static void add_parts(struct str *text, const struct config_key *key)
{
    for (const struct config_key *part = key->parts; part && part->name; part++)
        str_addf(text, "    %-*s  %s\n", name_width(key), part->name, part->meaning);
}

/* Everything about one key, for people. */
static void add_entry_text(struct str *text, const struct entry *entry)
{
    const struct config_key *key = entry->key;
    auto_free char *name = entry_name(entry);
    auto_free char *form = key_form_text(key);
    auto_free char *guests = guests_text(entry_guests(entry));
    auto_free char *deprecated = deprecation_text(key);

    str_addf(text, "%s%s - %s\n", text->length ? "\n" : "", name, key->meaning);
    add_line(text, "value:", form);
    add_choices(text, key);
    add_line(text, "default:", key->fallback);
    add_line(text, "guests:", guests);
    add_line(text, "since:", key->since);
    add_line(text, "deprecated:", deprecated);
    add_line(text, "note:", key->warning);
    if (key->unavailable)
        add_line(text, "here:", "this xn was built for an older Xen and refuses it");
    add_line(text, "libxl:", key->field);
    add_line(text, "example:", key->example);
    if (key->parts) {
        str_addf(text, "  parts, each explained by 'xn explain %s.PART':\n", key->name);
        add_parts(text, key);
    }
}

/* The longest key has a blank behind it. */
#define INDEX_WIDTH 28

static void add_index(struct str *text)
{
    for (const struct key_section *section = key_sections(); section->title; section++) {
        str_addf(text, "%s%s\n", text->length ? "\n" : "", section->title);
        for (const struct config_key *key = section->keys; key->name; key++)
            if (!key->ignored)
                str_addf(text, "  %-*s %s\n", INDEX_WIDTH, key->name, key->meaning);
    }
}

static const struct key_section *section_of(const struct config_key *wanted)
{
    const struct key_section *section = key_sections();

    for (; section->title; section++)
        for (const struct config_key *key = section->keys; key->name; key++)
            if (key == wanted)
                return section;
    return section;
}

/* For "mac": the key that has such a part. */
static const struct config_key *key_with_part(const char *name)
{
    for (const struct key_section *section = key_sections(); section->title; section++)
        for (const struct config_key *key = section->keys; key->name; key++)
            if (key_part(key, name))
                return key;
    return NULL;
}

static int unknown_key(const char *word, struct error **error)
{
    const struct config_key *owner = key_with_part(word);
    const char *near = key_suggest(NULL, word);

    error_set(error, ERR_USAGE, "there is no key '%s'", word);
    if (owner)
        return error_hint(error, "'%s' has a part of this name: xn explain %s.%s", owner->name,
                          owner->name, word);
    return near ? error_hint(error, "did you mean '%s'?", near)
                : error_hint(error, "'xn explain' lists them all");
}

static int unknown_part(const struct config_key *key, const char *word, struct error **error)
{
    const char *near = key_suggest(key, word);

    error_set(error, ERR_USAGE, "'%s' has no part '%s'", key->name, word);
    return near ? error_hint(error, "did you mean '%s.%s'?", key->name, near)
                : error_hint(error, "'xn explain %s' names its parts", key->name);
}

/* A key with all its parts when they are wanted as data, or the one part of "vif.mac". */
static int find_entries(struct entries *entries, const char *word, bool parts, struct error **error)
{
    const struct config_key *key = key_find(word), *part;
    const char *dot = strchr(word, '.');
    auto_free char *name = NULL;

    if (key) {
        add_key(entries, section_of(key), key, parts);
        return 0;
    }
    if (!dot)
        return unknown_key(word, error);
    name = xstrndup(word, (size_t)(dot - word));
    key = key_find(name);
    if (!key)
        return unknown_key(name, error);
    part = key_part(key, dot + 1);
    if (!part)
        return unknown_part(key, dot + 1, error);
    add_entry(entries, section_of(key), key, part);
    return 0;
}

static int print_rows(const struct env *env, struct entries *entries, struct error **error)
{
    struct listing listing = { .table = &explain_columns, .count = entries->count };

    entries->rows = xcalloc(entries->count, sizeof(*entries->rows));
    for (size_t i = 0; i < entries->count; i++)
        entries->rows[i] = &entries->items[i];
    listing.rows = entries->rows;
    return listing_print(&listing, &env->output, env->out, error);
}

static int print_all(const struct env *env, bool as_rows, struct error **error)
{
    auto_entries entries = { NULL, NULL, 0 };
    auto_str text = STR_INIT;

    if (!as_rows) {
        add_index(&text);
        return output_text(env->out, str_text(&text), text.length, error);
    }
    for (const struct key_section *section = key_sections(); section->title; section++)
        for (const struct config_key *key = section->keys; key->name; key++)
            add_key(&entries, section, key, true);
    return print_rows(env, &entries, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct explain_args *args = data;
    const struct output_options *output = &env->output;
    bool as_rows = output->format != FORMAT_DEFAULT || output->columns.count ||
                   output->filters.count || output->sort.count;
    auto_entries entries = { NULL, NULL, 0 };
    auto_str text = STR_INIT;

    if (args->keys.count == 0)
        return print_all(env, as_rows, error);
    for (size_t i = 0; i < args->keys.count; i++)
        if (find_entries(&entries, args->keys.items[i], as_rows, error) < 0)
            return -1;
    if (as_rows)
        return print_rows(env, &entries, error);
    for (size_t i = 0; i < entries.count; i++)
        add_entry_text(&text, &entries.items[i]);
    return output_text(env->out, str_text(&text), text.length, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("KEY", struct explain_args, keys, KIND_KEY,
                       "a key of a configuration file, or KEY.PART; none lists all"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "explain", "all keys, each in a line" },
    { "explain on_crash", "one key: its values, default and an example" },
    { "explain disk disk.format", "a structured key with its parts, and one of them" },
    { "explain --columns key,default --filter 'section=Memory'", "as a table" },
    { NULL, NULL },
};

const struct command cmd_explain = {
    .name = "explain",
    .group = GROUP_CONFIGURATION,
    .summary = "explain the keys of configuration files",
    .description = "What a key means, what its value looks like, what holds without it, which\n"
                   "guests it is for, and since which Xen. Needs no Xen and no root.",
    .examples = examples,
    .flags = COMMAND_LISTS,
    .arguments = arguments,
    .args_size = sizeof(struct explain_args),
    .columns = &explain_columns,
    .run = run,
};
