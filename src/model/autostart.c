/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading and editing the table of autostart; see autostart.h. */
#include "model/autostart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/suggest.h"

static const char *const key_names[] = { "priority", "delay", "timeout", "on_stop" };

#define BLANKS  " \t\r"

#define MIGRATE "migrate:"

static const struct autostart_policy policy_default = {
    .priority = AUTOSTART_PRIORITY_DEFAULT,
    .timeout_ms = AUTOSTART_UNSET,
    .on_stop_text = "shutdown",
};

static const struct {
    const char *name;
    enum on_stop on_stop;
} plain_words[] = {
    { "shutdown", ON_STOP_SHUTDOWN },
    { "save", ON_STOP_SAVE },
    { "ignore", ON_STOP_IGNORE },
};

const char *autostart_migrate_host(const struct autostart_policy *policy)
{
    return policy->on_stop == ON_STOP_MIGRATE ? policy->on_stop_text + strlen(MIGRATE) : NULL;
}

/* What ssh takes for a host, and a line of the table can hold. */
static int check_migrate(const char *text, struct error **error)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "@.:_-[]%/+~";
    const char *host = text + strlen(MIGRATE);

    if (!starts_with(text, MIGRATE) || !*host) {
        error_set(error, ERR_USAGE, "'%s' names no host", text);
        return error_hint(error, "migrate:HOST, as 'xn migrate' takes it");
    }
    if (*host == '-' || host[strspn(host, good)] || strlen(text) >= AUTOSTART_ON_STOP_SIZE)
        return error_set(error, ERR_USAGE, "'%s' cannot be the name of a host", host);
    return 0;
}

static int find_on_stop(const char *text, enum on_stop *ret, struct error **error)
{
    for (size_t i = 0; i < ARRAY_SIZE(plain_words); i++) {
        if (strcmp(text, plain_words[i].name) == 0) {
            *ret = plain_words[i].on_stop;
            return 0;
        }
    }
    *ret = ON_STOP_MIGRATE;
    if (starts_with(text, MIGRATE) || strcmp(text, "migrate") == 0)
        return check_migrate(text, error);
    return error_set(error, ERR_USAGE, "'%s' is not one of shutdown, save, migrate:HOST, ignore",
                     text);
}

static int parse_on_stop(const char *text, struct autostart_policy *policy, struct error **error)
{
    enum on_stop on_stop;

    if (find_on_stop(text, &on_stop, error) < 0)
        return -1;
    policy->on_stop = on_stop;
    snprintf(policy->on_stop_text, sizeof(policy->on_stop_text), "%s", text);
    return 0;
}

static int parse_priority(const char *text, uint64_t *ret, struct error **error)
{
    if (parse_uint(text, AUTOSTART_PRIORITY_MAX, ret))
        return 0;
    return error_set(error, ERR_USAGE, "'%s' is no priority, a number from 0 to %d", text,
                     AUTOSTART_PRIORITY_MAX);
}

static int store_word(struct autostart_policy *policy, const char *key, const char *value,
                      struct error **error)
{
    const char *near;

    if (strcmp(key, "priority") == 0)
        return parse_priority(value, &policy->priority, error);
    if (strcmp(key, "delay") == 0)
        return parse_duration(value, &policy->delay_ms, error);
    if (strcmp(key, "timeout") == 0)
        return parse_duration(value, &policy->timeout_ms, error);
    if (strcmp(key, "on_stop") == 0)
        return parse_on_stop(value, policy, error);
    error_set(error, ERR_CONFIG, "unknown key '%s'", key);
    near = suggest(key, key_names, ARRAY_SIZE(key_names));
    return near ? error_hint(error, "did you mean '%s'?", near) : -1;
}

static int parse_word(struct autostart_policy *policy, const char *word, struct error **error)
{
    const char *equals = strchr(word, '=');
    auto_free char *key = equals ? xstrndup(word, (size_t)(equals - word)) : NULL;

    if (!equals)
        return error_set(error, ERR_CONFIG, "'%s' is not KEY=VALUE", word);
    return store_word(policy, key, equals + 1, error);
}

/* Where the comment of a line begins, or its end: quotes are only around the name. */
static size_t comment_at(const char *line, size_t behind_name)
{
    return behind_name + strcspn(line + behind_name, "#");
}

/* The name at the beginning of a line, NULL for none. *ret_end is where it ends. */
static char *read_name(const char *line, size_t *ret_end, struct error **error)
{
    size_t start = strspn(line, BLANKS), length;

    *ret_end = start;
    if (!line[start] || line[start] == '#')
        return NULL;
    if (line[start] != '"') {
        length = strcspn(line + start, BLANKS "#");
        *ret_end = start + length;
        return xstrndup(line + start, length);
    }
    length = strcspn(line + ++start, "\"");
    *ret_end = start + length + (line[start + length] == '"');
    if (line[start + length])
        return xstrndup(line + start, length);
    error_set(error, ERR_CONFIG, "the name has no closing quote");
    return xstrdup("");
}

static void parse_words(struct autostart_entry *entry, const char *line, size_t at)
{
    size_t end = comment_at(line, at);

    for (;;) {
        auto_free char *word = NULL;
        size_t length;

        at += strspn(line + at, BLANKS);
        length = at < end ? strcspn(line + at, BLANKS "#") : 0;
        if (!length)
            return;
        word = xstrndup(line + at, length);
        at += length;
        /* One problem a line is told; every word that is right holds. */
        (void)parse_word(&entry->policy, word, entry->problem ? NULL : &entry->problem);
    }
}

static void add_line(struct autostart_table *table, const char *file, const char *line,
                     unsigned number)
{
    struct autostart_entry entry = { .policy = policy_default, .line = number };
    const struct autostart_entry *other;
    size_t end;

    entry.name = read_name(line, &end, &entry.problem);
    if (!entry.name)
        return;
    if (!entry.problem)
        parse_words(&entry, line, end);
    other = *entry.name ? autostart_table_find(table, entry.name) : NULL;
    if (other && !entry.problem)
        error_set(&entry.problem, ERR_CONFIG, "'%s' stands on line %u already", entry.name,
                  other->line);
    if (entry.problem) {
        entry.problem->code = entry.problem->code == ERR_USAGE ? ERR_CONFIG : entry.problem->code;
        error_wrap(&entry.problem, "%s:%u", file, number);
    }
    table->entries = xreallocarray(table->entries, table->count + 1, sizeof(*table->entries));
    table->entries[table->count++] = entry;
}

void autostart_table_parse(struct autostart_table *table, const char *file, const char *text)
{
    for (unsigned number = 1; *text; number++) {
        size_t length = strcspn(text, "\n");
        auto_free char *line = xstrndup(text, length);

        add_line(table, file, line, number);
        text += length + (text[length] == '\n');
    }
}

void autostart_table_release(struct autostart_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->entries[i].name);
        error_clear(&table->entries[i].problem);
    }
    free(table->entries);
    *table = (struct autostart_table)AUTOSTART_TABLE_INIT;
}

const struct autostart_entry *autostart_table_find(const struct autostart_table *table,
                                                   const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->entries[i].name, name) == 0)
            return &table->entries[i];
    return NULL;
}

struct autostart_policy autostart_policy_of(const struct autostart_table *table, const char *name)
{
    const struct autostart_entry *entry = autostart_table_find(table, name);

    return entry ? entry->policy : policy_default;
}

bool autostart_change_is_empty(const struct autostart_change *change)
{
    return change->priority == AUTOSTART_UNSET && change->delay_ms == AUTOSTART_UNSET &&
           change->timeout_ms == AUTOSTART_UNSET && !change->on_stop;
}

int autostart_change_check(const struct autostart_change *change, struct error **error)
{
    enum on_stop ignored;

    if (change->priority != AUTOSTART_UNSET && change->priority > AUTOSTART_PRIORITY_MAX)
        return error_set(error, ERR_USAGE, "--priority: %llu is too large, the limit is %d",
                         (unsigned long long)change->priority, AUTOSTART_PRIORITY_MAX);
    if (change->on_stop && find_on_stop(change->on_stop, &ignored, error) < 0)
        return error_wrap(error, "--on-stop");
    return 0;
}

static int apply_change(struct autostart_policy *policy, const struct autostart_change *change,
                        struct error **error)
{
    if (change->priority != AUTOSTART_UNSET)
        policy->priority = change->priority;
    if (change->delay_ms != AUTOSTART_UNSET)
        policy->delay_ms = change->delay_ms;
    if (change->timeout_ms != AUTOSTART_UNSET)
        policy->timeout_ms = change->timeout_ms;
    return change->on_stop ? parse_on_stop(change->on_stop, policy, error) : 0;
}

static void write_time(struct str *text, const char *key, uint64_t ms)
{
    static const struct {
        uint64_t ms;
        const char *unit;
    } units[] = { { 3600000, "h" }, { 60000, "m" }, { 1000, "s" }, { 1, "ms" } };
    size_t i = 0;

    while (ms % units[i].ms || (ms == 0 && units[i].ms != 1000))
        i++;
    str_addf(text, " %s=%llu%s", key, (unsigned long long)(ms / units[i].ms), units[i].unit);
}

static void write_line(struct str *text, const char *name, const struct autostart_policy *policy)
{
    bool quoted = strpbrk(name, BLANKS "#") != NULL;

    str_addf(text, quoted ? "\"%s\"" : "%s", name);
    if (policy->priority != AUTOSTART_PRIORITY_DEFAULT)
        str_addf(text, " priority=%llu", (unsigned long long)policy->priority);
    if (policy->delay_ms)
        write_time(text, "delay", policy->delay_ms);
    if (policy->timeout_ms != AUTOSTART_UNSET)
        write_time(text, "timeout", policy->timeout_ms);
    if (policy->on_stop != ON_STOP_SHUTDOWN)
        str_addf(text, " on_stop=%s", policy->on_stop_text);
}

static int check_name(const char *name, struct error **error)
{
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f || *c == '"')
            return error_set(error, ERR_REFUSED,
                             "the name '%s' cannot be written: it holds a quote or a control "
                             "character",
                             name);
    return *name ? 0 : error_set(error, ERR_REFUSED, "a guest without a name has no settings");
}

/* A line that cannot be read whole is left to whoever wrote it. */
static int check_lines(const struct autostart_table *table, const char *name, struct error **error)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct autostart_entry *entry = &table->entries[i];

        if (!entry->problem || strcmp(entry->name, name) != 0)
            continue;
        error_set(error, ERR_REFUSED, "will not change a line that cannot be read: %s",
                  entry->problem->message);
        return error_hint(error, "put it right with an editor first");
    }
    return 0;
}

static void copy_lines(struct str *new, const char *text, unsigned changed, const char *line)
{
    for (unsigned number = 1; *text; number++) {
        size_t length = strcspn(text, "\n"), end;

        if (number == changed) {
            auto_free char *old = xstrndup(text, length);
            const char *comment;

            free(read_name(old, &end, NULL)); /* where the name ends */
            comment = old + comment_at(old, end);
            str_addf(new, "%s%s%s", line, *comment ? " " : "", comment);
        } else {
            str_add_bytes(new, text, length);
        }
        str_add_char(new, '\n');
        text += length + (text[length] == '\n');
    }
    if (!changed)
        str_addf(new, "%s\n", line);
}

int autostart_table_edit(const char *file, const char *text, const char *name,
                         const struct autostart_change *change, char **ret_text,
                         struct error **error)
{
    auto_autostart_table table = AUTOSTART_TABLE_INIT;
    const struct autostart_entry *entry;
    struct autostart_policy policy;
    auto_str line = STR_INIT, new = STR_INIT;

    autostart_table_parse(&table, file, text);
    entry = autostart_table_find(&table, name);
    policy = autostart_policy_of(&table, name);
    if (check_name(name, error) < 0 || check_lines(&table, name, error) < 0 ||
        apply_change(&policy, change, error) < 0)
        return -1;
    write_line(&line, name, &policy);
    copy_lines(&new, text, entry ? entry->line : 0, str_text(&line));
    *ret_text = str_detach(&new);
    return 0;
}
