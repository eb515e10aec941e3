/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an examiner of a configuration sees and says: when it is called, and where its words go. */
#include "sample.h"

/* What the examiner reports, if anything, and what it saw. */
struct examination {
    enum severity severity;
    const char *key; /* NULL: nothing is reported */
    int index;
    unsigned calls;
    const libxl_domain_config *config;
    struct str text; /* of config_format */
};

static void examine(void *context, const struct config_view *view)
{
    struct examination *examination = context;

    examination->calls++;
    examination->config = config_view_get(view);
    config_format(view, true, &examination->text);
    if (examination->key)
        diagnostic_hint(config_report(view, examination->severity, "test-code", examination->key,
                                      examination->index, "what '%s' says", examination->key),
                        "look");
}

static struct reading examine_text(struct config_request request, struct examination *examination)
{
    request.examine = examine;
    request.context = examination;
    return read_request(&request);
}

/* The lists of this guest end in its second source. */
#define GUEST                                                                                      \
    HVM_GUEST "memory = 64\n"                                                                      \
              "disk = [ '/a,raw,xvda', '/b,raw,xvdb',\n"                                           \
              "  '/c,raw,xvdc' ]\n"

static void check_place(const char *key, int index, const char *place)
{
    char *words[] = { (char *)(uintptr_t) "vcpus=2",
                      (char *)(uintptr_t) "disk += ['/d,raw,xvdd']" };
    const struct string_list list = { words, 2 };
    struct examination examination = { .severity = SEVERITY_WARNING, .key = key, .index = index };
    struct reading reading = examine_text(
        (struct config_request){ .file = "guest.cfg", .text = GUEST, .assignments = &list },
        &examination);
    auto_free char *expected = xasprintf("%s: warning: what '%s' says; look\n", place, key);

    assert_int_equal(reading.result, 0);
    assert_string_equal(reading.messages, expected);
    reading_release(&reading);
    str_release(&examination.text);
}

static void places_of_reports(void **state)
{
    (void)state;
    check_place("memory", CONFIG_WHOLE_VALUE, "guest.cfg:4:10");
    check_place("vcpus", CONFIG_WHOLE_VALUE, "argument 1:1:7");
    check_place("disk", 0, "guest.cfg:5:10");
    check_place("disk", 2, "guest.cfg:6:3");
    check_place("disk", 3, "argument 2:1:10");
    /* No such item: the value where the list was last added to. */
    check_place("disk", 4, "argument 2:1:9");
    check_place("disk", CONFIG_WHOLE_VALUE, "argument 2:1:9");
    check_place("memory", 0, "guest.cfg:4:10");             /* no list */
    check_place("kernel", CONFIG_WHOLE_VALUE, "guest.cfg"); /* not set: the whole file */
    check_place("vif", 0, "guest.cfg");
}

static void reports_have_all_that_others_have(void **state)
{
    struct examination examination = { .severity = SEVERITY_WARNING, .key = "disk", .index = 1 };
    struct reading reading =
        examine_text((struct config_request){ .file = "guest.cfg", .text = GUEST }, &examination);
    const struct diagnostic *diagnostic = &reading.diagnostics.items[0];

    (void)state;
    assert_int_equal(reading.diagnostics.count, 1);
    assert_string_equal(diagnostic->code, "test-code");
    assert_string_equal(diagnostic->message, "what 'disk' says");
    assert_string_equal(diagnostic->hint, "look");
    assert_string_equal(diagnostic->excerpt, "disk = [ '/a,raw,xvda', '/b,raw,xvdb',");
    assert_int_equal(diagnostic->excerpt_column, 25);
    assert_int_equal(diagnostic->length, 13);
    reading_release(&reading);
    str_release(&examination.text);
}

static void errors_of_an_examiner_refuse(void **state)
{
    struct examination examination = { .severity = SEVERITY_ERROR, .key = "memory", .index = -1 };
    struct reading reading = examine_text(
        (struct config_request){ .file = "guest.cfg", .text = GUEST "memroy = 1\n" }, &examination);

    (void)state;
    assert_int_equal(reading.result, -1);
    assert_int_equal(examination.calls, 1);
    assert_int_equal(reading.error->code, ERR_CONFIG);
    assert_string_equal(reading.error->message, "guest.cfg:4:10: what 'memory' says; look");
    /* In the order of the file, not of the finding. */
    assert_string_equal(reading.messages,
                        "guest.cfg:4:10: what 'memory' says; look\n"
                        "guest.cfg:7:1: warning: unknown key 'memroy'; did you mean 'memory'?\n");
    reading_release(&reading);
    str_release(&examination.text);
}

static void what_is_wrong_is_not_examined(void **state)
{
    struct examination examination = { .calls = 0 };
    struct reading reading = examine_text(
        (struct config_request){ .file = "guest.cfg", .text = GUEST "vcpus = 0\n" }, &examination);

    (void)state;
    assert_int_equal(reading.result, -1);
    assert_int_equal(examination.calls, 0);
    reading_release(&reading);
    str_release(&examination.text);
}

static void text_comes_before_the_file(void **state)
{
    struct examination examination = { .calls = 0 };
    struct reading reading = examine_text(
        (struct config_request){ .file = "no-such-file", .text = GUEST }, &examination);

    (void)state;
    assert_int_equal(reading.result, 0);
    assert_int_equal(examination.calls, 1);
    assert_non_null(strstr(str_text(&examination.text), "\nmemory = 64\n"));
    reading_release(&reading);
    str_release(&examination.text);
}

/* What is examined without having been read has no settings, and no places but the file. */
static int examine_config(struct examination *examination, struct diagnostics *diagnostics,
                          struct error **error)
{
    struct config_request request = { .file = "saved.json" };
    libxl_domain_config config;
    int result;

    if (examination)
        request.examine = examine;
    request.context = examination;
    libxl_domain_config_init(&config);
    config.c_info.name = xstrdup("a");
    result = config_examine(&request, &config, diagnostics, error);
    if (examination) {
        assert_int_equal(examination->calls, 1);
        assert_ptr_equal(examination->config, &config);
        assert_int_equal(examination->text.length, 0);
    }
    libxl_domain_config_dispose(&config);
    return result;
}

static void configurations_from_elsewhere(void **state)
{
    struct examination quiet = { .calls = 0 };
    struct examination warns = { .severity = SEVERITY_WARNING, .key = "disk", .index = 1 };
    struct examination refuses = { .severity = SEVERITY_ERROR, .key = "kernel", .index = -1 };
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_str sentence = STR_INIT;
    struct error *error = NULL;

    (void)state;
    assert_int_equal(examine_config(NULL, &diagnostics, &error), 0);
    assert_int_equal(examine_config(&quiet, &diagnostics, &error), 0);
    assert_int_equal(diagnostics.count, 0);
    assert_int_equal(examine_config(&warns, &diagnostics, &error), 0);
    assert_int_equal(diagnostics.count, 1);
    diagnostic_sentence(&diagnostics.items[0], &sentence);
    assert_string_equal(str_text(&sentence), "saved.json: warning: what 'disk' says; look");
    assert_int_equal(diagnostics.items[0].line, 0);
    assert_null(diagnostics.items[0].excerpt);
    assert_null(error);
    assert_int_equal(examine_config(&refuses, &diagnostics, &error), -1);
    check_error(error, ERR_CONFIG, "saved.json: what 'kernel' says; look", NULL);
}

/* What was wrong before is no matter of this examination. */
static void older_errors_do_not_count(void **state)
{
    struct examination quiet = { .calls = 0 };
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct error *error = NULL;

    (void)state;
    diagnose(&diagnostics, SEVERITY_ERROR, "old", NULL, "an old error");
    assert_int_equal(examine_config(&quiet, &diagnostics, &error), 0);
    assert_null(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_of_reports),
        cmocka_unit_test(reports_have_all_that_others_have),
        cmocka_unit_test(errors_of_an_examiner_refuse),
        cmocka_unit_test(what_is_wrong_is_not_examined),
        cmocka_unit_test(text_comes_before_the_file),
        cmocka_unit_test(configurations_from_elsewhere),
        cmocka_unit_test(older_errors_do_not_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
