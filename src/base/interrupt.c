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

int interrupt_fd(void)
{
    return state.pipe[0];
}

int interrupt_signal(void)
{
    return state.caught;
}
