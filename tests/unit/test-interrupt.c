/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Signals that become a readable descriptor, and what was before comes back. */
#include "unit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/interrupt.h"

static bool is_readable(int fd)
{
    struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

    return poll(&poll_fd, 1, 0) == 1;
}

static bool has_default_action(int number)
{
    struct sigaction action;

    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

static void a_signal_makes_the_descriptor_readable(void **state)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        assert_int_equal(interrupt_catch(NULL), 0);
        assert_false(is_readable(interrupt_fd()));
        assert_int_equal(interrupt_signal(), 0); /* what an earlier round caught is forgotten */
        raise(numbers[i]);
        assert_true(is_readable(interrupt_fd()));
        assert_int_equal(interrupt_signal(), numbers[i]);
        interrupt_release();
        assert_int_equal(interrupt_fd(), -1);
        assert_true(has_default_action(numbers[i]));
    }
}

static void users_are_counted(void **state)
{
    int fd;

    (void)state;
    assert_int_equal(interrupt_catch(NULL), 0);
    fd = interrupt_fd();
    assert_int_equal(interrupt_catch(NULL), 0);
    assert_int_equal(interrupt_fd(), fd);
    interrupt_release();
    assert_int_equal(interrupt_fd(), fd);
    raise(SIGTERM);
    assert_true(is_readable(fd));
    interrupt_release();
    assert_true(has_default_action(SIGTERM));
}

static void many_signals_do_not_block(void **state)
{
    (void)state;
    assert_int_equal(interrupt_catch(NULL), 0);
    for (int i = 0; i < 100000; i++) /* more than a pipe holds */
        raise(SIGHUP);
    assert_int_equal(interrupt_signal(), SIGHUP);
    interrupt_release();
}

static void a_signal_that_was_taken_makes_room_for_the_next(void **state)
{
    (void)state;
    assert_int_equal(interrupt_catch(NULL), 0);
    assert_int_equal(interrupt_take(), 0);
    raise(SIGINT);
    raise(SIGTERM);
    assert_int_equal(interrupt_take(), SIGTERM);
    assert_int_equal(interrupt_signal(), 0);
    assert_false(is_readable(interrupt_fd()));
    raise(SIGINT);
    assert_int_equal(interrupt_signal(), SIGINT);
    assert_true(is_readable(interrupt_fd()));
    interrupt_release();
}

static void what_was_ignored_stays_ignored(void **state)
{
    (void)state;
    signal(SIGHUP, SIG_IGN);
    assert_int_equal(interrupt_catch(NULL), 0);
    raise(SIGHUP);
    assert_false(is_readable(interrupt_fd()));
    interrupt_release();
    signal(SIGHUP, SIG_DFL);
}

static void the_descriptor_is_not_inherited(void **state)
{
    (void)state;
    assert_int_equal(interrupt_catch(NULL), 0);
    assert_int_equal(fcntl(interrupt_fd(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    interrupt_release();
}

/* A worker that was forked while the parent was being stopped. */
static void a_child_can_ignore_what_was_caught(void **state)
{
    int status = -1;
    pid_t child;

    (void)state;
    assert_int_equal(interrupt_catch(NULL), 0);
    raise(SIGTERM);
    child = fork();
    if (child == 0) {
        interrupt_ignore();
        raise(SIGINT);
        raise(SIGTERM);
        _exit(interrupt_signal() || interrupt_fd() >= 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(interrupt_signal(), SIGTERM);
    interrupt_release();
}

/* A byte that a child puts into the pipe would wake the parent for ever. */
static void what_a_child_ignores_does_not_reach_the_parent(void **state)
{
    int status = -1;
    pid_t child;

    (void)state;
    assert_int_equal(interrupt_catch(NULL), 0);
    child = fork();
    if (child == 0) {
        interrupt_ignore();
        raise(SIGINT);
        raise(SIGHUP);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_false(is_readable(interrupt_fd()));
    interrupt_release();
}

/* Who starts the tests in the background or by nohup leaves them signals that are ignored. */
static int with_default_actions(void **state)
{
    (void)state;
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_makes_the_descriptor_readable),
        cmocka_unit_test(users_are_counted),
        cmocka_unit_test(many_signals_do_not_block),
        cmocka_unit_test(a_signal_that_was_taken_makes_room_for_the_next),
        cmocka_unit_test(what_was_ignored_stays_ignored),
        cmocka_unit_test(the_descriptor_is_not_inherited),
        cmocka_unit_test(a_child_can_ignore_what_was_caught),
        cmocka_unit_test(what_a_child_ignores_does_not_reach_the_parent),
    };

    return cmocka_run_group_tests_name("interrupt", tests, with_default_actions, NULL);
}
