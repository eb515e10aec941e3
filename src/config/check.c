/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is allowed and yet can hardly be meant: duplicates and contradictions. */
#include "config/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vdev.h"

/* More CPUs than this no HVM or PVH guest has up to Xen 4.20. */
#define HVM_VCPUS_MAX 128

/* Something that a device is known by, and the device's place in its list. */
struct identity {
    char text[80];
    const char *name; /* what the user calls it; NULL: text */
    size_t index;
};

static int compare(const void *a, const void *b)
{
    const struct identity *one = a, *other = b;
    int order = strcmp(one->text, other->text);

    return order ? order : (one->index > other->index) - (one->index < other->index);
}

/* Reports each item whose identity another item before it has. Identities of "" are none. */
static void report_twins(struct build *build, const char *name, struct identity *identities,
                         size_t count, enum severity severity, const char *code, const char *what)
{
    const struct setting *setting = build_setting(build, name);

    qsort(identities, count, sizeof(*identities), compare);
    for (size_t i = 1; setting && i < count; i++) {
        size_t index = identities[i].index;

        if (*identities[i].text && strcmp(identities[i].text, identities[i - 1].text) == 0 &&
            index < setting->value.count)
            diagnose(build->diagnostics, severity, code, &setting->value.items[index].place,
                     "%s '%s'", what, identities[i].name ? identities[i].name : identities[i].text);
    }
}

static void check_vdevs(struct build *build)
{
    const libxl_domain_config *config = build->config;
    size_t count = (size_t)config->num_disks;
    auto_free struct identity *identities = xcalloc(count, sizeof(*identities));

    for (size_t i = 0; i < count; i++) {
        const char *vdev = config->disks[i].vdev ? config->disks[i].vdev : "";
        long number = vdev_number(vdev);

        identities[i].index = i;
        if (number >= 0)
            snprintf(identities[i].text, sizeof(identities[i].text), "%ld", number);
        identities[i].name = vdev;
    }
    report_twins(build, "disk", identities, count, SEVERITY_ERROR, "duplicate-vdev",
                 "there is another disk");
}

static void check_macs(struct build *build)
{
    static const libxl_mac none;
    const libxl_domain_config *config = build->config;
    size_t count = (size_t)config->num_nics;
    auto_free struct identity *identities = xcalloc(count, sizeof(*identities));

    for (size_t i = 0; i < count; i++) {
        const uint8_t *mac = config->nics[i].mac;

        identities[i].index = i;
        if (memcmp(mac, none, sizeof(none)) != 0)
            snprintf(identities[i].text, sizeof(identities[i].text), LIBXL_MAC_FMT,
                     LIBXL_MAC_BYTES(mac));
    }
    report_twins(build, "vif", identities, count, SEVERITY_WARNING, "duplicate-mac",
                 "another network interface has the MAC address");
}

static void check_pcis(struct build *build)
{
    const libxl_domain_config *config = build->config;
    size_t count = (size_t)config->num_pcidevs;
    auto_free struct identity *identities = xcalloc(count, sizeof(*identities));

    for (size_t i = 0; i < count; i++) {
        const libxl_device_pci *pci = &config->pcidevs[i];

        identities[i].index = i;
        if (pci->name)
            snprintf(identities[i].text, sizeof(identities[i].text), "%s", pci->name);
        else if (pci->vfunc_mask) /* it has an address */
            snprintf(identities[i].text, sizeof(identities[i].text), "%04x:%02x:%02x.%x",
                     (unsigned)pci->domain, pci->bus, pci->dev, pci->func);
    }
    report_twins(build, "pci", identities, count, SEVERITY_ERROR, "duplicate-pci",
                 "the list has another entry for");
}

static void check_vnc(struct build *build)
{
    static const char *const keys[] = { "vncpasswd", "vnclisten", "vncdisplay" };
    long vnc = build->config->c_info.type == LIBXL_DOMAIN_TYPE_HVM, display, unused;
    const struct setting *setting;

    build_number(build, "vnc", &vnc);
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        setting = build_setting(build, keys[i]);
        if (setting && !vnc && build_setting(build, "vnc"))
            build_warning(build, "contradiction", &setting->place, "'%s' is set and 'vnc' is 0",
                          keys[i]);
    }
    setting = build_setting(build, "vncdisplay");
    if (setting && build_number(build, "vncdisplay", &display) && display &&
        build_number(build, "vncunused", &unused) && unused)
        build_warning(build, "contradiction", &setting->place,
                      "'vncdisplay' is only where the search for a free display begins, because "
                      "'vncunused' is set");
}

static void check_vcpus(struct build *build)
{
    const libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *setting = build_setting(build, "maxvcpus");

    if (!setting)
        setting = build_setting(build, "vcpus");
    if (setting && b_info->type != LIBXL_DOMAIN_TYPE_PV && b_info->max_vcpus > HVM_VCPUS_MAX)
        build_warning(build, "out-of-range", &setting->value.place, "%s can have %d CPUs at most",
                      guest_noun(b_info->type), HVM_VCPUS_MAX);
}

static void check_spice(struct build *build)
{
    const libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *setting = build_setting(build, "spice");

    if (!setting || b_info->type != LIBXL_DOMAIN_TYPE_HVM ||
        !libxl_defbool_val(b_info->u.hvm.spice.enable))
        return;
    if (!b_info->u.hvm.spice.port && !b_info->u.hvm.spice.tls_port)
        diagnostic_hint(build_warning(build, "incomplete", &setting->place, "'spice' has no port"),
                        "set 'spiceport' or 'spicetls_port'");
}

static void check_boot_letters(struct build *build)
{
    const struct setting *setting = build_setting(build, "boot");
    const char *text = setting ? setting_text(&setting->value) : "";
    size_t good = strspn(text, "acdn");

    if (text[good])
        diagnostic_hint(build_warning(build, "unknown-value", &setting->value.place,
                                      "'%c' is no boot device", text[good]),
                        "the letters are c (disk), d (CD-ROM), n (network) and a (floppy)");
}

/* Warns at the first key, when it is there, of what libxl will not accept together. */
static void warn_refused(struct build *build, bool together, const char *first, const char *what)
{
    const struct setting *setting = together ? build_setting(build, first) : NULL;

    if (setting)
        build_warning(build, "contradiction", &setting->place, "libxl will refuse '%s' %s", first,
                      what);
}

static void check_together(struct build *build)
{
    const libxl_domain_config *config = build->config;
    const libxl_domain_build_info *b_info = &config->b_info;
    long usb = 0, nested = 0;
    bool grows;

    if (b_info->type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    build_number(build, "usb", &usb);
    build_number(build, "nestedhvm", &nested);
    grows = b_info->target_memkb != LIBXL_MEMKB_DEFAULT && b_info->max_memkb > b_info->target_memkb;
    warn_refused(build, !b_info->kernel, "ramdisk", "without 'kernel'");
    warn_refused(build, b_info->u.hvm.usbversion && (usb || build_setting(build, "usbdevice")),
                 "usbversion", "together with 'usb' or 'usbdevice'");
    warn_refused(build, nested && b_info->altp2m, "nestedhvm", "together with 'altp2m'");
    warn_refused(build, grows && config->num_pcidevs, "pci",
                 "where 'maxmem' is more than 'memory'");
}

void build_check(struct build *build)
{
    check_together(build);
    check_vdevs(build);
    check_macs(build);
    check_pcis(build);
    check_vnc(build);
    check_vcpus(build);
    check_spice(build);
    check_boot_letters(build);
}
