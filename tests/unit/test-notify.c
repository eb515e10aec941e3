/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What reaches a service manager, by path and by abstract address. */
#include "unit.h"

#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/notify.h"

/* A manager's socket; name[0] is '@' for an abstract address. */
static int listen_at(const char *name)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    size_t length = strlen(name);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);

    assert_true(fd >= 0);
    memcpy(address.sun_path, name, length);
    if (*name == '@')
        address.sun_path[0] = '\0';
    assert_int_equal(bind(fd, (struct sockaddr *)&address,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
                     0);
    return fd;
}

static void check_received(int fd, const char *expected)
{
    char text[64] = "";
    ssize_t got = recv(fd, text, sizeof(text) - 1, 0);

    assert_int_equal(got, strlen(expected));
    assert_string_equal(text, expected);
}

static void a_path_gets_it(void **state)
{
    char folder[] = "/tmp/xn-notify.XXXXXX";
    auto_free char *path = NULL;
    int fd;

    (void)state;
    assert_non_null(mkdtemp(folder));
    path = xasprintf("%s/socket", folder);
    fd = listen_at(path);
    setenv("NOTIFY_SOCKET", path, 1);
    notify_manager("READY=1");
    check_received(fd, "READY=1");
    close(fd);
    notify_manager("READY=1"); /* nobody listens any more */
    unlink(path);
    notify_manager("READY=1");
    rmdir(folder);
}

static void an_abstract_address_gets_it(void **state)
{
    auto_free char *name = xasprintf("@xn-test-notify-%ld", (long)getpid());
    int fd = listen_at(name);

    (void)state;
    setenv("NOTIFY_SOCKET", name, 1);
    notify_manager("STOPPING=1");
    check_received(fd, "STOPPING=1");
    close(fd);
}

/* None of these may crash or wait. */
static void without_a_manager_nothing_happens(void **state)
{
    char far[300];

    (void)state;
    unsetenv("NOTIFY_SOCKET");
    notify_manager("READY=1");
    setenv("NOTIFY_SOCKET", "", 1);
    notify_manager("READY=1");
    setenv("NOTIFY_SOCKET", "relative/socket", 1);
    notify_manager("READY=1");
    memset(far, 'a', sizeof(far) - 1);
    far[0] = '/';
    far[sizeof(far) - 1] = '\0';
    setenv("NOTIFY_SOCKET", far, 1);
    notify_manager("READY=1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_gets_it),
        cmocka_unit_test(an_abstract_address_gets_it),
        cmocka_unit_test(without_a_manager_nothing_happens),
    };

    return cmocka_run_group_tests_name("notify", tests, NULL, NULL);
}
