/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which step is safe after a migration that broke off: a guest must never run twice, and run once
 * wherever that is certain. */
#include "unit.h"

#include "model/migration.h"

static const struct migration_view no_answer;

static struct migration_view view(enum migration_state state, int copy)
{
    struct migration_view view = { .answered = true, .has_record = true, .state = state };

    view.copy = copy;
    return view;
}

static void check_step(struct migration_view here, struct migration_view there,
                       enum recovery expected)
{
    const char *reason = NULL;

    assert_int_equal(migration_decide(&here, &there, &reason), expected);
    assert_non_null(reason);
}

static void names_of_states_are_read_again(void **state)
{
    (void)state;
    for (int i = MIGRATION_NONE; i <= MIGRATION_GIVEN_BACK; i++)
        assert_int_equal(migration_state_from(migration_state_name((enum migration_state)i)), i);
    assert_int_equal(migration_state_from("frobnicated"), MIGRATION_NONE);
    assert_int_equal(migration_state_from(NULL), MIGRATION_NONE);
}

static void before_the_hand_over_it_goes_on_here(void **state)
{
    (void)state;
    check_step(view(MIGRATION_SENDING, COPY_SUSPENDED), no_answer, RECOVERY_RESUME);
    check_step(view(MIGRATION_SENDING, COPY_RUNS), no_answer, RECOVERY_NOTHING);
    check_step(view(MIGRATION_SENDING, COPY_NONE), no_answer, RECOVERY_NOTHING);
}

static void after_the_hand_over_the_far_side_decides(void **state)
{
    const struct migration_view here = view(MIGRATION_HANDED_OVER, COPY_SUSPENDED);
    struct migration_view there;

    (void)state;
    check_step(here, no_answer, RECOVERY_UNDECIDED);
    check_step(here, view(MIGRATION_RUNS, COPY_RUNS), RECOVERY_DESTROY);
    check_step(here, view(MIGRATION_TAKEN, COPY_RUNS), RECOVERY_DESTROY);
    check_step(here, view(MIGRATION_RUNS, COPY_PAUSED), RECOVERY_DESTROY);
    check_step(here, view(MIGRATION_TAKEN, COPY_PAUSED), RECOVERY_THERE);
    check_step(here, view(MIGRATION_RECEIVING, COPY_PAUSED), RECOVERY_THERE);
    /* It ran there and has shut down: its disks have changed. */
    check_step(here, view(MIGRATION_RUNS, COPY_NONE), RECOVERY_DESTROY);
    check_step(here, view(MIGRATION_NONE, COPY_NONE), RECOVERY_RESUME);
    check_step(here, view(MIGRATION_GIVEN_BACK, COPY_NONE), RECOVERY_RESUME);
    check_step(here, view(MIGRATION_TAKEN, COPY_NONE), RECOVERY_UNDECIDED);
    there = view(MIGRATION_TAKEN, COPY_PAUSED);
    there.busy = true;
    check_step(here, there, RECOVERY_WAIT);
}

static void xl_remembers_nothing(void **state)
{
    const struct migration_view here = view(MIGRATION_HANDED_OVER, COPY_SUSPENDED);
    struct migration_view there = view(MIGRATION_NONE, COPY_NONE);

    (void)state;
    there.has_record = false;
    check_step(here, there, RECOVERY_UNDECIDED);
    there.copy = COPY_RUNS;
    check_step(here, there, RECOVERY_DESTROY);
    there.copy = COPY_PAUSED;
    check_step(here, there, RECOVERY_THERE);
}

static void an_arrived_guest_leaves_nothing(void **state)
{
    (void)state;
    check_step(view(MIGRATION_ARRIVED, COPY_SUSPENDED), no_answer, RECOVERY_DESTROY);
    check_step(view(MIGRATION_ARRIVED, COPY_NONE), no_answer, RECOVERY_NOTHING);
}

static void two_that_run_are_told(void **state)
{
    (void)state;
    check_step(view(MIGRATION_HANDED_OVER, COPY_RUNS), view(MIGRATION_RUNS, COPY_RUNS),
               RECOVERY_TWO);
    check_step(view(MIGRATION_HANDED_OVER, COPY_RUNS), no_answer, RECOVERY_NOTHING);
}

static void a_receiver_keeps_only_what_was_left_to_it(void **state)
{
    (void)state;
    check_step(view(MIGRATION_RECEIVING, COPY_PAUSED), no_answer, RECOVERY_DESTROY);
    check_step(view(MIGRATION_TAKEN, COPY_PAUSED), no_answer, RECOVERY_FINISH);
    check_step(view(MIGRATION_RUNS, COPY_PAUSED), no_answer, RECOVERY_NOTHING);
    check_step(view(MIGRATION_RUNS, COPY_RUNS), no_answer, RECOVERY_NOTHING);
    check_step(view(MIGRATION_RECEIVING, COPY_NONE), no_answer, RECOVERY_NOTHING);
}

static void what_is_under_way_is_left_alone(void **state)
{
    struct migration_view here = view(MIGRATION_SENDING, COPY_SUSPENDED);

    (void)state;
    here.busy = true;
    check_step(here, no_answer, RECOVERY_WAIT);
    check_step(view(MIGRATION_NONE, COPY_RUNS), no_answer, RECOVERY_NOTHING);
}

static enum whereabouts where(const struct migration *record, uint64_t noted_s)
{
    struct migration copy = *record;
    const struct migration_list list = { &copy, 1 };
    const struct migration *told = NULL;
    enum whereabouts result = migration_whereabouts(&list, "web", noted_s, &told);

    assert_true((told != NULL) == (result == GUEST_UNSURE));
    return result;
}

/* What host start may start. */
static void a_guest_that_was_moved_is_not_started(void **state)
{
    struct migration record = { .name = (char *)"web", .time_s = 100 };
    const struct migration_list none = { NULL, 0 };

    (void)state;
    assert_int_equal(migration_whereabouts(&none, "web", 0, NULL), GUEST_HERE);
    assert_int_equal(migration_whereabouts(&none, "web", 100, NULL), GUEST_MOVED);

    record.state = MIGRATION_HANDED_OVER;
    assert_int_equal(where(&record, 0), GUEST_UNSURE);
    record.state = MIGRATION_ARRIVED;
    assert_int_equal(where(&record, 200), GUEST_UNSURE);

    /* Cut off before the hand-over: the note is of this migration, or of one behind it. */
    record.state = MIGRATION_SENDING;
    assert_int_equal(where(&record, 0), GUEST_HERE);
    assert_int_equal(where(&record, 100), GUEST_HERE);
    assert_int_equal(where(&record, 101), GUEST_MOVED);

    /* It came back, or had come before it left. */
    record.incoming = true;
    record.state = MIGRATION_RUNS;
    assert_int_equal(where(&record, 99), GUEST_HERE);
    assert_int_equal(where(&record, 101), GUEST_MOVED);
    record.state = MIGRATION_RECEIVING;
    assert_int_equal(where(&record, 99), GUEST_MOVED);

    record.name = (char *)"db";
    record.state = MIGRATION_RUNS;
    assert_int_equal(where(&record, 99), GUEST_MOVED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_states_are_read_again),
        cmocka_unit_test(before_the_hand_over_it_goes_on_here),
        cmocka_unit_test(after_the_hand_over_the_far_side_decides),
        cmocka_unit_test(xl_remembers_nothing),
        cmocka_unit_test(an_arrived_guest_leaves_nothing),
        cmocka_unit_test(two_that_run_are_told),
        cmocka_unit_test(a_receiver_keeps_only_what_was_left_to_it),
        cmocka_unit_test(what_is_under_way_is_left_alone),
        cmocka_unit_test(a_guest_that_was_moved_is_not_started),
    };

    return cmocka_run_group_tests_name("migration", tests, NULL, NULL);
}
