/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One child process for each guest; see launch_many.h. */
#include "commands/launch_many.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "model/outcome_wire.h"
#include "out/progress.h"

/* Each runs hotplug scripts of many processes. */
#define JOBS_DEFAULT 4

struct job {
    const struct launch *launch;
    struct outcome *outcome;
    pid_t pid;
    int fd; /* the packed outcome comes from here; -1: not running */
    struct str bytes;
};

struct crowd {
    struct job *jobs;
    size_t count, next, running, ended, limit;
    struct progress progress;
};

static void be_job(const struct launch *launch, int fd)
{
    struct launch own = *launch;
    struct outcome outcome = { .action = launch->action };
    struct str bytes = STR_INIT;

    interrupt_in_child();
    if (xen_host_reopen_in_child(own.host, &outcome.error) == 0)
        (void)launch_guest(&own, &outcome, &outcome.error);
    outcome_pack(&outcome, &bytes);
    for (size_t sent = 0; sent < bytes.length;) {
        ssize_t part = write(fd, bytes.text + sent, bytes.length - sent);

        if (part < 0 && errno != EINTR)
            break;
        sent += part > 0 ? (size_t)part : 0;
    }
    str_release(&bytes);
}

static void fail_job(struct crowd *crowd, struct job *job, enum error_code code, const char *text)
{
    error_set(&job->outcome->error, code, "%s", text);
    crowd->ended++;
}

static void start_job(struct crowd *crowd, struct job *job)
{
    int ends[2];

    if (interrupt_signal()) {
        fail_job(crowd, job, ERR_INTERRUPTED, "interrupted before it was made");
        return;
    }
    if (pipe2(ends, O_CLOEXEC) < 0) {
        fail_job(crowd, job, ERR_FAILED, "cannot start a process for it");
        return;
    }
    job->pid = fork();
    if (job->pid == 0) {
        be_job(job->launch, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (job->pid < 0) {
        close(ends[0]);
        fail_job(crowd, job, ERR_FAILED, "cannot start a process for it");
        return;
    }
    job->fd = ends[0];
    crowd->running++;
}

static void end_job(struct crowd *crowd, struct job *job)
{
    close_fd(&job->fd);
    while (waitpid(job->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    job->outcome->result = "done";
    if (!outcome_unpack(&job->bytes, job->outcome) && !job->outcome->error)
        error_set(&job->outcome->error, ERR_FAILED, "the process that made it was killed");
    str_release(&job->bytes);
    crowd->running--;
    crowd->ended++;
    progress_show(&crowd->progress, "%s: %zu of %zu", job->launch->action, crowd->ended,
                  crowd->count);
}

static void read_job(struct crowd *crowd, struct job *job)
{
    char part[4096];
    ssize_t got = read(job->fd, part, sizeof(part));

    if (got > 0)
        str_add_bytes(&job->bytes, part, (size_t)got);
    else if (got == 0 || errno != EINTR)
        end_job(crowd, job);
}

/* Signals reach the children of a terminal by themselves; those of 'kill' are passed on. */
static void pass_signal(const struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->next; i++)
        if (crowd->jobs[i].fd >= 0)
            (void)kill(crowd->jobs[i].pid, SIGTERM);
}

static int wait_for_jobs(struct crowd *crowd, struct pollfd *fds, bool *passed,
                         struct error **error)
{
    for (size_t i = 0; i < crowd->next; i++)
        fds[i] = (struct pollfd){ .fd = crowd->jobs[i].fd, .events = POLLIN };
    fds[crowd->next] = (struct pollfd){ .fd = *passed ? -1 : interrupt_fd(), .events = POLLIN };
    if (poll(fds, crowd->next + 1, -1) < 0 && errno != EINTR)
        return error_set_errno(error, ERR_FAILED, "cannot wait for the guests");
    if (interrupt_signal() && !*passed) {
        pass_signal(crowd);
        *passed = true;
    }
    for (size_t i = 0; i < crowd->next; i++)
        if (crowd->jobs[i].fd >= 0 && fds[i].revents)
            read_job(crowd, &crowd->jobs[i]);
    return 0;
}

static int run_jobs(struct crowd *crowd, struct error **error)
{
    auto_free struct pollfd *fds = xcalloc(crowd->count + 1, sizeof(*fds));
    bool passed = false;

    for (;;) {
        while (crowd->next < crowd->count && crowd->running < crowd->limit)
            start_job(crowd, &crowd->jobs[crowd->next++]);
        if (crowd->running == 0)
            return 0;
        if (wait_for_jobs(crowd, fds, &passed, error) < 0)
            return -1;
    }
}

int launch_many_and_report(const struct launch *launches, size_t count, unsigned jobs,
                           struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    auto_free struct job *list = xcalloc(count, sizeof(*list));
    struct crowd crowd = { .jobs = list, .count = count, .limit = jobs ? jobs : JOBS_DEFAULT };
    int result;

    for (size_t i = 0; i < count; i++)
        outcome_list_add(&outcomes, launches[i].action, launches[i].config->c_info.name);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct job){ .launch = &launches[i], .outcome = &outcomes.items[i], .fd = -1 };
    if (interrupt_catch(error) < 0)
        return -1;
    progress_init(&crowd.progress, launches->env->err, launches->env->progress_lines);
    result = run_jobs(&crowd, error);
    progress_clear(&crowd.progress);
    interrupt_release();
    return result < 0 ? -1 : common_report(launches->env, &outcomes, error);
}
