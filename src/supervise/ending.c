/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a worker does, step by step; see ending.h. */
#include "supervise/ending.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "config/config.h"
#include "model/domain.h"
#include "supervise/core.h"
#include "supervise/policy.h"
#include "supervise/rebuild.h"
#include "xen/core.h"
#include "xen/create.h"
#include "xen/domain.h"
#include "xen/facts.h"
#include "xen/late.h"
#include "xen/life.h"
#include "xen/lock.h"
#include "xen/mark.h"
#include "xen/origin.h"
#include "xen/stored.h"

static void say_error(const struct work *work, const char *what, const struct error *error)
{
    log_say_error(work->log, &work->subject, what, error);
}

static void dump_core(const struct work *work)
{
    static const struct core_options options = { .on_progress = NULL };
    auto_free char *path = core_path(work->subject.name ? work->subject.name : work->subject.uuid);
    auto_domain domain = { 0 };
    auto_error error = NULL;

    if (xen_domain_get(work->host, work->subject.domid, &domain, &error) < 0 ||
        xen_core_dump(work->host, &domain, path, &options, &error) < 0)
        say_error(work, "core not dumped", error);
    else
        log_say(work->log, &work->subject, "core dumped to '%s'", path);
}

static int read_stored(const struct work *work, const char *text, libxl_domain_config *config,
                       struct error **error)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct host_facts facts;
    struct config_request request = {
        .file = "config-update", .text = text, .host_config = work->host_config, .facts = &facts
    };

    if (xen_host_facts(work->host, &facts, error) < 0 ||
        config_read(&request, &diagnostics, config, error) < 0)
        return -1;
    return config_apply_cpu_masks(config, work->host_config, &facts, error);
}

/* What 'config-update' laid down. When it cannot be used, the guest goes on with what it has. */
static bool use_stored(const struct work *work, const char *text, const libxl_domain_config *now,
                       libxl_domain_config *stored)
{
    auto_error error = NULL;

    if (!text)
        return false;
    if (read_stored(work, text, stored, &error) < 0) {
        say_error(work, "the stored configuration is not used", error);
        return false;
    }
    stored->c_info.uuid = now->c_info.uuid; /* what the guest is known by */
    log_say(work->log, &work->subject, "uses the configuration that config-update stored");
    return true;
}

static int start_new(const struct work *work, uint32_t domid, struct error **error)
{
    struct domain domain = { 0 };
    int result = xen_domain_get(work->host, domid, &domain, error);

    if (result == 0 && work->marks)
        result = xen_mark_set(work->host, domid, domain.uuid, error);
    xen_origin_set(work->host, domid, work->origin);
    if (result == 0)
        result = xen_life_unpause(work->host, domid, error);
    if (result < 0)
        (void)xen_life_destroy(work->host, domid, NULL);
    domain_release(&domain);
    return result;
}

/* The old domain is gone or has another name by now. */
static int build(const struct work *work, libxl_domain_config *config, struct ending *report,
                 struct error **error)
{
    struct create_options options = { .host_config = work->host_config, .identity_locked = true };
    struct created created = { 0 };

    xen_config_choose_domid(config, work->host_config);
    if (xen_domain_create(work->host, config, &options, &created, error) < 0 ||
        start_new(work, created.domid, error) < 0)
        return -1;
    log_say(work->log, &work->subject, "restarted as domain %u", created.domid);
    *report = (struct ending){ WORK_RESTARTED, created.domid };
    return 0;
}

/* The same with its note, which a failure makes a file for people. */
static int build_noted(const struct work *work, const struct rebuild *note,
                       libxl_domain_config *config, struct ending *report, struct error **error)
{
    auto_free char *kept = NULL;
    int result = build(work, config, report, error);

    if (result == 0)
        rebuild_done(note);
    else if ((kept = rebuild_failed(note)))
        error_hint(error, "its configuration is in '%s', for 'xn create'", kept);
    return result;
}

static int preserve(const struct work *work, uint32_t domid, const libxl_domain_config *config,
                    struct error **error)
{
    char suffix[32];
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    /* Seconds, unlike xl: two crashes within a minute must not clash. */
    strftime(suffix, sizeof(suffix), "-%Y%m%dT%H%M%SZ", &utc);
    if (xen_life_preserve(work->host, domid, config, suffix, error) < 0)
        return -1;
    /* No supervisor shall look after the kept one. */
    return xen_mark_clear(work->host, domid, error);
}

/* From here to the mark of the new domain only the note knows the guest. */
static int replace(const struct work *work, const libxl_domain_config *old,
                   libxl_domain_config *next, bool keep_old, struct ending *report,
                   struct error **error)
{
    struct rebuild note = { .domid = work->subject.domid, .keep_old = keep_old };
    auto_error no_note = NULL;
    auto_fd int identity = -1;

    /* To 'xn status' the guest is not gone as long as this is held. */
    if (xen_config_lock_identity(next, &identity, error) < 0)
        return -1;
    memcpy(note.uuid, work->subject.uuid, sizeof(note.uuid));
    if (rebuild_note(work->host, &note, next, &no_note) < 0)
        say_error(work, "goes on without a note", no_note);
    if ((keep_old ? preserve(work, work->subject.domid, old, error)
                  : xen_life_destroy(work->host, work->subject.domid, error)) < 0) {
        rebuild_done(&note);
        return -1;
    }
    return build_noted(work, &note, next, report, error);
}

static int restart(const struct work *work, libxl_domain_config *config, bool keep_old,
                   struct ending *report, struct error **error)
{
    auto_free char *origin = xen_origin_get(work->host, work->subject.domid);
    auto_free char *text = NULL;
    struct work own = *work;
    libxl_domain_config stored;
    int result;

    own.origin = origin;
    /* It goes with the domain, like the note of its file. */
    if (xen_stored_config_get(work->host, work->subject.domid, &text, error) < 0)
        return -1;
    libxl_domain_config_init(&stored);
    result = replace(&own, config, use_stored(work, text, config, &stored) ? &stored : config,
                     keep_old, report, error);
    libxl_domain_config_dispose(&stored);
    return result;
}

/* Before anything is thrown away: whatever is killed meanwhile, the guest is still there. */
static void wait_before_restart(const struct work *work)
{
    struct timespec delay = { .tv_sec = work->delay_seconds };

    if (!work->delay_seconds)
        return;
    log_say(work->log, &work->subject, "restarts too often: waits %u s", work->delay_seconds);
    while (nanosleep(&delay, &delay) < 0 && errno == EINTR)
        ;
}

/* The action, unless the host stops. */
static libxl_action_on_shutdown unless_stopping(const struct work *work,
                                                libxl_action_on_shutdown action)
{
    libxl_action_on_shutdown last = policy_final(action);

    if (last == action ||
        !xen_stopping_is_marked(work->host, work->subject.domid, work->subject.uuid))
        return action;
    log_say(work->log, &work->subject, "the host stops: %s instead of %s", policy_action_name(last),
            policy_action_name(action));
    return last;
}

/* Time has passed, and the guest may have been renamed. */
static int read_again(const struct work *work, libxl_action_on_shutdown action,
                      libxl_domain_config *config, struct error **error)
{
    if (!work->delay_seconds && !policy_dumps_core(action))
        return 0;
    libxl_domain_config_dispose(config);
    libxl_domain_config_init(config);
    return xen_life_config(work->host, work->subject.domid, config, error);
}

static int act(const struct work *work, libxl_domain_config *config,
               libxl_action_on_shutdown action, struct ending *report, struct error **error)
{
    uint32_t domid = work->subject.domid;

    if (policy_dumps_core(action) && !work->again)
        dump_core(work);
    if (policy_restarts(action))
        wait_before_restart(work);
    action = unless_stopping(work, action);
    /* Somebody may have taken it away while its core was dumped, and does not want it back. */
    if (xen_domain_is_gone(work->host, domid, work->subject.uuid)) {
        log_say(work->log, &work->subject, "destroyed meanwhile");
        report->result = WORK_DESTROYED;
        return 0;
    }
    if (read_again(work, action, config, error) < 0)
        return -1;
    if (policy_restarts(action))
        return restart(work, config, action == LIBXL_ACTION_ON_SHUTDOWN_RESTART_RENAME, report,
                       error);
    if (action == LIBXL_ACTION_ON_SHUTDOWN_PRESERVE) {
        report->result = WORK_PRESERVED;
        return xen_mark_clear(work->host, domid, error);
    }
    if (action == LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET) {
        report->result = WORK_RUNS_ON;
        return xen_life_soft_reset(work->host, domid, config, error) < 0
                   ? -1
                   : xen_life_unpause(work->host, domid, error);
    }
    report->result = WORK_DESTROYED;
    return xen_life_destroy(work->host, domid, error);
}

/* Without one nobody is to look after it any more. */
static bool has_mark(const struct work *work, const struct domain *domain)
{
    bool marked = true;

    (void)xen_mark_get(work->host, domain, &marked, NULL);
    return marked;
}

/* Does the domain go on in the place of the one that has shut down? One that was kept after its end
 * has the UUID, too, but no mark. */
static bool is_successor(const struct work *work, const struct domain *domain)
{
    if (domain->dying || domain->domid == work->subject.domid ||
        strcmp(domain->uuid, work->subject.uuid) != 0)
        return false;
    return work->marks ? has_mark(work, domain) : !domain->shutdown;
}

/* Another worker, of a supervisor that was killed, may have been quicker. */
static bool is_done_already(const struct work *work, struct ending *report)
{
    auto_domain_list list = { NULL, 0 };

    *report = (struct ending){ WORK_DESTROYED, 0 };
    if (xen_domain_list(work->host, 0, &list, NULL) < 0)
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct domain *domain = &list.domains[i];

        if (domain->domid == work->subject.domid && strcmp(domain->uuid, work->subject.uuid) == 0) {
            if (domain->dying) {
                /* Half gone: its devices may be there still. */
                if (work->again)
                    (void)xen_life_destroy(work->host, domain->domid, NULL);
                continue;
            }
            report->result = domain->shutdown ? WORK_PRESERVED : WORK_RUNS_ON;
            return !domain->shutdown || (work->marks && !has_mark(work, domain));
        }
        if (is_successor(work, domain))
            *report = (struct ending){ WORK_RESTARTED, domain->domid };
    }
    return true;
}

/* What a worker that was killed has left of the old domain. */
static int finish_old(const struct work *work, const struct rebuild *note,
                      const struct domain *domain, const char *next_name, struct error **error)
{
    libxl_domain_config config;
    int result;

    if (!note->keep_old)
        return xen_life_destroy(work->host, domain->domid, error);
    if (!domain->name || strcmp(domain->name, next_name) != 0)
        return xen_mark_clear(work->host, domain->domid, error); /* it has its other name */
    libxl_domain_config_init(&config);
    result = xen_life_config(work->host, domain->domid, &config, error);
    if (result == 0)
        result = preserve(work, domain->domid, &config, error);
    libxl_domain_config_dispose(&config);
    return result;
}

/* Whoever made the note, the guest has been let run again. Where guests are marked, that is done
 * before they run; one of 'create -F' has none. */
static bool runs_again(const struct domain *domain)
{
    return !domain->shutdown && !domain->dying && !domain_has_never_run(domain);
}

/* Clears away what is half gone and half built. *ret_domid: the new domain when it is complete. */
static int clear_leftovers(const struct work *work, const struct rebuild *note,
                           const char *next_name, uint32_t *ret_domid, struct error **error)
{
    auto_domain_list list = { NULL, 0 };
    int result = xen_domain_list(work->host, DETAIL_NAMES, &list, error);

    for (size_t i = 0; result == 0 && i < list.count; i++) {
        const struct domain *domain = &list.domains[i];

        if (strcmp(domain->uuid, note->uuid) != 0)
            continue;
        if (domain->domid == note->domid) {
            result = finish_old(work, note, domain, next_name, error);
        } else if (runs_again(domain) ||
                   (work->marks && !domain->dying && has_mark(work, domain))) {
            *ret_domid = domain->domid;
            if (work->marks)
                result = xen_mark_set(work->host, domain->domid, domain->uuid, error);
            if (result == 0 && domain_has_never_run(domain))
                result = xen_life_unpause(work->host, domain->domid, error);
        } else if (domain_has_never_run(domain)) {
            result = xen_life_destroy(work->host, domain->domid, error);
        }
    }
    return result;
}

static int go_on(const struct work *work, const struct rebuild *note, libxl_domain_config *config,
                 struct ending *report, struct error **error)
{
    auto_fd int identity = -1;
    uint32_t domid = 0;

    if (rebuild_read(work->host, note, config, error) < 0 ||
        xen_config_lock_identity(config, &identity, error) < 0 ||
        clear_leftovers(work, note, config->c_info.name, &domid, error) < 0) {
        auto_free char *kept = rebuild_failed(note);

        return error_hint(error, "its configuration is in '%s'", kept ? kept : "no file");
    }
    if (!domid)
        return build_noted(work, note, config, report, error);
    rebuild_done(note);
    *report = (struct ending){ WORK_RESTARTED, domid };
    return 0;
}

static void finish_rebuild(const struct work *work, const struct rebuild *note,
                           struct ending *report)
{
    libxl_domain_config config;
    auto_error error = NULL;

    log_say(work->log, &work->subject, "goes on with a restart that was broken off");
    libxl_domain_config_init(&config);
    if (go_on(work, note, &config, report, &error) < 0)
        say_error(work, "action failed", error);
    libxl_domain_config_dispose(&config);
}

/* It suspended when nobody waited for it any more. Whatever comes of it, it is watched on. */
static void wake(const struct work *work, struct ending *report)
{
    struct domain domain = { .domid = work->subject.domid };
    auto_error error = NULL;
    int woken;

    *report = (struct ending){ WORK_RUNS_ON, 0 };
    memcpy(domain.uuid, work->subject.uuid, sizeof(domain.uuid));
    woken = xen_late_wake(work->host, &domain, &error);
    if (woken < 0)
        say_error(work, "suspended too late, and left asleep", error);
    else if (woken)
        log_say(work->log, &work->subject, "suspended when its save had been given up: runs on");
}

void ending_handle(const struct work *work, struct ending *report)
{
    libxl_action_on_shutdown action;
    libxl_domain_config config;
    auto_error error = NULL;
    auto_fd int lock = -1;
    struct rebuild note;

    if (lock_ending(work->subject.uuid, &lock, &error) < 0) {
        say_error(work, "left as it is", error);
        return;
    }
    if (rebuild_find(work->subject.uuid, &note)) {
        finish_rebuild(work, &note, report);
        return;
    }
    if (work->reason == SHUTDOWN_SUSPEND) {
        wake(work, report);
        return;
    }
    if (is_done_already(work, report))
        return;
    libxl_domain_config_init(&config);
    if (xen_life_config(work->host, work->subject.domid, &config, &error) < 0) {
        /* Without it nobody can say what was wanted; nothing is thrown away. */
        say_error(work, "left as it is", error);
        report->result = WORK_FAILED;
    } else {
        action = policy_action(&config, work->reason);
        log_say(work->log, &work->subject, "shut down, reason %s, action %s",
                shutdown_reason_name(work->reason), policy_action_name(action));
        action = unless_stopping(work, action);
        if (act(work, &config, action, report, &error) < 0) {
            say_error(work, "action failed", error);
            report->result = WORK_FAILED;
        }
    }
    libxl_domain_config_dispose(&config);
}
