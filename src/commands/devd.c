/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn devd: the service of a driver domain. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/background.h"
#include "base/durable.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/devd.h"

#define LOCK_PATH XEN_RUN_DIR "/xn-devd.lock"
#define LOG_PATH  XEN_LOG_DIR "/xn-devd.log"

struct devd_args {
    bool foreground;
    const char *pidfile;
    uint64_t ready_fd;
};

#define NO_READY_FD UINT64_MAX

struct devd {
    const struct env *env;
    const char *pidfile; /* NULL: none is wanted */
    bool written;
    int ready_fd;
};

static void prepare(void *data)
{
    ((struct devd_args *)data)->ready_fd = NO_READY_FD;
}

static void say(FILE *log, const char *text)
{
    char stamp[32] = "";
    time_t now = time(NULL);
    struct tm utc;

    if (gmtime_r(&now, &utc))
        strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
    fprintf(log, "%s devd (process %ld): %s\n", stamp, (long)getpid(), text);
    fflush(log);
}

/* Two of them would run each script twice. */
static int take_lock(int *ret_fd, struct error **error)
{
    struct flock whole_file = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    auto_fd int fd = open(LOCK_PATH, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '%s'", LOCK_PATH);
    if (fcntl(fd, F_SETLK, &whole_file) < 0) {
        if (errno == EACCES || errno == EAGAIN)
            return error_set(error, ERR_EXISTS, "a devd is running here already");
        return error_set_errno(error, ERR_FILE, "cannot lock '%s'", LOCK_PATH);
    }
    *ret_fd = fd;
    fd = -1;
    return 0;
}

/* Whoever reads it finds the old one or the new one, never half of it. */
static int write_pidfile(const char *path, struct error **error)
{
    struct durable file = DURABLE_INIT;
    auto_free char *text = xasprintf("%ld\n", (long)getpid());
    size_t length = strlen(text);
    int result;

    if (durable_open(&file, path, error) < 0)
        return error_wrap(error, "cannot write the PID file");
    if (write(file.fd, text, length) != (ssize_t)length || fchmod(file.fd, 0644) < 0)
        result = error_set_errno(error, ERR_FILE, "cannot write '%s'", path);
    else
        result = durable_commit(&file, error);
    durable_abandon(&file);
    return result;
}

static int on_ready(void *context, struct error **error)
{
    struct devd *devd = context;

    if (devd->pidfile) {
        if (write_pidfile(devd->pidfile, error) < 0)
            return -1;
        devd->written = true;
    }
    say(devd->env->out, "serving the devices of this domain");
    background_ready(&devd->ready_fd);
    return 0;
}

/* Warnings of libxl and its scripts belong into the log, whoever asked for no more; but where there
 * is no Xen the error says it all. */
static int open_host(const struct env *env, struct xen_host **ret_host, struct error **error)
{
    struct xen_host_options options = common_host_options(env);
    auto_xen_host *probe = NULL;

    if (common_open_host(env, &probe, error) < 0)
        return -1;
    options.live = env->err;
    options.timestamps = true;
    if (options.verbose < 1)
        options.verbose = 1;
    return xen_host_open(&options, ret_host, error);
}

static int serve(struct devd *devd, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_fd int lock = -1;
    int result;

    if (open_host(devd->env, &host, error) < 0 || take_lock(&lock, error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    (void)prctl(PR_SET_NAME, "xn-devd"); /* for ps and pgrep */
    result = xen_devd_run(host, on_ready, devd, error);
    if (devd->written)
        (void)unlink(devd->pidfile);
    if (result == 0)
        say(devd->env->out, "ended by a signal");
    interrupt_release();
    return result;
}

/* What can be said at once is said here; later it could only go into the log. */
static int start(const struct env *env, const char *pidfile, struct error **error)
{
    const char *words[] = { env->program, "-v", "devd", "--foreground", "--pidfile", pidfile };
    auto_xen_host *host = NULL;
    int lock;

    if (common_open_host(env, &host, error) < 0 || take_lock(&lock, error) < 0)
        return -1;
    close(lock);
    if (background_start(words, pidfile ? ARRAY_SIZE(words) : ARRAY_SIZE(words) - 2, LOG_PATH))
        return 0;
    error_set(error, ERR_FAILED, "devd did not start");
    return error_hint(error, "the reason is in %s; 'xn devd -F' shows it here", LOG_PATH);
}

/* The process in the background works in another folder. The caller frees it. */
static char *absolute(const char *path)
{
    auto_free char *folder = path && *path != '/' ? getcwd(NULL, 0) : NULL;

    return folder ? xasprintf("%s/%s", folder, path) : xstrdup(path);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct devd_args *args = data;
    auto_free char *pidfile = absolute(args->pidfile);
    struct devd devd = { .env = env, .pidfile = pidfile, .ready_fd = -1 };

    if (!args->foreground)
        return start(env, pidfile, error);
    if (args->ready_fd != NO_READY_FD) {
        devd.ready_fd = (int)args->ready_fd;
        /* Scripts and QEMU must not inherit it. */
        if (fcntl(devd.ready_fd, F_SETFD, FD_CLOEXEC) < 0)
            return error_set_errno(error, ERR_USAGE, "--ready-fd %d", devd.ready_fd);
    }
    return serve(&devd, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('F', "foreground", struct devd_args, foreground,
                "stay in the foreground and log to the terminal"),
    OPTION_TEXT('p', "pidfile", struct devd_args, pidfile, KIND_FILE, "FILE",
                "write the process number here once it serves"),
    { .name = "ready-fd",
      .kind = KIND_UINT,
      .hidden = true,
      .placeholder = "FD",
      .offset = FIELD(struct devd_args, ready_fd, uint64_t),
      .help = "write a byte here when it serves" },
    OPTION_END,
};

static const struct example examples[] = {
    { "devd -p /run/xn-devd.pid", "serve in the background" },
    { "devd -F", "in the foreground, for a service manager" },
    { NULL, NULL },
};

const struct command cmd_devd = {
    .name = "devd",
    .group = GROUP_HOST,
    .summary = "serve devices from a driver domain",
    .description = "Runs in a domain that has disks or networks for other guests, and does there\n"
                   "what domain 0 does elsewhere: runs the scripts and the QEMU of devices that\n"
                   "come and go. It returns when it serves; its log is xn-devd.log.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES,
    .options = options,
    .args_size = sizeof(struct devd_args),
    .prepare = prepare,
    .run = run,
};
