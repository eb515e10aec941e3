/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON: layout, escaping, numbers, and copying another document. */
#include "unit.h"

#include <math.h>

#include "out/json.h"

/* Compares and frees the writer. */
static void gives(struct json *json, const char *expected)
{
    assert_string_equal(json_result(json), expected);
    assert_string_equal(json_result(json), expected); /* asking twice changes nothing */
    json_free(json);
}

static void pretty_documents(void **state)
{
    struct json *json = json_new();

    (void)state;
    json_object_begin(json);
    json_key(json, "name");
    json_text(json, "web");
    json_key(json, "ids");
    json_array_begin(json);
    json_uint(json, 1);
    json_int(json, -2);
    json_array_end(json);
    json_key(json, "none");
    json_null(json);
    json_key(json, "on");
    json_bool(json, true);
    json_key(json, "off");
    json_bool(json, false);
    json_object_end(json);
    gives(json, "{\n"
                "    \"name\": \"web\",\n"
                "    \"ids\": [\n"
                "        1,\n"
                "        -2\n"
                "    ],\n"
                "    \"none\": null,\n"
                "    \"on\": true,\n"
                "    \"off\": false\n"
                "}\n");
}

static void compact_documents_are_one_line(void **state)
{
    struct json *json = json_new_compact();

    (void)state;
    json_object_begin(json);
    json_key(json, "a");
    json_array_begin(json);
    json_uint(json, 1);
    json_uint(json, 2);
    json_array_end(json);
    json_key(json, "b");
    json_text(json, "c\nd");
    json_object_end(json);
    gives(json, "{\"a\":[1,2],\"b\":\"c\\nd\"}\n");
}

static void empty_things_stay_on_their_line(void **state)
{
    struct json *json = json_new(), *top = json_new();

    (void)state;
    json_object_begin(json);
    json_key(json, "a");
    json_array_begin(json);
    json_array_end(json);
    json_key(json, "b");
    json_array_begin(json);
    json_object_begin(json);
    json_object_end(json);
    json_array_begin(json);
    json_array_end(json);
    json_array_end(json);
    json_object_end(json);
    gives(json, "{\n"
                "    \"a\": [],\n"
                "    \"b\": [\n"
                "        {},\n"
                "        []\n"
                "    ]\n"
                "}\n");
    json_array_begin(top);
    json_array_end(top);
    gives(top, "[]\n");
}

static void check_text(const char *text, const char *expected)
{
    struct json *json = json_new_compact();

    json_text(json, text);
    gives(json, expected);
}

static void texts_are_always_valid(void **state)
{
    (void)state;
    check_text(NULL, "null\n");
    check_text("", "\"\"\n");
    check_text("say \"hi\" \\ /", "\"say \\\"hi\\\" \\\\ /\"\n");
    check_text("a\n\t\r\b\f\033", "\"a\\n\\t\\r\\b\\f\\u001B\"\n");
    check_text("caf\xc3\xa9 \xf0\x9f\x98\x80", "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"\n");
    check_text("a\xff"
               "b",
               "\"a\\\\xffb\"\n");
    check_text("\xc3", "\"\\\\xc3\"\n");
    check_text("\xed\xa0\x80", "\"\\\\xed\\\\xa0\\\\x80\"\n"); /* a surrogate */
    check_text("\xc0\x80", "\"\\\\xc0\\\\x80\"\n");            /* overlong */
}

static void keys_are_made_valid_too(void **state)
{
    struct json *json = json_new_compact();

    (void)state;
    json_object_begin(json);
    json_key(json, "a\xff");
    json_uint(json, 1);
    json_object_end(json);
    gives(json, "{\"a\\\\xff\":1}\n");
}

static void check_float(double number, const char *expected)
{
    struct json *json = json_new_compact();

    json_float(json, number);
    gives(json, expected);
}

static void floats_are_short_and_valid(void **state)
{
    (void)state;
    check_float(0, "0\n");
    check_float(3, "3\n");
    check_float(0.1, "0.1\n");
    check_float(-12.5, "-12.5\n");
    check_float(1.0 / 3, "0.3333333333333333\n");
    check_float(1e300, "1e+300\n");
    check_float(123456789012345680.0, "1.2345678901234568e+17\n");
    check_float(NAN, "null\n");
    check_float(INFINITY, "null\n");
    check_float(-INFINITY, "null\n");
}

static void whole_numbers_keep_all_digits(void **state)
{
    struct json *json = json_new_compact();

    (void)state;
    json_array_begin(json);
    json_uint(json, UINT64_MAX);
    json_int(json, INT64_MIN);
    json_array_end(json);
    gives(json, "[18446744073709551615,-9223372036854775808]\n");
}

static void values_by_their_type(void **state)
{
    struct json *json = json_new_compact();
    auto_string_list list = STRING_LIST_INIT;
    struct value value = { .type = VALUE_NULL };

    (void)state;
    string_list_add(&list, "a");
    string_list_add(&list, "\xff");
    json_array_begin(json);
    json_value(json, &value);
    value_set_bool(&value, true);
    json_value(json, &value);
    value_set_int(&value, -1);
    json_value(json, &value);
    value_set_uint(&value, UINT64_MAX);
    json_value(json, &value);
    value_set_float(&value, 0.5);
    json_value(json, &value);
    value_set_text(&value, "t");
    json_value(json, &value);
    value_set_list(&value, &list);
    json_value(json, &value);
    json_array_end(json);
    gives(json, "[null,true,-1,18446744073709551615,0.5,\"t\",[\"a\",\"\\\\xff\"]]\n");
}

static void check_copy(const char *text, const char *expected)
{
    struct json *json = json_new_compact();
    auto_error error = NULL;
    int result = json_copy(json, text, &error);

    check_success(result, error);
    gives(json, expected);
}

static void copies_keep_every_value(void **state)
{
    (void)state;
    check_copy("{\"a\": [1, -2, true, false, null, {}, []], \"b\": {\"c\": \"d\"}}",
               "{\"a\":[1,-2,true,false,null,{},[]],\"b\":{\"c\":\"d\"}}\n");
    check_copy("18446744073709551615", "18446744073709551615\n");
    check_copy("123456789012345678901234567890", "123456789012345678901234567890\n");
    check_copy("1.10", "1.10\n");
    check_copy("1e5", "1e5\n");
    check_copy("\"a\\u0041\\n\\u0000\\\\\"", "\"aA\\n\\u0000\\\\\"\n");
    check_copy(" [ ] ", "[]\n");
}

static void copies_mend_wrong_bytes(void **state)
{
    (void)state;
    check_copy("{\"n\xff\": \"a\xff\"}", "{\"n\\\\xff\":\"a\\\\xff\"}\n");
}

static void a_copy_can_be_part_of_a_document(void **state)
{
    struct json *json = json_new();

    (void)state;
    json_object_begin(json);
    json_key(json, "config");
    assert_int_equal(json_copy(json, "{\"name\":\"web\",\"disks\":[]}", NULL), 0);
    json_key(json, "next");
    json_uint(json, 1);
    json_object_end(json);
    gives(json, "{\n"
                "    \"config\": {\n"
                "        \"name\": \"web\",\n"
                "        \"disks\": []\n"
                "    },\n"
                "    \"next\": 1\n"
                "}\n");
}

static void what_is_not_json_is_refused(void **state)
{
    static const char *const texts[] = { "",           " ",        "{",   "[1,]",
                                         "{\"a\"}",    "nonsense", "1 2", "\"unfinished",
                                         "{\"a\":1}}", "[1] x",    "'a'" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct json *json = json_new();
        auto_error error = NULL;

        json_array_begin(json);
        assert_int_equal(json_copy(json, texts[i], &error), -1);
        assert_int_equal(error->code, ERR_FAILED);
        assert_string_equal(error->message, "the text to be copied is not JSON");
        assert_true(error->detail.count > 0);
        json_array_end(json); /* harmless afterwards */
        gives(json, "");
    }
}

static void too_deep_documents_are_refused(void **state)
{
    auto_str deep = STR_INIT, fine = STR_INIT;
    struct json *json = json_new_compact();
    struct error *error = NULL;

    (void)state;
    str_add_repeat(&fine, '[', 100);
    str_add_repeat(&fine, ']', 100);
    assert_int_equal(json_copy(json, fine.text, NULL), 0);
    assert_int_equal(strlen(json_result(json)), 201);
    json_free(json);
    json = json_new_compact();
    str_add_repeat(&deep, '[', 1000);
    str_add_repeat(&deep, ']', 1000);
    assert_int_equal(json_copy(json, deep.text, &error), -1);
    check_error(error, ERR_FAILED, "the JSON to be copied is nested too deep", NULL);
    gives(json, "");
}

static void errors_are_objects(void **state)
{
    struct json *json = json_new_compact(), *bare = json_new_compact();
    auto_error error = NULL;
    auto_error short_one = NULL;

    (void)state;
    error_set(&error, ERR_DOMAIN_NOT_FOUND, "no domain named '%s'", "web\n");
    error_hint(&error, "did you mean '%s'?", "web");
    error_detail(&error, "line one\nline two");
    json_error(json, error);
    gives(json, "{\"code\":\"domain-not-found\",\"message\":\"no domain named 'web\\\\x0a'\","
                "\"cause\":[\"line one\",\"line two\"],\"hint\":\"did you mean 'web'?\"}\n");
    error_set(&short_one, ERR_FAILED, "no");
    json_error(bare, short_one);
    gives(bare, "{\"code\":\"failed\",\"message\":\"no\",\"cause\":null,\"hint\":null}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pretty_documents),
        cmocka_unit_test(compact_documents_are_one_line),
        cmocka_unit_test(empty_things_stay_on_their_line),
        cmocka_unit_test(texts_are_always_valid),
        cmocka_unit_test(keys_are_made_valid_too),
        cmocka_unit_test(floats_are_short_and_valid),
        cmocka_unit_test(whole_numbers_keep_all_digits),
        cmocka_unit_test(values_by_their_type),
        cmocka_unit_test(copies_keep_every_value),
        cmocka_unit_test(copies_mend_wrong_bytes),
        cmocka_unit_test(a_copy_can_be_part_of_a_document),
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(too_deep_documents_are_refused),
        cmocka_unit_test(errors_are_objects),
    };

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
