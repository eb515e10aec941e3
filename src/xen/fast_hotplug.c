/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Another program for libxl's children; see fast_hotplug.h. */
#include "xen/fast_hotplug.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "config/host_config.h"

#define HOTPLUG_PROGRAM PKGLIBEXECDIR "/xn-hotplug"

static bool is_known_script(const char *file)
{
    static const char *const scripts[] = { XEN_CONFIG_DIR "/scripts/vif-bridge",
                                           XEN_CONFIG_DIR "/scripts/block" };

    for (size_t i = 0; i < ARRAY_SIZE(scripts); i++)
        if (strcmp(file, scripts[i]) == 0)
            return true;
    return false;
}

/* Read here, since the process that forked this one may have started long ago. */
static bool is_on(void)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_host_config host = { 0 };

    return host_config_read(&host, &diagnostics, NULL) == 0 && host.fast_hotplug;
}

int __wrap_execvp(const char *file, char *const argv[])
{
    if (is_known_script(file) && strcmp(argv[0], file) == 0 && is_on())
        (void)execv(HOTPLUG_PROGRAM, argv);
    return __real_execvp(file, argv);
}
