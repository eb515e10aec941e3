/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Prints everything on a Xen host that a test could leave behind, one line each, sorted: domains,
 * xenstore nodes, loop devices, network interfaces, processes, files, locks. One program instead of
 * a dozen commands: starting a process is what costs most on an emulated host.
 */
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xenstore.h>

#include "base/mem.h"
#include "base/str.h"

static struct string_list lines;

static void add(const char *kind, const char *text)
{
    string_list_take(&lines, xasprintf("%s %s", kind, text));
}

/* Everything below path; depth 0: only its children's names. */
static void add_nodes(struct xs_handle *store, const char *path, int depth)
{
    unsigned count = 0;
    char **names = xs_directory(store, XBT_NULL, path, &count);

    for (unsigned i = 0; names && i < count; i++) {
        auto_free char *child = xasprintf("%s/%s", path, names[i]);

        add("xenstore", child);
        if (depth > 0)
            add_nodes(store, child, depth - 1);
    }
    free(names);
}

static void add_xenstore(void)
{
    struct xs_handle *store = xs_open(0);

    if (!store) {
        add("xenstore", "does not answer");
        return;
    }
    add_nodes(store, "/local/domain", 0);
    add_nodes(store, "/vm", 0);
    add_nodes(store, "/libxl", 1);
    add_nodes(store, "/local/domain/0/backend", 5);
    xs_close(store);
}

static bool is_ours(const char *process)
{
    static const char *const names[] = { "xn",         "qemu-system", "xen-qemu", "xenconsole",
                                         "libxl-save", "vif-bridge",  "block",    "xl" };

    if (strcmp(process, "xenconsoled") == 0)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (starts_with(process, names[i]))
            return true;
    return false;
}

/* The one line of a small file, without its newline; NULL when it cannot be read. */
static char *read_line(const char *path)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;

    if (!file)
        return NULL;
    if (getline(&line, &size, file) < 0) {
        free(line);
        line = NULL;
    } else {
        line[strcspn(line, "\n")] = '\0';
    }
    fclose(file);
    return line;
}

/* Calls see for every entry of a folder. */
static void each_entry(const char *folder, void (*see)(const char *name))
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            see(entry->d_name);
    if (dir)
        closedir(dir);
}

static void see_process(const char *name)
{
    auto_free char *path = xasprintf("/proc/%s/comm", name);
    auto_free char *comm = strspn(name, "0123456789") == strlen(name) ? read_line(path) : NULL;

    if (comm && is_ours(comm))
        add("process", comm);
}

static void see_interface(const char *name)
{
    add("interface", name);
}

static void see_block_device(const char *name)
{
    auto_free char *path = xasprintf("/sys/block/%s/loop/backing_file", name);
    auto_free char *backing = read_line(path);

    if (backing)
        add("loop", backing);
}

/* Logs are meant to stay, and so are the lock file of the supervisor and libxl's memory of domids.
 */
static int see_file(const char *path, const struct stat *status, int type, struct FTW *where)
{
    static const char *const fine[] = { "/var/log/xen/",
                                        "/run/xen/domid-history",
                                        "/run/xen/xn-supervisor.lock",
                                        "/run/xen/xn-create.lock",
                                        "/run/xen/xn-devd.lock",
                                        "/run/xen/xn-ending.lock",
                                        "/run/xen/xn-save.lock",
                                        "/run/xen/xn-receive.lock",
                                        "/run/xen/xn-stopping.lock",
                                        "/var/lib/xen/xn-restored",
                                        "/tmp/xn-tests.",
                                        "/tmp/systemd-" };

    (void)status, (void)type, (void)where;
    for (size_t i = 0; i < ARRAY_SIZE(fine); i++)
        if (starts_with(path, fine[i]))
            return 0;
    /* What is remembered of a guest that arrived. */
    if (strcmp(path, "/var/lib/xen/xn-migrations") == 0 ||
        (starts_with(path, "/var/lib/xen/xn-migrations/") && ends_with(path, ".in")))
        return 0;
    add("file", path);
    return 0;
}

static void add_locks(void)
{
    FILE *file = fopen("/proc/locks", "re");
    char line[256];

    while (file && fgets(line, sizeof(line), file)) {
        long pid = 0;
        auto_free char *path = NULL, *comm = NULL;

        if (sscanf(line, "%*s %*s %*s %*s %ld", &pid) != 1)
            continue;
        path = xasprintf("/proc/%ld/comm", pid);
        comm = read_line(path);
        if (comm && is_ours(comm))
            add("lock", comm);
    }
    if (file)
        fclose(file);
}

int main(void)
{
    static const char *const folders[] = { "/run/xen", "/var/lib/xen", "/run/lock", "/tmp" };

    add_xenstore();
    each_entry("/proc", see_process);
    each_entry("/sys/class/net", see_interface);
    each_entry("/sys/block", see_block_device);
    for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
        nftw(folders[i], see_file, 16, FTW_PHYS);
    add_locks();
    string_list_sort(&lines);
    for (size_t i = 0; i < lines.count; i++)
        puts(lines.items[i]);
    string_list_release(&lines);
    return fflush(stdout) == 0 ? 0 : 1;
}
