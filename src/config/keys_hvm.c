/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of the hardware that a guest sees. */
#include "config/build.h"
#include "config/keys.h"

const struct key_choice tsc_modes[] = {
    { "default", LIBXL_TSC_MODE_DEFAULT, "native where that is safe" },
    { "always_emulate", LIBXL_TSC_MODE_ALWAYS_EMULATE, "Xen answers every read" },
    { "native", LIBXL_TSC_MODE_NATIVE, "the CPU answers" },
    { "native_paravirt", LIBXL_TSC_MODE_NATIVE_PARAVIRT, "the CPU answers and the guest adjusts" },
    { NULL, 0, NULL },
};

const struct key_choice timer_modes[] = {
    { "delay_for_missed_ticks", LIBXL_TIMER_MODE_DELAY_FOR_MISSED_TICKS,
      "time stands still while the guest does not run" },
    { "no_delay_for_missed_ticks", LIBXL_TIMER_MODE_NO_DELAY_FOR_MISSED_TICKS,
      "time goes on, missed ticks come late" },
    { "no_missed_ticks_pending", LIBXL_TIMER_MODE_NO_MISSED_TICKS_PENDING,
      "time goes on, missed ticks are lost" },
    { "one_missed_tick_pending", LIBXL_TIMER_MODE_ONE_MISSED_TICK_PENDING,
      "time goes on, missed ticks become one" },
    { NULL, 0, NULL },
};

const struct key_choice altp2m_modes[] = {
    { "disabled", LIBXL_ALTP2M_MODE_DISABLED, NULL },
    { "mixed", LIBXL_ALTP2M_MODE_MIXED, "for the guest and for tools outside" },
    { "external", LIBXL_ALTP2M_MODE_EXTERNAL, "for tools outside" },
    { "limited", LIBXL_ALTP2M_MODE_LIMITED, "for the guest, as far as it needs" },
    { NULL, 0, NULL },
};

const struct key_choice viridian_groups[] = {
    { "base", LIBXL_VIRIDIAN_ENLIGHTENMENT_BASE, NULL },
    { "freq", LIBXL_VIRIDIAN_ENLIGHTENMENT_FREQ, NULL },
    { "time_ref_count", LIBXL_VIRIDIAN_ENLIGHTENMENT_TIME_REF_COUNT, NULL },
    { "reference_tsc", LIBXL_VIRIDIAN_ENLIGHTENMENT_REFERENCE_TSC, NULL },
    { "hcall_remote_tlb_flush", LIBXL_VIRIDIAN_ENLIGHTENMENT_HCALL_REMOTE_TLB_FLUSH, NULL },
    { "apic_assist", LIBXL_VIRIDIAN_ENLIGHTENMENT_APIC_ASSIST, NULL },
    { "crash_ctl", LIBXL_VIRIDIAN_ENLIGHTENMENT_CRASH_CTL, NULL },
    { "synic", LIBXL_VIRIDIAN_ENLIGHTENMENT_SYNIC, NULL },
    { "stimer", LIBXL_VIRIDIAN_ENLIGHTENMENT_STIMER, NULL },
    { "hcall_ipi", LIBXL_VIRIDIAN_ENLIGHTENMENT_HCALL_IPI, NULL },
    { "ex_processor_masks", LIBXL_VIRIDIAN_ENLIGHTENMENT_EX_PROCESSOR_MASKS, NULL },
    { "no_vp_limit", LIBXL_VIRIDIAN_ENLIGHTENMENT_NO_VP_LIMIT, NULL },
    { "cpu_hotplug", LIBXL_VIRIDIAN_ENLIGHTENMENT_CPU_HOTPLUG, NULL },
    { NULL, 0, NULL },
};

static const struct key_choice hdtypes[] = {
    { "ide", LIBXL_HDTYPE_IDE, NULL },
    { "ahci", LIBXL_HDTYPE_AHCI, NULL },
    { NULL, 0, NULL },
};

static const struct key_choice vendor_devices[] = {
    { "none", LIBXL_VENDOR_DEVICE_NONE, NULL },
    { "xenserver", LIBXL_VENDOR_DEVICE_XENSERVER, "lets Windows Update bring drivers" },
    { NULL, 0, NULL },
};

#ifdef LIBXL_HAVE_BUILDINFO_HVM_SMBIOS
#define SMBIOS .build = build_smbios
#else
#define SMBIOS KEY_UNAVAILABLE
#endif
#ifdef LIBXL_HAVE_HVM_PIRQ
#define PIRQ HVM_BOOL(pirq)
#else
#define PIRQ KEY_UNAVAILABLE
#endif
#ifdef LIBXL_HAVE_ALTP2M_COUNT
#define ALTP2M_COUNT .build = build_altp2m
#else
#define ALTP2M_COUNT KEY_UNAVAILABLE
#endif
#ifdef LIBXL_HAVE_XEN_PLATFORM_PCI_BAR_UC
#define BAR_UC HVM_BOOL(xen_platform_pci_bar_uc)
#else
#define BAR_UC KEY_UNAVAILABLE
#endif

#define PVH_HVM (GUEST_PVH | GUEST_HVM)
/* The MMIO hole ends at 4 GiB and is at least 256 MiB. */
#define HOLE_MIN 256
#define HOLE_MAX 3840

#define HVM_SWITCH(key, path, standard, first, text)                                               \
    {                                                                                              \
        key, FORM_BOOL, .guests = GUEST_HVM, .since = first, .fallback = standard,                 \
                        .meaning = text, .example = key " = 1", HVM_BOOL(path)                     \
    }

const struct config_key keys_hvm[] = {
    { "hap", FORM_BOOL, .guests = PVH_HVM, .since = "4.1", .fallback = "1 where the host has it",
      .meaning = "let the CPU translate the guest's addresses", .example = "hap = 1",
      KEY_BOOL(c_info.hap) },
    { "oos", FORM_BOOL, .guests = PVH_HVM, .since = "4.1", .fallback = "1",
      .meaning = "shadow page tables may be out of sync for a while", .example = "oos = 1",
      KEY_BOOL(c_info.oos) },
    { "acpi", FORM_BOOL, .guests = PVH_HVM | GUEST_ARM, .since = "4.0", .fallback = "1, on Arm 0",
      .meaning = "give the guest ACPI tables", .example = "acpi = 1", KEY_BOOL(b_info.acpi) },
    HVM_SWITCH("pae", pae, "1", "4.0", "let the guest use physical address extension"),
    HVM_SWITCH("acpi_s3", acpi_s3, "1", "4.2", "offer suspend to memory by ACPI"),
    HVM_SWITCH("acpi_s4", acpi_s4, "1", "4.2", "offer suspend to disk by ACPI"),
    HVM_SWITCH("acpi_laptop_slate", acpi_laptop_slate, "0", "4.9",
               "offer the switch between laptop and tablet by ACPI"),
    { "apic", FORM_BOOL, .guests = GUEST_HVM, .since = "4.0", .fallback = "1",
      .meaning = "describe the APIC in the guest's tables", .example = "apic = 1",
      KEY_BOOL(b_info.apic), .only = GUEST_HVM },
    HVM_SWITCH("nx", nx, "1", "4.0", "let the guest make memory non-executable"),
    HVM_SWITCH("hpet", hpet, "1", "4.1", "emulate the high precision event timer"),
    HVM_SWITCH("vpt_align", vpt_align, "1", "4.1", "let the timers of the guest tick together"),
    { "timer_mode", FORM_TEXT, .choices = timer_modes, .any_case = true, .refused_elsewhere = true,
      .guests = PVH_HVM, .since = "4.1", .field = "b_info.timer_mode",
      .fallback = "no_delay_for_missed_ticks",
      .meaning = "what becomes of timer ticks while the guest does not run",
      .example = "timer_mode = \"no_missed_ticks_pending\"", .build = build_timers },
    { "tsc_mode", FORM_TEXT, .choices = tsc_modes, .any_case = true, .guests = GUEST_X86,
      .since = "4.1", .field = "b_info.tsc_mode", .fallback = "default",
      .meaning = "how the guest's time stamp counter works", .example = "tsc_mode = \"native\"",
      .build = build_timers },
    { "rtc_timeoffset", FORM_NUMBER, .form_text = "a number of seconds", .guests = GUEST_ALL,
      .since = "4.2", .fallback = "0", .min = -2147483647, .max = 4294967295,
      .meaning = "how far the guest's clock is ahead of UTC", .example = "rtc_timeoffset = 3600",
      KEY_UINT(b_info.rtc_timeoffset) },
    { "localtime", FORM_BOOL, .guests = GUEST_ALL, .since = "4.2", .fallback = "0",
      .meaning = "the guest's clock shows the host's local time", .example = "localtime = 1",
      KEY_BOOL(b_info.localtime) },
    { "nestedhvm", FORM_BOOL, .guests = PVH_HVM, .since = "4.2", .fallback = "0",
      .meaning = "let the guest be a hypervisor itself", .example = "nestedhvm = 1",
      KEY_BOOL(b_info.nested_hvm) },
    { "altp2m", FORM_TEXT, .choices = altp2m_modes, .any_case = true, .guests = PVH_HVM,
      .since = "4.9", .field = "b_info.altp2m", .fallback = "disabled",
      .meaning = "who may use several views of the guest's memory",
      .example = "altp2m = \"external\"", .build = build_altp2m },
    { "altp2mhvm", FORM_BOOL, .guests = GUEST_HVM, .since = "4.6", .fallback = "0",
      .replaced_by = "'altp2m'", .meaning = "the old way to switch altp2m on",
      .example = "altp2mhvm = 1", HVM_BOOL(altp2m) },
    { "altp2m_count", FORM_NUMBER, .guests = GUEST_HVM, .since = "4.21", .fallback = "10",
      .max = 65535, .meaning = "how many views of its memory the guest may have",
      .example = "altp2m_count = 10", ALTP2M_COUNT },
    { "viridian", FORM_OTHER,
      .form_text = "0 or 1, or a list of groups such as [ \"defaults\", \"!crash_ctl\" ]",
      .choices = viridian_groups, .guests = GUEST_HVM, .since = "4.0",
      .field = "b_info.u.hvm.viridian, viridian_enable, viridian_disable", .fallback = "0",
      .meaning = "the Hyper-V interfaces that Windows uses", .example = "viridian = 1",
      .build = build_viridian },
    { "mmio_hole", FORM_MIB, .guests = GUEST_HVM, .since = "4.5", .fallback = "as needed",
      .min = HOLE_MIN, .max = HOLE_MAX, .meaning = "the space below 4 GiB kept for devices",
      .example = "mmio_hole = 2048", HVM_KIB(mmio_hole_memkb) },
    { "ms_vm_genid", FORM_TEXT, .form_text = "\"generate\" or \"none\"", .guests = GUEST_HVM,
      .since = "4.5", .field = "b_info.u.hvm.ms_vm_genid", .fallback = "none",
      .meaning = "an identifier that tells Windows that it was copied or restored",
      .example = "ms_vm_genid = \"generate\"", .build = build_genid },
    { "smbios_firmware", FORM_TEXT, .guests = GUEST_HVM, .since = "4.3",
      .meaning = "a file with additional SMBIOS structures",
      .example = "smbios_firmware = \"/etc/xen/smbios.bin\"", HVM_TEXT(smbios_firmware) },
    { "acpi_firmware", FORM_TEXT, .guests = GUEST_HVM, .since = "4.3",
      .meaning = "a file with additional ACPI tables",
      .example = "acpi_firmware = \"/etc/xen/acpi.bin\"", HVM_TEXT(acpi_firmware) },
    { "smbios", FORM_LIST, .form_text = "a list of \"type=text\"", .guests = GUEST_HVM,
      .since = "4.18", .meaning = "texts of the guest's SMBIOS tables",
      .example = "smbios = [ \"bios_vendor=Xen\" ]", SMBIOS },
    { "mca_caps", FORM_LIST, .form_text = "a list of \"lmce\"", .guests = GUEST_HVM,
      .since = "4.10", .field = "b_info.u.hvm.mca_caps",
      .meaning = "machine check features to offer", .example = "mca_caps = [ \"lmce\" ]",
      .build = build_mca },
    { "msr_relaxed", FORM_BOOL, .guests = GUEST_X86, .since = "4.15", .fallback = "0",
      .meaning = "do not fault on unknown model-specific registers", .example = "msr_relaxed = 1",
      KEY_BOOL(b_info.arch_x86.msr_relaxed),
      .warning = "it will go away; tell xen-devel@lists.xenproject.org of a guest that needs it" },
    { "cpuid", FORM_TEXT_OR_LIST,
      .form_text = "\"host,flag=value,...\" or a list of \"leaf:register=bits,...\"",
      .guests = GUEST_X86, .since = "4.1", .field = "b_info.cpuid",
      .meaning = "which CPU features the guest sees", .example = "cpuid = \"host,tm=0,sse3=0\"",
      .build = build_cpuid },
    { "hvm_pirq", FORM_BOOL, .guests = GUEST_HVM, .since = "4.19", .fallback = "0",
      .meaning = "let the guest receive emulated interrupts as events", .example = "hvm_pirq = 1",
      PIRQ },
    HVM_SWITCH("xen_platform_pci", xen_platform_pci, "1", "4.1",
               "give the guest the PCI device by which drivers find Xen"),
    { "xen_platform_pci_bar_uc", FORM_BOOL, .guests = GUEST_HVM, .since = "4.21", .fallback = "1",
      .meaning = "the memory of that PCI device is not cached",
      .example = "xen_platform_pci_bar_uc = 1", BAR_UC },
    { "vendor_device", FORM_CHOICE, .choices = vendor_devices, .any_case = true,
      .guests = GUEST_HVM, .since = "4.4", .fallback = "none",
      .meaning = "an additional PCI device of a vendor", .example = "vendor_device = \"none\"",
      HVM_CHOICE(vendor_device, libxl_vendor_device) },
    { "hdtype", FORM_CHOICE, .choices = hdtypes, .any_case = true, .guests = GUEST_HVM,
      .since = "4.6", .fallback = "ide", .meaning = "the bus of the disks called hdX",
      .example = "hdtype = \"ahci\"", HVM_CHOICE(hdtype, libxl_hdtype) },
    { .name = NULL },
};
