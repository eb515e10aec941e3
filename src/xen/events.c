/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Watching the host; see events.h. */
#include "xen/events.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"
#include "xen/events_parts.h"
#include "xen/wait.h"

/* Of the watches that are not about one domain. */
static const char *const host_watches[] = { "@introduceDomain", "@releaseDomain", "/libxl" };
#define HOST_TOKEN "host"

enum { POLL_STORE, POLL_READER };

struct watcher {
    struct tracker tracker;
    int poll_fd;
    bool woken, reader_gone;
};

char *tracker_read(struct tracker *tracker, const char *path)
{
    unsigned length;

    return xs_read(tracker->store, XBT_NULL, path, &length);
}

void tracker_tell(struct tracker *tracker, const struct tracked *tracked, struct event *event)
{
    bool wanted = tracked->told && (!tracker->first || tracker->options->present);
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    event->time_ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
    event->domid = tracked->domain.domid;
    event->name = xstrdup(tracked->domain.name);
    memcpy(event->uuid, tracked->domain.uuid, sizeof(event->uuid));
    if (!tracker->error && wanted)
        (void)tracker->options->on_event(tracker->options->context, event, &tracker->error);
    event_release(event);
}

static void tell(struct tracker *tracker, const struct tracked *tracked, const char *kind)
{
    struct event event = { .kind = kind };

    tracker_tell(tracker, tracked, &event);
}

/* The two nodes of a domain that are watched, and the beginnings of their tokens. */
static const struct {
    const char *node, *token;
} domain_watches[] = { { "name", "name" }, { "memory/target", "target" } };

static void watch_domain(struct tracker *tracker, uint32_t domid, bool on)
{
    for (size_t i = 0; i < ARRAY_SIZE(domain_watches); i++) {
        auto_free char *path = xasprintf("/local/domain/%u/%s", domid, domain_watches[i].node);
        auto_free char *token = xasprintf("%s-%u", domain_watches[i].token, domid);

        if (!on)
            (void)xs_unwatch(tracker->store, path, token);
        else if (!xs_watch(tracker->store, path, token) && !tracker->error)
            error_set_errno(&tracker->error, ERR_XENSTORE, "cannot watch '%s' in xenstore", path);
    }
}

static struct tracked *find(const struct tracker *tracker, uint32_t domid)
{
    for (size_t i = 0; i < tracker->count; i++)
        if (tracker->domains[i].domain.domid == domid)
            return &tracker->domains[i];
    return NULL;
}

/* Everything about it is read at the look that follows. */
static struct tracked *add(struct tracker *tracker, const struct domain *domain)
{
    struct tracked *tracked;

    tracker->domains =
        xreallocarray(tracker->domains, tracker->count + 1, sizeof(*tracker->domains));
    tracked = &tracker->domains[tracker->count++];
    *tracked = (struct tracked){
        .domain = domain_copy(domain), .read_name = true, .read_target = true, .read_devices = true
    };
    watch_domain(tracker, domain->domid, true);
    return tracked;
}

static void drop(struct tracker *tracker, size_t index)
{
    struct tracked *tracked = &tracker->domains[index];

    watch_domain(tracker, tracked->domain.domid, false);
    tracked_devices_release(tracker, tracked);
    domain_release(&tracked->domain);
    tracker->domains[index] = tracker->domains[--tracker->count];
}

static void look_at_name(struct tracker *tracker, struct tracked *tracked)
{
    auto_free char *path = xasprintf("/local/domain/%u/name", tracked->domain.domid);
    auto_free char *name = NULL;
    struct event event = { .kind = "renamed" };

    if (!tracked->read_name)
        return;
    tracked->read_name = false;
    name = tracker_read(tracker, path);
    /* It is taken away with the domain; the events of its end shall carry it. */
    if (!name || (tracked->domain.name && strcmp(name, tracked->domain.name) == 0))
        return;
    event.old_name = TAKE(tracked->domain.name);
    tracked->domain.name = TAKE(name);
    if (event.old_name)
        tracker_tell(tracker, tracked, &event);
}

static void look_at_target(struct tracker *tracker, struct tracked *tracked)
{
    auto_free char *path = xasprintf("/local/domain/%u/memory/target", tracked->domain.domid);
    auto_free char *text = NULL;
    struct event event = { .kind = "memory-target", .has_target = true };
    bool known = tracked->target_kib != 0;

    if (!tracked->read_target)
        return;
    tracked->read_target = false;
    text = tracker_read(tracker, path);
    if (!text || !parse_uint(text, UINT64_MAX, &event.target_kib) ||
        event.target_kib == tracked->target_kib)
        return;
    tracked->target_kib = event.target_kib;
    if (known)
        tracker_tell(tracker, tracked, &event);
}

static void tell_shutdown(struct tracker *tracker, const struct tracked *tracked)
{
    struct event event = { .kind = "shut-down",
                           .reason = shutdown_reason_name(tracked->domain.shutdown_reason) };

    tracker_tell(tracker, tracked, &event);
}

/* A domain that is being built is paused, too: its first run is told as its start. */
static void look_at_state(struct tracker *tracker, struct tracked *tracked,
                          const struct domain *now)
{
    struct domain *before = &tracked->domain;
    bool was_shutdown = before->shutdown, was_paused = before->paused;

    before->paused = now->paused;
    before->shutdown = now->shutdown;
    before->shutdown_reason = now->shutdown_reason;
    if (!tracked->started && (!now->paused || now->shutdown)) {
        tracked->started = true;
        tell(tracker, tracked, "started");
    } else if (tracked->started && now->paused != was_paused && !now->shutdown && !was_shutdown) {
        tell(tracker, tracked, now->paused ? "paused" : "unpaused");
    }
    if (now->shutdown && !was_shutdown)
        tell_shutdown(tracker, tracked);
    else if (was_shutdown && !now->shutdown)
        tell(tracker, tracked, "resumed");
}

/* One that is here already at the start, and one that is new. It has no name while libxl makes it;
 * it is told of when it gets one. */
static void look_at_new(struct tracker *tracker, struct tracked *tracked, const struct domain *now)
{
    struct event event = { .kind = tracker->first ? "present" : "created" };

    if (tracked->told || (!tracked->domain.name && now->domid != 0))
        return;
    tracked->told = true;
    if (!tracker->first) {
        tracker_tell(tracker, tracked, &event);
        tracked->domain.paused = true;
        tracked->domain.shutdown = false;
        return;
    }
    tracked->started = !now->paused || now->cpu_time_ns > 0;
    event.state = domain_state(now);
    tracker_tell(tracker, tracked, &event);
}

static void end(struct tracker *tracker, struct tracked *tracked)
{
    if (!tracked->ended)
        tell(tracker, tracked, "destroyed");
    tracked->ended = true;
}

static void look_at_domain(struct tracker *tracker, const struct domain *now)
{
    struct tracked *tracked = find(tracker, now->domid);

    if (tracked && strcmp(tracked->domain.uuid, now->uuid) != 0) {
        end(tracker, tracked);
        drop(tracker, (size_t)(tracked - tracker->domains));
        tracked = NULL;
    }
    if (!tracked && now->dying)
        return;
    if (!tracked)
        tracked = add(tracker, now);
    tracked->seen = true;
    if (tracked->ended)
        return;
    look_at_name(tracker, tracked);
    look_at_new(tracker, tracked, now);
    if (tracked->told)
        look_at_state(tracker, tracked, now);
    tracked_devices_look(tracker, tracked);
    look_at_target(tracker, tracked);
    if (now->dying)
        end(tracker, tracked);
}

/* One question to the hypervisor, and those to xenstore whose answers have changed. */
static void look(struct watcher *watcher)
{
    struct tracker *tracker = &watcher->tracker;
    auto_domain_list list = { NULL, 0 };

    watcher->woken = false;
    if (tracker->error || xen_domain_list(tracker->host, 0, &list, &tracker->error) < 0)
        return;
    for (size_t i = 0; i < tracker->count; i++)
        tracker->domains[i].seen = false;
    for (size_t i = 0; i < list.count; i++)
        look_at_domain(tracker, &list.domains[i]);
    for (size_t i = tracker->count; i-- > 0;) {
        if (tracker->domains[i].seen)
            continue;
        end(tracker, &tracker->domains[i]);
        drop(tracker, i);
    }
    tracker->first = false;
}

/* token: "name-7", "target-7", "backend-7" or that of the host. */
static void note_token(struct watcher *watcher, const char *token)
{
    struct tracked *tracked;
    char what[16];
    unsigned domid;

    watcher->woken = true;
    if (sscanf(token, "%15[a-z]-%u", what, &domid) != 2)
        return;
    tracked = find(&watcher->tracker, domid);
    if (!tracked)
        return;
    if (strcmp(what, "name") == 0)
        tracked->read_name = true;
    else if (strcmp(what, "target") == 0)
        tracked->read_target = true;
    else if (strcmp(what, "backend") == 0)
        tracked->read_backends = true;
}

/* What libxl has noted about a domain has changed: its devices, perhaps. */
static void note_path(struct watcher *watcher, const char *path)
{
    struct tracked *tracked;
    unsigned domid;

    if (sscanf(path, "/libxl/%u", &domid) != 1)
        return;
    tracked = find(&watcher->tracker, domid);
    if (tracked)
        tracked->read_devices = true;
}

static void take_events(struct watcher *watcher)
{
    struct tracker *tracker = &watcher->tracker;
    char **event;

    while ((event = xs_check_watch(tracker->store))) {
        note_path(watcher, event[XS_WATCH_PATH]);
        note_token(watcher, event[XS_WATCH_TOKEN]);
        free(event);
    }
    if (errno != EAGAIN && !tracker->error)
        error_set_errno(&tracker->error, ERR_XENSTORE, "xenstore has gone away");
}

static bool is_reader_gone(const struct watcher *watcher)
{
    struct epoll_event events[2];
    int count = epoll_wait(watcher->poll_fd, events, ARRAY_SIZE(events), 0);

    for (int i = 0; i < count; i++)
        if (events[i].data.u32 == POLL_READER)
            return true;
    return false;
}

static bool finished(void *context)
{
    struct watcher *watcher = context;

    watcher->reader_gone = is_reader_gone(watcher);
    take_events(watcher);
    if (watcher->woken)
        look(watcher);
    return watcher->tracker.error || watcher->reader_gone;
}

/* xenstore, and the end of whoever reads the stream: both wake the loop. */
static int open_poll(struct watcher *watcher, struct error **error)
{
    struct epoll_event store = { .events = EPOLLIN, .data.u32 = POLL_STORE };
    struct epoll_event reader = { .events = 0, .data.u32 = POLL_READER };
    int reader_fd = watcher->tracker.options->reader_fd;

    watcher->poll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (watcher->poll_fd < 0 ||
        epoll_ctl(watcher->poll_fd, EPOLL_CTL_ADD, xs_fileno(watcher->tracker.store), &store) < 0)
        return error_set_errno(error, ERR_FAILED, "cannot wait for xenstore");
    if (reader_fd >= 0) /* a file cannot go away, and is refused */
        (void)epoll_ctl(watcher->poll_fd, EPOLL_CTL_ADD, reader_fd, &reader);
    return 0;
}

static int watch(struct watcher *watcher, struct error **error)
{
    struct xen_loop loop = { .finished = finished,
                             .context = watcher,
                             .deadline_ms = DEADLINE_NEVER,
                             .extra_fd = watcher->poll_fd };
    enum xen_loop_end why;

    for (size_t i = 0; i < ARRAY_SIZE(host_watches); i++)
        if (!xs_watch(watcher->tracker.store, host_watches[i], HOST_TOKEN))
            return error_set_errno(error, ERR_XENSTORE, "cannot watch '%s' in xenstore",
                                   host_watches[i]);
    if (xen_loop_run(watcher->tracker.host, &loop, &why, error) < 0)
        return -1;
    return watcher->tracker.error ? error_move(error, TAKE(watcher->tracker.error)) : 0;
}

int xen_events_run(struct xen_host *host, const struct xen_events_options *options,
                   struct error **error)
{
    struct watcher watcher = { .tracker = { .host = host, .options = options, .first = true },
                               .poll_fd = -1,
                               .woken = true };
    int result;

    if (xen_store(host, &watcher.tracker.store, error) < 0)
        return -1;
    result = open_poll(&watcher, error);
    if (result == 0)
        result = watch(&watcher, error);
    for (size_t i = 0; i < ARRAY_SIZE(host_watches); i++)
        (void)xs_unwatch(watcher.tracker.store, host_watches[i], HOST_TOKEN);
    while (watcher.tracker.count)
        drop(&watcher.tracker, watcher.tracker.count - 1);
    free(watcher.tracker.domains);
    close_fd(&watcher.poll_fd);
    error_free(watcher.tracker.error);
    return result;
}
