/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of the host's hardware that a guest is given. */
#include "config/build.h"
#include "config/keys.h"

static const struct key_choice passthroughs[] = {
    { "default", LIBXL_PASSTHROUGH_DEFAULT, "enabled where a device is given" },
    { "disabled", LIBXL_PASSTHROUGH_DISABLED, NULL },
    { "enabled", LIBXL_PASSTHROUGH_ENABLED, "the IOMMU's tables chosen by Xen" },
    { "sync_pt", LIBXL_PASSTHROUGH_SYNC_PT, "the IOMMU has tables of its own" },
    { "share_pt", LIBXL_PASSTHROUGH_SHARE_PT, "the IOMMU uses the guest's tables" },
    { NULL, 0, NULL },
};

static const struct key_choice policies[] = {
    { "strict", LIBXL_RDM_RESERVE_POLICY_STRICT, "a conflict stops the guest" },
    { "relaxed", LIBXL_RDM_RESERVE_POLICY_RELAXED, "a conflict is a warning" },
    { NULL, 0, NULL },
};

static const struct key_choice strategies[] = {
    { "host", LIBXL_RDM_RESERVE_STRATEGY_HOST, "reserve what the host's devices need" },
    { NULL, 0, NULL },
};

#define PCI(path) PART_FLAG(libxl_device_pci, path)

static const struct config_key pci_parts[] = {
    { "bdf", FORM_OTHER, .form_text = "a PCI address such as 0000:03:00.0 or 03:00.*",
      .field = "domain, bus, dev, func, vfunc_mask", .since = "4.15",
      .meaning = "the device; first when given without its name", .example = "bdf=03:00.0" },
    { "vslot", FORM_OTHER, .form_text = "a hexadecimal number up to 1f", .field = "vdevfn",
      .since = "4.1", .fallback = "a free one", .meaning = "the slot that the guest sees it in",
      .example = "vslot=5" },
    { "permissive", FORM_BOOL, .since = "4.1", .fallback = "pci_permissive",
      .meaning = "let the guest write all of its configuration space", .example = "permissive=1",
      PCI(permissive) },
    { "msitranslate", FORM_BOOL, .since = "4.0", .fallback = "pci_msitranslate",
      .meaning = "turn its message interrupts into line interrupts", .example = "msitranslate=1",
      PCI(msitranslate) },
    { "seize", FORM_BOOL, .since = "4.5", .fallback = "pci_seize",
      .meaning = "take it from the host's driver", .example = "seize=1", PCI(seize) },
    { "power_mgmt", FORM_BOOL, .since = "4.0", .fallback = "pci_power_mgmt",
      .meaning = "let the guest manage its power", .example = "power_mgmt=1", PCI(power_mgmt) },
    { "rdm_policy", FORM_CHOICE, .choices = policies, .any_case = true, .since = "4.6",
      .fallback = "rdm's", .meaning = "what a conflict over its reserved memory means",
      .example = "rdm_policy=strict",
      PART_CHOICE(libxl_device_pci, rdm_policy, libxl_rdm_reserve_policy) },
    { "name", FORM_TEXT, .since = "4.15",
      .meaning = "the name from pci-assignable-add, instead of bdf", .example = "name=gpu",
      PART_TEXT(libxl_device_pci, name) },
    { .name = NULL },
};

static const struct config_key rdm_parts[] = {
    { "strategy", FORM_CHOICE, .choices = strategies, .since = "4.6", .fallback = "ignore",
      .meaning = "whose reserved memory is left alone", .example = "strategy=host",
      PART_CHOICE(libxl_rdm_reserve, strategy, libxl_rdm_reserve_strategy) },
    { "policy", FORM_CHOICE, .choices = policies, .any_case = true, .since = "4.6",
      .fallback = "strict", .meaning = "what a conflict means", .example = "policy=relaxed",
      PART_CHOICE(libxl_rdm_reserve, policy, libxl_rdm_reserve_policy) },
    { .name = NULL },
};

#define PV_HVM (GUEST_PV | GUEST_HVM)

#define PCI_DEFAULT(key, which, first, text)                                                       \
    {                                                                                              \
        key, FORM_BOOL, .guests = which, .since = first, .fallback = "0", .meaning = text,         \
                        .example = key " = 1", .field = "pcidevs", .build = build_pcis             \
    }

const struct config_key keys_passthrough[] = {
    { "passthrough", FORM_CHOICE, .choices = passthroughs, .any_case = true, .guests = GUEST_ALL,
      .since = "4.13", .fallback = "enabled where a device is given",
      .meaning = "whether the guest can be given devices, and how",
      .example = "passthrough = \"enabled\"", KEY_CHOICE(c_info.passthrough, libxl_passthrough) },
    { "pci", FORM_SPECS, .form_text = "a list of PCI devices", .guests = PV_HVM, .since = "4.0",
      .field = "pcidevs", .meaning = "PCI devices of the host for the guest",
      .example = "pci = [ \"0000:03:00.0,permissive=1\" ]", .parts = pci_parts,
      .build = build_pcis },
    PCI_DEFAULT("pci_permissive", PV_HVM, "4.2", "permissive for all devices of pci"),
    PCI_DEFAULT("pci_msitranslate", GUEST_HVM, "4.0", "msitranslate for all devices of pci"),
    PCI_DEFAULT("pci_seize", PV_HVM, "4.5", "seize for all devices of pci"),
    PCI_DEFAULT("pci_power_mgmt", GUEST_HVM, "4.0", "power_mgmt for all devices of pci"),
    { "e820_host", FORM_BOOL, .guests = GUEST_PV, .since = "4.2", .fallback = "1 with pci, else 0",
      .meaning = "the guest sees the host's memory map", .example = "e820_host = 1",
      KEY_BOOL(b_info.u.pv.e820_host), .only = GUEST_PV },
    { "rdm", FORM_TEXT, .form_text = "\"strategy=host,policy=strict\"", .guests = GUEST_HVM,
      .since = "4.6", .field = "b_info.u.hvm.rdm",
      .meaning = "what to do about memory that devices have reserved",
      .example = "rdm = \"strategy=host,policy=relaxed\"", .parts = rdm_parts,
      .build = build_pcis },
    { "rdm_mem_boundary", FORM_MIB, .guests = GUEST_HVM, .since = "4.6", .fallback = "2048",
      .meaning = "below it memory may move up for reserved ranges",
      .example = "rdm_mem_boundary = 2048", HVM_KIB(rdm_mem_boundary_memkb) },
    { "dtdev", FORM_LIST, .form_text = "a list of paths in the device tree", .guests = GUEST_ARM,
      .since = "4.6", .field = "dtdevs", .meaning = "devices of the host's device tree",
      .example = "dtdev = [ \"/soc/gpu@1000\" ]", .build = build_dtdevs },
    { "ioports", FORM_LIST, .form_text = "a list of hexadecimal ports or ranges A-B",
      .guests = GUEST_ALL, .since = "4.2", .field = "b_info.ioports",
      .meaning = "I/O ports that the guest may use", .example = "ioports = [ \"2f8-2ff\" ]",
      .build = build_ranges },
    { "irqs", FORM_LIST, .form_text = "a list of numbers", .guests = GUEST_ALL | GUEST_ARM,
      .since = "4.2", .field = "b_info.irqs", .meaning = "interrupts that the guest may use",
      .example = "irqs = [ 5, 7 ]", .build = build_ranges },
    { "iomem", FORM_LIST, .form_text = "a list of hexadecimal START,NUMBER[@GFN] in pages",
      .guests = GUEST_ALL | GUEST_ARM, .since = "4.3", .field = "b_info.iomem",
      .meaning = "memory of devices that the guest may use", .example = "iomem = [ \"fd000,40\" ]",
      .build = build_ranges },
    { .name = NULL },
};
