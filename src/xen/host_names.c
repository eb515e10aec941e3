/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Folders of this host whose names are offered; see host_names.h. */
#include "xen/host_names.h"

#include <dirent.h>
#include <unistd.h>

#include "base/mem.h"

static void add(struct string_list *list, const char *lead, const char *name)
{
    string_list_take(list, xasprintf("%s%s", lead, name));
}

void host_names_bridges(const char *lead, struct string_list *list)
{
    DIR *folder = opendir("/sys/class/net");
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        auto_free char *path = xasprintf("/sys/class/net/%s/bridge", entry->d_name);

        if (*entry->d_name != '.' && access(path, F_OK) == 0)
            add(list, lead, entry->d_name);
    }
    if (folder)
        closedir(folder);
}

void host_names_scripts(const char *lead, const char *beginning, struct string_list *list)
{
    DIR *folder = opendir(XEN_CONFIG_DIR "/scripts");
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        auto_free char *path = xasprintf(XEN_CONFIG_DIR "/scripts/%s", entry->d_name);

        if (starts_with(entry->d_name, beginning) && access(path, X_OK) == 0)
            add(list, lead, entry->d_name);
    }
    if (folder)
        closedir(folder);
}
