/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How problems are shown: places, excerpts with their caret, order, limits, and the error of it
 * all. */
#include "sample.h"

#include <stdio.h>

#include "config/source.h"
#include "out/listing.h"

/* All diagnostics of a configuration with their excerpts. */
static void check_shown(const char *text, const char *expected)
{
    struct reading reading = read_text(text);
    struct str shown = STR_INIT;

    for (size_t i = 0; i < reading.diagnostics.count; i++)
        diagnostic_format(&reading.diagnostics.items[i], "> ", &shown);
    assert_string_equal(str_text(&shown), expected);
    str_release(&shown);
    reading_release(&reading);
}

static void one_line_and_a_caret(void **state)
{
    (void)state;
    check_shown(PVH_GUEST "  memroy = 64  # MiB",
                "> argument 1:5:3: warning: unknown key 'memroy'; did you mean 'memory'?\n"
                ">       memroy = 64  # MiB\n"
                ">       ^~~~~~\n");
    check_shown(PVH_GUEST "a", "> argument 1:5:2: expected '=' after the key, not the end\n"
                               ">     a\n"
                               ">      ^\n");
    check_shown("name='a';type='hvm';vcpus=0",
                "> argument 1:1:27: '0' is out of range for 'vcpus'; it must be from 1 to 8192\n"
                ">     name='a';type='hvm';vcpus=0\n"
                ">                               ^\n");
}

static void carets_stand_under_characters(void **state)
{
    (void)state;
    check_shown(PVH_GUEST "\textra='\xc3\xa4\xc3\xb6';\tmemroy=1",
                "> argument 1:5:14: warning: unknown key 'memroy'; did you mean 'memory'?\n"
                ">      extra='\xc3\xa4\xc3\xb6'; memroy=1\n"
                ">                  ^~~~~~\n");
    /* What a terminal must not see is written out, and the caret follows. */
    check_shown(PVH_GUEST "extra='\x1b[2J';memroy=1",
                "> argument 1:5:14: warning: unknown key 'memroy'; did you mean 'memory'?\n"
                ">     extra='\\x1b[2J';memroy=1\n"
                ">                     ^~~~~~\n");
}

static void long_lines_are_cut(void **state)
{
    struct str text = STR_INIT;
    struct reading reading;
    const struct diagnostic *diagnostic;

    (void)state;
    str_add(&text, PVH_GUEST "extra='");
    str_add_repeat(&text, 'x', 1000);
    str_add(&text, "'; memroy = 1; extra = '");
    str_add_repeat(&text, 'y', 1000);
    str_add(&text, "'");
    reading = read_text(text.text);
    assert_int_equal(reading.diagnostics.count, 2);
    diagnostic = &reading.diagnostics.items[0];
    assert_int_equal(diagnostic->column, 1011);
    assert_true(strlen(diagnostic->excerpt) < 100);
    assert_true(starts_with(diagnostic->excerpt, "..."));
    assert_true(ends_with(diagnostic->excerpt, "..."));
    assert_memory_equal(diagnostic->excerpt + diagnostic->excerpt_column - 1, "memroy", 6);
    assert_int_equal(diagnostic->length, 6);
    reading_release(&reading);
    str_release(&text);
}

static void several_problems_in_order(void **state)
{
    (void)state;
    check_refused("name = 'a\nmemroy = 5\nvcpus = 'many'\ntype = 'hvm'\n",
                  "argument 1:1:8: the string is not closed on its line; a line break in a string "
                  "is written \\n\n"
                  "argument 1:2:1: warning: unknown key 'memroy'; did you mean 'memory'?\n"
                  "argument 1:3:9: 'many' is not a number, as 'vcpus' needs it\n");
    check_refused("", "argument 1: the guest has no name; add name = \"...\"\n"
                      "argument 1: a PV guest needs 'kernel' or 'bootloader'; only type = \"hvm\" "
                      "boots from its disk\n");
}

static void the_error_is_the_first_one(void **state)
{
    struct reading reading = read_text("memroy=1\nvcpus=0\nmemory=0\ntype='hvm'\nname='a'");

    (void)state;
    assert_int_equal(reading.diagnostics.errors, 2);
    assert_int_equal(reading.error->code, ERR_CONFIG);
    assert_string_equal(
        reading.error->message,
        "argument 1:2:7: '0' is out of range for 'vcpus'; it must be from 1 to 8192");
    assert_int_equal(reading.error->detail.count, 5);
    assert_string_equal(reading.error->detail.items[0], "    vcpus=0");
    assert_string_equal(reading.error->detail.items[1], "          ^");
    assert_string_equal(
        reading.error->detail.items[2],
        "argument 1:3:8: '0' is out of range for 'memory'; the smallest value is 1");
    assert_string_equal(reading.error->detail.items[3], "    memory=0");
    assert_string_equal(reading.error->detail.items[4], "           ^");
    reading_release(&reading);
}

static void the_error_shows_twenty(void **state)
{
    struct str text = STR_INIT;
    struct reading reading;

    (void)state;
    str_add(&text, HVM_GUEST "vif=[");
    for (int i = 0; i < 25; i++)
        str_add(&text, "'mac=',");
    str_add(&text, "]");
    reading = read_text(text.text);
    assert_int_equal(reading.diagnostics.errors, 25);
    assert_int_equal(reading.error->detail.count, 2 + 19 * 3 + 1);
    assert_string_equal(reading.error->detail.items[2 + 19 * 3], "and 5 more errors");
    reading_release(&reading);
    str_release(&text);
}

static void many_problems_are_counted(void **state)
{
    struct str text = STR_INIT;
    struct reading reading;

    (void)state;
    str_add(&text, HVM_GUEST);
    for (int i = 0; i < 300; i++)
        str_addf(&text, "unknown_%d = 1\n", i);
    reading = read_text(text.text);
    assert_int_equal(reading.result, 0);
    assert_int_equal(reading.diagnostics.count, 100);
    assert_int_equal(reading.diagnostics.dropped, 200);
    reading_release(&reading);
    str_add(&text, "vcpus = 0\n"); /* a hundred warnings do not hide an error */
    reading = read_text(text.text);
    assert_int_equal(reading.result, -1);
    assert_int_equal(reading.diagnostics.errors, 1);
    assert_string_equal(reading.error->message,
                        "argument 1:304:9: '0' is out of range for 'vcpus'; "
                        "it must be from 1 to 8192");
    reading_release(&reading);
    str_release(&text);
}

static void strict_makes_errors_of_unknown_names(void **state)
{
    char *words[] = { (char *)(uintptr_t)HVM_GUEST "memroy=1;vif=['brigde=a']" };
    const struct string_list list = { words, 1 };
    const struct config_request request = { .assignments = &list, .strict = true };
    struct reading reading = read_request(&request);

    (void)state;
    assert_int_equal(reading.result, -1);
    assert_string_equal(reading.messages,
                        "argument 1:4:1: unknown key 'memroy'; did you mean 'memory'?\n"
                        "argument 1:4:16: 'vif' has no part 'brigde'; did you mean 'bridge'?\n");
    reading_release(&reading);
}

static void words_come_after_the_file(void **state)
{
    char *words[] = { (char *)(uintptr_t) "memory = 64; vcpus = 2", (char *)(uintptr_t) "memory=65",
                      (char *)(uintptr_t) "disk += [ '/b,raw,xvdb' ]",
                      (char *)(uintptr_t) "extra = 'a\nname = \"b\"'" };
    struct string_list list = { words, 3 };
    struct config_request request = { .file = "words.cfg", .assignments = &list };
    FILE *file = fopen("words.cfg", "w");
    struct reading reading;

    (void)state;
    assert_non_null(file);
    fputs(HVM_GUEST "memory=63\ndisk=['/a,raw,xvda']", file);
    fclose(file);
    reading = read_request(&request);
    assert_string_equal(reading.messages, "");
    assert_non_null(strstr(reading.json, "\"target_memkb\":66560"));
    assert_non_null(strstr(reading.json, "\"xvda\""));
    assert_non_null(strstr(reading.json, "\"xvdb\""));
    reading_release(&reading);
    /* A line end in a value does not begin another setting. */
    list.count = 4;
    reading = read_request(&request);
    assert_int_equal(reading.result, -1);
    assert_string_equal(reading.diagnostics.items[0].file, "argument 4");
    reading_release(&reading);
    remove("words.cfg");
}

static void contradictions(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "vnc=0;vncpasswd='x'",
                   "argument 1:4:7: warning: 'vncpasswd' is set and 'vnc' is 0\n", NULL);
    check_accepted(HVM_GUEST "vncdisplay=3;vncunused=1",
                   "argument 1:4:1: warning: 'vncdisplay' is only where the search for a free "
                   "display begins, because 'vncunused' is set\n",
                   NULL);
    check_accepted(HVM_GUEST "ramdisk='/r'",
                   "argument 1:4:1: warning: libxl will refuse 'ramdisk' without 'kernel'\n", NULL);
    check_accepted(HVM_GUEST "usb=1;usbversion=2",
                   "argument 1:4:7: warning: libxl will refuse 'usbversion' together with 'usb' or "
                   "'usbdevice'\n",
                   NULL);
    check_accepted(HVM_GUEST "nestedhvm=1;altp2m='mixed'",
                   "argument 1:4:1: warning: libxl will refuse 'nestedhvm' together with "
                   "'altp2m'\n",
                   NULL);
    check_accepted(HVM_GUEST "memory=1;maxmem=2;pci=['03:00.0']",
                   "argument 1:4:19: warning: libxl will refuse 'pci' where 'maxmem' is more than "
                   "'memory'\n",
                   NULL);
    check_accepted(HVM_GUEST "spice=1",
                   "argument 1:4:1: warning: 'spice' has no port; set "
                   "'spiceport' or 'spicetls_port'\n",
                   NULL);
    check_accepted(HVM_GUEST "boot='dx'",
                   "argument 1:4:6: warning: 'x' is no boot device; the letters are c (disk), d "
                   "(CD-ROM), n (network) and a (floppy)\n",
                   NULL);
    check_accepted(PVH_GUEST "boot='c';e820_host=1",
                   "argument 1:5:1: warning: 'boot' has no effect for a PVH guest\n"
                   "argument 1:5:10: warning: 'e820_host' has no effect for a PVH guest\n",
                   NULL);
    check_accepted(PVH_GUEST "vpmu=1",
                   "argument 1:5:1: warning: 'vpmu' means something on Arm "
                   "only\n",
                   NULL);
    check_refused("name='a';type='pv';builder='hvm'",
                  "argument 1:1:20: warning: 'builder' is deprecated; use 'type'\n"
                  "argument 1:1:28: 'builder' says HVM and 'type' says PV\n");
    check_refused(HVM_GUEST "disk=['/a,raw,xvda','/b,raw,xvdb','/c,raw,d1p0']",
                  "argument 1:4:35: there is another disk 'd1p0'\n");
}

static void names_of_guests(void **state)
{
    (void)state;
    check_refused("name='';type='hvm'", "argument 1:1:6: the guest's name is empty\n");
    check_refused("name='a\\x1b';type='hvm'", "argument 1:1:6: the guest's name has a byte that is "
                                              "no printable text\n");
    check_refused("name='a\xff';type='hvm'", "argument 1:1:6: the guest's name has a byte that is "
                                             "no printable text\n");
    check_accepted("name='12';type='hvm'",
                   "argument 1:1:6: warning: the name '12' is a number, and numbers mean domain "
                   "ids; give it a letter\n",
                   NULL);
    check_accepted("name='../a';type='hvm'",
                   "argument 1:1:6: warning: the name '../a' has a '/': it is used in names of "
                   "files\n",
                   NULL);
    check_refused("name='a';type='hvm';uuid='x'",
                  "argument 1:1:26: 'x' is no UUID; a UUID looks like "
                  "01234567-89ab-cdef-0123-456789abcdef\n");
}

/* As 'xn check --json' prints them. */
static void diagnostics_as_json(void **state)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct source source = { (char *)(uintptr_t) "a.cfg", (char *)(uintptr_t) "memroy = 1\n", 11 };
    const struct place name = { &source, 0, 6 }, whole = { &source, 12, 0 };
    const void *rows[2];
    const struct listing listing = { .table = &diagnostic_columns, .rows = rows, .count = 2 };
    const struct output_options options = { .format = FORMAT_JSON };
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    (void)state;
    diagnostic_hint(
        diagnose(&diagnostics, SEVERITY_WARNING, "unknown-key", &name, "unknown key 'memroy'"),
        "did you mean 'memory'?");
    diagnose(&diagnostics, SEVERITY_ERROR, "missing-key", &whole, "no name");
    for (size_t i = 0; i < 2; i++)
        rows[i] = &diagnostics.items[i];
    assert_int_equal(listing_print(&listing, &options, out, NULL), 0);
    fclose(out);
    assert_string_equal(text, "{\n"
                              "    \"schema_version\": 1,\n"
                              "    \"diagnostics\": [\n"
                              "        {\n"
                              "            \"severity\": \"warning\",\n"
                              "            \"code\": \"unknown-key\",\n"
                              "            \"file\": \"a.cfg\",\n"
                              "            \"line\": 1,\n"
                              "            \"column\": 1,\n"
                              "            \"length\": 6,\n"
                              "            \"message\": \"unknown key 'memroy'\",\n"
                              "            \"hint\": \"did you mean 'memory'?\",\n"
                              "            \"excerpt\": \"memroy = 1\",\n"
                              "            \"excerpt_column\": 1\n"
                              "        },\n"
                              "        {\n"
                              "            \"severity\": \"error\",\n"
                              "            \"code\": \"missing-key\",\n"
                              "            \"file\": \"a.cfg\",\n"
                              "            \"line\": null,\n"
                              "            \"column\": null,\n"
                              "            \"length\": null,\n"
                              "            \"message\": \"no name\",\n"
                              "            \"hint\": null,\n"
                              "            \"excerpt\": null,\n"
                              "            \"excerpt_column\": null\n"
                              "        }\n"
                              "    ]\n"
                              "}\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_and_a_caret),
        cmocka_unit_test(carets_stand_under_characters),
        cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(several_problems_in_order),
        cmocka_unit_test(the_error_is_the_first_one),
        cmocka_unit_test(the_error_shows_twenty),
        cmocka_unit_test(many_problems_are_counted),
        cmocka_unit_test(strict_makes_errors_of_unknown_names),
        cmocka_unit_test(words_come_after_the_file),
        cmocka_unit_test(contradictions),
        cmocka_unit_test(names_of_guests),
        cmocka_unit_test(diagnostics_as_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
