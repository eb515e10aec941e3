/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: xn and libxlutil, xl's library, read the same bytes and must agree about them. */
#include "fuzz.h"

#include <sanitizer/lsan_interface.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxlutil.h>

#include "base/mem.h"
#include "base/str.h"
#include "config/parser.h"
#include "difference.h"

/* One text as both have read it. */
struct comparison {
    const char *text; /* the original */
    size_t length;
    struct str translated; /* what xl was given */
    struct document document;
    struct diagnostics diagnostics;
    bool xn_reads;
    XLU_Config *xlu;
    FILE *report;
    char *xlu_messages;
    size_t xlu_messages_length;
    bool xl_reads;
};

static void read_with_xn(struct comparison *comparison)
{
    struct source source = { .name = xstrdup("text"), .length = comparison->length };

    source.text = xcalloc(source.length + 1, 1);
    memcpy(source.text, comparison->text, source.length);
    parse_source(&comparison->document, document_add_source(&comparison->document, source),
                 &comparison->diagnostics);
    comparison->xn_reads = comparison->diagnostics.errors == 0;
}

/* libxlutil loses memory after mistakes in lists; that is not what is looked for here. */
static void read_with_xl(struct comparison *comparison)
{
    difference_translate(comparison->text, comparison->length, &comparison->translated);
    comparison->report =
        open_memstream(&comparison->xlu_messages, &comparison->xlu_messages_length);
    if (!comparison->report)
        abort();
    __lsan_disable();
    comparison->xlu = xlu_cfg_init(comparison->report, "text");
    comparison->xl_reads = xlu_cfg_readdata(comparison->xlu, str_text(&comparison->translated),
                                            (int)comparison->translated.length) == 0;
    __lsan_enable();
    fflush(comparison->report);
}

static void comparison_release(struct comparison *comparison)
{
    xlu_cfg_destroy(comparison->xlu);
    if (comparison->report)
        fclose(comparison->report);
    free(comparison->xlu_messages);
    document_release(&comparison->document);
    diagnostics_release(&comparison->diagnostics);
    str_release(&comparison->translated);
}

static void add_line(struct str *to, const char *what, const char *text, size_t length)
{
    str_add(to, what);
    str_add_printable(to, text, length);
    str_add_char(to, '\n');
}

/* Tells what each of them makes of the text, and ends the process. */
static void differ(const struct comparison *comparison, const char *what, const char *name)
{
    const char *messages = comparison->xl_reads ? "reads it" : comparison->xlu_messages;
    auto_str report = STR_INIT;

    add_line(&report, "DIFFERENCE: ", what, strlen(what));
    add_line(&report, "  at key: ", name, strlen(name));
    add_line(&report, "  text:   ", comparison->text, comparison->length);
    add_line(&report, "  for xl: ", str_text(&comparison->translated),
             comparison->translated.length);
    add_line(&report, "  xl:     ", messages, strcspn(messages, "\n"));
    str_add(&report, "  xn:     ");
    if (comparison->diagnostics.count)
        diagnostic_sentence(&comparison->diagnostics.items[0], &report);
    else
        str_add(&report, "reads it");
    fprintf(stderr, "%s\n", report.text);
    abort();
}

static bool same_value(const struct comparison *comparison, const struct setting_value *xn,
                       XLU_ConfigValue *xl);

static bool same_list(const struct comparison *comparison, const struct setting_value *xn,
                      const XLU_ConfigList *xl)
{
    for (size_t i = 0; i < xn->count; i++) {
        XLU_ConfigValue *item = xlu_cfg_get_listitem2(xl, (int)i);

        if (!item || !same_value(comparison, &xn->items[i], item))
            return false;
    }
    return xlu_cfg_get_listitem2(xl, (int)xn->count) == NULL;
}

static bool same_value(const struct comparison *comparison, const struct setting_value *xn,
                       XLU_ConfigValue *xl)
{
    XLU_ConfigList *list;
    char *text;

    if (xlu_cfg_value_type(xl) == XLU_LIST)
        return xn->type == SETTING_LIST &&
               xlu_cfg_value_get_list(comparison->xlu, xl, &list, 1) == 0 &&
               same_list(comparison, xn, list);
    return xn->type != SETTING_LIST &&
           xlu_cfg_value_get_string(comparison->xlu, xl, &text, 1) == 0 &&
           strcmp(setting_text(xn), text) == 0;
}

/* A name that may be set: by both to the same, or by none. */
static void compare_setting(const struct comparison *comparison, const char *name)
{
    const struct setting *setting = document_find(&comparison->document, name);
    XLU_ConfigList *list;
    const char *text;
    int entries;

    if (xlu_cfg_get_string(comparison->xlu, name, &text, 1) == 0) {
        if (!setting || setting->value.type == SETTING_LIST)
            differ(comparison, "only to xl it is a string", name);
        else if (strcmp(setting_text(&setting->value), text) != 0)
            differ(comparison, "the strings differ", name);
    } else if (xlu_cfg_get_list(comparison->xlu, name, &list, &entries, 1) == 0) {
        if (!setting || setting->value.type != SETTING_LIST)
            differ(comparison, "only to xl it is a list", name);
        else if ((size_t)entries != setting->value.count ||
                 !same_list(comparison, &setting->value, list))
            differ(comparison, "the lists differ", name);
    } else if (setting) {
        differ(comparison, "only xn has it", name);
    }
}

/* libxlutil cannot tell its names: every word of the text that could be one is looked up. */
static void compare_settings(const struct comparison *comparison)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz";
    static const char others[] = "abcdefghijklmnopqrstuvwxyz0123456789._";
    const char *at = str_text(&comparison->translated);

    for (size_t length; *(at += strcspn(at, first)); at += length) {
        auto_free char *name = xstrndup(at, length = strspn(at, others));

        compare_setting(comparison, name);
    }
    for (size_t i = 0; i < comparison->document.count; i++)
        compare_setting(comparison, comparison->document.settings[i]->name);
}

/* What follows += is added to a string, which is no number any more, by both. */
static void compare_sums(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->document.count; i++) {
        const struct setting *setting = comparison->document.settings[i];
        long number;

        if (setting->appended && xlu_cfg_get_long(comparison->xlu, setting->name, &number, 1) == 0)
            differ(comparison, "only to xl a sum is a number", setting->name);
    }
}

static void compare(const struct comparison *comparison)
{
    const struct str *translated = &comparison->translated;

    if (comparison->xl_reads && comparison->xn_reads) {
        compare_settings(comparison);
        compare_sums(comparison);
    } else if (comparison->xn_reads) {
        differ(comparison, "only xn reads it", "");
    } else if (comparison->xl_reads &&
               !difference_refusal(str_text(translated), translated->length)) {
        differ(comparison, "only xl reads it", "");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct comparison comparison = { .text = (const char *)data, .length = size };

    read_with_xn(&comparison);
    /* In a string a NUL ends xl by a failed assertion, in a comment xl reads over it, and elsewhere
     * it is an error. xn refuses it everywhere. */
    if (memchr(data, '\0', size)) {
        if (comparison.xn_reads)
            differ(&comparison, "xn reads a NUL", "");
    } else {
        read_with_xl(&comparison);
        compare(&comparison);
    }
    comparison_release(&comparison);
    return 0;
}
