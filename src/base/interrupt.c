/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The self-pipe behind interrupt.h. */
#include "base/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/mem.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

static struct {
    int users;
    int pipe[2];
    volatile sig_atomic_t caught;
    struct sigaction before[ARRAY_SIZE(signals)];
} state = { .pipe = { -1, -1 } };

static void on_signal(int number)
{
    int saved = errno;
    ssize_t ignored = write(state.pipe[1], "", 1);

    (void)ignored; /* a full pipe is readable, which is all that is needed */
    state.caught = number;
    errno = saved;
}

int interrupt_catch(struct error **error)
{
    struct sigaction action = { .sa_handler = on_signal };

    if (state.users++ > 0)
        return 0;
    if (pipe2(state.pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
        state.users--;
        return error_set_errno(error, ERR_FAILED, "cannot make a pipe");
    }
    state.caught = 0;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
        sigaction(signals[i], NULL, &state.before[i]);
        /* Who started us under nohup wants the command to live on. */
        if (state.before[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
    return 0;
}

void interrupt_release(void)
{
    if (--state.users > 0)
        return;
    for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
        sigaction(signals[i], &state.before[i], NULL);
    close_fd(&state.pipe[0]);
    close_fd(&state.pipe[1]);
}

void interrupt_in_child(void)
{
    if (state.users == 0)
        return;
    close_fd(&state.pipe[0]);
    close_fd(&state.pipe[1]);
    if (pipe2(state.pipe, O_CLOEXEC | O_NONBLOCK) < 0)
        state.pipe[0] = state.pipe[1] = -1; /* caught all the same */
}

int interrupt_fd(void)
{
    return state.pipe[0];
}

int interrupt_signal(void)
{
    return state.caught;
}

int interrupt_take(void)
{
    sigset_t ours, before;
    char bytes[64];
    int number;

    /* Between the look and the emptying no signal may come, or it would be lost. */
    sigemptyset(&ours);
    for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
        sigaddset(&ours, signals[i]);
    sigprocmask(SIG_BLOCK, &ours, &before);
    number = state.caught;
    state.caught = 0;
    while (read(state.pipe[0], bytes, sizeof(bytes)) > 0)
        ;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return number;
}

static void on_ignored_signal(int number)
{
    (void)number;
}

void interrupt_ignore(void)
{
    struct sigaction action = { .sa_handler = on_ignored_signal, .sa_flags = SA_RESTART };
    struct sigaction now;

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    /* The pipe is the parent's, too: a byte in it would wake the parent for nothing, for ever.
     */
    close_fd(&state.pipe[0]);
    close_fd(&state.pipe[1]);
    state.caught = 0;
}
