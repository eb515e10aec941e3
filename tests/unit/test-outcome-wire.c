/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An outcome on its way from a child process to its parent. */
#include "unit.h"

#include "model/outcome_wire.h"

static void release(struct outcome *outcome)
{
    domain_release(&outcome->domain);
    error_clear(&outcome->error);
}

static void all_of_it_arrives(void **state)
{
    struct outcome sent = { .result = "shut-down", .duration_ms = 1234 }, got = { NULL };
    auto_str bytes = STR_INIT;

    (void)state;
    sent.domain = (struct domain){ .domid = 7, .uuid = "7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47" };
    sent.domain.name = xstrdup("web");
    error_set(&sent.error, ERR_TIMEOUT, "too late");
    error_hint(&sent.error, "be early");
    error_detail(&sent.error, "one\ntwo");
    outcome_pack(&sent, &bytes);
    assert_true(outcome_unpack(&bytes, &got));
    assert_int_equal(got.domain.domid, 7);
    assert_string_equal(got.domain.uuid, sent.domain.uuid);
    assert_string_equal(got.domain.name, "web");
    assert_string_equal(got.result, "shut-down");
    assert_int_equal(got.duration_ms, 1234);
    assert_int_equal(got.error->detail.count, 2);
    check_error(TAKE(got.error), ERR_TIMEOUT, "too late", "be early");
    release(&sent);
    release(&got);
}

/* A result is static text: what is not known is no worse than nothing. */
static void results_are_known_words(void **state)
{
    struct outcome sent = { .result = "evaporated" }, got = { NULL };
    auto_str bytes = STR_INIT;

    (void)state;
    outcome_pack(&sent, &bytes);
    assert_true(outcome_unpack(&bytes, &got));
    assert_string_equal(got.result, "done");
    assert_null(got.error);
    release(&got);
}

static void a_part_is_nothing(void **state)
{
    struct outcome sent = { .result = "saved" }, got = { NULL };
    auto_str bytes = STR_INIT, empty = STR_INIT;

    (void)state;
    outcome_pack(&sent, &bytes);
    bytes.length--;
    assert_false(outcome_unpack(&bytes, &got));
    release(&got);
    assert_false(outcome_unpack(&empty, &got));
    release(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_arrives),
        cmocka_unit_test(results_are_known_words),
        cmocka_unit_test(a_part_is_nothing),
    };

    return cmocka_run_group_tests_name("outcome wire", tests, NULL, NULL);
}
