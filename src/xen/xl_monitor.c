/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding xl's monitors by their logs; see xl_monitor.h. */
#include "xen/xl_monitor.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <poll.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#define LOG_PREFIX XEN_LOG_DIR "/xl-"
/* How long a process may take to end before it is killed. */
#define END_MS 5000

static bool is_xl(const char *pid)
{
    auto_free char *path = xasprintf("/proc/%s/comm", pid);
    FILE *file = fopen(path, "re");
    char name[32] = "";
    bool found = file && fgets(name, sizeof(name), file) && strcmp(name, "xl\n") == 0;

    if (file)
        fclose(file);
    return found;
}

/* "Waiting for domain NAME (domid 7) to die [pid 4711]"; a name may hold anything, so the last of
 * what looks like a number is one. */
static bool read_line(const char *line, unsigned *domid)
{
    const char *next = starts_with(line, "Waiting for domain ") ? line : NULL;
    const char *found = NULL;
    int end = 0;

    while (next && (next = strstr(next, " (domid ")))
        found = next++;
    return found && sscanf(found, " (domid %u) to die%n", domid, &end) == 1 && end;
}

/* xl writes such a line whenever it begins to look after a domain; the last one holds. */
bool xl_monitor_log_waits(FILE *log, uint32_t domid)
{
    auto_free char *line = NULL;
    size_t size = 0;
    unsigned number;
    bool waits = false;

    while (getline(&line, &size, log) >= 0)
        if (read_line(line, &number))
            waits = number == domid;
    return waits;
}

/* The log is opened through the process: it may have been moved or removed. */
static bool waits_for(const char *pid, uint32_t domid)
{
    auto_free char *path = xasprintf("/proc/%s/fd/1", pid);
    char target[512] = "";
    FILE *log;
    bool waits;

    if (readlink(path, target, sizeof(target) - 1) < 0 || !starts_with(target, LOG_PREFIX))
        return false;
    log = fopen(path, "re");
    waits = log && xl_monitor_log_waits(log, domid);
    if (log)
        fclose(log);
    return waits;
}

pid_t xl_monitor_find(uint32_t domid)
{
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    pid_t found = 0;

    while (processes && !found && (entry = readdir(processes)))
        if (isdigit((unsigned char)*entry->d_name) && is_xl(entry->d_name) &&
            waits_for(entry->d_name, domid))
            found = (pid_t)atol(entry->d_name);
    if (processes)
        closedir(processes);
    return found;
}

void xl_monitor_hold(pid_t pid)
{
    (void)kill(pid, SIGSTOP);
}

void xl_monitor_release(pid_t pid)
{
    (void)kill(pid, SIGCONT);
}

static bool ends(int process, int number)
{
    struct pollfd ended = { .fd = process, .events = POLLIN };

    (void)syscall(SYS_pidfd_send_signal, process, number, NULL, 0);
    (void)syscall(SYS_pidfd_send_signal, process, SIGCONT, NULL, 0); /* it may be held */
    return poll(&ended, 1, END_MS) > 0;
}

int xl_monitor_end(pid_t pid, struct error **error)
{
    auto_fd int process = (int)syscall(SYS_pidfd_open, pid, 0);
    char number[16];

    snprintf(number, sizeof(number), "%ld", (long)pid);
    if (process < 0 && errno == ESRCH)
        return 0;
    if (process < 0)
        return error_set_errno(error, ERR_FAILED, "cannot watch process %s of xl", number);
    /* By now the number cannot change hands any more; has it before? */
    if (!is_xl(number))
        return 0;
    if (syscall(SYS_pidfd_send_signal, process, 0, NULL, 0) < 0 && errno == EPERM)
        return error_set_errno(error, ERR_PERMISSION, "cannot end process %s of xl", number);
    if (ends(process, SIGTERM) || ends(process, SIGKILL))
        return 0;
    return error_set(error, ERR_FAILED, "process %s of xl does not end", number);
}
