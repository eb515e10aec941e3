/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Autoballooning by xl's rules; see memory.h. */
#include "xen/memory.h"

#include <string.h>
#include <strings.h>
#include <xenstore.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "xen/create.h"
#include "xen/domain.h"
#include "xen/lock.h"
#include "xen/store.h"

/* How long domain 0 may take to give memory back: in one step, and in all. */
#define STEP_SECONDS   10
#define CREDIT_SECONDS 30

/* Less than this libxl does not leave to domain 0 (LIBXL_MIN_DOM0_MEM in its sources). */
#define DOM0_MIN_KIB (128 * 1024)

/* Xen was told how much domain 0 gets: the administrator has settled the matter. */
static bool dom0_memory_is_fixed(struct xen_host *host)
{
    const libxl_version_info *version = libxl_get_version_info(xen_ctx(host));
    auto_string_list words = STRING_LIST_INIT;

    if (!version || !version->commandline)
        return false;
    string_list_split(&words, version->commandline, ' ');
    for (size_t i = 0; i < words.count; i++)
        if (starts_with(words.items[i], "dom0_mem="))
            return true;
    return false;
}

static enum balloon balloon_of(struct xen_host *host, const struct host_config *host_config)
{
    switch (host_config->autoballoon) {
    case AUTOBALLOON_ON:
        return BALLOON_ON;
    case AUTOBALLOON_OFF:
        return BALLOON_OFF;
    default:
        return dom0_memory_is_fixed(host) ? BALLOON_FIXED : BALLOON_ON;
    }
}

/* libxl fills the gaps of config on the way. */
static int ask_need(struct xen_host *host, libxl_domain_config *config, struct memory_outlook *ret,
                    struct error **error)
{
    int rc = libxl_domain_need_memory(xen_ctx(host), config, INVALID_DOMID, &ret->needed_kib);

    if (rc)
        return xen_error(host, error, rc, "cannot tell how much memory '%s' needs",
                         config->c_info.name);
    ret->guest_kib = config->b_info.target_memkb; /* libxl has filled it in */
    return 0;
}

static uint64_t dom0_target_kib(struct xen_host *host)
{
    uint64_t target_kib = 0;

    return libxl_get_memory_target(xen_ctx(host), 0, &target_kib) ? 0 : target_kib;
}

/* What domain 0 has, or shall have when that is more: what it was asked for is on its way. */
static uint64_t dom0_kib(struct xen_host *host)
{
    uint64_t target_kib = dom0_target_kib(host);
    libxl_dominfo info;
    uint64_t now_kib = 0;

    libxl_dominfo_init(&info);
    if (libxl_domain_info(xen_ctx(host), &info, 0) == 0)
        now_kib = info.current_memkb;
    libxl_dominfo_dispose(&info);
    return now_kib > target_kib ? now_kib : target_kib;
}

static int ask_room(struct xen_host *host, struct memory_outlook *ret, struct error **error)
{
    const libxl_version_info *version = libxl_get_version_info(xen_ctx(host));
    uint64_t kib_per_page = version ? (uint64_t)version->pagesize / 1024 : 4;
    libxl_physinfo physical;
    int rc;

    libxl_physinfo_init(&physical);
    rc = libxl_get_physinfo(xen_ctx(host), &physical);
    ret->free_kib = (physical.free_pages + physical.scrub_pages) * kib_per_page;
    ret->claimed_kib = physical.outstanding_pages * kib_per_page;
    libxl_physinfo_dispose(&physical);
    if (rc)
        return xen_error(host, error, rc, "cannot ask for the free memory");
    ret->dom0_kib = dom0_kib(host);
    ret->dom0_min_kib = DOM0_MIN_KIB;
    return 0;
}

/* What is asked only when there is too little: who has it. */
static int ask_holders(struct xen_host *host, struct memory_outlook *ret,
                       struct domain_list *ret_domains, struct error **error)
{
    if (xen_domain_list(host, DETAIL_NAMES, ret_domains, error) < 0)
        return -1;
    ret->dying_kib = memory_dying_kib(ret_domains);
    return 0;
}

static bool fits_now(const struct memory_outlook *outlook)
{
    return memory_unclaimed_kib(outlook) >= outlook->needed_kib;
}

/* One step: asks domain 0 for what is missing and waits for it. With nothing left to ask for, what
 * is missing is on its way, or held by domains that are dying. Adds to *taken_kib what was asked
 * for. */
static int make_more_room(struct xen_host *host, const struct memory_outlook *outlook,
                          uint64_t *taken_kib, struct error **error)
{
    uint64_t missing_kib = outlook->needed_kib - memory_unclaimed_kib(outlook);
    uint64_t target_kib = dom0_target_kib(host);
    uint64_t gives_kib = target_kib > DOM0_MIN_KIB ? target_kib - DOM0_MIN_KIB : 0;
    uint64_t asked_kib = missing_kib < gives_kib ? missing_kib : gives_kib;
    int rc;

    xen_log_forget(host);
    if (!asked_kib) {
        (void)libxl_wait_for_free_memory(xen_ctx(host), 0, outlook->needed_kib, 1);
        return 0;
    }
    rc = libxl_set_memory_target(xen_ctx(host), 0, -(int64_t)asked_kib, 1, 0);
    if (rc)
        return xen_error(host, error, rc, "cannot take memory from domain 0");
    *taken_kib += asked_kib;
    (void)libxl_wait_for_memory_target(xen_ctx(host), 0, STEP_SECONDS);
    return 0;
}

/* Looks once. Returns 1 when the guest fits, 0 when it can do so soon, -1 when not. */
static int look_for_room(struct xen_host *host, const char *name, uint64_t deadline_ms,
                         struct memory_outlook *outlook, struct error **error)
{
    auto_domain_list domains = { NULL, 0 };

    if (ask_room(host, outlook, error) < 0)
        return -1;
    if (fits_now(outlook))
        return 1;
    if (interrupt_signal())
        return error_set(error, ERR_INTERRUPTED, "interrupted while making room");
    if (ask_holders(host, outlook, &domains, error) < 0)
        return -1;
    if (deadline_poll_ms(deadline_ms) == 0)
        outlook->balloon = BALLOON_STUCK;
    else if (memory_obtainable_kib(outlook) + outlook->dying_kib >= outlook->needed_kib)
        return 0;
    return memory_error(outlook, name, &domains, error);
}

static int make_room(struct xen_host *host, libxl_domain_config *config, bool saved,
                     struct error **error)
{
    struct memory_outlook outlook = { .balloon = BALLOON_ON, .saved = saved };
    uint64_t deadline_ms = deadline_after(CREDIT_SECONDS * 1000), taken_kib = 0;
    int result;

    if (ask_need(host, config, &outlook, error) < 0)
        return -1;
    while ((result = look_for_room(host, config->c_info.name, deadline_ms, &outlook, error)) == 0)
        if (make_more_room(host, &outlook, &taken_kib, error) < 0) {
            result = -1;
            break;
        }
    if (result < 0 && taken_kib)
        (void)libxl_set_memory_target(xen_ctx(host), 0, (int64_t)taken_kib, 1, 0);
    return result < 0 ? -1 : 0;
}

int xen_memory_outlook(struct xen_host *host, const libxl_domain_config *config,
                       const struct host_config *host_config, struct memory_outlook *ret,
                       struct error **error)
{
    libxl_domain_config copy;
    int result;

    *ret = (struct memory_outlook){ .balloon = balloon_of(host, host_config) };
    xen_log_forget(host);
    libxl_domain_config_init(&copy);
    libxl_domain_config_copy(xen_ctx(host), &copy, (libxl_domain_config *)config);
    result = ask_need(host, &copy, ret, error);
    libxl_domain_config_dispose(&copy);
    return result < 0 ? -1 : ask_room(host, ret, error);
}

/* Without autoballooning. The building tells the rest, and what cannot be asked for here, too. */
static int refuse_the_impossible(struct xen_host *host, const libxl_domain_config *config,
                                 const struct host_config *host_config, bool saved,
                                 struct error **error)
{
    auto_domain_list domains = { NULL, 0 };
    struct memory_outlook outlook;

    if (xen_memory_outlook(host, config, host_config, &outlook, NULL) < 0 ||
        outlook.guest_kib <= memory_unclaimed_kib(&outlook) ||
        ask_holders(host, &outlook, &domains, NULL) < 0 ||
        outlook.guest_kib <= memory_unclaimed_kib(&outlook) + outlook.dying_kib)
        return 0;
    outlook.saved = saved;
    return memory_error(&outlook, config->c_info.name, &domains, error);
}

int xen_memory_make_room(struct xen_host *host, libxl_domain_config *config,
                         const struct host_config *host_config, bool saved, int *ret_lock,
                         struct error **error)
{
    auto_fd int lock = -1;

    if (balloon_of(host, host_config) != BALLOON_ON)
        return refuse_the_impossible(host, config, host_config, saved, error);
    xen_log_forget(host);
    /* The same kind of lock on the same file as xl's, so that both tools queue up. */
    if (lock_file(host_config->lockfile, &lock, error) < 0 ||
        make_room(host, config, saved, error) < 0)
        return -1;
    *ret_lock = lock;
    lock = -1;
    return 0;
}

/* The device model takes the memory of the screen; it says so when it is up. */
static bool has_device_model(struct xs_handle *store, uint32_t domid)
{
    auto_free char *path = xasprintf("/local/domain/0/device-model/%u/state", domid);
    unsigned length;
    auto_free char *state = xs_read(store, XBT_NULL, path, &length);

    return state && strcmp(state, "running") == 0;
}

bool xen_memory_is_taken(struct xen_host *host, const libxl_domain_config *config)
{
    bool is_hvm = config->c_info.type == LIBXL_DOMAIN_TYPE_HVM;
    auto_domain_list list = { NULL, 0 };
    char uuid[UUID_TEXT_SIZE];
    struct xs_handle *store;
    libxl_defbool stubdomain = config->b_info.device_model_stubdomain;

    /* A domain of its own for the device model comes late. */
    if ((!libxl_defbool_is_default(stubdomain) && libxl_defbool_val(stubdomain)) ||
        xen_store(host, &store, NULL) < 0 || xen_domain_list(host, 0, &list, NULL) < 0)
        return false;
    xen_config_uuid(config, uuid);
    for (size_t i = 0; i < list.count; i++) {
        const struct domain *domain = &list.domains[i];

        if (strcasecmp(domain->uuid, uuid) != 0 || domain->shutdown || domain->dying)
            continue;
        /* libxl introduces a guest to xenstore when its memory is complete. */
        return xs_is_domain_introduced(store, domain->domid) &&
               (!is_hvm || has_device_model(store, domain->domid));
    }
    return false;
}

void xen_memory_explain(struct xen_host *host, const libxl_domain_config *config,
                        const struct host_config *host_config, bool saved, struct error **error)
{
    auto_domain_list domains = { NULL, 0 };
    struct memory_outlook outlook;
    struct error *explained = NULL;

    if (!error || !*error || ((*error)->code != ERR_LIBXL && (*error)->code != ERR_NO_MEMORY) ||
        xen_memory_outlook(host, config, host_config, &outlook, NULL) < 0)
        return;
    if (fits_now(&outlook) || ask_holders(host, &outlook, &domains, NULL) < 0) {
        if ((*error)->code == ERR_NO_MEMORY)
            error_hint(error, "%llu MiB are free for guests; see 'xn info' and 'xn list'",
                       (unsigned long long)memory_unclaimed_kib(&outlook) / 1024);
        return;
    }
    outlook.saved = saved;
    memory_error(&outlook, config->c_info.name, &domains, &explained);
    error_detail(&explained, (*error)->message);
    for (size_t i = 0; i < (*error)->detail.count; i++)
        error_detail(&explained, (*error)->detail.items[i]);
    error_clear(error);
    *error = explained;
}
