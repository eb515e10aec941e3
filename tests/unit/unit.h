/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every unit test needs: cmocka with the headers it wants, and checks of our own types. */
#ifndef XN_TESTS_UNIT_H
#define XN_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

/* Checks an error word for word and frees it. hint: NULL for none. */
static inline void check_error(struct error *error, enum error_code code, const char *message,
                               const char *hint)
{
    assert_non_null(error);
    assert_string_equal(error->message, message);
    assert_int_equal(error->code, code);
    if (hint && error->hint)
        assert_string_equal(error->hint, hint);
    else
        assert_ptr_equal(error->hint, hint);
    error_free(error);
}

/* Prints the error that nobody expected before failing. */
static inline void check_success(int result, const struct error *error)
{
    if (error)
        print_error("unexpected error: %s\n", error->message);
    assert_null(error);
    assert_int_equal(result, 0);
}

#endif
