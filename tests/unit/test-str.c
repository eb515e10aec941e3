/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Strings, lists of strings, and what makes foreign bytes harmless. */
#include "unit.h"

static void a_fresh_string_is_empty(void **state)
{
    auto_str str = STR_INIT;
    auto_free char *text = NULL;

    (void)state;
    assert_string_equal(str_text(&str), "");
    str_clear(&str);
    assert_string_equal(str_text(&str), "");
    text = str_detach(&str);
    assert_string_equal(text, "");
}

static void strings_grow(void **state)
{
    auto_str str = STR_INIT;

    (void)state;
    for (int i = 0; i < 1000; i++)
        str_addf(&str, "%03d", i);
    str_add_char(&str, '!');
    str_add_repeat(&str, '=', 500);
    str_add_repeat(&str, '-', 0);
    assert_int_equal(str.length, 3501);
    assert_int_equal(strlen(str.text), 3501);
    assert_memory_equal(str.text, "000001002", 9);
    assert_memory_equal(str.text + 2997, "999!==", 6);
}

static void detach_leaves_an_empty_string(void **state)
{
    auto_str str = STR_INIT;
    auto_free char *text = NULL;

    (void)state;
    str_add(&str, "one");
    text = str_detach(&str);
    assert_string_equal(text, "one");
    assert_int_equal(str.length, 0);
    str_add(&str, "two");
    assert_string_equal(str_text(&str), "two");
}

static void bytes_may_hold_nul(void **state)
{
    auto_str str = STR_INIT;

    (void)state;
    str_add_bytes(&str, "a\0b", 3);
    str_add_bytes(&str, NULL, 0);
    assert_int_equal(str.length, 3);
    assert_memory_equal(str.text, "a\0b", 4);
}

static void utf8_follows_rfc_3629(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } rows[] = {
        { "a", 1 },
        { "\x7f", 1 },
        { "\xc2\x80", 2 },         /* first of two bytes */
        { "\xdf\xbf", 2 },         /* last of two */
        { "\xe0\xa0\x80", 3 },     /* first of three */
        { "\xed\x9f\xbf", 3 },     /* last before the surrogates */
        { "\xee\x80\x80", 3 },     /* first after them */
        { "\xef\xbf\xbf", 3 },     /* last of three */
        { "\xf0\x90\x80\x80", 4 }, /* first of four */
        { "\xf4\x8f\xbf\xbf", 4 }, /* U+10FFFF */
        { "\x80", 0 },             /* continuation alone */
        { "\xc0\x80", 0 },         /* overlong */
        { "\xc1\xbf", 0 },
        { "\xe0\x9f\xbf", 0 },
        { "\xf0\x8f\xbf\xbf", 0 },
        { "\xed\xa0\x80", 0 }, /* surrogates */
        { "\xed\xbf\xbf", 0 },
        { "\xf4\x90\x80\x80", 0 }, /* beyond Unicode */
        { "\xf5\x80\x80\x80", 0 },
        { "\xff", 0 },
        { "\xc3", 0 }, /* cut off */
        { "\xe2\x82", 0 },
        { "\xf0\x9f\x98", 0 },
        { "\xc3\x28", 0 }, /* no continuation */
        { "\xe2\x28\x82", 0 },
        { "\xe2\x82\x28", 0 },
        { "\xf0\x9f\x98\x28", 0 },
        { "\xf0\x28\x98\x80", 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
        assert_int_equal(utf8_length(rows[i].bytes, strlen(rows[i].bytes)), rows[i].length);
    assert_int_equal(utf8_length("\xc3\xa9", 1), 0); /* the length counts, not the NUL */
    assert_int_equal(utf8_length("", 0), 0);
    assert_int_equal(utf8_length("", 1), 1); /* NUL is a character */
}

static void printable_keeps_text_and_disarms_the_rest(void **state)
{
    static const struct {
        const char *raw, *shown;
    } rows[] = {
        { "plain text", "plain text" },
        { "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
          "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80" },
        { "a\nb\tc", "a\\x0ab\\x09c" },
        { "\033]0;title\a", "\\x1b]0;title\\x07" },
        { "\x7f", "\\x7f" },
        { "\xc2\x9b"
          "31m",
          "\\xc2\\x9b31m" },                   /* CSI as one C1 character */
        { "\xc2\xa0", "\xc2\xa0" },            /* the first after C1 */
        { "\xe2\x80\xae", "\\xe2\\x80\\xae" }, /* right-to-left override */
        { "\xe2\x80\xa8", "\\xe2\\x80\\xa8" }, /* line separator */
        { "\xe2\x81\xa6", "\\xe2\\x81\\xa6" }, /* isolate */
        { "\xe2\x80\x8e", "\\xe2\\x80\\x8e" }, /* left-to-right mark */
        { "\xe2\x80\x8b", "\\xe2\\x80\\x8b" }, /* a blank of no width */
        { "\xe2\x81\xa0", "\\xe2\\x81\\xa0" }, /* word joiner */
        { "\xef\xbb\xbf", "\\xef\\xbb\\xbf" }, /* byte order mark */
        { "\xc2\xad", "\\xc2\\xad" },          /* soft hyphen */
        { "\xe2\x80\xa6", "\xe2\x80\xa6" },    /* an ellipsis is fine */
        { "\xd8\x9c", "\\xd8\\x9c" },          /* Arabic letter mark */
        { "\xff\xfe", "\\xff\\xfe" },
        { "\xc3(", "\\xc3(" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        auto_free char *shown = printable(rows[i].raw);

        assert_string_equal(shown, rows[i].shown);
    }
    assert_null(printable(NULL));
}

static void printable_shows_nul_bytes(void **state)
{
    auto_str str = STR_INIT;

    (void)state;
    str_add_printable(&str, "a\0b", 3);
    assert_string_equal(str_text(&str), "a\\x00b");
}

static void lists_grow_and_sort(void **state)
{
    auto_string_list list = STRING_LIST_INIT;

    (void)state;
    for (int i = 99; i >= 0; i--)
        string_list_take(&list, xasprintf("%02d", i));
    assert_int_equal(list.count, 100);
    assert_true(string_list_has(&list, "42"));
    assert_false(string_list_has(&list, "100"));
    string_list_sort(&list);
    for (int i = 0; i < 100; i++)
        assert_int_equal(atoi(list.items[i]), i);
    string_list_release(&list);
    assert_int_equal(list.count, 0);
    string_list_sort(&list);
    string_list_add(&list, "again");
    assert_string_equal(list.items[0], "again");
}

static void split_cuts_blanks_and_keeps_empty_parts(void **state)
{
    auto_string_list list = STRING_LIST_INIT;

    (void)state;
    string_list_split(&list, " a ,b c,, \td", ',');
    assert_int_equal(list.count, 4);
    assert_string_equal(list.items[0], "a");
    assert_string_equal(list.items[1], "b c");
    assert_string_equal(list.items[2], "");
    assert_string_equal(list.items[3], "d");
    string_list_split(&list, "", ',');
    assert_int_equal(list.count, 5);
    assert_string_equal(list.items[4], "");
}

static void prefixes_and_suffixes(void **state)
{
    (void)state;
    assert_true(starts_with("memory", "mem"));
    assert_true(starts_with("memory", ""));
    assert_false(starts_with("mem", "memory"));
    assert_true(ends_with("guest.cfg", ".cfg"));
    assert_true(ends_with("guest.cfg", ""));
    assert_false(ends_with("cfg", ".cfg"));
    assert_false(ends_with("guest.cfg2", ".cfg"));
}

static void duplicates_stop_at_their_length(void **state)
{
    auto_free char *text = xstrdup("text"), *part = xstrndup("text", 2), *all = xstrndup("text", 9);

    (void)state;
    assert_string_equal(text, "text");
    assert_string_equal(part, "te");
    assert_string_equal(all, "text");
    assert_null(xstrdup(NULL));
}

static void take_leaves_nothing_behind(void **state)
{
    char *owner = xstrdup("mine");
    auto_free char *taken = TAKE(owner);

    (void)state;
    assert_null(owner);
    assert_string_equal(taken, "mine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_string_is_empty),
        cmocka_unit_test(strings_grow),
        cmocka_unit_test(detach_leaves_an_empty_string),
        cmocka_unit_test(bytes_may_hold_nul),
        cmocka_unit_test(utf8_follows_rfc_3629),
        cmocka_unit_test(printable_keeps_text_and_disarms_the_rest),
        cmocka_unit_test(printable_shows_nul_bytes),
        cmocka_unit_test(lists_grow_and_sort),
        cmocka_unit_test(split_cuts_blanks_and_keeps_empty_parts),
        cmocka_unit_test(prefixes_and_suffixes),
        cmocka_unit_test(duplicates_stop_at_their_length),
        cmocka_unit_test(take_leaves_nothing_behind),
    };

    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
