/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the processes of this host are at, from /proc; see leftover_parts.h. */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/leftover_parts.h"

/* Of a command line or a description of a descriptor only the beginning matters. */
#define PROC_FILE_MAX 4096

static size_t read_start(const char *path, char *text)
{
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = fd < 0 ? -1 : read(fd, text, PROC_FILE_MAX - 1);

    text[got > 0 ? got : 0] = '\0';
    return got > 0 ? (size_t)got : 0;
}

static void read_arguments(long pid, struct string_list *arguments)
{
    auto_free char *path = xasprintf("/proc/%ld/cmdline", pid);
    char text[PROC_FILE_MAX];
    size_t length = read_start(path, text);

    for (size_t start = 0; start < length; start += strlen(text + start) + 1)
        string_list_add(arguments, text + start);
}

static bool link_is(long pid, const char *name, const char *wanted)
{
    auto_free char *path = xasprintf("/proc/%ld/%s", pid, name);
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof(target) - 1);

    if (length < 0)
        return false;
    target[length] = '\0';
    return strcmp(target, wanted) == 0;
}

/* Name, state and session; the name is in parentheses and may hold any bytes. */
static bool read_stat(struct leftover_process *process)
{
    auto_free char *path = xasprintf("/proc/%ld/stat", process->pid);
    char text[PROC_FILE_MAX], state;
    char *start, *end;
    long session;

    read_start(path, text);
    start = strchr(text, '(');
    end = strrchr(text, ')');
    if (!start || !end || end < start ||
        sscanf(end + 1, " %c %ld %*d %ld", &state, &process->parent, &session) != 3)
        return false;
    process->comm = xstrndup(start + 1, (size_t)(end - start - 1));
    process->stopped = state == 'T' || state == 't';
    process->detached = session == process->pid;
    return true;
}

static bool see_one(long pid, bool (*see)(void *context, const struct leftover_process *process),
                    void *context)
{
    struct leftover_process process = { .pid = pid };
    bool go_on = true;

    if (read_stat(&process)) {
        read_arguments(pid, &process.arguments);
        process.detached =
            process.detached && link_is(pid, "cwd", "/") && link_is(pid, "fd/0", "/dev/null");
        go_on = see(context, &process);
    }
    free(process.comm);
    string_list_release(&process.arguments);
    return go_on;
}

void leftover_each_process(bool (*see)(void *context, const struct leftover_process *process),
                           void *context)
{
    DIR *proc = opendir("/proc");
    const struct dirent *entry;
    bool go_on = true;
    uint64_t pid;

    while (proc && go_on && (entry = readdir(proc)))
        if (parse_uint(entry->d_name, INT_MAX, &pid))
            go_on = see_one((long)pid, see, context);
    if (proc)
        closedir(proc);
}

static bool add_work(void *context, const struct leftover_process *process)
{
    unsigned *work = context;

    *work |= leftover_tool_work(process->comm, &process->arguments, process->detached);
    return true;
}

unsigned leftover_work(void)
{
    unsigned work = 0;

    leftover_each_process(add_work, &work);
    return work;
}

/* Locks whose holders will not let them go. */

/* Whether the process holds a lock through this descriptor. */
static bool locks_through(long pid, const char *fd)
{
    auto_free char *path = xasprintf("/proc/%ld/fdinfo/%s", pid, fd);
    char text[PROC_FILE_MAX];

    read_start(path, text);
    return strstr(text, "\nlock:") != NULL;
}

static bool holds_lock(long pid, const struct stat *file)
{
    auto_free char *path = xasprintf("/proc/%ld/fd", pid);
    DIR *folder = opendir(path);
    const struct dirent *entry;
    struct stat open_file;
    bool held = false;

    while (folder && !held && (entry = readdir(folder)))
        held = entry->d_name[0] != '.' &&
               fstatat(dirfd(folder), entry->d_name, &open_file, 0) == 0 &&
               open_file.st_dev == file->st_dev && open_file.st_ino == file->st_ino &&
               locks_through(pid, entry->d_name);
    if (folder)
        closedir(folder);
    return held;
}

struct lock_search {
    struct leftover_scan *scan;
    const char *path;
    struct stat file;
};

static bool see_holder(void *context, const struct leftover_process *process)
{
    const struct lock_search *search = context;

    if (process->stopped && holds_lock(process->pid, &search->file))
        leftover_list_add(search->scan->list, LEFTOVER_LOCK, xasprintf("process %ld", process->pid))
            ->explanation = xasprintf("%s holds the lock %s and is stopped: every creation or save "
                                      "of a guest that needs it waits; 'kill -CONT %ld' lets it go "
                                      "on",
                                      process->comm, search->path, process->pid);
    return true;
}

void leftover_find_locks(struct leftover_scan *scan)
{
    const char *const paths[] = { scan->search->lock_file, XEN_RUN_DIR "/xn-create.lock",
                                  XEN_RUN_DIR "/xn-save.lock", XEN_RUN_DIR "/xn-stopping.lock" };

    if (!scan->search->kinds[LEFTOVER_LOCK])
        return;
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        struct lock_search search = { .scan = scan, .path = paths[i] };

        if (paths[i] && stat(paths[i], &search.file) == 0)
            leftover_each_process(see_holder, &search);
    }
}
