/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Saving and resuming; see save.h. */
#include "migrate/save.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/durable.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "migrate/guest.h"
#include "migrate/pump.h"
#include "migrate/record.h"
#include "migrate/savefile.h"
#include "xen/life.h"
#include "xen/mark.h"
#include "xen/suspend.h"

/* What a stream needs beside the memory: page tables of it, device model, records. */
#define SLACK_KIB(memory_kib) (16 * 1024 + (memory_kib) / 128)

/* Nobody knows how far it can be compressed. Memory that is mostly zero gets smaller than that, and
 * a guest that finds no space in the middle runs on. */
#define COMPRESSED_PART 32

struct save {
    struct xen_host *host;
    const struct domain *domain;
    const struct save_options *options;
    struct durable file;
    struct pump packer; /* between libxl and a compressed file */
    uint64_t total_kib;
};

static int check_space(struct save *save, struct error **error)
{
    bool compressed = save->options->compressed;
    uint64_t free_kib, needed_kib;

    save->total_kib = save->domain->memory_kib + SLACK_KIB(save->domain->memory_kib);
    needed_kib = compressed ? save->total_kib / COMPRESSED_PART : save->total_kib;
    if (durable_free_kib(&save->file, &free_kib, error) < 0)
        return -1;
    if (free_kib < needed_kib) {
        auto_free char *needed = human_kib(needed_kib);
        auto_free char *there = human_kib(free_kib);

        error_set(error, ERR_FILE, "not enough space for '%s': %s %s needed, %s free",
                  save->file.path, compressed ? "at least" : "up to", needed, there);
        return error_hint(error, "the guest was not stopped");
    }
    return 0;
}

static void tick(void *context, bool suspended)
{
    struct save *save = context;
    off_t written = save->options->compressed ? (off_t)pump_taken_bytes(&save->packer)
                                              : lseek(save->file.fd, 0, SEEK_CUR);

    (void)suspended;
    if (written >= 0)
        save->options->on_progress(save->options->context, (uint64_t)written / 1024,
                                   save->total_kib);
}

/* What the packer met tells more than that nobody reads from a pipe any more. */
static void explain(struct save *save, struct error **error)
{
    int why = pump_failure(&save->packer);

    if ((*error)->code == ERR_INTERRUPTED || (*error)->code == ERR_TIMEOUT)
        return;
    if (!why && save->packer.pid && !pump_is_broken(&save->packer))
        return;
    error_clear(error);
    if (why)
        (void)error_set(error, ERR_FILE, "%s", strerror(why));
    else
        (void)error_set(error, ERR_FAILED, "what compresses it was killed");
}

static int stream_compressed(struct save *save, struct xen_stream_out *out, struct error **error)
{
    const struct pump_settings settings = { .compressed = true };
    auto_error problem = NULL;

    if (pump_start_out(&save->packer, save->file.fd, &settings, error) < 0)
        return -1;
    out->fd = save->packer.fd;
    if (xen_domain_stream_out(save->host, save->domain->domid, out, &problem) == 0 &&
        pump_finish(&save->packer, DEADLINE_NEVER, &problem) == 0)
        return 0;
    explain(save, &problem);
    return error_move(error, TAKE(problem));
}

static int stream(struct save *save, struct error **error)
{
    struct xen_stream_out out = { .fd = save->file.fd,
                                  .on_tick = save->options->on_progress ? tick : NULL,
                                  .context = save };
    int result = save->options->compressed
                     ? stream_compressed(save, &out, error)
                     : xen_domain_stream_out(save->host, save->domain->domid, &out, error);

    pump_stop(&save->packer);
    return result == 0 ? 0 : error_wrap(error, "cannot save to '%s'", save->file.path);
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
    uint32_t flags = save->options->compressed ? SAVEFILE_COMPRESSED : 0;
    int result;

    if (savefile_write(save->file.fd, save->file.path, json, flags, error) < 0)
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
        (void)guest_bring_back(save->host, save->domain, error);
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
    struct save save = {
        .host = host, .domain = &now, .options = options, .file = DURABLE_INIT, .packer = PUMP_INIT
    };
    auto_free char *json = NULL;
    auto_fd int lock = -1;
    int result = -1;

    ignore_write_signals();
    if (guest_lock(host, domain, &lock, &now, error) < 0 ||
        guest_check_alive(host, &now, error) < 0)
        return -1;
    if (options->config_json)
        json = xstrdup(options->config_json);
    else if (guest_config_json(host, &now, options->keep_domid, &json, error) < 0)
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

    if (guest_lock(host, domain, &lock, &now, error) < 0)
        return -1;
    if (record_refuse(now.uuid, true, "resume", error) < 0)
        return -1;
    if (!domain_is_suspended(&now)) {
        error_set(error, ERR_REFUSED, "domain %u is not suspended", now.domid);
        return now.paused ? error_hint(error, "it is paused: xn unpause %u", now.domid) : -1;
    }
    return xen_domain_resume(host, now.domid, error);
}

int guest_suspend(struct xen_host *host, const struct domain *domain, struct error **error)
{
    auto_domain now = { 0 };
    auto_fd int lock = -1;

    if (guest_lock(host, domain, &lock, &now, error) < 0 ||
        guest_check_alive(host, &now, error) < 0)
        return -1;
    if (xen_domain_suspend(host, now.domid, error) == 0) {
        xen_suspended_mark(host, &now);
        return 0;
    }
    (void)guest_bring_back(host, &now, error);
    return -1;
}
