/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streams that are whole, cut off and damaged. */
#include "unit.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "migrate/compress.h"
#include "migrate/frame.h"
#include "migrate/stream.h"

static const char cut_hint[] = "was it copied whole, and was the save that made it finished?";

struct bytes {
    char data[4096];
    size_t length;
};

static void add(struct bytes *bytes, const void *data, size_t length)
{
    assert_true(bytes->length + length <= sizeof(bytes->data));
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
}

/* A record of either layer: its body is filled up to 8 bytes. */
static void add_record(struct bytes *bytes, uint32_t type, uint32_t length)
{
    static const char body[64];
    const uint32_t head[] = { type, length };

    add(bytes, head, sizeof(head));
    add(bytes, body, (length + 7) / 8 * 8);
}

static void add_image(struct bytes *bytes)
{
    const uint32_t domain[] = { 2 /* HVM */, 12 /* page shift */, 4, 17 };

    add(bytes, "\xff\xff\xff\xff\xff\xff\xff\xffXENF\0\0\0\3\0\0\0\0\0\0\0\0", 24);
    add(bytes, domain, sizeof(domain));
    add_record(bytes, 15, 0); /* the end of what cannot change */
    add_record(bytes, 1, 24); /* pages */
    add_record(bytes, 13, 13);
    add_record(bytes, 0, 0);
}

/* As libxl writes it: the image, xenstore's part and the device model's, the end. */
static struct bytes good_stream(void)
{
    struct bytes bytes = { .length = 0 };

    add(&bytes, "LibxlFmt\0\0\0\2\0\0\0\0", 16);
    add_record(&bytes, 1, 0);
    add_image(&bytes);
    add_record(&bytes, 2, 31);
    add_record(&bytes, 3, 64);
    add_record(&bytes, 0, 0);
    return bytes;
}

/* Behind a head of so many bytes. */
static int file_of(size_t head, const struct bytes *bytes)
{
    int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(lseek(fd, (off_t)head, SEEK_SET), head);
    assert_int_equal(write(fd, bytes->data, bytes->length), bytes->length);
    assert_int_equal(lseek(fd, (off_t)head, SEEK_SET), head);
    return fd;
}

static void check_whole(size_t head, const struct bytes *bytes)
{
    auto_fd int fd = file_of(head, bytes);
    struct error *error = NULL;

    check_success(stream_check(fd, "f", false, &error), error);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), head);
}

static void check_bad(const struct bytes *bytes, const char *message, const char *hint)
{
    auto_fd int fd = file_of(100, bytes);
    struct error *error = NULL;

    assert_int_equal(stream_check(fd, "f", false, &error), -1);
    check_error(error, ERR_FILE, message, hint);
}

static void whole_streams(void **state)
{
    struct bytes bytes = good_stream(), bare = { .length = 0 };

    (void)state;
    check_whole(0, &bytes);
    check_whole(877, &bytes);
    add(&bytes, "more", 4);
    check_whole(0, &bytes);
    add(&bare, "LibxlFmt\0\0\0\2\0\0\0\0", 16);
    add_record(&bare, 0, 0);
    check_whole(0, &bare);
}

static void cut_at_every_byte(void **state)
{
    const struct bytes bytes = good_stream();

    (void)state;
    for (size_t length = 1; length < bytes.length; length++) {
        auto_free char *message =
            xasprintf("'f' is cut off: more should follow behind byte %zu", 100 + length);
        struct bytes cut = bytes;

        cut.length = length;
        check_bad(&cut, message, cut_hint);
    }
}

/* Any byte may be another one: that is found or not, but ends, and leaves the position. */
static void every_byte_changed(void **state)
{
    const struct bytes bytes = good_stream();

    (void)state;
    for (size_t i = 0; i < bytes.length; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            struct bytes changed = bytes;
            struct error *error = NULL;
            int result;

            changed.data[i] = (char)(changed.data[i] ^ (1 << bit));
            {
                auto_fd int fd = file_of(100, &changed);

                result = stream_check(fd, "f", false, &error);
                assert_int_equal(lseek(fd, 0, SEEK_CUR), 100);
            }
            assert_true((result == 0) == (error == NULL));
            assert_true(!error || error->code == ERR_FILE);
            error_free(error);
        }
    }
}

static void headers_that_are_none(void **state)
{
    struct bytes bytes = good_stream();

    (void)state;
    bytes.data[0] = 'l';
    check_bad(&bytes, "'f' is damaged: no stream of libxl at byte 116", NULL);
    bytes = good_stream();
    bytes.data[11] = 1;
    check_bad(&bytes, "the stream in 'f' has version 1; this xn knows 2", NULL);
    bytes = good_stream();
    bytes.data[24] = 0;
    check_bad(&bytes, "'f' is damaged: no image of a guest's memory at byte 148", NULL);
    bytes = good_stream();
    bytes.data[32] = 'x';
    check_bad(&bytes, "'f' is damaged: no image of a guest's memory at byte 148", NULL);
}

static void records_that_are_too_long(void **state)
{
    struct bytes bytes = good_stream();
    const size_t first_of_libxc = 16 + 8 + 24 + 16;

    (void)state;
    bytes.data[first_of_libxc + 7] = 0x10; /* 256 MiB */
    check_bad(&bytes, "'f' is damaged: a record that is too long at byte 172", NULL);
    bytes = good_stream();
    bytes.data[bytes.length - 8 - 64 - 1] = 0x7f; /* of the device model's state: 2 GiB */
    check_bad(&bytes, "'f' is cut off: more should follow behind byte 356", cut_hint);
}

static void what_cannot_be_walked(void **state)
{
    struct error *error = NULL;
    int ends[2];

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(stream_check(ends[0], "f", false, &error), -1);
    check_error(TAKE(error), ERR_FILE, "cannot look at 'f': Illegal seek", NULL);
    close(ends[0]);
    close(ends[1]);
}

static void add_frame(struct bytes *bytes, const char *plain, size_t length)
{
    struct codec *codec = codec_new();
    unsigned char bytes_of_head[FRAME_HEAD_SIZE];
    struct frame_head head = { .plain = (uint32_t)length };
    char packed[1024];

    head.packed = length ? (uint32_t)codec_pack(codec, plain, length, packed, sizeof(packed)) : 0;
    frame_head_write(&head, bytes_of_head);
    add(bytes, bytes_of_head, sizeof(bytes_of_head));
    add(bytes, packed, head.packed);
    codec_free(codec);
}

/* The same in frames of so many bytes. */
static struct bytes compressed(const struct bytes *bytes, size_t piece)
{
    struct bytes packed = { .length = 0 };

    add(&packed, FRAME_PREFACE, FRAME_PREFACE_SIZE);
    for (size_t at = 0; at < bytes->length; at += piece)
        add_frame(&packed, bytes->data + at,
                  bytes->length - at < piece ? bytes->length - at : piece);
    add_frame(&packed, NULL, 0);
    return packed;
}

static int check_compressed(const struct bytes *bytes, struct error **error)
{
    auto_fd int fd = file_of(100, bytes);
    int result = stream_check(fd, "f", true, error);

    assert_int_equal(lseek(fd, 0, SEEK_CUR), 100);
    return result;
}

static void compressed_streams(void **state)
{
    static const size_t pieces[] = { 7, 8, 50, 1000 };
    const struct bytes bytes = good_stream();
    struct error *error = NULL;

    (void)state;
    if (!codec_is_built())
        skip();
    for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
        struct bytes packed = compressed(&bytes, pieces[i]);

        check_success(check_compressed(&packed, &error), error);
        for (packed.length--; packed.length > 0; packed.length--) {
            assert_int_equal(check_compressed(&packed, &error), -1);
            assert_string_equal(error->hint, cut_hint);
            error_free(TAKE(error));
        }
    }
}

/* What is wrong with a stream that was damaged before it was compressed. */
static void compressed_streams_that_are_none(void **state)
{
    struct bytes bytes = good_stream(), packed;
    struct error *error = NULL;

    (void)state;
    if (!codec_is_built())
        skip();
    bytes.data[0] = 'l';
    packed = compressed(&bytes, 50);
    assert_int_equal(check_compressed(&packed, &error), -1);
    check_error(TAKE(error), ERR_FILE,
                "'f' is damaged: no stream of libxl at byte 16 of what is compressed", NULL);
    bytes = good_stream();
    bytes.length -= 8;
    packed = compressed(&bytes, 1000);
    assert_int_equal(check_compressed(&packed, &error), -1);
    assert_non_null(strstr(error->message, "'f' is damaged: an end too early at byte "));
    error_free(TAKE(error));
    bytes = good_stream();
    add(&bytes, "more", 4);
    packed = compressed(&bytes, 1000);
    assert_int_equal(check_compressed(&packed, &error), -1);
    check_error(TAKE(error), ERR_FILE, "'f' is damaged: more than one stream at byte 108", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_streams),
        cmocka_unit_test(cut_at_every_byte),
        cmocka_unit_test(every_byte_changed),
        cmocka_unit_test(headers_that_are_none),
        cmocka_unit_test(records_that_are_too_long),
        cmocka_unit_test(what_cannot_be_walked),
        cmocka_unit_test(compressed_streams),
        cmocka_unit_test(compressed_streams_that_are_none),
    };

    return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}
