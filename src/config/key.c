/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looking things up in the table of keys; see key.h. */
#include "config/key.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/suggest.h"
#include "config/keys.h"

static const struct key_section sections[] = {
    { "General", keys_general },
    { "CPUs", keys_cpus },
    { "Memory", keys_memory },
    { "Booting", keys_boot },
    { "Events", keys_events },
    { "Disks", keys_disk },
    { "Network", keys_net },
    { "Display, sound, serial ports and emulated USB", keys_display },
    { "Hardware", keys_hvm },
    { "Device model", keys_model },
    { "Passthrough", keys_passthrough },
    { "Other devices", keys_devices },
    { "Arm", keys_arm },
    { NULL, NULL },
};

const struct key_section *key_sections(void)
{
    return sections;
}

static const struct config_key *find_in(const struct config_key *keys, const char *name)
{
    for (; keys && keys->name; keys++)
        if (strcmp(keys->name, name) == 0)
            return keys;
    return NULL;
}

const struct config_key *key_find(const char *name)
{
    for (const struct key_section *section = sections; section->title; section++) {
        const struct config_key *key = find_in(section->keys, name);

        if (key)
            return key;
    }
    return NULL;
}

const struct config_key *key_part(const struct config_key *key, const char *name)
{
    return find_in(key->parts, name);
}

#define CANDIDATES_MAX 512

/* Whether candidate can be what suggest would choose for the word. Comparing all of a large table
 * with every unknown word would take long. */
static bool is_candidate(const char *word, const char *candidate)
{
    size_t length = strlen(word), other = strlen(candidate);
    size_t apart = length > other ? length - other : other - length;

    return apart <= (length > 5 ? length / 3 : 1) || strncasecmp(candidate, word, length) == 0;
}

static size_t add_names(const struct config_key *keys, const char *word, const char **names,
                        size_t count)
{
    for (; keys && keys->name && count < CANDIDATES_MAX; keys++)
        if (!keys->ignored && !keys->unavailable && is_candidate(word, keys->name))
            names[count++] = keys->name;
    return count;
}

const char *key_suggest(const struct config_key *key, const char *name)
{
    const char *names[CANDIDATES_MAX];
    size_t count = 0;

    if (strlen(name) < 2) /* the beginning of too many */
        return NULL;
    if (key)
        return suggest(name, names, add_names(key->parts, name, names, 0));
    for (const struct key_section *section = sections; section->title; section++)
        count = add_names(section->keys, name, names, count);
    return suggest(name, names, count);
}

const struct key_choice *key_choice_find(const struct config_key *key, const char *text)
{
    for (const struct key_choice *choice = key->choices; choice && choice->text; choice++)
        if (strcmp(choice->text, text) == 0 ||
            (key->any_case && strcasecmp(choice->text, text) == 0))
            return choice;
    return NULL;
}

const char *key_suggest_choice(const struct key_choice *choices, const char *text)
{
    const char *names[CANDIDATES_MAX];
    size_t count = 0;

    for (; choices->text && count < CANDIDATES_MAX; choices++)
        names[count++] = choices->text;
    return suggest(text, names, count);
}

static char *choices_text(const struct key_choice *choices)
{
    auto_str text = STR_INIT;

    str_add(&text, "one of");
    for (; choices->text; choices++)
        str_addf(&text, " %s%s", choices->text, choices[1].text ? "," : "");
    return str_detach(&text);
}

char *key_form_text(const struct config_key *key)
{
    static const char *const forms[] = {
        [FORM_NONE] = "",
        [FORM_TEXT] = "a string",
        [FORM_NUMBER] = "a number",
        [FORM_BOOL] = "0 or 1",
        [FORM_MIB] = "a number of MiB",
        [FORM_CHOICE] = "one of its words",
        [FORM_LIST] = "a list of strings",
        [FORM_TEXT_OR_LIST] = "a string or a list of strings",
        [FORM_SPECS] = "a list of strings, one for each",
        [FORM_GROUPS] = "a list of lists of strings",
        [FORM_OTHER] = "",
    };

    if (key->form_text)
        return xstrdup(key->form_text);
    if (key->choices)
        return choices_text(key->choices);
    return xstrdup(forms[key->form]);
}
