/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys that say what the guest boots. */
#include "config/build.h"
#include "config/keys.h"

static const struct key_choice bioses[] = {
    { "seabios", LIBXL_BIOS_TYPE_SEABIOS, "the usual PC BIOS" },
    { "rombios", LIBXL_BIOS_TYPE_ROMBIOS, "the BIOS of the old device model" },
    { "ovmf", LIBXL_BIOS_TYPE_OVMF, "UEFI" },
    { NULL, 0, NULL },
};

#ifdef LIBXL_HAVE_BOOTLOADER_RESTRICT
#define RESTRICT KEY_BOOL(b_info.bootloader_restrict)
#define USER     KEY_TEXT(b_info.bootloader_user)
#else
#define RESTRICT KEY_UNAVAILABLE
#define USER     KEY_UNAVAILABLE
#endif

#define PV_PVH (GUEST_PV | GUEST_PVH)

const struct config_key keys_boot[] = {
    { "kernel", FORM_TEXT, .guests = GUEST_ALL, .since = "4.0",
      .meaning = "the kernel to boot, a file of the host", .example = "kernel = \"/boot/vmlinuz\"",
      KEY_TEXT(b_info.kernel), .build = build_boot },
    { "ramdisk", FORM_TEXT, .guests = GUEST_ALL, .since = "4.0",
      .meaning = "the initial ramdisk that goes with the kernel",
      .example = "ramdisk = \"/boot/initrd.img\"", KEY_TEXT(b_info.ramdisk) },
    { "cmdline", FORM_TEXT, .guests = GUEST_ALL, .since = "4.0", .field = "b_info.cmdline",
      .fallback = "made of root and extra", .meaning = "the whole command line of the kernel",
      .example = "cmdline = \"root=/dev/xvda1 ro console=hvc0\"", .build = build_boot },
    { "root", FORM_TEXT, .guests = GUEST_ALL, .since = "4.0", .field = "b_info.cmdline",
      .meaning = "the root device in the kernel's command line", .example = "root = \"/dev/xvda1\"",
      .build = build_boot },
    { "extra", FORM_TEXT, .guests = GUEST_ALL, .since = "4.1", .field = "b_info.cmdline",
      .meaning = "words for the end of the kernel's command line",
      .example = "extra = \"console=hvc0\"", .build = build_boot },
    { "bootloader", FORM_TEXT, .guests = PV_PVH, .since = "4.1",
      .meaning = "a program of the host that finds the kernel in the guest's disk",
      .example = "bootloader = \"pygrub\"", KEY_TEXT(b_info.bootloader) },
    { "bootloader_args", FORM_TEXT_OR_LIST, .guests = PV_PVH, .since = "4.1",
      .field = "b_info.bootloader_args", .meaning = "arguments for the bootloader",
      .example = "bootloader_args = [ \"--kernel=vmlinuz\" ]", .build = build_boot },
    { "bootloader_restrict", FORM_BOOL, .guests = PV_PVH, .since = "4.18",
      .fallback = "xl.conf's, else 0", .meaning = "run the bootloader without privileges",
      .example = "bootloader_restrict = 1", RESTRICT },
    { "bootloader_user", FORM_TEXT, .guests = PV_PVH, .since = "4.18",
      .meaning = "the user that a restricted bootloader runs as",
      .example = "bootloader_user = \"nobody\"", USER },
    { "firmware", FORM_TEXT,
      .form_text = "bios, uefi, seabios, rombios, ovmf or a path for HVM; pvgrub32 or pvgrub64",
      .guests = GUEST_ALL, .since = "4.10",
      .field = "b_info.u.hvm.bios or u.hvm.firmware, otherwise b_info.kernel",
      .meaning = "what boots the guest", .example = "firmware = \"uefi\"",
      .build = build_firmware },
    { "firmware_override", FORM_TEXT, .guests = GUEST_HVM, .since = "4.2", .fallback = "hvmloader",
      .meaning = "the program that sets up the guest's firmware",
      .example = "firmware_override = \"/usr/lib/xen/boot/hvmloader\"", HVM_TEXT(firmware) },
    { "bios", FORM_CHOICE, .choices = bioses, .any_case = true, .guests = GUEST_HVM, .since = "4.2",
      .fallback = "seabios; rombios with qemu-xen-traditional", .meaning = "the guest's firmware",
      .example = "bios = \"ovmf\"", HVM_CHOICE(bios, libxl_bios_type) },
    { "bios_path_override", FORM_TEXT, .guests = GUEST_HVM, .since = "4.8",
      .fallback = "the file that belongs to bios", .meaning = "the file with the firmware",
      .example = "bios_path_override = \"/usr/share/ovmf/OVMF.fd\"", HVM_TEXT(system_firmware),
      .build = build_firmware },
    { "boot", FORM_TEXT, .form_text = "letters of c (disk), d (CD-ROM), n (network), a (floppy)",
      .guests = GUEST_HVM, .since = "4.0", .fallback = "cda",
      .meaning = "what the firmware boots from, in this order", .example = "boot = \"dc\"",
      HVM_TEXT(boot) },
    { "pvshim", FORM_BOOL, .guests = GUEST_PVH, .since = "4.11", .fallback = "0",
      .meaning = "run a PV guest inside a PVH one", .example = "pvshim = 1",
      KEY_BOOL(b_info.u.pvh.pvshim), .only = GUEST_PVH },
    { "pvshim_path", FORM_TEXT, .guests = GUEST_PVH, .since = "4.11", .fallback = "xen-shim",
      .meaning = "the hypervisor for pvshim", .example = "pvshim_path = \"/boot/xen-shim\"",
      KEY_TEXT(b_info.u.pvh.pvshim_path), .only = GUEST_PVH },
    { "pvshim_cmdline", FORM_TEXT, .guests = GUEST_PVH, .since = "4.11",
      .fallback = "pv-shim console=xen,pv",
      .meaning = "the command line of the hypervisor of pvshim",
      .example = "pvshim_cmdline = \"pv-shim console=xen,pv\"",
      KEY_TEXT(b_info.u.pvh.pvshim_cmdline), .only = GUEST_PVH },
    { "pvshim_extra", FORM_TEXT, .guests = GUEST_PVH, .since = "4.11",
      .meaning = "words for the end of the command line of pvshim",
      .example = "pvshim_extra = \"loglvl=all\"", KEY_TEXT(b_info.u.pvh.pvshim_extra),
      .only = GUEST_PVH },
    { .name = NULL },
};
