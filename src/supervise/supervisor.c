/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The engine behind supervisor.h. */
#include "supervise/supervisor.h"

#include <libxl_event.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "supervise/policy.h"
#include "xen/create.h"
#include "xen/domain.h"
#include "xen/facts.h"
#include "xen/life.h"
#include "xen/mark.h"
#include "xen/stored.h"
#include "xen/wait.h"

struct guest {
    struct supervisor *supervisor;
    uint64_t ticket; /* what its events carry; never used again, so that a late one finds nobody */
    uint32_t domid;
    char uuid[UUID_TEXT_SIZE];
    char *name; /* as it was when adopted; for the log and the core's file name */
    struct xen_death_watch *watch;
    bool gone; /* to be forgotten */
};

struct supervisor {
    struct xen_host *host;
    const struct host_config *host_config;
    FILE *log;
    struct guest **guests;
    size_t count;
    uint64_t last_ticket;
    const struct supervisor_wait *wait;
};

/* One line: time, name, domid, UUID, then what happened. */
static void __attribute__((format(printf, 3, 4)))
say(const struct supervisor *supervisor, const struct guest *guest, const char *format, ...)
{
    auto_free char *name = printable(guest->name ? guest->name : "-");
    auto_free char *text = NULL;
    char stamp[32] = "";
    time_t now = time(NULL);
    struct tm utc;
    va_list args;

    if (gmtime_r(&now, &utc))
        strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
    va_start(args, format);
    text = xvasprintf(format, args);
    va_end(args);
    fprintf(supervisor->log, "%s %s (domain %u, %s): %s\n", stamp, name, guest->domid, guest->uuid,
            text);
    fflush(supervisor->log);
}

static void say_error(const struct supervisor *supervisor, const struct guest *guest,
                      const char *what, const struct error *error)
{
    say(supervisor, guest, "%s: %s", what, error->message);
    for (size_t i = 0; i < error->detail.count; i++)
        say(supervisor, guest, "  %s", error->detail.items[i]);
}

struct supervisor *supervisor_new(struct xen_host *host, const struct host_config *host_config,
                                  FILE *log)
{
    struct supervisor *supervisor = xcalloc(1, sizeof(*supervisor));

    supervisor->host = host;
    supervisor->host_config = host_config;
    supervisor->log = log;
    return supervisor;
}

static void free_guest(struct supervisor *supervisor, struct guest *guest)
{
    xen_death_unwatch(supervisor->host, guest->watch);
    free(guest->name);
    free(guest);
}

void supervisor_free(struct supervisor *supervisor)
{
    for (size_t i = 0; i < supervisor->count; i++)
        free_guest(supervisor, supervisor->guests[i]);
    free(supervisor->guests);
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

int supervisor_adopt(struct supervisor *supervisor, const struct domain *domain,
                     struct error **error)
{
    struct guest *guest;

    if (looks_after(supervisor, domain))
        return 0;
    guest = xcalloc(1, sizeof(*guest));
    guest->supervisor = supervisor;
    guest->ticket = ++supervisor->last_ticket;
    guest->domid = domain->domid;
    guest->name = xstrdup(domain->name);
    memcpy(guest->uuid, domain->uuid, sizeof(guest->uuid));
    if (xen_death_watch(supervisor->host, domain->domid, guest->ticket, &guest->watch, error) < 0) {
        free(guest->name);
        free(guest);
        return -1;
    }
    supervisor->guests =
        xreallocarray(supervisor->guests, supervisor->count + 1, sizeof(*supervisor->guests));
    supervisor->guests[supervisor->count++] = guest;
    say(supervisor, guest, "looked after from now on");
    return 0;
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
    return 0;
}

size_t supervisor_guest_count(const struct supervisor *supervisor)
{
    return supervisor->count;
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

/* The name comes from a configuration file or from another host: it must not leave the folder. */
static char *core_path(const struct guest *guest)
{
    char *path = xasprintf(XEN_LIB_DIR "/dump/%s", guest->name ? guest->name : guest->uuid);

    for (char *c = path + strlen(XEN_LIB_DIR "/dump/"); *c; c++)
        if (*c == '/' || (unsigned char)*c < 0x20)
            *c = '_';
    return path;
}

static void dump_core(struct supervisor *supervisor, struct guest *guest)
{
    auto_free char *path = core_path(guest);
    auto_error error = NULL;

    if (xen_life_dump_core(supervisor->host, guest->domid, path, &error) < 0)
        say_error(supervisor, guest, "core not dumped", error);
    else
        say(supervisor, guest, "core dumped to '%s'", path);
}

/* Builds the guest again from config and looks after the new domain. The old one is gone or has
 * another name by now. */
static int build_again(struct supervisor *supervisor, libxl_domain_config *config,
                       struct guest *guest, struct error **error)
{
    struct create_options options = { .host_config = supervisor->host_config };
    struct created created = { 0 };
    struct domain domain = { 0 };
    int result;

    xen_config_choose_domid(config, supervisor->host_config);
    if (xen_domain_create(supervisor->host, config, &options, &created, error) < 0)
        return -1;
    result = xen_domain_get(supervisor->host, created.domid, &domain, error);
    if (result == 0 && supervisor->wait->marks)
        result = xen_mark_set(supervisor->host, created.domid, domain.uuid, error);
    if (result == 0)
        result = supervisor_adopt(supervisor, &domain, error);
    if (result == 0)
        result = xen_life_unpause(supervisor->host, created.domid, error);
    if (result == 0)
        say(supervisor, guest, "restarted as domain %u", created.domid);
    domain_release(&domain);
    return result;
}

static int restart(struct supervisor *supervisor, libxl_domain_config *config, struct guest *guest,
                   bool keep_old, struct error **error)
{
    char suffix[32];
    time_t now = time(NULL);
    struct tm utc;
    int result;

    if (keep_old) {
        gmtime_r(&now, &utc);
        /* Seconds, unlike xl: two crashes within a minute must not clash. */
        strftime(suffix, sizeof(suffix), "-%Y%m%dT%H%M%SZ", &utc);
        result = xen_life_preserve(supervisor->host, guest->domid, config, suffix, error);
        let_go(guest);
    } else {
        result = xen_life_destroy(supervisor->host, guest->domid, error);
        if (result == 0)
            forget(guest);
    }
    return result < 0 ? -1 : build_again(supervisor, config, guest, error);
}

/* What 'config-update' laid down takes the place of *config. When it cannot be used, the guest goes
 * on with what it has. */
static void use_stored_config(struct supervisor *supervisor, struct guest *guest,
                              libxl_domain_config *config)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_error error = NULL;
    auto_free char *text = NULL;
    struct config_request request = { .file = "config-update",
                                      .host_config = supervisor->host_config };
    struct host_facts facts;
    libxl_domain_config stored;
    int result = xen_stored_config_get(supervisor->host, guest->domid, &text, &error);

    if (result == 0 && !text)
        return;
    libxl_domain_config_init(&stored);
    if (result == 0)
        result = xen_host_facts(supervisor->host, &facts, &error);
    request.text = text;
    request.facts = &facts;
    if (result == 0)
        result = config_read(&request, &diagnostics, &stored, &error);
    if (result == 0)
        result = config_apply_cpu_masks(&stored, supervisor->host_config, &facts, &error);
    if (result < 0) {
        say_error(supervisor, guest, "the stored configuration is not used", error);
        libxl_domain_config_dispose(&stored);
        return;
    }
    say(supervisor, guest, "uses the configuration that config-update stored");
    libxl_domain_config_dispose(config);
    *config = stored;
}

static int act(struct supervisor *supervisor, struct guest *guest, libxl_domain_config *config,
               libxl_action_on_shutdown action, struct error **error)
{
    if (policy_dumps_core(action))
        dump_core(supervisor, guest);
    if (policy_restarts(action))
        use_stored_config(supervisor, guest, config);
    if (policy_restarts(action))
        return restart(supervisor, config, guest, action == LIBXL_ACTION_ON_SHUTDOWN_RESTART_RENAME,
                       error);
    if (action == LIBXL_ACTION_ON_SHUTDOWN_PRESERVE) {
        let_go(guest);
        return 0;
    }
    if (action == LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET) {
        if (xen_life_soft_reset(supervisor->host, guest->domid, config, error) < 0)
            return -1;
        return xen_death_rewatch(supervisor->host, guest->domid, guest->ticket, &guest->watch,
                                 error) < 0
                   ? -1
                   : xen_life_unpause(supervisor->host, guest->domid, error);
    }
    if (xen_life_destroy(supervisor->host, guest->domid, error) < 0)
        return -1;
    forget(guest);
    return 0;
}

static void on_shutdown(struct supervisor *supervisor, struct guest *guest, int reason)
{
    libxl_domain_config config;
    auto_error error = NULL;

    libxl_domain_config_init(&config);
    if (xen_life_config(supervisor->host, guest->domid, &config, &error) < 0) {
        /* Without it nobody can say what was wanted; nothing is thrown away. */
        say_error(supervisor, guest, "left as it is", error);
        let_go(guest);
    } else {
        libxl_action_on_shutdown action = policy_action(&config, reason);

        say(supervisor, guest, "shut down, reason %s, action %s", shutdown_reason_name(reason),
            libxl_action_on_shutdown_to_string(action));
        if (act(supervisor, guest, &config, action, &error) < 0) {
            say_error(supervisor, guest, "action failed", error);
            if (!guest->gone)
                let_go(guest);
        }
    }
    libxl_domain_config_dispose(&config);
}

/* The guest runs on afterwards, or its saver destroys it: go on watching. */
static void on_suspend(struct supervisor *supervisor, struct guest *guest)
{
    auto_error error = NULL;

    if (xen_death_rewatch(supervisor->host, guest->domid, guest->ticket, &guest->watch, &error) < 0)
        say_error(supervisor, guest, "suspended; no longer looked after", error);
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

static bool is_readable(int fd)
{
    struct pollfd readable = { .fd = fd, .events = POLLIN };

    return fd >= 0 && poll(&readable, 1, 0) > 0;
}

static bool finished(void *context)
{
    struct supervisor *supervisor = context;

    drop_gone_guests(supervisor);
    if (is_readable(supervisor->wait->extra_fd))
        supervisor->wait->on_readable(supervisor->wait->context, supervisor);
    return supervisor->wait->until_idle && supervisor->count == 0;
}

int supervisor_run(struct supervisor *supervisor, const struct supervisor_wait *wait,
                   struct error **error)
{
    struct xen_loop loop = {
        .finished = finished,
        .on_event = on_event,
        .context = supervisor,
        .deadline_ms = DEADLINE_NEVER,
        .extra_fd = wait->extra_fd,
    };
    enum xen_loop_end end;

    supervisor->wait = wait;
    return xen_loop_run(supervisor->host, &loop, &end, error);
}
