/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The progress line, on a memory stream and on a terminal. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "out/progress.h"

#define ERASE "\r\033[K"

static void silent_without_a_terminal(void **state)
{
    struct progress progress;
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);

    (void)state;
    progress_init(&progress, stream, false);
    progress_show(&progress, "%d %%", 50);
    progress_clear(&progress);
    fclose(stream);
    assert_int_equal(length, 0);
    free(text);
}

static void each_line_replaces_the_last(void **state)
{
    struct progress progress;
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);

    (void)state;
    progress_init(&progress, stream, true);
    progress_clear(&progress); /* nothing there yet */
    progress_show(&progress, "saving '%s'", "web\n");
    progress_show(&progress, "%s", "");
    progress_clear(&progress);
    progress_clear(&progress);
    fclose(stream);
    assert_string_equal(text, ERASE "saving 'web\\x0a'" ERASE ERASE);
    free(text);
}

static void long_lines_are_cut_between_characters(void **state)
{
    struct progress progress;
    auto_str expected = STR_INIT, line = STR_INIT;
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);

    (void)state;
    str_add(&expected, ERASE);
    for (int i = 0; i < 100; i++) {
        str_add(&line, "\xc3\xa9");
        str_add(&expected, i < 79 ? "\xc3\xa9" : "");
    }
    progress_init(&progress, stream, true);
    progress_show(&progress, "%s", line.text);
    fclose(stream);
    assert_string_equal(text, expected.text);
    free(text);
}

/* Both ends of a new terminal that is 10 characters wide. */
static bool open_terminal(int *master, FILE **stream)
{
    const struct winsize size = { .ws_col = 10, .ws_row = 5 };
    int slave;

    *master = posix_openpt(O_RDWR | O_NOCTTY);
    if (*master < 0 || grantpt(*master) || unlockpt(*master))
        return false;
    slave = open(ptsname(*master), O_RDWR | O_NOCTTY);
    if (slave < 0 || ioctl(slave, TIOCSWINSZ, &size))
        return false;
    *stream = fdopen(slave, "w");
    return *stream != NULL;
}

static void a_terminal_sets_the_width(void **state)
{
    struct progress progress;
    char text[64] = "";
    int master;
    FILE *stream;

    (void)state;
    if (!open_terminal(&master, &stream))
        skip();
    progress_init(&progress, stream, false);
    assert_true(progress.enabled);
    progress_show(&progress, "0123456789abc");
    assert_true(read(master, text, sizeof(text) - 1) > 0);
    assert_string_equal(text, ERASE "012345678");
    fclose(stream);
    close(master);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silent_without_a_terminal),
        cmocka_unit_test(each_line_replaces_the_last),
        cmocka_unit_test(long_lines_are_cut_between_characters),
        cmocka_unit_test(a_terminal_sets_the_width),
    };

    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
