/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one key 'firmware' for what takes several others, and whether there is anything to boot. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* xl takes any beginning of the word. */
static bool means(struct build *build, const struct setting *setting, const char *word)
{
    const char *text = setting_text(&setting->value);

    if (!starts_with(word, text))
        return false;
    if (strcmp(word, text) != 0)
        diagnostic_hint(build_warning(build, "abbreviation", &setting->value.place,
                                      "'%s' stands for \"%s\" here", text, word),
                        "write it out");
    return true;
}

static void set_hvm_firmware(struct build *build, const struct setting *setting)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const char *text = setting_text(&setting->value);
    const struct key_choice *bios = key_choice_find(key_find("bios"), text);

    if (bios) {
        b_info->u.hvm.bios = (libxl_bios_type)bios->value;
    } else if (means(build, setting, "uefi")) {
        b_info->u.hvm.bios = LIBXL_BIOS_TYPE_OVMF;
    } else if (!means(build, setting, "bios")) { /* which is the device model's own */
        if (!strchr(text, '/'))
            diagnostic_hint(build_warning(build, "unknown-value", &setting->value.place,
                                          "'%s' is taken as the path of a file", text),
                            "the words are bios, uefi, seabios, rombios and ovmf");
        replace_text(&b_info->u.hvm.firmware, text);
    }
}

static void set_pv_firmware(struct build *build, const struct setting *setting)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const char *text = setting_text(&setting->value);

    if (b_info->kernel) {
        diagnostic_hint(build_error(build, "contradiction", &setting->place,
                                    "both 'kernel' and 'firmware' are set"),
                        "%s boots one of them", guest_noun(build->config->c_info.type));
        return;
    }
    if (strcmp(text, "pvgrub32") != 0 && strcmp(text, "pvgrub64") != 0) {
        diagnostic_hint(build_error(build, "unknown-value", &setting->value.place,
                                    "'%s' is no firmware of %s", text,
                                    guest_noun(build->config->c_info.type)),
                        "expected pvgrub32 or pvgrub64");
        return;
    }
    b_info->kernel = xasprintf("%s/%s.bin", XEN_FIRMWARE_DIR, text);
}

static void check_pv_boot(struct build *build)
{
    static const char *const ways[] = { "kernel", "bootloader", "firmware" };

    for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
        if (document_find(build->document, ways[i]))
            return;
    if (!build->broken)
        diagnostic_hint(build_error(build, "missing-key", &build->start,
                                    "%s needs 'kernel' or 'bootloader'",
                                    guest_noun(build->config->c_info.type)),
                        "only type = \"hvm\" boots from its disk");
}

void build_firmware(struct build *build)
{
    const struct setting *setting = build_setting(build, "firmware");
    const struct setting *path = build_setting(build, "bios_path_override");
    bool hvm = build->config->c_info.type == LIBXL_DOMAIN_TYPE_HVM;

    if (setting && !*setting_text(&setting->value))
        build_error(build, "empty", &setting->value.place, "'firmware' is empty");
    else if (setting && hvm)
        set_hvm_firmware(build, setting);
    else if (setting)
        set_pv_firmware(build, setting);
    if (!hvm)
        check_pv_boot(build);
    else if (path && !build_setting(build, "bios"))
        build_warning(build, "incomplete", &path->place,
                      "'bios_path_override' is set and 'bios' is not");
}
