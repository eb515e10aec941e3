/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cutting structured values into parts and storing them; see spec.h. */
#include "config/spec.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/bind.h"

void spec_word_release(struct spec_word *word)
{
    free(word->name);
    free(word->value);
    word->name = word->value = NULL;
}

void spec_end(struct spec *spec)
{
    spec_word_release(&spec->word);
}

/* Makes a word of length bytes of the item from start on; with trim without blanks around its two
 * sides. */
static void make_word(const struct setting_value *item, size_t start, size_t length, bool trim,
                      struct spec_word *ret)
{
    const char *text = setting_text(item), *equals = memchr(text + start, '=', length);
    size_t end = start + length, name_end = equals ? (size_t)(equals - text) : end;

    ret->place = ret->value_place = setting_part(item, start, length);
    ret->value = NULL;
    if (equals) {
        size_t value = name_end + 1;

        while (trim && value < end && text[value] == ' ')
            value++;
        while (trim && end > value && text[end - 1] == ' ')
            end--;
        ret->value = xstrndup(text + value, end - value);
        ret->value_place = setting_part(item, value, end - value);
    }
    while (trim && start < name_end && text[start] == ' ')
        start++;
    while (trim && name_end > start && text[name_end - 1] == ' ')
        name_end--;
    ret->name = xstrndup(text + start, name_end - start);
}

void spec_pair(const struct setting_value *item, struct spec_word *ret)
{
    make_word(item, 0, strlen(setting_text(item)), true, ret);
}

void spec_word_at(const struct setting_value *item, size_t start, size_t length,
                  struct spec_word *ret)
{
    make_word(item, start, length, false, ret);
}

bool spec_next(struct spec *spec)
{
    const char *text = setting_text(spec->item);
    size_t start, length;

    spec_end(spec);
    start = spec->at + strspn(text + spec->at, ", ");
    if (!text[start])
        return false;
    length = strcspn(text + start, ",");
    spec->at = start + length;
    make_word(spec->item, start, length, spec->trim, &spec->word);
    return true;
}

void report_missing_part(struct build *build, const struct config_key *key,
                         const struct setting_value *item, const char *part)
{
    const struct config_key *row = key_part(key, part);
    struct diagnostic *diagnostic =
        build_error(build, "missing-part", &item->place, "this '%s' has no '%s'", key->name, part);

    if (row && row->example)
        diagnostic_hint(diagnostic, "add %s", row->example);
}

void report_unknown_part(struct build *build, const struct config_key *key,
                         const struct spec_word *word, enum severity severity)
{
    struct place place = word->place;
    struct diagnostic *diagnostic;
    const char *near;

    if (strlen(word->name) < place.length)
        place.length = strlen(word->name);
    diagnostic = diagnose(build->diagnostics, build->strict ? SEVERITY_ERROR : severity,
                          "unknown-part", &place, "'%s' has no part '%s'%s", key->name, word->name,
                          severity == SEVERITY_WARNING && !build->strict ? "; it is not used" : "");
    near = diagnostic ? key_suggest(key, word->name) : NULL;
    if (near)
        diagnostic_hint(diagnostic, "did you mean '%s'?", near);
}

struct diagnostic *report_part_value(struct build *build, const struct config_key *part,
                                     const struct spec_word *word, enum severity severity)
{
    const char *unused = severity == SEVERITY_WARNING ? "; it is not used" : "";
    auto_free char *form = key_form_text(part);
    struct diagnostic *diagnostic;

    if (word->value)
        diagnostic = diagnose(build->diagnostics, severity, "unknown-value", &word->value_place,
                              "'%s' is no value of '%s'%s", word->value, part->name, unused);
    else
        diagnostic = diagnose(build->diagnostics, severity, "unknown-value", &word->place,
                              "'%s' needs a value%s", part->name, unused);
    diagnostic_hint(diagnostic, "expected %s", form);
    return diagnostic;
}

bool part_choice(struct build *build, const struct config_key *part, const struct spec_word *word,
                 enum severity severity, int *ret)
{
    const struct key_choice *choice = word->value ? key_choice_find(part, word->value) : NULL;
    const char *near;

    if (choice) {
        *ret = choice->value;
        return true;
    }
    near = word->value ? key_suggest_choice(part->choices, word->value) : NULL;
    if (near)
        diagnostic_hint(report_part_value(build, part, word, severity), "did you mean '%s'?", near);
    else
        report_part_value(build, part, word, severity);
    return false;
}

static void store_part_number(struct build *build, const struct config_key *part,
                              const struct spec_word *word, void *field)
{
    long min = part->min, max = part->max, number;

    if (!min && !max) {
        min = part->binding == BIND_UINT ? 0 : INT_MIN;
        max = part->binding == BIND_UINT ? UINT32_MAX : INT_MAX;
    }
    if (!build_parse_number(build, word->value, &word->value_place, part->name, min, max, &number))
        return;
    store_number_as(part->binding, number, field);
}

static void store_part(struct build *build, const struct config_key *part,
                       const struct spec_word *word, void *device)
{
    void *field = (char *)device + part->offset;
    int choice;

    if (!word->value) {
        report_part_value(build, part, word, SEVERITY_ERROR);
        return;
    }
    switch (part->binding) {
    case BIND_TEXT:
        replace_text(field, word->value);
        return;
    case BIND_CHOICE:
        if (part_choice(build, part, word, SEVERITY_ERROR, &choice))
            *(int *)field = choice;
        return;
    default:
        store_part_number(build, part, word, field);
    }
}

static void report_newer(struct build *build, const struct config_key *key,
                         const struct config_key *part, const struct spec_word *word)
{
    diagnostic_hint(build_error(build, "unavailable", &word->place,
                                "'%s' of '%s' needs a newer Xen than this xn was built for",
                                part->name, key->name),
                    "Xen %s and later have it", part->since);
}

void build_part(struct build *build, const struct config_key *key, const struct spec_word *word,
                unsigned flags, void *device,
                void (*special)(struct build *build, const struct config_key *part,
                                const struct spec_word *word, void *device))
{
    const struct config_key *part = key_part(key, word->name);
    unsigned ignore = word->value ? SPEC_IGNORE_UNKNOWN : SPEC_IGNORE_WORDS;

    if (!part)
        report_unknown_part(build, key, word, (flags & ignore) ? SEVERITY_WARNING : SEVERITY_ERROR);
    else if (part->unavailable)
        report_newer(build, key, part, word);
    else if (!word->value && (flags & SPEC_IGNORE_WORDS) && part->form != FORM_OTHER)
        report_part_value(build, part, word, SEVERITY_WARNING);
    else if (part->binding == BIND_NONE)
        special(build, part, word, device);
    else
        store_part(build, part, word, device);
}

void build_parts(struct build *build, const struct config_key *key,
                 const struct setting_value *item, unsigned flags, void *device,
                 void (*special)(struct build *build, const struct config_key *part,
                                 const struct spec_word *word, void *device))
{
    struct spec spec = { .item = item, .trim = (flags & SPEC_TRIM) != 0 };

    while (spec_next(&spec))
        build_part(build, key, &spec.word, flags, device, special);
    spec_end(&spec);
}

size_t spec_count(struct build *build, const char *name, const struct setting **ret_setting)
{
    const struct setting *setting = build_setting(build, name);

    *ret_setting = setting;
    if (!setting)
        return 0;
    if (setting->value.count <= DEVICES_MAX)
        return setting->value.count;
    build_error(build, "too-many", &setting->place, "'%s' has %zu entries, the limit is %d", name,
                setting->value.count, DEVICES_MAX);
    return 0;
}
