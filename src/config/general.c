/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every guest has: type, name, UUID, labels, actions, and the host's defaults. */
#include "config/build.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* xl takes any beginning of a type's name; so do we, but we say so. */
static bool is_type(struct build *build, const struct setting *setting, const char *type)
{
    const char *text = setting_text(&setting->value);

    if (!*text || !starts_with(type, text))
        return false;
    if (strcmp(type, text) != 0)
        diagnostic_hint(build_warning(build, "abbreviation", &setting->value.place,
                                      "'%s' stands for \"%s\" here", text, type),
                        "write it out");
    return true;
}

static void report_type(struct build *build, const struct setting *setting, const char *expected)
{
    diagnostic_hint(build_error(build, "unknown-value", &setting->value.place,
                                "'%s' is no value of '%s'", setting_text(&setting->value),
                                setting->name),
                    "expected %s", expected);
}

static libxl_domain_type type_from_builder(struct build *build, const struct setting *setting)
{
    if (is_type(build, setting, "hvm"))
        return LIBXL_DOMAIN_TYPE_HVM;
    if (is_type(build, setting, "generic"))
        return LIBXL_DOMAIN_TYPE_PV;
    report_type(build, setting, "hvm or generic");
    return LIBXL_DOMAIN_TYPE_INVALID;
}

static libxl_domain_type type_from_type(struct build *build, const struct setting *setting)
{
    if (is_type(build, setting, "hvm"))
        return LIBXL_DOMAIN_TYPE_HVM;
    if (is_type(build, setting, "pv"))
        return LIBXL_DOMAIN_TYPE_PV;
    if (is_type(build, setting, "pvh"))
        return LIBXL_DOMAIN_TYPE_PVH;
    report_type(build, setting, "one of pv, pvh, hvm");
    return LIBXL_DOMAIN_TYPE_INVALID;
}

static libxl_domain_type default_type(void)
{
#if defined(__arm__) || defined(__aarch64__)
    return LIBXL_DOMAIN_TYPE_PVH;
#else
    return LIBXL_DOMAIN_TYPE_PV;
#endif
}

void build_type(struct build *build)
{
    const struct setting *type = build_setting(build, "type");
    const struct setting *builder = build_setting(build, "builder");
    libxl_domain_type chosen = LIBXL_DOMAIN_TYPE_INVALID, old;

    if (type)
        chosen = type_from_type(build, type);
    if (builder) {
        old = type_from_builder(build, builder);
        if (type && old != chosen && old != LIBXL_DOMAIN_TYPE_INVALID &&
            chosen != LIBXL_DOMAIN_TYPE_INVALID)
            build_error(build, "contradiction", &builder->value.place,
                        "'builder' says %s and 'type' says %s", guest_name(old),
                        guest_name(chosen));
        chosen = old;
    }
    if (chosen == LIBXL_DOMAIN_TYPE_INVALID) {
        build->broken |= type || builder;
        chosen = default_type();
    }
    build->config->c_info.type = chosen;
    libxl_domain_build_info_init_type(&build->config->b_info, chosen);
}

static bool is_text(const char *name)
{
    for (size_t left = strlen(name), used; left; left -= used, name += used) {
        used = utf8_length(name, left);
        if (!used || (unsigned char)*name < 0x20 || *name == 0x7f)
            return false;
    }
    return true;
}

void build_name(struct build *build)
{
    const struct setting *setting = build_setting(build, "name");
    const char *name;

    if (!setting) {
        if (!build->broken && !document_find(build->document, "name"))
            diagnostic_hint(
                build_error(build, "missing-key", &build->start, "the guest has no name"),
                "add name = \"...\"");
        return;
    }
    name = setting_text(&setting->value);
    if (!*name)
        build_error(build, "empty", &setting->value.place, "the guest's name is empty");
    else if (!is_text(name))
        build_error(build, "not-text", &setting->value.place,
                    "the guest's name has a byte that is no printable text");
    else if (strspn(name, "0123456789") == strlen(name))
        diagnostic_hint(build_warning(build, "numeric-name", &setting->value.place,
                                      "the name '%s' is a number, and numbers mean domain ids",
                                      name),
                        "give it a letter");
    else if (strchr(name, '/'))
        build_warning(build, "slash-in-name", &setting->value.place,
                      "the name '%s' has a '/': it is used in names of files", name);
    replace_text(&build->config->c_info.name, name);
}

void build_uuid(struct build *build)
{
    const struct setting *setting = build_setting(build, "uuid");

    if (!setting) {
        libxl_uuid_generate(&build->config->c_info.uuid);
        return;
    }
    if (libxl_uuid_from_string(&build->config->c_info.uuid, setting_text(&setting->value)))
        diagnostic_hint(build_error(build, "not-a-uuid", &setting->value.place, "'%s' is no UUID",
                                    setting_text(&setting->value)),
                        "a UUID looks like 01234567-89ab-cdef-0123-456789abcdef");
}

/* With init_seclabel the guest is built under that label and then runs under seclabel. */
void build_seclabel(struct build *build)
{
    const char *label;

    if (build_text(build, "init_seclabel", &label))
        replace_text(&build->config->c_info.ssid_label, label);
    if (!build_text(build, "seclabel", &label))
        return;
    if (build->config->c_info.ssid_label)
        replace_text(&build->config->b_info.exec_ssid_label, label);
    else
        replace_text(&build->config->c_info.ssid_label, label);
}

static void default_limit(struct build *build, const char *name, long value, void *field)
{
    if (!build_setting(build, name))
        *(uint32_t *)field = (uint32_t)value;
}

void build_host_defaults(struct build *build)
{
    const struct host_config *host = build->host_config;
    libxl_domain_build_info *b_info = &build->config->b_info;
    uint32_t version = (uint32_t)b_info->max_grant_version;

    libxl_defbool_set(&build->config->c_info.run_hotplug_scripts,
                      !host || host->run_hotplug_scripts);
    libxl_defbool_set(&b_info->claim_mode, !host || host->claim_mode);
#ifdef LIBXL_HAVE_BOOTLOADER_RESTRICT
    if (host && host->bootloader_restrict >= 0 && !build_setting(build, "bootloader_restrict"))
        libxl_defbool_set(&b_info->bootloader_restrict, host->bootloader_restrict);
#endif
    if (host && host->blkdev_start)
        replace_text(&b_info->blkdev_start, host->blkdev_start);
    default_limit(build, "max_grant_frames", host ? host->max_grant_frames : -1,
                  &b_info->max_grant_frames);
    default_limit(build, "max_maptrack_frames", host ? host->max_maptrack_frames : -1,
                  &b_info->max_maptrack_frames);
    default_limit(build, "max_grant_version", host ? host->max_grant_version : -1, &version);
    b_info->max_grant_version = (int)version;
}

static void default_action(struct build *build, const char *name, libxl_action_on_shutdown action,
                           libxl_action_on_shutdown *field)
{
    if (!build_setting(build, name))
        *field = action;
}

void build_actions(struct build *build)
{
    libxl_domain_config *config = build->config;

    default_action(build, "on_poweroff", LIBXL_ACTION_ON_SHUTDOWN_DESTROY, &config->on_poweroff);
    default_action(build, "on_reboot", LIBXL_ACTION_ON_SHUTDOWN_RESTART, &config->on_reboot);
    default_action(build, "on_watchdog", LIBXL_ACTION_ON_SHUTDOWN_DESTROY, &config->on_watchdog);
    default_action(build, "on_crash", LIBXL_ACTION_ON_SHUTDOWN_DESTROY, &config->on_crash);
    default_action(build, "on_soft_reset", LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET,
                   &config->on_soft_reset);
}
