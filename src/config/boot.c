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
            build_warning(build, "unused-value", &setting->place, "'cmdline' is used and %s is not",
                          root ? "'root'" : "'extra'");
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
static void drop_hvmloader(struct build *build)
{
    const struct setting *kernel = build_setting(build, "kernel");
    libxl_domain_build_info *b_info = &build->config->b_info;

    if (!kernel || strcmp(base_name(setting_text(&kernel->value)), "hvmloader") != 0)
        return;
    diagnostic_hint(build_warning(build, "deprecated", &kernel->value.place,
                                  "'kernel' does not choose the firmware of an HVM guest and is "
                                  "not used"),
                    "leave it out");
    free(b_info->kernel);
    b_info->kernel = NULL;
}

static libxl_string_list split_blanks(const char *text)
{
    static const char blanks[] = " \t\n";
    libxl_string_list list = xcalloc(strlen(text) / 2 + 2, sizeof(*list));
    size_t count = 0;

    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = strcspn(text, blanks);

        list[count++] = xstrndup(text, length);
        text += length;
    }
    return list;
}

static void build_bootloader_args(struct build *build)
{
    const struct setting *setting = build_setting(build, "bootloader_args");
    libxl_string_list *args = &build->config->b_info.bootloader_args;

    if (!setting)
        return;
    if (setting->value.type == SETTING_LIST) {
        *args = make_string_list(&setting->value);
        return;
    }
    diagnostic_hint(build_warning(build, "deprecated", &setting->value.place,
                                  "a string for 'bootloader_args' is deprecated"),
                    "write a list of strings");
    *args = split_blanks(setting_text(&setting->value));
}

void build_boot(struct build *build)
{
    build_cmdline(build);
    build_bootloader_args(build);
    if (build->config->c_info.type == LIBXL_DOMAIN_TYPE_HVM)
        drop_hvmloader(build);
}
