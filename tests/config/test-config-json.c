/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations in libxl's JSON: how they are told from others, and what is refused before libxl
 * is asked. */
#include "sample.h"

#include "xen/config_json.h"

static void json_is_told_by_its_first_character(void **state)
{
    (void)state;
    assert_true(xen_config_is_json("{"));
    assert_true(xen_config_is_json("[]"));
    assert_true(xen_config_is_json(" \t\r\n{\"c_info\": {}}"));
    assert_true(xen_config_is_json("\xef\xbb\xbf{}"));
    assert_true(xen_config_is_json("\xef\xbb\xbf\n{}"));
    assert_false(xen_config_is_json(""));
    assert_false(xen_config_is_json(" \n"));
    assert_false(xen_config_is_json("name = \"a\"\n"));
    assert_false(xen_config_is_json("# {\n{"));
    assert_false(xen_config_is_json("\"c_info\""));
    assert_false(xen_config_is_json("disk = [ '' ]"));
    assert_false(xen_config_is_json("\xef\xbb{}"));
}

/* None of these comes as far as libxl, so no host is needed. */
static void check_json_refused(const char *text, const char *message, const char *hint)
{
    struct error *error = NULL;
    libxl_domain_config config;

    libxl_domain_config_init(&config);
    assert_int_equal(xen_config_from_json(NULL, "a.json", text, &config, &error), -1);
    check_error(error, ERR_CONFIG, message, hint);
    libxl_domain_config_dispose(&config);
}

static void what_is_no_configuration(void **state)
{
    static const char other[] = "'a.json' is JSON, but no configuration of a guest";
    static const char needed[] = "it needs what 'xn create --dry-run' prints: an object with "
                                 "\"c_info\" and \"b_info\"";
    static const char *const texts[] = {
        "{}",
        "[{}]",
        "[[]]",
        "{\"c_info\": 1}",
        "{\"c_info\": []}",
        "{\"config\": {\"b_info\": {}}}",
        "[{\"config\": [{\"c_info\": {}}]}]",
        "\xef\xbb\xbf{}",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        check_json_refused(texts[i], other, needed);
}

static void several_guests(void **state)
{
    static const char hint[] = "write one file for each: xn list --long DOMAIN";

    (void)state;
    check_json_refused("[{\"c_info\": {}}, {\"c_info\": {}}]",
                       "'a.json' holds the configurations of 2 guests, not of one", hint);
    check_json_refused("[]", "'a.json' holds the configurations of 0 guests, not of one", hint);
}

static void what_is_no_json(void **state)
{
    (void)state;
    check_json_refused("{\"c_info\":\n x}", "a.json:2:2: this is not JSON, or nested too deep",
                       NULL);
    check_json_refused("{", "a.json:1:2: the JSON ends too early", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_told_by_its_first_character),
        cmocka_unit_test(what_is_no_configuration),
        cmocka_unit_test(several_guests),
        cmocka_unit_test(what_is_no_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
