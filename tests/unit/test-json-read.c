/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading JSON of others: the tree, where it is wrong, how deep it may be, and writing it again. */
#include "unit.h"

#include "out/json_read.h"

static struct json_node *parsed(const char *text)
{
    struct error *error = NULL;
    struct json_node *node = json_parse("guest.json", text, &error);

    check_success(node ? 0 : -1, error);
    return node;
}

static void check_refused(const char *text, const char *message)
{
    struct error *error = NULL;
    struct json_node *node = json_parse("guest.json", text, &error);

    if (node)
        print_error("accepted: %s\n", text);
    assert_null(node);
    check_error(error, ERR_CONFIG, message, NULL);
}

static void kinds_of_values(void **state)
{
    struct json_node *object = parsed("{}"), *list = parsed("[]"), *text = parsed("\"a\"");
    struct json_node *number = parsed(" 12\n"), *nothing = parsed("null");

    (void)state;
    assert_true(json_is_object(object));
    assert_false(json_is_list(object));
    assert_true(json_is_list(list));
    assert_false(json_is_object(list));
    assert_string_equal(json_node_text(text), "a");
    assert_false(json_is_object(text));
    assert_null(json_node_text(number)); /* a number is no text */
    assert_null(json_node_text(nothing));
    assert_null(json_node_text(object));
    json_node_free(object);
    json_node_free(list);
    json_node_free(text);
    json_node_free(number);
    json_node_free(nothing);
}

static void members(void **state)
{
    struct json_node *node =
        parsed("{\"a\": \"1\", \"b\": {\"c\": \"2\"}, \"a\": \"3\", \"\": \"4\"}");

    (void)state;
    assert_string_equal(json_node_text(json_member(node, "a")), "1"); /* the first */
    assert_string_equal(json_node_text(json_member(json_member(node, "b"), "c")), "2");
    assert_string_equal(json_node_text(json_member(node, "")), "4");
    assert_null(json_member(node, "c"));
    assert_null(json_member(node, "A"));
    assert_int_equal(json_item_count(node), 0);
    json_node_free(node);
}

static void items(void **state)
{
    struct json_node *node = parsed("[\"x\", [\"y\", \"z\"], {\"a\": 1}]");

    (void)state;
    assert_int_equal(json_item_count(node), 3);
    assert_string_equal(json_node_text(json_item(node, 0)), "x");
    assert_int_equal(json_item_count(json_item(node, 1)), 2);
    assert_string_equal(json_node_text(json_item(json_item(node, 1), 1)), "z");
    assert_true(json_is_object(json_item(node, 2)));
    assert_null(json_member(node, "x"));
    json_node_free(node);
}

static void nothing_is_no_value(void **state)
{
    (void)state;
    assert_false(json_is_object(NULL));
    assert_false(json_is_list(NULL));
    assert_null(json_member(NULL, "a"));
    assert_int_equal(json_item_count(NULL), 0);
    assert_null(json_node_text(NULL));
    json_node_free(NULL);
}

static void texts_are_decoded(void **state)
{
    struct json_node *node = parsed("[\"a\\n\\\"\\\\\\u00e9\", \"caf\xc3\xa9\"]");

    (void)state;
    assert_string_equal(json_node_text(json_item(node, 0)), "a\n\"\\\xc3\xa9");
    assert_string_equal(json_node_text(json_item(node, 1)), "caf\xc3\xa9");
    json_node_free(node);
}

/* The place of the first character that cannot stand there. */
static void mistakes_have_a_place(void **state)
{
    static const struct {
        const char *text, *place;
    } wrong[] = {
        { "x", "1:1" },
        { "  x", "1:3" },
        { "{\n  \"a\": x\n}", "2:8" },
        { "{\n  \"a\" 1\n}", "2:7" },
        { "{\n  \"a\": 1,\n}", "3:1" },
        { "[1 2]", "1:4" },
        { "{\"a\": }", "1:7" },
        { "{} x", "1:4" },
        { "{}{}", "1:3" },
        { "[1, 2}", "1:6" },
        { "name = \"a\"", "1:1" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        auto_free char *message =
            xasprintf("guest.json:%s: this is not JSON, or nested too deep", wrong[i].place);

        check_refused(wrong[i].text, message);
    }
}

static void an_early_end(void **state)
{
    (void)state;
    check_refused("", "guest.json:1:1: the JSON ends too early");
    check_refused(" \n", "guest.json:2:1: the JSON ends too early");
    check_refused("{", "guest.json:1:2: the JSON ends too early");
    check_refused("{\"a\": [1,\n 2", "guest.json:2:3: the JSON ends too early");
    check_refused("\"abc", "guest.json:1:5: the JSON ends too early");
    check_refused("tru", "guest.json:1:4: the JSON ends too early");
}

static void columns_are_characters(void **state)
{
    (void)state;
    check_refused("[\"caf\xc3\xa9\" x]", "guest.json:1:9: this is not JSON, or nested too deep");
}

static char *nested(size_t depth)
{
    auto_str text = STR_INIT;

    str_add_repeat(&text, '[', depth);
    str_add_repeat(&text, ']', depth);
    return xstrdup(str_text(&text));
}

static void depth_has_a_limit(void **state)
{
    auto_free char *good = nested(64), *bad = nested(65), *hostile = nested(100000);
    struct json_node *node = parsed(good);

    (void)state;
    assert_int_equal(json_item_count(node), 1);
    json_node_free(node);
    check_refused(bad, "guest.json:1:65: this is not JSON, or nested too deep");
    check_refused(hostile, "guest.json:1:65: this is not JSON, or nested too deep");
}

/* What stands beside each other is not deep. */
static void many_lists_are_not_deep(void **state)
{
    struct str text = STR_INIT;
    struct json_node *node;

    (void)state;
    str_add(&text, "[");
    for (int i = 0; i < 1000; i++)
        str_add(&text, i ? ",[{}]" : "[{}]");
    str_add(&text, "]");
    node = parsed(text.text);
    assert_int_equal(json_item_count(node), 1000);
    json_node_free(node);
    str_release(&text);
}

static void check_same(const char *text)
{
    struct json_node *node = parsed(text);
    struct json *json = json_new_compact();
    auto_free char *expected = xasprintf("%s\n", text);

    json_add_node(json, node);
    assert_string_equal(json_result(json), expected);
    json_free(json);
    json_node_free(node);
}

static void written_again_it_is_the_same(void **state)
{
    (void)state;
    check_same("{\"a\":[1,-2,\"x\",null,true,false,{},[]],\"b\":{\"c\":\"d\\ne\"}}");
    check_same("[18446744073709551615,-9223372036854775808,9007199254740993]");
    check_same("[0.1,1e400,-0,12345678901234567890123]");
    check_same("\"caf\xc3\xa9 \\\"\\\\\"");
    check_same("null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_values),
        cmocka_unit_test(members),
        cmocka_unit_test(items),
        cmocka_unit_test(nothing_is_no_value),
        cmocka_unit_test(texts_are_decoded),
        cmocka_unit_test(mistakes_have_a_place),
        cmocka_unit_test(an_early_end),
        cmocka_unit_test(columns_are_characters),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(many_lists_are_not_deep),
        cmocka_unit_test(written_again_it_is_the_same),
    };

    return cmocka_run_group_tests_name("json_read", tests, NULL, NULL);
}
