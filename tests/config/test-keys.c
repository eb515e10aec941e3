/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every key of the table, once right and once wrong, and what each row must say. */
#include "sample.h"

#include "config/bind.h"
#include "config/key.h"

static const char *guest_of(const struct config_key *key)
{
    if (key->guests & GUEST_HVM)
        return HVM_GUEST;
    return key->guests & GUEST_PVH ? PVH_GUEST : PV_GUEST;
}

/* What must be there for the example of a key to mean something. */
static const char *company_of(const char *name)
{
    static const struct {
        const char *name, *company;
    } companies[] = {
        { "maxvcpus", "vcpus = 2\n" },
        { "init_seclabel", "seclabel = \"x\"\n" },
        { "pci_permissive", "pci = [ \"03:00.0\" ]\n" },
        { "pci_msitranslate", "pci = [ \"03:00.0\" ]\n" },
        { "pci_seize", "pci = [ \"03:00.0\" ]\n" },
        { "pci_power_mgmt", "pci = [ \"03:00.0\" ]\n" },
        { "type", "kernel = \"/k\"\n" },
    };

    for (size_t i = 0; i < ARRAY_SIZE(companies); i++)
        if (strcmp(companies[i].name, name) == 0)
            return companies[i].company;
    return "";
}

/* Their examples say what holds anyway, or say it in words that the JSON does not have. */
static bool leaves_no_trace(const struct config_key *key)
{
    static const char *const names[] = { "name", "uuid", "builder", "vendor_device" };

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (strcmp(key->name, names[i]) == 0)
            return true;
    return key->ignored;
}

static void each_key(void (*check)(const struct config_key *key))
{
    for (const struct key_section *section = key_sections(); section->title; section++)
        for (const struct config_key *key = section->keys; key->name; key++)
            check(key);
}

static void check_row(const struct config_key *key)
{
    auto_free char *form = key_form_text(key);

    assert_ptr_equal(key_find(key->name), key); /* no name twice */
    assert_true(key->form != FORM_NONE);
    assert_true(*form != '\0');
    assert_non_null(key->meaning);
    assert_non_null(key->example);
    assert_non_null(key->since);
    assert_true(key->guests != 0);
    assert_true(key->unavailable || key->field);
    assert_true(starts_with(key->example, key->name));
    /* Nothing is ever dropped: each key is stored, read by a builder, or says why not. */
    assert_true(key->ignored || key->unavailable || key->binding != BIND_NONE || key->build);
    if (key->build)
        assert_true(is_builder(key->build));
    if (key->form == FORM_CHOICE && !key->unavailable)
        assert_non_null(key->choices);
    if (key->form == FORM_SPECS || key->form == FORM_GROUPS)
        assert_non_null(key->parts);
}

static void rows_are_complete(void **state)
{
    (void)state;
    each_key(check_row);
}

static void check_parts(const struct config_key *key)
{
    for (const struct config_key *part = key->parts; part && part->name; part++) {
        auto_free char *form = key_form_text(part);

        assert_ptr_equal(key_part(key, part->name), part);
        assert_true(*form != '\0');
        assert_non_null(part->meaning);
        assert_non_null(part->since);
        assert_true(part->unavailable || part->field);
        assert_non_null(part->example);
        assert_true(starts_with(part->example, part->name));
    }
}

static void parts_are_complete(void **state)
{
    (void)state;
    each_key(check_parts);
}

static void texts_are_in_style(const struct config_key *key)
{
    assert_false(ends_with(key->meaning, "."));
    assert_null(strchr(key->meaning, '\n'));
    for (const struct config_key *part = key->parts; part && part->name; part++)
        assert_false(ends_with(part->meaning, "."));
}

static void texts_are_in_style_everywhere(void **state)
{
    (void)state;
    each_key(texts_are_in_style);
}

/* The example is accepted, changes the guest, and is not taken for something else. */
static void check_example(const struct config_key *key)
{
    const char *guest = guest_of(key), *company = company_of(key->name);
    auto_free char *without = xasprintf("%s%s", guest, company);
    auto_free char *with = xasprintf("%s%s\n", without, key->example);
    struct reading before = read_text(without), after = read_text(with);

    if (key->unavailable) {
        auto_free char *expected = xasprintf("'%s' needs a newer Xen than this xn was built for; "
                                             "Xen %s and later have it",
                                             key->name, key->since);

        assert_int_equal(after.result, -1);
        assert_non_null(strstr(after.messages, expected));
    } else {
        if (after.result != 0)
            print_error("%s: %s", key->name, after.messages);
        assert_int_equal(after.result, 0);
        if (!leaves_no_trace(key) && strcmp(before.json, after.json) == 0)
            print_error("'%s' changes nothing\n", key->example);
        assert_true(leaves_no_trace(key) || strcmp(before.json, after.json) != 0);
    }
    reading_release(&before);
    reading_release(&after);
}

static void each_key_once_right(void **state)
{
    (void)state;
    each_key(check_example);
}

/* A value that is wrong whatever the key. */
static const char *wrong_value(const struct config_key *key)
{
    switch (key->form) {
    case FORM_LIST:
    case FORM_SPECS:
        return key->form == FORM_LIST ? "\"x\"" : "5";
    case FORM_GROUPS:
        return "[ \"x\" ]";
    case FORM_NUMBER:
    case FORM_BOOL:
    case FORM_MIB:
        return "\"x\"";
    case FORM_CHOICE:
        return "\"no-such-word\"";
    default:
        return "[ [ 1 ] ]";
    }
}

static void check_wrong(const struct config_key *key)
{
    auto_free char *text = xasprintf("%s%s = %s\n", guest_of(key), key->name, wrong_value(key));
    auto_free char *named = xasprintf("'%s'", key->name);
    struct reading reading = read_text(text);

    if (key->ignored) {
        assert_int_equal(reading.result, 0);
        assert_non_null(strstr(reading.messages, "is obsolete and has no effect"));
    } else {
        if (reading.result == 0)
            print_error("accepted: %s = %s\n", key->name, wrong_value(key));
        assert_int_equal(reading.result, -1);
        assert_non_null(strstr(reading.messages, named));
    }
    reading_release(&reading);
}

static void each_key_once_wrong(void **state)
{
    (void)state;
    each_key(check_wrong);
}

/* Numbers are strings, strings are numbers, and a joined string is no number. */
static void check_number_forms(const struct config_key *key)
{
    bool number = key->form == FORM_NUMBER || key->form == FORM_BOOL || key->form == FORM_MIB;
    long value = key->min > 0 ? key->min : 1;
    auto_free char *bare = NULL, *quoted = NULL, *joined = NULL;
    struct reading reading;

    if (!number || key->unavailable || key->ignored)
        return;
    bare = xasprintf("%s%s = %ld\n", guest_of(key), key->name, value);
    quoted = xasprintf("%s%s = \"0x%lx\"\n", guest_of(key), key->name, value);
    joined = xasprintf("%s%s += \"%ld\"\n", guest_of(key), key->name, value);
    check_same(bare, quoted);
    reading = read_text(joined);
    assert_int_equal(reading.result, -1);
    assert_non_null(strstr(reading.messages, "is a number and cannot be made with '+='"));
    reading_release(&reading);
}

static void numbers(void **state)
{
    (void)state;
    each_key(check_number_forms);
}

static void check_limits(const struct config_key *key)
{
    auto_free char *large = NULL;
    struct reading reading;

    if (key->unavailable || key->ignored ||
        (key->form != FORM_NUMBER && key->form != FORM_MIB && key->form != FORM_BOOL))
        return;
    large = xasprintf("%s%s = 99999999999999999999\n", guest_of(key), key->name);
    reading = read_text(large);
    assert_int_equal(reading.result, -1);
    assert_non_null(strstr(reading.messages, "'99999999999999999999' is out of range for"));
    reading_release(&reading);
}

static void numbers_have_limits(void **state)
{
    (void)state;
    each_key(check_limits);
}

/* Every word of a choice is accepted and gives another guest than the others. */
static void check_choices(const struct config_key *key)
{
    struct string_list seen = STRING_LIST_INIT;

    if (key->form != FORM_CHOICE || key->unavailable)
        return;
    for (const struct key_choice *choice = key->choices; choice->text; choice++) {
        auto_free char *text = xasprintf("%s%s = \"%s\"\n", guest_of(key), key->name, choice->text);
        struct reading reading = read_text(text);

        assert_int_equal(reading.result, 0);
        assert_false(string_list_has(&seen, reading.json));
        string_list_add(&seen, reading.json);
        reading_release(&reading);
    }
    string_list_release(&seen);
}

static void choices(void **state)
{
    (void)state;
    each_key(check_choices);
}

/* What other parts an item needs beside the one that is tried. */
static const char *rest_of(const char *key, const char *part)
{
    static const struct {
        const char *key, *part, *rest;
    } rests[] = {
        { "disk", "target", "format=raw,vdev=xvda," },
        { "disk", "vdev", "/a,raw," },
        { "disk", "access", "/a,raw,xvda," },
        { "disk", "format", "target=/a" },
        { "disk", "", "/a,raw,xvda,rw," },
        { "vkb", "backend-type", "" },
        { "vkb", "feature-multi-touch", "backend-type=qemu,multi-touch-width=2," },
        { "vkb", "", "backend-type=qemu," },
        { "vtpm", "backend", "" },
        { "vtpm", "", "backend=b," },
        { "p9", "tag", "path=/p,security_model=none," },
        { "p9", "path", "tag=t,security_model=none," },
        { "p9", "security_model", "tag=t,path=/p," },
        { "p9", "", "tag=t,path=/p,security_model=none," },
        { "vdispl", "connectors", "" },
        { "vdispl", "", "connectors=a:1x1," },
        { "channel", "connection", "" },
        { "channel", "path", "connection=socket," },
        { "channel", "", "connection=pty," },
        { "pci", "bdf", "" },
        { "pci", "name", "" },
        { "pci", "", "03:00.0," },
    };

    for (size_t i = 0; i < ARRAY_SIZE(rests); i++)
        if (strcmp(rests[i].key, key) == 0 && (!*rests[i].part || strcmp(rests[i].part, part) == 0))
            return rests[i].rest;
    return "";
}

static char *part_text(const struct config_key *key, const struct config_key *part)
{
    const char *rest = rest_of(key->name, part->name);

    if (strcmp(key->name, "disk") == 0 && strcmp(part->name, "format") == 0)
        return xasprintf("%sdisk = [ \"%s,vdev=xvda,target=/a\" ]\n", guest_of(key), part->example);
    if (strcmp(key->name, "rdm") == 0)
        return xasprintf("%srdm = \"%s\"\n", guest_of(key), part->example);
    return xasprintf("%s%s = [ \"%s%s\" ]\n", guest_of(key), key->name, rest, part->example);
}

/* Groups are tested in test-values.c. */
static void check_part_examples(const struct config_key *key)
{
    if (key->form == FORM_GROUPS || key->unavailable)
        return;
    for (const struct config_key *part = key->parts; part && part->name; part++) {
        auto_free char *text = part_text(key, part);
        struct reading reading = read_text(text);
        bool newer = atoi(part->since + 2) > 17; /* of 4.17 */

        if (newer && reading.result != 0) {
            assert_non_null(strstr(reading.messages, "and later have it"));
            assert_non_null(strstr(reading.messages, part->since));
        } else {
            if (reading.result != 0)
                print_error("%s%s", text, reading.messages);
            assert_int_equal(reading.result, 0);
            assert_null(strstr(reading.messages, "has no part"));
        }
        reading_release(&reading);
    }
}

static void each_part_once_right(void **state)
{
    (void)state;
    each_key(check_part_examples);
}

static void check_part_forms(const struct config_key *key)
{
    if (key->form == FORM_GROUPS || key->unavailable || strcmp(key->name, "rdm") == 0)
        return;
    for (const struct config_key *part = key->parts; part && part->name; part++) {
        auto_free char *text = NULL;
        struct reading reading;

        if (part->form != FORM_NUMBER && part->form != FORM_BOOL && part->form != FORM_CHOICE)
            continue;
        text = xasprintf("%s%s = [ \"%s%s=no-such-word\" ]\n", guest_of(key), key->name,
                         rest_of(key->name, part->name), part->name);
        reading = read_text(text);
        if (!strstr(reading.messages, "'no-such-word' is no") &&
            !strstr(reading.messages, "later have it"))
            print_error("%s%s", text, reading.messages);
        assert_true(strstr(reading.messages, "'no-such-word' is no") != NULL ||
                    strstr(reading.messages, "later have it") != NULL);
        reading_release(&reading);
    }
}

static void each_part_once_wrong(void **state)
{
    (void)state;
    each_key(check_part_forms);
}

static void names_are_found(void **state)
{
    const struct config_key *vif = key_find("vif");

    (void)state;
    assert_null(key_find("memroy"));
    assert_null(key_find(""));
    assert_string_equal(key_suggest(NULL, "memroy"), "memory");
    assert_string_equal(key_suggest(NULL, "vpcus"), "vcpus");
    assert_string_equal(key_suggest(NULL, "on_reboots"), "on_reboot");
    assert_null(key_suggest(NULL, "something_else"));
    assert_null(key_suggest(NULL, "x"));
    assert_string_equal(key_part(vif, "bridge")->name, "bridge");
    assert_null(key_part(vif, "brigde"));
    assert_string_equal(key_suggest(vif, "brigde"), "bridge");
    assert_null(key_part(key_find("memory"), "mac"));
    assert_null(key_suggest(key_find("memory"), "mac"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_complete),
        cmocka_unit_test(parts_are_complete),
        cmocka_unit_test(texts_are_in_style_everywhere),
        cmocka_unit_test(each_key_once_right),
        cmocka_unit_test(each_key_once_wrong),
        cmocka_unit_test(numbers),
        cmocka_unit_test(numbers_have_limits),
        cmocka_unit_test(choices),
        cmocka_unit_test(each_part_once_right),
        cmocka_unit_test(each_part_once_wrong),
        cmocka_unit_test(names_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
