/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of guests on Arm. */
#include "config/build.h"
#include "config/keys.h"

static const struct key_choice vuarts[] = {
    { "sbsa_uart", LIBXL_VUART_TYPE_SBSA_UART, NULL },
    { NULL, 0, NULL },
};

static const struct key_choice gics[] = {
    { "default", LIBXL_GIC_VERSION_DEFAULT, "as the host's" },
    { "v2", LIBXL_GIC_VERSION_V2, NULL },
    { "v3", LIBXL_GIC_VERSION_V3, NULL },
    { NULL, 0, NULL },
};

static const struct key_choice tees[] = {
    { "none", LIBXL_TEE_TYPE_NONE, NULL },
    { "optee", LIBXL_TEE_TYPE_OPTEE, NULL },
#ifdef LIBXL_HAVE_BUILDINFO_ARCH_ARM_TEE_FFA
    { "ffa", LIBXL_TEE_TYPE_FFA, NULL },
#endif
    { NULL, 0, NULL },
};

#ifdef LIBXL_HAVE_BUILDINFO_ARCH_ARM_SVE_VL
#define SVE .build = build_sve
#else
#define SVE KEY_UNAVAILABLE
#endif
#ifdef LIBXL_HAVE_BUILDINFO_ARCH_NR_SPIS
#define NR_SPIS KEY_UINT(b_info.arch_arm.nr_spis)
#else
#define NR_SPIS KEY_UNAVAILABLE
#endif
#ifdef LIBXL_HAVE_BUILDINFO_LLC_COLORS
#define LLC_COLORS .build = build_llc_colors
#else
#define LLC_COLORS KEY_UNAVAILABLE
#endif
#ifdef LIBXL_HAVE_TRAP_UNMAPPED_ACCESSES
#define TRAP KEY_BOOL(b_info.trap_unmapped_accesses)
#else
#define TRAP KEY_UNAVAILABLE
#endif
#ifdef LIBXL_HAVE_BUILDINFO_ARCH_ARM_SCI
#define SCI .build = build_arm_sci
#else
#define SCI KEY_UNAVAILABLE
#endif

const struct config_key keys_arm[] = {
    { "device_tree", FORM_TEXT, .guests = GUEST_ARM, .since = "4.6",
      .meaning = "a partial device tree for the guest",
      .example = "device_tree = \"/boot/guest.dtb\"", KEY_TEXT(b_info.device_tree) },
    { "vuart", FORM_CHOICE, .choices = vuarts, .any_case = true, .guests = GUEST_ARM,
      .since = "4.10", .fallback = "none", .meaning = "an emulated serial port",
      .example = "vuart = \"sbsa_uart\"", KEY_CHOICE(b_info.arch_arm.vuart, libxl_vuart_type) },
    { "gic_version", FORM_CHOICE, .choices = gics, .any_case = true, .guests = GUEST_ARM,
      .since = "4.6", .fallback = "default", .meaning = "the version of the interrupt controller",
      .example = "gic_version = \"v3\"",
      KEY_CHOICE(b_info.arch_arm.gic_version, libxl_gic_version) },
    { "tee", FORM_CHOICE, .choices = tees, .any_case = true, .guests = GUEST_ARM, .since = "4.13",
      .fallback = "none", .meaning = "the trusted execution environment that the guest may use",
      .example = "tee = \"optee\"", KEY_CHOICE(b_info.tee, libxl_tee_type) },
    { "vpmu", FORM_BOOL, .guests = GUEST_ARM, .since = "4.16", .fallback = "0",
      .meaning = "let the guest use the performance monitor", .example = "vpmu = 1",
      KEY_BOOL(b_info.vpmu) },
    { "sve", FORM_OTHER, .form_text = "disabled, 128, 256 and so on to 2048, or hw",
      .guests = GUEST_ARM, .since = "4.18", .fallback = "disabled",
      .meaning = "the length of the guest's SVE vectors", .example = "sve = \"hw\"", SVE },
    { "nr_spis", FORM_NUMBER, .guests = GUEST_ARM, .since = "4.19", .fallback = "as needed",
      .meaning = "how many shared interrupts the guest has", .example = "nr_spis = 64", NR_SPIS },
    { "llc_colors", FORM_LIST, .form_text = "a list of numbers or ranges A-B", .guests = GUEST_ARM,
      .since = "4.20", .fallback = "all",
      .meaning = "the colours of the last cache that the guest uses",
      .example = "llc_colors = [ \"0-3\" ]", LLC_COLORS },
    { "trap_unmapped_accesses", FORM_BOOL, .guests = GUEST_ARM, .since = "4.21", .fallback = "1",
      .meaning = "the guest gets a fault where there is no memory",
      .example = "trap_unmapped_accesses = 0", TRAP },
    { "arm_sci", FORM_TEXT, .form_text = "\"type=none\" or \"type=scmi_smc\"", .guests = GUEST_ARM,
      .since = "4.21", .fallback = "none",
      .meaning = "the firmware interface that the guest may use",
      .example = "arm_sci = \"type=scmi_smc\"", SCI },
    { .name = NULL },
};
