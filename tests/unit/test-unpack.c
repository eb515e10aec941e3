/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that are compressed: whole, cut off, changed, and with lengths that lie. */
#include "unit.h"

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "migrate/compress.h"
#include "migrate/frame.h"
#include "migrate/unpack.h"

static const char cut_hint[] = "was it copied whole, and was the save that made it finished?";

/* Where the preface stands in the file. */
#define AT 10

/* In frames of 10, 10 and 5. */
static const char plain[] = "aaaaaaaaaabbbbbbbbbbccccc";
#define PLAIN_SIZE (sizeof(plain) - 1)

struct bytes {
    unsigned char data[1024];
    size_t length;
    size_t second, end; /* where those frames begin */
};

static void add(struct bytes *bytes, const void *data, size_t length)
{
    assert_true(bytes->length + length <= sizeof(bytes->data));
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
}

static void add_frame(struct bytes *bytes, const char *text, size_t length)
{
    unsigned char head[FRAME_HEAD_SIZE];
    char packed[256];
    struct codec *codec = codec_new();
    size_t packed_length = length ? codec_pack(codec, text, length, packed, codec_room(length)) : 0;

    frame_head_write(
        &(struct frame_head){ .packed = (uint32_t)packed_length, .plain = (uint32_t)length }, head);
    add(bytes, head, sizeof(head));
    add(bytes, packed, packed_length);
    codec_free(codec);
}

static struct bytes good_file(void)
{
    struct bytes bytes = { .length = 0 };

    add(&bytes, "0123456789", AT);
    add(&bytes, FRAME_PREFACE, FRAME_PREFACE_SIZE);
    add_frame(&bytes, plain, 10);
    bytes.second = bytes.length;
    add_frame(&bytes, plain + 10, 10);
    add_frame(&bytes, plain + 20, 5);
    bytes.end = bytes.length;
    add_frame(&bytes, NULL, 0);
    return bytes;
}

/* Unpacks it, in pieces of so many bytes, and compares. */
static int go_through(const struct bytes *bytes, size_t piece, struct error **error)
{
    auto_fd int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    char back[PLAIN_SIZE];
    struct unpacker *unpacker;
    int result = 0;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes->data, bytes->length), bytes->length);
    unpacker = unpacker_new(fd, "f", AT, (off_t)bytes->length, error);
    if (!unpacker)
        return -1;
    for (size_t at = 0; at < PLAIN_SIZE && result == 0; at += piece) {
        size_t length = PLAIN_SIZE - at < piece ? PLAIN_SIZE - at : piece;

        result = unpacker_take(unpacker, back + at, length, error);
    }
    if (result == 0)
        assert_memory_equal(back, plain, PLAIN_SIZE);
    if (result == 0)
        result = unpacker_end(unpacker, error);
    unpacker_free(unpacker);
    return result;
}

static void check_bad(const struct bytes *bytes, const char *message, const char *hint)
{
    struct error *error = NULL;

    assert_int_equal(go_through(bytes, PLAIN_SIZE, &error), -1);
    check_error(error, ERR_FILE, message, hint);
}

static void in_pieces_of_any_size(void **state)
{
    const struct bytes bytes = good_file();

    (void)state;
    for (size_t piece = 1; piece <= PLAIN_SIZE; piece++) {
        struct error *error = NULL;

        check_success(go_through(&bytes, piece, &error), error);
    }
}

static void parts_can_be_skipped(void **state)
{
    const struct bytes bytes = good_file();
    auto_fd int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    struct error *error = NULL;
    struct unpacker *unpacker;
    char back[4];

    (void)state;
    assert_int_equal(write(fd, bytes.data, bytes.length), bytes.length);
    unpacker = unpacker_new(fd, "f", AT, (off_t)bytes.length, &error);
    assert_non_null(unpacker);
    check_success(unpacker_skip(unpacker, 18, &error), error);
    check_success(unpacker_take(unpacker, back, sizeof(back), &error), error);
    assert_memory_equal(back, "bbcc", 4);
    check_success(unpacker_skip(unpacker, 3, &error), error);
    check_success(unpacker_end(unpacker, &error), error);
    assert_int_equal(unpacker_skip(unpacker, 1, &error), -1);
    error_free(error);
    unpacker_free(unpacker);
}

static void cut_at_every_byte(void **state)
{
    struct bytes bytes = good_file();

    (void)state;
    while (--bytes.length >= AT) {
        auto_free char *message =
            xasprintf("'f' is cut off: more should follow behind byte %zu", bytes.length);

        check_bad(&bytes, message, cut_hint);
    }
}

/* What is not seen has changed nothing of what was compressed: go_through compares. */
static void every_bit_flipped(void **state)
{
    const struct bytes bytes = good_file();
    size_t seen = 0;

    (void)state;
    for (size_t i = AT; i < bytes.length; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            struct bytes changed = bytes;
            struct error *error = NULL;

            changed.data[i] ^= (unsigned char)(1U << bit);
            if (go_through(&changed, PLAIN_SIZE, &error) < 0)
                seen++;
            assert_true(!error || error->code == ERR_FILE);
            error_free(error);
        }
    }
    assert_true(seen > (bytes.length - AT) * 8 * 9 / 10);
}

/* The second frame with another head. */
static void check_lie(uint32_t more_packed, uint32_t more_plain, const char *message,
                      const char *hint)
{
    struct bytes bytes = good_file();
    struct frame_head head;

    assert_true(frame_head_read(bytes.data + bytes.second, &head));
    head.packed += more_packed;
    head.plain += more_plain;
    frame_head_write(&head, bytes.data + bytes.second);
    check_bad(&bytes, message, hint);
}

static void lengths_that_lie(void **state)
{
    const struct bytes bytes = good_file();
    auto_free char *changed =
        xasprintf("'f' is damaged: a compressed piece that was changed at byte %zu", bytes.second);
    auto_free char *none =
        xasprintf("'f' is damaged: no head of a compressed piece at byte %zu", bytes.second);
    auto_free char *cut =
        xasprintf("'f' is cut off: more should follow behind byte %zu", bytes.length);

    (void)state;
    check_lie(0, 1, changed, NULL);
    check_lie(0, UINT32_MAX, changed, NULL); /* one less */
    check_lie(1, 0, changed, NULL);
    check_lie(UINT32_MAX, 0, changed, NULL);
    check_lie(1000, 0, cut, cut_hint);
    check_lie(0, FRAME_PLAIN_MAX, none, NULL);
    check_lie(0, (uint32_t)-10, none, NULL); /* no bytes */
    check_lie(0x7fffffff, 0, none, NULL);
    check_lie(0, 0x7fffffff, none, NULL);
}

static void what_does_not_end_where_it_should(void **state)
{
    struct bytes bytes = good_file();
    auto_free char *behind =
        xasprintf("'f' is damaged: something behind its end at byte %zu", bytes.length);
    auto_free char *early = xasprintf("'f' is damaged: an end too early at byte %zu", bytes.second);
    auto_free char *more = xasprintf("'f' is damaged: more than one stream at byte %zu", bytes.end);

    (void)state;
    add(&bytes, "\0", 1);
    check_bad(&bytes, behind, NULL);
    bytes = good_file();
    bytes.length = bytes.second;
    add_frame(&bytes, NULL, 0);
    check_bad(&bytes, early, NULL);
    bytes = good_file();
    bytes.length = bytes.end;
    add_frame(&bytes, "more", 4);
    add_frame(&bytes, NULL, 0);
    check_bad(&bytes, more, NULL);
    bytes = good_file();
    bytes.data[AT] = 'X';
    check_bad(&bytes, "'f' is damaged: nothing that xn has compressed at byte 10", NULL);
}

static void what_cannot_be_read(void **state)
{
    struct error *error = NULL;
    auto_fd int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

    (void)state;
    assert_null(unpacker_new(fd, "f", 0, 100, &error));
    check_error(error, ERR_FILE, "cannot read 'f': Bad file descriptor", NULL);
}

static void without_the_library(void **state)
{
    struct error *error = NULL;

    (void)state;
    assert_null(unpacker_new(STDIN_FILENO, "f", 0, 100, &error));
    check_error(error, ERR_NOT_SUPPORTED,
                "'f' is compressed, and this xn was built without libzstd", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_pieces_of_any_size),
        cmocka_unit_test(parts_can_be_skipped),
        cmocka_unit_test(cut_at_every_byte),
        cmocka_unit_test(every_bit_flipped),
        cmocka_unit_test(lengths_that_lie),
        cmocka_unit_test(what_does_not_end_where_it_should),
        cmocka_unit_test(what_cannot_be_read),
    };
    const struct CMUnitTest no_tests[] = {
        cmocka_unit_test(without_the_library),
    };

    return codec_is_built() ? cmocka_run_group_tests_name("unpack", tests, NULL, NULL)
                            : cmocka_run_group_tests_name("unpack", no_tests, NULL, NULL);
}
