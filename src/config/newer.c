/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys that only a libxl newer than 4.17 has. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/spec.h"

#ifdef LIBXL_HAVE_BUILDINFO_HVM_SMBIOS

#define OEM_MAX 99

static bool set_smbios(struct build *build, const struct setting_value *item,
                       const struct spec_word *word, libxl_smbios *smbios)
{
    libxl_smbios_type type;

    libxl_smbios_init(smbios);
    if (!word->value || !*word->value || libxl_smbios_type_from_string(word->name, &type)) {
        diagnostic_hint(build_error(build, "bad-spec", &item->place, "'%s' is no entry of 'smbios'",
                                    setting_text(item)),
                        "an example is bios_vendor=Xen");
        return false;
    }
    smbios->key = type;
    smbios->value = xstrdup(word->value);
    return type == LIBXL_SMBIOS_TYPE_OEM;
}

void build_smbios(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *setting;
    size_t count = spec_count(build, "smbios", &setting);
    unsigned oem = 0;

    if (b_info->type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct setting_value *item = &setting->value.items[i];
        libxl_smbios *smbios = EXTEND(b_info->u.hvm.smbios, b_info->u.hvm.num_smbios);
        struct spec_word word;

        spec_pair(item, &word);
        oem += set_smbios(build, item, &word, smbios);
        spec_word_release(&word);
    }
    if (oem > OEM_MAX)
        build_error(build, "too-many", &setting->place, "'smbios' has more than %d oem texts",
                    OEM_MAX);
}

/* The type may have one comma in it: virtio,device22. */
static void join_type(struct spec *spec)
{
    const char *text = setting_text(spec->item);
    auto_free char *first = NULL;
    size_t length;

    if (strcmp(spec->word.name, "type") != 0 || !spec->word.value ||
        strcmp(spec->word.value, "virtio") != 0 || text[spec->at] != ',')
        return;
    length = 1 + strcspn(text + spec->at + 1, ",");
    first = spec->word.value;
    spec->word.value = xasprintf("%s%.*s", first, (int)length, text + spec->at);
    spec->at += length;
}

static void set_transport(struct build *build, const struct config_key *part,
                          const struct spec_word *word, void *device)
{
    libxl_device_virtio *virtio = device;

    if (libxl_virtio_transport_from_string(word->value ? word->value : "", &virtio->transport))
        report_part_value(build, part, word, SEVERITY_ERROR);
}

void build_virtios(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "virtio", &setting);

    for (size_t i = 0; i < count; i++) {
        libxl_device_virtio *virtio = EXTEND(config->virtios, config->num_virtios);
        struct spec spec = { .item = &setting->value.items[i] };

        libxl_device_virtio_init(virtio);
        virtio->devid = device_number(build, config->num_virtios);
        while (spec_next(&spec)) {
            join_type(&spec);
            build_part(build, setting->key, &spec.word, 0, virtio, set_transport);
        }
        spec_end(&spec);
    }
}

void build_sve(struct build *build)
{
    const struct setting *setting = build_setting(build, "sve");
    auto_free char *form = NULL;

    if (!setting || (setting->value.type != SETTING_LIST &&
                     !libxl_sve_type_from_string(setting_text(&setting->value),
                                                 &build->config->b_info.arch_arm.sve_vl)))
        return;
    form = key_form_text(setting->key);
    diagnostic_hint(
        build_error(build, "unknown-value", &setting->value.place, "this is no value of 'sve'"),
        "expected %s", form);
}

#endif

#ifdef LIBXL_HAVE_BUILDINFO_LLC_COLORS

/* No cache has more. */
#define COLORS_MAX 4096

static bool add_colors(const char *text, libxl_domain_build_info *b_info)
{
    size_t digits = strcspn(text, "-");
    const char *second = text[digits] ? text + digits + 1 : text;
    unsigned long first, last;

    if (!parse_unsigned(text, digits, 10, COLORS_MAX, &first) ||
        !parse_unsigned(second, strlen(second), 10, COLORS_MAX, &last) || last < first)
        return false;
    for (; first <= last && b_info->num_llc_colors < COLORS_MAX; first++)
        *EXTEND(b_info->llc_colors, b_info->num_llc_colors) = (uint32_t)first;
    return true;
}

void build_llc_colors(struct build *build)
{
    const struct setting *setting;
    size_t count = spec_count(build, "llc_colors", &setting);

    for (size_t i = 0; i < count; i++) {
        const struct setting_value *item = &setting->value.items[i];

        if (!add_colors(setting_text(item), &build->config->b_info))
            diagnostic_hint(build_error(build, "bad-range", &item->place,
                                        "'%s' is no entry of 'llc_colors'", setting_text(item)),
                            "expected a number, or two as in 0-3");
    }
}

#endif

#ifdef LIBXL_HAVE_BUILDINFO_ARCH_ARM_SCI

void build_arm_sci(struct build *build)
{
    const struct setting *setting = build_setting(build, "arm_sci");
    struct spec spec = { .item = setting ? &setting->value : NULL };

    while (setting && spec_next(&spec))
        if (strcmp(spec.word.name, "type") != 0 || !spec.word.value ||
            libxl_arm_sci_type_from_string(spec.word.value,
                                           &build->config->b_info.arch_arm.arm_sci.type))
            diagnostic_hint(build_error(build, "unknown-value", &spec.word.place,
                                        "'%s' is no part of 'arm_sci'", spec.word.name),
                            "expected type=none or type=scmi_smc");
    spec_end(&spec);
}

#endif

#ifdef LIBXL_HAVE_XENSTORE_QUOTA

void build_xenstore_quota(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *setting;
    size_t count = spec_count(build, "xenstore_quota", &setting);

    for (size_t i = 0; i < count; i++) {
        const struct setting_value *item = &setting->value.items[i];
        libxl_xs_quota_item *quota =
            EXTEND(b_info->xenstore_quota.quota, b_info->xenstore_quota.num_quota);
        struct spec_word word;
        long value;

        libxl_xs_quota_item_init(quota);
        spec_pair(item, &word);
        if (!word.value)
            diagnostic_hint(build_error(build, "bad-spec", &item->place,
                                        "'%s' is no entry of 'xenstore_quota'", word.name),
                            "an example is nodes=1000");
        else if (build_parse_number(build, word.value, &word.value_place, word.name, 0, UINT32_MAX,
                                    &value))
            quota->val = (uint32_t)value;
        replace_text(&quota->name, word.name);
        spec_word_release(&word);
    }
}

#endif
