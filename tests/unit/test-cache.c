/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder of files that can be made again: what is found, what has to go, whom it trusts. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cache.h"

#define FOLDER "cache/things"
#define MENDS  "remove it; it is made anew when it is needed"

/* Each test runs in an empty folder of its own. */
static int enter_folder(void **state)
{
    char *folder = xstrdup("/tmp/xn-cache.XXXXXX");

    if (!mkdtemp(folder) || chdir(folder) < 0)
        return -1;
    *state = folder;
    return 0;
}

static int leave_folder(void **state)
{
    auto_free char *command = xasprintf("rm -rf '%s'", (char *)*state);
    int result = chdir("/") < 0 || system(command) != 0;

    free(*state);
    return result;
}

/* Adds a file of so many bytes, last used so many seconds ago. */
static void add(const char *name, size_t length, time_t ago, uint64_t limit)
{
    auto_free char *bytes = xcalloc(length, 1), *path = xasprintf(FOLDER "/%s", name);
    auto_error error = NULL;
    struct timespec times[2];

    check_success(cache_add(FOLDER, name, bytes, length, limit, &error), error);
    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= ago;
    times[1] = times[0];
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void check_names(const char *expected)
{
    auto_cache_list list = { NULL, 0 };
    auto_str names = STR_INIT;
    auto_error error = NULL;

    check_success(cache_read(FOLDER, &list, &error), error);
    for (size_t i = 0; i < list.count; i++)
        str_addf(&names, "%s ", list.files[i].name);
    assert_string_equal(str_text(&names), expected);
}

static void what_is_added_is_found(void **state)
{
    auto_error error = NULL;
    char bytes[8] = "";
    struct stat status;
    int fd;

    (void)state;
    check_names("");
    assert_int_equal(cache_open(FOLDER, "one"), -1);
    check_success(cache_add(FOLDER, "one", "content", 7, 100, &error), error);
    fd = cache_open(FOLDER, "one");
    assert_true(fd >= 0);
    assert_int_equal(read(fd, bytes, sizeof(bytes)), 7);
    assert_string_equal(bytes, "content");
    assert_int_equal(close(fd), 0);
    assert_int_equal(stat(FOLDER, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    check_success(cache_add(FOLDER, "one", "other", 5, 100, &error), error);
    check_names("one ");
    check_success(cache_clear(FOLDER, &error), error);
    check_names("");
    check_success(cache_clear(FOLDER, &error), error);
}

static void the_oldest_goes(void **state)
{
    auto_error error = NULL;
    int fd;

    (void)state;
    add("old", 40, 30, 100);
    add("older", 40, 60, 100);
    check_names("old older ");
    /* To be used counts. */
    fd = cache_open(FOLDER, "older");
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    check_names("older old ");
    add("new", 60, 0, 100);
    check_names("new older ");
    add("whole", 100, 0, 100);
    check_names("whole ");
    check_success(cache_add(FOLDER, "large", "12345", 5, 4, &error), error);
    check_names("whole ");
}

static void others_are_not_trusted(void **state)
{
    auto_cache_list list = { NULL, 0 };
    struct error *error = NULL;

    (void)state;
    add("one", 1, 0, 100);
    assert_int_equal(chmod(FOLDER "/one", 0620), 0);
    assert_int_equal(cache_open(FOLDER, "one"), -1);
    assert_int_equal(chmod(FOLDER "/one", 0600), 0);
    assert_int_equal(symlink("one", FOLDER "/link"), 0);
    assert_int_equal(cache_open(FOLDER, "link"), -1);
    check_names("one ");
    assert_int_equal(chmod(FOLDER, 0770), 0);
    assert_int_equal(cache_open(FOLDER, "one"), -1);
    assert_int_equal(cache_read(FOLDER, &list, &error), -1);
    check_error(error, ERR_REFUSED, "others than its owner can write to '" FOLDER "'", MENDS);
    error = NULL;
    assert_int_equal(cache_clear(FOLDER, &error), -1);
    check_error(error, ERR_REFUSED, "others than its owner can write to '" FOLDER "'", MENDS);
    error = NULL;
    assert_int_equal(cache_add(FOLDER, "two", "2", 1, 100, &error), -1);
    check_error(error, ERR_REFUSED, "others than its owner can write to '" FOLDER "'", MENDS);
    error = NULL;
}

static void what_is_no_folder(void **state)
{
    struct error *error = NULL;

    (void)state;
    assert_int_equal(mkdir("cache", 0700), 0);
    assert_int_equal(symlink("/tmp", FOLDER), 0);
    assert_int_equal(cache_open(FOLDER, "one"), -1);
    assert_int_equal(cache_add(FOLDER, "one", "1", 1, 100, &error), -1);
    check_error(error, ERR_FILE, "cannot open the folder '" FOLDER "': Not a directory", NULL);
    error = NULL;
    assert_int_equal(unlink(FOLDER), 0);
    assert_int_equal(rmdir("cache"), 0);
    assert_int_equal(symlink("/nowhere", "cache"), 0);
    assert_int_equal(cache_add(FOLDER, "one", "1", 1, 100, &error), -1);
    check_error(error, ERR_FILE, "cannot make the folder '" FOLDER "': No such file or directory",
                NULL);
    error = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_added_is_found, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(the_oldest_goes, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(others_are_not_trusted, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(what_is_no_folder, enter_folder, leave_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
