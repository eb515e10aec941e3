/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered of a migration, what it comes to, and which step is safe after a failed one.
 */
#ifndef XN_MODEL_MIGRATION_H
#define XN_MODEL_MIGRATION_H

#include "model/domain.h"

/* How far it is, on one side. A state is on the disk before what it announces is done. */
enum migration_state {
    MIGRATION_NONE = 0,
    /* of the sender */
    MIGRATION_SENDING,     /* the far side has no leave to let it run */
    MIGRATION_HANDED_OVER, /* it may have that leave, and may have let it run */
    MIGRATION_ARRIVED,     /* it has said that it did */
    /* of the receiver */
    MIGRATION_RECEIVING,  /* no leave yet: this copy must not run */
    MIGRATION_TAKEN,      /* the leave has come */
    MIGRATION_RUNS,       /* it was let run, or was left paused as asked */
    MIGRATION_GIVEN_BACK, /* it could not be started: the copy is gone, the sender may go on */
};

struct migration {
    bool incoming;
    enum migration_state state;
    char uuid[UUID_TEXT_SIZE];
    char *name;
    uint32_t domid;  /* here; of an incoming one 0 until it is built */
    char *host;      /* the far side, as it was named; NULL: unknown, as it is to a receiver */
    char *ssh;       /* the program that leads there (-s); NULL: ssh */
    char *program;   /* xn or xl, as it is called there; NULL: unknown */
    uint64_t time_s; /* of the last step, since 1970 */
    bool busy;       /* somebody is at it right now */
};

struct migration_list {
    struct migration *items;
    size_t count;
};

#define auto_migration      __attribute__((cleanup(migration_release))) struct migration
#define auto_migration_list __attribute__((cleanup(migration_list_release))) struct migration_list

void migration_release(struct migration *migration);
void migration_list_release(struct migration_list *list);
/* "sending", "handed-over" ...; "none". */
const char *migration_state_name(enum migration_state state);
/* MIGRATION_NONE for what is no name of one. */
enum migration_state migration_state_from(const char *name);

extern const struct column_table migration_columns;

/* Where a guest is that does not run here. */
enum whereabouts {
    GUEST_HERE,   /* it may be started here */
    GUEST_MOVED,  /* this host gave it away and has not got it back */
    GUEST_UNSURE, /* a migration broke off: it may run on the far side */
};

/* noted_s: when this host noted, right before it began, that it moves the guest away for good
 * (since 1970; 0: never). What the records say since then counts more. *ret is the record of
 * GUEST_UNSURE; may be NULL. */
enum whereabouts migration_whereabouts(const struct migration_list *records, const char *name,
                                       uint64_t noted_s, const struct migration **ret);

/* What one host knows of a guest: the domain with its UUID and the record. */
struct migration_view {
    bool answered;              /* the host was asked, and answered */
    bool has_record;            /* it keeps records: it runs xn */
    bool busy;                  /* a migration of this guest is under way there */
    enum migration_state state; /* of its record */
    enum { COPY_NONE, COPY_RUNS, COPY_PAUSED, COPY_SUSPENDED } copy;
    uint32_t domid;
    char name[256]; /* of the copy; printable */
};

/* The one safe step. */
enum recovery {
    RECOVERY_NOTHING,   /* all is well; the record can be dropped */
    RECOVERY_WAIT,      /* it is under way */
    RECOVERY_RESUME,    /* let the copy here run on */
    RECOVERY_DESTROY,   /* end the copy here */
    RECOVERY_FINISH,    /* let the copy here run, which was received whole */
    RECOVERY_THERE,     /* the far side has to act: its copy waits there */
    RECOVERY_UNDECIDED, /* the far side must be asked by other means first */
    RECOVERY_TWO,       /* both run */
};

/* What is safe, seen from the host that here describes. The reason is a sentence, static. */
enum recovery migration_decide(const struct migration_view *here,
                               const struct migration_view *there, const char **ret_reason);

#endif
