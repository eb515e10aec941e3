/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The carrier of bytes; see pump.h. */
#include "migrate/pump.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "migrate/compress.h"
#include "migrate/disks.h"
#include "migrate/frame.h"

#define CHUNK     FRAME_PLAIN_MAX
#define PIPE_SIZE (1024 * 1024)
/* More than the configuration and the heads of a stream: memory, of a guest that is suspended and
 * whose device model is stopped, since both come before. */
#define STOPPED_SIZE (256 * 1024)
#define LOOK_MS      20

struct pump_gauge {
    _Atomic uint64_t bytes, taken;
    _Atomic uint64_t blocked_since_ms; /* clock_ms; 0: not blocked */
    _Atomic bool unreadable;
    _Atomic int failure; /* errno */
};

struct carrier {
    struct pump_gauge *gauge;
    struct pump_settings settings;
    bool outwards;
    uint64_t started_ms;
    struct codec *codec; /* NULL: nothing is compressed */
    char *plain, *packed;
    bool cut; /* the other end is gone */
};

/* Returns the exit status that says so. */
static int fail(const struct carrier *carrier, int why)
{
    atomic_store(&carrier->gauge->failure, why);
    return 1;
}

/* Waits as long as the bytes so far should have taken. */
static void hold_back(const struct carrier *carrier)
{
    uint64_t due_ms, elapsed_ms = clock_ms() - carrier->started_ms;

    if (!carrier->settings.kib_per_s)
        return;
    due_ms = atomic_load(&carrier->gauge->bytes) / 1024 * 1000 / carrier->settings.kib_per_s;
    if (due_ms > elapsed_ms)
        (void)poll(NULL, 0, (int)(due_ms - elapsed_ms));
}

static bool pass_on(const struct carrier *carrier, const char *bytes, size_t length)
{
    while (length) {
        ssize_t part;

        atomic_store(&carrier->gauge->blocked_since_ms, clock_ms());
        part = write(STDOUT_FILENO, bytes, length);
        atomic_store(&carrier->gauge->blocked_since_ms, 0);
        if (part < 0 && errno != EINTR) {
            (void)fail(carrier, errno);
            return false;
        }
        if (part > 0) {
            atomic_fetch_add(&carrier->gauge->bytes, (uint64_t)part);
            bytes += part;
            length -= (size_t)part;
        }
    }
    return true;
}

/* Whether there was something to read, or the end, in time. */
static bool await_bytes(const struct carrier *carrier)
{
    struct pollfd readable = { .fd = STDIN_FILENO, .events = POLLIN };
    uint64_t deadline_ms = deadline_after(carrier->settings.idle_ms);
    int ready;

    do {
        ready = poll(&readable, 1, deadline_poll_ms(deadline_ms));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

/* Returns what read does; -1 also when nothing came in time. */
static ssize_t take(const struct carrier *carrier, void *bytes, size_t length)
{
    ssize_t got;

    do {
        if (!await_bytes(carrier))
            return -1;
        got = read(STDIN_FILENO, bytes, length);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        (void)fail(carrier, errno);
    if (got > 0)
        atomic_fetch_add(&carrier->gauge->taken, (uint64_t)got);
    return got;
}

static bool take_all(const struct carrier *carrier, char *bytes, size_t length)
{
    while (length) {
        ssize_t got = take(carrier, bytes, length);

        if (got == 0)
            (void)fail(carrier, ENODATA);
        if (got <= 0)
            return false;
        bytes += got;
        length -= (size_t)got;
    }
    return true;
}

/* Returns the exit status, as the next two do. */
static int carry_plain(const struct carrier *carrier)
{
    ssize_t got;

    while ((got = take(carrier, carrier->plain, CHUNK)) > 0) {
        if (!pass_on(carrier, carrier->plain, (size_t)got))
            return 1;
        hold_back(carrier);
    }
    return got == 0 ? 0 : 1;
}

static bool pass_on_frame(const struct carrier *carrier, const char *bytes, size_t plain)
{
    size_t packed = plain ? codec_pack(carrier->codec, bytes, plain,
                                       carrier->packed + FRAME_HEAD_SIZE, codec_room(CHUNK))
                          : 0;
    const struct frame_head head = { .packed = (uint32_t)packed, .plain = (uint32_t)plain };

    if (plain && !packed) {
        (void)fail(carrier, ENOMEM); /* nothing else can go wrong with enough room */
        return false;
    }
    frame_head_write(&head, (unsigned char *)carrier->packed);
    return pass_on(carrier, carrier->packed, FRAME_HEAD_SIZE + packed);
}

static int carry_packing(const struct carrier *carrier)
{
    ssize_t got;

    while ((got = take(carrier, carrier->plain, CHUNK)) > 0) {
        if (!pass_on_frame(carrier, carrier->plain, (size_t)got))
            return 1;
        hold_back(carrier);
    }
    return got == 0 && pass_on_frame(carrier, NULL, 0) ? 0 : 1;
}

static int carry_unpacking(const struct carrier *carrier)
{
    char preface[FRAME_PREFACE_SIZE];
    unsigned char bytes[FRAME_HEAD_SIZE];
    struct frame_head head;

    if (!take_all(carrier, preface, sizeof(preface)))
        return 1;
    if (memcmp(preface, FRAME_PREFACE, sizeof(preface)) != 0)
        return fail(carrier, EBADMSG);
    while (take_all(carrier, (char *)bytes, sizeof(bytes))) {
        if (!frame_head_read(bytes, &head))
            return fail(carrier, EBADMSG);
        if (frame_is_end(&head))
            return carrier->settings.to_end_frame ? 0 : carry_plain(carrier);
        if (!take_all(carrier, carrier->packed, head.packed))
            return 1;
        if (codec_unpack(carrier->codec, carrier->packed, head.packed, carrier->plain,
                         head.plain) != head.plain)
            return fail(carrier, EBADMSG);
        if (!pass_on(carrier, carrier->plain, head.plain))
            return 1;
    }
    return 1;
}

static bool emit(void *context, const void *bytes, size_t length)
{
    struct carrier *carrier = context;
    const char *at = bytes;

    while (length && !carrier->cut) {
        size_t part = length < CHUNK ? length : CHUNK;

        carrier->cut =
            carrier->codec ? !pass_on_frame(carrier, at, part) : !pass_on(carrier, at, part);
        atomic_fetch_add(&carrier->gauge->taken, part);
        hold_back(carrier);
        at += part;
        length -= part;
    }
    return !carrier->cut;
}

/* Until then the guest may write to its disks. false: it will not be suspended. */
static bool await_standstill(void)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = 0 };
    int waiting;

    while (ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0) {
        if (waiting >= STOPPED_SIZE)
            return true;
        if (poll(&input, 1, 0) > 0 && (input.revents & POLLHUP))
            return false;
        (void)poll(NULL, 0, LOOK_MS);
    }
    return false;
}

static bool carry_disks(struct carrier *carrier)
{
    const struct disk_copies *disks = carrier->settings.disks;

    if (!disks)
        return true;
    if (!await_standstill())
        return false;
    if (disks_send(disks, emit, carrier))
        return true;
    atomic_store(&carrier->gauge->unreadable, !carrier->cut);
    return false;
}

static int carry(struct carrier *carrier)
{
    carrier->started_ms = clock_ms();
    carrier->plain = xmalloc(CHUNK);
    if (!carrier->settings.compressed)
        return carry_disks(carrier) ? carry_plain(carrier) : 1;
    carrier->codec = codec_new();
    carrier->packed = xmalloc(FRAME_HEAD_SIZE + codec_room(CHUNK));
    if (!carrier->codec)
        return fail(carrier, ENOMEM);
    if (!carrier->outwards)
        return carry_unpacking(carrier);
    return pass_on(carrier, FRAME_PREFACE, FRAME_PREFACE_SIZE) && carry_disks(carrier)
               ? carry_packing(carrier)
               : 1;
}

/* Nothing of its parent's may live on in it: locks, the far side's end of file. */
static _Noreturn void be_carrier(struct carrier *carrier, int from, int to)
{
    static const int deaf_to[] = { SIGINT, SIGHUP, SIGQUIT, SIGTERM, SIGPIPE };
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

    for (size_t i = 0; i < ARRAY_SIZE(deaf_to); i++)
        signal(deaf_to[i], SIG_IGN);
    /* Out of the way of 0, 1 and 2 first. */
    from = fcntl(from, F_DUPFD_CLOEXEC, 10);
    to = fcntl(to, F_DUPFD_CLOEXEC, 10);
    if (null < 0 || from < 0 || to < 0 || dup2(from, STDIN_FILENO) < 0 ||
        dup2(to, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0 ||
        close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
        _exit(1);
    _exit(carry(carrier));
}

static int start(struct pump *pump, struct carrier *carrier, int other, struct error **error)
{
    bool outwards = carrier->outwards;
    int ends[2];

    if (carrier->settings.compressed && !codec_is_built())
        return error_set(error, ERR_NOT_SUPPORTED, "this xn was built without libzstd");

    pump->gauge =
        mmap(NULL, sizeof(*pump->gauge), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pump->gauge == MAP_FAILED) {
        pump->gauge = NULL;
        return error_set_errno(error, ERR_FAILED, "cannot share memory");
    }
    if (pipe2(ends, O_CLOEXEC) < 0)
        return error_set_errno(error, ERR_FAILED, "cannot make a pipe");
    (void)fcntl(ends[0], F_SETPIPE_SZ, PIPE_SIZE); /* fewer turns; the usual size works, too */
    carrier->gauge = pump->gauge;
    pump->pid = fork();
    if (pump->pid == 0)
        be_carrier(carrier, outwards ? ends[0] : other, outwards ? other : ends[1]);
    pump->fd = ends[outwards ? 1 : 0];
    close(ends[outwards ? 0 : 1]);
    if (pump->pid < 0) {
        pump->pid = 0;
        return error_set_errno(error, ERR_FAILED, "cannot start a process");
    }
    return 0;
}

int pump_start_out(struct pump *pump, int to, const struct pump_settings *settings,
                   struct error **error)
{
    struct carrier carrier = { .settings = *settings, .outwards = true };

    carrier.settings.idle_ms = DEADLINE_NEVER;
    return start(pump, &carrier, to, error);
}

int pump_start_in(struct pump *pump, int from, const struct pump_settings *settings,
                  struct error **error)
{
    struct carrier carrier = { .settings = *settings };

    return start(pump, &carrier, from, error);
}

uint64_t pump_bytes(const struct pump *pump)
{
    return pump->gauge ? atomic_load(&pump->gauge->bytes) : 0;
}

uint64_t pump_taken_bytes(const struct pump *pump)
{
    return pump->gauge ? atomic_load(&pump->gauge->taken) : 0;
}

int pump_failure(const struct pump *pump)
{
    return pump->gauge ? atomic_load(&pump->gauge->failure) : 0;
}

bool pump_is_unreadable(const struct pump *pump)
{
    return pump->gauge && atomic_load(&pump->gauge->unreadable);
}

uint64_t pump_blocked_ms(const struct pump *pump)
{
    uint64_t since_ms = pump->gauge ? atomic_load(&pump->gauge->blocked_since_ms) : 0;
    uint64_t now_ms = clock_ms();

    return since_ms && now_ms > since_ms ? now_ms - since_ms : 0;
}

static int reap(struct pump *pump)
{
    int status = -1;

    while (waitpid(pump->pid, &status, 0) < 0 && errno == EINTR)
        ;
    pump->pid = 0;
    return status;
}

int pump_finish(struct pump *pump, uint64_t deadline_ms, struct error **error)
{
    auto_fd int handle = pidfd_open(pump->pid, 0);

    close_fd(&pump->fd);
    for (;;) {
        struct pollfd fds[] = { { .fd = handle, .events = POLLIN },
                                { .fd = interrupt_fd(), .events = POLLIN } };
        int timeout_ms = deadline_poll_ms(deadline_ms);

        if (interrupt_signal())
            return error_set(error, ERR_INTERRUPTED, "interrupted");
        if (timeout_ms == 0)
            return error_set(error, ERR_TIMEOUT, "the far side takes nothing more");
        if (handle < 0 || (poll(fds, ARRAY_SIZE(fds), timeout_ms) < 0 && errno != EINTR))
            return error_set_errno(error, ERR_FAILED, "cannot wait for a process");
        if (fds[0].revents)
            break;
    }
    if (reap(pump) != 0)
        return error_set(error, ERR_FAILED, "the far side has closed the connection");
    return 0;
}

bool pump_is_broken(struct pump *pump)
{
    int status;

    if (!pump->pid || waitpid(pump->pid, &status, WNOHANG) != pump->pid)
        return false;
    pump->pid = 0;
    return status != 0;
}

void pump_stop(struct pump *pump)
{
    close_fd(&pump->fd);
    if (pump->pid) {
        (void)kill(pump->pid, SIGKILL);
        (void)reap(pump);
    }
    if (pump->gauge)
        (void)munmap(pump->gauge, sizeof(*pump->gauge));
    pump->gauge = NULL;
}
