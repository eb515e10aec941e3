/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From settings to fields by the table of keys; see bind.h. */
#include "config/bind.h"

#include <string.h>

#include "base/mem.h"

/* The order matters: what is left comes from what is right of the arrow:
 * memory -> vnuma, affinity -> vnuma and vcpus, firmware -> boot, display -> vfbs -> vkbs. */
static void (*const builders[])(struct build *build) = {
    build_name,
    build_uuid,
    build_seclabel,
    build_host_defaults,
    build_vcpus,
    build_vnuma,
    build_memory,
    build_affinity,
    build_actions,
    build_boot,
    build_firmware,
    build_timers,
    build_viridian,
    build_altp2m,
    build_genid,
    build_mca,
    build_cpuid,
    build_pcis,
    build_dtdevs,
    build_ranges,
    build_disks,
    build_p9s,
    build_vtpms,
    build_vdispls,
    build_pvcalls,
    build_vsnds,
    build_channels,
    build_vifs,
    build_vfbs,
    build_display,
    build_vkbs,
    build_usbs,
    build_vga,
    build_serial,
    build_model,
#ifdef LIBXL_HAVE_BUILDINFO_HVM_SMBIOS
    build_smbios,
    build_virtios,
    build_sve,
#endif
#ifdef LIBXL_HAVE_BUILDINFO_LLC_COLORS
    build_llc_colors,
#endif
#ifdef LIBXL_HAVE_BUILDINFO_ARCH_ARM_SCI
    build_arm_sci,
#endif
#ifdef LIBXL_HAVE_XENSTORE_QUOTA
    build_xenstore_quota,
#endif
};

bool is_builder(void (*builder)(struct build *build))
{
    for (size_t i = 0; i < ARRAY_SIZE(builders); i++)
        if (builders[i] == builder)
            return true;
    return builder == build_type;
}

libxl_string_list make_string_list(const struct setting_value *value)
{
    size_t count = value->type == SETTING_LIST ? value->count : 1;
    libxl_string_list list = xcalloc(count + 1, sizeof(*list));

    if (value->type != SETTING_LIST)
        list[0] = xstrdup(setting_text(value));
    else
        for (size_t i = 0; i < count; i++)
            list[i] = xstrdup(setting_text(&value->items[i]));
    return list;
}

void store_number_as(enum key_binding binding, long number, void *field)
{
    switch (binding) {
    case BIND_INT:
    case BIND_CHOICE:
        *(int *)field = (int)number;
        return;
    case BIND_UINT:
        *(uint32_t *)field = (uint32_t)number;
        return;
    case BIND_BYTE:
        *(uint8_t *)field = (uint8_t)number;
        return;
    case BIND_FLAG:
        *(bool *)field = number != 0;
        return;
    case BIND_BOOL:
        libxl_defbool_set(field, number != 0);
        return;
    case BIND_KIB:
        *(uint64_t *)field = (uint64_t)number * 1024;
        return;
    case BIND_NONE:
    case BIND_TEXT:
    case BIND_LIST:
        return;
    }
}

static void store(const struct config_key *key, const struct setting *setting, void *field)
{
    switch (key->binding) {
    case BIND_TEXT:
        replace_text(field, setting_text(&setting->value));
        return;
    case BIND_LIST:
        libxl_string_list_dispose(field);
        *(libxl_string_list *)field = make_string_list(&setting->value);
        return;
    default:
        store_number_as(key->binding, setting->number, field);
    }
}

static void store_bound(struct build *build, const struct setting *setting)
{
    const struct config_key *key = setting->key;
    unsigned guest = guest_bit(build->config->c_info.type);

    if (key && !setting->refused && key->binding != BIND_NONE &&
        (!key->only || (key->only & guest)))
        store(key, setting, (char *)build->config + key->offset);
}

void build_all(struct build *build)
{
    for (size_t i = 0; i < build->document->count; i++)
        store_bound(build, build->document->settings[i]);
    for (size_t i = 0; i < ARRAY_SIZE(builders); i++)
        builders[i](build);
}
