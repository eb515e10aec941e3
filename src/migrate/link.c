/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pipes to a program, with deadlines; see link.h. */
#include "migrate/link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"

#define LINES_KEPT  20
#define LINE_LENGTH 1000
#define FAREWELL_MS 2000

/* What ssh asks the far side while nothing is sent: a dead link ends within a minute. */
static const char *const ssh_words[] = { "ssh", "-o", "ServerAliveInterval=10", "-o",
                                         "ServerAliveCountMax=5" };

/* What can be a host, or user@host, or ssh://user@host:port; nothing that is an option or a word of
 * a shell. */
static int check_host(const char *host, struct error **error)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "@.:_-[]%/+~";

    if (*host && *host != '-' && host[strspn(host, good)] == '\0')
        return 0;
    error_set(error, ERR_USAGE, "'%s' cannot be the name of a host", host);
    return error_hint(error, "options of ssh go into -s: -s 'ssh -p 2222'");
}

int link_words(const char *command, const char *host, const struct string_list *rest,
               struct string_list *words, struct error **error)
{
    auto_string_list parts = STRING_LIST_INIT;

    if (command && !*command) {
        string_list_add(words, "sh");
        string_list_add(words, "-c");
        string_list_add(words, host);
        return *host ? 0 : error_set(error, ERR_USAGE, "an empty command was given");
    }
    if (check_host(host, error) < 0)
        return -1;
    if (command)
        string_list_split(&parts, command, ' ');
    for (size_t i = 0; i < parts.count; i++)
        if (*parts.items[i])
            string_list_add(words, parts.items[i]);
    for (size_t i = 0; !command && i < ARRAY_SIZE(ssh_words); i++)
        string_list_add(words, ssh_words[i]);
    if (words->count == 0)
        return error_set(error, ERR_USAGE, "-s names no program");
    string_list_add(words, host);
    for (size_t i = 0; i < rest->count; i++)
        string_list_add(words, rest->items[i]);
    return 0;
}

/* ^C at a terminal goes to all processes there; what carries a migration must live until it is
 * told to end. ssh honours what it finds ignored. */
static _Noreturn void be_program(char *const *argv, const int *fds, int report)
{
    static const int deaf_to[] = { SIGINT, SIGHUP, SIGQUIT, SIGTERM };
    int problem;

    for (size_t i = 0; i < ARRAY_SIZE(deaf_to); i++)
        signal(deaf_to[i], SIG_IGN);
    if (dup2(fds[0], STDIN_FILENO) >= 0 && dup2(fds[1], STDOUT_FILENO) >= 0 &&
        dup2(fds[2], STDERR_FILENO) >= 0)
        execvp(argv[0], argv);
    problem = errno;
    (void)!write(report, &problem, sizeof(problem));
    _exit(127);
}

static int make_pipes(int (*pipes)[2], size_t count, struct error **error)
{
    for (size_t i = 0; i < count; i++)
        if (pipe2(pipes[i], O_CLOEXEC) < 0)
            return error_set_errno(error, ERR_FAILED, "cannot make a pipe");
    return 0;
}

/* 0 when the program runs; what it failed by otherwise. */
static int started(int report)
{
    int problem;

    return read(report, &problem, sizeof(problem)) == sizeof(problem) ? problem : 0;
}

int link_start(struct link *link, const struct string_list *words, struct error **error)
{
    int pipes[4][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 } };
    auto_free char **argv = xcalloc(words->count + 1, sizeof(*argv));
    int result = make_pipes(pipes, ARRAY_SIZE(pipes), error);
    const int theirs[] = { pipes[0][0], pipes[1][1], pipes[2][1] };
    int problem;

    for (size_t i = 0; i < words->count; i++)
        argv[i] = words->items[i];
    if (result == 0) {
        link->pid = fork();
        if (link->pid == 0)
            be_program(argv, theirs, pipes[3][1]);
        if (link->pid < 0) {
            link->pid = 0;
            result = error_set_errno(error, ERR_FAILED, "cannot start '%s'", argv[0]);
        }
    }
    close_fd(&pipes[0][0]);
    close_fd(&pipes[1][1]);
    close_fd(&pipes[2][1]);
    close_fd(&pipes[3][1]);
    link->out = pipes[0][1];
    link->in = pipes[1][0];
    link->err = pipes[2][0];
    problem = result == 0 ? started(pipes[3][0]) : 0;
    close_fd(&pipes[3][0]);
    if (problem)
        result = error_set(error, ERR_FAILED, "cannot run '%s': %s", argv[0], strerror(problem));
    if (link->err >= 0)
        (void)fcntl(link->err, F_SETFL, O_NONBLOCK);
    return result;
}

static void end_line(struct link *link)
{
    auto_str line = STR_INIT;

    str_add_printable(&line, str_text(&link->unfinished), link->unfinished.length);
    str_clear(&link->unfinished);
    if (line.length == 0)
        return;
    if (link->on_line)
        link->on_line(link->context, str_text(&line));
    if (link->said.count == LINES_KEPT) {
        free(link->said.items[0]);
        memmove(link->said.items, link->said.items + 1,
                (LINES_KEPT - 1) * sizeof(*link->said.items));
        link->said.count--;
    }
    string_list_add(&link->said, str_text(&line));
}

void link_listen(struct link *link)
{
    char part[1024];
    ssize_t got;

    while (link->err >= 0 && (got = read(link->err, part, sizeof(part))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return;
        for (ssize_t i = 0; i < got; i++) {
            if (part[i] == '\n' || part[i] == '\r' || link->unfinished.length == LINE_LENGTH)
                end_line(link);
            if (part[i] != '\n' && part[i] != '\r')
                str_add_char(&link->unfinished, part[i]);
        }
    }
    if (link->err >= 0) {
        end_line(link);
        close_fd(&link->err);
    }
}

/* Until fd is ready. The free text is read meanwhile: nobody shall wait for us to read it. */
static int wait_for(struct link *link, int fd, short events, const struct link_patience *patience,
                    struct error **error)
{
    for (;;) {
        struct pollfd fds[] = {
            { .fd = fd, .events = events },
            { .fd = link->err, .events = POLLIN },
            { .fd = patience->heed_signals ? interrupt_fd() : -1, .events = POLLIN },
        };
        int timeout_ms = deadline_poll_ms(patience->deadline_ms);

        if (patience->heed_signals && interrupt_signal())
            return error_set(error, ERR_INTERRUPTED, "interrupted");
        if (timeout_ms == 0)
            return error_set(error, ERR_TIMEOUT, "the far side did not answer in time");
        if (poll(fds, ARRAY_SIZE(fds), timeout_ms) < 0 && errno != EINTR)
            return error_set_errno(error, ERR_FAILED, "cannot wait for the far side");
        if (fds[1].revents)
            link_listen(link);
        if (fds[0].revents)
            return 0;
    }
}

int link_await(struct link *link, const struct link_patience *patience, struct error **error)
{
    return wait_for(link, link->in, POLLIN, patience, error);
}

ssize_t link_read(struct link *link, void *bytes, size_t length,
                  const struct link_patience *patience, struct error **error)
{
    char *at = bytes;
    size_t got = 0;

    while (got < length) {
        ssize_t part;

        if (wait_for(link, link->in, POLLIN, patience, error) < 0)
            return -1;
        part = read(link->in, at + got, length - got);
        if (part == 0)
            break;
        if (part < 0 && errno != EINTR)
            return error_set_errno(error, ERR_FAILED, "cannot read from the far side");
        got += part > 0 ? (size_t)part : 0;
    }
    return (ssize_t)got;
}

int link_write(struct link *link, const void *bytes, size_t length,
               const struct link_patience *patience, struct error **error)
{
    ssize_t written;

    if (wait_for(link, link->out, POLLOUT, patience, error) < 0)
        return -1;
    while ((written = write(link->out, bytes, length)) < 0 && errno == EINTR)
        ;
    if (written < 0)
        return error_set_errno(error, ERR_FAILED, "cannot write to the far side");
    if ((size_t)written != length)
        return error_set(error, ERR_FAILED, "the far side took only a part of a message");
    return 0;
}

/* Whether it has ended within that time. */
static bool ends_within(pid_t pid, uint64_t deadline_ms, struct link *link)
{
    auto_fd int handle = pidfd_open(pid, 0);

    while (handle >= 0) {
        struct pollfd fds[] = { { .fd = handle, .events = POLLIN },
                                { .fd = link->err, .events = POLLIN } };
        int timeout_ms = deadline_poll_ms(deadline_ms);

        if (poll(fds, ARRAY_SIZE(fds), timeout_ms) < 0 && errno != EINTR)
            return false;
        if (fds[1].revents)
            link_listen(link);
        if (fds[0].revents)
            return true;
        if (timeout_ms == 0)
            return false;
    }
    return false;
}

int link_close(struct link *link)
{
    int status = 0;

    if (link->in != link->out)
        close_fd(&link->in);
    close_fd(&link->out);
    link->in = -1;
    if (link->pid) {
        if (!ends_within(link->pid, deadline_after(FAREWELL_MS), link))
            (void)kill(link->pid, SIGKILL);
        while (waitpid(link->pid, &status, 0) < 0 && errno == EINTR)
            ;
        link->pid = 0;
    }
    link_listen(link);
    return status;
}

void link_cut(struct link *link)
{
    if (link->pid)
        (void)kill(link->pid, SIGKILL);
    (void)link_close(link);
}

void link_release(struct link *link)
{
    (void)link_close(link);
    close_fd(&link->err);
    str_release(&link->unfinished);
    string_list_release(&link->said);
}

int link_explain(const struct link *link, struct error **error)
{
    for (size_t i = 0; i < link->said.count; i++) {
        auto_free char *line = xasprintf("the far side: %s", link->said.items[i]);

        error_detail(error, line);
    }
    return -1;
}
