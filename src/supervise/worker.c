/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The worker process; see worker.h. */
#include "supervise/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "supervise/daemon.h"
#include "supervise/ending.h"

/* Nobody reads the report of an orphan, but another supervisor may be there. Where a service
 * manager has started ours it starts the next one, too. */
static void tell_next_supervisor(const struct work *work)
{
    auto_error error = NULL;

    if ((getenv("NOTIFY_SOCKET") ? daemon_tell(&error) : daemon_ensure(&error)) < 0)
        log_say_error(work->log, &work->subject, "its successor is not looked after", error);
}

/* Signals for the supervisor's terminal or service do not interrupt half of a rebuild. */
static _Noreturn void be_worker(const struct work *work, pid_t supervisor, int fd,
                                const sigset_t *mask)
{
    struct ending report = { WORK_FAILED, 0 };
    auto_error error = NULL;

    (void)prctl(PR_SET_NAME, "xn-worker"); /* for ps and pgrep */
    interrupt_ignore();
    sigprocmask(SIG_SETMASK, mask, NULL);
    (void)setsid();
    if (work->close_fd >= 0)
        close(work->close_fd);
    if (xen_host_reopen_in_child(work->host, &error) < 0)
        log_say_error(work->log, &work->subject, "left as it is", error);
    else
        ending_handle(work, &report);
    if (getppid() != supervisor && work->marks &&
        (report.result == WORK_RESTARTED || report.result == WORK_RUNS_ON))
        tell_next_supervisor(work);
    if (write(fd, &report, sizeof(report)) != sizeof(report))
        _exit(1);
    _exit(0);
}

/* No signal may come between the fork and the worker's being prepared for it. */
static pid_t fork_worker(const struct work *work, int fd)
{
    pid_t supervisor = getpid(), pid;
    sigset_t all, before;
    int saved;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid = fork();
    if (pid == 0)
        be_worker(work, supervisor, fd, &before);
    saved = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = saved;
    return pid;
}

int worker_start(const struct work *work, struct worker *worker, struct error **error)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
        return error_set_errno(error, ERR_FAILED, "cannot start a worker");
    *worker = (struct worker){ fork_worker(work, ends[1]), -1, ends[0] };
    close_fd(&ends[1]);
    if (worker->pid < 0) {
        error_set_errno(error, ERR_FAILED, "cannot start a worker");
        worker_leave(worker);
        return -1;
    }
    /* The end of the pipe would not do: helpers that libxl forks have copies and may outlive a
     * worker that was killed. */
    worker->fd = (int)syscall(SYS_pidfd_open, worker->pid, 0);
    if (worker->fd < 0)
        worker->fd = fcntl(worker->report_fd, F_DUPFD_CLOEXEC, 0);
    return 0;
}

enum work_result worker_finish(struct worker *worker, uint32_t *ret_domid)
{
    struct ending report;
    ssize_t got;

    while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    got = read(worker->report_fd, &report, sizeof(report));
    if (got != sizeof(report))
        report = (struct ending){ WORK_KILLED, 0 };
    worker_leave(worker);
    *ret_domid = report.domid;
    return report.result;
}

void worker_leave(struct worker *worker)
{
    close_fd(&worker->fd);
    close_fd(&worker->report_fd);
    worker->pid = 0;
}
