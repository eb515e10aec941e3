/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What may stand for a device or a part of one; see device_complete.h. */
#include "commands/device_complete.h"

#include <string.h>

#include "base/mem.h"
#include "config/key.h"
#include "xen/domain.h"

static bool is_said(const struct string_list *arguments, const char *part)
{
    size_t length = strlen(part);

    for (size_t i = 0; i < arguments->count; i++)
        if (strncmp(arguments->items[i], part, length) == 0 &&
            (arguments->items[i][length] == '=' || !arguments->items[i][length]))
            return true;
    return false;
}

/* "cdrom", "trusted": nothing follows them. */
static bool takes_value(const struct config_key *part)
{
    return !part->form_text || strcmp(part->form_text, "no value") != 0;
}

/* "one of phy, tap, qdisk": libxlutil reads these parts, and the table has no choices for them. */
static void complete_form(const struct config_key *part, struct string_list *list)
{
    static const char before[] = "one of ";
    auto_string_list words = STRING_LIST_INIT;

    if (!part->form_text || !starts_with(part->form_text, before))
        return;
    string_list_split(&words, part->form_text + strlen(before), ',');
    for (size_t i = 0; i < words.count; i++)
        string_list_take(list, xasprintf("%s=%s", part->name, words.items[i]));
}

static void complete_value(const struct config_key *part, struct string_list *list)
{
    complete_form(part, list);
    for (const struct key_choice *choice = part->choices; choice && choice->text; choice++)
        string_list_take(list, xasprintf("%s=%s", part->name, choice->text));
    for (int i = 0; part->form == FORM_BOOL && i < 2; i++)
        string_list_take(list, xasprintf("%s=%d", part->name, i));
}

/* The many parts of COLO are offered to those who ask for them. */
static bool is_hidden(const struct config_key *part, const char *prefix)
{
    return starts_with(part->name, "colo") && !starts_with(prefix, "colo");
}

void device_complete_parts(const char *key, const struct string_list *arguments, const char *prefix,
                           struct string_list *list)
{
    const struct config_key *device = key_find(key);
    const char *equals = strchr(prefix, '=');

    for (const struct config_key *part = device ? device->parts : NULL; part && part->name;
         part++) {
        if (part->ignored || part->unavailable || part->replaced_by || is_hidden(part, prefix))
            continue;
        if (!equals && !is_said(arguments, part->name))
            string_list_take(list, xasprintf("%s%s", part->name, takes_value(part) ? "=" : ""));
        else if (equals && (size_t)(equals - prefix) == strlen(part->name) &&
                 starts_with(prefix, part->name))
            complete_value(part, list);
    }
}

bool device_complete_open(const struct string_list *arguments, struct xen_host **ret_host,
                          struct domain *ret_domain)
{
    struct xen_host_options options = { 0 };
    auto_error ignored = NULL;

    return arguments->count && xen_host_open(&options, ret_host, &ignored) == 0 &&
           xen_domain_find(*ret_host, arguments->items[0], ret_domain, &ignored) == 0;
}
