/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the file system and the network say of a configuration; this asks no Xen. */
#include "sample.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xen/preflight.h"

/* Files of this kind are made in a folder of their own; '@' stands for it in texts. */
static const struct {
    const char *name;
    mode_t mode;
    size_t length;
    const char *bytes;
} files[] = {
    { "raw", 0600, 4, "boot" },
    { "empty", 0600, 0, "" },
    { "short", 0600, 3, "QFI" },
    { "qcow2", 0600, 8, "QFI\xfb\0\0\0\3" },
    { "qcow", 0600, 8, "QFI\xfb\0\0\0\1" },
    { "qed", 0600, 4, "QED" }, /* its fourth byte is 0 */
    { "vhd", 0600, 8, "conectix" },
    { "vhdx", 0600, 8, "vhdxfile" },
    { "vmdk", 0600, 4, "KDMV" },
    { "vmdk-text", 0600, 22, "# Disk DescriptorFile\n" },
    { "script", 0700, 0, "" },
    { "vif-bridge", 0700, 0, "" },
    { "vif-openvswitch", 0700, 0, "" },
    { "vif-route", 0700, 0, "" },
    { "no-script", 0600, 0, "" },
};

static void write_file(const char *path, mode_t mode, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static int make_folder(void **state)
{
    auto_free char *here = getcwd(NULL, 0);
    char *folder = xasprintf("%s/preflight-XXXXXX", here);

    if (!mkdtemp(folder))
        return free(folder), -1;
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        auto_free char *path = xasprintf("%s/%s", folder, files[i].name);

        write_file(path, files[i].mode, files[i].bytes, files[i].length);
    }
    *state = folder;
    return 0;
}

static int remove_folder(void **state)
{
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        auto_free char *path = xasprintf("%s/%s", (char *)*state, files[i].name);

        unlink(path);
    }
    rmdir(*state);
    free(*state);
    return 0;
}

/* The text with the folder in place of each '@'. */
static char *with_folder(const char *text, const char *folder)
{
    struct str result = STR_INIT;

    str_add(&result, "");
    for (; *text; text++)
        if (*text == '@')
            str_add(&result, folder);
        else
            str_add_char(&result, *text);
    return str_detach(&result);
}

static void examine(void *context, const struct config_view *view)
{
    (void)context;
    xen_preflight_files(view);
}

static void examine_device(void *context, const struct config_view *view)
{
    (void)context;
    xen_preflight_device_files(view);
}

/* The guest with the given settings behind its own, which are three lines of an HVM guest. */
static void check_found(void **state, const char *guest, const char *line, const char *messages)
{
    auto_free char *setting = with_folder(line, *state);
    auto_free char *expected = with_folder(messages, *state);
    auto_free char *text = xasprintf("%s%s\n", guest, setting);
    const struct config_request request = { .file = "guest.cfg", .text = text, .examine = examine };
    struct reading reading = read_request(&request);

    assert_string_equal(reading.messages, expected);
    reading_release(&reading);
}

#define MODEL_GUEST HVM_GUEST "device_model_version='qemu-xen'\n"

#define NO_FILE     ": No such file or directory\n"

static void boot_files(void **state)
{
    check_found(state, HVM_GUEST, "", "");
    check_found(state, HVM_GUEST, "kernel='@/raw';ramdisk='@/raw'", "");
    check_found(state, HVM_GUEST, "kernel='@/none'", "guest.cfg:4:8: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "kernel='@/raw'\nramdisk='@/none'",
                "guest.cfg:5:9: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "kernel='@'", "guest.cfg:4:8: '@' is a directory\n");
    check_found(state, HVM_GUEST, "kernel='raw'", ""); /* libxl looks in its own folders */
}

static void programs_must_be_executable(void **state)
{
    check_found(state, MODEL_GUEST, "device_model_override='@/script'", "");
    check_found(state, MODEL_GUEST, "device_model_override='@/no-script'",
                "guest.cfg:5:23: '@/no-script': Permission denied\n");
    check_found(state, "name='a'\ntype='pvh'\n", "bootloader='@/no-script'",
                "guest.cfg:3:12: '@/no-script': Permission denied\n");
    check_found(state, "name='a'\ntype='pvh'\n", "bootloader='pygrub'", "");
}

static void firmware_files(void **state)
{
    check_found(state, HVM_GUEST, "smbios_firmware='@/none'", "guest.cfg:4:17: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "acpi_firmware='@/none'", "guest.cfg:4:15: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "firmware_override='@/none'", "guest.cfg:4:19: '@/none'" NO_FILE);
}

/* The same field by another key: that one is where it stands. */
static void firmware_by_its_short_key(void **state)
{
    check_found(state, HVM_GUEST, "firmware='@/none'", "guest.cfg:4:10: '@/none'" NO_FILE);
}

static void good_images(void **state)
{
    static const char *const formats[] = { "qcow2", "qed", "vhd", "raw" };

    for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
        auto_free char *line = xasprintf("disk=['@/%s,%s,xvda,w']", formats[i], formats[i]);

        check_found(state, HVM_GUEST, line, "");
    }
    check_found(state, HVM_GUEST, "disk=['@/raw,,xvda,w','@/empty,raw,xvdb,r']", "");
    check_found(state, HVM_GUEST, "disk=['@/raw,vhd,xvda,w']", ""); /* its mark is at the end */
    check_found(state, HVM_GUEST, "disk=[',,hdc,cdrom']", "");
}

/* Both versions begin alike; the number behind tells them apart. */
static void old_qcow_images(void **state)
{
    check_found(state, HVM_GUEST, "disk=['@/qcow,qcow,xvda,w']", "");
    check_found(state, HVM_GUEST, "disk=['@/qcow2,qcow,xvda,w']",
                "guest.cfg:4:7: '@/qcow2' is a qcow2 image, not qcow; write format=qcow2\n");
    check_found(state, HVM_GUEST, "disk=['@/qcow,qcow2,xvda,w']",
                "guest.cfg:4:7: '@/qcow' is a qcow image, not qcow2; write format=qcow\n");
}

static void images_of_another_format(void **state)
{
    check_found(state, HVM_GUEST, "disk=['@/qcow2,raw,xvda,w']",
                "guest.cfg:4:7: '@/qcow2' is a qcow2 image, not raw; write format=qcow2\n");
    check_found(state, HVM_GUEST, "disk=['@/qcow2,,xvda,w']",
                "guest.cfg:4:7: '@/qcow2' is a qcow2 image, not raw; write format=qcow2\n");
    check_found(state, HVM_GUEST, "disk=['@/vhd,qcow2,xvda,w']",
                "guest.cfg:4:7: '@/vhd' is a vhd image, not qcow2; write format=vhd\n");
    check_found(state, HVM_GUEST, "disk=['@/raw,raw,xvda',\n'@/raw,qcow2,xvdb,w']",
                "guest.cfg:5:1: '@/raw' is no qcow2 image\n");
    check_found(state, HVM_GUEST, "disk=['@/short,qcow2,xvda,w']",
                "guest.cfg:4:7: '@/short' is no qcow2 image\n");
    check_found(state, HVM_GUEST, "disk=['@/empty,qed,xvda,w']",
                "guest.cfg:4:7: '@/empty' is no qed image\n");
}

static void images_that_xen_cannot_use(void **state)
{
    static const char *const names[] = { "vmdk", "vmdk-text", "vhdx" };

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        auto_free char *line = xasprintf("disk=['@/%s,raw,xvda,w']", names[i]);
        auto_free char *message = xasprintf(
            "guest.cfg:4:7: '@/%s' is a %.4s image, not raw; qemu-img convert makes one that Xen "
            "can use of it\n",
            names[i], names[i]);

        check_found(state, HVM_GUEST, line, message);
    }
}

/* What a guest wrote into a raw disk must not keep it from getting the disk. */
static void what_a_raw_disk_looks_like(void **state)
{
    auto_free char *text = with_folder(
        HVM_GUEST "disk=['@/qcow2,raw,xvda,w', '@/raw,qcow2,xvdb,w', '@/none,raw,xvdc,w']\n",
        *state);
    const struct config_request request = { .file = "guest.cfg",
                                            .text = text,
                                            .examine = examine_device };
    struct reading reading = read_request(&request);

    assert_non_null(strstr(reading.messages, "warning: "));
    assert_non_null(strstr(reading.messages, "' is a qcow2 image, not raw; write format=qcow2\n"));
    assert_non_null(strstr(reading.messages, "' is no qcow2 image\n"));
    assert_non_null(strstr(reading.messages, "': No such file or directory\n"));
    reading_release(&reading);
}

static void missing_disks(void **state)
{
    check_found(state, HVM_GUEST, "disk=['@/none,raw,xvda,w']", "guest.cfg:4:7: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "disk=['@/none,qcow2,xvda,w']",
                "guest.cfg:4:7: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "disk=['@,raw,xvda,w']", "guest.cfg:4:7: '@' is a directory\n");
    check_found(state, HVM_GUEST, "disk=['@/raw/x,raw,xvda,w']",
                "guest.cfg:4:7: '@/raw/x': Not a directory\n");
    /* What another domain serves is there. */
    check_found(state, HVM_GUEST, "disk=['@/none,raw,xvda,w,backend=storage']", "");
}

static void scripts_of_disks(void **state)
{
    check_found(state, HVM_GUEST, "disk=['vdev=xvda,script=@/script,target=iqn']", "");
    check_found(state, HVM_GUEST, "disk=['vdev=xvda,script=@/none,target=iqn']",
                "guest.cfg:4:7: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "disk=['vdev=xvda,script=@/no-script,target=iqn']",
                "guest.cfg:4:7: '@/no-script': Permission denied\n");
    check_found(state, HVM_GUEST, "disk=['vdev=xvda,script=no-such-script-1,target=iqn']",
                "guest.cfg:4:7: '" XEN_CONFIG_DIR "/scripts/no-such-script-1'" NO_FILE);
}

static void bridges(void **state)
{
    check_found(state, HVM_GUEST, "vif=['script=@/vif-bridge,bridge=xn-none']",
                "guest.cfg:4:6: there is no bridge 'xn-none' on this host; 'ip link add xn-none "
                "type bridge' makes one until the next boot\n");
    check_found(state, HVM_GUEST, "vif=['script=@/script,bridge=xn-none']", "");
    check_found(state, HVM_GUEST, "vif=['script=@/none,bridge=xn-none']",
                "guest.cfg:4:6: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, "vif=['bridge=xn-none,backend=router']", "");
    check_found(state, HVM_GUEST, "vif=['script=@/vif-bridge,bridge=../../net']",
                "guest.cfg:4:6: there is no bridge '../../net' on this host; 'ip link add "
                "../../net type bridge' makes one until the next boot\n");
}

static void switches_and_routes(void **state)
{
    check_found(state, HVM_GUEST, "vif=['script=@/vif-openvswitch,bridge=xn-none.12:13']",
                "guest.cfg:4:6: there is no bridge 'xn-none' on this host; 'ovs-vsctl add-br "
                "xn-none' makes one\n");
    check_found(state, HVM_GUEST, "vif=['script=@/vif-openvswitch,bridge=lo.12']", "");
    check_found(state, HVM_GUEST, "vif=['script=@/vif-route,gatewaydev=xn-none']",
                "guest.cfg:4:6: there is no network device 'xn-none' on this host; vif-route "
                "leads through it; gatewaydev= names another one\n");
    check_found(state, HVM_GUEST, "vif=['script=@/vif-route,gatewaydev=lo,bridge=xn-none']", "");
}

static void a_device_that_is_no_bridge(void **state)
{
    if (access("/sys/class/net/lo", F_OK) < 0)
        skip();
    check_found(state, HVM_GUEST, "vif=['script=@/script',\n'script=@/vif-bridge,bridge=lo']",
                "guest.cfg:5:1: 'lo' is a network device, but no bridge\n");
}

static void shared_folders(void **state)
{
    static const char rest[] = "security_model=none,tag=t,path=";
    auto_free char *good = xasprintf("p9=['%s@']", rest);
    auto_free char *missing = xasprintf("p9=['%s@/none']", rest);
    auto_free char *file = xasprintf("p9=['%s@/raw']", rest);

    check_found(state, HVM_GUEST, good, "");
    check_found(state, HVM_GUEST, missing, "guest.cfg:4:5: '@/none'" NO_FILE);
    check_found(state, HVM_GUEST, file, "guest.cfg:4:5: '@/raw' is no directory\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boot_files),
        cmocka_unit_test(programs_must_be_executable),
        cmocka_unit_test(firmware_files),
        cmocka_unit_test(firmware_by_its_short_key),
        cmocka_unit_test(good_images),
        cmocka_unit_test(old_qcow_images),
        cmocka_unit_test(images_of_another_format),
        cmocka_unit_test(images_that_xen_cannot_use),
        cmocka_unit_test(what_a_raw_disk_looks_like),
        cmocka_unit_test(missing_disks),
        cmocka_unit_test(scripts_of_disks),
        cmocka_unit_test(bridges),
        cmocka_unit_test(switches_and_routes),
        cmocka_unit_test(a_device_that_is_no_bridge),
        cmocka_unit_test(shared_folders),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
