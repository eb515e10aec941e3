/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saving and resuming; see save.h. */
#include "migrate/save.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "migrate/savefile.h"
#include "xen/domain.h"
#include "xen/life.h"
#include "xen/lock.h"
#include "xen/mark.h"
#include "xen/suspend.h"

/* What a stream needs beside the memory: page tables of it, device model, records. */
#define SLACK_KIB(memory_kib) (16 * 1024 + (memory_kib) / 128)

struct save {
    struct xen_host *host;
    const struct domain *domain;
    const struct save_options *options;
    struct durable file;
    uint64_t total_kib;
};

static bool is_suspended(const struct domain *domain)
{
    return domain->shutdown && !domain->dying && domain->shutdown_reason == SHUTDOWN_SUSPEND;
}

/* Keeps others from saving it, then asks for it anew: what the caller saw may be over by now. */
static int lock_guest(struct xen_host *host, const struct domain *seen, int *ret_lock,
                      struct domain *ret_now, struct error **error)
{
    if (lock_saving(seen->uuid, ret_lock, error) < 0 || xen_domain_verify(host, seen, error) < 0)
        return -1;
    return xen_domain_get(host, seen->domid, ret_now, error);
}

/* Whoever asks holds the lock: nobody of ours is saving it. */
static int refuse_state(struct xen_host *host, const struct domain *domain, struct error **error)
{
    if (is_suspended(domain)) {
        error_set(error, ERR_REFUSED, "domain %u is suspended already", domain->domid);
        return error_hint(error, "by %s: 'xn resume %u' lets it run on",
                          xen_suspended_is_marked(host, domain)
                              ? "'xn suspend'"
                              : "another tool, or by a save that was killed",
                          domain->domid);
    }
    if (domain->shutdown || domain->dying)
        return error_set(error, ERR_REFUSED, "domain %u has ended", domain->domid);
    return 0;
}

/* The configuration that restore will build it from; the caller frees it. */
static int present_config(const struct save *save, char **ret_json, struct error **error)
{
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = xen_life_config(save->host, save->domain->domid, &config, error);
    if (result == 0) {
        /* 0 is no domid: the field is left out then. */
        config.c_info.domid = save->options->keep_domid ? save->domain->domid : 0;
        *ret_json = libxl_domain_config_to_json(NULL, &config);
        if (!*ret_json)
            result = error_set(error, ERR_LIBXL, "cannot write its configuration as JSON");
    }
    libxl_domain_config_dispose(&config);
    return result;
}

static int check_space(struct save *save, struct error **error)
{
    uint64_t free_kib;

    save->total_kib = save->domain->memory_kib + SLACK_KIB(save->domain->memory_kib);
    if (durable_free_kib(&save->file, &free_kib, error) < 0)
        return -1;
    if (free_kib < save->total_kib) {
        auto_free char *needed = human_kib(save->total_kib);
        auto_free char *there = human_kib(free_kib);

        error_set(error, ERR_FILE, "not enough space for '%s': up to %s needed, %s free",
                  save->file.path, needed, there);
        return error_hint(error, "the guest was not stopped");
    }
    return 0;
}

static void tick(void *context)
{
    struct save *save = context;
    off_t written = lseek(save->file.fd, 0, SEEK_CUR);

    if (written >= 0)
        save->options->on_progress(save->options->context, (uint64_t)written / 1024,
                                   save->total_kib);
}

static int stream(struct save *save, struct error **error)
{
    const struct xen_stream_out out = { .fd = save->file.fd,
                                        .on_tick = save->options->on_progress ? tick : NULL,
                                        .context = save };
    uint32_t domid = save->domain->domid;

    if (xen_domain_stream_out(save->host, domid, &out, error) == 0)
        return 0;
    return error_wrap(error, "cannot save to '%s'", save->file.path);
}

/* After a failure: the guest shall run. Whether it did suspend, only the hypervisor knows. */
static void bring_back(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_domain now = { 0 };
    auto_error problem = NULL;

    if (xen_domain_get(host, domain->domid, &now, &problem) == 0) {
        if (strcmp(now.uuid, domain->uuid) != 0)
            error_set(&problem, ERR_FAILED, "the guest is gone");
        else if (is_suspended(&now))
            (void)xen_domain_resume(host, now.domid, &problem);
        else if (now.shutdown)
            error_set(&problem, ERR_FAILED, "the guest ended meanwhile: %s",
                      shutdown_reason_name(now.shutdown_reason));
    }
    if (problem) {
        error_detail(error, problem->message);
        error_hint(error, "'xn list' shows what has become of it; 'xn resume %u' tries again",
                   domain->domid);
    } else {
        error_hint(error, "the guest goes on as before");
    }
}

/* The file is safe: now the guest may end, or go on. */
static int finish(const struct save *save, struct error **error)
{
    uint32_t domid = save->domain->domid;

    if (save->options->end == SAVE_DESTROY) {
        if (xen_life_destroy(save->host, domid, error) == 0)
            return 0;
        error_wrap(error, "'%s' is whole, but the guest was not ended", save->file.path);
        return error_hint(error, "'xn destroy %u' ends it; never let both live", domid);
    }
    if ((save->options->end == SAVE_RUN || xen_life_pause(save->host, domid, error) == 0) &&
        xen_domain_resume(save->host, domid, error) == 0)
        return 0;
    error_wrap(error, "'%s' is whole, but the guest does not go on", save->file.path);
    return error_hint(error, "'xn resume %u' tries again", domid);
}

static int write_file(struct save *save, const char *json, struct error **error)
{
    int result;

    if (savefile_write(save->file.fd, save->file.path, json, error) < 0)
        return error_hint(error, "the guest was not stopped");
    result = stream(save, error);
    if (result == 0)
        result = durable_sync(&save->file, error);
    /* The last moment to turn back: once the file is there the guest must end. */
    if (result == 0 && interrupt_signal())
        result = error_set(error, ERR_INTERRUPTED, "interrupted");
    if (result == 0)
        result = durable_commit(&save->file, error);
    if (result < 0) {
        bring_back(save->host, save->domain, error);
        return -1;
    }
    return finish(save, error);
}

/* A file that would get too large shall be an error, not a signal that kills. */
static void ignore_write_signals(void)
{
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
}

int guest_save(struct xen_host *host, const struct domain *domain, const char *path,
               const struct save_options *options, struct error **error)
{
    auto_domain now = { 0 };
    struct save save = { .host = host, .domain = &now, .options = options, .file = DURABLE_INIT };
    auto_free char *json = NULL;
    auto_fd int lock = -1;
    int result = -1;

    ignore_write_signals();
    if (lock_guest(host, domain, &lock, &now, error) < 0 || refuse_state(host, &now, error) < 0)
        return -1;
    if (options->config_json)
        json = xstrdup(options->config_json);
    else if (present_config(&save, &json, error) < 0)
        return -1;
    if (durable_open(&save.file, path, error) == 0 && check_space(&save, error) == 0) {
        if (options->on_begin)
            options->on_begin(options->context, savefile_optional_length(json));
        result = write_file(&save, json, error);
    }
    durable_abandon(&save.file);
    return result;
}

int guest_resume(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_domain now = { 0 };
    auto_fd int lock = -1;

    if (lock_guest(host, domain, &lock, &now, error) < 0)
        return -1;
    if (!is_suspended(&now)) {
        error_set(error, ERR_REFUSED, "domain %u is not suspended", now.domid);
        return now.paused ? error_hint(error, "it is paused: xn unpause %u", now.domid) : -1;
    }
    return xen_domain_resume(host, now.domid, error);
}

int guest_suspend(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_domain now = { 0 };
    auto_fd int lock = -1;

    if (lock_guest(host, domain, &lock, &now, error) < 0 || refuse_state(host, &now, error) < 0)
        return -1;
    if (xen_domain_suspend(host, now.domid, error) == 0) {
        xen_suspended_mark(host, &now);
        return 0;
    }
    bring_back(host, &now, error);
    return -1;
}
