/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Comparing every setting with the row of its key, before anything is built. */
#include "config/check_form.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

static void report_unknown(struct build *build, const struct setting *setting)
{
    struct diagnostic *diagnostic =
        diagnose(build->diagnostics, build->strict ? SEVERITY_ERROR : SEVERITY_WARNING,
                 "unknown-key", &setting->place, "unknown key '%s'", setting->name);
    const char *near = diagnostic ? key_suggest(NULL, setting->name) : NULL;

    if (near)
        diagnostic_hint(diagnostic, "did you mean '%s'?", near);
}

static void report_form(struct build *build, struct setting *setting, const struct config_key *key)
{
    auto_free char *form = key_form_text(key);
    struct diagnostic *diagnostic;
    struct place place = setting->value.place;

    setting->refused = true;
    if (setting->value.type == SETTING_LIST) {
        place.length = 1;
        diagnostic = build_error(build, "wrong-type", &place, "'%s' cannot be a list", key->name);
    } else {
        diagnostic = build_error(build, "wrong-type", &place, "'%s' must be a list", key->name);
    }
    diagnostic_hint(diagnostic, "expected %s", form);
    if (key->example)
        diagnostic_hint(diagnostic, "expected %s, as in %s", form, key->example);
}

static void report_choice(struct build *build, struct setting *setting,
                          const struct config_key *key)
{
    const char *text = setting_text(&setting->value);
    const char *near = key_suggest_choice(key->choices, text);
    auto_free char *form = key_form_text(key);
    struct diagnostic *diagnostic = build_error(build, "unknown-value", &setting->value.place,
                                                "'%s' is no value of '%s'", text, key->name);

    setting->refused = true;
    if (near)
        diagnostic_hint(diagnostic, "did you mean '%s'?", near);
    else
        diagnostic_hint(diagnostic, "expected %s", form);
}

static void check_choice(struct build *build, struct setting *setting, const struct config_key *key)
{
    const char *text = setting_text(&setting->value);
    const struct key_choice *choice = key_choice_find(key, text);

    if (!choice) {
        report_choice(build, setting, key);
        return;
    }
    setting->is_number = true;
    setting->number = choice->value;
}

/* The limits of the row, or of the field that it is bound to. */
static void number_limits(const struct config_key *key, long *ret_min, long *ret_max)
{
    *ret_min = key->min;
    *ret_max = key->max;
    if (key->min || key->max)
        return;
    switch (key->form) {
    case FORM_MIB:
        *ret_max = INT64_MAX >> 20;
        return;
    case FORM_BOOL:
        *ret_min = LONG_MIN;
        *ret_max = LONG_MAX;
        return;
    default:
        *ret_min = key->binding == BIND_UINT ? 0 : INT_MIN;
        *ret_max = key->binding == BIND_UINT ? UINT32_MAX : INT_MAX;
    }
}

static void check_number(struct build *build, struct setting *setting, const struct config_key *key)
{
    const char *text = setting_text(&setting->value);
    long min, max;

    if (setting->appended) {
        build_error(build, "not-a-number", &setting->value.place,
                    "'%s' is a number and cannot be made with '+='", key->name);
        setting->refused = true;
        return;
    }
    number_limits(key, &min, &max);
    setting->is_number = build_parse_number(build, text, &setting->value.place, key->name, min, max,
                                            &setting->number);
    setting->refused = !setting->is_number;
}

/* The items of a list of strings must be strings. */
static void check_items(struct build *build, struct setting *setting, const struct config_key *key)
{
    for (size_t i = 0; i < setting->value.count; i++) {
        const struct setting_value *item = &setting->value.items[i];
        bool list = item->type == SETTING_LIST;

        if (list == (key->form == FORM_GROUPS))
            continue;
        build_error(build, "wrong-type", &item->place,
                    list ? "the items of '%s' must be strings, not lists"
                         : "the items of '%s' must be lists of strings",
                    key->name);
        setting->refused = true;
    }
}

static void check_value(struct build *build, struct setting *setting, const struct config_key *key)
{
    bool list = setting->value.type == SETTING_LIST;

    switch (key->form) {
    case FORM_LIST:
    case FORM_SPECS:
    case FORM_GROUPS:
        if (list)
            check_items(build, setting, key);
        else
            report_form(build, setting, key);
        return;
    case FORM_TEXT_OR_LIST:
        if (list)
            check_items(build, setting, key);
        return;
    case FORM_OTHER:
    case FORM_NONE:
        return;
    default:
        break;
    }
    if (list)
        report_form(build, setting, key);
    else if (key->form == FORM_CHOICE)
        check_choice(build, setting, key);
    else if (key->form != FORM_TEXT)
        check_number(build, setting, key);
}

/* Says what the row says of every use of the key. */
static void warn_of_key(struct build *build, const struct setting *setting,
                        const struct config_key *key)
{
    struct diagnostic *diagnostic;

    if (key->warning)
        build_warning(build, "deprecated", &setting->place, "'%s': %s", key->name, key->warning);
    if (!key->ignored && !key->replaced_by)
        return;
    diagnostic = build_warning(
        build, "deprecated", &setting->place,
        key->ignored ? "'%s' is obsolete and has no effect" : "'%s' is deprecated", key->name);
    if (key->replaced_by)
        diagnostic_hint(diagnostic, "use %s", key->replaced_by);
}

static void check_setting(struct build *build, struct setting *setting)
{
    const struct config_key *key = key_find(setting->name);
    struct diagnostic *diagnostic;

    setting->key = key;
    if (!key) {
        report_unknown(build, setting);
        return;
    }
    if (key->unavailable) {
        diagnostic = build_error(build, "unavailable", &setting->place,
                                 "'%s' needs a newer Xen than this xn was built for", key->name);
        diagnostic_hint(diagnostic, "Xen %s and later have it", key->since);
        setting->refused = true;
        return;
    }
    warn_of_key(build, setting, key);
    if (!key->ignored)
        check_value(build, setting, key);
}

void check_form(struct build *build)
{
    for (size_t i = 0; i < build->document->count; i++)
        check_setting(build, build->document->settings[i]);
}

static void report_guest_type(struct build *build, struct setting *setting)
{
    const struct config_key *key = setting->key;
    libxl_domain_type type = build->config->c_info.type;

    if (key->refused_elsewhere) {
        build_error(build, "not-for-this-guest", &setting->place, "'%s' is not possible for %s",
                    key->name, guest_noun(type));
        setting->refused = true;
    } else if (key->guests == GUEST_ARM) {
        build_warning(build, "not-for-this-guest", &setting->place,
                      "'%s' means something on Arm only", key->name);
    } else {
        build_warning(build, "not-for-this-guest", &setting->place, "'%s' has no effect for %s",
                      key->name, guest_noun(type));
    }
}

void check_guest_types(struct build *build)
{
    unsigned guest = guest_bit(build->config->c_info.type);

    for (size_t i = 0; i < build->document->count; i++) {
        struct setting *setting = build->document->settings[i];
        const struct config_key *key = setting->key;

        if (key && !key->ignored && !setting->refused && !(key->guests & guest))
            report_guest_type(build, setting);
    }
}
