/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual framebuffers, keyboards and mice, and USB: lists of "key=value,...". */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/spec.h"

static libxl_device_vkb *add_vkb(struct build *build)
{
    libxl_domain_config *config = build->config;
    libxl_device_vkb *vkb = EXTEND(config->vkbs, config->num_vkbs);

    libxl_device_vkb_init(vkb);
    vkb->devid = device_number(build, config->num_vkbs);
    return vkb;
}

/* Each comes with a keyboard and a mouse. */
void build_vfbs(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "vfb", &setting);

    for (size_t i = 0; i < count; i++) {
        libxl_device_vfb *vfb = EXTEND(config->vfbs, config->num_vfbs);

        libxl_device_vfb_init(vfb);
        vfb->devid = device_number(build, config->num_vfbs);
        add_vkb(build);
        build_parts(build, setting->key, &setting->value.items[i], SPEC_IGNORE_UNKNOWN, vfb, NULL);
    }
}

static void build_vkb(struct build *build, const struct setting *setting,
                      const struct setting_value *item)
{
    libxl_device_vkb *vkb = add_vkb(build);
    bool sizes;

    build_parts(build, setting->key, item, 0, vkb, NULL);
    if (vkb->backend_type == LIBXL_VKB_BACKEND_UNKNOWN)
        report_missing_part(build, setting->key, item, "backend-type");
    sizes = vkb->multi_touch_width || vkb->multi_touch_height || vkb->multi_touch_num_contacts;
    if (vkb->feature_multi_touch && !sizes)
        report_missing_part(build, setting->key, item, "multi-touch-width");
    vkb->feature_multi_touch |= sizes;
}

void build_vkbs(struct build *build)
{
    const struct setting *setting;
    size_t count = spec_count(build, "vkb", &setting);

    for (size_t i = 0; i < count; i++)
        build_vkb(build, setting, &setting->value.items[i]);
}

static void build_usbctrls(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "usbctrl", &setting);

    for (size_t i = 0; i < count; i++) {
        libxl_device_usbctrl *device = EXTEND(config->usbctrls, config->num_usbctrls);

        libxl_device_usbctrl_init(device);
        device->devid = device_number(build, config->num_usbctrls);
        build_parts(build, setting->key, &setting->value.items[i], 0, device, NULL);
    }
}

/* A file may leave it open, and a guest is made without the device; usbdev-attach may not. */
static void check_host_address(struct build *build, const struct config_key *key,
                               const struct setting_value *item, const libxl_device_usbdev *device)
{
    if (!device->u.hostdev.hostbus)
        report_missing_part(build, key, item, "hostbus");
    if (!device->u.hostdev.hostaddr)
        report_missing_part(build, key, item, "hostaddr");
}

/* xl leaves the type open when it is not given and so loses the device's address. */
static void build_usbdevs(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "usbdev", &setting), errors;

    for (size_t i = 0; i < count; i++) {
        libxl_device_usbdev *device = EXTEND(config->usbdevs, config->num_usbdevs);

        errors = build->diagnostics->errors;
        libxl_device_usbdev_init(device);
        libxl_device_usbdev_init_type(device, LIBXL_USBDEV_TYPE_HOSTDEV);
        build_parts(build, setting->key, &setting->value.items[i], 0, device, NULL);
        if (build->single && build->diagnostics->errors == errors)
            check_host_address(build, setting->key, &setting->value.items[i], device);
    }
}

void build_usbs(struct build *build)
{
    build_usbctrls(build);
    build_usbdevs(build);
}
