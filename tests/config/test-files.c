/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is read and what is not: files of all kinds, and the host's own configuration. */
#include "sample.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/host_config.h"
#include "config/source.h"

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void check_unreadable(const char *path, const char *message, const char *hint)
{
    struct reading reading = read_file(path);

    assert_int_equal(reading.result, -1);
    assert_int_equal(reading.diagnostics.count, 0);
    check_error(reading.error, ERR_FILE, message, hint);
    reading.error = NULL;
    reading_release(&reading);
}

static void other_kinds_of_files(void **state)
{
    static const char hint[] = "only regular files are read; /dev/null stands for an empty one";

    (void)state;
    check_unreadable("no-such-file", "cannot open 'no-such-file': No such file or directory", NULL);
    check_unreadable(".", "'.' is a directory, not a configuration file", hint);
    check_unreadable("/dev/zero", "'/dev/zero' is a device, not a configuration file", hint);
    unlink("pipe");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    check_unreadable("pipe", "'pipe' is a pipe, not a configuration file", hint); /* at once */
    unlink("pipe");
    unlink("loop");
    assert_int_equal(symlink("loop", "loop"), 0);
    check_unreadable("loop", "cannot open 'loop': Too many levels of symbolic links", NULL);
    unlink("loop");
}

static void large_files_are_not_read(void **state)
{
    int fd = open("large", O_RDWR | O_CREAT | O_TRUNC, 0600);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 100 << 20), 0);
    close(fd);
    check_unreadable("large",
                     "'large' is too large for a configuration file: 100 MiB, the limit is "
                     "1 MiB",
                     "is it a disk image or a saved guest?");
    unlink("large");
}

static void check_binary(const void *bytes, size_t length, const char *message)
{
    struct reading reading = read_bytes(bytes, length);

    assert_int_equal(reading.result, -1);
    assert_int_equal(reading.diagnostics.errors, 1);
    assert_non_null(strstr(reading.messages, message));
    reading_release(&reading);
}

static void binary_files_get_one_message(void **state)
{
    unsigned char junk[200];

    (void)state;
    check_binary("\x7f"
                 "ELF\2\1\1\0",
                 8, ": this is a program or kernel (ELF), not a configuration");
    check_binary("\x1f\x8b\x08\x00", 4, ": this is a file compressed with gzip");
    check_binary("Xen saved domain, xl format\n\0 \r", 31, ": this is a saved guest");
    check_binary("QFI\xfb\0\0\0\3", 8, ": this is a qcow disk image");
    check_binary("name='a'\nmem\0ory=1\n", 19, ":2:4: the byte \\x00 has no place");
    check_binary("name='a'\n\x80=1\nb\nc", 15, ":2:1: the byte \\x80 has no place");
    for (unsigned seed = 1; seed < 200; seed++) {
        struct reading reading;

        srand(seed);
        for (size_t i = 0; i < sizeof(junk); i++)
            junk[i] = (unsigned char)rand();
        reading = read_bytes((const char *)junk, sizeof(junk));
        assert_int_equal(reading.result, -1);
        assert_true(reading.diagnostics.errors < 8);
        reading_release(&reading);
    }
}

static void nothing_is_an_empty_file(void **state)
{
    struct reading reading = read_file("/dev/null");

    (void)state;
    assert_non_null(strstr(reading.messages, "/dev/null: the guest has no name"));
    reading_release(&reading);
}

static struct host_config read_host(const char *xl, const char *xn, const char *messages)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct str text = STR_INIT;
    struct error *error = NULL;
    struct host_config host;
    int result;

    mkdir("etc", 0700);
    unlink("etc/xl.conf");
    unlink("etc/xn.conf");
    if (xl)
        write_file("etc/xl.conf", xl);
    if (xn)
        write_file("etc/xn.conf", xn);
    result = host_config_read_from(&host, "etc", &diagnostics, &error);
    for (size_t i = 0; i < diagnostics.count; i++) {
        diagnostic_sentence(&diagnostics.items[i], &text);
        str_add_char(&text, '\n');
    }
    assert_string_equal(str_text(&text), messages);
    assert_true((result < 0) == (diagnostics.errors > 0));
    assert_true((result < 0) == (error != NULL));
    error_free(error);
    str_release(&text);
    diagnostics_release(&diagnostics);
    unlink("etc/xl.conf");
    unlink("etc/xn.conf");
    rmdir("etc");
    return host;
}

static void host_defaults(void **state)
{
    struct host_config host = read_host(NULL, NULL, "");

    (void)state;
    assert_int_equal(host.autoballoon, AUTOBALLOON_AUTO);
    assert_int_equal(host.domid_policy, DOMID_POLICY_XEN);
    assert_true(host.run_hotplug_scripts);
    assert_true(host.claim_mode);
    assert_false(host.output_sxp);
    assert_string_equal(host.lockfile, XEN_LOCK_FILE);
    assert_int_equal(host.max_grant_frames, -1);
    assert_null(host.vif_default_bridge);
    assert_null(host.vm_cpumask);
    host_config_release(&host);
}

static void host_keys(void **state)
{
    struct host_config host =
        read_host("autoballoon=0\ndomid_policy='random'\nrun_hotplug_scripts=0\nclaim_mode=0\n"
                  "output_format='sxp'\nlockfile='/l'\nmax_grant_frames=5\nmax_maptrack_frames=6\n"
                  "max_grant_version=1\nvif.default.script='s'\nvif.default.bridge='b'\n"
                  "vif.default.gatewaydev='g'\nvif.default.backend='d'\n"
                  "remus.default.netbufscript='r'\ncolo.default.proxyscript='c'\n"
                  "blkdev_start='xvdz'\nvm.cpumask='0'\nvm.hvm.cpumask='1'\nvm.pv.cpumask='2'\n",
                  NULL, "");

    (void)state;
    assert_int_equal(host.autoballoon, AUTOBALLOON_OFF);
    assert_int_equal(host.domid_policy, DOMID_POLICY_RANDOM);
    assert_false(host.run_hotplug_scripts);
    assert_false(host.claim_mode);
    assert_true(host.output_sxp);
    assert_string_equal(host.lockfile, "/l");
    assert_int_equal(host.max_grant_frames, 5);
    assert_int_equal(host.max_maptrack_frames, 6);
    assert_int_equal(host.max_grant_version, 1);
    assert_string_equal(host.vif_default_script, "s");
    assert_string_equal(host.vif_default_bridge, "b");
    assert_string_equal(host.vif_default_gatewaydev, "g");
    assert_string_equal(host.vif_default_backend, "d");
    assert_string_equal(host.remus_default_netbufscript, "r");
    assert_string_equal(host.colo_default_proxyscript, "c");
    assert_string_equal(host.blkdev_start, "xvdz");
    assert_string_equal(host.vm_cpumask, "0");
    assert_string_equal(host.vm_hvm_cpumask, "1");
    assert_string_equal(host.vm_pv_cpumask, "2");
    host_config_release(&host);
}

static void xn_conf_comes_after_xl_conf(void **state)
{
    struct host_config host = read_host("lockfile='/a'\nautoballoon='off'", "lockfile='/b'\n", "");

    (void)state;
    assert_string_equal(host.lockfile, "/b");
    assert_int_equal(host.autoballoon, AUTOBALLOON_OFF);
    host_config_release(&host);
}

static void host_mistakes(void **state)
{
    struct host_config host = read_host(
        "autobaloon=1\nvifscript='old'\nvif.default.script='new'\ndefaultbridge='old'\n", NULL,
        "etc/xl.conf:1:1: warning: unknown key 'autobaloon'; did you mean 'autoballoon'?\n"
        "etc/xl.conf:2:1: warning: 'vifscript' is deprecated; use 'vif.default.script'\n"
        "etc/xl.conf:4:1: warning: 'defaultbridge' is deprecated; use 'vif.default.bridge'\n");

    (void)state;
    assert_string_equal(host.vif_default_script, "new");
    assert_string_equal(host.vif_default_bridge, "old");
    host_config_release(&host);
    host = read_host("autoballoon='maybe'\nclaim_mode='x'\nmax_grant_frames='-1'\nlockfile=[]\n"
                     "domid_policy='y'\n",
                     NULL,
                     "etc/xl.conf:1:13: 'maybe' is no value of 'autoballoon'; expected \"auto\" or "
                     "\"on\" or \"off\"\n"
                     "etc/xl.conf:2:12: 'x' is not a number, as 'claim_mode' needs it\n"
                     "etc/xl.conf:3:18: '-1' is out of range for 'max_grant_frames'\n"
                     "etc/xl.conf:4:10: 'lockfile' cannot be a list\n"
                     "etc/xl.conf:5:14: 'y' is no value of 'domid_policy'; expected \"xen\" or "
                     "\"random\"\n");
    host_config_release(&host);
    host = read_host("autoballoon=\n", NULL,
                     "etc/xl.conf:1:13: expected a value, not the end of the line\n");
    host_config_release(&host);
}

static void guests_take_the_hosts_defaults(void **state)
{
    struct host_config host = read_host("vif.default.bridge='b'\nvif.default.script='s'\n"
                                        "max_grant_frames=7\nrun_hotplug_scripts=0\nclaim_mode=0\n"
                                        "blkdev_start='xvdz'\n",
                                        NULL, "");
    char *words[] = { (char *)(uintptr_t)HVM_GUEST "vif=['','bridge=c']" };
    const struct string_list list = { words, 1 };
    const struct config_request request = { .assignments = &list, .host_config = &host };
    struct reading reading = read_request(&request);

    (void)state;
    assert_int_equal(reading.result, 0);
    assert_non_null(strstr(reading.json, "{\"devid\":0,\"bridge\":\"b\",\"script\":\"s\"}"));
    assert_non_null(strstr(reading.json, "{\"devid\":1,\"bridge\":\"c\",\"script\":\"s\"}"));
    assert_non_null(strstr(reading.json, "\"max_grant_frames\":7"));
    assert_non_null(strstr(reading.json, "\"run_hotplug_scripts\":\"False\""));
    assert_non_null(strstr(reading.json, "\"claim_mode\":\"False\""));
    assert_non_null(strstr(reading.json, "\"blkdev_start\":\"xvdz\""));
    reading_release(&reading);
    host_config_release(&host);
}

static void check_masks(const char *conf, const char *guest, const char *expected)
{
    struct host_config host = read_host(conf, NULL, "");
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    char *words[] = { (char *)(uintptr_t)guest };
    const struct string_list list = { words, 1 };
    const struct config_request request = { .assignments = &list, .facts = &sample_facts };
    struct error *error = NULL;
    libxl_domain_config config;
    struct str bits = STR_INIT;

    libxl_domain_config_init(&config);
    assert_int_equal(config_read(&request, &diagnostics, &config, &error), 0);
    if (config_apply_cpu_masks(&config, &host, &sample_facts, &error) < 0)
        str_add(&bits, error->message);
    for (int i = 0; !error && i < config.b_info.num_vcpu_hard_affinity; i++) {
        str_add(&bits, i ? ";" : "");
        for (int cpu = 0; cpu < 64; cpu++)
            if (libxl_bitmap_test(&config.b_info.vcpu_hard_affinity[i], cpu))
                str_addf(&bits, " %d", cpu);
    }
    assert_string_equal(str_text(&bits), expected);
    error_free(error);
    str_release(&bits);
    libxl_domain_config_dispose(&config);
    diagnostics_release(&diagnostics);
    host_config_release(&host);
}

static void cpu_masks_of_the_host(void **state)
{
    (void)state;
    check_masks("", HVM_GUEST "vcpus=1", "");
    check_masks("vm.cpumask='1-3'", HVM_GUEST "vcpus=2", " 1 2 3; 1 2 3");
    check_masks("vm.cpumask='1-3'", HVM_GUEST, " 1 2 3");
    check_masks("vm.cpumask='1-3'", HVM_GUEST "vcpus=1;cpus='3-9'", " 3");
    check_masks("vm.cpumask='1-3'\nvm.hvm.cpumask='2-9'", PVH_GUEST "vcpus=1", " 2 3");
    check_masks("vm.hvm.cpumask='2-9'", PV_GUEST "vcpus=1", "");
    check_masks("vm.pv.cpumask='node:1,^18-31'", PV_GUEST "vcpus=1", " 16 17");
    check_masks("vm.cpumask='1-3'", HVM_GUEST "vcpus=1;cpus='4'",
                "the CPU masks of xl.conf leave CPU 0 of the guest none to run on");
    check_masks("vm.cpumask='x'", HVM_GUEST "vcpus=1",
                "vm.cpumask in xl.conf: 'x' is no set of "
                "CPUs");
    check_masks("vm.cpumask='64'", HVM_GUEST "vcpus=1",
                "vm.cpumask in xl.conf: this host has no CPU 64: it has 64");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_kinds_of_files),
        cmocka_unit_test(large_files_are_not_read),
        cmocka_unit_test(binary_files_get_one_message),
        cmocka_unit_test(nothing_is_an_empty_file),
        cmocka_unit_test(host_defaults),
        cmocka_unit_test(host_keys),
        cmocka_unit_test(xn_conf_comes_after_xl_conf),
        cmocka_unit_test(host_mistakes),
        cmocka_unit_test(guests_take_the_hosts_defaults),
        cmocka_unit_test(cpu_masks_of_the_host),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
