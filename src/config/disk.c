/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks: "/dev/vg/lv,raw,xvda,rw". libxlutil knows the syntax; its words become our diagnostics. */
#include "config/build.h"

#include <libxlutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/xlu.h"

static void build_disk(struct build *build, const struct setting_value *item)
{
    libxl_domain_config *config = build->config;
    libxl_device_disk *disk = EXTEND(config->disks, config->num_disks);
    const char *spec = setting_text(item);
    auto_free char *message = NULL;
    struct xlu_capture capture;
    int failed;

    libxl_device_disk_init(disk);
    xlu_capture_start(&capture);
    failed = xlu_disk_parse(capture.config, 1, &spec, disk);
    message = xlu_capture_end(&capture);
    if (failed)
        report_spec(build, item, "disk", message);
}

void build_disks(struct build *build)
{
    const struct setting *setting = build_setting(build, "disk");

    for (size_t i = 0; setting && i < setting->value.count; i++)
        build_disk(build, &setting->value.items[i]);
}
