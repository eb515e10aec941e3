/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asking the far side something before or after a migration, over the same way. */
#ifndef XN_MIGRATE_FAR_H
#define XN_MIGRATE_FAR_H

#include "model/disk_copy.h"
#include "model/migration.h"
#include "model/problem.h"
#include "xen/host.h"

/* How the far side is reached; as link_words takes them. */
struct far_side {
    const char *host, *ssh;
    uint64_t patience_ms; /* for an answer; 0: long enough to type a password */
};

/* ERR_NOT_SUPPORTED when it can only be told to receive: -s ''. */
int far_check_askable(const struct far_side *side, struct error **error);

/* What the far side is. */
struct far_offer {
    const char *program; /* what a migration has to call there: "xn" or "xl"; NULL: not known */
    bool compress;       /* it takes compressed streams */
    bool copy_disk;      /* and copies of disks */
};

/*
 * Asks whether the guest with this configuration (JSON) could run there, and adds what stands in
 * the way; also when it cannot be reached. disks: those that would be copied; NULL: none.
 */
int far_check(struct xen_host *host, const struct far_side *side, const struct domain *domain,
              const char *config_json, const struct disk_copies *disks,
              struct problem_list *problems, struct far_offer *ret_offer, struct error **error);

/* Asks what is there of a guest; ret->answered is false when nobody answered, and *ret_why (which
 * the caller frees) says why then. */
int far_look(const struct far_side *side, const char *uuid, struct migration_view *ret,
             char **ret_why, struct error **error);

/* Ends the copy of this name there, which program ("xn" or "xl") knows. 1: it is gone; 0: it is not
 * known to be. Nothing is sent for a name that a shell could take for something else. */
int far_destroy(const struct far_side *side, const char *program, const char *name,
                struct error **error);

/* The answering side: prints what far_check and far_look read. */
void far_answer_problem(struct str *text, const struct problem *problem);
void far_answer_info(struct str *text, const char *info);
/* What it can do beyond xl's protocol. */
void far_answer_offers(struct str *text);
void far_answer_view(struct str *text, const struct migration_view *view);

#endif
