/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain as xn sees it: plain data, no Xen header, and the columns of its listing. */
#ifndef XN_MODEL_DOMAIN_H
#define XN_MODEL_DOMAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/column.h"

/* Why a domain shut down; the numbers are the hypervisor's (xen/public/sched.h). */
enum shutdown_reason {
    SHUTDOWN_UNKNOWN = -1,
    SHUTDOWN_POWEROFF = 0,
    SHUTDOWN_REBOOT = 1,
    SHUTDOWN_SUSPEND = 2,
    SHUTDOWN_CRASH = 3,
    SHUTDOWN_WATCHDOG = 4,
    SHUTDOWN_SOFT_RESET = 5,
};

#define UUID_TEXT_SIZE 37

struct domain {
    uint32_t domid;
    char uuid[UUID_TEXT_SIZE];
    char *name;           /* as xenstore has it, untrusted; NULL: no name */
    const char *type;     /* "pv", "pvh", "hvm" or NULL; static */
    uint64_t memory_kib;  /* now */
    uint64_t claimed_kib; /* outstanding claim */
    uint64_t shared_kib;  /* the same pages as other domains have */
    uint64_t max_memory_kib;
    uint32_t vcpus_online;
    uint32_t vcpus_max;
    uint64_t cpu_time_ns;
    uint32_t cpupool_id;
    char *cpupool; /* NULL: not asked for */
    uint32_t security_id;
    char *security_label; /* NULL: none, or not asked for */
    char *node_affinity;  /* "all", "0-1", ...; NULL: not asked for */
    bool running;
    bool blocked;
    bool paused;
    bool shutdown;
    bool dying;
    bool stopped;        /* no domain at all: this host keeps a file for it; only .name is set */
    bool stubdom;        /* runs the device model of a guest; false: or not asked for */
    bool never_stop;     /* xenstore's own domain: must outlive all others */
    int shutdown_reason; /* enum shutdown_reason; of a shut down domain */
    /* Of one with SHUTDOWN_SUSPEND: "suspend", the command, which keeps it so, or "save", which is
     * at it; static. NULL: nobody that is known of, or not asked for. */
    const char *suspended_by;
};

struct domain_list {
    struct domain *domains;
    size_t count;
};

#define auto_domain_list __attribute__((cleanup(domain_list_release))) struct domain_list

void domain_release(struct domain *domain);
#define auto_domain __attribute__((cleanup(domain_release))) struct domain
/* Release the copy with domain_release. */
struct domain domain_copy(const struct domain *domain);
void domain_list_release(struct domain_list *list);

/* "running", "blocked", "runnable", "paused", "shutdown", "dying" or "stopped". */
const char *domain_state(const struct domain *domain);
/* "poweroff", "reboot" ...; "unknown" for a number that nobody knows. */
const char *shutdown_reason_name(int reason);
/* xl's six letters, "r-----". text has room for 7. Not of one that is stopped. */
void domain_state_letters(const struct domain *domain, char *text);
/* Somebody is building or taking it away right now: its name is not there yet, or not any more, and
 * it might be anyone. One that is dying counts not: it will never run again. Needs the name. */
bool domain_is_nameless(const struct domain *domain);
/* It sleeps, and can run on: a suspend has stopped it. */
bool domain_is_suspended(const struct domain *domain);
/* It was built, or is being built, and nobody has let it run yet. */
bool domain_has_never_run(const struct domain *domain);
/* It will never run again: it is dying, or has shut down for another reason than a suspend. */
bool domain_has_ended(const struct domain *domain);
/* The name for messages: "web", or "domain 7" for one without. The caller frees it. */
char *domain_label(const struct domain *domain);

extern const struct column_table domain_columns;

/* xl's layout: which of the extra columns its options add. */
struct domain_layout {
    bool verbose; /* -v */
    bool context; /* -Z */
    bool cpupool; /* -c */
    bool numa;    /* -n */
};

#define DOMAIN_XL_COLUMNS_MAX 12

/* Fills columns (room for DOMAIN_XL_COLUMNS_MAX) and returns their number. */
size_t domain_xl_columns(const struct domain_layout *layout, struct xl_column *columns);

#endif
