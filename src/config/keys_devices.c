/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of the smaller paravirtual devices. */
#include "config/build.h"
#include "config/keys.h"

#include <xen/io/kbdif.h>
#include <xen/io/sndif.h>

#define A_DOMAIN FORM_TEXT, .form_text = "a domain", .fallback = "domain 0"
#define BACKEND(type, first)                                                                       \
    {                                                                                              \
        "backend", A_DOMAIN, .since = first, .meaning = "the domain that serves it",               \
                             .example = "backend=driver", PART_TEXT(type, backend_domname)         \
    }

#define VFB libxl_device_vfb

static const struct config_key vfb_parts[] = {
    { "vnc", FORM_BOOL, .since = "4.0", .fallback = "1", .meaning = "show the screen by VNC",
      .example = "vnc=1", PART_BOOL(VFB, vnc.enable) },
    { "vnclisten", FORM_TEXT, .since = "4.0", .fallback = "127.0.0.1",
      .meaning = "the address that VNC listens on", .example = "vnclisten=127.0.0.1",
      PART_TEXT(VFB, vnc.listen) },
    { "vncpasswd", FORM_TEXT, .since = "4.0", .meaning = "the password for VNC",
      .example = "vncpasswd=secret", PART_TEXT(VFB, vnc.passwd) },
    { "vncdisplay", FORM_NUMBER, .since = "4.0", .fallback = "0", .meaning = "the VNC display",
      .example = "vncdisplay=5", PART_INT(VFB, vnc.display) },
    { "vncunused", FORM_BOOL, .since = "4.0", .fallback = "1",
      .meaning = "take the next free VNC display", .example = "vncunused=1",
      PART_BOOL(VFB, vnc.findunused) },
    { "keymap", FORM_TEXT, .since = "4.0", .fallback = "en-us",
      .meaning = "the layout of the keyboard", .example = "keymap=de", PART_TEXT(VFB, keymap) },
    { "sdl", FORM_BOOL, .since = "4.0", .fallback = "0",
      .meaning = "show the screen in a window on the host", .example = "sdl=0",
      PART_BOOL(VFB, sdl.enable) },
    { "opengl", FORM_BOOL, .since = "4.0", .fallback = "0", .meaning = "let that window use OpenGL",
      .example = "opengl=0", PART_BOOL(VFB, sdl.opengl) },
    { "display", FORM_TEXT, .since = "4.0", .meaning = "the X display of that window",
      .example = "display=:0", PART_TEXT(VFB, sdl.display) },
    { "xauthority", FORM_TEXT, .since = "4.0", .meaning = "the X authority file for that window",
      .example = "xauthority=/root/.Xauthority", PART_TEXT(VFB, sdl.xauthority) },
    { .name = NULL },
};

static const struct key_choice vkb_backends[] = {
    { "qemu", LIBXL_VKB_BACKEND_QEMU, NULL },
    { "linux", LIBXL_VKB_BACKEND_LINUX, NULL },
    { NULL, 0, NULL },
};

#define VKB libxl_device_vkb

static const struct config_key vkb_parts[] = {
    BACKEND(VKB, "4.12"),
    { "backend-type", FORM_CHOICE, .choices = vkb_backends, .any_case = true, .since = "4.12",
      .meaning = "what serves it", .example = "backend-type=linux",
      PART_CHOICE(VKB, backend_type, libxl_vkb_backend) },
    { XENKBD_FIELD_UNIQUE_ID, FORM_TEXT, .since = "4.12", .meaning = "its name for the backend",
      .example = "unique-id=kbd0", PART_TEXT(VKB, unique_id) },
    { XENKBD_FIELD_FEAT_DSBL_KEYBRD, FORM_BOOL, .since = "4.12", .fallback = "0",
      .meaning = "no keyboard", .example = "feature-disable-keyboard=1",
      PART_FLAG(VKB, feature_disable_keyboard) },
    { XENKBD_FIELD_FEAT_DSBL_POINTER, FORM_BOOL, .since = "4.12", .fallback = "0",
      .meaning = "no mouse", .example = "feature-disable-pointer=1",
      PART_FLAG(VKB, feature_disable_pointer) },
    { XENKBD_FIELD_FEAT_ABS_POINTER, FORM_BOOL, .since = "4.12", .fallback = "0",
      .meaning = "the mouse reports absolute positions", .example = "feature-abs-pointer=1",
      PART_FLAG(VKB, feature_abs_pointer) },
    { XENKBD_FIELD_FEAT_RAW_POINTER, FORM_BOOL, .since = "4.12", .fallback = "0",
      .meaning = "the absolute positions are not scaled", .example = "feature-raw-pointer=1",
      PART_FLAG(VKB, feature_raw_pointer) },
    { XENKBD_FIELD_FEAT_MTOUCH, FORM_BOOL, .since = "4.12", .fallback = "1 with multi-touch sizes",
      .meaning = "a touch screen", .example = "feature-multi-touch=1",
      PART_FLAG(VKB, feature_multi_touch) },
    { XENKBD_FIELD_MT_WIDTH, FORM_NUMBER, .since = "4.12", .fallback = "0",
      .meaning = "the width of the touch screen", .example = "multi-touch-width=1920",
      PART_UINT(VKB, multi_touch_width) },
    { XENKBD_FIELD_MT_HEIGHT, FORM_NUMBER, .since = "4.12", .fallback = "0",
      .meaning = "the height of the touch screen", .example = "multi-touch-height=1080",
      PART_UINT(VKB, multi_touch_height) },
    { XENKBD_FIELD_MT_NUM_CONTACTS, FORM_NUMBER, .since = "4.12", .fallback = "0",
      .meaning = "how many touches are seen at a time", .example = "multi-touch-num-contacts=10",
      PART_UINT(VKB, multi_touch_num_contacts) },
    { XENKBD_FIELD_WIDTH, FORM_NUMBER, .since = "4.12", .fallback = "0",
      .meaning = "the width for absolute positions", .example = "width=1920",
      PART_UINT(VKB, width) },
    { XENKBD_FIELD_HEIGHT, FORM_NUMBER, .since = "4.12", .fallback = "0",
      .meaning = "the height for absolute positions", .example = "height=1080",
      PART_UINT(VKB, height) },
    { .name = NULL },
};

static const struct config_key vtpm_parts[] = {
    { "backend", FORM_TEXT, .form_text = "a domain", .since = "4.3",
      .meaning = "the domain that serves it", .example = "backend=vtpmmgr",
      PART_TEXT(libxl_device_vtpm, backend_domname) },
    { "uuid", FORM_OTHER, .form_text = "a UUID", .field = "uuid", .since = "4.3",
      .fallback = "a random one", .meaning = "its UUID, by which its state is found",
      .example = "uuid=01234567-89ab-cdef-0123-456789abcdef" },
    { .name = NULL },
};

static const struct config_key pvcalls_parts[] = {
    BACKEND(libxl_device_pvcallsif, "4.11"),
    { .name = NULL },
};

static const struct config_key vdispl_parts[] = {
    BACKEND(libxl_device_vdispl, "4.10"),
    { "be-alloc", FORM_BOOL, .since = "4.10", .fallback = "0",
      .meaning = "the backend allocates the buffers", .example = "be-alloc=1",
      PART_FLAG(libxl_device_vdispl, be_alloc) },
    { "connectors", FORM_OTHER, .form_text = "ID:WIDTHxHEIGHT, separated by ';'",
      .field = "connectors", .since = "4.10", .meaning = "its screens",
      .example = "connectors=id0:1920x1080;id1:800x600" },
    { .name = NULL },
};

static const struct config_key vsnd_parts[] = {
    { "backend", A_DOMAIN, .field = "backend_domname", .since = "4.12",
      .meaning = "of CARD: the domain that serves it", .example = "backend=driver" },
    { XENSND_FIELD_VCARD_SHORT_NAME, FORM_TEXT, .field = "short_name", .since = "4.12",
      .meaning = "of CARD: its short name", .example = "short-name=Main" },
    { XENSND_FIELD_VCARD_LONG_NAME, FORM_TEXT, .field = "long_name", .since = "4.12",
      .meaning = "of CARD: its long name", .example = "long-name=Main card" },
    { XENSND_FIELD_DEVICE_NAME, FORM_TEXT, .field = "pcms[].name", .since = "4.12",
      .meaning = "of PCM: its name", .example = "name=dev1" },
    { XENSND_FIELD_STREAM_UNIQUE_ID, FORM_TEXT, .field = "pcms[].streams[].unique_id",
      .since = "4.12", .meaning = "of STREAM: its name for the backend",
      .example = "unique-id=alsa0" },
    { XENSND_FIELD_TYPE, FORM_OTHER, .form_text = "p (playback) or c (capture)",
      .field = "pcms[].streams[].type", .since = "4.12", .meaning = "of STREAM: its direction",
      .example = "type=p" },
    { XENSND_FIELD_SAMPLE_RATES, FORM_OTHER, .form_text = "numbers, separated by ';'",
      .field = "params.sample_rates", .since = "4.12", .meaning = "the sample rates",
      .example = "sample-rates=44100;48000" },
    { XENSND_FIELD_SAMPLE_FORMATS, FORM_OTHER, .form_text = "formats, separated by ';'",
      .field = "params.sample_formats", .since = "4.12", .meaning = "the sample formats",
      .example = "sample-formats=s16_le;s32_le" },
    { XENSND_FIELD_CHANNELS_MIN, FORM_NUMBER, .field = "params.channels_min", .since = "4.12",
      .meaning = "the fewest channels", .example = "channels-min=1" },
    { XENSND_FIELD_CHANNELS_MAX, FORM_NUMBER, .field = "params.channels_max", .since = "4.12",
      .meaning = "the most channels", .example = "channels-max=2" },
    { XENSND_FIELD_BUFFER_SIZE, FORM_NUMBER, .field = "params.buffer_size", .since = "4.12",
      .meaning = "the size of the buffer in bytes", .example = "buffer-size=65536" },
    { .name = NULL },
};

static const struct key_choice connections[] = {
    { "pty", LIBXL_CHANNEL_CONNECTION_PTY, "a pseudoterminal" },
    { "socket", LIBXL_CHANNEL_CONNECTION_SOCKET, "a socket at path" },
    { NULL, 0, NULL },
};

static const struct config_key channel_parts[] = {
    BACKEND(libxl_device_channel, "4.5"),
    { "name", FORM_TEXT, .since = "4.5", .meaning = "its name, which both sides know",
      .example = "name=org.example.agent", PART_TEXT(libxl_device_channel, name) },
    { "connection", FORM_CHOICE, .choices = connections, .field = "connection", .since = "4.5",
      .meaning = "what it leads to on the host", .example = "connection=pty" },
    { "path", FORM_TEXT, .field = "u.socket.path", .since = "4.5",
      .meaning = "the path of the socket", .example = "path=/run/agent.sock" },
    { .name = NULL },
};

static const struct key_choice usbctrl_types[] = {
    { "auto", LIBXL_USBCTRL_TYPE_AUTO, NULL },
    { "pv", LIBXL_USBCTRL_TYPE_PV, "served by the host's kernel" },
    { "qusb", LIBXL_USBCTRL_TYPE_QUSB, "paravirtual, served by QEMU" },
    { "devicemodel", LIBXL_USBCTRL_TYPE_DEVICEMODEL, "emulated by QEMU" },
    { NULL, 0, NULL },
};

static const struct config_key usbctrl_parts[] = {
    { "type", FORM_CHOICE, .choices = usbctrl_types, .any_case = true, .since = "4.7",
      .fallback = "auto", .meaning = "what serves it", .example = "type=devicemodel",
      PART_CHOICE(libxl_device_usbctrl, type, libxl_usbctrl_type) },
    { "version", FORM_NUMBER, .form_text = "1, 2 or 3", .since = "4.7", .fallback = "2", .min = 0,
      .max = 3, .meaning = "its USB version", .example = "version=2",
      PART_INT(libxl_device_usbctrl, version) },
    { "ports", FORM_NUMBER, .form_text = "a number up to 31", .since = "4.7", .fallback = "8",
      .min = 0, .max = 31, .meaning = "how many devices it can have", .example = "ports=8",
      PART_INT(libxl_device_usbctrl, ports) },
    { .name = NULL },
};

static const struct key_choice usbdev_types[] = {
    { "hostdev", LIBXL_USBDEV_TYPE_HOSTDEV, "a device of the host" },
    { NULL, 0, NULL },
};

static const struct config_key usbdev_parts[] = {
    { "type", FORM_CHOICE, .choices = usbdev_types, .any_case = true, .since = "4.7",
      .fallback = "hostdev", .meaning = "what kind of device", .example = "type=hostdev",
      PART_CHOICE(libxl_device_usbdev, type, libxl_usbdev_type) },
    { "hostbus", FORM_NUMBER, .since = "4.7", .max = 255, .meaning = "the host's bus that it is on",
      .example = "hostbus=1", PART_BYTE(libxl_device_usbdev, u.hostdev.hostbus) },
    { "hostaddr", FORM_NUMBER, .since = "4.7", .max = 255, .meaning = "its address on that bus",
      .example = "hostaddr=3", PART_BYTE(libxl_device_usbdev, u.hostdev.hostaddr) },
    { "controller", FORM_NUMBER, .since = "4.7", .fallback = "one with a free port",
      .meaning = "the guest's controller, counted from 0", .example = "controller=0",
      PART_INT(libxl_device_usbdev, ctrl) },
    { "port", FORM_NUMBER, .since = "4.7", .fallback = "a free one", .min = 0, .max = 31,
      .meaning = "the port of that controller", .example = "port=1",
      PART_INT(libxl_device_usbdev, port) },
    { .name = NULL },
};

#ifdef LIBXL_HAVE_BUILDINFO_HVM_SMBIOS /* virtio came with the same release, without a mark */
#define VIRTIO_TEXT(path) PART_TEXT(libxl_device_virtio, path)
#define VIRTIO_GRANTS     PART_BOOL(libxl_device_virtio, grant_usage)
#define VIRTIO            .build = build_virtios
#else
#define VIRTIO_TEXT(path) KEY_UNAVAILABLE
#define VIRTIO_GRANTS     KEY_UNAVAILABLE
#define VIRTIO            KEY_UNAVAILABLE
#endif

static const struct config_key virtio_parts[] = {
    { "backend", A_DOMAIN, .since = "4.18", .meaning = "the domain that serves it",
      .example = "backend=driver", VIRTIO_TEXT(backend_domname) },
    { "type", FORM_TEXT, .since = "4.18", .meaning = "the kind of device",
      .example = "type=virtio,device22", VIRTIO_TEXT(type) },
    { "transport", FORM_OTHER, .form_text = "mmio", .field = "transport", .since = "4.18",
      .fallback = "mmio", .meaning = "how the guest finds it", .example = "transport=mmio" },
    { "grant_usage", FORM_BOOL, .since = "4.18", .fallback = "1 unless domain 0 serves it",
      .meaning = "whether it uses grants", .example = "grant_usage=1", VIRTIO_GRANTS },
    { .name = NULL },
};

#define DEVICES(key, path, which, first, text, sample, the_parts, builder)                         \
    {                                                                                              \
        key, FORM_SPECS, .form_text = "a list of \"key=value,...\"", .guests = which,              \
                         .since = first, .field = path, .meaning = text, .example = sample,        \
                         .parts = the_parts, .build = builder                                      \
    }

const struct config_key keys_devices[] = {
    DEVICES("vfb", "vfbs, vkbs", GUEST_PV | GUEST_PVH, "4.0", "virtual framebuffers",
            "vfb = [ \"vnc=1,vnclisten=127.0.0.1\" ]", vfb_parts, build_vfbs),
    DEVICES("vkb", "vkbs", GUEST_ALL, "4.12", "virtual keyboards and mice",
            "vkb = [ \"backend-type=linux,unique-id=kbd0\" ]", vkb_parts, build_vkbs),
    DEVICES("vtpm", "vtpms", GUEST_ALL, "4.3", "virtual TPMs", "vtpm = [ \"backend=vtpmmgr\" ]",
            vtpm_parts, build_vtpms),
    DEVICES("pvcalls", "pvcallsifs", GUEST_ALL, "4.11", "sockets of another domain",
            "pvcalls = [ \"backend=driver\" ]", pvcalls_parts, build_pvcalls),
    DEVICES("vdispl", "vdispls", GUEST_ALL, "4.10", "virtual displays",
            "vdispl = [ \"connectors=id0:1920x1080\" ]", vdispl_parts, build_vdispls),
    { "vsnd", FORM_GROUPS,
      .form_text = "a list of cards, each a list of \"CARD|PCM|STREAM, key=value\"",
      .guests = GUEST_ALL, .since = "4.12", .field = "vsnds", .meaning = "virtual sound cards",
      .example = "vsnd = [ [ \"CARD, short-name=Main\", \"PCM, name=dev1\", \"STREAM, type=p\" ] ]",
      .parts = vsnd_parts, .build = build_vsnds },
    DEVICES("channel", "channels", GUEST_ALL, "4.5", "byte channels between guest and host",
            "channel = [ \"connection=pty,name=org.example.agent\" ]", channel_parts,
            build_channels),
    DEVICES("usbctrl", "usbctrls", GUEST_ALL, "4.7", "USB controllers",
            "usbctrl = [ \"type=devicemodel,version=2,ports=8\" ]", usbctrl_parts, build_usbs),
    DEVICES("usbdev", "usbdevs", GUEST_ALL, "4.7", "USB devices of the host",
            "usbdev = [ \"hostbus=1,hostaddr=3\" ]", usbdev_parts, build_usbs),
    { "virtio", FORM_SPECS, .form_text = "a list of \"key=value,...\"", .guests = GUEST_ARM,
      .since = "4.18", .field = "virtios", .meaning = "virtio devices",
      .example = "virtio = [ \"type=virtio,device22,transport=mmio\" ]", .parts = virtio_parts,
      VIRTIO },
    { .name = NULL },
};
