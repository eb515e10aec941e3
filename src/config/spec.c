/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cutting structured values into parts and storing them; see spec.h. */
#include "config/spec.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

void spec_end(struct spec *spec)
{
    free(spec->word.name);
    free(spec->word.value);
    spec->word.name = spec->word.value = NULL;
}

bool spec_next(struct spec *spec)
{
    const char *text = setting_text(spec->item), *equals;
    size_t start, length;

    spec_end(spec);
    start = spec->at + strspn(text + spec->at, ", ");
    if (!text[start])
        return false;
    length = strcspn(text + start, ",");
    spec->at = start + length;
    equals = memchr(text + start, '=', length);
    spec->word.name = xstrndup(text + start, equals ? (size_t)(equals - text) - start : length);
    spec->word.place = spec->word.value_place = setting_part(spec->item, start, length);
    if (equals) {
        size_t value = (size_t)(equals + 1 - text);

        spec->word.value = xstrndup(equals + 1, start + length - value);
        spec->word.value_place = setting_part(spec->item, value, start + length - value);
    }
    return true;
}

void report_unknown_part(struct build *build, const struct config_key *key,
                         const struct spec_word *word, enum severity severity)
{
    struct place place = word->place;
    const char *near = key_suggest(key, word->name);
    struct diagnostic *diagnostic;

    if (strlen(word->name) < place.length)
        place.length = strlen(word->name);
    diagnostic = diagnose(build->diagnostics, build->strict ? SEVERITY_ERROR : severity,
                          "unknown-part", &place, "'%s' has no part '%s'%s", key->name, word->name,
                          severity == SEVERITY_WARNING && !build->strict ? "; it is not used" : "");
    if (near)
        diagnostic_hint(diagnostic, "did you mean '%s'?", near);
}

struct diagnostic *report_part_value(struct build *build, const struct config_key *part,
                                     const struct spec_word *word, enum severity severity)
{
    auto_free char *form = key_form_text(part);
    struct diagnostic *diagnostic =
        diagnose(build->diagnostics, severity, "unknown-value", &word->value_place,
                 "'%s' is no value of '%s'%s", word->value ? word->value : "", part->name,
                 severity == SEVERITY_WARNING ? "; it is not used" : "");

    diagnostic_hint(diagnostic, "expected %s", form);
    return diagnostic;
}

bool part_choice(struct build *build, const struct config_key *part, const struct spec_word *word,
                 enum severity severity, int *ret)
{
    const char *near;

    for (const struct key_choice *choice = part->choices; word->value && choice->text; choice++) {
        if (strcmp(choice->text, word->value) == 0 ||
            (part->any_case && strcasecmp(choice->text, word->value) == 0)) {
            *ret = choice->value;
            return true;
        }
    }
    near = word->value ? key_suggest_choice(part->choices, word->value) : NULL;
    if (near)
        diagnostic_hint(report_part_value(build, part, word, severity), "did you mean '%s'?", near);
    else
        report_part_value(build, part, word, severity);
    return false;
}

static void store_number(struct build *build, const struct config_key *part,
                         const struct spec_word *word, void *field)
{
    long min = part->min, max = part->max, number;

    if (!min && !max) {
        min = part->binding == BIND_INT ? INT_MIN : 0;
        max = part->binding == BIND_INT ? INT_MAX : UINT32_MAX;
    }
    if (!build_parse_number(build, word->value, &word->value_place, part->name, min, max, &number))
        return;
    if (part->binding == BIND_INT)
        *(int *)field = (int)number;
    else if (part->binding == BIND_UINT)
        *(uint32_t *)field = (uint32_t)number;
    else
        libxl_defbool_set(field, number != 0);
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
        store_number(build, part, word, field);
    }
}

void build_parts(struct build *build, const struct config_key *key,
                 const struct setting_value *item, enum spec_unknown unknown, void *device,
                 void (*special)(struct build *build, const struct config_key *part,
                                 const struct spec_word *word, void *device))
{
    struct spec spec = { .item = item };

    while (spec_next(&spec)) {
        const struct config_key *part = key_part(key, spec.word.name);

        if (!part)
            report_unknown_part(build, key, &spec.word,
                                unknown == SPEC_UNKNOWN_WARNING ? SEVERITY_WARNING : SEVERITY_ERROR);
        else if (part->unavailable)
            diagnostic_hint(build_error(build, "unavailable", &spec.word.place,
                                        "'%s' of '%s' needs a newer Xen than this xn was built for",
                                        part->name, key->name),
                            "Xen %s and later have it", part->since);
        else if (part->binding == BIND_NONE)
            special(build, part, &spec.word, device);
        else
            store_part(build, part, &spec.word, device);
    }
    spec_end(&spec);
}
