/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is allowed and yet can hardly be meant. */
#include "config/build.h"

#include <string.h>

#include "base/mem.h"

/* The item of a list setting that became device number index. */
static const struct place *item_place(struct build *build, const char *name, int index)
{
    const struct setting *setting = build_setting(build, name);

    return setting && (size_t)index < setting->value.count ? &setting->value.items[index].place
                                                           : NULL;
}

static void check_vdevs(struct build *build)
{
    const libxl_domain_config *config = build->config;

    for (int i = 0; i < config->num_disks; i++)
        for (int j = 0; j < i; j++)
            if (config->disks[i].vdev && config->disks[j].vdev &&
                strcmp(config->disks[i].vdev, config->disks[j].vdev) == 0) {
                build_error(build, "duplicate-vdev", item_place(build, "disk", i),
                            "two disks are '%s'", config->disks[i].vdev);
                break;
            }
}

static bool has_mac(const libxl_device_nic *nic)
{
    static const libxl_mac none;

    return memcmp(nic->mac, none, sizeof(none)) != 0;
}

static void check_macs(struct build *build)
{
    const libxl_domain_config *config = build->config;

    for (int i = 0; i < config->num_nics; i++)
        for (int j = 0; j < i; j++)
            if (has_mac(&config->nics[i]) &&
                memcmp(config->nics[i].mac, config->nics[j].mac, sizeof(libxl_mac)) == 0) {
                build_warning(build, "duplicate-mac", item_place(build, "vif", i),
                              "two network interfaces have the same MAC address");
                break;
            }
}

static void check_vnc(struct build *build)
{
    const struct setting *password = build_setting(build, "vncpasswd");
    long vnc;

    if (password && build_number(build, "vnc", &vnc) && !vnc)
        build_warning(build, "contradiction", &password->place,
                      "'vncpasswd' is set and VNC is off");
}

void build_check(struct build *build)
{
    check_vdevs(build);
    check_macs(build);
    check_vnc(build);
}
