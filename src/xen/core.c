/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Dumping cores; see core.h.
 *
 * libxl wants a path and returns only when all is written, which can take minutes and cannot be
 * aborted. So a child calls it, which can be killed, and tells through a pipe what went wrong.
 */
#include "xen/core.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"

#define TICK_MS 500

/* What a core needs beside the memory: 16 bytes for each page, headers, the CPUs' registers. */
#define SLACK_KIB(memory_kib) (1024 + (memory_kib) / 128)

struct core {
    struct xen_host *host;
    const struct domain *domain;
    const struct core_options *options;
    struct durable file;
    uint64_t total_kib;
    pid_t child;
    int report; /* what the child says; its end of file is the child's end */
};

static int check_target(struct core *core, struct error **error)
{
    struct stat target;
    uint64_t free_kib;

    if (fstat(core->file.fd, &target) < 0)
        return error_set_errno(error, ERR_FILE, "cannot look at '%s'", core->file.path);
    if (S_ISFIFO(target.st_mode)) {
        error_set(error, ERR_FILE, "'%s' is a pipe, and a core cannot be written to one",
                  core->file.path);
        return error_hint(error, "name a file");
    }
    core->total_kib = core->domain->memory_kib + SLACK_KIB(core->domain->memory_kib);
    if (durable_free_kib(&core->file, &free_kib, error) < 0)
        return -1;
    if (free_kib < core->total_kib) {
        auto_free char *needed = human_kib(core->total_kib);
        auto_free char *there = human_kib(free_kib);

        return error_set(error, ERR_FILE, "not enough space for '%s': %s needed, %s free",
                         core->file.path, needed, there);
    }
    return 0;
}

/* The child's side. An error travels as lines: code, message, hint (may be empty), detail. Each is
 * printable, so it holds no newline. */

static void send_error(int fd, const struct error *error)
{
    auto_str text = STR_INIT;

    str_addf(&text, "%d\n%s\n%s", (int)error->code, error->message, error->hint ? error->hint : "");
    for (size_t i = 0; i < error->detail.count; i++)
        str_addf(&text, "\n%s", error->detail.items[i]);
    (void)file_write(fd, "the pipe", text.text, text.length, NULL);
}

static int dump(const struct core *core, struct error **error)
{
    auto_free char *path = durable_path(&core->file);
    uint32_t domid = core->domain->domid;
    int rc;

    if (xen_host_reopen_in_child(core->host, error) < 0 ||
        xen_domain_verify(core->host, core->domain, error) < 0)
        return -1;
    xen_log_forget(core->host);
    rc = libxl_domain_core_dump(xen_ctx(core->host), domid, path, NULL);
    if (rc)
        return xen_error(core->host, error, rc, "cannot dump the core of domain %u to '%s'", domid,
                         core->file.path);
    return 0;
}

static void __attribute__((noreturn)) run_child(const struct core *core, pid_t parent, int report)
{
    static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ };
    struct error *error = NULL;

    /* The parent alone decides when it ends, by killing it or by dying itself. A file that would
     * get too large shall be an error. */
    for (size_t i = 0; i < ARRAY_SIZE(ignored); i++)
        signal(ignored[i], SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    if (dump(core, &error) < 0)
        send_error(report, error);
    _exit(error != NULL);
}

/* The parent's side. */

static int start(struct core *core, struct error **error)
{
    pid_t parent = getpid();
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return error_set_errno(error, ERR_FAILED, "cannot make a pipe");
    core->child = fork();
    if (core->child == 0)
        run_child(core, parent, ends[1]);
    close(ends[1]);
    core->report = ends[0];
    if (core->child < 0)
        return error_set_errno(error, ERR_FAILED, "cannot start a process");
    return 0;
}

/* What the child maps keeps a destroyed domain from going away, so its end ends the child. */
static int tick(const struct core *core, struct error **error)
{
    struct stat file;

    if (xen_domain_is_gone(core->host, core->domain->domid, core->domain->uuid))
        return error_set(error, ERR_FAILED,
                         "domain %u was destroyed meanwhile; '%s' was not written",
                         core->domain->domid, core->file.path);
    if (core->options->on_progress && fstat(core->file.fd, &file) == 0)
        core->options->on_progress(core->options->context, (uint64_t)file.st_size / 1024,
                                   core->total_kib);
    return 0;
}

/* Gathers the report up to its end. 1 when a signal came before. */
static int read_report(const struct core *core, struct str *report, struct error **error)
{
    struct pollfd fds[] = { { .fd = core->report, .events = POLLIN },
                            { .fd = interrupt_fd(), .events = POLLIN } };
    char bytes[512];

    for (;;) {
        int ready = poll(fds, ARRAY_SIZE(fds), TICK_MS);
        ssize_t got;

        if (interrupt_signal())
            return 1;
        if (ready < 0 && errno != EINTR)
            return error_set_errno(error, ERR_FAILED, "cannot wait for the core");
        if (ready == 0 && tick(core, error) < 0)
            return -1;
        if (ready <= 0 || !fds[0].revents)
            continue;
        got = read(core->report, bytes, sizeof(bytes));
        if (got < 0 && errno != EINTR)
            return error_set_errno(error, ERR_FAILED, "cannot wait for the core");
        if (got == 0)
            return 0;
        str_add_bytes(report, bytes, got > 0 ? (size_t)got : 0);
    }
}

static int take_error(const struct str *report, int status, struct error **error)
{
    auto_string_list lines = STRING_LIST_INIT;

    string_list_split(&lines, str_text(report), '\n');
    if (WIFSIGNALED(status))
        return error_set(error, ERR_FAILED, "the process that writes the core was killed: %s",
                         strsignal(WTERMSIG(status)));
    if (lines.count < 3)
        return error_set(error, ERR_FAILED, "the process that writes the core ended too early");
    error_set(error, (enum error_code)atoi(lines.items[0]), "%s", lines.items[1]);
    if (*lines.items[2])
        error_hint(error, "%s", lines.items[2]);
    for (size_t i = 3; i < lines.count; i++)
        error_detail(error, lines.items[i]);
    return -1;
}

static int wait_for_child(const struct core *core, struct error **error)
{
    auto_str report = STR_INIT;
    int status = -1;
    int result = read_report(core, &report, error);

    if (result != 0)
        kill(core->child, SIGKILL);
    while (waitpid(core->child, &status, 0) < 0 && errno == EINTR)
        ;
    if (result > 0)
        return error_set(error, ERR_INTERRUPTED, "interrupted; '%s' was not written",
                         core->file.path);
    if (result == 0 && status != 0)
        return take_error(&report, status, error);
    return result;
}

int xen_core_dump(struct xen_host *host, const struct domain *domain, const char *path,
                  const struct core_options *options, struct error **error)
{
    struct core core = {
        .host = host, .domain = domain, .options = options, .file = DURABLE_INIT, .report = -1
    };
    int result = -1;

    if (domain->dying)
        return error_set(error, ERR_FAILED, "domain %u is just ending: its memory is gone",
                         domain->domid);
    if (durable_open(&core.file, path, error) == 0 && check_target(&core, error) == 0 &&
        start(&core, error) == 0 && wait_for_child(&core, error) == 0)
        result = durable_commit(&core.file, error);
    close_fd(&core.report);
    durable_abandon(&core.file);
    return result;
}
