/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations written again: how they look, and that they mean the same. */
#include "sample.h"

#include "config/key.h"

#include "corpus.h"

/* The General section of HVM_GUEST, and with the next one of PVH_GUEST, as they are written. */
#define GENERAL(type) "# General\nname = \"a\"\ntype = \"" type "\"\n" UUID
#define HVM_HEAD      GENERAL("hvm")
#define PVH_HEAD      GENERAL("pvh") "\n# Booting\nkernel = \"/k\"\n"

struct formatting {
    bool defaults;
    libxl_domain_type type;
    struct str text;
};

static void format_view(void *context, const struct config_view *view)
{
    struct formatting *formatting = context;

    formatting->type = config_view_get(view)->c_info.type;
    config_format(view, formatting->defaults, &formatting->text);
}

/* Reads the request and has it written; release both. */
static struct reading format_request(struct config_request request, bool defaults,
                                     struct formatting *ret)
{
    *ret = (struct formatting){ .defaults = defaults, .text = STR_INIT };
    request.facts = &sample_facts;
    request.examine = format_view;
    request.context = ret;
    return read_request(&request);
}

static void check_formatted(const char *text, bool defaults, const char *expected)
{
    struct formatting formatting;
    struct reading reading = format_request(
        (struct config_request){ .file = "guest.cfg", .text = text }, defaults, &formatting);

    if (reading.result != 0)
        print_error("refused: %s\n%s", text, reading.messages);
    assert_int_equal(reading.result, 0);
    assert_string_equal(str_text(&formatting.text), expected);
    reading_release(&reading);
    str_release(&formatting.text);
}

/* What Windows is told of a new guest is made anew each time. */
static char *without_genid(const char *json)
{
    static const char key[] = "\"ms_vm_genid\": [";
    const char *start = strstr(json, key), *end = start ? strchr(start, ']') : NULL;

    return end ? xasprintf("%.*s%s", (int)(start - json), json, end) : xstrdup(json);
}

static bool is_same_guest(const char *name, const char *first, const char *second)
{
    auto_free char *wanted = without_genid(first), *got = without_genid(second);

    if (strcmp(wanted, got) == 0)
        return true;
    print_error("%s: another guest after it was formatted\n", name);
    return false;
}

/* What is written has no key without an effect, and none twice. */
static bool is_clean(const char *name, const struct diagnostics *diagnostics)
{
    static const char *const unclean[] = { "not-for-this-guest", "duplicate", "unknown-key" };

    for (size_t i = 0; i < diagnostics->count; i++)
        for (size_t j = 0; j < ARRAY_SIZE(unclean); j++)
            if (diagnostics->items[i].column == 1 &&
                strcmp(diagnostics->items[i].code, unclean[j]) == 0) {
                print_error("%s: formatted, %s\n", name, diagnostics->items[i].message);
                return false;
            }
    return true;
}

/* Whether something is left out that libxl would have been told, too: a key of other types of
 * guests. */
static bool is_trimmed(const struct reading *reading)
{
    for (size_t i = 0; i < reading->diagnostics.count; i++)
        if (strcmp(reading->diagnostics.items[i].code, "not-for-this-guest") == 0)
            return true;
    return false;
}

/* Whether what was written is the same guest, and written again the same text. */
static bool is_kept(const char *name, const struct reading *reading,
                    const struct formatting *formatting)
{
    struct formatting again;
    struct reading second = format_request(
        (struct config_request){ .file = "formatted", .text = str_text(&formatting->text) },
        formatting->defaults, &again);
    bool kept = second.result == 0;

    if (!kept)
        print_error("%s: refused after it was formatted: %s", name, second.messages);
    kept = kept && is_clean(name, &second.diagnostics) &&
           (is_trimmed(reading) || is_same_guest(name, reading->raw_json, second.raw_json));
    if (kept && strcmp(str_text(&again.text), str_text(&formatting->text)) != 0) {
        print_error("%s: formatted twice it is another text\n", name);
        kept = false;
    }
    reading_release(&second);
    str_release(&again.text);
    return kept;
}

/* How many of the configurations are refused, stay the same, or do not; trimmed: their JSON must
 * not stay the same. */
struct tally {
    size_t refused, kept, trimmed, broken;
};

static void count_kept(const char *name, struct config_request request, struct tally *tally)
{
    struct formatting plain, full;
    struct reading one = format_request(request, false, &plain);
    struct reading two = format_request(request, true, &full);

    if (one.result != 0)
        tally->refused++;
    else if (!is_kept(name, &one, &plain) || !is_kept(name, &two, &full))
        tally->broken++;
    else if (is_trimmed(&one))
        tally->trimmed++;
    else
        tally->kept++;
    reading_release(&one);
    reading_release(&two);
    str_release(&plain.text);
    str_release(&full.text);
}

static void keys_stand_in_order(void **state)
{
    (void)state;
    check_formatted("vif=['bridge=b'];disk=['/a,raw,xvda']\non_crash='preserve' # why\n\n"
                    "maxmem=128;memory=64\nvcpus=2\nlocaltime=1\n" UUID "type='hvm'\nname='a'",
                    false,
                    HVM_HEAD "\n# CPUs\nvcpus = 2\n"
                             "\n# Memory\nmemory = 64\nmaxmem = 128\n"
                             "\n# Events\non_crash = \"preserve\"\n"
                             "\n# Disks\ndisk = [ \"/a,raw,xvda\" ]\n"
                             "\n# Network\nvif = [ \"bridge=b\" ]\n"
                             "\n# Hardware\nlocaltime = 1\n");
    check_formatted(HVM_GUEST, false, HVM_HEAD);
    check_formatted(PVH_GUEST, false, PVH_HEAD);
}

static void strings_are_quoted(void **state)
{
    static const struct {
        const char *value, *expected;
    } texts[] = {
        { "''", "\"\"" },
        { "'it is \"so\"'", "\"it is \\\"so\\\"\"" },
        { "\"it's\"", "\"it's\"" },
        { "'a\\\\b'", "\"a\\\\b\"" },
        { "'a\\nb\\tc'", "\"a\\nb\\tc\"" },
        { "'\\r\\x1b0\\177\\1'", "\"\\x0d\\x1b0\\x7f\\x01\"" },
        { "'a\tb'", "\"a\\tb\"" },
        { "'caf\xc3\xa9 \xff'", "\"caf\xc3\xa9 \xff\"" },
        { "'# a; b = [ c, d ]'", "\"# a; b = [ c, d ]\"" },
        { "5", "\"5\"" }, /* it is text all the same */
        { "'5'", "\"5\"" },
    };

    struct tally tally = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        auto_free char *text = xasprintf(PVH_GUEST "extra=%s", texts[i].value);
        auto_free char *expected = xasprintf(PVH_HEAD "extra = %s\n", texts[i].expected);

        check_formatted(text, false, expected);
        count_kept(text, (struct config_request){ .file = "guest", .text = text }, &tally);
    }
    assert_int_equal(tally.kept, ARRAY_SIZE(texts));
}

static void numbers_are_bare(void **state)
{
    (void)state;
    check_formatted(HVM_GUEST "vcpus='2'", false, HVM_HEAD "\n# CPUs\nvcpus = 2\n");
    check_formatted(HVM_GUEST "vcpus='010'", false, HVM_HEAD "\n# CPUs\nvcpus = 010\n");
    check_formatted(HVM_GUEST "vcpus=0x2", false, HVM_HEAD "\n# CPUs\nvcpus = 0x2\n");
    check_formatted(HVM_GUEST "vcpus='0x2'", false, HVM_HEAD "\n# CPUs\nvcpus = \"0x2\"\n");
    check_formatted(HVM_GUEST "memory='64'", false, HVM_HEAD "\n# Memory\nmemory = 64\n");
    check_formatted(HVM_GUEST "localtime='1'", false, HVM_HEAD "\n# Hardware\nlocaltime = 1\n");
    check_formatted(HVM_GUEST "rtc_timeoffset='-60'", false,
                    HVM_HEAD "\n# Hardware\nrtc_timeoffset = \"-60\"\n");
    check_formatted(HVM_GUEST "cpus=[0,'1']", false, HVM_HEAD "\n# CPUs\ncpus = [ 0, \"1\" ]\n");
}

static void check_arguments(size_t length, const char *before, const char *behind)
{
    auto_str argument = STR_INIT;
    auto_free char *text = NULL, *expected = NULL, *list = NULL;

    str_add_repeat(&argument, 'x', length);
    text = xasprintf(HVM_GUEST "device_model_args=['%s','y']", str_text(&argument));
    list = xasprintf("%s%s%s", before, str_text(&argument), behind);
    expected = xasprintf(HVM_HEAD "\n# Device model\ndevice_model_args = %s\n", list);
    check_formatted(text, false, expected);
}

static void long_lists_are_broken(void **state)
{
    auto_str argument = STR_INIT;
    auto_free char *text = NULL, *expected = NULL;

    (void)state;
    check_formatted(HVM_GUEST "vif=[]", false, HVM_HEAD "\n# Network\nvif = []\n");
    check_arguments(45, "[ \"", "\", \"y\" ]"); /* 76 characters with the key */
    check_arguments(46, "[\n    \"", "\",\n    \"y\",\n]");
    str_add_repeat(&argument, 'x', 200); /* one item has no better place */
    text = xasprintf(HVM_GUEST "device_model_args=['%s']", str_text(&argument));
    expected = xasprintf(HVM_HEAD "\n# Device model\ndevice_model_args = [ \"%s\" ]\n",
                         str_text(&argument));
    check_formatted(text, false, expected);
}

static void lists_in_lists(void **state)
{
    (void)state;
    check_formatted(HVM_GUEST "vcpus=1;memory=64;vnuma=[['pnode=0','size=64','vcpus=0',"
                              "'vdistances=10']]",
                    false,
                    HVM_HEAD "\n# CPUs\nvcpus = 1\nvnuma = [ [ \"pnode=0\", \"size=64\", "
                             "\"vcpus=0\", \"vdistances=10\" ] ]\n"
                             "\n# Memory\nmemory = 64\n");
    check_formatted(
        HVM_GUEST "vcpus=2;memory=64;vnuma=[['pnode=0','size=32','vcpus=0','vdistances=10,20'],"
                  "['pnode=1','size=32','vcpus=1','vdistances=20,10']]",
        false,
        HVM_HEAD "\n# CPUs\nvcpus = 2\nvnuma = [\n"
                 "    [ \"pnode=0\", \"size=32\", \"vcpus=0\", \"vdistances=10,20\" ],\n"
                 "    [ \"pnode=1\", \"size=32\", \"vcpus=1\", \"vdistances=20,10\" ],\n]\n"
                 "\n# Memory\nmemory = 64\n");
}

static void what_is_joined_is_written_once(void **state)
{
    char *words[] = { (char *)(uintptr_t) "memory=65",
                      (char *)(uintptr_t) "vif += [ 'bridge=c' ]" };
    const struct string_list list = { words, 2 };
    struct formatting formatting;
    struct reading reading =
        format_request((struct config_request){ .file = "guest.cfg",
                                                .text = HVM_GUEST "memory=64\nvif=['bridge=b']\n"
                                                                  "cmdline='a'\ncmdline+='b'\n",
                                                .assignments = &list },
                       false, &formatting);

    (void)state;
    assert_int_equal(reading.result, 0);
    assert_string_equal(str_text(&formatting.text),
                        HVM_HEAD "\n# Memory\nmemory = 65\n"
                                 "\n# Booting\ncmdline = \"ab\"\n"
                                 "\n# Network\nvif = [ \"bridge=b\", \"bridge=c\" ]\n");
    reading_release(&reading);
    str_release(&formatting.text);
}

static void what_has_no_effect_is_left_out(void **state)
{
    (void)state;
    check_formatted(HVM_GUEST "vncviewer=1;memroy=1;vif2=['bridge=a']", false, HVM_HEAD);
    check_formatted(PVH_GUEST "boot='c';apic=1;e820_host=1", false, PVH_HEAD);
    check_formatted(HVM_GUEST "bootloader='pygrub';e820_host=1;boot='c'", false,
                    HVM_HEAD "\n# Booting\nboot = \"c\"\n");
    /* An old key that still counts stays. */
    check_formatted(HVM_GUEST "stdvga=1", false,
                    HVM_HEAD "\n# Display, sound, serial ports and emulated USB\nstdvga = 1\n");
}

/* A line that has the comment of a default. */
static bool shows_default(const struct formatting *formatting, const char *line)
{
    auto_free char *wanted = xasprintf("\n%s\n", line);

    return strstr(str_text(&formatting->text), wanted) != NULL;
}

static void defaults_are_comments(void **state)
{
    struct formatting hvm, pvh;
    struct reading one = format_request(
        (struct config_request){ .file = "a", .text = HVM_GUEST "vcpus=2" }, true, &hvm);
    struct reading two =
        format_request((struct config_request){ .file = "a", .text = PVH_GUEST }, true, &pvh);

    (void)state;
    assert_true(starts_with(str_text(&hvm.text), GENERAL("hvm") "# pool: pool 0\n"));
    assert_true(shows_default(&hvm, "vcpus = 2"));
    assert_null(strstr(str_text(&hvm.text), "# vcpus:"));
    assert_true(shows_default(&hvm, "# memory: as maxmem, else 32"));
    assert_true(shows_default(&hvm, "# boot: cda"));
    assert_false(shows_default(&pvh, "# boot: cda")); /* of another type */
    assert_true(shows_default(&pvh, "# pvshim: 0"));
    assert_null(strstr(str_text(&hvm.text), "# altp2mhvm:")); /* replaced */
    assert_true(shows_default(&hvm, "# Network") == shows_default(&pvh, "# Network"));
    reading_release(&one);
    reading_release(&two);
    str_release(&hvm.text);
    str_release(&pvh.text);
}

static unsigned guest_of(libxl_domain_type type)
{
    if (type == LIBXL_DOMAIN_TYPE_HVM)
        return GUEST_HVM;
    return type == LIBXL_DOMAIN_TYPE_PVH ? GUEST_PVH : GUEST_PV;
}

/* Whether the key stands there exactly if it counts for the guest. */
static bool is_present(const struct config_key *key, const struct formatting *formatting)
{
    auto_free char *line = xasprintf("\n%s = ", key->name);
    bool counts = (key->guests & guest_of(formatting->type)) && !key->ignored;
    bool present = strstr(str_text(&formatting->text), line) != NULL;

    if (counts != present)
        print_error("%s %s\n", key->name, counts ? "is missing" : "has no effect");
    return counts == present;
}

/* What is left out is as if it had never been written. */
static bool is_left_out(const char *name, const char *without, const struct formatting *formatting)
{
    struct reading base = read_request(&(struct config_request){ .file = name, .text = without });
    struct reading formatted = read_request(
        &(struct config_request){ .file = "formatted", .text = str_text(&formatting->text) });
    bool same = is_same_guest(name, base.raw_json, formatted.raw_json);

    reading_release(&base);
    reading_release(&formatted);
    return same;
}

/* A guest of that type with the example of the key, where it can have it. */
static void check_example(const struct config_key *key, const char *type, struct tally *tally)
{
    auto_free char *name = xasprintf("%s (%s)", key->name, type);
    auto_free char *without =
        xasprintf("name = 'a'\ntype = '%s'\nkernel = '/k'\nvcpus = 2\n" UUID, type);
    auto_free char *text = xasprintf("%s%s\n", without, key->example);
    const struct config_request request = { .file = key->name, .text = text };
    struct formatting formatting;
    struct reading reading = format_request(request, false, &formatting);

    count_kept(name, request, tally);
    if (reading.result == 0) {
        assert_true(is_present(key, &formatting));
        assert_true(!is_trimmed(&reading) || is_left_out(name, without, &formatting));
    }
    reading_release(&reading);
    str_release(&formatting.text);
}

static void each_key_is_kept(void **state)
{
    struct tally all = { 0 };

    (void)state;
    for (const struct key_section *section = key_sections(); section->title; section++)
        for (const struct config_key *key = section->keys; key->name; key++) {
            struct tally tally = { 0 };

            check_example(key, "pv", &tally);
            check_example(key, "pvh", &tally);
            check_example(key, "hvm", &tally);
            assert_int_equal(tally.refused == 3, key->unavailable);
            all.broken += tally.broken;
        }
    assert_int_equal(all.broken, 0);
}

/* The UUID is given: a new one would be made each time. */
static struct tally count_files(const struct string_list *files)
{
    char *words[] = { (char *)(uintptr_t)UUID };
    const struct string_list list = { words, 1 };
    struct tally tally = { 0 };

    for (size_t i = 0; i < files->count; i++)
        count_kept(files->items[i],
                   (struct config_request){ .file = files->items[i], .assignments = &list },
                   &tally);
    return tally;
}

static void examples_are_kept(void **state)
{
    auto_string_list files = STRING_LIST_INIT;
    struct tally tally;

    (void)state;
    corpus_examples(&files);
    tally = count_files(&files);
    assert_true(files.count > 0);
    assert_int_equal(tally.kept, files.count);
}

static void the_corpus_is_kept(void **state)
{
    auto_string_list files = STRING_LIST_INIT;
    struct tally tally;

    (void)state;
    if (!corpus_files(&files))
        skip();
    tally = count_files(&files);
    print_message("%zu stay the same, %zu lose keys of other guests, %zu are refused\n", tally.kept,
                  tally.trimmed, tally.refused);
    assert_int_equal(tally.broken, 0);
    assert_true(tally.kept > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_stand_in_order),
        cmocka_unit_test(strings_are_quoted),
        cmocka_unit_test(numbers_are_bare),
        cmocka_unit_test(long_lists_are_broken),
        cmocka_unit_test(lists_in_lists),
        cmocka_unit_test(what_is_joined_is_written_once),
        cmocka_unit_test(what_has_no_effect_is_left_out),
        cmocka_unit_test(defaults_are_comments),
        cmocka_unit_test(each_key_is_kept),
        cmocka_unit_test(examples_are_kept),
        cmocka_unit_test(the_corpus_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
