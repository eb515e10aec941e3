/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of graphics, keyboard and serial ports. */
#include "config/build.h"
#include "config/keys.h"

#define DISPLAY(key, the_form, text, standard, first, sample)                                      \
    {                                                                                              \
        key, .form = the_form, .meaning = text, .example = sample, .guests = GUEST_PV | GUEST_HVM, \
        .field = "b_info.u.hvm, for PV vfbs", .fallback = standard, .since = first,                \
        .build = build_display,                                                                    \
    }

const struct config_key keys_display[] = {
    DISPLAY("vnc", FORM_BOOL, "show the screen by VNC", "1 for HVM, 0 for PV", "4.0", "vnc = 1"),
    DISPLAY("vnclisten", FORM_TEXT, "the address that VNC listens on, with :DISPLAY behind it if wanted",
            "127.0.0.1", "4.0", "vnclisten = \"127.0.0.1\""),
    DISPLAY("vncdisplay", FORM_NUMBER, "the number of the VNC display; its port is 5900 and that",
            "0", "4.0", "vncdisplay = 5"),
    DISPLAY("vncunused", FORM_BOOL, "take the next free VNC display", "1", "4.0",
            "vncunused = 1"),
    DISPLAY("vncpasswd", FORM_TEXT, "the password for VNC", NULL, "4.1", "vncpasswd = \"secret\""),
    DISPLAY("keymap", FORM_TEXT, "the layout of the keyboard", "en-us", "4.0", "keymap = \"de\""),
    DISPLAY("sdl", FORM_BOOL, "show the screen in a window on the host", "0", "4.0", "sdl = 1"),
    DISPLAY("opengl", FORM_BOOL, "let SDL use OpenGL", "0", "4.0", "opengl = 0"),
    DISPLAY("display", FORM_TEXT, "the X display that SDL uses", NULL, "4.0", "display = \":0\""),
    DISPLAY("xauthority", FORM_TEXT, "the X authority file that SDL uses", NULL, "4.0",
            "xauthority = \"/root/.Xauthority\""),
    {
        "serial",
        .form = FORM_TEXT_OR_LIST,
        .meaning = "where the emulated serial ports lead",
        .example = "serial = \"pty\"",
        .guests = GUEST_HVM,
        .field = "b_info.u.hvm.serial, serial_list",
        .since = "4.0",
        .build = build_serial,
    },
    { .name = NULL },
};
