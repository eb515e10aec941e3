/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader of many nodes against something that speaks xenstore's protocol, well and badly. Only
 * the reading of messages is tested here; what xenstored says is tested on a host. */
#include "../unit/unit.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xen/io/xs_wire.h>

#include "base/mem.h"
#include "xen/store_many.h"

struct peer {
    char folder[32];
    pid_t pid;
};

static void read_all(int fd, void *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        ssize_t got = read(fd, (char *)bytes + at, length - at);

        if (got <= 0)
            _exit(0);
        at += (size_t)got;
    }
}

/* In pieces, so that a message hardly ever comes whole. */
static void write_pieces(int fd, const void *bytes, size_t length, size_t piece)
{
    for (size_t at = 0; at < length; at += piece)
        if (write(fd, (const char *)bytes + at, at + piece > length ? length - at : piece) < 0)
            _exit(0);
}

/* Answers "value of PATH", two names below each folder, and no such node for what ends in '-'. */
static void answer(int fd, size_t piece)
{
    struct xsd_sockmsg header;
    char path[XENSTORE_PAYLOAD_MAX + 1] = "", payload[XENSTORE_PAYLOAD_MAX];
    int length;

    read_all(fd, &header, sizeof(header));
    read_all(fd, path, header.len);
    if (path[strlen(path) - 1] == '-') {
        header.type = XS_ERROR;
        length = (int)strlen(strcpy(payload, "ENOENT")) + 1;
    } else if (header.type == XS_DIRECTORY) {
        static const char names[] = { '0', '\0', '1', '2', '\0' };

        length = (int)sizeof(names);
        memcpy(payload, names, sizeof(names));
    } else {
        length = snprintf(payload, sizeof(payload), "value of %s", path);
    }
    header.len = (uint32_t)length;
    write_pieces(fd, &header, sizeof(header), piece);
    write_pieces(fd, payload, header.len, piece);
}

static void serve(int listener, size_t piece, int answers)
{
    int fd = accept(listener, NULL, NULL);

    while (answers--)
        answer(fd, piece);
    _exit(0);
}

/* A peer that writes pieces of that size and goes away after so many answers. */
static void start(struct peer *peer, size_t piece, int answers)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(peer->folder, sizeof(peer->folder), "%s", "/tmp/xn-store.XXXXXX");
    assert_non_null(mkdtemp(peer->folder));
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket", peer->folder);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(setenv("XENSTORED_RUNDIR", peer->folder, 1), 0);
    peer->pid = fork();
    if (peer->pid == 0)
        serve(listener, piece, answers);
    close(listener);
}

static void stop(const struct peer *peer)
{
    auto_free char *path = xasprintf("%s/socket", peer->folder);

    kill(peer->pid, SIGKILL);
    waitpid(peer->pid, NULL, 0);
    unlink(path);
    rmdir(peer->folder);
}

/* More than fit into the window at once. */
#define MANY 1000

static void check_many(size_t piece)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;
    struct peer peer;

    for (int i = 0; i < MANY; i++) {
        (void)store_question_value(&questions, "/a/%d", i);
        (void)store_question_value(&questions, "/a/%d-", i);
        (void)store_question_names(&questions, "/b/%d", i);
    }
    start(&peer, piece, 3 * MANY);
    assert_int_equal(store_ask(NULL, &questions, NULL), 0);
    stop(&peer);
    for (size_t i = 0; i < MANY; i++) {
        auto_free char *expected = xasprintf("value of /a/%zu", i);

        assert_string_equal(store_value(&questions, 3 * i), expected);
        assert_null(store_value(&questions, 3 * i + 1));
        assert_int_equal(store_number(&questions, 3 * i + 1), -1);
        assert_int_equal(questions.items[3 * i + 2].names.count, 2);
        assert_string_equal(questions.items[3 * i + 2].names.items[1], "12");
    }
}

static void answers_find_their_questions(void **state)
{
    (void)state;
    check_many(100000);
    check_many(7);
}

static void a_peer_that_goes_away_is_an_error(void **state)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;
    struct error *error = NULL;
    struct peer peer;

    (void)state;
    for (int i = 0; i < 10; i++)
        (void)store_question_value(&questions, "/a/%d", i);
    start(&peer, 100, 5);
    assert_int_equal(store_ask(NULL, &questions, &error), -1);
    assert_int_equal(error->code, ERR_XENSTORE);
    error_free(error);
    stop(&peer);
}

static void nothing_is_asked_of_nobody(void **state)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;

    (void)state;
    assert_int_equal(setenv("XENSTORED_RUNDIR", "/nonexistent", 1), 0);
    assert_int_equal(store_ask(NULL, &questions, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_find_their_questions),
        cmocka_unit_test(a_peer_that_goes_away_is_an_error),
        cmocka_unit_test(nothing_is_asked_of_nobody),
    };

    return cmocka_run_group_tests_name("store-many", tests, NULL, NULL);
}
