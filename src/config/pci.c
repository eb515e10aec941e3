/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PCI devices of the host: "0000:03:00.0@5,permissive=1" or "name=gpu", and reserved memory. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pci_address.h"
#include "config/spec.h"

static void set_vslot(struct build *build, const struct place *place, const char *text,
                      libxl_device_pci *pci)
{
    unsigned long slot;

    if (parse_unsigned(text, strlen(text), 16, 0x1f, &slot))
        pci->vdevfn = (uint32_t)slot << 3;
    else
        diagnostic_hint(build_error(build, "bad-spec", place, "'%s' is no slot", text),
                        "slots are hexadecimal, from 0 to 1f");
}

static void set_bdf(struct build *build, const struct place *place, const char *text,
                    libxl_device_pci *pci)
{
    struct pci_address address;

    if (!pci_address_parse(text, &address)) {
        diagnostic_hint(build_error(build, "bad-spec", place, "'%s' is no PCI address", text),
                        "an example is 0000:03:00.0");
        return;
    }
    pci->domain = (int)address.segment;
    pci->bus = (uint8_t)address.bus;
    pci->dev = (uint8_t)address.slot;
    pci->func = (uint8_t)address.function;
    pci->vfunc_mask = address.all_functions ? LIBXL_PCI_FUNC_ALL : 1;
}

static void set_special(struct build *build, const struct config_key *part,
                        const struct spec_word *word, void *device)
{
    const char *value = word->value ? word->value : "";

    if (strcmp(part->name, "bdf") == 0)
        set_bdf(build, &word->value_place, value, device);
    else
        set_vslot(build, &word->value_place, value, device);
}

/* The positional form: an address first, with @SLOT behind it if wanted. */
static void set_first_word(struct build *build, const struct spec_word *word, libxl_device_pci *pci)
{
    auto_free char *bdf = xstrdup(word->name);
    char *at = strchr(bdf, '@');

    if (at)
        *at++ = '\0';
    set_bdf(build, &word->place, bdf, pci);
    if (at)
        set_vslot(build, &word->place, at, pci);
}

struct pci_defaults {
    long msitranslate, power_mgmt, permissive, seize;
};

/* Whether the device is named in exactly one of the two ways. */
static void check_identity(struct build *build, const struct setting_value *item, bool bdf,
                           bool name)
{
    if (bdf && name)
        build_error(build, "contradiction", &item->place,
                    "a PCI device has both an address and a name");
    else if (!bdf && !name)
        diagnostic_hint(build_error(build, "missing-part", &item->place,
                                    "a PCI device has neither an address nor a name"),
                        "an example is 0000:03:00.0");
}

static void read_words(struct build *build, const struct setting *setting,
                       const struct setting_value *item, libxl_device_pci *pci)
{
    struct spec spec = { .item = item };
    bool bdf = false, name = false;

    while (spec_next(&spec)) {
        bool first = !bdf && !name && !spec.word.value;

        if (first)
            set_first_word(build, &spec.word, pci);
        else
            build_part(build, setting->key, &spec.word, 0, pci, set_special);
        bdf |= first || strcmp(spec.word.name, "bdf") == 0;
        name |= spec.word.value && strcmp(spec.word.name, "name") == 0;
    }
    spec_end(&spec);
    check_identity(build, item, bdf, name);
}

static void build_pci(struct build *build, const struct setting *setting,
                      const struct setting_value *item, const struct pci_defaults *defaults)
{
    libxl_domain_config *config = build->config;
    libxl_device_pci *pci = EXTEND(config->pcidevs, config->num_pcidevs);

    libxl_device_pci_init(pci);
    pci->msitranslate = defaults->msitranslate != 0;
    pci->power_mgmt = defaults->power_mgmt != 0;
    pci->permissive = defaults->permissive != 0;
    pci->seize = defaults->seize != 0;
    /* xl reads the HVM guest's policy whatever the type: 0, strict, for the others. */
    pci->rdm_policy = config->c_info.type == LIBXL_DOMAIN_TYPE_HVM
                          ? config->b_info.u.hvm.rdm.policy
                          : LIBXL_RDM_RESERVE_POLICY_STRICT;
    read_words(build, setting, item, pci);
}

static void build_rdm(struct build *build)
{
    const struct setting *setting = build_setting(build, "rdm");
    libxl_rdm_reserve *rdm = &build->config->b_info.u.hvm.rdm;

    if (!setting || build->config->c_info.type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    /* Without the key libxl is relaxed; with it xl is strict. */
    rdm->policy = LIBXL_RDM_RESERVE_POLICY_STRICT;
    build_parts(build, setting->key, &setting->value, 0, rdm, NULL);
}

void build_pcis(struct build *build)
{
    libxl_domain_config *config = build->config;
    struct pci_defaults defaults = { 0, 0, 0, 0 };
    const struct setting *setting;
    size_t count = spec_count(build, "pci", &setting);

    build_rdm(build);
    build_number(build, "pci_msitranslate", &defaults.msitranslate);
    build_number(build, "pci_power_mgmt", &defaults.power_mgmt);
    build_number(build, "pci_permissive", &defaults.permissive);
    build_number(build, "pci_seize", &defaults.seize);
    for (size_t i = 0; i < count; i++)
        build_pci(build, setting, &setting->value.items[i], &defaults);
    if (config->num_pcidevs && config->c_info.type == LIBXL_DOMAIN_TYPE_PV)
        libxl_defbool_set(&config->b_info.u.pv.e820_host, true);
}
