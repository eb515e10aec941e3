/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From domains to the folders of their devices; see device_folders.h. */
#include "xen/device_folders.h"

#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"

void device_folders_release(struct device_folders *folders)
{
    free(folders->items);
    *folders = (struct device_folders)DEVICE_FOLDERS_INIT;
}

static void add(struct device_folders *folders, const struct domain *domain, const char *kind,
                const struct string_list *names)
{
    for (size_t i = 0; i < names->count; i++) {
        uint64_t number;

        if (!parse_uint(names->items[i], INT_MAX, &number))
            continue;
        folders->items = xreallocarray(folders->items, folders->count + 1, sizeof(*folders->items));
        folders->items[folders->count++] =
            (struct device_folder){ .domain = domain, .kind = kind, .number = (unsigned)number };
    }
}

int device_folders_find(struct xen_host *host, const struct domain *const *domains, size_t count,
                        const char *const *kinds, struct device_folders *folders,
                        struct error **error)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;
    size_t next = 0;

    for (size_t i = 0; i < count; i++)
        for (const char *const *kind = kinds; *kind; kind++)
            (void)store_question_names(&questions, "/libxl/%u/device/%s", domains[i]->domid, *kind);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        for (const char *const *kind = kinds; *kind; kind++)
            add(folders, domains[i], *kind, &questions.items[next++].names);
    return 0;
}

static void ask(struct store_questions *questions, const char *root,
                const struct device_folder *folder, const char *const *keys)
{
    for (; *keys; keys++)
        (void)store_question_value(questions, "%s/%u/device/%s/%u/%s", root, folder->domain->domid,
                                   folder->kind, folder->number, *keys);
}

void device_folder_ask(struct store_questions *questions, const struct device_folder *folder,
                       const char *const *keys)
{
    ask(questions, "/libxl", folder, keys);
}

void device_folder_ask_guest(struct store_questions *questions, const struct device_folder *folder,
                             const char *const *keys)
{
    ask(questions, "/local/domain", folder, keys);
}

bool device_set_backend(struct device *device, const char *path)
{
    unsigned domid;

    if (!path || sscanf(path, "/local/domain/%u/backend/", &domid) != 1)
        return false;
    device->backend_domid = domid;
    device->backend_path = xstrdup(path);
    return true;
}
