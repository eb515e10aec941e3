/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that appear whole or not at all, also when somebody else writes them by a path. */
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/durable.h"

static char folder[] = "/tmp/xn-durable.XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
    close(fd);
}

static void check_content(const char *path, const char *expected)
{
    char text[64] = "";
    int fd = open(path, O_RDONLY);

    assert_true(fd >= 0);
    assert_true(read(fd, text, sizeof(text) - 1) >= 0);
    close(fd);
    assert_string_equal(text, expected);
}

/* What stands in the folder, hidden files too. */
static int count_files(void)
{
    DIR *here = opendir(".");
    int count = 0;

    assert_non_null(here);
    while (readdir(here))
        count++;
    closedir(here);
    return count - 2;
}

/* As libxenctrl opens the file of a core. */
static void write_as_others_do(const char *path, const char *text)
{
    int fd = open(path, O_CREAT | O_RDWR | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
    close(fd);
}

static void what_is_written_by_the_path_is_committed(void **state)
{
    auto_durable file = DURABLE_INIT;
    auto_free char *path = NULL;
    struct stat status;

    (void)state;
    write_file("core", "old");
    assert_int_equal(durable_open(&file, "core", NULL), 0);
    path = durable_path(&file);
    write_as_others_do(path, "first try");
    write_as_others_do(path, "whole");
    check_content("core", "old");
    assert_int_equal(durable_commit(&file, NULL), 0);
    check_content("core", "whole");
    assert_int_equal(stat("core", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(count_files(), 1);
    assert_int_equal(unlink("core"), 0);
}

static void a_child_can_write_by_the_path(void **state)
{
    auto_durable file = DURABLE_INIT;
    pid_t child;
    int status;

    (void)state;
    assert_int_equal(durable_open(&file, "./core", NULL), 0);
    child = fork();
    if (child == 0) {
        char *path = durable_path(&file);
        int fd = open(path, O_CREAT | O_RDWR | O_TRUNC, 0600);

        free(path);
        _exit(fd >= 0 && write(fd, "child", 5) == 5 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(durable_commit(&file, NULL), 0);
    check_content("core", "child");
    assert_int_equal(unlink("core"), 0);
}

static void what_is_abandoned_leaves_nothing(void **state)
{
    struct durable file;
    char *path;

    (void)state;
    write_file("core", "old");
    assert_int_equal(durable_open(&file, "core", NULL), 0);
    path = durable_path(&file);
    write_as_others_do(path, "half");
    free(path);
    durable_abandon(&file);
    check_content("core", "old");
    assert_int_equal(count_files(), 1);
    assert_int_equal(unlink("core"), 0);
}

static void links_and_folders_are_refused(void **state)
{
    struct durable file;
    struct error *error = NULL;

    (void)state;
    write_file("other", "other");
    assert_int_equal(symlink("other", "link"), 0);
    assert_int_equal(durable_open(&file, "link", &error), -1);
    durable_abandon(&file);
    check_error(error, ERR_REFUSED, "will not write through the symbolic link 'link'",
                "name the file itself");
    error = NULL;
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(durable_open(&file, "folder", &error), -1);
    durable_abandon(&file);
    check_error(error, ERR_FILE, "'folder' is a folder, not a file", NULL);
    check_content("other", "other");
    unlink("link");
    unlink("other");
    rmdir("folder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_by_the_path_is_committed),
        cmocka_unit_test(a_child_can_write_by_the_path),
        cmocka_unit_test(what_is_abandoned_leaves_nothing),
        cmocka_unit_test(links_and_folders_are_refused),
    };

    return cmocka_run_group_tests_name("durable", tests, enter_folder, leave_folder);
}
