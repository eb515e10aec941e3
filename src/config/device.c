/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One device from the words of a command line, in the words of the configuration; see config.h. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "config/check_form.h"

/* A word of a disk that begins with target= goes on to the end of the text, so it comes last. */
static void add_words(const struct string_list *words, bool target, struct str *text)
{
    for (size_t i = 0; i < words->count; i++) {
        if (starts_with(words->items[i], "target=") != target)
            continue;
        if (text->length)
            str_add_char(text, ',');
        str_add(text, words->items[i]);
    }
}

/* An item that is the length bytes of the source from offset on; without quotes, like a number. */
static struct setting_value make_item(const struct source *source, size_t offset, size_t length)
{
    struct setting_value item = { .type = SETTING_NUMBER, .plain = true };

    item.place = (struct place){ source, offset, length };
    str_add_bytes(&item.text, source->text + offset, length);
    return item;
}

/* The words as the one item of a list, or, for groups, as the items of the one list in a list. */
static struct setting_value make_value(const struct config_key *key,
                                       const struct string_list *words, struct document *document)
{
    struct setting_value list = { .type = SETTING_LIST }, group = { .type = SETTING_LIST }, item;
    const struct source *source;
    auto_str text = STR_INIT;
    struct source made;
    size_t offset = 0;

    add_words(words, false, &text);
    add_words(words, true, &text);
    source_from_text(&made, key->name, str_text(&text));
    source = document_add_source(document, made);
    list.place = group.place = (struct place){ source, 0, source->length };
    for (size_t i = 0; key->form == FORM_GROUPS && i < words->count; i++) {
        item = make_item(source, offset, strlen(words->items[i]));
        setting_value_add(&group, &item);
        offset += strlen(words->items[i]) + 1;
    }
    item = key->form == FORM_GROUPS ? group : make_item(source, 0, source->length);
    setting_value_add(&list, &item);
    return list;
}

/* A document that sets this key alone. */
static void make_document(const struct config_key *key, const struct string_list *words,
                          struct document *document, struct diagnostics *diagnostics)
{
    struct setting_value value = make_value(key, words, document);
    struct source name;
    struct place place;

    source_from_text(&name, key->name, key->name);
    place = (struct place){ document_add_source(document, name), 0, strlen(key->name) };
    document_assign(document, &place, false, &value, diagnostics);
}

int config_read_device(const struct device_request *request, struct diagnostics *diagnostics,
                       libxl_domain_config *ret_config, struct error **error)
{
    const struct config_key *key = key_find(request->key);
    auto_document document = DOCUMENT_INIT;
    struct config_view view = { .build = {
                                    .document = &document,
                                    .diagnostics = diagnostics,
                                    .host_config = request->host_config,
                                    .facts = NULL,
                                    .strict = true,
                                    .single = true,
                                    .config = ret_config,
                                } };
    struct build *build = &view.build;
    size_t errors = diagnostics->errors;

    if (!key || !key->parts || !key->build || (key->form != FORM_SPECS && key->form != FORM_GROUPS))
        return error_set(error, ERR_NOT_SUPPORTED, "this xn knows no devices of the kind '%s'",
                         request->key);
    make_document(key, request->words, &document, diagnostics);
    ret_config->c_info.type = request->type;
    libxl_domain_build_info_init_type(&ret_config->b_info, request->type);
    check_form(build);
    key->build(build);
    if (request->examine && diagnostics->errors == errors)
        request->examine(request->context, &view);
    if (diagnostics->errors > errors)
        return diagnostics_to_error(diagnostics, ERR_CONFIG, error);
    return 0;
}
