/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where xn means to differ from xl: each test is an entry of "Differences from xl" in xn.cfg(5). */
#include "sample.h"

#include "config/document.h"
#include "config/source.h"

static void comment_on_the_last_line(void **state)
{
    (void)state;
    check_same(HVM_GUEST "# end", HVM_GUEST);
    check_same(HVM_GUEST "vcpus=1 # end", HVM_GUEST "vcpus=1\n");
}

static void dos_line_ends(void **state)
{
    (void)state;
    check_same("name='a'\r\ntype='hvm'\r\nuuid='01234567-89ab-cdef-0123-456789abcdef'\r\n",
               HVM_GUEST);
}

static void byte_order_mark(void **state)
{
    (void)state;
    check_same("\xef\xbb\xbf" HVM_GUEST, HVM_GUEST);
}

static void numeric_escapes(void **state)
{
    (void)state;
    check_same(PVH_GUEST "extra='\\101\\x42'", PVH_GUEST "extra='AB'");
}

static void wrong_numbers(void **state)
{
    static const struct {
        const char *value, *message;
    } wrong[] = {
        { "'5x'", "'5x' is not a number, as 'cap' needs it" },
        { "''", "'' is not a number, as 'cap' needs it" },
        { "08", "'08' is not a number, as 'cap' needs it; a number that starts with 0 is octal" },
        { "'yes'", "'yes' is not a number, as 'cap' needs it; write 1 for yes" },
        { "'Off'", "'Off' is not a number, as 'cap' needs it; write 0 for no" },
        { "4294967296", "'4294967296' is out of range for 'cap'; the largest value is "
                        "2147483647" },
        { "99999999999999999999", "'99999999999999999999' is out of range for 'cap'; the largest "
                                  "value is 2147483647" },
        { "'-99999999999999999999'", "'-99999999999999999999' is out of range for 'cap'; the "
                                     "smallest value is -2147483648" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        auto_free char *text = xasprintf(HVM_GUEST "cap=%s", wrong[i].value);
        auto_free char *messages = xasprintf("argument 1:4:5: %s\n", wrong[i].message);

        check_refused(text, messages);
    }
    check_refused(HVM_GUEST "max_grant_frames='-1'",
                  "argument 1:4:18: '-1' is out of range for 'max_grant_frames'; the smallest "
                  "value is 0\n");
    check_refused(HVM_GUEST "viridian='x'",
                  "argument 1:4:10: 'x' is not a number, as 'viridian' needs it\n");
}

static void a_last_byte_without_meaning(void **state)
{
    (void)state;
    check_refused(HVM_GUEST "vcpus=1 @",
                  "argument 1:4:9: expected the end of the line after the value, not '@'; ';' or a "
                  "new line separates two settings\n");
}

static void zero_bytes(void **state)
{
    static const char text[] = HVM_GUEST "# \0\n";
    struct reading reading = read_bytes(text, sizeof(text) - 1);

    (void)state;
    assert_int_equal(reading.result, -1);
    assert_non_null(strstr(reading.error->message, "the byte \\x00 has no place"));
    reading_release(&reading);
    check_refused(HVM_GUEST "extra='\\400'",
                  "argument 1:4:8: the escape stands for no byte that a value can hold; a "
                  "backslash itself is written \\\\\n");
    check_refused(HVM_GUEST "extra='\\0'",
                  "argument 1:4:8: the escape stands for no byte that a value can hold; a "
                  "backslash itself is written \\\\\n");
}

static void lists_and_strings(void **state)
{
    (void)state;
    check_refused(HVM_GUEST "disk='/a,raw,xvda'",
                  "argument 1:4:6: 'disk' must be a list; expected a list of disks, as in disk = [ "
                  "\"/dev/vg/web,raw,xvda,rw\" ]\n");
    check_refused(HVM_GUEST "boot=['c']",
                  "argument 1:4:6: 'boot' cannot be a list; expected letters of c (disk), d "
                  "(CD-ROM), n (network), a (floppy), as in boot = \"dc\"\n");
    check_refused(HVM_GUEST "disk=[['/a,raw,xvda']]",
                  "argument 1:4:7: the items of 'disk' must be strings, not lists\n");
    check_refused(HVM_GUEST "vsnd=['CARD']",
                  "argument 1:4:7: the items of 'vsnd' must be lists of strings\n");
}

static void nothing_and_too_much(void **state)
{
    (void)state;
    check_refused(HVM_GUEST "vcpus=0", "argument 1:4:7: '0' is out of range for 'vcpus'; it must "
                                       "be from 1 to 8192\n");
    check_refused(HVM_GUEST "vcpus=100000000", "argument 1:4:7: '100000000' is out of range for "
                                               "'vcpus'; it must be from 1 to 8192\n");
    check_refused(HVM_GUEST "memory=0", "argument 1:4:8: '0' is out of range for 'memory'; the "
                                        "smallest value is 1\n");
    check_refused(HVM_GUEST "memory='-1'", "argument 1:4:8: '-1' is out of range for 'memory'; the "
                                           "smallest value is 1\n");
    check_refused(HVM_GUEST "maxmem=9000000000000",
                  "argument 1:4:8: '9000000000000' is out of range for 'maxmem'; the largest value "
                  "is 8796093022207\n");
}

static void empty_words(void **state)
{
    (void)state;
    check_refused("name='a';type=''",
                  "argument 1:1:15: '' is no value of 'type'; expected one of pv, pvh, hvm\n");
    check_refused(HVM_GUEST "firmware=''", "argument 1:4:10: 'firmware' is empty\n");
    check_refused("name='a';firmware='pvgrub'",
                  "argument 1:1:19: 'pvgrub' is no firmware of a PV guest; expected pvgrub32 or "
                  "pvgrub64\n");
    check_refused(HVM_GUEST "timer_mode='unknown'",
                  "argument 1:4:12: 'unknown' is no value of 'timer_mode'; expected one of "
                  "delay_for_missed_ticks, no_delay_for_missed_ticks, no_missed_ticks_pending, "
                  "one_missed_tick_pending\n");
}

static void abbreviations(void **state)
{
    (void)state;
    check_accepted("name='a';type='h'",
                   "argument 1:1:15: warning: 'h' stands for \"hvm\" here; write it out\n",
                   "\"type\":\"hvm\"", NULL);
    check_accepted(HVM_GUEST "firmware='u'",
                   "argument 1:4:10: warning: 'u' stands for \"uefi\" here; write it out\n",
                   "\"bios\":\"ovmf\"", NULL);
}

static void pinning_without_vcpus(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "cpus='3'", "", "\"vcpu_hard_affinity\":[[3]]", NULL);
    check_accepted(HVM_GUEST "cpus_soft='3'", "", "\"vcpu_soft_affinity\":[[3]]", NULL);
}

static void blanks_in_lists(void **state)
{
    (void)state;
    check_same(HVM_GUEST "vcpus=1;cpus='1 , 2 '", HVM_GUEST "vcpus=1;cpus='1,2'");
    check_same(HVM_GUEST "pci=['03:00.0, seize=1']", HVM_GUEST "pci=['03:00.0,seize=1']");
}

static void nodes_with_high_cpus(void **state)
{
    (void)state;
    check_same(HVM_GUEST "vcpus=1;cpus='node:3'", HVM_GUEST "vcpus=1;cpus='48-63'");
}

static void usb_devices_without_type(void **state)
{
    (void)state;
    check_same(HVM_GUEST "usbdev=['hostbus=1,hostaddr=2']",
               HVM_GUEST "usbdev=['type=hostdev,hostbus=1,hostaddr=2']");
}

static void reserved_memory(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "rdm='strategy=host,policy=strict'", "",
                   "\"rdm\":{\"strategy\":\"host\",\"policy\":\"strict\"}", NULL);
    check_accepted(HVM_GUEST "rdm='strategy=host'", "",
                   "\"rdm\":{\"strategy\":\"host\",\"policy\":\"strict\"}", NULL);
    check_refused(HVM_GUEST "rdm='policy=lax'",
                  "argument 1:4:13: 'lax' is no value of 'policy'; expected one of strict, "
                  "relaxed\n");
    check_refused(HVM_GUEST "rdm='foo=1'", "argument 1:4:6: 'rdm' has no part 'foo'\n");
}

static void shared_directories_do_not_mix(void **state)
{
    (void)state;
    check_refused(HVM_GUEST "p9=['tag=a,path=/a,security_model=none','tag=b,path=/b']",
                  "argument 1:4:41: this 'p9' has no 'security_model'; add security_model=none\n");
}

static void wrong_cpuid(void **state)
{
    (void)state;
    check_refused(HVM_GUEST "cpuid='host,tm,foo=1,tm=q'",
                  "argument 1:4:13: 'tm' in 'cpuid' has no '='; an example is tm=0\n"
                  "argument 1:4:16: 'foo=1' in 'cpuid' is no feature that libxl knows; an example "
                  "is tm=0\n"
                  "argument 1:4:22: 'tm=q' in 'cpuid' has no value of 0, 1, x, k or s; an example "
                  "is tm=0\n");
    check_refused(HVM_GUEST "cpuid='tm=0'",
                  "argument 1:4:8: 'tm=0' in 'cpuid' must be \"host\", the first word; an example "
                  "is cpuid = \"host,tm=0\"\n");
    check_refused(HVM_GUEST "cpuid=['x:eax=0','1:efx=0']",
                  "argument 1:4:8: 'x:eax=0' in 'cpuid' has no valid leaf number; an example is "
                  "\"1:ecx=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx0\"\n"
                  "argument 1:4:18: '1:efx=0' in 'cpuid' has another register than eax, ebx, ecx "
                  "or edx; an example is \"1:ecx=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx0\"\n");
}

static void wrong_mac_addresses(void **state)
{
    static const char *const macs[] = { "00:16:3e:00:00", "00:16:3e:00:00:100", "00163e000001", "x",
                                        "" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(macs); i++) {
        auto_free char *text = xasprintf(HVM_GUEST "vif=['mac=%s']", macs[i]);
        auto_free char *messages =
            xasprintf("argument 1:4:11: '%s' is no value of 'mac'; expected six bytes such as "
                      "00:16:3e:00:00:01\n",
                      macs[i]);

        check_refused(text, messages);
    }
}

static void numbers_in_parts(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "vif=['mtu=0x10']", "", "\"mtu\":16", NULL);
    check_refused(HVM_GUEST "vif=['mtu=9000k']",
                  "argument 1:4:11: '9000k' is not a number, as 'mtu' needs it\n");
    check_refused(HVM_GUEST "usbctrl=['ports=99']",
                  "argument 1:4:17: '99' is out of range for 'ports'; it must be from 0 to 31\n");
}

static void words_without_value(void **state)
{
    (void)state;
    check_refused(PV_GUEST "vfb=['vnc,sdl=1']",
                  "argument 1:5:7: 'vnc' needs a value; expected 0 or 1\n");
    check_refused(PV_GUEST "pvcalls=['foo']", "argument 1:5:11: 'pvcalls' has no part 'foo'\n");
}

static void wrong_ranges(void **state)
{
    (void)state;
    check_refused(HVM_GUEST "ioports=['2ff-2f8','2f8x']",
                  "argument 1:4:10: '2ff-2f8' is no entry of 'ioports'; expected a hexadecimal "
                  "port, or two as in 2f8-2ff\n"
                  "argument 1:4:20: '2f8x' is no entry of 'ioports'; expected a hexadecimal port, "
                  "or two as in 2f8-2ff\n");
    check_refused(HVM_GUEST "vdispl=['connectors=a:1xb']",
                  "argument 1:4:21: 'a:1xb' is no value of 'connectors'; expected "
                  "ID:WIDTHxHEIGHT, separated by ';'\n");
}

static void equals_signs_in_values(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "channel=['connection=socket,path=/a=b']", "", "\"path\":\"/a=b\"",
                   NULL);
}

static void twins(void **state)
{
    (void)state;
    check_refused(HVM_GUEST "disk=['/a,raw,xvda','/b,raw,xvda']",
                  "argument 1:4:21: there is another disk 'xvda'\n");
    check_refused(HVM_GUEST "pci=['03:00.0','0:3:0.0']",
                  "argument 1:4:16: the list has another entry for '0000:03:00.0'\n");
}

static void check_file(const struct str *bytes, const char *message)
{
    struct reading reading = read_bytes(bytes->text, bytes->length);

    assert_int_equal(reading.result, -1);
    assert_non_null(strstr(reading.error->message, message));
    reading_release(&reading);
}

static void large_files(void **state)
{
    struct str text = STR_INIT;

    (void)state;
    str_add_repeat(&text, '#', SOURCE_SIZE_MAX);
    check_file(&text, "the guest has no name"); /* as large as can be */
    str_add_char(&text, '#');
    check_file(&text, "is too large for a configuration file: 1 MiB, the limit is 1 MiB");
    str_clear(&text);
    str_add(&text, HVM_GUEST "vif=[");
    for (int i = 0; i < 4097; i++)
        str_add(&text, "'',");
    str_add(&text, "]");
    check_file(&text, "'vif' has 4097 entries, the limit is 4096");
    str_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comment_on_the_last_line),
        cmocka_unit_test(dos_line_ends),
        cmocka_unit_test(byte_order_mark),
        cmocka_unit_test(numeric_escapes),
        cmocka_unit_test(wrong_numbers),
        cmocka_unit_test(a_last_byte_without_meaning),
        cmocka_unit_test(zero_bytes),
        cmocka_unit_test(lists_and_strings),
        cmocka_unit_test(nothing_and_too_much),
        cmocka_unit_test(empty_words),
        cmocka_unit_test(abbreviations),
        cmocka_unit_test(pinning_without_vcpus),
        cmocka_unit_test(blanks_in_lists),
        cmocka_unit_test(nodes_with_high_cpus),
        cmocka_unit_test(usb_devices_without_type),
        cmocka_unit_test(reserved_memory),
        cmocka_unit_test(shared_directories_do_not_mix),
        cmocka_unit_test(wrong_cpuid),
        cmocka_unit_test(wrong_mac_addresses),
        cmocka_unit_test(numbers_in_parts),
        cmocka_unit_test(words_without_value),
        cmocka_unit_test(wrong_ranges),
        cmocka_unit_test(equals_signs_in_values),
        cmocka_unit_test(twins),
        cmocka_unit_test(large_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
