/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The primary of Remus and COLO; see remus.h. */
#include "migrate/remus.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "migrate/connect.h"
#include "migrate/far.h"
#include "migrate/guest.h"
#include "migrate/pump.h"
#include "migrate/record.h"
#include "migrate/savefile.h"
#include "migrate/wire.h"
#include "xen/domain.h"
#include "xen/late.h"
#include "xen/life.h"

#define BANNER_MS (120 * 1000)
/* The far side takes nothing: the link is dead, or that host stands still. */
#define STALL_MS (60 * 1000)
/* For the question what the far side does now: the guest stands still meanwhile. */
#define ASK_MS (20 * 1000)

struct primary {
    struct xen_host *host;
    struct domain now;
    const struct replicate_options *options;
    struct migration record;
    struct link link;
    struct pump pump;
    bool stalled;
};

static bool is_enough(void *context)
{
    struct primary *primary = context;

    primary->stalled = pump_blocked_ms(&primary->pump) > STALL_MS;
    return primary->stalled;
}

static void on_tick(void *context)
{
    struct primary *primary = context;
    const struct replicate_options *options = primary->options;

    link_listen(&primary->link);
    if (options->on_progress)
        options->on_progress(options->context, pump_bytes(&primary->pump) / 1024);
}

static int start_receiver(struct primary *primary, struct error **error)
{
    const struct replicate_options *options = primary->options;
    const struct link_patience wait = { .deadline_ms = deadline_after(BANNER_MS),
                                        .heed_signals = true };
    const struct receiver_call call = { .host = options->host,
                                        .ssh = options->ssh,
                                        .words = options->receiver };
    const struct pump_settings settings = { 0 };
    auto_free char *json = NULL;

    if (guest_config_json(primary->host, &primary->now, false, &json, error) < 0)
        return -1;
    primary->link.on_line = options->on_line;
    primary->link.context = options->context;
    /* From the first checkpoint on the far side may let it run, whenever it hears no more of us. */
    if (connect_receiver(&primary->link, &call, &wait, error) < 0 ||
        record_write(&primary->record, MIGRATION_HANDED_OVER, error) < 0 ||
        savefile_write(primary->link.out, "the link", json, 0, error) < 0)
        return -1;
    return pump_start_out(&primary->pump, primary->link.out, &settings, error);
}

static int start_blackhole(struct primary *primary, struct error **error)
{
    const struct pump_settings settings = { 0 };
    auto_fd int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (null < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '/dev/null'");
    return pump_start_out(&primary->pump, null, &settings, error);
}

static void cut(struct primary *primary)
{
    pump_stop(&primary->pump);
    link_cut(&primary->link);
}

enum far_copy {
    FAR_ENDED, /* it will not run any more */
    FAR_RUNS,
    FAR_UNKNOWN, /* when it hears no more of us it may run */
};

/* Ends the copy there, if it does not run yet. */
static enum far_copy end_far_copy(const struct primary *primary)
{
    const struct replicate_options *options = primary->options;
    const struct far_side side = { .host = options->host,
                                   .ssh = options->ssh,
                                   .patience_ms = ASK_MS };
    auto_free char *name = xasprintf("%s%s", primary->now.name, NAME_INCOMING);
    auto_free char *why = NULL;
    struct migration_view view = { 0 };

    if (!options->host)
        return FAR_ENDED;
    if (far_check_askable(&side, NULL) < 0)
        return FAR_UNKNOWN;
    if (far_destroy(&side, options->program ? options->program : "xl", name, NULL) == 1)
        return FAR_ENDED;
    if (far_look(&side, primary->now.uuid, &view, &why, NULL) < 0 || !view.answered)
        return FAR_UNKNOWN;
    return view.copy == COPY_RUNS ? FAR_RUNS : view.copy == COPY_NONE ? FAR_ENDED : FAR_UNKNOWN;
}

/* The copy there has taken over: the one here must not run beside it. The record stays. */
static int hold(struct primary *primary, struct error **error)
{
    auto_domain now = { 0 };
    auto_error problem = NULL;
    uint32_t domid = primary->now.domid;

    if (xen_domain_get(primary->host, domid, &now, &problem) == 0 && !now.shutdown &&
        xen_life_pause(primary->host, domid, &problem) < 0)
        error_detail(error, problem->message);
    error_wrap(error, "the guest runs on '%s' now, and stands still here", primary->options->host);
    return error_hint(error, "'xn destroy %u' ends the copy here; never let both run", domid);
}

static int run_on(struct primary *primary, struct error **error)
{
    bool runs = guest_bring_back(primary->host, &primary->now, error);

    /* It may have been asked to suspend the moment before. */
    xen_late_note(primary->host, primary->now.domid);
    if (runs && primary->options->host)
        (void)record_remove(primary->record.uuid, false, NULL);
    return runs ? 0 : -1;
}

/* Asked to stop. The far side does nothing as long as the link is open. What cannot be ended there
 * will run when it is cut, so the guest does not run here then. */
static int stop(struct primary *primary, struct error **error)
{
    auto_error trouble = NULL;
    enum far_copy there;

    (void)interrupt_take();
    there = end_far_copy(primary);
    cut(primary);
    if (there != FAR_ENDED) {
        error_set(error, ERR_FAILED, "the copy could not be ended");
        return hold(primary, error);
    }
    error_set(&trouble, ERR_FAILED, "the guest was not let run on");
    if (run_on(primary, &trouble) == 0)
        return 0;
    if (error)
        *error = TAKE(trouble);
    return -1;
}

static int fail(struct primary *primary, struct error **error)
{
    enum far_copy there = end_far_copy(primary);

    cut(primary);
    (void)link_explain(&primary->link, error);
    if (there == FAR_RUNS)
        return hold(primary, error);
    (void)run_on(primary, error);
    return -1;
}

static bool is_gone(struct primary *primary, struct domain *now)
{
    auto_error problem = NULL;

    if (xen_domain_get(primary->host, primary->now.domid, now, &problem) < 0)
        return problem->code == ERR_DOMAIN_NOT_FOUND;
    return now->dying || strcmp(now->uuid, primary->now.uuid) != 0;
}

/* libxl has ended it, because the guest is gone or has shut down, or because something failed. */
static int judge(struct primary *primary, enum replicate_end *ret_end, struct error **error)
{
    auto_domain now = { 0 };

    if (is_gone(primary, &now)) {
        cut(primary);
        *ret_end = REPLICATE_FAILED_OVER;
    } else if (now.shutdown && !domain_is_suspended(&now)) {
        enum far_copy there = end_far_copy(primary);

        cut(primary);
        if (there != FAR_ENDED) {
            error_clear(error);
            return error_set(error, ERR_FAILED,
                             "the guest has shut down here, but its copy on '%s' could not be "
                             "ended, and goes on there",
                             primary->options->host);
        }
        *ret_end = REPLICATE_GUEST_ENDED;
    } else {
        return fail(primary, error);
    }
    (void)record_remove(primary->record.uuid, false, NULL);
    error_clear(error);
    return 0;
}

static int replicate(struct primary *primary, enum replicate_end *ret_end, struct error **error)
{
    struct xen_replication settings = primary->options->settings;
    int result;

    *ret_end = REPLICATE_STOPPED;
    result =
        primary->options->host ? start_receiver(primary, error) : start_blackhole(primary, error);
    if (result < 0) {
        cut(primary);
        (void)record_remove(primary->record.uuid, false, NULL);
        return link_explain(&primary->link, error);
    }
    settings.send_fd = primary->pump.fd;
    settings.recv_fd = primary->link.in;
    settings.enough = is_enough;
    settings.on_tick = on_tick;
    settings.context = primary;
    if (xen_domain_replicate(primary->host, primary->now.domid, &settings, error) < 0)
        return judge(primary, ret_end, error);
    if (!primary->stalled)
        return stop(primary, error);
    error_set(error, ERR_TIMEOUT,
              "the far side takes nothing more: the link is dead, or that host "
              "stands still");
    return fail(primary, error);
}

int guest_replicate(struct xen_host *host, const struct domain *domain,
                    const struct replicate_options *options, enum replicate_end *ret_end,
                    struct error **error)
{
    struct primary primary = {
        .host = host, .options = options, .link = LINK_INIT, .pump = PUMP_INIT
    };
    auto_fd int lock = -1;
    int result = -1;

    if (guest_lock(host, domain, &lock, &primary.now, error) == 0 &&
        guest_check_alive(host, &primary.now, error) == 0) {
        primary.record = (struct migration){ .name = xstrdup(primary.now.name),
                                             .domid = primary.now.domid,
                                             .host = xstrdup(options->host),
                                             .ssh = xstrdup(options->ssh),
                                             .program = xstrdup(options->program) };
        memcpy(primary.record.uuid, primary.now.uuid, UUID_TEXT_SIZE);
        result = replicate(&primary, ret_end, error);
    }
    pump_stop(&primary.pump);
    link_release(&primary.link);
    migration_release(&primary.record);
    domain_release(&primary.now);
    return result;
}
