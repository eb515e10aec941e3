/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces: "mac=00:16:3e:00:00:01,bridge=xenbr0". */
#include "config/build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/spec.h"
#include "config/xlu.h"

static void host_default(char **field, const char *value)
{
    if (value)
        replace_text(field, value);
}

/* Six hexadecimal bytes with any one character between them. Returns what is behind them, NULL when
 * it is no MAC address. */
static const char *parse_mac(const char *text, libxl_mac mac)
{
    for (int i = 0; i < 6; i++) {
        size_t digits = strspn(text, "0123456789abcdefABCDEF");
        unsigned long byte;

        if (!parse_unsigned(text, digits, 16, 255, &byte) || (i < 5 && !text[digits]))
            return NULL;
        mac[i] = (uint8_t)byte;
        text += digits + (i < 5);
    }
    return text;
}

static void set_mac(struct build *build, const struct config_key *part,
                    const struct spec_word *word, libxl_device_nic *nic)
{
    libxl_mac mac;
    const char *rest = parse_mac(word->value ? word->value : "", mac);

    if (!rest) {
        report_part_value(build, part, word, SEVERITY_ERROR);
        return;
    }
    if (rest[strspn(rest, " \t")])
        build_warning(build, "unused-value", &word->value_place,
                      "'%s' behind the MAC address is not used", rest);
    memcpy(nic->mac, mac, sizeof(libxl_mac));
}

static void set_rate(struct build *build, const struct config_key *part,
                     const struct spec_word *word, libxl_device_nic *nic)
{
    struct xlu_capture capture;
    struct xlu_message message;
    int failed;

    errno = 0; /* the library looks at what an earlier call may have left there */
    failed = !xlu_capture_start(&capture) ||
             xlu_vif_parse_rate(capture.config, word->value ? word->value : "", nic);
    xlu_capture_end(&capture, &message);
    xlu_message_release(&message);
    if (failed)
        report_part_value(build, part, word, SEVERITY_ERROR);
}

static void set_special(struct build *build, const struct config_key *part,
                        const struct spec_word *word, void *device)
{
    libxl_device_nic *nic = device;
    int type;

    if (strcmp(part->name, "mac") == 0) {
        set_mac(build, part, word, nic);
    } else if (strcmp(part->name, "rate") == 0) {
        set_rate(build, part, word, nic);
    } else if (strcmp(part->name, "type") == 0) {
        if (part_choice(build, part, word, build->single ? SEVERITY_ERROR : SEVERITY_WARNING,
                        &type))
            nic->nictype = (libxl_nic_type)type;
    } else if (strcmp(part->name, "netdev") == 0) {
        diagnostic_hint(build_warning(build, "deprecated", &word->place, "'netdev' is deprecated"),
                        "use 'gatewaydev'");
        replace_text(&nic->gatewaydev, word->value ? word->value : "");
    } else if (strcmp(part->name, "accel") == 0) {
        build_warning(build, "deprecated", &word->place, "'accel' is obsolete and has no effect");
    } else {
        libxl_defbool_set(&nic->trusted, strcmp(part->name, "trusted") == 0);
    }
}

static void build_vif(struct build *build, const struct setting *setting,
                      const struct setting_value *item)
{
    libxl_domain_config *config = build->config;
    const struct host_config *host = build->host_config;
    libxl_device_nic *nic = EXTEND(config->nics, config->num_nics);

    libxl_device_nic_init(nic);
    nic->devid = device_number(build, config->num_nics);
    if (host) {
        host_default(&nic->script, host->vif_default_script);
        host_default(&nic->bridge, host->vif_default_bridge);
        host_default(&nic->gatewaydev, host->vif_default_gatewaydev);
        host_default(&nic->backend_domname, host->vif_default_backend);
    }
    build_parts(build, setting->key, item, SPEC_IGNORE_UNKNOWN | SPEC_IGNORE_WORDS, nic,
                set_special);
}

void build_vifs(struct build *build)
{
    const struct setting *setting;
    size_t count = spec_count(build, "vif", &setting);

    for (size_t i = 0; i < count; i++)
        build_vif(build, setting, &setting->value.items[i]);
}
