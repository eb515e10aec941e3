/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors as people and as programs read them. */
#include "unit.h"

#include <stdio.h>

#include "out/message.h"

static void prints(enum output_format format, const char *command, const struct error *error,
                   const char *expected)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);

    assert_non_null(stream);
    message_error(stream, format, "xn", command, error);
    fclose(stream);
    assert_string_equal(text, expected);
    free(text);
}

static void a_sentence_with_everything(void **state)
{
    auto_error error = NULL;

    (void)state;
    error_set(&error, ERR_LIBXL, "cannot create '%s'", "web");
    prints(FORMAT_DEFAULT, "create", error, "xn: create: cannot create 'web'\n");
    prints(FORMAT_TABLE, NULL, error, "xn: cannot create 'web'\n");
    error_detail(&error, "line one\nline two");
    error_hint(&error, "see the log");
    prints(FORMAT_CSV, "create", error,
           "xn: create: cannot create 'web'\n  line one\n  line two\nhint: see the log\n");
}

static void an_object_for_programs(void **state)
{
    auto_error error = NULL;

    (void)state;
    error_set(&error, ERR_DOMAIN_NOT_FOUND, "no domain named '%s'", "web");
    prints(FORMAT_JSON, "pause", error,
           "{\n"
           "    \"code\": \"domain-not-found\",\n"
           "    \"message\": \"no domain named 'web'\",\n"
           "    \"cause\": null,\n"
           "    \"hint\": null\n"
           "}\n");
}

static void an_error_without_words_is_silent(void **state)
{
    auto_error error = NULL;

    (void)state;
    error_set(&error, ERR_OUTPUT, "%s", "");
    prints(FORMAT_DEFAULT, "list", error, "");
    prints(FORMAT_JSON, "list", error, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_with_everything),
        cmocka_unit_test(an_object_for_programs),
        cmocka_unit_test(an_error_without_words_is_silent),
    };

    return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
