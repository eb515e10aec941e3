/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Building guests; see create.h. */
#include "xen/create.h"

#include <libxl_event.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <uuid/uuid.h>

#include "base/clock.h"
#include "base/mem.h"
#include "xen/build_failure.h"
#include "xen/console.h"
#include "xen/domain.h"
#include "xen/lock.h"
#include "xen/memory.h"
#include "xen/wait.h"

/* libxl's own values for "any free one" and "a random one"; only the first has a public name. */
#define DOMID_RANDOM (INVALID_DOMID - 1)

bool xen_config_names_domid(const libxl_domain_config *config)
{
    return libxl_domid_valid_guest(config->c_info.domid);
}

void xen_config_choose_domid(libxl_domain_config *config, const struct host_config *host_config)
{
    config->c_info.domid =
        host_config->domid_policy == DOMID_POLICY_RANDOM ? DOMID_RANDOM : INVALID_DOMID;
}

void xen_config_uuid(const libxl_domain_config *config, char *text)
{
    uuid_unparse_lower(*(const uuid_t *)libxl_uuid_bytearray_const(&config->c_info.uuid), text);
}

int xen_config_lock_identity(const libxl_domain_config *config, int *ret_fd, struct error **error)
{
    char uuid[UUID_TEXT_SIZE];

    xen_config_uuid(config, uuid);
    return lock_identity(config->c_info.name, uuid, ret_fd, error);
}

/* libxl finds a used name itself, but late and in the words of a function, and never a used UUID.
 */
static int check_identity(struct xen_host *host, const libxl_domain_config *config,
                          const char *uuid, bool incoming, struct error **error)
{
    auto_domain_list list = { NULL, 0 };
    const char *name = config->c_info.name;

    if (xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    for (size_t i = 0; i < list.count; i++) {
        const struct domain *domain = &list.domains[i];

        if (domain->name && strcmp(domain->name, name) == 0) {
            error_set(error, ERR_EXISTS, "a domain named '%s' is here already (domain %u)", name,
                      domain->domid);
            return error_hint(error, "give this one another name=, or 'xn destroy' the old one");
        }
        if (domain->domid == config->c_info.domid)
            return error_set(error, ERR_EXISTS, "the number %u is taken by '%s'", domain->domid,
                             domain->name ? domain->name : domain->uuid);
        /* A guest that was kept after its end (on_crash="rename-restart") has the UUID still. */
        if (!incoming && strcasecmp(domain->uuid, uuid) == 0 && !domain_has_ended(domain)) {
            error_set(error, ERR_EXISTS, "domain %u has the UUID %s already", domain->domid, uuid);
            return error_hint(error, "it may be the same guest; leave uuid= out to get a new one");
        }
    }
    return 0;
}

struct creation {
    struct xen_host *host;
    const struct create_options *options;
    const libxl_domain_config *config;
    struct console_child console;
    int lock; /* of all creations; -1: not held */
};

/* Devices and their scripts can take long: others need not wait for them. */
static void on_round(void *context)
{
    struct creation *creation = context;

    if (creation->lock >= 0 && xen_memory_is_taken(creation->host, creation->config))
        lock_file_end(&creation->lock);
}

/* Called twice for a guest with a bootloader: for its menu, then for the guest itself. */
static void on_console_ready(libxl_ctx *ctx, libxl_event *event, void *context)
{
    struct creation *creation = context;

    xen_console_child_start(creation->host, event->domid, creation->options->console_stays,
                            &creation->console);
    libxl_event_free(ctx, event);
}

static void step(const struct create_options *options, const char *text)
{
    if (options->on_step)
        options->on_step(options->context, text);
}

static int start_build(struct creation *creation, libxl_domain_config *config, uint32_t *ret_domid,
                       const libxl_asyncop_how *how)
{
    libxl_asyncprogress_how console_how = { .callback = on_console_ready,
                                            .for_callback = creation };
    const libxl_asyncprogress_how *console = creation->options->console ? &console_how : NULL;
    const struct restore_source *restore = creation->options->restore;
    libxl_ctx *ctx = xen_ctx(creation->host);
    libxl_domain_restore_params params;
    int rc;

    if (!restore)
        return libxl_domain_create_new(ctx, config, ret_domid, how, console);
    libxl_domain_restore_params_init(&params);
    params.stream_version = restore->legacy ? 1 : 2;
    params.checkpointed_stream = restore->checkpoints;
    params.colo_proxy_script = xstrdup(restore->colo_script);
    libxl_defbool_set(&params.userspace_colo_proxy, restore->colo_userspace_proxy);
    rc = libxl_domain_create_restore(ctx, config, ret_domid, restore->fd,
                                     restore->checkpoints ? restore->answer_fd : -1, &params, how,
                                     console);
    libxl_domain_restore_params_dispose(&params);
    return rc;
}

/* For a guest that was saved with its number. */
static void explain_recent_number(struct error **error)
{
    for (size_t i = 0; error && *error && i < (*error)->detail.count; i++)
        if (strstr((*error)->detail.items[i], "domain id recently used"))
            error_hint(error, "a number is kept free for a minute after its domain is gone: try "
                              "again then");
}

/* libxl takes away what it has built, but when it has no thread for its watches or no process. */
static void explain_rest(struct xen_host *host, const libxl_domain_config *config,
                         struct error **error)
{
    auto_domain_list list = { NULL, 0 };
    char uuid[UUID_TEXT_SIZE];

    xen_config_uuid(config, uuid);
    if (xen_domain_list(host, 0, &list, NULL) < 0)
        return;
    for (size_t i = 0; i < list.count; i++)
        if (strcasecmp(list.domains[i].uuid, uuid) == 0 && domain_has_never_run(&list.domains[i]))
            error_hint(error, "domain %u is left of it: 'xn cleanup' says how to take it away",
                       list.domains[i].domid);
}

static int build(struct creation *creation, libxl_domain_config *config, uint32_t *ret_domid,
                 struct error **error)
{
    struct xen_operation operation;
    uint32_t domid = INVALID_DOMID;
    enum xen_loop_end end;
    time_t started = time(NULL);
    int rc;

    xen_log_forget(creation->host);
    xen_operation_init(creation->host, &operation);
    operation.on_round = on_round;
    operation.context = creation;
    xen_operation_started(&operation, start_build(creation, config, &domid, &operation.how));
    if (xen_operation_wait_until(&operation, DEADLINE_NEVER, &end, &rc, error) < 0)
        return -1;
    if (rc) {
        /* A bootloader that is ended for a signal counts as one that has failed. */
        if (end == LOOP_SIGNAL)
            rc = ERROR_ABORTED;
        xen_error(creation->host, error, rc, "cannot create '%s'", config->c_info.name);
        /* libxl cleans up after its own failures, but leaves an aborted build to its caller. */
        if (domid != (uint32_t)INVALID_DOMID)
            (void)libxl_domain_destroy(xen_ctx(creation->host), domid, NULL);
        xen_memory_explain(creation->host, config, creation->options->host_config,
                           creation->options->restore != NULL, error);
        explain_recent_number(error);
        xen_build_failure_explain(config, started, error);
        explain_rest(creation->host, config, error);
        return -1;
    }
    *ret_domid = domid;
    return 0;
}

int xen_domain_create(struct xen_host *host, libxl_domain_config *config,
                      const struct create_options *options, struct created *ret_created,
                      struct error **error)
{
    struct creation creation = { .host = host,
                                 .options = options,
                                 .config = config,
                                 .console = CONSOLE_CHILD_INIT,
                                 .lock = -1 };
    auto_fd int identity = -1;
    char uuid[UUID_TEXT_SIZE];
    uint32_t domid = INVALID_DOMID;
    int result;

    xen_config_uuid(config, uuid);
    step(options, "looking for other guests of that name");
    /* libxl's look for a used name and its use of it are two steps; two creations fit between. */
    if ((!options->identity_locked && xen_config_lock_identity(config, &identity, error) < 0) ||
        check_identity(host, config, uuid, options->incoming, error) < 0)
        return -1;
    step(options, "building the guest and its devices");
    result = xen_memory_make_room(host, config, options->host_config, options->restore != NULL,
                                  &creation.lock, error);
    if (result == 0)
        result = build(&creation, config, &domid, error);
    lock_file_end(&creation.lock);
    if (result < 0) {
        xen_console_child_end(&creation.console);
        return -1;
    }
    /* Nothing the guest says early shall be lost: wait until the client listens. */
    if (options->console)
        xen_console_child_wait_ready(&creation.console);
    ret_created->domid = domid;
    ret_created->console = creation.console.pid;
    return 0;
}
