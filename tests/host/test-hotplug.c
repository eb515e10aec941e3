/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What stands in for hotplug scripts: names, modes, mounts, the scripts' sums and their locks. What
 * it does beside the scripts is tested by tests/cli/hotplug.bats. */
#include "../unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "hotplug/block.h"
#include "hotplug/lock.h"
#include "hotplug/stock.h"
#include "hotplug/vif.h"

static void names_of_interfaces(void **state)
{
    static const char *const bad[] = {
        "",        "vif",        "vif1",        "vif1.",
        "vif1.0 ", "vif01.0",    "vif1.0.0",    "vif-1.0",
        "vif1.-1", "vif1.0-em",  "eth0",        "vif1.0/",
        "vif 1.0", "vif1.0-emu", "vif123456.0", "vif1.12345678901",
    };
    unsigned domid, devid;

    (void)state;
    assert_true(vif_parse_name("vif12.3", false, &domid, &devid));
    assert_int_equal(domid, 12);
    assert_int_equal(devid, 3);
    assert_true(vif_parse_name("vif32751.0-emu", true, &domid, &devid));
    assert_int_equal(domid, 32751);
    assert_false(vif_parse_name("vif12.3", true, &domid, &devid));
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_false(vif_parse_name(bad[i], false, &domid, &devid));
}

static void modes(void **state)
{
    (void)state;
    assert_int_equal(block_parse_mode("r"), BLOCK_READ);
    assert_int_equal(block_parse_mode("ro"), BLOCK_READ);
    assert_int_equal(block_parse_mode("!"), BLOCK_READ);
    assert_int_equal(block_parse_mode(""), BLOCK_READ);
    assert_int_equal(block_parse_mode("w"), BLOCK_WRITE);
    assert_int_equal(block_parse_mode("rw"), BLOCK_WRITE);
    assert_int_equal(block_parse_mode("w!"), BLOCK_UNCHECKED);
    assert_int_equal(block_parse_mode("rw!"), BLOCK_UNCHECKED);
}

static void mounts(void **state)
{
    (void)state;
    assert_false(block_mount_counts("/dev/sda1 / ext4 ro,relatime 0 0\n", BLOCK_READ));
    assert_false(block_mount_counts("/dev/sda1 / ext4 ro 0 0\n", BLOCK_READ));
    assert_true(block_mount_counts("/dev/sda1 / ext4 ro,relatime 0 0\n", BLOCK_WRITE));
    assert_true(block_mount_counts("/dev/sda1 / ext4 rw,relatime 0 0\n", BLOCK_READ));
    assert_true(block_mount_counts("/dev/sda1 /ro ro root,ro 0 0\n", BLOCK_READ));
    assert_true(block_mount_counts("short", BLOCK_READ));
}

static void scripts(void **state)
{
    char folder[] = "/tmp/xn-scripts.XXXXXX";
    auto_free char *script = NULL;
    int fd;

    (void)state;
    assert_int_equal(stock_kind_of("/etc/xen/scripts/vif-bridge"), STOCK_VIF);
    assert_int_equal(stock_kind_of("/etc/xen/scripts/block"), STOCK_BLOCK);
    assert_int_equal(stock_kind_of("/etc/xen/scripts/block-iscsi"), STOCK_NONE);
    assert_int_equal(stock_kind_of("/etc/xen/scripts/vif-route"), STOCK_NONE);
    assert_int_equal(stock_kind_of("block"), STOCK_NONE);
    assert_non_null(mkdtemp(folder));
    script = xasprintf("%s/block", folder);
    assert_false(stock_is_unchanged(script, STOCK_BLOCK));
    fd = open(script, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
    assert_int_equal(write(fd, "#!/bin/sh\n", 10), 10);
    close(fd);
    assert_false(stock_is_unchanged(script, STOCK_BLOCK));
    unlink(script);
    rmdir(folder);
}

static bool is_locked(const char *path)
{
    auto_fd int fd = open(path, O_RDWR | O_CLOEXEC);

    return fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0;
}

/* One that waits gets it although the file that it has opened was removed meanwhile. */
static void one_lock_at_a_time(void **state)
{
    char folder[] = "/tmp/xn-lock.XXXXXX";
    auto_free char *path = NULL, *below = NULL;
    struct stat file;
    int fd, status;
    pid_t pid;

    (void)state;
    assert_non_null(mkdtemp(folder));
    below = xasprintf("%s/locks", folder);
    path = xasprintf("%s/block", below);
    fd = script_lock_take(path);
    assert_true(fd >= 0);
    assert_true(is_locked(path));
    pid = fork();
    if (pid == 0) {
        int own;

        close(fd); /* locks belong to open files: this one would be waited for by itself */
        own = script_lock_take(path);

        _exit(own >= 0 && is_locked(path) && stat(path, &file) == 0 ? 7 : 1);
    }
    usleep(200000);
    assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
    script_lock_release(fd, path);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WEXITSTATUS(status), 7);
    /* Whoever dies with the lock leaves the file, which locks nobody out. */
    fd = script_lock_take(path);
    assert_true(fd >= 0);
    script_lock_release(fd, path);
    assert_int_equal(access(path, F_OK), -1);
    rmdir(below);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_interfaces),
        cmocka_unit_test(modes),
        cmocka_unit_test(mounts),
        cmocka_unit_test(scripts),
        cmocka_unit_test(one_lock_at_a_time),
    };

    return cmocka_run_group_tests_name("hotplug", tests, NULL, NULL);
}
