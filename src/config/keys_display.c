/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of graphics, sound, keyboard, emulated USB and serial ports. */
#include "config/build.h"
#include "config/keys.h"

static const struct key_choice vgas[] = {
    { "stdvga", LIBXL_VGA_INTERFACE_TYPE_STD, "VESA with large modes" },
    { "cirrus", LIBXL_VGA_INTERFACE_TYPE_CIRRUS, "an old card that everything knows" },
    { "none", LIBXL_VGA_INTERFACE_TYPE_NONE, "no card" },
    { "qxl", LIBXL_VGA_INTERFACE_TYPE_QXL, "the card for SPICE" },
    { NULL, 0, NULL },
};

const struct key_choice gfx_kinds[] = {
    { "default", LIBXL_GFX_PASSTHRU_KIND_DEFAULT, "found out from the card" },
    { "igd", LIBXL_GFX_PASSTHRU_KIND_IGD, "Intel's integrated graphics" },
    { NULL, 0, NULL },
};

#define BOTH (GUEST_PV | GUEST_HVM)

/* For HVM the emulated card's, for PV the first virtual framebuffer's. */
#define SCREEN(key, the_form, path, first, standard, text, sample)                                 \
    {                                                                                              \
        key, the_form, .guests = BOTH, .since = first, .fallback = standard, .meaning = text,      \
                       .example = sample, .field = "b_info.u.hvm." path ", for PV vfbs[0]." path,  \
                       .build = build_display                                                      \
    }

#define SPICE(key, the_form, first, standard, text, sample, bound)                                 \
    {                                                                                              \
        key, the_form, .guests = GUEST_HVM, .since = first, .fallback = standard, .meaning = text, \
                       .example = sample, bound                                                    \
    }

const struct config_key keys_display[] = {
    SCREEN("vnc", FORM_BOOL, "vnc.enable", "4.0", "1 for HVM, 0 for PV", "show the screen by VNC",
           "vnc = 1"),
    SCREEN("vnclisten", FORM_TEXT, "vnc.listen", "4.0", "127.0.0.1",
           "the address that VNC listens on, :DISPLAY may follow", "vnclisten = \"127.0.0.1\""),
    SCREEN("vncdisplay", FORM_NUMBER, "vnc.display", "4.0", "0",
           "the VNC display, which is port 5900 and that", "vncdisplay = 5"),
    SCREEN("vncunused", FORM_BOOL, "vnc.findunused", "4.0", "1", "take the next free VNC display",
           "vncunused = 1"),
    SCREEN("vncpasswd", FORM_TEXT, "vnc.passwd", "4.1", NULL, "the password for VNC",
           "vncpasswd = \"secret\""),
    SCREEN("keymap", FORM_TEXT, "keymap", "4.0", "en-us", "the layout of the keyboard",
           "keymap = \"de\""),
    SCREEN("sdl", FORM_BOOL, "sdl.enable", "4.0", "0", "show the screen in a window on the host",
           "sdl = 1"),
    SCREEN("opengl", FORM_BOOL, "sdl.opengl", "4.0", "0", "let that window use OpenGL",
           "opengl = 0"),
    SCREEN("display", FORM_TEXT, "sdl.display", "4.0", NULL, "the X display of that window",
           "display = \":0\""),
    SCREEN("xauthority", FORM_TEXT, "sdl.xauthority", "4.0", NULL,
           "the X authority file for that window", "xauthority = \"/root/.Xauthority\""),
    { "vncviewer", FORM_NUMBER, .guests = GUEST_ALL, .since = "4.1", .ignored = true,
      .replaced_by = "'create -V'", .meaning = "once started a VNC viewer",
      .example = "vncviewer = 1", .field = "none" },
    { "videoram", FORM_MIB, .guests = GUEST_HVM, .since = "4.0",
      .fallback = "8 for cirrus, 16 for stdvga, 128 for qxl",
      .meaning = "the memory of the emulated graphics card", .example = "videoram = 16",
      KEY_KIB(b_info.video_memkb) },
    { "vga", FORM_CHOICE, .choices = vgas, .guests = GUEST_HVM, .since = "4.3",
      .fallback = "cirrus", .meaning = "the emulated graphics card", .example = "vga = \"stdvga\"",
      HVM_CHOICE(vga.kind, libxl_vga_interface_type) },
    { "stdvga", FORM_BOOL, .guests = GUEST_HVM, .since = "4.0", .field = "b_info.u.hvm.vga.kind",
      .replaced_by = "'vga'", .meaning = "the old way to choose vga stdvga or cirrus",
      .example = "stdvga = 1", .build = build_vga },
    { "nographic", FORM_BOOL, .guests = GUEST_HVM, .since = "4.0", .fallback = "0",
      .meaning = "no graphics at all", .example = "nographic = 1", HVM_BOOL(nographic) },
    { "gfx_passthru", FORM_OTHER, .form_text = "0 or 1, \"default\" or \"igd\"",
      .guests = GUEST_HVM, .since = "4.1", .field = "b_info.u.hvm.gfx_passthru, gfx_passthru_kind",
      .fallback = "0", .meaning = "the guest's first graphics card is one of the host's",
      .example = "gfx_passthru = \"igd\"", .build = build_vga },
    SPICE("spice", FORM_BOOL, "4.2", "0", "show the screen by SPICE", "spice = 1",
          HVM_BOOL(spice.enable)),
    SPICE("spiceport", FORM_NUMBER, "4.2", "0, none", "the port of SPICE", "spiceport = 6000",
          HVM_INT(spice.port)),
    SPICE("spicetls_port", FORM_NUMBER, "4.2", "0, none", "the encrypted port of SPICE",
          "spicetls_port = 6001", HVM_INT(spice.tls_port)),
    SPICE("spicehost", FORM_TEXT, "4.2", "any", "the address that SPICE listens on",
          "spicehost = \"127.0.0.1\"", HVM_TEXT(spice.host)),
    SPICE("spicedisable_ticketing", FORM_BOOL, "4.2", "0", "let SPICE clients in without password",
          "spicedisable_ticketing = 0", HVM_BOOL(spice.disable_ticketing)),
    SPICE("spicepasswd", FORM_TEXT, "4.2", NULL, "the password for SPICE",
          "spicepasswd = \"secret\"", HVM_TEXT(spice.passwd)),
    SPICE("spiceagent_mouse", FORM_BOOL, "4.2", "1", "the mouse of the SPICE client moves freely",
          "spiceagent_mouse = 1", HVM_BOOL(spice.agent_mouse)),
    SPICE("spicevdagent", FORM_BOOL, "4.4", "0", "talk to the SPICE agent in the guest",
          "spicevdagent = 1", HVM_BOOL(spice.vdagent)),
    SPICE("spice_clipboard_sharing", FORM_BOOL, "4.4", "0", "share the clipboard by SPICE",
          "spice_clipboard_sharing = 1", HVM_BOOL(spice.clipboard_sharing)),
    SPICE("spiceusbredirection", FORM_NUMBER, "4.4", "0",
          "how many USB devices of the SPICE client the guest can use", "spiceusbredirection = 4",
          HVM_INT(spice.usbredirection)),
    { "spice_image_compression", FORM_TEXT, .form_text = "auto_glz, auto_lz, quic, glz, lz or off",
      .guests = GUEST_HVM, .since = "4.6", .fallback = "QEMU's",
      .meaning = "how SPICE compresses pictures",
      .example = "spice_image_compression = \"auto_glz\"", HVM_TEXT(spice.image_compression) },
    { "spice_streaming_video", FORM_TEXT, .form_text = "filter, all or off", .guests = GUEST_HVM,
      .since = "4.6", .fallback = "QEMU's", .meaning = "what SPICE sends as a video stream",
      .example = "spice_streaming_video = \"filter\"", HVM_TEXT(spice.streaming_video) },
    { "serial", FORM_TEXT_OR_LIST, .guests = GUEST_HVM, .since = "4.0",
      .field = "b_info.u.hvm.serial, serial_list",
      .meaning = "where the emulated serial ports lead", .example = "serial = \"pty\"",
      .build = build_serial },
    { "soundhw", FORM_TEXT, .guests = GUEST_HVM, .since = "4.1", .fallback = "none",
      .meaning = "the emulated sound card", .example = "soundhw = \"ac97\"", HVM_TEXT(soundhw) },
    { "vkb_device", FORM_BOOL, .guests = GUEST_HVM, .since = "4.13", .fallback = "1",
      .meaning = "give the guest a paravirtual keyboard and mouse", .example = "vkb_device = 0",
      HVM_BOOL(vkb_device) },
    { "usb", FORM_BOOL, .guests = GUEST_HVM, .since = "4.0", .fallback = "0",
      .meaning = "emulate a USB controller for usbdevice", .example = "usb = 1", HVM_BOOL(usb) },
    { "usbversion", FORM_NUMBER, .form_text = "1, 2 or 3", .guests = GUEST_HVM, .since = "4.4",
      .fallback = "none", .min = 0, .max = 3, .meaning = "emulate a USB controller of that version",
      .example = "usbversion = 2", HVM_INT(usbversion) },
    { "usbdevice", FORM_TEXT_OR_LIST, .guests = GUEST_HVM, .since = "4.0",
      .field = "b_info.u.hvm.usbdevice, usbdevice_list", .meaning = "emulated USB devices",
      .example = "usbdevice = [ \"tablet\" ]", .build = build_serial },
    { .name = NULL },
};
