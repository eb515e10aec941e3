/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lock, socket and start of the host's supervisor; see daemon.h. */
#include "supervise/daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/background.h"
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/notify.h"

#define LOCK_PATH   XEN_RUN_DIR "/xn-supervisor.lock"
#define SOCKET_PATH XEN_RUN_DIR "/xn-supervisor.sock"
#define LOG_PATH    XEN_LOG_DIR "/xn-supervisor.log"

/* A supervisor that is just ending or starting is met again after this long. */
#define RETRY_MS  50
#define ENSURE_MS 20000
/* Nobody may hold up the supervisor by saying nothing. */
#define TALK_SECONDS 2

static const char request_adopt[] = "adopt marked\n";
static const char request_status[] = "status\n";
static const char request_hand_over[] = "hand over\n";
static const char done[] = "done\n";

static int socket_address(struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
    strcpy(address->sun_path, SOCKET_PATH);
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static void limit_talk(int fd, time_t seconds)
{
    struct timeval limit = { .tv_sec = seconds };

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

/* Sends a request and takes the whole answer; false, with errno, when nobody answers. */
static bool talk(const char *request, struct str *reply)
{
    struct sockaddr_un address;
    auto_fd int fd = socket_address(&address);
    char part[4096];
    ssize_t got;

    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
        return false;
    limit_talk(fd, ENSURE_MS / 1000);
    if (send(fd, request, strlen(request), MSG_NOSIGNAL) < 0)
        return false;
    while ((got = recv(fd, part, sizeof(part), 0)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        str_add_bytes(reply, part, (size_t)got);
    }
    return true;
}

static void rest(void)
{
    struct timespec pause = { .tv_nsec = RETRY_MS * 1000000L };

    nanosleep(&pause, NULL);
}

/* The supervisor's side. */

/* One supervisor for the host, whatever its process is. */
static int take_lock(int *ret_lock, struct error **error)
{
    struct flock whole_file = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    auto_fd int fd = open(LOCK_PATH, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '%s'", LOCK_PATH);
    if (fcntl(fd, F_SETLK, &whole_file) < 0) {
        if (errno == EACCES || errno == EAGAIN)
            return error_set(error, ERR_EXISTS, "a supervisor is running already");
        return error_set_errno(error, ERR_FILE, "cannot lock '%s'", LOCK_PATH);
    }
    *ret_lock = fd;
    fd = -1;
    return 0;
}

/* A service manager's goes on where one that a command has started stops: that one is asked to end.
 * Its workers finish what they have begun. */
static int take_office(const struct daemon_options *options, int *ret_lock, struct error **error)
{
    uint64_t deadline_ms = deadline_after(ENSURE_MS);
    struct error *problem = NULL;
    auto_str reply = STR_INIT;

    if (take_lock(ret_lock, &problem) == 0)
        return 0;
    if (options->on_demand || !getenv("NOTIFY_SOCKET") || problem->code != ERR_EXISTS ||
        !talk(request_hand_over, &reply) || strcmp(str_text(&reply), done) != 0)
        return error_move(error, problem);
    do {
        error_clear(&problem);
        rest();
        if (take_lock(ret_lock, &problem) == 0)
            return 0;
    } while (problem->code == ERR_EXISTS && !interrupt_signal() &&
             deadline_poll_ms(deadline_ms) > 0);
    return error_move(error, problem);
}

static int listen_for_commands(int *ret_fd, struct error **error)
{
    struct sockaddr_un address;
    auto_fd int fd = socket_address(&address);
    mode_t mask;
    int bound;

    if (fd < 0)
        return error_set_errno(error, ERR_FAILED, "cannot make a socket");
    /* The lock is ours, so nobody listens there any more. */
    (void)unlink(SOCKET_PATH);
    mask = umask(0177);
    bound = bind(fd, (struct sockaddr *)&address, sizeof(address));
    umask(mask);
    if (bound < 0 || listen(fd, 64) < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
        return error_set_errno(error, ERR_FAILED, "cannot listen at '%s'", SOCKET_PATH);
    *ret_fd = fd;
    fd = -1;
    return 0;
}

/* Who asked may have gone away: then nothing more is said. */
static void send_all(int fd, const struct str *text)
{
    size_t sent = 0;

    while (sent < text->length) {
        ssize_t part = send(fd, text->text + sent, text->length - sent, MSG_NOSIGNAL);

        if (part < 0 && errno != EINTR)
            return;
        sent += part > 0 ? (size_t)part : 0;
    }
}

/* What on_command must know. */
struct office {
    int listener;
    bool on_demand;
    bool handed_over;
};

/* Whoever a person or a service manager has started stays. */
static void hand_over(struct office *office, struct supervisor *supervisor, struct str *reply)
{
    if (!office->on_demand) {
        str_add(reply, "not started on demand");
        return;
    }
    office->handed_over = true;
    supervisor_stop(supervisor);
    str_add(reply, done);
}

static void answer(int fd, struct office *office, struct supervisor *supervisor)
{
    auto_error error = NULL;
    auto_str text = STR_INIT;
    char line[64] = "";

    limit_talk(fd, TALK_SECONDS);
    if (recv(fd, line, sizeof(line) - 1, 0) <= 0)
        return;
    if (strcmp(line, request_status) == 0)
        supervisor_describe(supervisor, &text);
    else if (strcmp(line, request_hand_over) == 0)
        hand_over(office, supervisor, &text);
    else if (supervisor_adopt_marked(supervisor, &error) < 0)
        str_add(&text, error->message);
    else
        str_add(&text, done);
    send_all(fd, &text);
}

static void on_command(void *context, struct supervisor *supervisor)
{
    struct office *office = context;

    for (;;) {
        auto_fd int fd = accept4(office->listener, NULL, NULL, SOCK_CLOEXEC);

        if (fd < 0) {
            if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR)
                rest(); /* no descriptor free: the caller comes back at once */
            return;
        }
        answer(fd, office, supervisor);
    }
}

/* Once: the descriptor must not be inherited by device models, and the service manager of the
 * command that has started us is not ours. */
static void tell_ready(const struct daemon_options *options, int *ready_fd)
{
    if (!options->on_demand)
        notify_manager("READY=1");
    background_ready(ready_fd);
}

/* One term of office: from taking the lock to having no guests (or a signal, or a successor). */
static int serve(struct supervisor *supervisor, const struct daemon_options *options, int *ready_fd,
                 bool *ret_handed_over, struct error **error)
{
    struct office office = { .listener = -1, .on_demand = options->on_demand };
    auto_fd int lock = -1, listener = -1;
    struct supervisor_wait wait = {
        .on_readable = on_command,
        .context = &office,
        .until_idle = options->on_demand,
        .marks = true,
    };
    int result;

    if (take_office(options, &lock, error) < 0)
        return -1;
    (void)prctl(PR_SET_NAME, "xn-supervisor"); /* for ps and pgrep */
    if (listen_for_commands(&listener, error) < 0 || supervisor_adopt_marked(supervisor, error) < 0)
        return -1;
    tell_ready(options, ready_fd);
    wait.extra_fd = office.listener = listener;
    result = supervisor_run(supervisor, &wait, error);
    (void)unlink(SOCKET_PATH);
    *ret_handed_over = office.handed_over;
    return result;
}

int daemon_run(struct supervisor *supervisor, const struct daemon_options *options,
               struct error **error)
{
    auto_fd int ready_fd = options->ready_fd;
    bool handed_over = false;

    if (ready_fd >= 0 && fcntl(ready_fd, F_SETFD, FD_CLOEXEC) < 0)
        return error_set_errno(error, ERR_USAGE, "--ready-fd %d", ready_fd);
    do {
        if (serve(supervisor, options, &ready_fd, &handed_over, error) < 0)
            return -1;
        /* A guest may have been marked while the lock was being given up: look once more. */
        if (handed_over || interrupt_signal() || supervisor_adopt_marked(supervisor, error) < 0)
            break;
    } while (supervisor_guest_count(supervisor) > 0);
    return *error ? -1 : 0;
}

/* The command's side. */

enum asked { ASKED_DONE, ASKED_NOBODY, ASKED_FAILED };

static enum asked ask(struct error **error)
{
    auto_str reply = STR_INIT;

    if (!talk(request_adopt, &reply) || !reply.length)
        return ASKED_NOBODY; /* or it was just ending */
    if (strcmp(reply.text, done) == 0)
        return ASKED_DONE;
    error_set(error, ERR_FAILED, "the supervisor answers: %s", reply.text);
    return ASKED_FAILED;
}

static int no_answer(struct error **error)
{
    if (errno == ENOENT || errno == ECONNREFUSED || errno == ECONNRESET || errno == EPIPE) {
        error_set(error, ERR_FAILED, "no supervisor is running");
        return error_hint(error, "'xn create' starts one when it makes a guest");
    }
    if (errno == EAGAIN)
        return error_set(error, ERR_TIMEOUT, "the supervisor does not answer");
    return error_set_errno(error, errno == EACCES ? ERR_PERMISSION : ERR_FAILED,
                           "cannot ask the supervisor at '%s'", SOCKET_PATH);
}

int daemon_status(char **ret_text, struct error **error)
{
    struct str reply = STR_INIT;

    if (!talk(request_status, &reply)) {
        int reason = errno;

        str_release(&reply);
        errno = reason;
        return no_answer(error);
    }
    str_add(&reply, ""); /* it may have no guests */
    *ret_text = str_detach(&reply);
    return 0;
}

/* Starts a supervisor. True when it says that it is ready; false when another one was quicker or
 * it could not start. */
static bool start(void)
{
    static const char *const words[] = { "xn", "supervise", "--on-demand" };

    return background_start(words, ARRAY_SIZE(words), LOG_PATH);
}

static int ensure(bool may_start, struct error **error)
{
    uint64_t deadline_ms = deadline_after(ENSURE_MS);

    do {
        switch (ask(error)) {
        case ASKED_DONE:
            return 0;
        case ASKED_FAILED:
            return -1;
        case ASKED_NOBODY:
            break;
        }
        if (may_start && start())
            return 0;
        rest();
    } while (deadline_poll_ms(deadline_ms) > 0);
    error_set(error, ERR_FAILED,
              may_start ? "cannot start the supervisor" : "no supervisor is running");
    return error_hint(error, "its log is %s; 'create -e' does without it", LOG_PATH);
}

int daemon_ensure(struct error **error)
{
    return ensure(true, error);
}

int daemon_tell(struct error **error)
{
    return ensure(false, error);
}
