/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Building a guest from a configuration, whole or not at all. */
#ifndef XN_XEN_CREATE_H
#define XN_XEN_CREATE_H

#include <sys/types.h>

#include "config/host_config.h"
#include "model/domain.h"
#include "xen/host.h"

/* A saved guest to build from. */
struct restore_source {
    int fd;      /* at the beginning of libxl's stream */
    bool legacy; /* the stream is of version 1 */
    /* A stream of checkpoints: the guest is built when the stream ends, from the last whole one. */
    libxl_checkpointed_stream checkpoints;
    int answer_fd;           /* with checkpoints: to the sender, for COLO */
    const char *colo_script; /* NULL: libxl's */
    bool colo_userspace_proxy;
};

struct create_options {
    const struct host_config *host_config; /* autoballooning, lock file, domid policy */
    /* A console client is started on this terminal as soon as there is a console, before the guest
     * runs, so that nothing it says is lost. */
    bool console;
    bool console_stays;   /* that client ignores Ctrl-C and reads nothing but a terminal */
    bool identity_locked; /* the caller holds xen_config_lock_identity */
    bool incoming;        /* its UUID may be here: at the sender of a migration within this host */
    const struct restore_source *restore;             /* NULL: a fresh start */
    void (*on_step)(void *context, const char *text); /* progress; may be NULL */
    void *context;
};

struct created {
    uint32_t domid;
    pid_t console; /* the client's process, to be waited for; 0: none */
};

/* Builds the guest and leaves it paused. Refuses a name or UUID that is in use before anything is
 * built (ERR_EXISTS). On any failure or interrupt nothing of it is left. config gets libxl's
 * defaults. */
int xen_domain_create(struct xen_host *host, libxl_domain_config *config,
                      const struct create_options *options, struct created *ret_created,
                      struct error **error);

/* The UUID in small letters, as struct domain has it. text has room for UUID_TEXT_SIZE. */
void xen_config_uuid(const libxl_domain_config *config, char *text);
/* Keeps other creations of the guest away, and tells 'xn status' that one is under way, until
 * *ret_fd is closed. ERR_FILE, ERR_INTERRUPTED. */
int xen_config_lock_identity(const libxl_domain_config *config, int *ret_fd, struct error **error);

/* xen_config_names_domid: whether it says which number its guest shall have, as 'save -D' does.
 * xen_config_choose_domid: sets c_info.domid for a fresh start, as the policy says. A domid must
 * not be carried into a rebuild: it would clash with the one that was just destroyed. */
bool xen_config_names_domid(const libxl_domain_config *config);
void xen_config_choose_domid(libxl_domain_config *config, const struct host_config *host_config);

#endif
