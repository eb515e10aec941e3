/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receiving side of a migration; see receive.h and wire.h. */
#include "migrate/receive.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "migrate/disks.h"
#include "migrate/guard.h"
#include "migrate/link.h"
#include "migrate/pump.h"
#include "migrate/record.h"
#include "migrate/restored.h"
#include "migrate/savefile.h"
#include "migrate/wire.h"
#include "xen/config_json.h"
#include "xen/create.h"
#include "xen/domain.h"
#include "xen/life.h"
#include "xen/lock.h"

/* Nothing comes: the guest may take a minute to suspend, the link is dead after that. */
#define IDLE_MS (300 * 1000)
/* Of a sender of checkpoints: it is dead after that, and the guest goes on here. Longer than a
 * guest may take to suspend. */
#define SILENT_MS   (90 * 1000)
#define GO_MS       (120 * 1000)
#define ANSWER_MS   (30 * 1000)
#define FAREWELL_MS (60 * 1000)

struct receiver {
    struct xen_host *host;
    const struct receive_options *options;
    libxl_domain_config config; /* its name has NAME_INCOMING behind */
    char *name;                 /* the final one */
    struct migration record;
    struct domain copy; /* .uuid is "" while there is none */
    struct link link;
    struct pump pump;
    struct guard guard;
    struct received_disks disks;
};

static void step(const struct receiver *receiver, const char *text)
{
    if (receiver->options->on_step)
        receiver->options->on_step(receiver->options->context, text);
}

int receive_config(struct xen_host *host, int in, libxl_domain_config *config, struct error **error)
{
    auto_savefile_header header = { 0 };

    if (savefile_read(in, "the stream", &header, error) < 0)
        return -1;
    if (!header.config || !(header.mandatory_flags & SAVEFILE_CONFIG_JSON) ||
        !(header.mandatory_flags & SAVEFILE_STREAM_V2))
        return error_set(error, ERR_NOT_SUPPORTED,
                         "the sender is older than Xen 4.6, and so is its stream");
    if (header.mandatory_flags & SAVEFILE_COMPRESSED)
        return error_set(error, ERR_NOT_SUPPORTED, "what is sent is a compressed file, no stream");
    if (xen_config_from_json(host, "the stream", header.config, config, error) < 0)
        return -1;
    if (!config->c_info.name || !*config->c_info.name)
        return error_set(error, ERR_CONFIG, "the guest that is sent has no name");
    return 0;
}

/* The same guest may be here under its name: in a migration within this host. */
static int check_name(const struct receiver *receiver, struct error **error)
{
    auto_domain_list list = { NULL, 0 };

    if (xen_domain_list(receiver->host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        const struct domain *domain = &list.domains[i];

        if (domain->name && strcmp(domain->name, receiver->name) == 0 &&
            strcmp(domain->uuid, receiver->record.uuid) != 0)
            return error_set(error, ERR_EXISTS, "a domain named '%s' is here already (domain %u)",
                             receiver->name, domain->domid);
    }
    return 0;
}

static int take_bytes(void *context, void *bytes, size_t length, struct error **error)
{
    struct receiver *receiver = context;
    struct link_patience wait = { .deadline_ms = deadline_after(IDLE_MS), .heed_signals = true };
    ssize_t got = link_read(&receiver->link, bytes, length, &wait, error);

    if (got < 0 || (size_t)got == length)
        return got < 0 ? -1 : 0;
    return error_set(error, ERR_FAILED, "the sender is gone");
}

static int read_config(struct receiver *receiver, struct error **error)
{
    const struct receive_options *options = receiver->options;
    struct link_patience wait = { .deadline_ms = deadline_after(IDLE_MS), .heed_signals = true };
    libxl_domain_config *config = &receiver->config;

    if (options->copy_disk && disks_receive(take_bytes, receiver, &receiver->disks, error) < 0)
        return -1;
    wait.deadline_ms = deadline_after(IDLE_MS);
    if (link_await(&receiver->link, &wait, error) < 0 ||
        receive_config(receiver->host, receiver->link.in, config, error) < 0)
        return -1;
    if (options->on_config && options->on_config(options->context, config, error) < 0)
        return -1;
    receiver->name = config->c_info.name;
    config->c_info.name = xasprintf("%s%s", receiver->name, NAME_INCOMING);
    receiver->record.incoming = true;
    receiver->record.name = xstrdup(receiver->name);
    xen_config_uuid(config, receiver->record.uuid);
    if (!xen_config_names_domid(config))
        xen_config_choose_domid(config, options->host_config);
    return check_name(receiver, error);
}

static struct guard_order order_of(const struct receiver *receiver)
{
    return (struct guard_order){ .disks = &receiver->disks,
                                 .uuid = receiver->record.uuid,
                                 .name = receiver->name,
                                 .paused = receiver->options->paused };
}

static int build(struct receiver *receiver, struct error **error)
{
    const struct receive_options *options = receiver->options;
    struct restore_source source = { .fd = receiver->pump.fd,
                                     .checkpoints = options->checkpoints,
                                     .answer_fd = receiver->link.out,
                                     .colo_script = options->colo_script,
                                     .colo_userspace_proxy = options->colo_userspace_proxy };
    struct create_options create = { .host_config = options->host_config,
                                     .incoming = true,
                                     .restore = &source };
    struct guard_order order = order_of(receiver);
    struct created created = { 0 };

    if (record_write(&receiver->record, MIGRATION_RECEIVING, error) < 0 ||
        guard_start(&receiver->guard, receiver->host, &order, receiver->pump.fd, error) < 0 ||
        disks_commit(&receiver->disks, error) < 0 ||
        xen_domain_create(receiver->host, &receiver->config, &create, &created, error) < 0)
        return -1;
    if (xen_domain_get(receiver->host, created.domid, &receiver->copy, error) < 0) {
        /* It is there all the same, and must not stay. */
        receiver->copy.domid = created.domid;
        memcpy(receiver->copy.uuid, receiver->record.uuid, UUID_TEXT_SIZE);
        return -1;
    }
    receiver->record.domid = created.domid;
    return options->look_after ? options->look_after(options->context, &receiver->copy, error) : 0;
}

/* Says that the copy is whole and waits for the leave. 1: it has come; 0: something else did. */
static int ask_leave(struct receiver *receiver, struct error **error)
{
    struct link_patience wait = { .deadline_ms = deadline_after(GO_MS), .heed_signals = true };
    char go[sizeof(WIRE_GO)];
    ssize_t got;

    step(receiver, "Transfer complete, requesting permission to start domain.");
    if (link_write(&receiver->link, WIRE_READY, sizeof(WIRE_READY), &wait, error) < 0)
        return -1;
    got = link_read(&receiver->link, go, sizeof(go), &wait, error);
    if (got < 0)
        return -1;
    if (got == (ssize_t)sizeof(go) && memcmp(go, WIRE_GO, sizeof(go)) == 0)
        return 1;
    return error_set(error, ERR_FAILED,
                     got == 0 ? "the sender has taken the guest back, or is gone"
                              : "the sender said something else than that we may start the guest");
}

/* That it went away from here once means nothing any more; unless its sender is here, too. */
static void forget_going(const char *uuid)
{
    auto_migration out = { 0 };

    if (record_read(uuid, false, &out, NULL) == 0 && !out.busy)
        (void)record_remove(uuid, false, NULL);
}

static int take_over(struct receiver *receiver, struct error **error)
{
    struct guard_order order = order_of(receiver);

    step(receiver, "Got permission, starting domain.");
    if (record_write(&receiver->record, MIGRATION_TAKEN, error) < 0)
        return -1;
    guard_tell(&receiver->guard, GUARD_FINISH);
    if (guard_finish(receiver->host, &receiver->copy, &order, error) < 0) {
        guard_tell(&receiver->guard, GUARD_DESTROY);
        return -1;
    }
    restored_note(receiver->record.uuid, -1);
    (void)record_write(&receiver->record, MIGRATION_RUNS, NULL);
    forget_going(receiver->record.uuid);
    guard_tell(&receiver->guard, GUARD_NOTHING);
    return 0;
}

/* Returns 0 when no copy is left. */
static int take_away(struct receiver *receiver, struct error **error)
{
    auto_error problem = NULL;

    if (!receiver->copy.uuid[0])
        return 0;
    if (xen_domain_verify(receiver->host, &receiver->copy, &problem) < 0) {
        if (problem->code == ERR_DOMAIN_NOT_FOUND)
            return 0;
    } else if (xen_life_destroy(receiver->host, receiver->copy.domid, &problem) == 0) {
        return 0;
    }
    error_detail(error, problem->message);
    error_wrap(error, "a paused copy is left as domain %u", receiver->copy.domid);
    return error_hint(error, "'xn destroy %u' ends it; never let it run", receiver->copy.domid);
}

/* What the sender is told: that it may go on with its copy, because ours is gone. Then it is waited
 * for: should it write its leave to a closed connection, it could not know that it was not read. */
static void give_back(struct receiver *receiver)
{
    static const char failed = 1;
    struct link_patience wait = { .deadline_ms = deadline_after(ANSWER_MS) };
    char report[sizeof(WIRE_REPORT) + 1], rest[256];

    memcpy(report, WIRE_REPORT, sizeof(WIRE_REPORT));
    report[sizeof(WIRE_REPORT)] = failed;
    if (record_write(&receiver->record, MIGRATION_GIVEN_BACK, NULL) < 0)
        return;
    if (link_write(&receiver->link, report, sizeof(report), &wait, NULL) == 0 &&
        link_write(&receiver->link, WIRE_GO, sizeof(WIRE_GO), &wait, NULL) == 0) {
        wait.deadline_ms = deadline_after(FAREWELL_MS);
        while (link_read(&receiver->link, rest, sizeof(rest), &wait, NULL) > 0)
            ;
    }
    (void)record_remove(receiver->record.uuid, true, NULL);
}

/* Of every failure from the moment that there may be a copy. was_ready: the sender may be about to
 * leave it to us. */
static int fail(struct receiver *receiver, bool was_ready, struct error **error)
{
    if (take_away(receiver, error) < 0)
        return -1;
    disks_remove(&receiver->disks);
    guard_end(&receiver->guard);
    if (was_ready)
        give_back(receiver);
    else
        (void)record_remove(receiver->record.uuid, true, NULL);
    return -1;
}

/* The stream of checkpoints has ended: the sender is dead, or has ended its guest so that we go on.
 * Nobody is asked and nobody is told. */
static int fail_over(struct receiver *receiver, struct error **error)
{
    step(receiver, "The sender is gone, starting domain.");
    return take_over(receiver, error) < 0 ? fail(receiver, false, error) : 0;
}

static int receive(struct receiver *receiver, struct error **error)
{
    struct link_patience wait = { .deadline_ms = deadline_after(ANSWER_MS) };
    char report[sizeof(WIRE_REPORT) + 1] = WIRE_REPORT; /* and status 0 */
    auto_fd int lock = -1;

    step(receiver, "Ready to receive domain.");
    if (link_write(&receiver->link, WIRE_BANNER, WIRE_BANNER_SIZE, &wait, error) < 0 ||
        read_config(receiver, error) < 0 || lock_receiving(receiver->record.uuid, &lock, error) < 0)
        return -1;
    if (build(receiver, error) < 0)
        return fail(receiver, false, error);
    if (receiver->options->checkpoints)
        return fail_over(receiver, error);
    if (ask_leave(receiver, error) < 0 || take_over(receiver, error) < 0)
        return fail(receiver, true, error);
    step(receiver, "Domain started successfully.");
    wait.deadline_ms = deadline_after(ANSWER_MS);
    /* It runs; whether the sender hears of it is the sender's concern. */
    if (link_write(&receiver->link, report, sizeof(report), &wait, error) < 0)
        return error_wrap(error, "the guest runs here, but its sender was not told");
    return 0;
}

int guest_receive(struct xen_host *host, int in, int out, const struct receive_options *options,
                  struct error **error)
{
    struct receiver receiver = {
        .host = host, .options = options, .link = LINK_INIT, .pump = PUMP_INIT, .guard = GUARD_INIT
    };
    const struct pump_settings settings = { .idle_ms = options->checkpoints ? SILENT_MS : IDLE_MS,
                                            .compressed = options->compressed };
    int result = -1;

    libxl_domain_config_init(&receiver.config);
    if (pump_start_in(&receiver.pump, in, &settings, error) == 0) {
        receiver.link.in = receiver.pump.fd;
        receiver.link.out = out;
        result = receive(&receiver, error);
    }
    guard_end(&receiver.guard);
    receiver.link.in = receiver.link.out = -1; /* not the link's own */
    link_release(&receiver.link);
    pump_stop(&receiver.pump);
    libxl_domain_config_dispose(&receiver.config);
    free(receiver.name);
    disks_release(&receiver.disks);
    migration_release(&receiver.record);
    domain_release(&receiver.copy);
    return result;
}
