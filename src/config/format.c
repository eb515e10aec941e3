/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A configuration that was read, written again as a clean file; see config_format in config.h. */
#include "config/build.h"

#include <string.h>

/* A list with one item, or a shorter one than this, stays on its line. */
#define LINE_MAX_CHARACTERS 76

static void add_quoted(struct str *text, const char *value)
{
    str_add_char(text, '"');
    for (; *value; value++) {
        unsigned char byte = (unsigned char)*value;

        if (byte == '"' || byte == '\\')
            str_addf(text, "\\%c", byte);
        else if (byte == '\n')
            str_add(text, "\\n");
        else if (byte == '\t')
            str_add(text, "\\t");
        else if (byte < 0x20 || byte == 0x7f)
            str_addf(text, "\\x%02x", byte);
        else
            str_add_char(text, (char)byte);
    }
    str_add_char(text, '"');
}

/* Whether the key takes a number that may as well stand without quotes. */
static bool is_bare(const struct config_key *key, const char *value)
{
    bool takes_number = key->form == FORM_NUMBER || key->form == FORM_BOOL || key->form == FORM_MIB;

    return takes_number && *value && value[strspn(value, "0123456789")] == '\0';
}

static void add_scalar(struct str *text, const struct config_key *key,
                       const struct setting_value *value)
{
    const char *written = setting_text(value);
    bool keeps_number = value->type == SETTING_NUMBER && key->form != FORM_TEXT;

    if (keeps_number || is_bare(key, written))
        str_add(text, written);
    else
        add_quoted(text, written);
}

static void add_flat(struct str *text, const struct config_key *key,
                     const struct setting_value *value)
{
    if (value->type != SETTING_LIST) {
        add_scalar(text, key, value);
        return;
    }
    str_add_char(text, '[');
    for (size_t i = 0; i < value->count; i++) {
        str_add(text, i ? ", " : " ");
        add_flat(text, key, &value->items[i]);
    }
    str_add(text, value->count ? " ]" : "]");
}

static void add_value(struct str *text, const struct config_key *key,
                      const struct setting_value *value)
{
    auto_str flat = STR_INIT;

    add_flat(&flat, key, value);
    if (value->type != SETTING_LIST || value->count < 2 ||
        strlen(key->name) + 3 + flat.length <= LINE_MAX_CHARACTERS) {
        str_add(text, str_text(&flat));
        return;
    }
    str_add(text, "[\n");
    for (size_t i = 0; i < value->count; i++) {
        str_add(text, "    ");
        add_flat(text, key, &value->items[i]);
        str_add(text, ",\n");
    }
    str_add_char(text, ']');
}

static bool means_something(const struct build *build, const struct config_key *key)
{
    return (key->guests & guest_bit(build->config->c_info.type)) && !key->ignored &&
           !key->unavailable;
}

static void add_key(const struct build *build, const struct config_key *key, bool defaults,
                    struct str *text)
{
    const struct setting *setting = build_setting(build, key->name);

    if (!means_something(build, key))
        return;
    if (setting) {
        str_addf(text, "%s = ", key->name);
        add_value(text, key, &setting->value);
        str_add_char(text, '\n');
    } else if (defaults && key->fallback && !key->replaced_by) {
        str_addf(text, "# %s: %s\n", key->name, key->fallback);
    }
}

void config_format(const struct config_view *view, bool defaults, struct str *text)
{
    if (!view->build.document->count)
        return;
    for (const struct key_section *section = key_sections(); section->title; section++) {
        auto_str lines = STR_INIT;

        for (const struct config_key *key = section->keys; key->name; key++)
            add_key(&view->build, key, defaults, &lines);
        if (!lines.length)
            continue;
        str_addf(text, "%s# %s\n", text->length ? "\n" : "", section->title);
        str_add(text, str_text(&lines));
    }
}
