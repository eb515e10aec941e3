/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "w!", a disk that other guests may write to as well: a word that libxlutil does not know. */
#include "sample.h"

/* Whether the disks of the guest are shared: one '0' or '1' each. */
static void note_shared(void *context, const struct config_view *view)
{
    for (int i = 0; i < config_view_get(view)->num_disks; i++)
        str_add_char(context, config_disk_is_shared(view, i) ? '1' : '0');
    assert_false(config_disk_is_shared(view, -1));
    assert_false(config_disk_is_shared(view, config_view_get(view)->num_disks));
}

/* The disks give the JSON of the others, which libxlutil knows, and are shared so. */
static void check_shared(const char *disks, const char *others, const char *shared)
{
    auto_free char *text = xasprintf(PV_GUEST "disk=[%s]", disks);
    auto_free char *other = xasprintf(PV_GUEST "disk=[%s]", others);
    auto_str found = STR_INIT;
    const struct config_request request = {
        .file = "guest.cfg", .text = text, .examine = note_shared, .context = &found
    };
    struct reading one = read_request(&request), two = read_text(other);

    if (one.result || two.result)
        print_error("refused: %s%s\n", one.messages, two.messages);
    assert_int_equal(one.result, 0);
    assert_int_equal(two.result, 0);
    assert_string_equal(one.raw_json, two.raw_json);
    assert_string_equal(one.messages, "");
    assert_string_equal(str_text(&found), shared);
    reading_release(&one);
    reading_release(&two);
}

static void all_spellings(void **state)
{
    (void)state;
    check_shared("'/a,raw,xvda,w!'", "'/a,raw,xvda,w'", "1");
    check_shared("'/a,raw,xvda,rw!'", "'/a,raw,xvda,rw'", "1");
    check_shared("'/a,raw,xvda,access=w!'", "'/a,raw,xvda,w'", "1");
    check_shared("'/a,raw,xvda,access=rw!'", "'/a,raw,xvda,w'", "1");
    check_shared("'access=w!,vdev=xvda,target=/a'", "'access=w,vdev=xvda,target=/a'", "1");
    check_shared("'/a, raw, xvda, w!, backendtype=qdisk'", "'/a,raw,xvda,w,backendtype=qdisk'",
                 "1");
    check_shared("'phy:/a,xvda,w!'", "'phy:/a,xvda,w'", "1");
}

static void only_the_disks_that_say_so(void **state)
{
    (void)state;
    check_shared("'/a,raw,xvda,w'", "'/a,raw,xvda,w'", "0");
    check_shared("'/a,raw,xvda'", "'/a,raw,xvda'", "0");
    check_shared("'/a,raw,xvda,w','/b,raw,xvdb,w!','/c,raw,xvdc,r'",
                 "'/a,raw,xvda,w','/b,raw,xvdb,w','/c,raw,xvdc,r'", "010");
}

/* The same letters elsewhere are part of a name. */
static void names_with_the_same_letters(void **state)
{
    (void)state;
    check_shared("'/w!,raw,xvda,w'", "'/w!,raw,xvda,w'", "0");
    check_shared("'/w!,raw,xvda,w!'", "'/w!,raw,xvda,w'", "1");
    check_shared("'/aw!b,raw,xvda,rw!'", "'/aw!b,raw,xvda,rw'", "1");
    check_shared("'/rw!,raw,xvda,w!'", "'/rw!,raw,xvda,w'", "1");
    check_shared("'w!,raw,xvda,w'", "'w!,raw,xvda,w'", "0");
    check_shared("'vdev=xvda,script=w!,target=/a'", "'vdev=xvda,script=w!,target=/a'", "0");
}

/* target= takes the rest of the text, commas and all. */
static void the_rest_is_the_target(void **state)
{
    (void)state;
    check_shared("'vdev=xvda,target=/a,w!'", "'vdev=xvda,target=/a,w!'", "0");
    check_shared("'vdev=xvda,target=/a,access=w!'", "'vdev=xvda,target=/a,access=w!'", "0");
    check_shared("'vdev=xvda,access=w!,target=/a,w!'", "'vdev=xvda,access=w,target=/a,w!'", "1");
}

static void what_is_no_access(void **state)
{
    static const struct {
        const char *spec, *message;
    } wrong[] = {
        { "/a,raw,xvda,x!", "20: 'x!' is no value of 'access'" },
        { "/a,raw,xvda,r!", "20: 'r!' is no value of 'access'" },
        { "/a,raw,xvda,w!!", "20: 'w!!' is no value of 'access'" },
        { "/a,raw,xvda,!", "20: '!' is no value of 'access'" },
        { "/a,raw,xvda,access=x!", "27: 'x!' is no value of 'access'" },
        { "/a,raw,xvda,access=ro!", "27: 'ro!' is no value of 'access'" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        auto_free char *text = xasprintf(PV_GUEST "disk=['%s']", wrong[i].spec);
        auto_free char *messages =
            xasprintf("argument 1:5:%s; expected one of r, ro, w, rw, w!\n", wrong[i].message);

        check_refused(text, messages);
    }
}

/* The '!' that is left out moves no place of other mistakes, before it and behind it. */
static void places_beside_it(void **state)
{
    (void)state;
    check_refused(PV_GUEST "disk=['/a,foo,xvda,w!']",
                  "argument 1:5:11: 'foo' is no value of 'format'; expected one of raw, qcow, "
                  "qcow2, vhd, qed\n");
    check_refused(PV_GUEST "disk=['/a,raw,xvda,w!,cdrm']",
                  "argument 1:5:23: 'disk' has no part 'cdrm'; did you mean 'cdrom'?\n");
    check_refused(PV_GUEST "disk=['/a,raw,xvda,w!,backendtype=x']",
                  "argument 1:5:35: 'x' is no value of 'backendtype'; expected one of phy, tap, "
                  "qdisk, standalone\n");
    check_accepted(PV_GUEST "disk=['access=w!,vdev=sdq,target=/a']",
                   "argument 1:5:23: warning: 'sdq' is no name of a disk: libxl will refuse it; "
                   "names are xvda, hda to hdd, sda to sdp or d0p1, and may have the number of a "
                   "partition\n",
                   NULL);
}

static void guests_without_disks(void **state)
{
    auto_str found = STR_INIT;
    const struct config_request request = {
        .file = "guest.cfg", .text = PV_GUEST, .examine = note_shared, .context = &found
    };
    struct reading reading = read_request(&request);

    (void)state;
    assert_int_equal(reading.result, 0);
    assert_string_equal(str_text(&found), "");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_spellings),
        cmocka_unit_test(only_the_disks_that_say_so),
        cmocka_unit_test(names_with_the_same_letters),
        cmocka_unit_test(the_rest_is_the_target),
        cmocka_unit_test(what_is_no_access),
        cmocka_unit_test(places_beside_it),
        cmocka_unit_test(guests_without_disks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
