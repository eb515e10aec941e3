/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words before the command. */
#include "unit.h"

#include "cli/parse.h"
#include "sample.h"

struct run {
    struct env env;
    struct invocation invocation;
    struct error *error;
    int result;
};

static char *argv[32]; /* the invocation points into it */

/* The words of the whole line, which NULL ends. */
static struct run parse(const char *program, ...)
{
    struct run run = { 0 };
    int count = 1;
    va_list list;

    argv[0] = (char *)(uintptr_t)program;
    va_start(list, program);
    while ((argv[count] = va_arg(list, char *)))
        count++;
    va_end(list);
    run.result =
        cli_parse_global(&run.env, sample_commands, count, argv, &run.invocation, &run.error);
    return run;
}

static void failed(struct run run, const char *message, const char *hint)
{
    assert_int_equal(run.result, -1);
    assert_null(run.invocation.command);
    check_error(run.error, ERR_USAGE, message, hint);
}

static void the_command_gets_its_own_words(void **state)
{
    struct run run = parse("xn", "stop", "-v", "web", NULL);

    (void)state;
    check_success(run.result, run.error);
    assert_ptr_equal(run.invocation.command, &stop_command);
    assert_int_equal(run.invocation.argc, 2);
    assert_string_equal(run.invocation.argv[0], "-v");
    assert_string_equal(run.invocation.argv[1], "web");
    assert_int_equal(run.env.verbose, 0); /* that -v is the command's */
    assert_false(run.invocation.help);
}

static void the_name_decides_who_we_are(void **state)
{
    static const struct {
        const char *path, *program;
    } rows[] = {
        { "xn", "xn" },    { "/usr/sbin/xn", "xn" },  { "xl", "xl" }, { "/usr/sbin/xl", "xl" },
        { "./xlx", "xn" }, { "/usr/xl/other", "xn" }, { "", "xn" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct run run = parse(rows[i].path, "stop", NULL);

        check_success(run.result, run.error);
        assert_string_equal(run.env.program, rows[i].program);
        assert_int_equal(run.env.as_xl, strcmp(rows[i].program, "xl") == 0);
    }
}

static void global_letters(void **state)
{
    struct run run = parse("xl", "-vvvtTf", "-N", "stop", "web", NULL);

    (void)state;
    check_success(run.result, run.error);
    assert_int_equal(run.env.verbose, 3);
    assert_true(run.env.progress_lines);
    assert_true(run.env.timestamps);
    assert_true(run.env.dry_run);
    assert_ptr_equal(run.invocation.command, &stop_command);
}

static void global_long_names(void **state)
{
    struct run run = parse("xn", "--verbose", "--dry-run", "--timestamps", "--progress", "--",
                           "stop", "web", NULL);

    (void)state;
    check_success(run.result, run.error);
    assert_int_equal(run.env.verbose, 1);
    assert_true(run.env.progress_lines);
    assert_true(run.env.timestamps);
    assert_true(run.env.dry_run);
    assert_ptr_equal(run.invocation.command, &stop_command);
    assert_int_equal(run.invocation.argc, 1);
}

static void nothing_at_all_asks_for_help(void **state)
{
    struct run nothing = parse("xn", NULL), option = parse("xn", "-v", NULL);
    struct run help = parse("xn", "-h", NULL), longer = parse("xn", "--help", "stop", NULL);

    (void)state;
    check_success(nothing.result, nothing.error);
    assert_null(nothing.invocation.command);
    assert_true(nothing.invocation.help);
    assert_true(option.invocation.help);
    assert_true(help.invocation.help);
    assert_true(longer.invocation.help);
    assert_null(longer.invocation.command); /* help never does anything else */
}

static void version(void **state)
{
    struct run run = parse("xn", "--version", "stop", NULL);

    (void)state;
    check_success(run.result, run.error);
    assert_true(run.invocation.version);
    assert_false(run.invocation.help);
    assert_null(run.invocation.command);
}

static void unknown_commands_find_their_neighbour(void **state)
{
    (void)state;
    failed(parse("xn", "stpo", NULL), "unknown command 'stpo'", "did you mean 'stop'?");
    failed(parse("xn", "sho", NULL), "unknown command 'sho'", "did you mean 'show'?");
    failed(parse("xn", "xyzzy", NULL), "unknown command 'xyzzy'",
           "see 'xn --help' for all commands");
    failed(parse("xn", "_words", NULL),
           "unknown command '_words'", /* hidden ones are not offered */
           "see 'xn --help' for all commands");
    failed(parse("xn", "", NULL), "unknown command ''", "see 'xn --help' for all commands");
}

static void xl_takes_short_commands(void **state)
{
    struct run run = parse("xl", "sto", "web", NULL);

    (void)state;
    check_success(run.result, run.error);
    assert_ptr_equal(run.invocation.command, &stop_command);
    failed(parse("xl", "re", NULL), "unknown command 're'",
           "it could be 'rename', 'restart-everything-slowly'");
    failed(parse("xl", "stpo", NULL), "unknown command 'stpo'", "did you mean 'stop'?");
}

static void a_dry_run_is_refused_where_there_is_none(void **state)
{
    (void)state;
    failed(parse("xn", "-N", "load", "x", NULL), "'xn load' has no dry run", NULL);
    failed(parse("xl", "-N", "load", "x", NULL), "'xl load' has no dry run", NULL);
}

static void unknown_global_options(void **state)
{
    (void)state;
    failed(parse("xn", "--verbsoe", "stop", NULL), "unknown option '--verbsoe'",
           "did you mean '--verbose'?");
    failed(parse("xn", "--json", "show", NULL), "unknown option '--json'",
           "options of a command stand behind its name");
    failed(parse("xn", "-x", "show", NULL), "unknown option '-x'",
           "options of a command stand behind its name");
    failed(parse("xn", "--ver", "show", NULL),
           "option '--ver' is ambiguous between '--verbose', '--version'", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_command_gets_its_own_words),
        cmocka_unit_test(the_name_decides_who_we_are),
        cmocka_unit_test(global_letters),
        cmocka_unit_test(global_long_names),
        cmocka_unit_test(nothing_at_all_asks_for_help),
        cmocka_unit_test(version),
        cmocka_unit_test(unknown_commands_find_their_neighbour),
        cmocka_unit_test(xl_takes_short_commands),
        cmocka_unit_test(a_dry_run_is_refused_where_there_is_none),
        cmocka_unit_test(unknown_global_options),
    };

    return cmocka_run_group_tests_name("global", tests, NULL, NULL);
}
