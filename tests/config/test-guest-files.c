/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration files that a host keeps, in a folder of the test's own. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../unit/unit.h"
#include "config/guest_files.h"

static char folder[] = "/tmp/xn-guest-files.XXXXXX";

static void put(const char *name, const char *text)
{
    auto_free char *path = xasprintf("%s/%s", folder, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void put_link(const char *target, const char *name)
{
    auto_free char *path = xasprintf("%s/%s", folder, name);

    assert_int_equal(symlink(target, path), 0);
}

static const struct guest_file *by_name(const struct guest_files *files, const char *name)
{
    struct error *error = NULL;
    const struct guest_file *file = guest_files_find(files, folder, name, &error);

    if (error)
        print_error("unexpected error: %s\n", error->message);
    assert_non_null(file);
    return file;
}

static const struct guest_file *by_link(const struct guest_files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].link && ends_with(files->items[i].link, name))
            return &files->items[i];
    fail();
    return NULL;
}

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    auto_free char *command = xasprintf("rm -r '%s'", folder);

    (void)state;
    return system(command);
}

static void a_folder_that_is_missing_is_empty(void **state)
{
    auto_guest_files files = GUEST_FILES_INIT;
    struct error *error = NULL;

    (void)state;
    check_success(guest_files_scan("/nonexistent", &files, &error), error);
    assert_int_equal(files.count, 0);
}

static void files_and_links(void **state)
{
    auto_guest_files files = GUEST_FILES_INIT;
    auto_free char *automatic = xasprintf("%s/auto", folder);
    struct error *error = NULL;

    (void)state;
    assert_int_equal(mkdir(automatic, 0755), 0);
    put("web.cfg", "memory = 64\nname = \"web\"\n");
    put("db.cfg", "name = 'db'\nmemory = [\n");
    put("bad.cfg", "memory = 64\n");
    put("xl.conf", "name = 'no guest'\n");
    put("old.cfg~", "name = 'web'\n");
    put_link("../web.cfg", "auto/web.cfg");
    put_link("../web.cfg", "auto/again");
    put_link("../none.cfg", "auto/dangling");
    put("auto/mail", "name = \"mail\"");
    put("auto/.hidden", "name = \"web\"");
    put("auto/web.cfg.dpkg-old", "name = \"web\"");
    check_success(guest_files_scan(folder, &files, &error), error);
    assert_int_equal(files.count, 5);

    assert_true(by_name(&files, "web")->is_link);
    assert_true(ends_with(by_name(&files, "web")->path, "/web.cfg"));
    assert_null(strstr(by_name(&files, "web")->path, "/auto/"));
    assert_null(by_name(&files, "db")->link);
    assert_false(by_name(&files, "mail")->is_link);
    assert_string_equal(by_name(&files, "mail")->link, by_name(&files, "mail")->path);
    assert_null(by_link(&files, "dangling")->name);
    assert_int_equal(by_link(&files, "dangling")->problem->code, ERR_FILE);

    assert_null(guest_files_find(&files, folder, "wbe", &error));
    assert_int_equal(error->code, ERR_DOMAIN_NOT_FOUND);
    assert_string_equal(error->hint, "did you mean 'web'?");
    error_clear(&error);
}

static void two_files_of_one_name(void **state)
{
    auto_guest_files files = GUEST_FILES_INIT;
    struct error *error = NULL;

    (void)state;
    put("copy.cfg", "name = \"web\"\n");
    check_success(guest_files_scan(folder, &files, &error), error);
    assert_null(guest_files_find(&files, folder, "web", &error));
    assert_int_equal(error->code, ERR_CONFIG);
    assert_non_null(strstr(error->message, "/copy.cfg' and '"));
    assert_non_null(strstr(error->message, "/web.cfg' are both configurations of 'web'"));
    error_clear(&error);
}

static void names(void **state)
{
    auto_free char *path = xasprintf("%s/bad.cfg", folder);
    auto_free char *missing = xasprintf("%s/missing.cfg", folder);
    struct error *error = NULL;
    char *name = NULL;

    (void)state;
    assert_int_equal(guest_file_name(path, &name, &error), -1);
    assert_int_equal(error->code, ERR_CONFIG);
    assert_non_null(strstr(error->message, "bad.cfg' gives its guest no name"));
    error_clear(&error);
    assert_int_equal(guest_file_name(missing, &name, &error), -1);
    assert_int_equal(error->code, ERR_FILE);
    error_clear(&error);
    assert_null(name);
}

static void which_files_count(void **state)
{
    static const char *const others[] = { ".web.cfg.swp", "web.cfg~",          "web.cfg.bak",
                                          "#web.cfg#",    "web.cfg.dpkg-dist", "web.cfg.rpmsave" };

    (void)state;
    assert_true(guest_file_counts("web.cfg"));
    assert_true(guest_file_counts("web"));
    assert_true(guest_file_counts("10-web.example.org"));
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        assert_false(guest_file_counts(others[i]));
}

static void files_of_ganeti(void **state)
{
    (void)state;
    put("inst1.example.org", "# this is autogenerated by Ganeti, please do not edit\n#\n");
    assert_true(guest_file_of_ganeti(folder, "inst1.example.org"));
    assert_false(guest_file_of_ganeti(folder, "web.cfg"));
    assert_false(guest_file_of_ganeti(folder, "missing"));
    assert_false(guest_file_of_ganeti(folder, "../etc/passwd"));
    assert_false(guest_file_of_ganeti(folder, "."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_that_is_missing_is_empty),
        cmocka_unit_test(files_and_links),
        cmocka_unit_test(two_files_of_one_name),
        cmocka_unit_test(names),
        cmocka_unit_test(which_files_count),
        cmocka_unit_test(files_of_ganeti),
    };

    return cmocka_run_group_tests_name("guest files", tests, set_up, tear_down);
}
