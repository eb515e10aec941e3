/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors: codes, context, hints, detail, and that nothing in them can drive a terminal. */
#include "unit.h"

#include <errno.h>

static void set_fills_code_and_message(void **state)
{
    struct error *error = NULL;

    (void)state;
    assert_int_equal(error_set(&error, ERR_FILE, "cannot open '%s'", "a.cfg"), -1);
    check_error(error, ERR_FILE, "cannot open 'a.cfg'", NULL);
}

static void everything_is_made_printable(void **state)
{
    auto_error error = NULL;

    (void)state;
    error_set(&error, ERR_FAILED, "no domain '%s'", "a\033[31m\n\xff");
    error_hint(&error, "try '%s'", "\a");
    error_wrap(&error, "at '%s'", "\r");
    error_detail(&error, "one\ttwo\n");
    assert_string_equal(error->message, "at '\\x0d': no domain 'a\\x1b[31m\\x0a\\xff'");
    assert_string_equal(error->hint, "try '\\x07'");
    assert_string_equal(error->detail.items[0], "one\\x09two");
}

static void set_errno_adds_the_reason(void **state)
{
    struct error *error = NULL;

    (void)state;
    errno = ENOENT;
    assert_int_equal(error_set_errno(&error, ERR_FILE, "cannot read '%s'", "x"), -1);
    check_error(error, ERR_FILE, "cannot read 'x': No such file or directory", NULL);
}

static void wrap_puts_context_in_front(void **state)
{
    struct error *error = NULL;

    (void)state;
    error_set(&error, ERR_CONFIG, "unknown key 'memroy'");
    assert_int_equal(error_wrap(&error, "%s:%d", "guest.cfg", 7), -1);
    assert_int_equal(error_wrap(&error, "create"), -1);
    check_error(error, ERR_CONFIG, "create: guest.cfg:7: unknown key 'memroy'", NULL);
}

static void the_first_hint_stays(void **state)
{
    struct error *error = NULL;

    (void)state;
    error_set(&error, ERR_USAGE, "bad");
    assert_int_equal(error_hint(&error, "first"), -1);
    assert_int_equal(error_hint(&error, "second"), -1);
    check_error(error, ERR_USAGE, "bad", "first");
}

static void detail_is_split_into_lines(void **state)
{
    auto_error error = NULL;

    (void)state;
    error_set(&error, ERR_LIBXL, "cannot create");
    assert_int_equal(error_detail(&error, "one\n\ntwo\n"), -1);
    assert_int_equal(error_detail(&error, "three"), -1);
    assert_int_equal(error->detail.count, 3);
    assert_string_equal(error->detail.items[0], "one");
    assert_string_equal(error->detail.items[1], "two");
    assert_string_equal(error->detail.items[2], "three");
}

static void a_caller_may_not_care(void **state)
{
    struct error *none = NULL;

    (void)state;
    assert_int_equal(error_set(NULL, ERR_FAILED, "x"), -1);
    assert_int_equal(error_set_errno(NULL, ERR_FAILED, "x"), -1);
    assert_int_equal(error_wrap(NULL, "x"), -1);
    assert_int_equal(error_hint(NULL, "x"), -1);
    assert_int_equal(error_detail(NULL, "x"), -1);
    assert_int_equal(error_wrap(&none, "x"), -1);
    assert_int_equal(error_hint(&none, "x"), -1);
    assert_null(none);
    error_free(NULL);
}

static void move_hands_over(void **state)
{
    struct error *from = NULL, *to = NULL;

    (void)state;
    error_set(&from, ERR_TIMEOUT, "late");
    assert_int_equal(error_move(&to, from), -1);
    check_error(to, ERR_TIMEOUT, "late", NULL);
    from = NULL;
    error_set(&from, ERR_TIMEOUT, "late");
    assert_int_equal(error_move(NULL, from), -1); /* freed: the leak check would tell */
}

static void statuses_are_those_of_the_manual(void **state)
{
    static const struct {
        enum error_code code;
        const char *name;
        enum status status;
    } rows[] = {
        { ERR_FAILED, "failed", STATUS_FAILED },
        { ERR_USAGE, "usage", STATUS_USAGE },
        { ERR_CONFIG, "config-invalid", STATUS_FAILED },
        { ERR_DOMAIN_NOT_FOUND, "domain-not-found", STATUS_NOT_FOUND },
        { ERR_DEVICE_NOT_FOUND, "device-not-found", STATUS_NOT_FOUND },
        { ERR_POOL_NOT_FOUND, "pool-not-found", STATUS_NOT_FOUND },
        { ERR_NO_XEN, "no-xen", STATUS_UNKNOWN },
        { ERR_PERMISSION, "permission-denied", STATUS_UNKNOWN },
        { ERR_XENSTORE, "xenstore-silent", STATUS_UNKNOWN },
        { ERR_PARTIAL, "partial", STATUS_PARTIAL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct error error = { .code = rows[i].code };

        assert_string_equal(error_code_name(rows[i].code), rows[i].name);
        assert_int_equal(error_status(&error), rows[i].status);
    }
    assert_int_equal(error_status(NULL), STATUS_DONE);
}

static void every_code_has_a_name(void **state)
{
    (void)state;
    for (int a = ERR_FAILED; a <= ERR_LIBXL; a++) {
        assert_non_null(error_code_name((enum error_code)a));
        assert_int_not_equal(error_code_status((enum error_code)a), STATUS_DONE);
        for (int b = ERR_FAILED; b < a; b++)
            assert_string_not_equal(error_code_name((enum error_code)a),
                                    error_code_name((enum error_code)b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_fills_code_and_message),
        cmocka_unit_test(everything_is_made_printable),
        cmocka_unit_test(set_errno_adds_the_reason),
        cmocka_unit_test(wrap_puts_context_in_front),
        cmocka_unit_test(the_first_hint_stays),
        cmocka_unit_test(detail_is_split_into_lines),
        cmocka_unit_test(a_caller_may_not_care),
        cmocka_unit_test(move_hands_over),
        cmocka_unit_test(statuses_are_those_of_the_manual),
        cmocka_unit_test(every_code_has_a_name),
    };

    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
