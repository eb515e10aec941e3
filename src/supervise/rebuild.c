/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files with the configuration, named by what else must be known; see rebuild.h. */
#include "supervise/rebuild.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/mem.h"
#include "xen/config_json.h"

#define NOTE_PREFIX "xn-rebuild-"

static char *note_path(const struct rebuild *rebuild)
{
    return xasprintf(XEN_RUN_DIR "/" NOTE_PREFIX "%u-%s-%s.json", rebuild->domid,
                     rebuild->keep_old ? "keep" : "drop", rebuild->uuid);
}

static bool parse_name(const char *name, struct rebuild *rebuild)
{
    char what[5];
    int end = 0;

    if (sscanf(name, NOTE_PREFIX "%u-%4[a-z]-%36[0-9a-f-].json%n", &rebuild->domid, what,
               rebuild->uuid, &end) != 3 ||
        !end || name[end])
        return false;
    rebuild->keep_old = strcmp(what, "keep") == 0;
    return strlen(rebuild->uuid) == UUID_TEXT_SIZE - 1;
}

int rebuild_note(struct xen_host *host, const struct rebuild *rebuild, libxl_domain_config *config,
                 struct error **error)
{
    auto_free char *path = note_path(rebuild);
    auto_free char *json = NULL;

    if (xen_config_to_json(host, config, &json, error) < 0)
        return -1;
    return durable_write(path, json, strlen(json), error);
}

static int read_file(const char *path, struct str *text, struct error **error)
{
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char part[4096];
    ssize_t got = fd < 0 ? -1 : 1;

    while (fd >= 0 && (got = read(fd, part, sizeof(part))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        str_add_bytes(text, part, (size_t)got);
    }
    return got < 0 ? error_set_errno(error, ERR_FILE, "cannot read '%s'", path) : 0;
}

int rebuild_read(struct xen_host *host, const struct rebuild *rebuild, libxl_domain_config *config,
                 struct error **error)
{
    auto_free char *path = note_path(rebuild);
    auto_str text = STR_INIT;

    if (read_file(path, &text, error) < 0)
        return -1;
    return xen_config_from_json(host, path, str_text(&text), config, error);
}

void rebuild_done(const struct rebuild *rebuild)
{
    auto_free char *path = note_path(rebuild);

    (void)unlink(path);
}

char *rebuild_failed(const struct rebuild *rebuild)
{
    auto_free char *path = note_path(rebuild);
    char *kept = xasprintf(XEN_RUN_DIR "/xn-failed-%s.json", rebuild->uuid);

    if (rename(path, kept) == 0)
        return kept;
    free(kept);
    return NULL;
}

void rebuild_list(struct rebuild_list *list)
{
    DIR *folder = opendir(XEN_RUN_DIR);
    const struct dirent *entry;
    struct rebuild rebuild;

    *list = (struct rebuild_list){ NULL, 0 };
    while (folder && (entry = readdir(folder))) {
        if (!parse_name(entry->d_name, &rebuild))
            continue;
        list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
        list->items[list->count++] = rebuild;
    }
    if (folder)
        closedir(folder);
}

bool rebuild_find(const char *uuid, struct rebuild *rebuild)
{
    struct rebuild_list list;
    bool found = false;

    rebuild_list(&list);
    for (size_t i = 0; i < list.count && !found; i++) {
        found = strcmp(list.items[i].uuid, uuid) == 0;
        if (found)
            *rebuild = list.items[i];
    }
    free(list.items);
    return found;
}
