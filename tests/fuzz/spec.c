/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: the first byte chooses a key, the others are its value or the only item of its list.
 */
#include "fuzz.h"

#include "base/mem.h"
#include "base/str.h"
#include "config/key.h"

/* The key number index, counted over all sections and beginning anew behind the last. */
static const struct config_key *choose(unsigned index)
{
    for (;;)
        for (const struct key_section *section = key_sections(); section->title; section++)
            for (const struct config_key *key = section->keys; key->name; key++)
                if (index-- == 0)
                    return key;
}

static void add_string(struct str *text, const uint8_t *data, size_t size)
{
    str_add_char(text, '"');
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '"' || data[i] == '\\')
            str_add_char(text, '\\');
        if (data[i] != '\0' && data[i] != '\n')
            str_add_char(text, (char)data[i]);
    }
    str_add_char(text, '"');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct config_key *key;
    auto_str text = STR_INIT;
    unsigned depth;

    if (size < 1)
        return 0;
    key = choose(data[0]);
    depth = key->form == FORM_GROUPS                            ? 2
            : key->form == FORM_SPECS || key->form == FORM_LIST ? 1
                                                                : 0;
    str_addf(&text, "name = 'a'\nmemory = 5\nvcpus = 2\n%s%s = ",
             key->guests & GUEST_HVM ? "type = 'hvm'\n" : "kernel = '/k'\n", key->name);
    str_add_repeat(&text, '[', depth);
    add_string(&text, data + 1, size - 1);
    str_add_repeat(&text, ']', depth);
    fuzz_read(text.text);
    return 0;
}
