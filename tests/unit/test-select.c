/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* --filter and --sort on rows. */
#include "unit.h"

#include "out/select.h"
#include "sample.h"

#define FILTER_FORM "write it as KEY=GLOB, KEY!=GLOB, KEY<N, KEY<=N, KEY>N or KEY>=N"

static char *one_tag[] = { (char[]){ "prod" } };
static char *two_tags[] = { (char[]){ "test" }, (char[]){ "old" } };

static const struct sample_guest guests[] = {
    { .name = "web", .domid = 3, .memory_kib = 1000, .load = 1.5, .tags = { one_tag, 1 } },
    { .name = "db", .domid = 12, .memory_kib = 500, .paused = true, .drift = -20 },
    { .name = "web-2", .domid = UINT64_MAX, .memory_kib = 1000, .tags = { two_tags, 2 } },
    { .name = "caf\xff", .domid = 1, .memory_kib = UINT64_MAX, .drift = 5 },
};

/* Which of the guests a filter lets through: "1011". */
static void lets_through(const char *text, const char *expected)
{
    struct row_filter filter;
    auto_error error = NULL;
    int result = row_filter_parse(&sample_table, text, &filter, &error);

    check_success(result, error);
    for (size_t i = 0; i < ARRAY_SIZE(guests); i++) {
        if (row_filter_matches(&filter, &guests[i]) != (expected[i] == '1'))
            print_error("%s: row %zu is wrong\n", text, i);
        assert_int_equal(row_filter_matches(&filter, &guests[i]), expected[i] == '1');
    }
    row_filter_release(&filter);
}

static void globs(void **state)
{
    (void)state;
    lets_through("name=web", "1000");
    lets_through("name=web*", "1010");
    lets_through("name=w?b", "1000");
    lets_through("name=[a-d]*", "0101");
    lets_through("name=WEB", "0000");
    lets_through("name=*", "1111");
    lets_through("name=", "0000");
    lets_through("name!=web", "0111");
    lets_through("name!=web*", "0101");
    lets_through("name=caf\xff", "0001");
    lets_through("paused=true", "0100");
    lets_through("memory_kib=1000", "1010");
    lets_through("name=a=b", "0000"); /* only the first sign counts */
}

static void a_text_always_matches_itself(void **state)
{
    const struct sample_guest guest = { .name = "web[1]\\" };
    struct row_filter filter;

    (void)state;
    assert_int_equal(row_filter_parse(&sample_table, "name=web[1]\\", &filter, NULL), 0);
    assert_true(row_filter_matches(&filter, &guest));
    row_filter_release(&filter);
}

static void lists_match_by_item_or_whole(void **state)
{
    (void)state;
    lets_through("tags=old", "0010");
    lets_through("tags=test,old", "0010");
    lets_through("tags=t*", "0010");
    lets_through("tags=", "0101");
    lets_through("tags!=prod", "0111");
}

static void numbers(void **state)
{
    (void)state;
    lets_through("memory_kib<1000", "0100");
    lets_through("memory_kib<=1000", "1110");
    lets_through("memory_kib>1000", "0001");
    lets_through("memory_kib>=1000", "1011");
    lets_through("load>1.25", "1000");
    lets_through("drift_ms<-19.5", "0100");
    lets_through("drift_ms>-20", "1011");
}

static void what_is_unknown_is_not_compared(void **state)
{
    (void)state;
    lets_through("domid<1000", "1101");
    lets_through("domid>=0", "1101");
    lets_through("domid=", "0010");
    lets_through("domid!=3", "0111");
}

static void refused(const char *text, const char *message, const char *hint)
{
    struct row_filter filter = { 0 };
    struct error *error = NULL;

    assert_int_equal(row_filter_parse(&sample_table, text, &filter, &error), -1);
    assert_null(filter.column);
    check_error(error, ERR_USAGE, message, hint);
}

static void bad_filters_say_why(void **state)
{
    (void)state;
    refused("nmae=web", "unknown column 'nmae'", "did you mean 'name'?");
    refused("xyzzy=web", "unknown column 'xyzzy'",
            "the columns are name, domid, memory_kib, load, paused, drift_ms, tags");
    refused("web", "'web' is not a filter", FILTER_FORM);
    refused("", "'' is not a filter", FILTER_FORM);
    refused("=web", "'=web' is not a filter", FILTER_FORM);
    refused("name!web", "'name!web' is not a filter", FILTER_FORM);
    refused("name<5", "column 'name' holds no numbers to compare with '<'", "use '=' or '!='");
    refused("paused>=0", "column 'paused' holds no numbers to compare with '>='",
            "use '=' or '!='");
}

static void bad_numbers_say_why(void **state)
{
    static const char *const numbers_that_are_none[] = { "x",  "",    "1x",  "nan", "0x1", "1.",
                                                         ".5", "1e3", "--1", "+1",  " 1",  "1,5" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(numbers_that_are_none); i++) {
        auto_free char *filter = xasprintf("domid<%s", numbers_that_are_none[i]);
        auto_free char *message = xasprintf("'%s' is not a number to compare column 'domid' with",
                                            numbers_that_are_none[i]);

        refused(filter, message, NULL);
    }
}

/* Sorts the guests by comma separated keys; expected are their indexes. */
static void sorts(const char *keys, const char *expected)
{
    const void *rows[ARRAY_SIZE(guests)];
    auto_string_list list = STRING_LIST_INIT;
    auto_error error = NULL;
    int result;

    for (size_t i = 0; i < ARRAY_SIZE(guests); i++)
        rows[i] = &guests[i];
    if (*keys)
        string_list_split(&list, keys, ',');
    result = row_sort_check(&sample_table, &list, &error);
    check_success(result, error);
    rows_sort(&sample_table, &list, rows, ARRAY_SIZE(guests));
    for (size_t i = 0; i < ARRAY_SIZE(guests); i++)
        assert_ptr_equal(rows[i], &guests[expected[i] - '0']);
}

static void sorting(void **state)
{
    (void)state;
    sorts("", "0123");
    sorts("name", "3102");
    sorts("-name", "2013");
    sorts("memory_kib", "1023"); /* equal ones keep their order */
    sorts("-memory_kib", "3021");
    sorts("memory_kib,-name", "1203");
    sorts("domid", "2301"); /* unknown first, 3 before 12 */
    sorts("-domid", "1032");
    sorts("drift_ms", "1023");
    sorts("paused,name", "3021");
}

static void sorting_is_stable_for_many_rows(void **state)
{
    enum { COUNT = 5000 };
    struct sample_guest *many = xcalloc(COUNT, sizeof(*many));
    const void **rows = xcalloc(COUNT, sizeof(*rows));
    auto_string_list keys = STRING_LIST_INIT;

    (void)state;
    string_list_add(&keys, "memory_kib");
    for (size_t i = 0; i < COUNT; i++) {
        many[i] = (struct sample_guest){ .memory_kib = i % 7, .drift = (int64_t)i };
        rows[i] = &many[i];
    }
    rows_sort(&sample_table, &keys, rows, COUNT);
    for (size_t i = 1; i < COUNT; i++) {
        const struct sample_guest *a = rows[i - 1], *b = rows[i];

        assert_true(a->memory_kib < b->memory_kib ||
                    (a->memory_kib == b->memory_kib && a->drift < b->drift));
    }
    free(rows);
    free(many);
}

static void unknown_sort_keys(void **state)
{
    auto_string_list keys = STRING_LIST_INIT, empty = STRING_LIST_INIT;
    struct error *error = NULL;

    (void)state;
    string_list_add(&keys, "name");
    string_list_add(&keys, "-memoory_kib");
    assert_int_equal(row_sort_check(&sample_table, &keys, &error), -1);
    check_error(error, ERR_USAGE, "unknown column 'memoory_kib'", "did you mean 'memory_kib'?");
    error = NULL;
    string_list_add(&empty, "");
    assert_int_equal(row_sort_check(&sample_table, &empty, &error), -1);
    assert_non_null(error);
    assert_string_equal(error->message, "unknown column ''");
    error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globs),
        cmocka_unit_test(a_text_always_matches_itself),
        cmocka_unit_test(lists_match_by_item_or_whole),
        cmocka_unit_test(numbers),
        cmocka_unit_test(what_is_unknown_is_not_compared),
        cmocka_unit_test(bad_filters_say_why),
        cmocka_unit_test(bad_numbers_say_why),
        cmocka_unit_test(sorting),
        cmocka_unit_test(sorting_is_stable_for_many_rows),
        cmocka_unit_test(unknown_sort_keys),
    };

    return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
