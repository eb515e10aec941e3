/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The smaller paravirtual devices: each a list of "key=value,...". */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/spec.h"

void build_p9s(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "p9", &setting);

    for (size_t i = 0; i < count; i++) {
        const struct setting_value *item = &setting->value.items[i];
        libxl_device_p9 *p9 = EXTEND(config->p9s, config->num_p9s);

        libxl_device_p9_init(p9); /* libxl numbers them: xl leaves devid alone */
        build_parts(build, setting->key, item, 0, p9, NULL);
#ifdef LIBXL_HAVE_XEN_9PFS
        if (p9->type == LIBXL_P9_TYPE_XEN_9PFSD)
            continue; /* the daemon has defaults for all of them */
#endif
        if (!p9->tag)
            report_missing_part(build, setting->key, item, "tag");
        if (!p9->path)
            report_missing_part(build, setting->key, item, "path");
        if (!p9->security_model)
            report_missing_part(build, setting->key, item, "security_model");
    }
}

static void set_vtpm_uuid(struct build *build, const struct config_key *part,
                          const struct spec_word *word, void *device)
{
    libxl_device_vtpm *vtpm = device;

    if (libxl_uuid_from_string(&vtpm->uuid, word->value ? word->value : ""))
        report_part_value(build, part, word, SEVERITY_ERROR);
}

void build_vtpms(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "vtpm", &setting);

    for (size_t i = 0; i < count; i++) {
        const struct setting_value *item = &setting->value.items[i];
        libxl_device_vtpm *vtpm = EXTEND(config->vtpms, config->num_vtpms);

        libxl_device_vtpm_init(vtpm);
        vtpm->devid = device_number(build, config->num_vtpms);
        build_parts(build, setting->key, item, 0, vtpm, set_vtpm_uuid);
        if (!vtpm->backend_domname && !build->single) /* vtpm-attach means domain 0 then */
            report_missing_part(build, setting->key, item, "backend");
    }
}

void build_pvcalls(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "pvcalls", &setting);

    for (size_t i = 0; i < count; i++) {
        libxl_device_pvcallsif *device = EXTEND(config->pvcallsifs, config->num_pvcallsifs);

        libxl_device_pvcallsif_init(device);
        device->devid = device_number(build, config->num_pvcallsifs);
        build_parts(build, setting->key, &setting->value.items[i], 0, device, NULL);
    }
}

/* ID:WIDTHxHEIGHT */
static bool parse_connector(const char *text, size_t length, libxl_connector_param *connector)
{
    const char *end = text + length, *colon = memchr(text, ':', length);
    const char *cross = colon ? memchr(colon, 'x', (size_t)(end - colon)) : NULL;
    unsigned long width, height;

    if (!cross || colon == text ||
        !parse_unsigned(colon + 1, (size_t)(cross - colon - 1), 10, UINT32_MAX, &width) ||
        !parse_unsigned(cross + 1, (size_t)(end - cross - 1), 10, UINT32_MAX, &height))
        return false;
    connector->unique_id = xstrndup(text, (size_t)(colon - text));
    connector->width = (uint32_t)width;
    connector->height = (uint32_t)height;
    return true;
}

static void set_connectors(struct build *build, const struct config_key *part,
                           const struct spec_word *word, void *device)
{
    libxl_device_vdispl *vdispl = device;
    const char *text = word->value ? word->value : "";

    for (size_t length; *text; text += length + (text[length] == ';')) {
        libxl_connector_param *connector;

        length = strcspn(text, ";");
        if (length == 0)
            continue;
        connector = EXTEND(vdispl->connectors, vdispl->num_connectors);
        libxl_connector_param_init(connector);
        if (!parse_connector(text, length, connector)) {
            report_part_value(build, part, word, SEVERITY_ERROR);
            return;
        }
    }
}

void build_vdispls(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "vdispl", &setting);

    for (size_t i = 0; i < count; i++) {
        const struct setting_value *item = &setting->value.items[i];
        libxl_device_vdispl *vdispl = EXTEND(config->vdispls, config->num_vdispls);

        libxl_device_vdispl_init(vdispl);
        vdispl->devid = device_number(build, config->num_vdispls);
        build_parts(build, setting->key, item, 0, vdispl, set_connectors);
        if (vdispl->num_connectors == 0)
            report_missing_part(build, setting->key, item, "connectors");
    }
}

/* The device stands first: its parts are bound to it. */
struct channel {
    libxl_device_channel device;
    char *path;
};

static void set_channel_part(struct build *build, const struct config_key *part,
                             const struct spec_word *word, void *device)
{
    struct channel *channel = device;
    int connection;

    if (strcmp(part->name, "path") == 0)
        replace_text(&channel->path, word->value ? word->value : "");
    else if (part_choice(build, part, word, SEVERITY_ERROR, &connection))
        channel->device.connection = (libxl_channel_connection)connection;
}

static void build_channel(struct build *build, const struct setting *setting,
                          const struct setting_value *item)
{
    libxl_domain_config *config = build->config;
    libxl_device_channel *kept = EXTEND(config->channels, config->num_channels);
    struct channel channel = { .path = NULL };

    libxl_device_channel_init(&channel.device);
    channel.device.devid = device_number(build, config->num_channels);
    build_parts(build, setting->key, item, SPEC_IGNORE_UNKNOWN | SPEC_TRIM, &channel,
                set_channel_part);
    if (channel.device.connection == LIBXL_CHANNEL_CONNECTION_UNKNOWN)
        report_missing_part(build, setting->key, item, "connection");
    if (channel.device.connection == LIBXL_CHANNEL_CONNECTION_SOCKET && !channel.path)
        report_missing_part(build, setting->key, item, "path");
    if (channel.device.connection == LIBXL_CHANNEL_CONNECTION_SOCKET)
        channel.device.u.socket.path = TAKE(channel.path);
    free(channel.path);
    *kept = channel.device;
}

void build_channels(struct build *build)
{
    const struct setting *setting;
    size_t count = spec_count(build, "channel", &setting);

    for (size_t i = 0; i < count; i++)
        build_channel(build, setting, &setting->value.items[i]);
}
