/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Leftovers that can be found and taken away without a host: unfinished saves, and what processes
 * and locks tell. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit/unit.h"
#include "xen/leftover_parts.h"
#include "xen/lock.h"

static char folder[] = "/tmp/xn-leftover.XXXXXX";

static char *path_of(const char *name)
{
    return xasprintf("%s/%s", folder, name);
}

/* The path of a new file with this name; the caller frees it. */
static char *touch(const char *name)
{
    char *path = path_of(name);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    close(fd);
    return path;
}

static pid_t dead_process(void)
{
    pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    return pid;
}

static void find(struct leftover_list *list, const char *where)
{
    auto_string_list folders = STRING_LIST_INIT;
    struct leftover_search search = { .folders = &folders };
    struct leftover_scan scan = { .search = &search, .list = list };
    struct error *error = NULL;

    string_list_add(&folders, where);
    search.kinds[LEFTOVER_PART_FILE] = true;
    check_success(leftover_find_files(&scan, &error), error);
}

static enum leftover_result clean(struct leftover *leftover, struct error **error)
{
    struct leftover_search search = { .folders = NULL };
    struct leftover_scan scan = { .search = &search };

    return leftover_clean_part(&scan, leftover, error);
}

static void unfinished_saves(void **state)
{
    auto_free char *dead_name = xasprintf(".web.save.%ld.xn-part", (long)dead_process());
    auto_free char *own_name = xasprintf(".web.save.%ld.xn-part", (long)getpid());
    auto_free char *link_name = xasprintf(".link.%ld.xn-part", (long)dead_process());
    auto_free char *dead = touch(dead_name), *own = touch(own_name), *link = path_of(link_name);
    auto_leftover_list list = { NULL, 0 }, again = { NULL, 0 };
    struct error *error = NULL;

    (void)state;
    assert_int_equal(symlink("/etc/passwd", link), 0);
    find(&list, folder);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].subject, dead);
    assert_int_equal(list.items[0].kind, LEFTOVER_PART_FILE);
    assert_int_equal(list.items[0].action, CLEAN_REMOVE);
    assert_int_equal(clean(&list.items[0], &error), RESULT_CLEANED);
    assert_int_equal(clean(&list.items[0], &error), RESULT_GONE);
    find(&again, folder);
    assert_int_equal(again.count, 0);
    assert_int_equal(unlink(own), 0);
    assert_int_equal(unlink(link), 0);
}

static void a_file_that_somebody_writes_is_kept(void **state)
{
    auto_free char *name = xasprintf(".web.%ld.xn-part", (long)dead_process());
    auto_free char *path = touch(name);
    auto_free char *message = xasprintf("'%s' is in use", path);
    auto_leftover_list list = { NULL, 0 };
    struct error *error = NULL;
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    (void)state;
    find(&list, folder);
    assert_int_equal(list.count, 1);
    assert_int_equal(clean(&list.items[0], &error), RESULT_FAILED);
    check_error(error, ERR_REFUSED, message, NULL);
    close(fd);
    /* It became a link to something else. */
    error = NULL;
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_int_equal(clean(&list.items[0], &error), RESULT_FAILED);
    error_free(error);
    assert_int_equal(unlink(path), 0);
}

static void folders_that_cannot_be_read(void **state)
{
    auto_free char *where = path_of("nowhere");
    auto_free char *message =
        xasprintf("cannot read the folder '%s': No such file or directory", where);
    auto_string_list folders = STRING_LIST_INIT;
    auto_leftover_list list = { NULL, 0 };
    struct leftover_search search = { .folders = &folders };
    struct leftover_scan scan = { .search = &search, .list = &list };
    struct error *error = NULL;

    (void)state;
    string_list_add(&folders, where);
    search.kinds[LEFTOVER_PART_FILE] = true;
    assert_int_equal(leftover_find_files(&scan, &error), -1);
    check_error(error, ERR_FILE, message, NULL);
}

/* A child that holds the lock of a file, and is stopped; it must be killed. */
static pid_t stopped_holder(const char *path)
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        int fd = -1;

        if (lock_file(path, &fd, NULL) < 0)
            _exit(1);
        raise(SIGSTOP);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    assert_true(WIFSTOPPED(status));
    return pid;
}

static size_t locks_told(const char *path, pid_t *ret_pid)
{
    auto_leftover_list list = { NULL, 0 };
    struct leftover_search search = { .lock_file = path };
    struct leftover_scan scan = { .search = &search, .list = &list };
    long pid = 0;

    search.kinds[LEFTOVER_LOCK] = true;
    leftover_find_locks(&scan);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.items[i].action, CLEAN_NOTHING);
        assert_int_equal(sscanf(list.items[i].subject, "process %ld", &pid), 1);
        assert_non_null(strstr(list.items[i].explanation, path));
    }
    *ret_pid = (pid_t)pid;
    return list.count;
}

static void locks_and_their_holders(void **state)
{
    auto_free char *path = path_of("lock");
    struct error *error = NULL;
    bool held = true;
    pid_t holder, told;

    (void)state;
    check_success(lock_file_probe(path, &held, &error), error);
    assert_false(held);
    assert_int_not_equal(access(path, F_OK), 0); /* asking has made nothing */
    holder = stopped_holder(path);
    check_success(lock_file_probe(path, &held, &error), error);
    assert_true(held);
    assert_int_equal(locks_told(path, &told), 1);
    assert_int_equal(told, holder);
    kill(holder, SIGKILL);
    waitpid(holder, NULL, 0);
    check_success(lock_file_probe(path, &held, &error), error);
    assert_false(held);
    assert_int_equal(locks_told(path, &told), 0);
    assert_int_equal(unlink(path), 0);
}

static bool see_self(void *context, const struct leftover_process *process)
{
    char comm[17] = "";
    bool *seen = context;

    if (process->pid != getpid())
        return true;
    prctl(PR_GET_NAME, comm);
    *seen = strcmp(process->comm, comm) == 0 && process->arguments.count > 0 &&
            !process->detached && !process->stopped;
    return false;
}

static void processes(void **state)
{
    bool seen = false;

    (void)state;
    leftover_each_process(see_self, &seen);
    assert_true(seen);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unfinished_saves),
        cmocka_unit_test(a_file_that_somebody_writes_is_kept),
        cmocka_unit_test(folders_that_cannot_be_read),
        cmocka_unit_test(locks_and_their_holders),
        cmocka_unit_test(processes),
    };

    return cmocka_run_group_tests_name("leftover-files", tests, make_folder, remove_folder);
}
