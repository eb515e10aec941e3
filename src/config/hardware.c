/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Timers, views of memory, Hyper-V interfaces and other hardware with values of their own. */
#include "config/build.h"

#include <libxl_utils.h>
#include <limits.h>
#include <string.h>
#include <sys/random.h>
#include <xen/xen.h>
#include <xen/hvm/params.h>

#include "base/mem.h"
#include "config/bits.h"
#include "config/keys.h"

void build_timers(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    int mode;

    if (build_choice_or_number(build, "tsc_mode", &mode))
        b_info->tsc_mode = (libxl_tsc_mode)mode;
    if (build_choice_or_number(build, "timer_mode", &mode))
        b_info->timer_mode = (libxl_timer_mode)mode;
}

void build_altp2m(struct build *build)
{
    int mode;
#ifdef LIBXL_HAVE_ALTP2M_COUNT
    long count;

    if (build_number(build, "altp2m_count", &count))
        build->config->b_info.altp2m_count = (uint32_t)count;
#endif
    if (build_choice_or_number(build, "altp2m", &mode))
        build->config->b_info.altp2m = (libxl_altp2m_mode)mode;
}

static void set_group(struct build *build, const struct setting_value *item,
                      const struct config_key *key)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    libxl_bitmap *set = &b_info->u.hvm.viridian_enable, *reset = &b_info->u.hvm.viridian_disable;
    const char *text = setting_text(item), *near;
    const struct key_choice *group;

    if (*text == '!') {
        text++;
        set = &b_info->u.hvm.viridian_disable;
        reset = &b_info->u.hvm.viridian_enable;
    }
    group = key_choice_find(key, text);
    if (!group) {
        struct diagnostic *diagnostic = build_error(build, "unknown-value", &item->place,
                                                    "'%s' is no group of 'viridian'", text);

        near = key_suggest_choice(key->choices, text);
        diagnostic_hint(diagnostic, near ? "did you mean '%s'?" : "see xn.cfg(5)%s",
                        near ? near : "");
        return;
    }
    libxl_bitmap_set(set, group->value);
    libxl_bitmap_reset(reset, group->value);
}

static void set_viridian_list(struct build *build, const struct setting *setting)
{
    libxl_domain_build_info *b_info = &build->config->b_info;

    if (setting->value.count) {
        bits_alloc(&b_info->u.hvm.viridian_enable,
                   LIBXL_BUILDINFO_HVM_VIRIDIAN_ENABLE_DISABLE_WIDTH);
        bits_alloc(&b_info->u.hvm.viridian_disable,
                   LIBXL_BUILDINFO_HVM_VIRIDIAN_ENABLE_DISABLE_WIDTH);
    }
    for (size_t i = 0; i < setting->value.count; i++) {
        const struct setting_value *item = &setting->value.items[i];

        if (item->type == SETTING_LIST)
            build_error(build, "wrong-type", &item->place,
                        "the items of 'viridian' must be strings, not lists");
        else if (strcmp(setting_text(item), "all") == 0)
            libxl_bitmap_set_any(&b_info->u.hvm.viridian_enable);
        else if (strcmp(setting_text(item), "defaults") == 0)
            libxl_defbool_set(&b_info->u.hvm.viridian, true);
        else
            set_group(build, item, setting->key);
    }
}

void build_viridian(struct build *build)
{
    const struct setting *setting = build_setting(build, "viridian");
    libxl_domain_build_info *b_info = &build->config->b_info;
    long number;

    if (!setting || b_info->type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    if (setting->value.type == SETTING_LIST)
        set_viridian_list(build, setting);
    else if (build_parse_number(build, setting_text(&setting->value), &setting->value.place,
                                "viridian", LONG_MIN, LONG_MAX, &number))
        libxl_defbool_set(&b_info->u.hvm.viridian, number != 0);
}

void build_genid(struct build *build)
{
    const struct setting *setting = build_setting(build, "ms_vm_genid");
    libxl_domain_build_info *b_info = &build->config->b_info;
    const char *text;

    if (!setting || b_info->type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    text = setting_text(&setting->value);
    if (strcmp(text, "generate") == 0) {
        if (getrandom(b_info->u.hvm.ms_vm_genid.bytes, sizeof(b_info->u.hvm.ms_vm_genid.bytes),
                      0) != (ssize_t)sizeof(b_info->u.hvm.ms_vm_genid.bytes))
            build_error(build, "host", &setting->value.place,
                        "the host has no random numbers for 'ms_vm_genid'");
    } else if (strcmp(text, "none") != 0) {
        diagnostic_hint(build_error(build, "unknown-value", &setting->value.place,
                                    "'%s' is no value of 'ms_vm_genid'", text),
                        "expected \"generate\" or \"none\"");
    }
}

void build_mca(struct build *build)
{
    const struct setting *setting = build_setting(build, "mca_caps");
    libxl_domain_build_info *b_info = &build->config->b_info;

    if (!setting || b_info->type != LIBXL_DOMAIN_TYPE_HVM)
        return;
    for (size_t i = 0; i < setting->value.count; i++) {
        const struct setting_value *item = &setting->value.items[i];

        if (strcmp(setting_text(item), "lmce") == 0)
            b_info->u.hvm.mca_caps |= XEN_HVM_MCA_CAP_LMCE;
        else
            diagnostic_hint(build_error(build, "unknown-value", &item->place,
                                        "'%s' is no value of 'mca_caps'", setting_text(item)),
                            "expected \"lmce\"");
    }
}
