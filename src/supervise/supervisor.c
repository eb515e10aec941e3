/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine behind supervisor.h. */
#include "supervise/supervisor.h"

#include <libxl_event.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "supervise/log.h"
#include "supervise/policy.h"
#include "supervise/rebuild.h"
#include "supervise/worker.h"
#include "xen/domain.h"
#include "xen/late.h"
#include "xen/life.h"
#include "xen/lock.h"
#include "xen/mark.h"
#include "xen/store.h"
#include "xen/wait.h"

struct guest {
    struct supervisor *supervisor;
    uint64_t ticket; /* what its events carry; never used again, so that a late one finds nobody */
    uint32_t domid;
    char uuid[UUID_TEXT_SIZE];
    char *name; /* as it was when adopted; for the log and the core's file name */
    struct xen_death_watch *watch;
    uint64_t started_ms; /* when it was first seen to run */
    unsigned quick_ends; /* how often it ended soon after its start, in a row */
    bool unseen;         /* it may have ended before we began to watch, which nobody tells us */
    bool asleep;         /* it was suspended before we began to watch: perhaps on purpose */
    bool wants_worker; /* one could not be started, or was killed by whoever killed its supervisor;
                          there may be no domain */
    uint64_t turn;     /* when its turn comes; 0: it is not in the queue for a worker */
    int reason;        /* why it shut down */
    unsigned killed;   /* how many workers were killed over it */
    struct worker worker; /* at work since it shut down */
    bool delayed;         /* that worker waits first, for a guest in a loop */
    bool gone;            /* to be forgotten */
};

struct supervisor {
    struct xen_host *host;
    const struct host_config *host_config;
    FILE *log;
    struct guest **guests;
    size_t count;
    size_t places; /* for workers at one time */
    uint64_t last_ticket, last_turn;
    const struct supervisor_wait *wait;
    int epoll_fd; /* everything but libxl's own that wakes the loop */
    int retry_fd; /* a timer; -1: nothing has had to be tried again */
    bool stopped;
};

static struct log_subject subject_of(const struct guest *guest)
{
    return (struct log_subject){ guest->name, guest->domid, guest->uuid };
}

#define say(supervisor, guest, ...)                                                                \
    do {                                                                                           \
        struct log_subject subject = subject_of(guest);                                            \
                                                                                                   \
        log_say((supervisor)->log, &subject, __VA_ARGS__);                                         \
    } while (0)

static void say_error(const struct supervisor *supervisor, const struct guest *guest,
                      const char *what, const struct error *error)
{
    struct log_subject subject = subject_of(guest);

    log_say_error(supervisor->log, &subject, what, error);
}

static bool is_readable(int fd)
{
    struct pollfd readable = { .fd = fd, .events = POLLIN };

    return fd >= 0 && poll(&readable, 1, 0) > 0;
}

struct supervisor *supervisor_new(struct xen_host *host, const struct host_config *host_config,
                                  FILE *log)
{
    struct supervisor *supervisor = xcalloc(1, sizeof(*supervisor));

    supervisor->host = host;
    supervisor->host_config = host_config;
    supervisor->log = log;
    supervisor->epoll_fd = -1;
    supervisor->retry_fd = -1;
    supervisor->places = policy_places(sysconf(_SC_NPROCESSORS_ONLN));
    return supervisor;
}

static void free_guest(struct supervisor *supervisor, struct guest *guest)
{
    xen_death_unwatch(supervisor->host, guest->watch);
    worker_leave(&guest->worker);
    free(guest->name);
    free(guest);
}

void supervisor_free(struct supervisor *supervisor)
{
    for (size_t i = 0; i < supervisor->count; i++)
        free_guest(supervisor, supervisor->guests[i]);
    free(supervisor->guests);
    close_fd(&supervisor->retry_fd);
    free(supervisor);
}

static bool looks_after(const struct supervisor *supervisor, const struct domain *domain)
{
    for (size_t i = 0; i < supervisor->count; i++)
        if (!supervisor->guests[i]->gone && supervisor->guests[i]->domid == domain->domid &&
            strcmp(supervisor->guests[i]->uuid, domain->uuid) == 0)
            return true;
    return false;
}

static struct guest *add_guest(struct supervisor *supervisor, const struct domain *domain)
{
    struct guest *guest = xcalloc(1, sizeof(*guest));

    guest->supervisor = supervisor;
    guest->ticket = ++supervisor->last_ticket;
    guest->domid = domain->domid;
    guest->name = xstrdup(domain->name);
    guest->started_ms = clock_ms();
    guest->unseen = true;
    guest->asleep = domain->shutdown && domain->shutdown_reason == SHUTDOWN_SUSPEND;
    guest->worker = (struct worker)WORKER_INIT;
    memcpy(guest->uuid, domain->uuid, sizeof(guest->uuid));
    supervisor->guests =
        xreallocarray(supervisor->guests, supervisor->count + 1, sizeof(*supervisor->guests));
    supervisor->guests[supervisor->count++] = guest;
    return guest;
}

int supervisor_adopt(struct supervisor *supervisor, const struct domain *domain,
                     struct error **error)
{
    struct guest *guest;

    if (looks_after(supervisor, domain))
        return 0;
    guest = add_guest(supervisor, domain);
    if (xen_death_watch(supervisor->host, domain->domid, guest->ticket, &guest->watch, error) < 0) {
        guest->gone = true;
        return -1;
    }
    say(supervisor, guest, "looked after from now on");
    return 0;
}

/* Rebuilds that workers of a supervisor before us have left, or are still about: a worker of ours
 * waits for theirs. */
static void adopt_broken_off(struct supervisor *supervisor)
{
    struct rebuild_list list;

    rebuild_list(&list);
    for (size_t i = 0; i < list.count; i++) {
        struct domain domain = { .domid = list.items[i].domid };

        memcpy(domain.uuid, list.items[i].uuid, sizeof(domain.uuid));
        if (!looks_after(supervisor, &domain))
            add_guest(supervisor, &domain)->wants_worker = true;
    }
    free(list.items);
}

int supervisor_adopt_marked(struct supervisor *supervisor, struct error **error)
{
    auto_domain_list list = { NULL, 0 };

    if (xen_domain_list(supervisor->host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        bool marked = false;

        if (list.domains[i].domid == 0)
            continue;
        if (xen_mark_get(supervisor->host, &list.domains[i], &marked, error) < 0)
            return -1;
        if (marked && supervisor_adopt(supervisor, &list.domains[i], error) < 0)
            return -1;
    }
    adopt_broken_off(supervisor);
    return 0;
}

void supervisor_describe(const struct supervisor *supervisor, struct str *text)
{
    for (size_t i = 0; i < supervisor->count; i++) {
        const struct guest *guest = supervisor->guests[i];
        auto_free char *name = printable(guest->name ? guest->name : "-");

        if (!guest->gone)
            str_addf(text, "%u %s %llu %u %s %s\n", guest->domid, guest->uuid,
                     (unsigned long long)(clock_ms() - guest->started_ms) / 1000, guest->quick_ends,
                     guest->worker.pid || guest->wants_worker ? "ending" : "watched", name);
    }
}

size_t supervisor_guest_count(const struct supervisor *supervisor)
{
    return supervisor->count;
}

/* Closing alone would not take it out again: workers have copies. */
static void watch_fd(const struct supervisor *supervisor, int fd)
{
    struct epoll_event event = { .events = EPOLLIN };

    if (fd >= 0)
        (void)epoll_ctl(supervisor->epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

static void unwatch_fd(const struct supervisor *supervisor, int fd)
{
    if (fd >= 0)
        (void)epoll_ctl(supervisor->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
}

static void forget(struct guest *guest)
{
    xen_death_unwatch(guest->supervisor->host, guest->watch);
    guest->watch = NULL;
    guest->gone = true;
}

/* Also takes the mark away: the domain stays, and no supervisor shall look after it again. */
static void let_go(struct guest *guest)
{
    auto_error error = NULL;

    if (xen_mark_clear(guest->supervisor->host, guest->domid, &error) < 0)
        say_error(guest->supervisor, guest, "its mark stays", error);
    forget(guest);
}

/* When the host had no process, descriptor or memory left, it may have one soon. */
#define RETRY_SECONDS 5

static void look_again_later(struct supervisor *supervisor, struct guest *guest)
{
    struct itimerspec once = { .it_value.tv_sec = RETRY_SECONDS };

    guest->unseen = true;
    if (supervisor->retry_fd < 0) {
        supervisor->retry_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
        watch_fd(supervisor, supervisor->retry_fd);
    }
    if (supervisor->retry_fd >= 0)
        (void)timerfd_settime(supervisor->retry_fd, 0, &once, NULL);
}

/* Guests that have crashed, whose cores may have to be dumped first, have as many places of their
 * own and keep no other from work; those that wait, for a guest in a loop, need none. */
static bool has_place(const struct supervisor *supervisor, bool crashed)
{
    size_t busy = 0;

    for (size_t i = 0; i < supervisor->count; i++) {
        const struct guest *other = supervisor->guests[i];

        busy += other->worker.pid && !other->delayed && policy_is_crash(other->reason) == crashed;
    }
    return busy < supervisor->places;
}

static void start_worker(struct supervisor *supervisor, struct guest *guest)
{
    struct work work = {
        .host = supervisor->host,
        .host_config = supervisor->host_config,
        .log = supervisor->log,
        .subject = subject_of(guest),
        .reason = guest->reason,
        .delay_seconds = policy_delay_seconds(guest->quick_ends),
        .again = guest->killed > 0,
        .marks = supervisor->wait->marks,
        .close_fd = supervisor->wait->extra_fd,
    };
    auto_error error = NULL;

    guest->delayed = work.delay_seconds > 0;
    guest->wants_worker = !guest->delayed && !has_place(supervisor, policy_is_crash(guest->reason));
    if (guest->wants_worker) {
        guest->turn = ++supervisor->last_turn;
        return;
    }
    guest->turn = 0;
    if (worker_start(&work, &guest->worker, &error) < 0) {
        say_error(supervisor, guest, "will be tried again", error);
        guest->wants_worker = true;
        look_again_later(supervisor, guest);
        return;
    }
    watch_fd(supervisor, guest->worker.fd);
}

static void on_shutdown(struct supervisor *supervisor, struct guest *guest, int reason)
{
    guest->reason = reason;
    guest->quick_ends = clock_ms() - guest->started_ms < POLICY_LOOP_MS ? guest->quick_ends + 1 : 0;
    start_worker(supervisor, guest);
}

/* Whoever kills a worker, by hand or for want of memory, does not want the guest to be lost. */
#define KILLED_MAX 3

static void on_worker_killed(struct supervisor *supervisor, struct guest *guest)
{
    if (++guest->killed >= KILLED_MAX) {
        say(supervisor, guest, "its workers are killed again and again: left as it is");
        let_go(guest);
        return;
    }
    say(supervisor, guest, "its worker was killed: another one goes on");
    start_worker(supervisor, guest);
}

/* What the old one has learned of its loops goes to the new one. */
static void adopt_successor(struct supervisor *supervisor, const struct guest *old, uint32_t domid)
{
    unsigned quick_ends = old->quick_ends;
    struct domain domain = { 0 };
    auto_error error = NULL;

    if (xen_domain_get(supervisor->host, domid, &domain, &error) < 0 ||
        supervisor_adopt(supervisor, &domain, &error) < 0)
        say_error(supervisor, old, "its successor is not looked after", error);
    for (size_t i = 0; i < supervisor->count; i++)
        if (supervisor->guests[i]->domid == domid)
            supervisor->guests[i]->quick_ends = quick_ends;
    domain_release(&domain);
}

static void rewatch(struct supervisor *supervisor, struct guest *guest)
{
    auto_error error = NULL;

    if (xen_death_rewatch(supervisor->host, guest->domid, guest->ticket, &guest->watch, &error) < 0)
        say_error(supervisor, guest, "no longer looked after", error);
    guest->unseen = true;
    guest->started_ms = clock_ms();
}

static void on_worker_end(struct supervisor *supervisor, struct guest *guest)
{
    uint32_t domid;

    unwatch_fd(supervisor, guest->worker.fd);
    switch (worker_finish(&guest->worker, &domid)) {
    case WORK_RUNS_ON:
        rewatch(supervisor, guest);
        return;
    case WORK_KILLED:
        on_worker_killed(supervisor, guest);
        return;
    case WORK_FAILED:
        let_go(guest);
        return;
    case WORK_RESTARTED:
        forget(guest);
        adopt_successor(supervisor, guest, domid);
        return;
    case WORK_DESTROYED:
    case WORK_PRESERVED:
        forget(guest);
        return;
    }
}

static struct guest *next_in_queue(const struct supervisor *supervisor)
{
    const bool has_places[] = { has_place(supervisor, false), has_place(supervisor, true) };
    struct guest *next = NULL;

    for (size_t i = 0; i < supervisor->count; i++) {
        struct guest *guest = supervisor->guests[i];

        if (guest->turn && !guest->gone && (!next || guest->turn < next->turn) &&
            has_places[policy_is_crash(guest->reason)])
            next = guest;
    }
    return next;
}

static void finish_workers(struct supervisor *supervisor)
{
    struct guest *next;

    for (size_t i = 0; i < supervisor->count; i++) {
        struct guest *guest = supervisor->guests[i];

        if (guest->worker.pid && is_readable(guest->worker.fd))
            on_worker_end(supervisor, guest);
    }
    while ((next = next_in_queue(supervisor)))
        start_worker(supervisor, next);
}

/* The guest runs on afterwards, or its saver destroys it: go on watching. */
static void on_suspend(struct supervisor *supervisor, struct guest *guest)
{
    auto_error error = NULL;

    if (xen_death_rewatch(supervisor->host, guest->domid, guest->ticket, &guest->watch, &error) < 0)
        say_error(supervisor, guest, "suspended; no longer looked after", error);
    guest->unseen = true;
}

/* When nobody waits for it any more, because whoever asked it to has given up, it is woken. That
 * may take long with a device model, so a worker does it. */
static void on_sleep(struct supervisor *supervisor, struct guest *guest,
                     const struct domain *domain)
{
    bool saved = true;

    if (guest->asleep || !xen_late_is_noted(supervisor->host, domain))
        return;
    if (lock_saving_probe(guest->uuid, &saved, NULL) < 0 || saved) {
        look_again_later(supervisor, guest); /* it is just giving up, or tries again */
        return;
    }
    guest->reason = SHUTDOWN_SUSPEND;
    start_worker(supervisor, guest);
}

static void look_at_shut_down(struct supervisor *supervisor, struct guest *guest,
                              const struct domain *domain)
{
    if (domain->shutdown_reason == SHUTDOWN_SUSPEND)
        on_sleep(supervisor, guest, domain);
    else
        on_shutdown(supervisor, guest, domain->shutdown_reason);
}

/* libxl looks at a domain when the next one on the host ends, which may be long after. */
static void look_at(struct supervisor *supervisor, struct guest *guest)
{
    struct domain domain = { 0 };
    auto_error error = NULL;
    bool gone;

    if (guest->wants_worker) {
        start_worker(supervisor, guest);
        return;
    }
    if (xen_domain_get(supervisor->host, guest->domid, &domain, &error) < 0) {
        if (error->code != ERR_DOMAIN_NOT_FOUND) {
            say_error(supervisor, guest, "its state is not known", error);
            look_again_later(supervisor, guest);
            return;
        }
        gone = true;
    } else {
        gone = strcmp(domain.uuid, guest->uuid) != 0;
    }
    if (gone) {
        say(supervisor, guest, "destroyed");
        forget(guest);
    } else if (!domain.shutdown) {
        guest->asleep = false;
    } else if (!domain.dying) {
        look_at_shut_down(supervisor, guest, &domain);
    }
    domain_release(&domain);
}

static void look_at_unseen(struct supervisor *supervisor)
{
    uint64_t expired;

    if (supervisor->retry_fd >= 0)
        (void)!read(supervisor->retry_fd, &expired, sizeof(expired));
    for (size_t i = 0; i < supervisor->count; i++) {
        struct guest *guest = supervisor->guests[i];

        if (!guest->unseen || guest->gone || guest->worker.pid)
            continue;
        guest->unseen = false;
        look_at(supervisor, guest);
    }
}

static struct guest *find_guest(const struct supervisor *supervisor, uint64_t ticket)
{
    for (size_t i = 0; i < supervisor->count; i++)
        if (supervisor->guests[i]->ticket == ticket && !supervisor->guests[i]->gone)
            return supervisor->guests[i];
    return NULL;
}

static void on_event(void *context, const libxl_event *event)
{
    struct supervisor *supervisor = context;
    struct guest *guest = find_guest(supervisor, event->for_user);

    if (!guest)
        return;
    if (guest->worker.pid)
        return; /* the worker's doing */
    if (event->type == LIBXL_EVENT_TYPE_DOMAIN_DEATH) {
        say(supervisor, guest, "destroyed");
        forget(guest);
    } else if (event->type == LIBXL_EVENT_TYPE_DOMAIN_SHUTDOWN) {
        int reason = event->u.domain_shutdown.shutdown_reason;

        if (reason == SHUTDOWN_SUSPEND)
            on_suspend(supervisor, guest);
        else
            on_shutdown(supervisor, guest, reason);
    }
}

/* Guests are freed here only, where no event is being handled. */
static void drop_gone_guests(struct supervisor *supervisor)
{
    size_t kept = 0;

    for (size_t i = 0; i < supervisor->count; i++) {
        if (supervisor->guests[i]->gone)
            free_guest(supervisor, supervisor->guests[i]);
        else
            supervisor->guests[kept++] = supervisor->guests[i];
    }
    supervisor->count = kept;
}

static bool finished(void *context)
{
    struct supervisor *supervisor = context;

    if (is_readable(supervisor->wait->extra_fd))
        supervisor->wait->on_readable(supervisor->wait->context, supervisor);
    finish_workers(supervisor);
    look_at_unseen(supervisor);
    drop_gone_guests(supervisor);
    xen_store_rest(supervisor->host);
    return supervisor->stopped || (supervisor->wait->until_idle && supervisor->count == 0);
}

void supervisor_stop(struct supervisor *supervisor)
{
    supervisor->stopped = true;
}

int supervisor_run(struct supervisor *supervisor, const struct supervisor_wait *wait,
                   struct error **error)
{
    struct xen_loop loop = {
        .finished = finished,
        .on_event = on_event,
        .context = supervisor,
        .deadline_ms = DEADLINE_NEVER,
    };
    enum xen_loop_end end;
    int result;

    supervisor->wait = wait;
    supervisor->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (supervisor->epoll_fd < 0)
        return error_set_errno(error, ERR_FAILED, "cannot wait for events");
    watch_fd(supervisor, wait->extra_fd);
    watch_fd(supervisor, supervisor->retry_fd);
    for (size_t i = 0; i < supervisor->count; i++)
        watch_fd(supervisor, supervisor->guests[i]->worker.fd);
    loop.extra_fd = supervisor->epoll_fd;
    result = xen_loop_run(supervisor->host, &loop, &end, error);
    close_fd(&supervisor->epoll_fd);
    return result;
}
