/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing all of something, and the numbers of sysfs. */
#include "unit.h"

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/file.h"

/* Each test has an open folder of its own. */
static int open_folder(void **state)
{
    static char path[32];

    strcpy(path, "/tmp/xn-file.XXXXXX");
    *state = path;
    return mkdtemp(path) && chdir(path) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)unlink("number");
    return chdir("/") == 0 ? rmdir(*state) : -1;
}

static void put(const char *text)
{
    auto_fd int fd = open("number", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    auto_error error = NULL;

    check_success(file_write(fd, "number", text, strlen(text), &error), error);
}

static void check_number(const char *text, int base, uint64_t expected)
{
    auto_fd int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    uint64_t number = 0;

    put(text);
    assert_true(file_read_uint(AT_FDCWD, "number", base, &number));
    assert_int_equal(number, expected);
    number = 0;
    assert_true(file_read_uint(folder, "number", base, &number));
    assert_int_equal(number, expected);
}

static void check_none(const char *text, int base)
{
    uint64_t number = 42;

    put(text);
    assert_false(file_read_uint(AT_FDCWD, "number", base, &number));
    assert_int_equal(number, 42);
}

static void numbers_are_read(void **state)
{
    (void)state;
    check_number("0\n", 10, 0);
    check_number("010\n", 10, 10);
    check_number("12", 10, 12);
    check_number("18446744073709551615\n", 10, UINT64_MAX);
    check_number("09\n", 16, 9);
    check_number("0x8086\n", 16, 0x8086);
    check_number("ff\n", 16, 255);
}

static void what_is_no_number_is_none(void **state)
{
    uint64_t number = 42;

    (void)state;
    assert_false(file_read_uint(AT_FDCWD, "number", 10, &number));
    assert_false(file_read_uint(AT_FDCWD, ".", 10, &number));
    assert_int_equal(number, 42);
    check_none("", 10);
    check_none("\n", 10);
    check_none("-1\n", 10);
    check_none("+1\n", 10);
    check_none(" 1\n", 10);
    check_none("1 \n", 10);
    check_none("ff\n", 10);
    check_none("0x10\n", 10);
    check_none("fg\n", 16);
    check_none("18446744073709551616\n", 10);
}

static void a_write_that_fails_names_the_file(void **state)
{
    auto_fd int fd = open("number", O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
    struct error *error = NULL;

    (void)state;
    assert_int_equal(file_write(fd, "web.save", "", 0, &error), 0);
    assert_int_equal(file_write(fd, "web.save", "x", 1, &error), -1);
    check_error(error, ERR_FILE, "cannot write 'web.save': Bad file descriptor", NULL);
}

/* A pipe takes a part at a time. */
static void all_of_it_is_written(void **state)
{
    static char sent[300000], got[sizeof(sent)];
    auto_error error = NULL;
    size_t length = 0;
    ssize_t part;
    int ends[2];
    pid_t child;

    (void)state;
    for (size_t i = 0; i < sizeof(sent); i++)
        sent[i] = (char)(i * 7);
    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        _exit(file_write(ends[1], "pipe", sent, sizeof(sent), &error) == 0 ? 0 : 1);
    }
    close(ends[1]);
    while (length < sizeof(got) && (part = read(ends[0], got + length, sizeof(got) - length)) > 0)
        length += (size_t)part;
    close(ends[0]);
    assert_int_equal(length, sizeof(sent));
    assert_memory_equal(got, sent, sizeof(sent));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_are_read, open_folder, remove_folder),
        cmocka_unit_test_setup_teardown(what_is_no_number_is_none, open_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_write_that_fails_names_the_file, open_folder,
                                        remove_folder),
        cmocka_unit_test(all_of_it_is_written),
    };

    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
