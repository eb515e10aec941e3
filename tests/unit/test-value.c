/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Value kinds: what each accepts, stores and refuses. */
#include "unit.h"

#include "cli/value.h"

#define WHAT "option '--x'"

static const char *const fruits[] = { "apple", "banana", NULL };

static void refused(enum value_kind kind, const char *text, const char *message, const char *hint)
{
    union {
        const char *text;
        uint64_t number;
    } field = { .number = 7 };
    struct error *error = NULL;

    assert_int_equal(value_parse(kind, fruits, WHAT, text, &field, &error), -1);
    assert_int_equal(field.number, 7);
    check_error(error, ERR_USAGE, message, hint);
}

static const char *text_of(enum value_kind kind, const char *text)
{
    const char *field = NULL;
    auto_error error = NULL;
    int result = value_parse(kind, fruits, WHAT, text, &field, &error);

    check_success(result, error);
    return field;
}

static uint64_t number_of(enum value_kind kind, const char *text)
{
    uint64_t field = 0;
    auto_error error = NULL;
    int result = value_parse(kind, NULL, WHAT, text, &field, &error);

    check_success(result, error);
    return field;
}

static void flags_and_counts(void **state)
{
    bool flag = false;
    int count = 0;

    (void)state;
    assert_int_equal(value_parse(KIND_FLAG, NULL, WHAT, NULL, &flag, NULL), 0);
    assert_true(flag);
    for (int i = 0; i < 3; i++)
        assert_int_equal(value_parse(KIND_COUNT, NULL, WHAT, NULL, &count, NULL), 0);
    assert_int_equal(count, 3);
}

static void texts_are_not_copied(void **state)
{
    static const char text[] = "any text";

    (void)state;
    assert_ptr_equal(text_of(KIND_TEXT, text), text);
    assert_ptr_equal(text_of(KIND_DOMAIN, text), text);
    assert_ptr_equal(text_of(KIND_FILE, text), text);
    assert_ptr_equal(text_of(KIND_COMMAND, text), text);
    assert_ptr_equal(text_of(KIND_CONFIG, text), text);
    assert_string_equal(text_of(KIND_TEXT, ""), "");
    assert_string_equal(text_of(KIND_DOMAIN, "-1"), "-1"); /* resolved, and refused, elsewhere */
}

static void empty_names_are_refused(void **state)
{
    (void)state;
    refused(KIND_DOMAIN, "", WHAT ": empty domain name",
            "name a domain by its name, domid or UUID");
    refused(KIND_FILE, "", WHAT ": empty file name", NULL);
    refused(KIND_CONFIG, "", WHAT ": empty file name", NULL);
    refused(KIND_COMMAND, "", WHAT ": empty command name", NULL);
}

static void words_are_chosen(void **state)
{
    (void)state;
    assert_string_equal(text_of(KIND_WORD, "banana"), "banana");
    assert_string_equal(text_of(KIND_WORD, "BaNaNa"), "banana"); /* one spelling for the command */
    refused(KIND_WORD, "bananna", WHAT ": 'bananna' is not one of apple, banana",
            "did you mean 'banana'?");
    refused(KIND_WORD, "", WHAT ": '' is not one of apple, banana", NULL);
    refused(KIND_WORD, "cherry", WHAT ": 'cherry' is not one of apple, banana", NULL);
}

static void numbers(void **state)
{
    static const char hint[] = "give a whole number from 0 to 2147483647";

    (void)state;
    assert_int_equal(number_of(KIND_UINT, "0"), 0);
    assert_int_equal(number_of(KIND_UINT, "2147483647"), INT32_MAX);
    refused(KIND_UINT, "2147483648", WHAT ": '2147483648' is too large", hint);
    refused(KIND_UINT, "-1", WHAT ": '-1' is not a number", hint);
    refused(KIND_UINT, "", WHAT ": '' is not a number", hint);
    refused(KIND_UINT, "1x", WHAT ": '1x' is not a number", hint);
}

static void durations_and_sizes(void **state)
{
    (void)state;
    assert_int_equal(number_of(KIND_DURATION, "1m30s"), 90000);
    assert_int_equal(number_of(KIND_SIZE, "1g"), 1048576);
    refused(KIND_DURATION, "-5", WHAT ": '-5' is not a duration",
            "write it as 30s, 500ms, 2m or 1h30m");
    refused(KIND_DURATION, "18446744073709551615ms", WHAT ": '18446744073709551615ms' is too long",
            NULL);
    refused(KIND_SIZE, "-5", WHAT ": '-5' is not a size",
            "write it as 512 (MiB), 512m, 4g or 1048576k");
}

static void assignments(void **state)
{
    (void)state;
    assert_string_equal(text_of(KIND_ASSIGNMENT, "memory=512"), "memory=512");
    assert_string_equal(text_of(KIND_ASSIGNMENT, "memory="), "memory=");
    refused(KIND_ASSIGNMENT, "memory", WHAT ": 'memory' is not an assignment",
            "write it as KEY=VALUE");
    refused(KIND_ASSIGNMENT, "=512", WHAT ": '=512' is not an assignment", "write it as KEY=VALUE");
    refused(KIND_ASSIGNMENT, "", WHAT ": '' is not an assignment", "write it as KEY=VALUE");
}

static void lists_take_only_what_is_right(void **state)
{
    auto_string_list list = STRING_LIST_INIT;
    struct error *error = NULL;

    (void)state;
    assert_int_equal(value_append(KIND_SIZE, NULL, WHAT, "1g", &list, NULL), 0);
    assert_int_equal(value_append(KIND_DOMAIN, NULL, WHAT, "web", &list, NULL), 0);
    assert_int_equal(value_append(KIND_SIZE, NULL, WHAT, "huge", &list, &error), -1);
    check_error(error, ERR_USAGE, WHAT ": 'huge' is not a size",
                "write it as 512 (MiB), 512m, 4g or 1048576k");
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0], "1g");
    assert_string_equal(list.items[1], "web");
}

static void cpus_and_pools(void **state)
{
    static const char no_cpu[] = "give its number, counted from 0, or 'all'";

    (void)state;
    assert_string_equal(text_of(KIND_POOL, "Pool-0"), "Pool-0");
    refused(KIND_POOL, "", WHAT ": empty pool name", NULL);
    assert_string_equal(text_of(KIND_CPUS, "0-3,^2"), "0-3,^2");
    refused(KIND_CPUS, "", WHAT ": no CPU is named",
            "write N, A-B, ^N, node:N or all, separated by ','");
    assert_string_equal(text_of(KIND_VCPU, "all"), "all");
    assert_string_equal(text_of(KIND_VCPU, "12"), "12");
    refused(KIND_VCPU, "-1", WHAT ": '-1' is no CPU of a guest", no_cpu);
    refused(KIND_VCPU, "ALL", WHAT ": 'ALL' is no CPU of a guest", no_cpu);
    refused(KIND_VCPU, "", WHAT ": '' is no CPU of a guest", no_cpu);
}

static void every_kind_has_its_row(void **state)
{
    (void)state;
    for (int kind = KIND_FLAG; kind < KINDS; kind++) {
        bool without = kind == KIND_FLAG || kind == KIND_COUNT;

        assert_non_null(value_kind_name((enum value_kind)kind));
        assert_int_equal(value_kind_takes_value((enum value_kind)kind), !without);
        assert_int_equal(value_kind_placeholder((enum value_kind)kind) == NULL, without);
    }
    assert_string_equal(value_kind_name(KIND_DOMAIN), "domain");
    assert_string_equal(value_kind_placeholder(KIND_DOMAIN), "DOMAIN");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_and_counts),
        cmocka_unit_test(texts_are_not_copied),
        cmocka_unit_test(empty_names_are_refused),
        cmocka_unit_test(words_are_chosen),
        cmocka_unit_test(numbers),
        cmocka_unit_test(durations_and_sizes),
        cmocka_unit_test(assignments),
        cmocka_unit_test(lists_take_only_what_is_right),
        cmocka_unit_test(cpus_and_pools),
        cmocka_unit_test(every_kind_has_its_row),
    };

    return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
