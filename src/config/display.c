/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Graphics consoles: VNC and SDL of HVM guests, and the virtual framebuffer of PV guests. */
#include "config/build.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "config/bind.h"
#include "config/keys.h"

static void set_text(struct build *build, const char *name, char **field)
{
    const char *text;

    if (build_text(build, name, &text))
        replace_text(field, text);
}

static void set_bool(struct build *build, const char *name, libxl_defbool *field)
{
    long number;

    if (build_number(build, name, &number))
        libxl_defbool_set(field, number != 0);
}

static void set_vnc(struct build *build, libxl_vnc_info *vnc)
{
    long display;

    set_bool(build, "vnc", &vnc->enable);
    set_text(build, "vnclisten", &vnc->listen);
    set_text(build, "vncpasswd", &vnc->passwd);
    set_bool(build, "vncunused", &vnc->findunused);
    if (build_number(build, "vncdisplay", &display))
        vnc->display = (int)display;
}

static void set_sdl(struct build *build, libxl_sdl_info *sdl)
{
    set_bool(build, "sdl", &sdl->enable);
    set_bool(build, "opengl", &sdl->opengl);
    set_text(build, "display", &sdl->display);
    set_text(build, "xauthority", &sdl->xauthority);
}

/* One framebuffer and the keyboard and mouse that go with it. */
static void add_pv_display(struct build *build)
{
    libxl_domain_config *config = build->config;
    libxl_device_vfb *vfb = EXTEND(config->vfbs, config->num_vfbs);
    libxl_device_vkb *vkb = EXTEND(config->vkbs, config->num_vkbs);

    libxl_device_vfb_init(vfb);
    vfb->devid = device_number(build, config->num_vfbs);
    libxl_device_vkb_init(vkb);
    vkb->devid = device_number(build, config->num_vkbs);
    set_vnc(build, &vfb->vnc);
    set_sdl(build, &vfb->sdl);
    set_text(build, "keymap", &vfb->keymap);
}

static void build_hvm_display(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *display = build_setting(build, "vncdisplay");

    set_vnc(build, &b_info->u.hvm.vnc);
    set_sdl(build, &b_info->u.hvm.sdl);
    set_text(build, "keymap", &b_info->u.hvm.keymap);
    if (b_info->u.hvm.vnc.listen && b_info->u.hvm.vnc.display &&
        strchr(b_info->u.hvm.vnc.listen, ':'))
        build_error(build, "contradiction", &display->place,
                    "the display is both in 'vnclisten' and in 'vncdisplay'");
}

void build_display(struct build *build)
{
    long vnc = 0;

    if (build->config->c_info.type == LIBXL_DOMAIN_TYPE_HVM)
        build_hvm_display(build);
    else if (build->config->c_info.type == LIBXL_DOMAIN_TYPE_PV && !build->config->num_vfbs &&
             build_number(build, "vnc", &vnc) && vnc)
        add_pv_display(build);
}

/* One string, or a list of them: libxl has a field for each way. */
static void set_list_or_text(struct build *build, const char *name, char **text,
                             libxl_string_list *list)
{
    const struct setting *setting = build_setting(build, name);

    if (!setting)
        return;
    if (setting->value.type == SETTING_LIST)
        *list = make_string_list(&setting->value);
    else
        replace_text(text, setting_text(&setting->value));
}

void build_serial(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;

    if (b_info->type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    set_list_or_text(build, "serial", &b_info->u.hvm.serial, &b_info->u.hvm.serial_list);
    set_list_or_text(build, "usbdevice", &b_info->u.hvm.usbdevice, &b_info->u.hvm.usbdevice_list);
}

static void build_gfx_passthru(struct build *build)
{
    const struct setting *setting = build_setting(build, "gfx_passthru");
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct key_choice *kind = NULL;
    const char *text;
    long number;

    if (!setting)
        return;
    text = setting_text(&setting->value);
    for (const struct key_choice *choice = gfx_kinds; choice->text; choice++)
        if (setting->value.type != SETTING_LIST && strcasecmp(choice->text, text) == 0)
            kind = choice;
    if (setting->value.type == SETTING_LIST) {
        build_error(build, "wrong-type", &setting->value.place, "'gfx_passthru' cannot be a list");
    } else if (kind) {
        b_info->u.hvm.gfx_passthru_kind = (libxl_gfx_passthru_kind)kind->value;
        libxl_defbool_set(&b_info->u.hvm.gfx_passthru, true);
    } else if (build_parse_number(build, text, &setting->value.place, "gfx_passthru", LONG_MIN,
                                  LONG_MAX, &number)) {
        libxl_defbool_set(&b_info->u.hvm.gfx_passthru, number != 0);
    }
}

void build_vga(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    long stdvga;

    if (b_info->type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    if (!build_setting(build, "vga") && build_number(build, "stdvga", &stdvga))
        b_info->u.hvm.vga.kind =
            stdvga ? LIBXL_VGA_INTERFACE_TYPE_STD : LIBXL_VGA_INTERFACE_TYPE_CIRRUS;
    build_gfx_passthru(build);
}

void build_model(struct build *build)
{
    const struct setting *path = build_setting(build, "device_model_override");

    if (path && !build_setting(build, "device_model_version"))
        build_warning(build, "incomplete", &path->place,
                      "'device_model_override' is set and 'device_model_version' is not");
}
