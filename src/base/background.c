/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processes in the background; see background.h. */
#include "base/background.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

/* In the child: becomes a process of its own and then this program. */
static _Noreturn void become(const char *const *words, size_t count, const char *path, int ready_fd)
{
    char *argv[BACKGROUND_WORDS_MAX + 3];
    char ready[16];
    int log, null;

    if (count > BACKGROUND_WORDS_MAX || setsid() < 0 || fork() != 0)
        _exit(0);
    log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (chdir("/") < 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(log < 0 ? null : log, STDOUT_FILENO) < 0 ||
        dup2(log < 0 ? null : log, STDERR_FILENO) < 0)
        _exit(1);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    ready_fd = dup(ready_fd); /* the copy survives exec */
    snprintf(ready, sizeof(ready), "%d", ready_fd);
    for (size_t i = 0; i < count; i++)
        argv[i] = (char *)words[i];
    argv[count] = (char *)"--ready-fd";
    argv[count + 1] = ready;
    argv[count + 2] = NULL;
    execv("/proc/self/exe", argv);
    _exit(1);
}

bool background_start(const char *const *words, size_t count, const char *log)
{
    int ready[2];
    char byte;
    ssize_t got;
    pid_t child;

    if (pipe2(ready, O_CLOEXEC) < 0)
        return false;
    child = fork();
    if (child == 0)
        become(words, count, log, ready[1]);
    close(ready[1]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    while ((got = read(ready[0], &byte, 1)) < 0 && errno == EINTR)
        ;
    close(ready[0]);
    return got == 1;
}

void background_ready(int *ready_fd)
{
    if (*ready_fd >= 0)
        (void)!write(*ready_fd, "r", 1); /* who started us may have gone away */
    close_fd(ready_fd);
}
