/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks that come and go; see block.h. */
#include "hotplug/block.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <syslog.h>

#include "base/mem.h"
#include "base/str.h"
#include "hotplug/lock.h"
#include "hotplug/loop.h"

/* Of locking.sh; one for all disks of the host. */
#define LOCK_PATH "/var/run/xen-hotplug/block"
/* A backend that waits for its script (xen/io/xenbus.h). */
#define STATE_INIT_WAIT "2"
/* See is_beyond_losetup. */
#define LAST_EQUAL_DEVICE 9

struct block {
    const struct job *job;
    const char *base;
    char *target; /* the node "params" */
    enum block_mode mode;
    struct stat status; /* of the target */
};

enum block_mode block_parse_mode(const char *text)
{
    if (!strchr(text, 'w'))
        return BLOCK_READ;
    return strchr(text, '!') ? BLOCK_UNCHECKED : BLOCK_WRITE;
}

bool block_mount_counts(const char *line, enum block_mode mode)
{
    for (int i = 0; i < 3; i++) {
        line = strchr(line, ' ');
        if (!line)
            return true;
        line++;
    }
    return mode == BLOCK_WRITE || !(starts_with(line, "ro") && (line[2] == ' ' || line[2] == ','));
}

static char *hex_numbers(dev_t device)
{
    return xasprintf("%x:%x", major(device), minor(device));
}

/* True, too, when nobody can tell. */
static bool is_mounted(dev_t device, enum block_mode mode)
{
    FILE *mounts = fopen("/proc/mounts", "re");
    auto_free char *line = NULL;
    bool found = !mounts;
    size_t size = 0;

    while (!found && getline(&line, &size, mounts) > 0) {
        bool counts = block_mount_counts(line, mode);
        struct stat status;

        line[strcspn(line, " ")] = '\0';
        found = counts && stat(line, &status) == 0 && status.st_rdev == device;
    }
    if (mounts)
        fclose(mounts);
    return found;
}

static bool is_disk_on(const struct block *block, const char *folder, const char *numbers)
{
    auto_free char *device = NULL, *mode = NULL;

    if (!job_read(block->job, &device, "%s/physical-device", folder))
        return true;
    if (!device || strcmp(device, numbers) != 0)
        return false;
    return block->mode == BLOCK_WRITE || !job_read(block->job, &mode, "%s/mode", folder) ||
           block_parse_mode(mode ? mode : "") == BLOCK_WRITE;
}

/* The names below a folder; none when it is not there. */
static bool list(const struct block *block, const char *folder, char ***ret_names,
                 unsigned *ret_count)
{
    *ret_count = 0;
    *ret_names = xs_directory(block->job->store, XBT_NULL, folder, ret_count);
    return *ret_names || errno == ENOENT;
}

static bool has_disk_on(const struct block *block, const char *domain, const char *numbers)
{
    auto_free char *folder = xasprintf("%s/%s", block->base, domain);
    auto_free char **names = NULL;
    unsigned count;

    if (!list(block, folder, &names, &count))
        return true;
    for (unsigned i = 0; i < count; i++) {
        auto_free char *disk = xasprintf("%s/%s", folder, names[i]);

        if (is_disk_on(block, disk, numbers))
            return true;
    }
    return false;
}

/* Somebody uses it in a way that does not go with this one. Whether that is the same guest, which
 * may, is for the script to find out. */
static bool may_be_shared(const struct block *block, dev_t device)
{
    auto_free char *numbers = hex_numbers(device);
    auto_free char **domains = NULL;
    unsigned count;

    if (block->mode == BLOCK_UNCHECKED)
        return false;
    if (is_mounted(device, block->mode) || !list(block, block->base, &domains, &count))
        return true;
    for (unsigned i = 0; i < count; i++)
        if (has_disk_on(block, domains[i], numbers))
            return true;
    return false;
}

/*
 * The script looks for the file among the loop devices by the number of its file system, which it
 * has in base 16 and losetup shows in base 10. So it finds nothing, except where both look alike.
 * What it lets through must pass here, too: xn looks for itself (src/xen/preflight_device.c), and
 * lets through what its user wants.
 */
static bool is_beyond_losetup(const struct block *block)
{
    return block->mode == BLOCK_UNCHECKED || block->status.st_dev > LAST_EQUAL_DEVICE;
}

static bool write_device(const struct block *block, const char *device, dev_t numbers)
{
    auto_free char *text = hex_numbers(numbers);
    const struct job *job = block->job;

    return job_write(job, text, "%s/physical-device", job->path) &&
           job_write(job, device, "%s/physical-device-path", job->path) &&
           job_write(job, "connected", "%s/hotplug-status", job->path);
}

/* A script that finds physical-device believes that all is done. */
static enum verdict take_back(const struct block *block, const char *loop)
{
    static const char *const nodes[] = { "physical-device", "physical-device-path", "node" };
    auto_free char *sentence = xasprintf("Writing to %s failed.", block->job->path);

    if (loop && !loop_detach(loop))
        return job_broken(block->job, sentence);
    for (size_t i = 0; i < ARRAY_SIZE(nodes); i++) {
        auto_free char *path = xasprintf("%s/%s", block->job->path, nodes[i]);

        if (!xs_rm(block->job->store, XBT_NULL, path) && errno != ENOENT)
            return job_broken(block->job, sentence);
    }
    return JOB_FOR_SCRIPT;
}

static enum verdict add_device(const struct block *block)
{
    auto_free char *device = NULL;
    struct stat status;

    /* Only a link itself is resolved, not one on the way: physical-device-path shows it. */
    if (lstat(block->target, &status) < 0)
        return JOB_FOR_SCRIPT;
    device = S_ISLNK(status.st_mode) ? realpath(block->target, NULL) : xstrdup(block->target);
    if (!device || may_be_shared(block, block->status.st_rdev))
        return JOB_FOR_SCRIPT;
    return write_device(block, device, block->status.st_rdev) ? JOB_DONE : take_back(block, NULL);
}

/* A device that was given up meanwhile would keep its loop device for ever. */
static bool is_waited_for(const struct block *block)
{
    auto_free char *state = NULL;

    return job_read(block->job, &state, "%s/state", block->job->path) && state &&
           strcmp(state, STATE_INIT_WAIT) == 0;
}

static enum verdict add_file(const struct block *block)
{
    auto_free char *file = realpath(block->target, NULL), *loop = NULL;
    bool writable = block->status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH);
    struct stat status;

    if (!file || !is_waited_for(block) || (block->mode == BLOCK_WRITE && !writable) ||
        !is_beyond_losetup(block))
        return JOB_FOR_SCRIPT;
    loop = loop_attach(file, block->mode == BLOCK_READ);
    if (!loop)
        return JOB_FOR_SCRIPT;
    if (stat(loop, &status) == 0 && job_write(block->job, loop, "%s/node", block->job->path) &&
        write_device(block, loop, status.st_rdev))
        return JOB_DONE;
    return take_back(block, loop);
}

static enum verdict remove_file(const struct block *block)
{
    auto_free char *loop = NULL;

    if (!job_read(block->job, &loop, "%s/node", block->job->path) || !loop ||
        !starts_with(loop, "/dev/loop"))
        return JOB_FOR_SCRIPT;
    return loop_detach(loop) ? JOB_DONE : JOB_FOR_SCRIPT;
}

/* The script is called a second time by some, and does nothing then. */
static bool is_done(const struct block *block, bool *ret_done)
{
    auto_free char *numbers = NULL;

    if (!job_read(block->job, &numbers, "%s/physical-device", block->job->path))
        return false;
    *ret_done = numbers;
    return true;
}

static enum verdict with_lock(const struct block *block, enum verdict (*act)(const struct block *))
{
    int lock = script_lock_take(LOCK_PATH);
    enum verdict verdict;

    if (lock < 0)
        return JOB_FOR_SCRIPT;
    verdict = act(block);
    script_lock_release(lock, LOCK_PATH);
    return verdict;
}

static enum verdict run(const struct block *block)
{
    bool is_file = S_ISREG(block->status.st_mode), done;

    if (!is_file && !S_ISBLK(block->status.st_mode))
        return JOB_FOR_SCRIPT;
    if (strcmp(block->job->command, "remove") == 0)
        return is_file ? with_lock(block, remove_file) : JOB_DONE;
    if (strcmp(block->job->command, "add") != 0 || !is_done(block, &done))
        return JOB_FOR_SCRIPT;
    return done ? JOB_DONE : with_lock(block, is_file ? add_file : add_device);
}

enum verdict block_run(const struct job *job, const char *base)
{
    struct block block = { .job = job, .base = base };
    enum verdict verdict = JOB_FOR_SCRIPT;
    auto_free char *mode = NULL;

    if (job_read(job, &block.target, "%s/params", job->path) && block.target &&
        *block.target == '/' && job_read(job, &mode, "%s/mode", job->path) && mode && *mode &&
        stat(block.target, &block.status) == 0) {
        block.mode = block_parse_mode(mode);
        verdict = run(&block);
    }
    if (verdict == JOB_DONE)
        syslog(LOG_DEBUG, "%s: %s XENBUS_PATH=%s", job->script, job->command, job->path);
    free(block.target);
    return verdict;
}
