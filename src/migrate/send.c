/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sending side of a migration; see send.h and wire.h. */
#include "migrate/send.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "migrate/connect.h"
#include "migrate/guest.h"
#include "migrate/pump.h"
#include "migrate/record.h"
#include "migrate/savefile.h"
#include "migrate/wire.h"
#include "xen/domain.h"
#include "xen/life.h"
#include "xen/suspend.h"

/* Somebody may have to type a password. */
#define BANNER_MS (120 * 1000)
/* The far side attaches the devices, whose scripts may take 40 s each. */
#define READY_MS  (180 * 1000)
#define GO_MS     (30 * 1000)
#define REPORT_MS (180 * 1000)
/* The far side takes nothing: the link is dead, or that host stands still. */
#define STALL_MS (60 * 1000)

#define TICK_MS  100 /* the precision of the downtime */
#define SHOW_MS  500

struct sender {
    struct xen_host *host;
    struct domain now;
    const struct migrate_options *options;
    struct migration record;
    struct link link;
    struct pump pump;
    struct migrate_progress *progress;
    uint64_t started_ms, stopped_ms, shown_ms, round_ms;
    uint64_t deadline_ms;
    const char *enough; /* why it was given up; static */
    bool renamed;
};

static void show(struct sender *sender)
{
    struct migrate_progress *progress = sender->progress;
    uint64_t now_ms = clock_ms();

    progress->elapsed_ms = now_ms - sender->started_ms;
    progress->sent_kib = pump_bytes(&sender->pump) / 1024;
    progress->taken_kib = pump_taken_bytes(&sender->pump) / 1024;
    if (progress->elapsed_ms) {
        progress->rate_kib_s = progress->sent_kib * 1000 / progress->elapsed_ms;
        progress->pace_kib_s = progress->taken_kib * 1000 / progress->elapsed_ms;
    }
    if (sender->stopped_ms)
        progress->downtime_ms = now_ms - sender->stopped_ms;
    if (!progress->is_news && now_ms - sender->shown_ms < SHOW_MS)
        return;
    sender->shown_ms = now_ms;
    if (sender->options->on_progress)
        sender->options->on_progress(sender->options->context, progress);
    progress->is_news = false;
}

static void begin(struct sender *sender, enum migrate_phase phase)
{
    sender->progress->phase = phase;
    sender->progress->is_news = true;
    show(sender);
}

static struct link_patience patience(const struct sender *sender, uint64_t limit_ms)
{
    uint64_t deadline_ms = deadline_after(limit_ms);

    if (sender->deadline_ms < deadline_ms)
        deadline_ms = sender->deadline_ms;
    if (sender->stopped_ms && sender->options->max_downtime_ms != UINT64_MAX &&
        sender->stopped_ms + sender->options->max_downtime_ms < deadline_ms)
        deadline_ms = sender->stopped_ms + sender->options->max_downtime_ms;
    return (struct link_patience){ .deadline_ms = deadline_ms, .heed_signals = true };
}

static int connect_far_side(struct sender *sender, struct error **error)
{
    const struct migrate_options *options = sender->options;
    const struct receiver_call call = { .host = options->host,
                                        .ssh = options->ssh,
                                        .words = options->receiver };
    struct link_patience wait = patience(sender, BANNER_MS);

    sender->link.on_line = options->on_line;
    sender->link.context = options->context;
    return connect_receiver(&sender->link, &call, &wait, error);
}

/* libxc counts its rounds in its reports: "Frames iteration 2". */
static void on_report(void *context, const char *doing, unsigned long done, unsigned long total)
{
    struct sender *sender = context;
    struct migrate_progress *progress = sender->progress;
    uint64_t now_ms = clock_ms(), left_kib = (uint64_t)(total - done) * 4;
    unsigned round;

    if (done > total || sscanf(doing, "Frames iteration %u", &round) != 1)
        return;
    progress->left_kib = left_kib;
    if (progress->round == round + 1)
        return;
    if (round && now_ms > sender->round_ms)
        progress->dirty_kib_s = (uint64_t)total * 4 * 1000 / (now_ms - sender->round_ms);
    progress->round = round + 1;
    sender->round_ms = now_ms;
    if (sender->options->abort_if_slow && sender->stopped_ms && progress->pace_kib_s &&
        left_kib / progress->pace_kib_s * 1000 > sender->options->max_downtime_ms)
        sender->enough = "the rest would take longer than --max-downtime allows";
}

static bool is_enough(void *context)
{
    struct sender *sender = context;
    uint64_t now_ms = clock_ms();

    if (sender->enough)
        return true;
    if (now_ms >= sender->deadline_ms)
        sender->enough = "it takes longer than --timeout allows";
    else if (sender->stopped_ms && sender->options->max_downtime_ms != UINT64_MAX &&
             now_ms - sender->stopped_ms > sender->options->max_downtime_ms)
        sender->enough = "the guest stands still for longer than --max-downtime allows";
    else if (pump_blocked_ms(&sender->pump) > STALL_MS)
        sender->enough = "the far side takes nothing more: the link is dead, or that host stands "
                         "still";
    return sender->enough != NULL;
}

static void on_tick(void *context, bool suspended)
{
    struct sender *sender = context;

    link_listen(&sender->link);
    if (suspended && !sender->stopped_ms) {
        sender->stopped_ms = clock_ms();
        begin(sender, MIGRATE_STOPPED);
    }
    show(sender);
}

static int send_memory(struct sender *sender, struct error **error)
{
    struct xen_stream_out out = {
        .live = !sender->options->offline,
        .debug = sender->options->debug,
        .tick_ms = TICK_MS,
        .on_tick = on_tick,
        .enough = is_enough,
        .context = sender,
    };
    int result;

    out.fd = sender->pump.fd;
    begin(sender, MIGRATE_COPYING);
    sender->round_ms = clock_ms();
    xen_host_tell_progress(sender->host, on_report, sender);
    result = xen_domain_stream_out(sender->host, sender->now.domid, &out, error);
    xen_host_tell_progress(sender->host, NULL, NULL);
    if (result == 0 && !sender->stopped_ms) /* it was quicker than a tick */
        on_tick(sender, true);
    return result;
}

/* The copy is whole over there when it says so. */
static int await_ready(struct sender *sender, struct error **error)
{
    struct link_patience wait = patience(sender, READY_MS);
    char ready[sizeof(WIRE_READY)];
    ssize_t got;

    if (pump_finish(&sender->pump, wait.deadline_ms, error) < 0)
        return -1;
    got = link_read(&sender->link, ready, sizeof(ready), &wait, error);
    if (got < 0)
        return -1;
    if ((size_t)got == sizeof(ready) && memcmp(ready, WIRE_READY, sizeof(ready)) == 0)
        return 0;
    return error_set(error, ERR_FAILED, "'%s' could not build the guest", sender->options->host);
}

static int rename_to(struct sender *sender, const char *from, const char *to, struct error **error)
{
    struct domain named = sender->now;

    named.name = (char *)from;
    return xen_domain_rename(sender->host, &named, to, error);
}

static int rename_away(struct sender *sender, struct error **error)
{
    auto_free char *away = NULL;

    if (!sender->now.name)
        return 0;
    away = xasprintf("%s%s", sender->now.name, NAME_AWAY);
    if (rename_to(sender, sender->now.name, away, error) < 0)
        return -1;
    sender->renamed = true;
    return 0;
}

/* Everything that can be taken back. */
static int send_copy(struct sender *sender, const char *json, struct error **error)
{
    const struct pump_settings settings = { .kib_per_s = sender->options->bandwidth_kib_s,
                                            .compressed = sender->options->compress,
                                            .disks = sender->options->disks };

    begin(sender, MIGRATE_CONNECTING);
    if (connect_far_side(sender, error) < 0 ||
        pump_start_out(&sender->pump, sender->link.out, &settings, error) < 0)
        return -1;
    sender->progress->config_length = savefile_optional_length(json);
    if (savefile_write(sender->pump.fd, "the link", json, 0, error) < 0 ||
        send_memory(sender, error) < 0 || await_ready(sender, error) < 0)
        return -1;
    begin(sender, MIGRATE_ACKNOWLEDGED);
    if (rename_away(sender, error) < 0)
        return -1;
    if (interrupt_signal())
        return error_set(error, ERR_INTERRUPTED, "interrupted");
    if (is_enough(sender))
        return error_set(error, ERR_TIMEOUT, "given up");
    return 0;
}

/* From the record on nobody may assume that the guest is still ours, except this function when the
 * message has not left it: a short write to a pipe is done or not done. */
static int hand_over(struct sender *sender, struct error **error)
{
    struct link_patience wait = { .deadline_ms = deadline_after(GO_MS) };

    if (record_write(&sender->record, MIGRATION_HANDED_OVER, error) < 0)
        return -1;
    begin(sender, MIGRATE_HANDING_OVER);
    if (link_write(&sender->link, WIRE_GO, sizeof(WIRE_GO), &wait, error) == 0)
        return 0;
    (void)record_write(&sender->record, MIGRATION_SENDING, NULL);
    return -1;
}

/* What ended it, in our words where we ended it ourselves, or the link did. */
static void tell_why(struct sender *sender, struct error **error)
{
    auto_error old = NULL;

    if (!error || !*error)
        return;
    if ((*error)->code == ERR_TIMEOUT)
        (void)is_enough(sender);
    if (sender->enough) {
        error_clear(error);
        error_set(error, ERR_TIMEOUT, "%s", sender->enough);
    } else if (pump_is_unreadable(&sender->pump)) {
        error_clear(error);
        error_set(error, ERR_FILE, "a file of its disks cannot be read, or has become shorter");
    } else if ((*error)->code == ERR_LIBXL && pump_is_broken(&sender->pump)) {
        old = TAKE(*error);
        error_set(error, ERR_FAILED, "'%s' has ended the connection", sender->options->host);
        error_detail(error, old->message);
    }
}

static void rename_back(struct sender *sender, struct error **error)
{
    auto_free char *away = xasprintf("%s%s", sender->now.name, NAME_AWAY);
    auto_error problem = NULL;

    if (rename_to(sender, away, sender->now.name, &problem) < 0)
        error_detail(error, problem->message);
}

/* Before the hand-over, or after the far side has given it back: the guest shall run here, at once;
 * what the far side has to say can wait. Without a leave it ends its copy. */
static int go_back(struct sender *sender, struct error **error)
{
    bool runs;

    tell_why(sender, error);
    pump_stop(&sender->pump);
    close_fd(&sender->link.out);
    if (sender->renamed)
        rename_back(sender, error);
    runs = guest_bring_back(sender->host, &sender->now, error);
    if (runs || sender->progress->phase < MIGRATE_STOPPED)
        (void)record_remove(sender->record.uuid, false, NULL);
    else if (sender->record.state != MIGRATION_SENDING)
        (void)record_write(&sender->record, MIGRATION_SENDING, NULL);
    (void)link_close(&sender->link);
    /* What it says to our own giving up tells nothing. */
    return sender->enough || interrupt_signal() ? -1 : link_explain(&sender->link, error);
}

static int undecided(struct sender *sender, struct error **error)
{
    auto_error old = *error;

    *error = NULL;
    link_cut(&sender->link);
    error_set(error, ERR_FAILED,
              "'%s' was allowed to start the guest, and has not said whether it did",
              sender->options->host);
    if (old)
        error_detail(error, old->message);
    link_explain(&sender->link, error);
    return error_hint(error,
                      "it stands still here, so that it never runs twice; 'xn recover %u' looks at "
                      "both ends and says what is safe",
                      sender->now.domid);
}

/* The far side has it: what is left here must go. */
static int finish(struct sender *sender, struct error **error)
{
    uint32_t domid = sender->now.domid;

    (void)record_write(&sender->record, MIGRATION_ARRIVED, NULL);
    begin(sender, MIGRATE_ARRIVED);
    (void)link_close(&sender->link);
    if (xen_domain_verify(sender->host, &sender->now, error) < 0 ||
        xen_life_destroy(sender->host, domid, error) < 0) {
        error_wrap(error, "it runs on '%s', but the copy here was not ended",
                   sender->options->host);
        return error_hint(error, "'xn destroy %u' ends it; never let it run", domid);
    }
    (void)record_remove(sender->record.uuid, true, NULL);
    return record_remove(sender->record.uuid, false, error);
}

static int await_report(struct sender *sender, struct error **error)
{
    struct link_patience wait = { .deadline_ms = deadline_after(REPORT_MS) };
    char report[sizeof(WIRE_REPORT) + 1], leave[sizeof(WIRE_GO)];
    ssize_t got = link_read(&sender->link, report, sizeof(report), &wait, error);
    unsigned char status;

    if (got != (ssize_t)sizeof(report) || memcmp(report, WIRE_REPORT, sizeof(WIRE_REPORT)) != 0)
        return undecided(sender, error);
    status = (unsigned char)report[sizeof(WIRE_REPORT)];
    if (status == 0)
        return finish(sender, error);
    got = link_read(&sender->link, leave, sizeof(leave), &wait, error);
    if (got != (ssize_t)sizeof(leave) || memcmp(leave, WIRE_GO, sizeof(leave)) != 0)
        return undecided(sender, error);
    error_set(error, ERR_FAILED, "'%s' could not start the guest (status %u) and has given it back",
              sender->options->host, status);
    return go_back(sender, error);
}

static int migrate(struct sender *sender, struct error **error)
{
    const struct migrate_options *options = sender->options;
    auto_free char *json = xstrdup(options->config_json);

    if (!json &&
        guest_config_json(sender->host, &sender->now, options->keep_domid, &json, error) < 0)
        return -1;
    if (record_write(&sender->record, MIGRATION_SENDING, error) < 0)
        return -1;
    if (send_copy(sender, json, error) < 0 || hand_over(sender, error) < 0)
        return go_back(sender, error);
    return await_report(sender, error);
}

int guest_migrate(struct xen_host *host, const struct domain *domain,
                  const struct migrate_options *options, struct migrate_progress *last,
                  struct error **error)
{
    struct sender sender = {
        .host = host,
        .options = options,
        .link = LINK_INIT,
        .pump = PUMP_INIT,
        .progress = last,
        .started_ms = clock_ms(),
        .deadline_ms = deadline_after(options->timeout_ms),
    };
    auto_fd int lock = -1;
    int result = -1;

    *last = (struct migrate_progress){ .phase = MIGRATE_CONNECTING };
    if (guest_lock(host, domain, &lock, &sender.now, error) == 0 &&
        guest_check_alive(host, &sender.now, error) == 0) {
        last->memory_kib = sender.now.memory_kib;
        sender.record = (struct migration){ .name = xstrdup(sender.now.name),
                                            .domid = sender.now.domid,
                                            .host = xstrdup(options->host),
                                            .ssh = xstrdup(options->ssh),
                                            .program = xstrdup(options->program) };
        memcpy(sender.record.uuid, sender.now.uuid, UUID_TEXT_SIZE);
        result = migrate(&sender, error);
    }
    pump_stop(&sender.pump);
    link_release(&sender.link);
    migration_release(&sender.record);
    domain_release(&sender.now);
    return result;
}
