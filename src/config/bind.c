/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From settings to fields by the table of keys; see bind.h. */
#include "config/bind.h"

#include <string.h>

#include "base/mem.h"

libxl_string_list make_string_list(const struct setting_value *value)
{
    size_t count = value->type == SETTING_LIST ? value->count : 1;
    libxl_string_list list = xcalloc(count + 1, sizeof(*list));

    if (value->type != SETTING_LIST)
        list[0] = xstrdup(setting_text(value));
    else
        for (size_t i = 0; i < count; i++)
            list[i] = xstrdup(setting_text(&value->items[i]));
    return list;
}

static void store(const struct config_key *key, const struct setting *setting, void *field)
{
    switch (key->binding) {
    case BIND_NONE:
        return;
    case BIND_TEXT:
        replace_text(field, setting_text(&setting->value));
        return;
    case BIND_INT:
    case BIND_CHOICE:
        *(int *)field = (int)setting->number;
        return;
    case BIND_UINT:
        *(uint32_t *)field = (uint32_t)setting->number;
        return;
    case BIND_BOOL:
        libxl_defbool_set(field, setting->number != 0);
        return;
    case BIND_KIB:
        *(uint64_t *)field = (uint64_t)setting->number * 1024;
        return;
    case BIND_LIST:
        libxl_string_list_dispose(field);
        *(libxl_string_list *)field = make_string_list(&setting->value);
        return;
    }
}

static void store_bound(struct build *build, const struct config_key *key)
{
    const struct setting *setting = build_setting(build, key->name);
    unsigned guest = guest_bit(build->config->c_info.type);

    if (setting && key->binding != BIND_NONE && (!key->arm || (key->arm & guest)))
        store(key, setting, (char *)build->config + key->offset);
}

/* Keys that share a builder stand together in their section. */
static void run_builder(struct build *build, const struct config_key *keys,
                        const struct config_key *key)
{
    for (const struct config_key *before = keys; before < key; before++)
        if (before->build == key->build)
            return;
    key->build(build);
}

void build_all(struct build *build)
{
    const struct key_section *section;

    for (section = key_sections(); section->title; section++)
        for (const struct config_key *key = section->keys; key->name; key++)
            store_bound(build, key);
    for (section = key_sections(); section->title; section++)
        for (const struct config_key *key = section->keys; key->name; key++)
            if (key->build && !key->unavailable)
                run_builder(build, section->keys, key);
}
