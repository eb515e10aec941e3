/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loop devices that Xen's block script made for domains that are gone; see leftover.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <linux/major.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/leftover_parts.h"

#define BACKENDS       "/local/domain/0/backend"

#define SYSFS_LINE_MAX 4200

/* The one line of a file of the kernel's about a loop device, NULL when it has no such file: then
 * nothing is attached. */
static char *loop_attribute(uint32_t number, const char *name)
{
    auto_free char *path = xasprintf("/sys/block/loop%u/%s", number, name);
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char text[SYSFS_LINE_MAX];
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

    if (got <= 0)
        return NULL;
    if (text[got - 1] == '\n')
        got--;
    return xstrndup(text, (size_t)got);
}

/* Part of another block device. */
static bool has_holders(uint32_t number)
{
    auto_free char *path = xasprintf("/sys/block/loop%u/holders", number);
    DIR *folder = opendir(path);
    const struct dirent *entry;
    bool held = false;

    while (folder && !held && (entry = readdir(folder)))
        held = entry->d_name[0] != '.';
    if (folder)
        closedir(folder);
    return held;
}

static bool is_mounted(uint32_t number)
{
    FILE *mounts = fopen("/proc/self/mountinfo", "re");
    auto_free char *line = NULL;
    bool mounted = false;
    unsigned major, minor;
    size_t size = 0;

    while (mounts && !mounted && getline(&line, &size, mounts) > 0)
        mounted = sscanf(line, "%*u %*u %u:%u", &major, &minor) == 2 && major == LOOP_MAJOR &&
                  minor == number;
    if (mounts)
        fclose(mounts);
    return mounted;
}

/* Whether a disk of a domain that is here is this device or this file. params may have a format in
 * front: "raw:/srv/web.img". */
static bool is_disk_of(const struct loop_facts *facts, const char *node, const char *params,
                       const char *physical_device)
{
    const char *file = params ? strchr(params, ':') : NULL;

    return (node && strcmp(node, facts->node) == 0) ||
           (physical_device && strcmp(physical_device, facts->physical_device) == 0) ||
           (params && (strcmp(params, facts->params) == 0 || strcmp(params, facts->node) == 0)) ||
           (file && (strcmp(file + 1, facts->params) == 0 || strcmp(file + 1, facts->node) == 0));
}

static bool device_uses(struct xs_handle *store, const char *path, const struct loop_facts *facts)
{
    auto_free char *node = leftover_read(store, XBT_NULL, path, "node");
    auto_free char *params = leftover_read(store, XBT_NULL, path, "params");
    auto_free char *physical = leftover_read(store, XBT_NULL, path, "physical-device");

    return is_disk_of(facts, node, params, physical);
}

/* In doubt: true. Domain 0 can have disks of its own, too. */
static bool is_used_by_domain(struct leftover_scan *scan, const struct loop_facts *facts)
{
    auto_string_list kinds = STRING_LIST_INIT;

    if (leftover_children(scan->store, XBT_NULL, BACKENDS, &kinds, NULL) < 0)
        return true;
    for (size_t i = 0; i < kinds.count; i++)
        for (size_t domain = 0; domain < scan->now.count; domain++) {
            auto_free char *root =
                xasprintf(BACKENDS "/%s/%u", kinds.items[i], scan->now.domains[domain].domid);
            auto_string_list devices = STRING_LIST_INIT;

            if (leftover_children(scan->store, XBT_NULL, root, &devices, NULL) < 0)
                return true;
            for (size_t device = 0; device < devices.count; device++) {
                auto_free char *path = xasprintf("%s/%s", root, devices.items[device]);

                if (device_uses(scan->store, path, facts))
                    return true;
            }
        }
    return false;
}

/* path: of the disk in the backend. The texts are freed by the caller. */
struct loop_texts {
    char *node, *params, *script, *physical_device, *backing_file;
};

static void loop_texts_release(struct loop_texts *texts)
{
    free(texts->node);
    free(texts->params);
    free(texts->script);
    free(texts->physical_device);
    free(texts->backing_file);
}
#define auto_loop_texts __attribute__((cleanup(loop_texts_release))) struct loop_texts

static bool is_leftover_loop(struct leftover_scan *scan, const char *path, struct loop_texts *texts,
                             uint32_t *ret_number)
{
    struct loop_facts facts;

    texts->node = leftover_read(scan->store, XBT_NULL, path, "node");
    texts->params = leftover_read(scan->store, XBT_NULL, path, "params");
    texts->script = leftover_read(scan->store, XBT_NULL, path, "script");
    texts->physical_device = leftover_read(scan->store, XBT_NULL, path, "physical-device");
    if (!texts->node || !leftover_parse_loop(texts->node, ret_number))
        return false;
    texts->backing_file = loop_attribute(*ret_number, "loop/backing_file");
    facts = (struct loop_facts){
        .node = texts->node,
        .params = texts->params,
        .script = texts->script,
        .physical_device = texts->physical_device,
        .backing_file = texts->backing_file,
        .used_here = has_holders(*ret_number) || is_mounted(*ret_number),
    };
    if (!leftover_judge_loop(&facts))
        return false;
    facts.used_by_domain = is_used_by_domain(scan, &facts);
    return leftover_judge_loop(&facts);
}

static bool is_listed(const struct leftover_scan *scan, const char *node)
{
    for (size_t i = 0; i < scan->list->count; i++)
        if (scan->list->items[i].kind == LEFTOVER_LOOP &&
            strcmp(scan->list->items[i].subject, node) == 0)
            return true;
    return false;
}

static void find_loop(struct leftover_scan *scan, uint32_t domid, char *path)
{
    auto_loop_texts texts = { NULL, NULL, NULL, NULL, NULL };
    auto_free char *expected = path;
    struct leftover *leftover;
    uint32_t number;

    if (!is_leftover_loop(scan, path, &texts, &number) || is_listed(scan, texts.node))
        return;
    leftover = leftover_list_add(scan->list, LEFTOVER_LOOP, xstrdup(texts.node));
    leftover->domid = domid;
    leftover->action = CLEAN_DETACH;
    leftover->explanation =
        xasprintf("Xen's block script made it for a disk of domain %u, which is "
                  "gone; it holds %s",
                  domid, texts.params);
    leftover->expected = TAKE(expected);
}

int leftover_find_loops(struct leftover_scan *scan, struct error **error)
{
    auto_string_list domids = STRING_LIST_INIT;
    uint32_t domid;

    if (!scan->search->kinds[LEFTOVER_LOOP])
        return 0;
    if (leftover_children(scan->store, XBT_NULL, BACKENDS "/vbd", &domids, error) < 0)
        return -1;
    for (size_t i = 0; i < domids.count; i++) {
        auto_free char *root = xasprintf(BACKENDS "/vbd/%s", domids.items[i]);
        auto_string_list devices = STRING_LIST_INIT;
        int exists;

        if (!leftover_parse_domid(domids.items[i], &domid))
            continue;
        /* Asked now: this node was not seen before the domains were. */
        exists = leftover_domain_exists(scan->host, domid, error);
        if (exists < 0 ||
            (!exists && leftover_children(scan->store, XBT_NULL, root, &devices, error) < 0))
            return -1;
        for (size_t device = 0; device < devices.count; device++)
            find_loop(scan, domid, xasprintf("%s/%s", root, devices.items[device]));
    }
    return 0;
}

bool leftover_names_loop(struct leftover_scan *scan, const char *backend_path)
{
    auto_string_list devices = STRING_LIST_INIT;

    if (!starts_with(backend_path, BACKENDS "/vbd/"))
        return false;
    if (leftover_children(scan->store, XBT_NULL, backend_path, &devices, NULL) < 0)
        return true;
    for (size_t i = 0; i < devices.count; i++) {
        auto_free char *path = xasprintf("%s/%s", backend_path, devices.items[i]);
        auto_loop_texts texts = { NULL, NULL, NULL, NULL, NULL };
        uint32_t number;

        if (is_leftover_loop(scan, path, &texts, &number)) {
            auto_free char *autoclear = loop_attribute(number, "loop/autoclear");

            /* One that is just waiting for its last user is as good as gone. */
            if (!autoclear || strcmp(autoclear, "1") != 0)
                return true;
        }
    }
    return false;
}

enum leftover_result leftover_clean_loop(struct leftover_scan *scan, struct leftover *leftover,
                                         struct error **error)
{
    auto_loop_texts texts = { NULL, NULL, NULL, NULL, NULL };
    int exists = leftover_domain_exists(scan->host, leftover->domid, error);
    auto_fd int fd = -1;
    uint32_t number;

    if (exists)
        return exists < 0 ? RESULT_FAILED : RESULT_GONE;
    /* Exclusively: whoever has mounted it, in whatever namespace, makes this fail. */
    fd = open(leftover->subject, O_RDONLY | O_EXCL | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        error_set_errno(error, ERR_REFUSED, "'%s' is in use", leftover->subject);
        return RESULT_FAILED;
    }
    if (!is_leftover_loop(scan, leftover->expected, &texts, &number) ||
        strcmp(texts.node, leftover->subject) != 0)
        return RESULT_GONE;
    /* A backend in the kernel that has it open still keeps it until it goes, too. */
    if (ioctl(fd, LOOP_CLR_FD, 0) < 0 && errno != ENXIO) {
        error_set_errno(error, ERR_FAILED, "cannot detach '%s'", leftover->subject);
        return RESULT_FAILED;
    }
    return RESULT_CLEANED;
}
