/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of a command: options in every spelling, arguments, and what each mistake is told. */
#include "unit.h"

#include <stdio.h>

#include "cli/parse.h"
#include "sample.h"

#define HINT_STOP "see 'xn stop --help'"

struct run {
    struct env env;
    union {
        struct stop_args stop;
        struct show_args show;
        struct load_args load;
        struct rename_args rename;
        struct words_args words;
    } args;
    enum parse_outcome outcome;
    struct error *error;
    int result;
};

/* Parses the words, which NULL ends. */
static struct run parse(const struct command *command, ...)
{
    struct run run = { .env = { .program = "xn" }, .outcome = PARSED_RUN };
    char *words[32];
    int count = 0;
    va_list list;

    va_start(list, command);
    while ((words[count] = va_arg(list, char *)))
        count++;
    va_end(list);
    run.result =
        cli_parse_command(&run.env, command, count, words, &run.args, &run.outcome, &run.error);
    return run;
}

static void finish(const struct command *command, struct run *run)
{
    cli_release_args(command, &run->args);
    env_release(&run->env);
    error_clear(&run->error);
}

static void succeeded(const struct run *run)
{
    check_success(run->result, run->error);
}

/* Expects a usage error and frees everything. */
static void failed(struct run run, const char *message, const char *hint)
{
    assert_int_equal(run.result, -1);
    check_error(run.error, ERR_USAGE, message, hint);
    env_release(&run.env);
}

static void every_kind_of_option_reaches_its_field(void **state)
{
    struct run run = parse(&stop_command, "--wait", "--loud", "--timeout=5s", "--time-memory", "1g",
                           "-n", "3", "--mode=hard", "--file", "a.cfg", "--note=", "--tag=a",
                           "--tag", "b", "--size=1g", "web", NULL);

    (void)state;
    succeeded(&run);
    assert_int_equal(run.outcome, PARSED_RUN);
    assert_true(run.args.stop.wait);
    assert_false(run.args.stop.force);
    assert_int_equal(run.args.stop.loud, 1);
    assert_int_equal(run.args.stop.timeout_ms, 5000);
    assert_int_equal(run.args.stop.memory_kib, 1048576);
    assert_int_equal(run.args.stop.count, 3);
    assert_string_equal(run.args.stop.mode, "hard");
    assert_string_equal(run.args.stop.file, "a.cfg");
    assert_string_equal(run.args.stop.note, "");
    assert_int_equal(run.args.stop.tags.count, 2);
    assert_string_equal(run.args.stop.tags.items[1], "b");
    assert_int_equal(run.args.stop.sizes.count, 1);
    assert_int_equal(run.args.stop.domains.count, 1);
    assert_string_equal(run.args.stop.domains.items[0], "web");
    finish(&stop_command, &run);
}

static void defaults_come_from_prepare_and_zero(void **state)
{
    struct run run = parse(&stop_command, "web", NULL);

    (void)state;
    succeeded(&run);
    assert_int_equal(run.args.stop.timeout_ms, 60000);
    assert_false(run.args.stop.wait);
    assert_null(run.args.stop.mode);
    assert_int_equal(run.args.stop.tags.count, 0);
    assert_int_equal(run.env.output.format, FORMAT_DEFAULT);
    finish(&stop_command, &run);
}

static void a_value_may_be_written_in_three_ways(void **state)
{
    struct run rows[] = {
        parse(&stop_command, "--timeout=5s", "web", NULL),
        parse(&stop_command, "--timeout", "5s", "web", NULL),
        parse(&stop_command, "-t5s", "web", NULL),
        parse(&stop_command, "-t", "5s", "web", NULL),
        parse(&stop_command, "-wlt5s", "web", NULL),
        parse(&stop_command, "web", "-wlt", "5s", NULL),
        parse(&stop_command, "-t1s", "-t5s", "web", NULL), /* the last one counts */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        succeeded(&rows[i]);
        assert_int_equal(rows[i].args.stop.timeout_ms, 5000);
        assert_string_equal(rows[i].args.stop.domains.items[0], "web");
        assert_int_equal(rows[i].args.stop.domains.count, 1);
        finish(&stop_command, &rows[i]);
    }
}

static void letters_can_be_bundled_and_counted(void **state)
{
    struct run run = parse(&stop_command, "-wll", "web", "-l", "--loud", NULL);

    (void)state;
    succeeded(&run);
    assert_true(run.args.stop.wait);
    assert_int_equal(run.args.stop.loud, 4);
    finish(&stop_command, &run);
}

static void options_may_follow_arguments_until_two_dashes(void **state)
{
    struct run run = parse(&stop_command, "web", "--wait", "db", "--", "--force", "-", "--", NULL);

    (void)state;
    succeeded(&run);
    assert_true(run.args.stop.wait);
    assert_false(run.args.stop.force);
    assert_int_equal(run.args.stop.domains.count, 5);
    assert_string_equal(run.args.stop.domains.items[2], "--force");
    assert_string_equal(run.args.stop.domains.items[3], "-");
    assert_string_equal(run.args.stop.domains.items[4], "--");
    finish(&stop_command, &run);
}

static void a_lone_dash_is_an_argument(void **state)
{
    struct run run = parse(&rename_command, "web", "-", NULL);

    (void)state;
    succeeded(&run);
    assert_string_equal(run.args.rename.name, "-");
    finish(&rename_command, &run);
}

static void a_value_may_look_like_an_option(void **state)
{
    struct run run = parse(&stop_command, "--note", "--wait", "-f", "-", "web", NULL);

    (void)state;
    succeeded(&run);
    assert_string_equal(run.args.stop.note, "--wait");
    assert_string_equal(run.args.stop.file, "-");
    assert_false(run.args.stop.wait);
    finish(&stop_command, &run);
}

static void long_names_can_be_shortened(void **state)
{
    struct run run = parse(&stop_command, "--wa", "--timeo=5s", "--no", "x", "web", NULL);

    (void)state;
    succeeded(&run);
    assert_true(run.args.stop.wait);
    assert_int_equal(run.args.stop.timeout_ms, 5000);
    assert_string_equal(run.args.stop.note, "x");
    finish(&stop_command, &run);
}

static void hidden_names_do_not_make_a_beginning_ambiguous(void **state)
{
    struct run exact = parse(&stop_command, "--force", "web", NULL);
    struct run shortened = parse(&stop_command, "--forc", "web", NULL);
    struct run hidden = parse(&stop_command, "--forcefu", "web", NULL);

    (void)state;
    succeeded(&exact);
    succeeded(&shortened);
    succeeded(&hidden);
    assert_true(exact.args.stop.force);
    assert_true(shortened.args.stop.force);
    assert_true(hidden.args.stop.force);
    finish(&stop_command, &exact);
    finish(&stop_command, &shortened);
    finish(&stop_command, &hidden);
    failed(parse(&stop_command, "--for", "web", NULL),
           "option '--for' is ambiguous between '--force', '--format'", NULL);
}

static void ambiguous_names_list_what_fits(void **state)
{
    (void)state;
    failed(parse(&stop_command, "--time=5", "web", NULL),
           "option '--time' is ambiguous between '--timeout', '--time-memory'", NULL);
}

static void unknown_options_find_their_neighbour(void **state)
{
    (void)state;
    failed(parse(&stop_command, "--tiemout=5", "web", NULL), "unknown option '--tiemout'",
           "did you mean '--timeout'?");
    failed(parse(&stop_command, "--jsno", "web", NULL), "unknown option '--jsno'",
           "did you mean '--json'?");
    failed(parse(&stop_command, "--xyzzy", "web", NULL), "unknown option '--xyzzy'", HINT_STOP);
    failed(parse(&stop_command, "-x", "web", NULL), "unknown option '-x'", HINT_STOP);
    failed(parse(&stop_command, "-wx", "web", NULL), "unknown option '-x' in '-wx'", HINT_STOP);
    failed(parse(&stop_command, "-wait", "web", NULL), "unknown option '-a' in '-wait'",
           "did you mean '--wait'?");
    failed(parse(&stop_command, "-1", "web", NULL), "unknown option '-1'", HINT_STOP);
    failed(parse(&stop_command, "--a\033b", "web", NULL), "unknown option '--a\\x1bb'", HINT_STOP);
}

static void missing_and_surplus_values(void **state)
{
    (void)state;
    failed(parse(&stop_command, "web", "--timeout", NULL), "option '--timeout' needs a value",
           "write it as --timeout=DURATION");
    failed(parse(&stop_command, "web", "-wt", NULL), "option '-t' needs a value",
           "write it as -t DURATION");
    failed(parse(&stop_command, "web", "--tag", NULL), "option '--tag' needs a value",
           "write it as --tag=TAG");
    failed(parse(&stop_command, "--wait=yes", "web", NULL),
           "option '--wait' takes no value, but 'yes' was given", HINT_STOP);
    failed(parse(&stop_command, "--wait=", "web", NULL),
           "option '--wait' takes no value, but '' was given", HINT_STOP);
}

static void bad_values_name_the_option(void **state)
{
    (void)state;
    failed(parse(&stop_command, "--timeout=soon", "web", NULL),
           "option '--timeout': 'soon' is not a duration", "write it as 30s, 500ms, 2m or 1h30m");
    failed(parse(&stop_command, "-t", "-5", "web", NULL), "option '-t': '-5' is not a duration",
           "write it as 30s, 500ms, 2m or 1h30m");
    failed(parse(&stop_command, "--mode=hrad", "web", NULL),
           "option '--mode': 'hrad' is not one of clean, hard, pull-the-plug",
           "did you mean 'hard'?");
    failed(parse(&stop_command, "--size=1g", "--size=1x", "web", NULL),
           "option '--size': '1x' is not a size", "write it as 512 (MiB), 512m, 4g or 1048576k");
    failed(parse(&stop_command, "web", "", NULL), "DOMAIN: empty domain name",
           "name a domain by its name, domid or UUID");
    failed(parse(&load_command, "a", "b", "c", NULL), "KEY=VALUE: 'c' is not an assignment",
           "write it as KEY=VALUE");
}

static void arguments_are_counted(void **state)
{
    (void)state;
    failed(parse(&stop_command, NULL), "'xn stop' needs DOMAIN",
           "usage: xn stop [OPTION]... DOMAIN...");
    failed(parse(&rename_command, NULL), "'xn rename' needs DOMAIN and NAME",
           "usage: xn rename DOMAIN NAME");
    failed(parse(&rename_command, "web", NULL), "'xn rename' needs NAME",
           "usage: xn rename DOMAIN NAME");
    failed(parse(&rename_command, "web", "db", "x", NULL), "too many arguments: 'x'",
           "see 'xn rename --help'");
    failed(parse(&restart_command, "x", NULL), "too many arguments: 'x'",
           "see 'xn restart-everything-slowly --help'");
}

static void a_failure_leaves_nothing_to_release(void **state)
{
    struct run run = parse(&stop_command, "--tag=a", "--tag=b", "web", "--bogus", NULL);

    (void)state;
    assert_int_equal(run.result, -1);
    assert_null(run.args.stop.tags.items);
    assert_null(run.args.stop.domains.items);
    finish(&stop_command, &run);
}

static void optional_arguments_take_what_is_to_spare(void **state)
{
    struct run one = parse(&load_command, "image", NULL);
    struct run two = parse(&load_command, "guest.cfg", "image", NULL);
    struct run more = parse(&load_command, "guest.cfg", "image", "a=1", "b=2", NULL);
    struct run none = parse(&show_command, NULL);

    (void)state;
    succeeded(&one);
    assert_null(one.args.load.config);
    assert_string_equal(one.args.load.file, "image");
    succeeded(&two);
    assert_string_equal(two.args.load.config, "guest.cfg");
    assert_string_equal(two.args.load.file, "image");
    succeeded(&more);
    assert_int_equal(more.args.load.overrides.count, 2);
    assert_string_equal(more.args.load.overrides.items[1], "b=2");
    succeeded(&none);
    assert_null(none.args.show.name);
    finish(&load_command, &one);
    finish(&load_command, &two);
    finish(&load_command, &more);
    finish(&show_command, &none);
}

static void help_wins_over_missing_arguments(void **state)
{
    static const char *const spellings[] = { "-h", "--help", "--hel", "-wh" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(spellings); i++) {
        struct run run = parse(&stop_command, spellings[i], "--bogus", NULL);

        succeeded(&run);
        assert_int_equal(run.outcome, PARSED_HELP);
        finish(&stop_command, &run);
    }
    failed(parse(&stop_command, "--bogus", "--help", NULL), "unknown option '--bogus'", HINT_STOP);
}

static void own_options_win_over_common_ones(void **state)
{
    struct run letter = parse(&show_command, "-h", "x", NULL);
    struct run name = parse(&show_command, "--csv=x", NULL);
    struct run help = parse(&show_command, "--help", NULL);

    (void)state;
    succeeded(&letter);
    assert_int_equal(letter.outcome, PARSED_RUN);
    assert_string_equal(letter.args.show.json, "x");
    succeeded(&name);
    assert_string_equal(name.args.show.json, "x");
    assert_int_equal(name.env.output.format, FORMAT_DEFAULT);
    succeeded(&help);
    assert_int_equal(help.outcome, PARSED_HELP);
    finish(&show_command, &letter);
    finish(&show_command, &name);
    finish(&show_command, &help);
}

static void output_options_of_a_listing(void **state)
{
    struct run run =
        parse(&show_command, "--columns=name, domid", "--sort", "-domid,name", "--filter=name=a*",
              "--filter", "domid>1", "--no-header", "--json", NULL);

    (void)state;
    succeeded(&run);
    assert_int_equal(run.env.output.format, FORMAT_JSON);
    assert_true(run.env.output.no_header);
    assert_int_equal(run.env.output.columns.count, 2);
    assert_string_equal(run.env.output.columns.items[1], "domid");
    assert_int_equal(run.env.output.sort.count, 2);
    assert_string_equal(run.env.output.sort.items[0], "-domid");
    assert_int_equal(run.env.output.filters.count, 2);
    assert_string_equal(run.env.output.filters.items[0], "name=a*");
    assert_string_equal(run.env.output.filters.items[1], "domid>1");
    finish(&show_command, &run);
}

static void formats(void **state)
{
    static const struct {
        const char *option;
        enum output_format format;
    } rows[] = {
        { "--format=table", FORMAT_TABLE },
        { "--format=json", FORMAT_JSON },
        { "--format=csv", FORMAT_CSV },
        { "--json", FORMAT_JSON },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct run run = parse(&show_command, rows[i].option, NULL);

        succeeded(&run);
        assert_int_equal(run.env.output.format, rows[i].format);
        finish(&show_command, &run);
    }
    failed(parse(&show_command, "--format=yaml", NULL),
           "option '--format': 'yaml' is not one of table, json, csv", NULL);
    failed(parse(&stop_command, "--format=csv", "web", NULL),
           "option '--format': 'csv' is not one of table, json", NULL);
    failed(parse(&stop_command, "--columns=name", "web", NULL), "unknown option '--columns'",
           HINT_STOP);
    failed(parse(&rename_command, "--json", "a", "b", NULL), "unknown option '--json'",
           "see 'xn rename --help'");
}

static void formats_must_not_contradict_each_other(void **state)
{
    struct run same = parse(&stop_command, "--json", "--format=json", "--json", "web", NULL);

    (void)state;
    succeeded(&same);
    assert_int_equal(same.env.output.format, FORMAT_JSON);
    finish(&stop_command, &same);
    failed(parse(&stop_command, "--json", "--format=table", "web", NULL),
           "options '--format' and '--json' contradict each other", "choose one format");
}

static void a_second_line_forgets_the_first(void **state)
{
    struct run run = parse(&show_command, "--columns=name", "--sort=name", "--json", NULL);
    char word[] = "--no-header", *words[] = { word };

    (void)state;
    succeeded(&run);
    assert_int_equal(
        cli_parse_command(&run.env, &show_command, 1, words, &run.args, &run.outcome, &run.error),
        0);
    assert_int_equal(run.env.output.format, FORMAT_DEFAULT);
    assert_int_equal(run.env.output.columns.count, 0);
    assert_int_equal(run.env.output.sort.count, 0);
    assert_true(run.env.output.no_header);
    finish(&show_command, &run);
}

static void the_format_of_a_usage_error(void **state)
{
    static const struct {
        const char *words[4];
        enum output_format format;
    } rows[] = {
        { { "--bogus", "--json" }, FORMAT_JSON },
        { { "--json", "--bogus" }, FORMAT_JSON },
        { { "--bogus", "--format=json" }, FORMAT_JSON },
        { { "--bogus", "--format", "json" }, FORMAT_JSON },
        { { "--bogus", "--format", "table" }, FORMAT_DEFAULT },
        { { "--bogus", "--", "--json" }, FORMAT_DEFAULT },
        { { "--bogus" }, FORMAT_DEFAULT },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct run run = parse(&stop_command, rows[i].words[0], rows[i].words[1], rows[i].words[2],
                               rows[i].words[3], NULL);

        assert_int_equal(run.result, -1);
        assert_int_equal(run.env.output.format, rows[i].format);
        finish(&stop_command, &run);
    }
}

static void raw_words_are_not_looked_at(void **state)
{
    struct run run = parse(&words_command, "--help", "", "-x", "--", "--json", NULL);

    (void)state;
    succeeded(&run);
    assert_int_equal(run.outcome, PARSED_RUN);
    assert_int_equal(run.args.words.words.count, 5);
    assert_string_equal(run.args.words.words.items[0], "--help");
    assert_string_equal(run.args.words.words.items[1], "");
    assert_string_equal(run.args.words.words.items[3], "--");
    finish(&words_command, &run);
}

static void numbers_with_a_sign_can_be_arguments(void **state)
{
    struct command signed_command = rename_command;
    struct run run;

    (void)state;
    signed_command.flags |= COMMAND_SIGNED;
    run = parse(&signed_command, "-5g", "-0", NULL);
    succeeded(&run);
    assert_string_equal(run.args.rename.domain, "-5g");
    assert_string_equal(run.args.rename.name, "-0");
    finish(&signed_command, &run);
    failed(parse(&signed_command, "web", "-x5", NULL), "unknown option '-x' in '-x5'",
           "see 'xn rename --help'");
    failed(parse(&rename_command, "web", "-5", NULL), "unknown option '-5'",
           "see 'xn rename --help'");
}

static void check_has_the_last_word(void **state)
{
    (void)state;
    failed(parse(&stop_command, "-wF", "web", NULL), "'--wait' and '--force' exclude each other",
           NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_option_reaches_its_field),
        cmocka_unit_test(defaults_come_from_prepare_and_zero),
        cmocka_unit_test(a_value_may_be_written_in_three_ways),
        cmocka_unit_test(letters_can_be_bundled_and_counted),
        cmocka_unit_test(options_may_follow_arguments_until_two_dashes),
        cmocka_unit_test(a_lone_dash_is_an_argument),
        cmocka_unit_test(a_value_may_look_like_an_option),
        cmocka_unit_test(long_names_can_be_shortened),
        cmocka_unit_test(hidden_names_do_not_make_a_beginning_ambiguous),
        cmocka_unit_test(ambiguous_names_list_what_fits),
        cmocka_unit_test(unknown_options_find_their_neighbour),
        cmocka_unit_test(missing_and_surplus_values),
        cmocka_unit_test(bad_values_name_the_option),
        cmocka_unit_test(arguments_are_counted),
        cmocka_unit_test(a_failure_leaves_nothing_to_release),
        cmocka_unit_test(optional_arguments_take_what_is_to_spare),
        cmocka_unit_test(help_wins_over_missing_arguments),
        cmocka_unit_test(own_options_win_over_common_ones),
        cmocka_unit_test(output_options_of_a_listing),
        cmocka_unit_test(formats),
        cmocka_unit_test(formats_must_not_contradict_each_other),
        cmocka_unit_test(a_second_line_forgets_the_first),
        cmocka_unit_test(the_format_of_a_usage_error),
        cmocka_unit_test(raw_words_are_not_looked_at),
        cmocka_unit_test(numbers_with_a_sign_can_be_arguments),
        cmocka_unit_test(check_has_the_last_word),
    };

    return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
