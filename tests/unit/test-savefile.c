/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The head of a saved guest: its layout, which is xl's, and what is wrong with a damaged one. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "migrate/savefile.h"

static const char config[] = "{ \"c_info\": {} }\n";

/* Byte for byte, with the length of the configuration (17 characters and the NUL). */
static const char expected[] = "Xen saved domain, xl format"
                               "\x0a\x20\x00\x20\x0d"
                               "\x04\x03\x02\x01"
                               "\x03\x00\x00\x00"
                               "\x00\x00\x00\x00"
                               "\x16\x00\x00\x00"
                               "\x12\x00\x00\x00"
                               "{ \"c_info\": {} }\n";
#define EXPECTED_SIZE sizeof(expected) /* the NUL belongs to it */

enum { BYTE_ORDER_AT = 32, MANDATORY_AT = 36, OPTIONAL_AT = 40, LENGTH_AT = 44, CONFIG_AT = 48 };

static const char cut_hint[] = "was it copied whole, and was the save that made it finished?";

static int open_scratch(void)
{
    int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    return fd;
}

static int file_of(const char *bytes, size_t length)
{
    int fd = open_scratch();

    assert_int_equal(write(fd, bytes, length), length);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* The good file with four bytes put in its place. */
static int damaged(size_t at, uint32_t value)
{
    char bytes[EXPECTED_SIZE];

    memcpy(bytes, expected, EXPECTED_SIZE);
    memcpy(bytes + at, &value, sizeof(value));
    return file_of(bytes, EXPECTED_SIZE);
}

static void check_read_fails(int fd, const char *message, const char *hint)
{
    auto_savefile_header header;
    struct error *error = NULL;

    assert_int_equal(savefile_read(fd, "f", &header, &error), -1);
    check_error(error, ERR_FILE, message, hint);
    assert_null(header.config);
    close(fd);
}

static void the_layout_is_xls(void **state)
{
    auto_fd int fd = open_scratch();
    struct error *error = NULL;
    char bytes[EXPECTED_SIZE + 1];

    (void)state;
    check_success(savefile_write(fd, "f", config, 0, &error), error);
    assert_int_equal(pread(fd, bytes, sizeof(bytes), 0), EXPECTED_SIZE);
    assert_memory_equal(bytes, expected, EXPECTED_SIZE);
    assert_int_equal(savefile_optional_length(config), 22);
}

static void what_is_written_can_be_read(void **state)
{
    auto_fd int fd = open_scratch();
    auto_savefile_header header;
    struct error *error = NULL;
    char rest[8];

    (void)state;
    check_success(savefile_write(fd, "f", config, 0, &error), error);
    assert_int_equal(write(fd, "stream", 6), 6);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    check_success(savefile_read(fd, "f", &header, &error), error);
    assert_string_equal(header.config, config);
    assert_int_equal(header.mandatory_flags, SAVEFILE_CONFIG_JSON | SAVEFILE_STREAM_V2);
    assert_int_equal(header.optional_flags, 0);
    assert_int_equal(header.optional_length, 22);
    assert_int_equal(read(fd, rest, sizeof(rest)), 6);
    assert_memory_equal(rest, "stream", 6);
}

/* The same bytes, but for the flag: an older xn and xl refuse the file by it. */
static void a_compressed_file(void **state)
{
    auto_fd int fd = open_scratch();
    auto_savefile_header header;
    struct error *error = NULL;
    char bytes[EXPECTED_SIZE + 1];

    (void)state;
    check_success(savefile_write(fd, "f", config, SAVEFILE_COMPRESSED, &error), error);
    assert_int_equal(pread(fd, bytes, sizeof(bytes), 0), EXPECTED_SIZE);
    assert_int_equal((unsigned char)bytes[MANDATORY_AT + 3], 0x80);
    bytes[MANDATORY_AT + 3] = 0;
    assert_memory_equal(bytes, expected, EXPECTED_SIZE);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    check_success(savefile_read(fd, "f", &header, &error), error);
    assert_int_equal(header.mandatory_flags, 0x80000003);
    assert_string_equal(header.config, config);
}

static void from_a_pipe_in_pieces(void **state)
{
    auto_savefile_header header;
    struct error *error = NULL;
    int ends[2];

    (void)state;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    if (fork() == 0) {
        for (size_t i = 0; i < EXPECTED_SIZE; i++)
            if (write(ends[1], expected + i, 1) != 1)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    check_success(savefile_read(ends[0], "f", &header, &error), error);
    assert_string_equal(header.config, config);
    close(ends[0]);
}

static void cut_at_every_byte(void **state)
{
    (void)state;
    check_read_fails(file_of("", 0), "'f' is empty", NULL);
    for (size_t length = 1; length < EXPECTED_SIZE; length++)
        check_read_fails(file_of(expected, length), "'f' is cut off: it ends inside its header",
                         cut_hint);
}

static void each_byte_of_the_magic_counts(void **state)
{
    char bytes[EXPECTED_SIZE];

    (void)state;
    for (size_t i = 0; i < BYTE_ORDER_AT; i++) {
        memcpy(bytes, expected, EXPECTED_SIZE);
        bytes[i] ^= 0x20;
        check_read_fails(file_of(bytes, EXPECTED_SIZE),
                         i < strlen("Xen saved domain")
                             ? "'f' is no saved guest"
                             : "'f' was damaged on its way: its mark is changed",
                         NULL);
    }
}

static void the_byte_order(void **state)
{
    (void)state;
    check_read_fails(damaged(BYTE_ORDER_AT, 0x04030201),
                     "'f' is of a machine with the other byte order", NULL);
    check_read_fails(damaged(BYTE_ORDER_AT, 0), "the header of 'f' is damaged", NULL);
}

static void mandatory_flags_that_nobody_knows(void **state)
{
    (void)state;
    for (unsigned bit = 2; bit < 31; bit++) {
        auto_free char *message =
            xasprintf("'f' needs what this xn does not know (flags 0x%x)", UINT32_C(1) << bit);

        check_read_fails(damaged(MANDATORY_AT, 3 | UINT32_C(1) << bit), message,
                         "a newer xn or xl wrote it; restore it with that one");
    }
}

static void fewer_mandatory_flags_and_more_optional_ones(void **state)
{
    auto_fd int older = damaged(MANDATORY_AT, 0), newer = damaged(OPTIONAL_AT, 0xffffffff);
    auto_savefile_header old_header, new_header;
    struct error *error = NULL;

    (void)state;
    check_success(savefile_read(older, "f", &old_header, &error), error);
    assert_int_equal(old_header.mandatory_flags, 0);
    check_success(savefile_read(newer, "f", &new_header, &error), error);
    assert_int_equal(new_header.optional_flags, 0xffffffff);
    assert_string_equal(new_header.config, config);
}

static void optional_data_that_cannot_be(void **state)
{
    (void)state;
    check_read_fails(damaged(LENGTH_AT, UINT32_MAX),
                     "the header of 'f' is damaged: it claims 4294967295 bytes of configuration",
                     NULL);
    check_read_fails(damaged(LENGTH_AT, SAVEFILE_OPTIONAL_MAX + 1),
                     "the header of 'f' is damaged: it claims 4194305 bytes of configuration",
                     NULL);
    check_read_fails(damaged(LENGTH_AT, SAVEFILE_OPTIONAL_MAX),
                     "'f' is cut off: it ends inside its header", cut_hint);
}

static void a_configuration_longer_than_its_place(void **state)
{
    static const uint32_t lengths[] = { 19, 0x7fffffff, 0xfffffffb, UINT32_MAX };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        auto_free char *message = xasprintf(
            "the header of 'f' is damaged: a configuration of %u bytes in 18", lengths[i]);

        check_read_fails(damaged(CONFIG_AT, lengths[i]), message, NULL);
    }
}

static void no_configuration(void **state)
{
    auto_fd int none = damaged(LENGTH_AT, 0), empty = damaged(CONFIG_AT, 0);
    auto_savefile_header none_header, empty_header;
    struct error *error = NULL;

    (void)state;
    check_success(savefile_read(none, "f", &none_header, &error), error);
    assert_null(none_header.config);
    assert_int_equal(lseek(none, 0, SEEK_CUR), 48);
    check_success(savefile_read(empty, "f", &empty_header, &error), error);
    assert_null(empty_header.config);
}

static void what_follows_the_configuration_is_skipped(void **state)
{
    auto_fd int fd = damaged(CONFIG_AT, 5);
    auto_savefile_header header;
    struct error *error = NULL;

    (void)state;
    check_success(savefile_read(fd, "f", &header, &error), error);
    assert_string_equal(header.config, "{ \"c_"); /* xl writes a NUL; who does not is understood */
    assert_int_equal(lseek(fd, 0, SEEK_CUR), EXPECTED_SIZE);
}

static void what_cannot_be_written_or_read(void **state)
{
    auto_fd int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    auto_fd int write_only = open("/dev/null", O_WRONLY | O_CLOEXEC);
    struct savefile_header header;
    struct error *error = NULL;

    (void)state;
    assert_int_equal(savefile_write(full, "f", config, 0, &error), -1);
    check_error(TAKE(error), ERR_FILE, "cannot write 'f': No space left on device", NULL);
    assert_int_equal(savefile_read(write_only, "f", &header, &error), -1);
    check_error(TAKE(error), ERR_FILE, "cannot read 'f': Bad file descriptor", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_layout_is_xls),
        cmocka_unit_test(what_is_written_can_be_read),
        cmocka_unit_test(a_compressed_file),
        cmocka_unit_test(from_a_pipe_in_pieces),
        cmocka_unit_test(cut_at_every_byte),
        cmocka_unit_test(each_byte_of_the_magic_counts),
        cmocka_unit_test(the_byte_order),
        cmocka_unit_test(mandatory_flags_that_nobody_knows),
        cmocka_unit_test(fewer_mandatory_flags_and_more_optional_ones),
        cmocka_unit_test(optional_data_that_cannot_be),
        cmocka_unit_test(a_configuration_longer_than_its_place),
        cmocka_unit_test(no_configuration),
        cmocka_unit_test(what_follows_the_configuration_is_skipped),
        cmocka_unit_test(what_cannot_be_written_or_read),
    };

    return cmocka_run_group_tests_name("savefile", tests, NULL, NULL);
}
