/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compressed streams: what goes in comes out, and what is damaged ends. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "migrate/compress.h"
#include "migrate/frame.h"
#include "migrate/pump.h"

#define PLENTY    (3 * 1024 * 1024 + 17)
#define FAR_AWAY  (60 * 1000)
#define FILE_ROOM (8 * 1024 * 1024)

static const struct pump_settings framed = { .compressed = true, .idle_ms = FAR_AWAY };

static int scratch(void)
{
    char name[] = "/tmp/xn-test-compress-XXXXXX";
    int fd = mkstemp(name);

    assert_true(fd >= 0);
    assert_int_equal(unlink(name), 0);
    return fd;
}

static char *pattern(bool random)
{
    char *bytes = xcalloc(PLENTY, 1);
    uint32_t seed = 1;

    for (size_t i = 0; random && i < PLENTY; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (char)(seed >> 24);
    }
    return bytes;
}

/* Packs the bytes into a file; returns its length. */
static size_t pack(const char *bytes, size_t length, int fd)
{
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;
    size_t packed;

    check_success(pump_start_out(&pump, fd, &framed, &error), error);
    while (length) {
        ssize_t part = write(pump.fd, bytes, length);

        assert_true(part > 0);
        bytes += part;
        length -= (size_t)part;
    }
    check_success(pump_finish(&pump, deadline_after(FAR_AWAY), &error), error);
    packed = (size_t)pump_bytes(&pump);
    pump_stop(&pump);
    return packed;
}

/* Unpacks the file from its beginning; *ret_whole: whether the end was well. */
static size_t unpack(int fd, char *bytes, bool *ret_whole)
{
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;
    size_t length = 0;
    ssize_t got;

    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    check_success(pump_start_in(&pump, fd, &framed, &error), error);
    while ((got = read(pump.fd, bytes + length, FILE_ROOM - length)) > 0)
        length += (size_t)got;
    *ret_whole = pump_finish(&pump, deadline_after(FAR_AWAY), &error) == 0;
    error_free(error);
    pump_stop(&pump);
    return length;
}

static void round_trip(bool random)
{
    auto_free char *bytes = pattern(random), *back = xmalloc(FILE_ROOM);
    auto_fd int fd = scratch();
    size_t packed = pack(bytes, PLENTY, fd);
    bool whole;

    /* What cannot be made smaller becomes hardly larger. */
    assert_true(random ? packed < PLENTY + PLENTY / 100 : packed < PLENTY / 100);
    /* The leave to start the guest follows, as it is. */
    assert_int_equal(write(fd, "yours", 5), 5);
    assert_int_equal(unpack(fd, back, &whole), PLENTY + 5);
    assert_true(whole);
    assert_memory_equal(back, bytes, PLENTY);
    assert_memory_equal(back + PLENTY, "yours", 5);
}

static void comes_out_as_it_went_in(void **state)
{
    (void)state;
    round_trip(false);
    round_trip(true);
}

static void nothing_comes_out_as_nothing(void **state)
{
    auto_free char *back = xmalloc(FILE_ROOM);
    auto_fd int fd = scratch();
    bool whole;

    (void)state;
    assert_int_equal(pack("", 0, fd), FRAME_PREFACE_SIZE + FRAME_HEAD_SIZE);
    assert_int_equal(unpack(fd, back, &whole), 0);
    assert_true(whole);
}

static void cut_off(void **state)
{
    auto_free char *bytes = pattern(true), *back = xmalloc(FILE_ROOM);
    auto_fd int fd = scratch();
    size_t packed = pack(bytes, PLENTY, fd);
    const size_t lengths[] = { packed - 1, packed - FRAME_HEAD_SIZE, packed / 2, 9, 7, 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        bool whole;
        size_t length;

        assert_int_equal(ftruncate(fd, (off_t)lengths[i]), 0);
        length = unpack(fd, back, &whole);
        assert_false(whole);
        assert_true(length <= PLENTY);
        assert_memory_equal(back, bytes, length);
    }
}

/* Every single changed byte is found, wherever it stands. */
static void damaged(void **state)
{
    auto_free char *bytes = pattern(true), *back = xmalloc(FILE_ROOM);
    auto_fd int fd = scratch();
    size_t packed = pack(bytes, PLENTY, fd);

    (void)state;
    for (size_t at = 0; at < packed; at += at < 32 ? 1 : packed / 9) {
        char good, bad;
        bool whole;
        size_t length;

        assert_int_equal(pread(fd, &good, 1, (off_t)at), 1);
        bad = (char)(good ^ 0x55);
        assert_int_equal(pwrite(fd, &bad, 1, (off_t)at), 1);
        length = unpack(fd, back, &whole);
        assert_false(whole);
        assert_true(length < PLENTY);
        assert_memory_equal(back, bytes, length);
        assert_int_equal(pwrite(fd, &good, 1, (off_t)at), 1);
    }
}

/* What pump_failure says of the file, read by somebody who takes nothing behind the end frame. */
static int why_it_ends(int fd)
{
    const struct pump_settings settings = { .compressed = true,
                                            .to_end_frame = true,
                                            .idle_ms = FAR_AWAY };
    auto_free char *back = xmalloc(FILE_ROOM);
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;
    int why;

    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    check_success(pump_start_in(&pump, fd, &settings, &error), error);
    while (read(pump.fd, back, FILE_ROOM) > 0)
        ;
    assert_true((pump_finish(&pump, deadline_after(FAR_AWAY), &error) < 0) ==
                (pump_failure(&pump) != 0));
    error_free(error);
    why = pump_failure(&pump);
    pump_stop(&pump);
    return why;
}

static void why_it_ended(void **state)
{
    auto_free char *bytes = pattern(true);
    auto_fd int fd = scratch();
    off_t packed = (off_t)pack(bytes, PLENTY, fd);

    (void)state;
    assert_int_equal(write(fd, "behind", 6), 6);
    assert_int_equal(why_it_ends(fd), 0);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), packed);
    assert_int_equal(ftruncate(fd, packed - 1), 0);
    assert_int_equal(why_it_ends(fd), ENODATA);
    assert_int_equal(pwrite(fd, "X", 1, packed / 2), 1);
    assert_int_equal(pwrite(fd, "Y", 1, packed / 2 + 1), 1);
    assert_int_equal(why_it_ends(fd), EBADMSG);
    assert_int_equal(pwrite(fd, "X", 1, 0), 1);
    assert_int_equal(why_it_ends(fd), EBADMSG);
}

static void a_full_disk(void **state)
{
    auto_free char *bytes = pattern(true);
    auto_fd int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;
    ssize_t part;

    (void)state;
    check_success(pump_start_out(&pump, full, &framed, &error), error);
    do
        part = write(pump.fd, bytes, PLENTY);
    while (part >= 0);
    assert_int_equal(errno, EPIPE);
    assert_int_equal(pump_finish(&pump, deadline_after(FAR_AWAY), &error), -1);
    error_free(error);
    assert_int_equal(pump_failure(&pump), ENOSPC);
    pump_stop(&pump);
}

static void one_that_is_killed(void **state)
{
    auto_fd int fd = scratch();
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;

    (void)state;
    check_success(pump_start_out(&pump, fd, &framed, &error), error);
    assert_int_equal(kill(pump.pid, SIGKILL), 0);
    assert_int_equal(pump_finish(&pump, deadline_after(FAR_AWAY), &error), -1);
    error_free(error);
    assert_int_equal(pump_failure(&pump), 0);
    assert_int_equal(pump.pid, 0);
    pump_stop(&pump);
}

static void heads_that_cannot_be(void **state)
{
    static const struct frame_head bad[] = {
        { 0, 1 }, { 1, 0 }, { 1, FRAME_PLAIN_MAX + 1 }, { UINT32_MAX, 1 }, { 1, UINT32_MAX }
    };
    unsigned char bytes[FRAME_HEAD_SIZE];
    struct frame_head head;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        frame_head_write(&bad[i], bytes);
        assert_false(frame_head_read(bytes, &head));
    }
    frame_head_write(&(struct frame_head){ 0x1234, FRAME_PLAIN_MAX }, bytes);
    assert_int_equal(bytes[0], 0x34);
    assert_true(frame_head_read(bytes, &head));
    assert_int_equal(head.packed, 0x1234);
    assert_int_equal(head.plain, FRAME_PLAIN_MAX);
}

static void without_the_library(void **state)
{
    struct pump pump = PUMP_INIT;
    struct error *error = NULL;

    (void)state;
    assert_int_equal(pump_start_in(&pump, STDIN_FILENO, &framed, &error), -1);
    assert_int_equal(error->code, ERR_NOT_SUPPORTED);
    error_free(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_out_as_it_went_in),
        cmocka_unit_test(nothing_comes_out_as_nothing),
        cmocka_unit_test(cut_off),
        cmocka_unit_test(damaged),
        cmocka_unit_test(why_it_ended),
        cmocka_unit_test(a_full_disk),
        cmocka_unit_test(one_that_is_killed),
        cmocka_unit_test(heads_that_cannot_be),
    };
    const struct CMUnitTest no_tests[] = {
        cmocka_unit_test(without_the_library),
    };

    signal(SIGPIPE, SIG_IGN);
    return codec_is_built() ? cmocka_run_group_tests(tests, NULL, NULL)
                            : cmocka_run_group_tests(no_tests, NULL, NULL);
}
