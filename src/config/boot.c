/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the guest boots: kernel and its command line, bootloader or firmware. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/bind.h"

static void build_cmdline(struct build *build)
{
    const struct setting *setting = build_setting(build, "cmdline");
    const char *root = NULL, *extra = NULL;
    char **cmdline = &build->config->b_info.cmdline;

    build_text(build, "root", &root);
    build_text(build, "extra", &extra);
    if (setting) {
        if (root || extra)
            build_warning(build, "unused-value", &setting->place,
                          "'cmdline' is used and %s is not", root ? "'root'" : "'extra'");
        replace_text(cmdline, setting_text(&setting->value));
        return;
    }
    if (root) {
        free(*cmdline);
        *cmdline = extra ? xasprintf("root=%s %s", root, extra) : xasprintf("root=%s", root);
    } else if (extra) {
        replace_text(cmdline, extra);
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* An old habit: HVM guests had kernel = "hvmloader". */
static void build_hvm_boot(struct build *build)
{
    const struct setting *kernel = build_setting(build, "kernel");
    libxl_domain_build_info *b_info = &build->config->b_info;

    if (!kernel || strcmp(base_name(setting_text(&kernel->value)), "hvmloader") != 0)
        return;
    diagnostic_hint(build_warning(build, "deprecated", &kernel->value.place,
                                  "'kernel' is no way to choose the firmware of an HVM guest and "
                                  "is not used"),
                    "'firmware_override' would be");
    free(b_info->kernel);
    b_info->kernel = NULL;
}

void build_boot(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;

    build_cmdline(build);
    if (build->config->c_info.type == LIBXL_DOMAIN_TYPE_HVM) {
        build_hvm_boot(build);
        return;
    }
    if (!b_info->kernel && !b_info->bootloader && !build->broken &&
        !document_find(build->document, "kernel") && !document_find(build->document, "bootloader") &&
        !document_find(build->document, "firmware"))
        diagnostic_hint(build_error(build, "missing-key", &build->start,
                                    "a %s guest needs 'kernel' or 'bootloader'",
                                    guest_name(build->config->c_info.type)),
                        "type = \"hvm\" boots from its disk");
}
