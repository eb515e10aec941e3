/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files, images, scripts and bridges that a configuration names; see preflight.h. */
#include "xen/preflight.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#define report_error(view, code, key, index, ...)                                                  \
    config_report((view), SEVERITY_ERROR, (code), (key), (index), __VA_ARGS__)
#define report_warning(view, code, key, index, ...)                                                \
    config_report((view), SEVERITY_WARNING, (code), (key), (index), __VA_ARGS__)

/* What libxl uses where a network interface names none. */
#define DEFAULT_BRIDGE "xenbr0"
#define DEFAULT_SCRIPT "vif-bridge"
/* What vif-route takes. */
#define DEFAULT_GATEWAY "eth0"

static void check_file(const struct config_view *view, const char *key, int index, const char *path,
                       int mode)
{
    struct stat status;

    if (!path || *path != '/') /* libxl looks for it in its own folders */
        return;
    if (stat(path, &status) < 0)
        report_error(view, "no-file", key, index, "'%s': %s", path, strerror(errno));
    else if (S_ISDIR(status.st_mode))
        report_error(view, "no-file", key, index, "'%s' is a directory", path);
    else if (access(path, mode) < 0)
        report_error(view, "no-access", key, index, "'%s': %s", path, strerror(errno));
}

static void check_boot_files(const struct config_view *view, const libxl_domain_config *config)
{
    const libxl_domain_build_info *b_info = &config->b_info;

    check_file(view, "kernel", CONFIG_WHOLE_VALUE, b_info->kernel, R_OK);
    check_file(view, "ramdisk", CONFIG_WHOLE_VALUE, b_info->ramdisk, R_OK);
    check_file(view, "bootloader", CONFIG_WHOLE_VALUE, b_info->bootloader, X_OK);
    check_file(view, "device_model_override", CONFIG_WHOLE_VALUE, b_info->device_model, X_OK);
    if (config->c_info.type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    check_file(view, config_is_set(view, "firmware_override") ? "firmware_override" : "firmware",
               CONFIG_WHOLE_VALUE, b_info->u.hvm.firmware, R_OK);
    check_file(view, "smbios_firmware", CONFIG_WHOLE_VALUE, b_info->u.hvm.smbios_firmware, R_OK);
    check_file(view, "acpi_firmware", CONFIG_WHOLE_VALUE, b_info->u.hvm.acpi_firmware, R_OK);
}

/* The formats that an image tells by its first bytes. */
static const struct {
    const char *magic;
    size_t length;
    libxl_disk_format format; /* UNKNOWN: none that Xen can use */
    const char *name;
} images[] = {
    { "QFI\xfb\0\0\0\1", 8, LIBXL_DISK_FORMAT_QCOW, "qcow" },
    { "QFI\xfb", 4, LIBXL_DISK_FORMAT_QCOW2, "qcow2" },
    { "QED", 4, LIBXL_DISK_FORMAT_QED, "qed" },
    { "conectix", 8, LIBXL_DISK_FORMAT_VHD, "vhd" },
    { "vhdxfile", 8, LIBXL_DISK_FORMAT_UNKNOWN, "vhdx" },
    { "KDMV", 4, LIBXL_DISK_FORMAT_UNKNOWN, "vmdk" },
    { "# Disk DescriptorFile", 21, LIBXL_DISK_FORMAT_UNKNOWN, "vmdk" },
};

#define MAGIC_SIZE 32

/* The index in images; -1: it looks like none of them. */
static int find_image(const char *path)
{
    char start[MAGIC_SIZE] = "";
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = fd < 0 ? -1 : read(fd, start, sizeof(start));

    for (size_t i = 0; i < ARRAY_SIZE(images); i++)
        if (got >= (ssize_t)images[i].length &&
            memcmp(start, images[i].magic, images[i].length) == 0)
            return (int)i;
    return -1;
}

static const char *format_name(libxl_disk_format format)
{
    return format == LIBXL_DISK_FORMAT_UNKNOWN ? "raw" : libxl_disk_format_to_string(format);
}

/* A fixed VHD has its mark at the end; with none at the start it may be one of those. A raw image
 * that looks like another one may be so by the will of a guest that could write to it: guessed is
 * what that is worth. */
static void check_image(const struct config_view *view, int index, const libxl_device_disk *disk,
                        enum severity guessed)
{
    bool raw = disk->format == LIBXL_DISK_FORMAT_RAW || disk->format == LIBXL_DISK_FORMAT_UNKNOWN;
    int image = find_image(disk->pdev_path);

    if (image < 0 && (raw || disk->format == LIBXL_DISK_FORMAT_VHD))
        return;
    if (image >= 0 && images[image].format == disk->format && !raw)
        return;
    if (image < 0)
        report_error(view, "image-format", "disk", index, "'%s' is no %s image", disk->pdev_path,
                     format_name(disk->format));
    else
        diagnostic_hint(config_report(view, raw ? guessed : SEVERITY_ERROR, "image-format", "disk",
                                      index, "'%s' is a %s image, not %s", disk->pdev_path,
                                      images[image].name, format_name(disk->format)),
                        images[image].format == LIBXL_DISK_FORMAT_UNKNOWN
                            ? "qemu-img convert makes one that Xen can use of it"
                            : "write format=%s",
                        images[image].name);
}

static void check_script(const struct config_view *view, const char *key, int index,
                         const char *script)
{
    auto_free char *path =
        *script == '/' ? xstrdup(script) : xasprintf("%s/scripts/%s", XEN_CONFIG_DIR, script);

    check_file(view, key, index, path, X_OK);
}

static void check_disk(const struct config_view *view, int index, const libxl_device_disk *disk,
                       enum severity guessed)
{
    struct stat status;
    int mode = R_OK | (disk->readwrite ? W_OK : 0);

    if (disk->backend_domname)
        return;
    if (disk->script) {
        check_script(view, "disk", index, disk->script);
        return;
    }
    if (disk->format == LIBXL_DISK_FORMAT_EMPTY || !disk->pdev_path || !*disk->pdev_path)
        return;
    check_file(view, "disk", index, disk->pdev_path, mode);
    if (*disk->pdev_path != '/' || access(disk->pdev_path, R_OK) < 0 ||
        stat(disk->pdev_path, &status) < 0)
        return;
    if (S_ISREG(status.st_mode) || S_ISBLK(status.st_mode))
        check_image(view, index, disk, guessed);
    else if (!S_ISDIR(status.st_mode))
        report_error(view, "no-file", "disk", index, "'%s' is neither a file nor a block device",
                     disk->pdev_path);
}

/* What a name of the network holds under /sys; a name with a slash is none. */
static bool is_network_device(const char *name, const char *what)
{
    auto_free char *path = xasprintf("/sys/class/net/%s%s", name, what);

    return !strchr(name, '/') && access(path, F_OK) == 0;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* vif-bridge takes eth0 for xenbr0 where the bridge is called so, as it was long ago. */
static bool is_old_bridge(const char *bridge)
{
    auto_free char *name = starts_with(bridge, "xenbr") ? xasprintf("eth%s", bridge + 5) : NULL;

    return name && is_network_device(name, "/bridge");
}

static struct diagnostic *report_no_bridge(const struct config_view *view, int index,
                                           const char *bridge)
{
    return report_error(view, "no-bridge", "vif", index, "there is no bridge '%s' on this host",
                        bridge);
}

static void check_bridge(const struct config_view *view, int index, const char *bridge)
{
    if (is_network_device(bridge, "/bridge") || is_old_bridge(bridge))
        return;
    if (is_network_device(bridge, ""))
        report_error(view, "no-bridge", "vif", index, "'%s' is a network device, but no bridge",
                     bridge);
    else
        diagnostic_hint(report_no_bridge(view, index, bridge),
                        "'ip link add %s type bridge' makes one until the next boot", bridge);
}

/* NAME[.VLAN][:TRUNK...]; a bridge of Open vSwitch has a device of its name. */
static void check_switch(const struct config_view *view, int index, const char *text)
{
    auto_free char *bridge = xstrndup(text, strcspn(text, ".:"));

    if (!is_network_device(bridge, ""))
        diagnostic_hint(report_no_bridge(view, index, bridge), "'ovs-vsctl add-br %s' makes one",
                        bridge);
}

static void check_route(const struct config_view *view, int index, const char *device)
{
    if (!is_network_device(device, ""))
        diagnostic_hint(report_error(view, "no-device", "vif", index,
                                     "there is no network device '%s' on this host", device),
                        "vif-route leads through it; gatewaydev= names another one");
}

static void check_nic(const struct config_view *view, int index, const libxl_device_nic *nic)
{
    const char *script = nic->script ? nic->script : DEFAULT_SCRIPT;
    const char *bridge = nic->bridge ? nic->bridge : DEFAULT_BRIDGE;

    if (nic->backend_domname)
        return;
    check_script(view, "vif", index, script);
    script = last_part(script);
    if (strcmp(script, DEFAULT_SCRIPT) == 0)
        check_bridge(view, index, bridge);
    else if (strcmp(script, "vif-openvswitch") == 0)
        check_switch(view, index, bridge);
    else if (strcmp(script, "vif-route") == 0)
        check_route(view, index, nic->gatewaydev ? nic->gatewaydev : DEFAULT_GATEWAY);
}

static void check_folder(const struct config_view *view, const char *key, int index,
                         const char *path)
{
    struct stat status;

    if (!path)
        return;
    if (stat(path, &status) < 0)
        report_error(view, "no-file", key, index, "'%s': %s", path, strerror(errno));
    else if (!S_ISDIR(status.st_mode))
        report_error(view, "no-file", key, index, "'%s' is no directory", path);
}

void xen_preflight_files(const struct config_view *view)
{
    const libxl_domain_config *config = config_view_get(view);

    check_boot_files(view, config);
    for (int i = 0; i < config->num_disks; i++)
        check_disk(view, i, &config->disks[i], SEVERITY_ERROR);
    for (int i = 0; i < config->num_nics; i++)
        check_nic(view, i, &config->nics[i]);
    for (int i = 0; i < config->num_p9s; i++)
        check_folder(view, "p9", i, config->p9s[i].path);
}

void xen_preflight_device_files(const struct config_view *view)
{
    const libxl_domain_config *config = config_view_get(view);

    for (int i = 0; i < config->num_disks; i++)
        check_disk(view, i, &config->disks[i], SEVERITY_WARNING);
    for (int i = 0; i < config->num_nics; i++)
        check_nic(view, i, &config->nics[i]);
}
