/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copies of disks: what is sent is what is received, and what is damaged leaves nothing. */
#include "unit.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "migrate/disks.h"

#define SIZE (5 * 1024 * 1024 + 100)

struct world {
    char folder[64];
    char *paths[2];
    struct disk_copies copies;
    struct str wire;
    size_t at;
};

static bool emit(void *context, const void *bytes, size_t length)
{
    str_add_bytes(&((struct world *)context)->wire, bytes, length);
    return true;
}

static int take(void *context, void *bytes, size_t length, struct error **error)
{
    struct world *world = context;

    if (world->wire.length - world->at < length)
        return error_set(error, ERR_FAILED, "cut off");
    memcpy(bytes, world->wire.text + world->at, length);
    world->at += length;
    return 0;
}

static void make_file(const char *path, off_t size, const char *text, off_t at)
{
    auto_fd int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);

    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, size), 0);
    assert_int_equal(pwrite(fd, text, strlen(text), at), strlen(text));
}

/* One with a hole in it, one with its end in use; sent, and gone from here. */
static int set_up(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    strcpy(world->folder, "/tmp/xn-test-disks-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    for (size_t i = 0; i < 2; i++) {
        world->paths[i] = xasprintf("%s/disk %zu.img", world->folder, i);
        make_file(world->paths[i], SIZE, i ? "the end" : "in the middle",
                  i ? SIZE - 7 : 2 * 1024 * 1024 - 3);
        disk_copies_add(&world->copies,
                        &(struct disk_copy){
                            .path = world->paths[i], .size = SIZE, .used = 8192, .mode = 0640 });
    }
    assert_true(disks_send(&world->copies, emit, world));
    assert_true(world->wire.length < SIZE);
    assert_int_equal(unlink(world->paths[0]), 0);
    assert_int_equal(unlink(world->paths[1]), 0);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < 2; i++) {
        (void)unlink(world->paths[i]);
        free(world->paths[i]);
    }
    assert_int_equal(rmdir(world->folder), 0); /* nothing else was left in it */
    disk_copies_release(&world->copies);
    str_release(&world->wire);
    free(world);
    return 0;
}

static void check_file(const char *path, const char *text, off_t at)
{
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    char bytes[32] = "";

    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &status), 0);
    assert_int_equal(status.st_size, SIZE);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_true(status.st_blocks * 512 < SIZE / 2);
    assert_int_equal(pread(fd, bytes, strlen(text), at), strlen(text));
    assert_string_equal(bytes, text);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static void arrive_whole(void **state)
{
    struct world *world = *state;
    auto_received_disks disks = { .files = NULL };
    struct error *error = NULL;

    check_success(disks_receive(take, world, &disks, &error), error);
    assert_int_equal(world->at, world->wire.length);
    assert_false(is_there(world->paths[0]));
    check_success(disks_commit(&disks, &error), error);
    check_file(world->paths[0], "in the middle", 2 * 1024 * 1024 - 3);
    check_file(world->paths[1], "the end", SIZE - 7);
    disks_remove(&disks);
    assert_false(is_there(world->paths[0]));
    assert_false(is_there(world->paths[1]));
}

static void never_overwrite(void **state)
{
    struct world *world = *state;
    auto_received_disks disks = { .files = NULL }, again = { .files = NULL };
    struct error *error = NULL;

    make_file(world->paths[1], 10, "mine", 0);
    assert_int_equal(disks_receive(take, world, &disks, &error), -1);
    assert_int_equal(error->code, ERR_REFUSED);
    error_clear(&error);
    assert_int_equal(unlink(world->paths[1]), 0);
    /* It comes meanwhile. */
    world->at = 0;
    check_success(disks_receive(take, world, &again, &error), error);
    make_file(world->paths[1], 10, "mine", 0);
    assert_int_equal(disks_commit(&again, &error), -1);
    assert_int_equal(error->code, ERR_EXISTS);
    error_clear(&error);
    disks_remove(&again);
    assert_false(is_there(world->paths[0]));
    assert_true(is_there(world->paths[1]));
}

static void cut_off(void **state)
{
    struct world *world = *state;
    const size_t whole = world->wire.length;
    const size_t lengths[] = { 0, 5, 12, 30, 100, whole / 2, whole - 10, whole - 1 };

    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        auto_received_disks disks = { .files = NULL };
        struct error *error = NULL;

        world->at = 0;
        world->wire.length = lengths[i];
        assert_int_equal(disks_receive(take, world, &disks, &error), -1);
        error_free(error);
    }
    world->wire.length = whole;
}

/* Lengths, sizes and offsets that lie must not be believed. */
static void numbers_that_lie(void **state)
{
    struct world *world = *state;
    const size_t path = strlen(world->paths[0]), entry = 13 + 4 + path;
    const size_t places[] = {
        0, 12, 13 + 3, entry + 7, 2 * (4 + path + 20) + 13 + 7, 2 * (4 + path + 20) + 13 + 11
    };

    for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
        auto_received_disks disks = { .files = NULL };
        struct error *error = NULL;

        world->at = 0;
        world->wire.text[places[i]] ^= (char)0x80;
        assert_int_equal(disks_receive(take, world, &disks, &error), -1);
        assert_int_equal(error->code, ERR_FILE);
        error_free(error);
        world->wire.text[places[i]] ^= (char)0x80;
    }
}

static void a_file_that_became_shorter_is_not_sent(void **state)
{
    struct world *world = *state;

    make_file(world->paths[0], SIZE - 1, "x", 0);
    assert_false(disks_send(&world->copies, emit, world));
}

static void checked_beforehand(void **state)
{
    struct world *world = *state;
    auto_problem_list problems = { NULL, 0 };

    disks_check(&world->copies, "host2", &problems);
    assert_int_equal(problems.count, 0);
    make_file(world->paths[0], 10, "mine", 0);
    world->copies.items[1].used = UINT64_C(1) << 60;
    disks_check(&world->copies, "host2", &problems);
    assert_int_equal(problems.count, 2);
    assert_string_equal(problems.items[0].check, "disk-exists");
    assert_string_equal(problems.items[1].check, "disk-space");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(arrive_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(never_overwrite, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cut_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_that_lie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_became_shorter_is_not_sent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(checked_beforehand, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
