/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Help texts: what stands in them, and that they fit a terminal. */
#include "unit.h"

#include <stdio.h>

#include "cli/help.h"
#include "sample.h"

static const struct env as_xn = { .program = "xn" };
static const struct env as_xl = { .program = "xl", .as_xl = true };

static void fits_a_terminal(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        if (length > 80)
            print_error("too long: %.*s\n", (int)length, text);
        assert_true(length <= 80);
        assert_true(length == 0 || text[length - 1] != ' ');
        assert_int_equal(text[length], '\n');
        text += length + 1;
    }
}

static char *help_of(const struct command *command)
{
    auto_str text = STR_INIT;

    help_command(&as_xn, command, &text);
    fits_a_terminal(str_text(&text));
    return str_detach(&text);
}

static void synopses(void **state)
{
    static const struct {
        const struct command *command;
        const char *synopsis;
    } rows[] = {
        { &stop_command, "xn stop [OPTION]... DOMAIN..." },
        { &show_command, "xn show [OPTION]... [DOMAIN]" },
        { &load_command, "xn load [CONFIG] FILE [KEY=VALUE]..." },
        { &rename_command, "xn rename DOMAIN NAME" },
        { &restart_command, "xn restart-everything-slowly" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        auto_str text = STR_INIT;

        help_synopsis(rows[i].command, "xn", &text);
        assert_string_equal(str_text(&text), rows[i].synopsis);
    }
}

static void the_whole_help_of_a_command(void **state)
{
    auto_free char *text = help_of(&stop_command);

    (void)state;
    assert_string_equal(
        text, "Usage: xn stop [OPTION]... DOMAIN...\n"
              "\n"
              "Stop guests.\n"
              "\n"
              "Guests are asked to stop. A guest that does not listen is left alone.\n"
              "\n"
              "This line was not wrapped by hand and is therefore much too long, so that it has\n"
              "to be wrapped by the help text itself.\n"
              "\n"
              "Arguments:\n"
              "  DOMAIN...  the guests to stop\n"
              "\n"
              "Options:\n"
              "  -w, --wait              return when the guests are gone\n"
              "  -F, --force             do not ask the guest\n"
              "  -l, --loud              say more; may be repeated\n"
              "  -t, --timeout=DURATION  give up after this time, which is a long while unless\n"
              "                          you say otherwise here\n"
              "      --time-memory=SIZE  a name that makes '--time' ambiguous\n"
              "  -n N                    a letter without a name\n"
              "  -m, --mode=MODE         how to stop\n"
              "  -f, --file=FILE         a file\n"
              "      --note=NOTE         a note\n"
              "  -g, --tag=TAG           a tag; may be repeated\n"
              "      --size=SIZE         a size; may be repeated\n"
              "      --format=FORMAT     print a table or json\n"
              "      --json              short for --format=json\n"
              "  -h, --help              show this help\n"
              "\n"
              "Examples:\n"
              "  xn stop --wait web db\n"
              "      ask two guests to stop and wait until both are gone\n");
}

static void listings_explain_their_columns(void **state)
{
    auto_free char *text = help_of(&show_command);

    (void)state;
    assert_non_null(strstr(text, "\nColumns:\n"
                                 "  name        the guest's name\n"
                                 "  domid       the domain id\n"));
    assert_non_null(strstr(text, "      --filter=EXPR"));
}

static void a_letter_or_name_that_is_taken_is_not_shown_again(void **state)
{
    auto_free char *text = help_of(&show_command);
    const char *own = strstr(text, "--csv");

    (void)state;
    assert_non_null(strstr(text, "  -h, --csv=SEPARATOR"));
    assert_non_null(strstr(text, "      --help"));
    assert_null(strstr(text, "-h, --help"));
    assert_non_null(own);
    assert_null(strstr(own + 1, "--csv"));
}

static void raw_commands_have_no_options(void **state)
{
    auto_free char *text = help_of(&words_command);

    (void)state;
    assert_null(strstr(text, "Options:"));
    assert_null(strstr(text, "--help"));
}

static void the_overview_is_grouped(void **state)
{
    auto_str text = STR_INIT;
    const char *life, *information, *host, *help;

    (void)state;
    help_overview(&as_xn, sample_commands, &text);
    fits_a_terminal(str_text(&text));
    assert_true(starts_with(str_text(&text), "Usage: xn [OPTION]... COMMAND [ARGUMENT]...\n"));
    life = strstr(str_text(&text), command_group_title(GROUP_LIFECYCLE));
    information = strstr(str_text(&text), command_group_title(GROUP_INFORMATION));
    host = strstr(str_text(&text), command_group_title(GROUP_HOST));
    help = strstr(str_text(&text), "\nHelp:\n");
    assert_true(life && information > life && host > information && help > host);
    assert_non_null(strstr(life, "\n  stop                       stop guests\n"
                                 "  load                       bring a saved guest back\n"));
    assert_null(strstr(str_text(&text), "__words"));
    assert_null(strstr(str_text(&text), command_group_title(GROUP_SUPERVISION)));
    assert_non_null(strstr(help, "-v, --verbose"));
    assert_non_null(strstr(help, "--version"));
    assert_null(strstr(help, "-f"));
}

/* Completion and scripts cut off four lines and take the word behind one blank. */
static void the_overview_under_the_name_xl(void **state)
{
    auto_str text = STR_INIT;

    (void)state;
    help_overview(&as_xl, sample_commands, &text);
    assert_string_equal(str_text(&text),
                        "Usage xl [-vfNtT] <subcommand> [args]\n"
                        "\n"
                        "xl full list of subcommands:\n"
                        "\n"
                        " stop                stop guests\n"
                        " show                show guests\n"
                        " load                bring a saved guest back\n"
                        " rename              give a guest another name\n"
                        " restart-everything-slowly\n"
                        "                     has a name that is too long for its column\n"
                        " explain             explain a command\n");
}

static void help_speaks_of_the_program_that_was_called(void **state)
{
    auto_str text = STR_INIT;

    (void)state;
    help_command(&as_xl, &stop_command, &text);
    assert_true(starts_with(str_text(&text), "Usage: xl stop "));
    assert_non_null(strstr(str_text(&text), "  xl stop --wait web db\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(synopses),
        cmocka_unit_test(the_whole_help_of_a_command),
        cmocka_unit_test(listings_explain_their_columns),
        cmocka_unit_test(a_letter_or_name_that_is_taken_is_not_shown_again),
        cmocka_unit_test(raw_commands_have_no_options),
        cmocka_unit_test(the_overview_is_grouped),
        cmocka_unit_test(the_overview_under_the_name_xl),
        cmocka_unit_test(help_speaks_of_the_program_that_was_called),
    };

    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
