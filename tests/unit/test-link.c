/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The way to the far side: its words, what it says, deadlines, and the carrier of bytes. */
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "migrate/link.h"
#include "migrate/pump.h"

static void check_words(const char *command, const char *host, const char *expected)
{
    auto_string_list rest = STRING_LIST_INIT, words = STRING_LIST_INIT;
    struct error *error = NULL;
    auto_str joined = STR_INIT;

    string_list_add(&rest, "xl");
    string_list_add(&rest, "migrate-receive");
    check_success(link_words(command, host, &rest, &words, &error), error);
    for (size_t i = 0; i < words.count; i++)
        str_addf(&joined, "%s[%s]", i ? " " : "", words.items[i]);
    assert_string_equal(str_text(&joined), expected);
}

static void no_shell_sees_the_host(void **state)
{
    static const char *const bad[] = {
        "",    "-oProxyCommand=x", "$(touch x)", "b; touch x", "a b", "a\nb", "`x`",
        "a'b", "a\033b",           "a&b"
    };
    auto_string_list rest = STRING_LIST_INIT;

    (void)state;
    check_words(NULL, "root@host2",
                "[ssh] [-o] [ServerAliveInterval=10] [-o] [ServerAliveCountMax=5] [root@host2] "
                "[xl] [migrate-receive]");
    check_words("ssh  -p 22 ", "[fe80::1%eth0]",
                "[ssh] [-p] [22] [[fe80::1%eth0]] [xl] [migrate-receive]");
    check_words("", "any | command", "[sh] [-c] [any | command]");
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        auto_string_list words = STRING_LIST_INIT;
        struct error *error = NULL;

        assert_int_equal(link_words(NULL, bad[i], &rest, &words, &error), -1);
        assert_int_equal(error->code, ERR_USAGE);
        error_free(error);
    }
}

static void start(struct link *link, const char *script)
{
    auto_string_list words = STRING_LIST_INIT;
    struct error *error = NULL;

    string_list_add(&words, "sh");
    string_list_add(&words, "-c");
    string_list_add(&words, script);
    check_success(link_start(link, &words, &error), error);
}

static void what_is_said_is_kept_printable(void **state)
{
    struct link link = LINK_INIT;
    struct link_patience wait = { .deadline_ms = deadline_after(10000) };
    struct error *error = NULL;
    char bytes[8];

    (void)state;
    start(&link, "printf 'a\\033b\\nlast' >&2; printf hello; exit 3");
    assert_int_equal(link_read(&link, bytes, sizeof(bytes), &wait, &error), 5);
    assert_memory_equal(bytes, "hello", 5);
    assert_int_equal(link_close(&link), 3 << 8);
    assert_int_equal(link.said.count, 2);
    assert_string_equal(link.said.items[0], "a\\x1bb");
    assert_string_equal(link.said.items[1], "last");
    link_release(&link);
}

static void nothing_is_waited_for_for_ever(void **state)
{
    struct link link = LINK_INIT;
    struct link_patience wait = { .deadline_ms = deadline_after(50) };
    struct error *error = NULL;
    char byte;

    (void)state;
    start(&link, "exec sleep 1000");
    assert_int_equal(link_read(&link, &byte, 1, &wait, &error), -1);
    check_error(error, ERR_TIMEOUT, "the far side did not answer in time", NULL);
    link_cut(&link);
    link_release(&link);
}

static void a_write_to_nobody_fails(void **state)
{
    struct link link = LINK_INIT;
    struct link_patience wait = { .deadline_ms = deadline_after(10000) };
    struct error *error = NULL;
    char byte;

    (void)state;
    start(&link, "exec < /dev/null; printf x; exec sleep 1000");
    assert_int_equal(link_read(&link, &byte, 1, &wait, &error), 1);
    assert_int_equal(link_write(&link, "go", 2, &wait, &error), -1);
    assert_int_equal(error->code, ERR_FAILED);
    error_free(error);
    link_cut(&link);
    link_release(&link);
}

static void a_missing_program_is_named(void **state)
{
    struct link link = LINK_INIT;
    auto_string_list words = STRING_LIST_INIT;
    struct error *error = NULL;

    (void)state;
    string_list_add(&words, "/no/such/program");
    assert_int_equal(link_start(&link, &words, &error), -1);
    check_error(error, ERR_FAILED, "cannot run '/no/such/program': No such file or directory",
                NULL);
    link_release(&link);
}

static void the_pump_counts_and_ends(void **state)
{
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;
    auto_fd int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    char bytes[70000] = "";

    (void)state;
    check_success(pump_start_out(&pump, null, &(struct pump_settings){ .kib_per_s = 0 }, &error),
                  error);
    assert_int_equal(write(pump.fd, bytes, sizeof(bytes)), sizeof(bytes));
    check_success(pump_finish(&pump, deadline_after(10000), &error), error);
    assert_int_equal(pump_bytes(&pump), sizeof(bytes));
    pump_stop(&pump);
}

static void the_pump_sees_that_nothing_moves(void **state)
{
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;
    static char bytes[1024 * 1024];
    int ends[2];

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    check_success(pump_start_out(&pump, ends[1], &(struct pump_settings){ .kib_per_s = 0 }, &error),
                  error);
    assert_true(write(pump.fd, bytes, sizeof(bytes)) > 0);
    while (pump_blocked_ms(&pump) < 20)
        usleep(1000);
    assert_int_equal(pump_finish(&pump, deadline_after(20), &error), -1);
    check_error(error, ERR_TIMEOUT, "the far side takes nothing more", NULL);
    pump_stop(&pump);
    close(ends[0]);
    close(ends[1]);
}

static void the_pump_gives_up_when_nothing_comes(void **state)
{
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;
    int ends[2];
    char byte;

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    check_success(pump_start_in(&pump, ends[0], &(struct pump_settings){ .idle_ms = 50 }, &error),
                  error);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(read(pump.fd, &byte, 1), 1);
    assert_int_equal(byte, 'x');
    assert_int_equal(read(pump.fd, &byte, 1), 0);
    pump_stop(&pump);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_shell_sees_the_host),
        cmocka_unit_test(what_is_said_is_kept_printable),
        cmocka_unit_test(nothing_is_waited_for_for_ever),
        cmocka_unit_test(a_write_to_nobody_fails),
        cmocka_unit_test(a_missing_program_is_named),
        cmocka_unit_test(the_pump_counts_and_ends),
        cmocka_unit_test(the_pump_sees_that_nothing_moves),
        cmocka_unit_test(the_pump_gives_up_when_nothing_comes),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
