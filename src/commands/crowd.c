/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One child process for each guest; see crowd.h. */
#include "commands/crowd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "model/outcome_wire.h"
#include "out/progress.h"

/* Each runs hotplug scripts of many processes, or writes to a disk. */
#define JOBS_DEFAULT 4
#define LIGHT_MAX    64

struct child {
    const struct crowd_job *job;
    pid_t pid;
    int fd; /* the packed outcome comes from here; -1: not running */
    struct str bytes;
    uint64_t soft_ms, hard_ms; /* clock_ms */
    bool overdue;
};

struct runner {
    const struct crowd *crowd;
    struct child *children; /* one for each job */
    size_t next, running, light, ended;
    bool failed;
    struct progress progress;
};

static void be_child(const struct crowd *crowd, const struct crowd_job *job, int fd)
{
    struct outcome outcome = { .action = job->outcome->action,
                               .target = job->outcome->target,
                               .domain = domain_copy(&job->outcome->domain) };
    struct str bytes = STR_INIT;

    interrupt_in_child();
    if (xen_host_reopen_in_child(crowd->host, &outcome.error) == 0)
        job->run(job->context, crowd->host, &outcome);
    outcome_pack(&outcome, &bytes);
    for (size_t sent = 0; sent < bytes.length;) {
        ssize_t part = write(fd, bytes.text + sent, bytes.length - sent);

        if (part < 0 && errno != EINTR)
            break;
        sent += part > 0 ? (size_t)part : 0;
    }
    str_release(&bytes);
}

static void fail_job(struct runner *runner, const struct crowd_job *job, enum error_code code,
                     const char *text)
{
    error_set(&job->outcome->error, code, "%s", text);
    runner->ended++;
}

static uint64_t sooner(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static void set_limits(const struct crowd *crowd, struct child *child)
{
    const struct crowd_job *job = child->job;

    child->soft_ms = deadline_after(job->soft_limit_ms);
    if (!crowd->start_late || job->soft_limit_ms != DEADLINE_NEVER)
        child->soft_ms = sooner(child->soft_ms, crowd->deadline_ms);
    child->hard_ms = deadline_after(job->hard_limit_ms);
}

static void start_job(struct runner *runner, struct child *child)
{
    const struct crowd *crowd = runner->crowd;
    int ends[2];

    if (interrupt_signal()) {
        fail_job(runner, child->job, ERR_INTERRUPTED, "interrupted before it was begun");
        return;
    }
    if (runner->failed && crowd->stop) {
        fail_job(runner, child->job, ERR_REFUSED, "not begun, because another one failed");
        return;
    }
    if (!crowd->start_late && deadline_poll_ms(crowd->deadline_ms) == 0) {
        fail_job(runner, child->job, ERR_TIMEOUT, "not begun: the time for all is over");
        return;
    }
    if (pipe2(ends, O_CLOEXEC) < 0) {
        fail_job(runner, child->job, ERR_FAILED, "cannot start a process for it");
        return;
    }
    child->pid = fork();
    if (child->pid == 0) {
        be_child(crowd, child->job, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (child->pid < 0) {
        close(ends[0]);
        fail_job(runner, child->job, ERR_FAILED, "cannot start a process for it");
        return;
    }
    child->fd = ends[0];
    set_limits(crowd, child);
    *(child->job->light ? &runner->light : &runner->running) += 1;
}

/* What the job knew about its guest before stays when the child has told nothing. */
static void take_outcome(struct child *child)
{
    struct outcome *outcome = child->job->outcome, told = { .action = outcome->action };

    if (!outcome_unpack(&child->bytes, &told)) {
        error_clear(&told.error);
        domain_release(&told.domain);
        error_set(&outcome->error, ERR_FAILED, "the process that did it was killed");
        error_hint(&outcome->error, "'xn cleanup' shows what it has left, if anything");
        return;
    }
    if (told.domain.uuid[0]) {
        domain_release(&outcome->domain);
        outcome->domain = told.domain;
    }
    outcome->result = told.result;
    outcome->moved = told.moved;
    outcome->downtime_ms = told.downtime_ms;
    outcome->sent_kib = told.sent_kib;
    outcome->error = told.error;
    outcome->duration_ms = told.duration_ms;
}

/* What a child says that was told to give up is that it was interrupted. */
static void explain_overdue(struct outcome *outcome)
{
    if (!outcome->error || outcome->error->code != ERR_INTERRUPTED)
        return;
    error_clear(&outcome->error);
    error_set(&outcome->error, ERR_TIMEOUT, "it took too long and was given up");
}

static void end_job(struct runner *runner, struct child *child)
{
    const struct crowd *crowd = runner->crowd;

    close_fd(&child->fd);
    while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    take_outcome(child);
    if (child->overdue)
        explain_overdue(child->job->outcome);
    if (child->job->outcome->error)
        runner->failed = true;
    str_release(&child->bytes);
    *(child->job->light ? &runner->light : &runner->running) -= 1;
    progress_show(&runner->progress, "%s: %zu of %zu", crowd->action, ++runner->ended,
                  crowd->count);
}

static void read_child(struct runner *runner, struct child *child)
{
    char part[4096];
    ssize_t got = read(child->fd, part, sizeof(part));

    if (got > 0)
        str_add_bytes(&child->bytes, part, (size_t)got);
    else if (got == 0 || errno != EINTR)
        end_job(runner, child);
}

/* Signals reach the children of a terminal by themselves; those of 'kill' are passed on. */
static void pass_signal(const struct runner *runner)
{
    for (size_t i = 0; i < runner->next; i++)
        if (runner->children[i].fd >= 0)
            (void)kill(runner->children[i].pid, SIGTERM);
}

static void enforce_limits(struct runner *runner)
{
    for (size_t i = 0; i < runner->next; i++) {
        struct child *child = &runner->children[i];

        if (child->fd < 0)
            continue;
        if (deadline_poll_ms(child->hard_ms) == 0) {
            child->hard_ms = DEADLINE_NEVER;
            (void)kill(child->pid, SIGKILL);
        } else if (deadline_poll_ms(child->soft_ms) == 0) {
            child->soft_ms = DEADLINE_NEVER;
            child->overdue = true;
            (void)kill(child->pid, SIGTERM);
        }
    }
}

static uint64_t next_limit(const struct runner *runner)
{
    uint64_t next = DEADLINE_NEVER;

    for (size_t i = 0; i < runner->next; i++)
        if (runner->children[i].fd >= 0)
            next = sooner(next, sooner(runner->children[i].soft_ms, runner->children[i].hard_ms));
    return next;
}

static int wait_for_children(struct runner *runner, struct pollfd *fds, bool *passed,
                             struct error **error)
{
    for (size_t i = 0; i < runner->next; i++)
        fds[i] = (struct pollfd){ .fd = runner->children[i].fd, .events = POLLIN };
    fds[runner->next] = (struct pollfd){ .fd = *passed ? -1 : interrupt_fd(), .events = POLLIN };
    if (poll(fds, runner->next + 1, deadline_poll_ms(next_limit(runner))) < 0) {
        if (errno != EINTR)
            return error_set_errno(error, ERR_FAILED, "cannot wait for the guests");
        return 0;
    }
    if (interrupt_signal() && !*passed) {
        pass_signal(runner);
        *passed = true;
    }
    enforce_limits(runner);
    for (size_t i = 0; i < runner->next; i++)
        if (runner->children[i].fd >= 0 && fds[i].revents)
            read_child(runner, &runner->children[i]);
    return 0;
}

static bool may_start(const struct runner *runner, unsigned limit)
{
    if (runner->next == runner->crowd->count)
        return false;
    return runner->children[runner->next].job->light ? runner->light < LIGHT_MAX
                                                     : runner->running < limit;
}

static int run(struct runner *runner, struct error **error)
{
    auto_free struct pollfd *fds = xcalloc(runner->crowd->count + 1, sizeof(*fds));
    unsigned limit = runner->crowd->limit ? runner->crowd->limit : JOBS_DEFAULT;
    bool passed = false;

    for (;;) {
        while (may_start(runner, limit))
            start_job(runner, &runner->children[runner->next++]);
        if (runner->running + runner->light == 0)
            return 0;
        if (wait_for_children(runner, fds, &passed, error) < 0)
            return -1;
    }
}

int crowd_run(const struct crowd *crowd, struct error **error)
{
    auto_free struct child *children = xcalloc(crowd->count, sizeof(*children));
    struct runner runner = { .crowd = crowd, .children = children };
    int result;

    for (size_t i = 0; i < crowd->count; i++)
        children[i] = (struct child){ .job = &crowd->jobs[i], .fd = -1 };
    progress_init(&runner.progress, crowd->env->err, crowd->env->progress_lines);
    result = run(&runner, error);
    progress_clear(&runner.progress);
    return result;
}
