/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "did you mean": what is near, what is not. */
#include "unit.h"

#include "base/suggest.h"

static const char *const words[] = { "create",   "list",    "save",          "restore",
                                     "shutdown", "migrate", "cpupool-list",  "network-attach",
                                     "memory",   "maxmem",  "network-detach" };

static const char *nearest(const char *word)
{
    return suggest(word, words, ARRAY_SIZE(words));
}

static void one_slip_is_forgiven(void **state)
{
    (void)state;
    assert_string_equal(nearest("lits"), "list");    /* neighbours swapped */
    assert_string_equal(nearest("crate"), "create"); /* one missing */
    assert_string_equal(nearest("savee"), "save");   /* one too many */
    assert_string_equal(nearest("sane"), "save");    /* another one */
    assert_string_equal(nearest("memroy"), "memory");
}

static void long_words_may_have_more_slips(void **state)
{
    (void)state;
    assert_string_equal(nearest("shutdonw"), "shutdown");
    assert_string_equal(nearest("shtudwn"), "shutdown");
    assert_string_equal(nearest("netwrk-atach"), "network-attach");
    assert_string_equal(nearest("network-dtach"), "network-detach");
    assert_null(nearest("shutters"));
}

static void a_beginning_wins_over_distance(void **state)
{
    (void)state;
    assert_string_equal(nearest("mem"), "memory");
    assert_string_equal(nearest("cpu"), "cpupool-list");
    assert_string_equal(nearest("re"), "restore");
    assert_string_equal(nearest("network"), "network-attach"); /* the first of equally long ones */
    assert_string_equal(nearest("list"), "list");
}

static void case_does_not_count(void **state)
{
    (void)state;
    assert_string_equal(nearest("MEMORY"), "memory");
    assert_string_equal(nearest("Lsit"), "list");
}

static void the_nearest_wins_not_the_first(void **state)
{
    static const char *const near[] = { "abcdxx", "abcdex", "abcdef" };

    (void)state;
    assert_string_equal(suggest("abcdeg", near, 3), "abcdex");
    assert_string_equal(suggest("xbcdef", near, 3), "abcdef");
}

static void nothing_near_is_nothing(void **state)
{
    static const char *const letter[] = { "a" };
    char huge[200];

    (void)state;
    memset(huge, 'a', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = '\0';
    assert_null(suggest("q", letter, 1)); /* nothing of it is right */
    assert_null(nearest(""));
    assert_null(nearest("xyzzy"));
    assert_null(nearest("q")); /* one letter is not near to everything */
    assert_null(nearest("ls"));
    assert_null(nearest(huge));
    assert_null(suggest("list", NULL, 0));
}

static void long_candidates_are_no_danger(void **state)
{
    char huge[200];
    const char *const candidates[] = { huge };

    (void)state;
    memset(huge, 'a', sizeof(huge) - 1);
    huge[sizeof(huge) - 1] = '\0';
    assert_ptr_equal(suggest("aaa", candidates, 1), huge);
    assert_null(suggest("baa", candidates, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_slip_is_forgiven),
        cmocka_unit_test(long_words_may_have_more_slips),
        cmocka_unit_test(a_beginning_wins_over_distance),
        cmocka_unit_test(case_does_not_count),
        cmocka_unit_test(the_nearest_wins_not_the_first),
        cmocka_unit_test(nothing_near_is_nothing),
        cmocka_unit_test(long_candidates_are_no_danger),
    };

    return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
