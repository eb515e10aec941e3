/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that appear whole or not at all, and targets that are refused. */
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/durable.h"

/* The status of a child that has no right to what it needs. */
#define CANNOT_BE_TRIED 77

/* Each test runs in an empty folder of its own. */
static int enter_folder(void **state)
{
    char *folder = xstrdup("/tmp/xn-durable.XXXXXX");

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

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void check_content(const char *name, const char *expected)
{
    char text[256] = "";
    FILE *file = fopen(name, "r");

    assert_non_null(file);
    (void)!fread(text, 1, sizeof(text) - 1, file);
    fclose(file);
    assert_string_equal(text, expected);
}

static size_t count_entries(void)
{
    DIR *folder = opendir(".");
    size_t count = 0;

    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count - 2; /* . and .. */
}

static void open_and_write(struct durable *file, const char *name, const char *text)
{
    struct error *error = NULL;

    check_success(durable_open(file, name, &error), error);
    assert_int_equal(write(file->fd, text, strlen(text)), strlen(text));
}

static void commit(struct durable *file)
{
    struct error *error = NULL;

    check_success(durable_commit(file, &error), error);
    durable_abandon(file);
}

static void check_refused(const char *name, enum error_code code, const char *message,
                          const char *hint)
{
    auto_durable file = DURABLE_INIT;
    struct error *error = NULL;

    assert_int_equal(durable_open(&file, name, &error), -1);
    check_error(error, code, message, hint);
}

static void a_file_appears_at_the_commit(void **state)
{
    struct durable file;
    struct stat status;

    (void)state;
    open_and_write(&file, "new", "content");
    assert_int_equal(count_entries(), 0);
    commit(&file);
    check_content("new", "content");
    assert_int_equal(count_entries(), 1);
    assert_int_equal(stat("new", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
}

static void an_older_file_stays_until_then(void **state)
{
    struct durable file;

    (void)state;
    put("target", "old");
    open_and_write(&file, "target", "new");
    check_content("target", "old");
    commit(&file);
    check_content("target", "new");
    assert_int_equal(count_entries(), 1);
}

static void what_is_abandoned_leaves_nothing(void **state)
{
    struct durable file;

    (void)state;
    put("target", "old");
    open_and_write(&file, "target", "new");
    durable_abandon(&file);
    durable_abandon(&file); /* harmless */
    check_content("target", "old");
    assert_int_equal(count_entries(), 1);
}

static void a_killed_process_leaves_nothing(void **state)
{
    pid_t child = fork();
    int status;

    (void)state;
    assert_true(child >= 0);
    if (child == 0) {
        struct durable file;

        if (durable_open(&file, "target", NULL) < 0 || write(file.fd, "x", 1) != 1)
            _exit(1);
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(count_entries(), 0);
}

/* A pid that is used again must not trip over what its predecessor left. */
static void remains_of_a_dead_process_are_no_obstacle(void **state)
{
    auto_free char *remains = xasprintf(".target.%ld.xn-part", (long)getpid());
    struct durable file;

    (void)state;
    put(remains, "remains");
    open_and_write(&file, "target", "new");
    commit(&file);
    check_content("target", "new");
    assert_int_equal(count_entries(), 1);
}

/* From here on no file without a name can be made in this process, as on NFS. */
static bool forbid_nameless_files(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_TMPFILE & ~O_DIRECTORY, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { .len = ARRAY_SIZE(filter), .filter = filter };

    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* Runs a part of a test in a child that ends with its status. */
static void in_a_child(int (*part)(void))
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0)
        _exit(part());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CANNOT_BE_TRIED)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int write_with_a_hidden_name(void)
{
    auto_free char *hidden = xasprintf(".target.%ld.xn-part", (long)getpid());
    struct durable file;
    struct stat status;

    if (!forbid_nameless_files())
        return CANNOT_BE_TRIED;
    put("target", "old");
    put(hidden, "remains of a dead process");
    for (int round = 0; round < 2; round++) {
        open_and_write(&file, "target", "new");
        check_content("target", "old");
        check_content(hidden, "new");
        if (stat(hidden, &status) < 0 || (status.st_mode & 07777) != 0600)
            return 1;
        if (round == 0)
            durable_abandon(&file);
        else
            commit(&file);
        if (count_entries() != 1)
            return 2;
        check_content("target", round == 0 ? "old" : "new");
    }
    return 0;
}

static void without_nameless_files(void **state)
{
    (void)state;
    in_a_child(write_with_a_hidden_name);
}

static void a_long_name_can_be_used(void **state)
{
    char name[256];
    struct durable file;

    (void)state;
    memset(name, 'n', 255);
    name[255] = '\0';
    open_and_write(&file, name, "content");
    commit(&file);
    check_content(name, "content");
}

static void links_to_files_are_refused(void **state)
{
    static const char hint[] = "name the file itself";

    (void)state;
    put("target", "old");
    assert_int_equal(symlink("target", "link"), 0);
    assert_int_equal(symlink("nothing", "dangling"), 0);
    check_refused("link", ERR_REFUSED, "will not write through the symbolic link 'link'", hint);
    check_refused("dangling", ERR_REFUSED, "will not write through the symbolic link 'dangling'",
                  hint);
    check_content("target", "old");
    assert_int_equal(access("nothing", F_OK), -1);
}

static void folders_and_sockets_are_refused(void **state)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "socket" };
    auto_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    check_refused("folder", ERR_FILE, "'folder' is a folder, not a file", NULL);
    check_refused("folder/", ERR_FILE, "'folder/' names a folder, not a file", NULL);
    check_refused("..", ERR_FILE, "'..' is a folder, not a file", NULL);
    check_refused("socket", ERR_FILE, "'socket' is a socket, not a file", NULL);
    check_refused("none/file", ERR_FILE,
                  "cannot open the folder 'none/': No such file or directory", NULL);
    put("file", "");
    check_refused("file/file", ERR_FILE, "cannot open the folder 'file/': Not a directory", NULL);
}

static void a_pipe_without_reader_does_not_block(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    check_refused("pipe", ERR_FILE, "nobody reads from the pipe 'pipe'", NULL);
}

static void check_direct(const char *name, int reader)
{
    char text[8] = "";
    struct durable file;
    uint64_t free_kib;

    open_and_write(&file, name, "content");
    assert_true(file.direct);
    assert_false(fcntl(file.fd, F_GETFL) & O_NONBLOCK);
    check_success(durable_free_kib(&file, &free_kib, NULL), NULL);
    assert_true(free_kib == UINT64_MAX);
    commit(&file);
    if (reader >= 0) {
        assert_int_equal(read(reader, text, sizeof(text)), 7);
        assert_memory_equal(text, "content", 7);
    }
}

static void pipes_and_devices_are_written_to_directly(void **state)
{
    auto_fd int reader = -1;

    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    reader = open("pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    check_direct("pipe", reader);
    assert_int_equal(symlink("pipe", "link"), 0);
    check_direct("link", reader);
    check_direct("/dev/null", -1);
    assert_int_equal(count_entries(), 2);
}

/* What a shell's >(...) is. */
static void so_are_descriptors(void **state)
{
    auto_free char *name = NULL;
    int ends[2];

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    name = xasprintf("/dev/fd/%d", ends[1]);
    check_direct(name, ends[0]);
    close(ends[0]);
    close(ends[1]);
}

static void a_descriptor_of_a_file_is_none(void **state)
{
    auto_fd int fd = open("file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    auto_free char *name = xasprintf("/dev/fd/%d", fd);
    auto_free char *message = xasprintf("will not write through the symbolic link '%s'", name);

    (void)state;
    check_refused(name, ERR_REFUSED, message, "name the file itself");
}

static void what_others_put_into_a_shared_folder_is_refused(void **state)
{
    struct durable file;

    (void)state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(mkdir("shared", 0700), 0);
    assert_int_equal(chmod("shared", 01777), 0);
    put("shared/file", "theirs");
    assert_int_equal(mkfifo("shared/pipe", 0666), 0);
    assert_int_equal(symlink("/dev/null", "shared/link"), 0);
    assert_int_equal(lchown("shared/file", 12345, 12345), 0);
    assert_int_equal(lchown("shared/pipe", 12345, 12345), 0);
    assert_int_equal(lchown("shared/link", 12345, 12345), 0);
    check_refused("shared/file", ERR_REFUSED,
                  "will not write to 'shared/file', which another user owns", NULL);
    check_refused("shared/pipe", ERR_REFUSED,
                  "will not write to 'shared/pipe', which another user owns", NULL);
    check_refused("shared/link", ERR_REFUSED,
                  "will not write to 'shared/link', which another user owns", NULL);
    check_content("shared/file", "theirs");
    /* Our own may be replaced, and theirs where the folder is ours alone. */
    put("shared/mine", "old");
    open_and_write(&file, "shared/mine", "new");
    commit(&file);
    assert_int_equal(chmod("shared", 0755), 0);
    open_and_write(&file, "shared/file", "new");
    commit(&file);
    check_content("shared/file", "new");
}

static void a_full_device_is_an_error(void **state)
{
    auto_durable file = DURABLE_INIT;

    (void)state;
    assert_int_equal(durable_open(&file, "/dev/full", NULL), 0);
    assert_int_equal(write(file.fd, "x", 1), -1);
    assert_int_equal(errno, ENOSPC);
}

/* In a child, so that the mount goes away with it. */
static int fill_a_small_disk(void)
{
    static char block[65536];
    struct durable file;
    uint64_t free_kib;

    if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
        mkdir("small", 0700) < 0 || mount("tmpfs", "small", "tmpfs", 0, "size=256k") < 0)
        return CANNOT_BE_TRIED;
    put("small/target", "old");
    if (durable_open(&file, "small/target", NULL) < 0 ||
        durable_free_kib(&file, &free_kib, NULL) < 0 || free_kib == 0 || free_kib > 256)
        return 1;
    while (write(file.fd, block, sizeof(block)) > 0)
        ;
    if (errno != ENOSPC || durable_free_kib(&file, &free_kib, NULL) < 0 || free_kib != 0)
        return 2;
    durable_abandon(&file);
    check_content("small/target", "old");
    if (durable_open(&file, "small/target", NULL) < 0 ||
        durable_free_kib(&file, &free_kib, NULL) < 0 || free_kib < 128)
        return 3;
    durable_abandon(&file);
    return 0;
}

static void a_full_disk_leaves_the_older_file(void **state)
{
    (void)state;
    in_a_child(fill_a_small_disk);
}

static void a_folder_that_cannot_be_written(void **state)
{
    (void)state;
    check_refused("/proc/xn-test", ERR_FILE,
                  "cannot write in the folder of '/proc/xn-test': No such file or directory", NULL);
}

static void descriptors_are_not_inherited(void **state)
{
    auto_durable file = DURABLE_INIT;

    (void)state;
    assert_int_equal(durable_open(&file, "file", NULL), 0);
    assert_int_equal(fcntl(file.fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    assert_int_equal(fcntl(file.folder, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_appears_at_the_commit),
        IN_FOLDER(an_older_file_stays_until_then),
        IN_FOLDER(what_is_abandoned_leaves_nothing),
        IN_FOLDER(a_killed_process_leaves_nothing),
        IN_FOLDER(remains_of_a_dead_process_are_no_obstacle),
        IN_FOLDER(without_nameless_files),
        IN_FOLDER(a_long_name_can_be_used),
        IN_FOLDER(links_to_files_are_refused),
        IN_FOLDER(folders_and_sockets_are_refused),
        IN_FOLDER(a_pipe_without_reader_does_not_block),
        IN_FOLDER(pipes_and_devices_are_written_to_directly),
        IN_FOLDER(so_are_descriptors),
        IN_FOLDER(a_descriptor_of_a_file_is_none),
        IN_FOLDER(what_others_put_into_a_shared_folder_is_refused),
        IN_FOLDER(a_full_device_is_an_error),
        IN_FOLDER(a_full_disk_leaves_the_older_file),
        IN_FOLDER(a_folder_that_cannot_be_written),
        IN_FOLDER(descriptors_are_not_inherited),
    };

    return cmocka_run_group_tests_name("durable", tests, NULL, NULL);
}
