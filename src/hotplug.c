/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * xn-hotplug: stands in for two of Xen's hotplug scripts, which take dozens of processes each. xn
 * starts it with the words and the environment that libxl has for the script, the script's path
 * first (src/xen/fast_hotplug.c). Whatever is not the plain case it leaves to the script.
 */
#include <errno.h>
#include <string.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "base/mem.h"
#include "hotplug/block.h"
#include "hotplug/stock.h"
#include "hotplug/vif.h"

#define TYPE_WORD "type_if="

static bool understand(struct job *job, enum stock_kind kind, int argc, char **argv)
{
    *job = (struct job){ .script = argv[0], .path = getenv("XENBUS_PATH") };
    if (argc != (kind == STOCK_VIF ? 3 : 2) || !job->path || !*job->path)
        return false;
    job->command = argv[1];
    if (kind == STOCK_VIF) {
        if (strncmp(argv[2], TYPE_WORD, strlen(TYPE_WORD)) != 0)
            return false;
        job->type = argv[2] + strlen(TYPE_WORD);
    }
    return true;
}

static enum verdict run_disk(const struct job *job)
{
    const char *base = getenv("XENBUS_BASE_PATH"), *type = getenv("XENBUS_TYPE");
    auto_free char *folder = NULL;

    if (!base || !type)
        return JOB_FOR_SCRIPT;
    folder = xasprintf("%s/%s", base, type);
    return block_run(job, folder);
}

static enum verdict run(enum stock_kind kind, int argc, char **argv)
{
    enum verdict verdict;
    struct job job;

    if (!understand(&job, kind, argc, argv) || !stock_is_unchanged(job.script, kind))
        return JOB_FOR_SCRIPT;
    job.store = xs_open(0);
    if (!job.store)
        return JOB_FOR_SCRIPT;
    verdict =
        kind == STOCK_VIF ? vif_run(&job, getenv("vif"), getenv("INTERFACE")) : run_disk(&job);
    xs_close(job.store);
    return verdict;
}

/* Somebody has put this program where the script was. */
static bool is_this_program(const char *script)
{
    struct stat own, other;

    return stat("/proc/self/exe", &own) < 0 ||
           (stat(script, &other) == 0 && own.st_dev == other.st_dev && own.st_ino == other.st_ino);
}

int main(int argc, char **argv)
{
    enum stock_kind kind = argc > 0 ? stock_kind_of(argv[0]) : STOCK_NONE;
    enum verdict verdict;

    if (kind == STOCK_NONE || is_this_program(argv[0])) {
        fputs("xn-hotplug: xn starts this program in place of a hotplug script; see xn.conf(5)\n",
              stderr);
        return 2;
    }
    openlog("xn-hotplug", 0, LOG_DAEMON);
    verdict = run(kind, argc, argv);
    if (verdict != JOB_FOR_SCRIPT)
        return verdict == JOB_DONE ? 0 : 1;
    closelog();
    (void)execv(argv[0], argv);
    fprintf(stderr, "xn-hotplug: cannot start '%s': %s\n", argv[0], strerror(errno));
    return 1;
}
