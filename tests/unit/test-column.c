/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cells: their text, their order, who owns what. */
#include "unit.h"

#include "base/column.h"
#include "sample.h"

static void columns_are_found_by_key(void **state)
{
    (void)state;
    assert_ptr_equal(column_find(&sample_table, "memory_kib"), &sample_columns[2]);
    assert_null(column_find(&sample_table, "memory"));
    assert_null(column_find(&sample_table, ""));
}

static void cells_come_from_the_row(void **state)
{
    const struct sample_guest guest = { .name = "web", .memory_kib = 1024 };
    struct value name = column_value(column_find(&sample_table, "name"), &guest);
    struct value memory = column_value(column_find(&sample_table, "memory_kib"), &guest);

    (void)state;
    assert_int_equal(name.type, VALUE_TEXT);
    assert_string_equal(name.text, "web");
    assert_int_equal(memory.type, VALUE_UINT);
    assert_int_equal(memory.uinteger, 1024);
    value_release(&name);
    value_release(&memory);
    assert_int_equal(name.type, VALUE_NULL);
}

static void check_text(const struct value *value, const char *expected)
{
    auto_str text = STR_INIT;

    value_to_text(value, &text);
    assert_string_equal(str_text(&text), expected);
}

static void values_as_text(void **state)
{
    auto_string_list list = STRING_LIST_INIT;
    struct value value = { .type = VALUE_NULL };

    (void)state;
    check_text(&value, "");
    value_set_bool(&value, true);
    check_text(&value, "true");
    value_set_bool(&value, false);
    check_text(&value, "false");
    value_set_int(&value, INT64_MIN);
    check_text(&value, "-9223372036854775808");
    value_set_uint(&value, UINT64_MAX);
    check_text(&value, "18446744073709551615");
    value_set_float(&value, 12.34);
    check_text(&value, "12.3");
    value_set_text(&value, "a\nb");
    check_text(&value, "a\nb");
    value_set_text(&value, NULL);
    assert_int_equal(value.type, VALUE_NULL);
    value_set_list(&value, &list);
    check_text(&value, "");
    string_list_add(&list, "one");
    string_list_add(&list, "two");
    check_text(&value, "one,two");
}

static void owned_text_is_freed(void **state)
{
    struct value value = { .type = VALUE_NULL };

    (void)state;
    value_take_text(&value, xstrdup("made for this cell"));
    check_text(&value, "made for this cell");
    value_release(&value);
    check_text(&value, "");
    value_take_text(&value, NULL);
    assert_int_equal(value.type, VALUE_NULL);
    value_release(&value);
}

static struct value uint_value(uint64_t number)
{
    struct value value = { .type = VALUE_NULL };

    value_set_uint(&value, number);
    return value;
}

static struct value text_value(const char *text)
{
    struct value value = { .type = VALUE_NULL };

    value_set_text(&value, text);
    return value;
}

static void numbers_are_ordered_by_size(void **state)
{
    struct value nine = uint_value(9), ten = uint_value(10), minus = { .type = VALUE_NULL };
    struct value half = { .type = VALUE_NULL };

    (void)state;
    value_set_int(&minus, -1);
    value_set_float(&half, 9.5);
    assert_true(value_compare(&nine, &ten) < 0);
    assert_true(value_compare(&ten, &nine) > 0);
    assert_int_equal(value_compare(&ten, &ten), 0);
    assert_true(value_compare(&minus, &nine) < 0);
    assert_true(value_compare(&half, &nine) > 0);
    assert_true(value_compare(&half, &ten) < 0);
}

static void large_numbers_keep_their_last_digit(void **state)
{
    struct value a = uint_value(UINT64_MAX - 1), b = uint_value(UINT64_MAX);
    struct value c = { .type = VALUE_NULL }, d = { .type = VALUE_NULL };

    (void)state;
    assert_true(value_compare(&a, &b) < 0);
    value_set_int(&c, INT64_MIN);
    value_set_int(&d, INT64_MIN + 1);
    assert_true(value_compare(&c, &d) < 0);
}

static void texts_are_ordered_by_bytes_and_null_is_first(void **state)
{
    struct value ab = text_value("ab"), b = text_value("b"), null = { .type = VALUE_NULL };
    struct value zero = uint_value(0), upper = text_value("B");

    (void)state;
    assert_true(value_compare(&ab, &b) < 0);
    assert_true(value_compare(&upper, &ab) < 0);
    assert_int_equal(value_compare(&ab, &ab), 0);
    assert_true(value_compare(&null, &ab) < 0);
    assert_true(value_compare(&zero, &null) > 0);
    assert_int_equal(value_compare(&null, &null), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_key),
        cmocka_unit_test(cells_come_from_the_row),
        cmocka_unit_test(values_as_text),
        cmocka_unit_test(owned_text_is_freed),
        cmocka_unit_test(numbers_are_ordered_by_size),
        cmocka_unit_test(large_numbers_keep_their_last_digit),
        cmocka_unit_test(texts_are_ordered_by_bytes_and_null_is_first),
    };

    return cmocka_run_group_tests_name("column", tests, NULL, NULL);
}
