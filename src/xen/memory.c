/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Autoballooning by xl's rules; see memory.h. */
#include "xen/memory.h"

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/lock.h"

/* How long domain 0 may take to give memory back: in one step, and in all. */
#define STEP_SECONDS   10
#define CREDIT_SECONDS 30

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

static bool is_wanted(struct xen_host *host, const struct host_config *host_config)
{
    switch (host_config->autoballoon) {
    case AUTOBALLOON_ON:
        return true;
    case AUTOBALLOON_OFF:
        return false;
    default:
        return !dom0_memory_is_fixed(host);
    }
}

static int not_enough(uint64_t needed_kib, uint64_t free_kib, struct error **error)
{
    auto_free char *needed = human_kib(needed_kib);
    auto_free char *there = human_kib(free_kib);

    error_set(error, ERR_NO_MEMORY, "not enough memory: %s needed, %s free", needed, there);
    return error_hint(error, "domain 0 gave no more; stop a guest or lower memory=");
}

/* One step: asks domain 0 for what is missing and waits for it. */
static int shrink_dom0(struct xen_host *host, uint64_t missing_kib, struct error **error)
{
    int rc;

    xen_log_forget(host);
    rc = libxl_set_memory_target(xen_ctx(host), 0, -(int64_t)missing_kib, 1, 0);
    if (rc)
        return xen_error(host, error, rc, "cannot take memory from domain 0");
    (void)libxl_wait_for_memory_target(xen_ctx(host), 0, STEP_SECONDS);
    return 0;
}

static int ask_need(struct xen_host *host, libxl_domain_config *config, uint64_t *ret_kib,
                    struct error **error)
{
    int rc = libxl_domain_need_memory(xen_ctx(host), config, INVALID_DOMID, ret_kib);

    return rc ? xen_error(host, error, rc, "cannot tell how much memory '%s' needs",
                          config->c_info.name)
              : 0;
}

static int ask_free(struct xen_host *host, uint64_t *ret_kib, struct error **error)
{
    int rc = libxl_get_free_memory(xen_ctx(host), ret_kib);

    return rc ? xen_error(host, error, rc, "cannot ask for the free memory") : 0;
}

static int make_room(struct xen_host *host, libxl_domain_config *config, struct error **error)
{
    uint64_t deadline_ms = deadline_after(CREDIT_SECONDS * 1000);
    uint64_t needed_kib, free_kib;

    if (ask_need(host, config, &needed_kib, error) < 0)
        return -1;
    for (;;) {
        if (ask_free(host, &free_kib, error) < 0)
            return -1;
        if (free_kib >= needed_kib)
            return 0;
        if (interrupt_signal())
            return error_set(error, ERR_INTERRUPTED, "interrupted while making room");
        if (deadline_poll_ms(deadline_ms) == 0)
            return not_enough(needed_kib, free_kib, error);
        if (shrink_dom0(host, needed_kib - free_kib, error) < 0)
            return -1;
    }
}

int xen_memory_make_room(struct xen_host *host, libxl_domain_config *config,
                         const struct host_config *host_config, int *ret_lock, struct error **error)
{
    auto_fd int lock = -1;

    if (!is_wanted(host, host_config))
        return 0;
    xen_log_forget(host);
    /* The same kind of lock on the same file as xl's, so that both tools queue up. */
    if (lock_file(host_config->lockfile, &lock, error) < 0 || make_room(host, config, error) < 0)
        return -1;
    *ret_lock = lock;
    lock = -1;
    return 0;
}

/* Less than this libxl does not leave to domain 0 (LIBXL_MIN_DOM0_MEM in its sources). */
#define DOM0_MIN_KIB (128 * 1024)

int xen_memory_outlook(struct xen_host *host, libxl_domain_config *config,
                       const struct host_config *host_config, uint64_t *ret_needed_kib,
                       uint64_t *ret_available_kib, struct error **error)
{
    uint64_t dom0_kib = 0;

    xen_log_forget(host);
    if (ask_need(host, config, ret_needed_kib, error) < 0 ||
        ask_free(host, ret_available_kib, error) < 0)
        return -1;
    if (is_wanted(host, host_config) && libxl_get_memory_target(xen_ctx(host), 0, &dom0_kib) == 0 &&
        dom0_kib > DOM0_MIN_KIB)
        *ret_available_kib += dom0_kib - DOM0_MIN_KIB;
    return 0;
}

void xen_memory_explain(struct xen_host *host, struct error **error)
{
    uint64_t free_kib;

    if (libxl_get_free_memory(xen_ctx(host), &free_kib) == 0) {
        auto_free char *there = human_kib(free_kib);

        error_hint(error, "%s are free for guests; see 'xn info' and 'xn list'", there);
    }
}
