/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How guests start and stop with their host: the table in autostart.conf, and listings of it.
 *
 * The table is text that people edit: one guest a line, its name and then KEY=VALUE words; '#'
 * begins a comment. A name with blanks stands in double quotes.
 *
 *     db    priority=10 delay=5s
 *     web   on_stop=save timeout=10m
 *     mail  on_stop=migrate:host2
 */
#ifndef XN_MODEL_AUTOSTART_H
#define XN_MODEL_AUTOSTART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/column.h"
#include "base/error.h"

#define AUTOSTART_PRIORITY_DEFAULT 50
#define AUTOSTART_PRIORITY_MAX     9999
#define AUTOSTART_UNSET            UINT64_MAX
/* "migrate:HOST" with the longest HOST, and its NUL. */
#define AUTOSTART_ON_STOP_SIZE 264

enum on_stop {
    ON_STOP_SHUTDOWN,
    ON_STOP_SAVE,    /* its memory into a file that the next start restores */
    ON_STOP_MIGRATE, /* to another host, where it stays */
    ON_STOP_IGNORE,  /* neither started nor stopped: something else does that */
};

struct autostart_policy {
    uint64_t priority;   /* the lowest starts first and stops last */
    uint64_t delay_ms;   /* to wait behind its start before the next priority's turn */
    uint64_t timeout_ms; /* for its start, and for its stop; AUTOSTART_UNSET */
    enum on_stop on_stop;
    char on_stop_text[AUTOSTART_ON_STOP_SIZE]; /* as it is written: "save", "migrate:HOST" */
};

struct autostart_entry {
    char *name; /* "" when even that cannot be read */
    struct autostart_policy policy;
    unsigned line;         /* from 1 */
    struct error *problem; /* what is wrong with the line; the rest of it holds */
};

struct autostart_table {
    struct autostart_entry *entries;
    size_t count;
};

#define AUTOSTART_TABLE_INIT                                                                       \
    {                                                                                              \
        NULL, 0                                                                                    \
    }
#define auto_autostart_table                                                                       \
    __attribute__((cleanup(autostart_table_release))) struct autostart_table

/* Reads all lines; what is wrong stands at the entries and begins with "FILE:LINE: ". */
void autostart_table_parse(struct autostart_table *table, const char *file, const char *text);
void autostart_table_release(struct autostart_table *table);
/* NULL: the table does not name this guest. */
const struct autostart_entry *autostart_table_find(const struct autostart_table *table,
                                                   const char *name);
/* What holds for the guest, be it named there or not. */
struct autostart_policy autostart_policy_of(const struct autostart_table *table, const char *name);

/* What to change about a guest's line. */
struct autostart_change {
    uint64_t priority, delay_ms, timeout_ms; /* AUTOSTART_UNSET: as it is */
    const char *on_stop;                     /* a word; NULL: as it is */
};

bool autostart_change_is_empty(const struct autostart_change *change);
/* ERR_USAGE. */
int autostart_change_check(const struct autostart_change *change, struct error **error);
/* The text with the guest's line changed, or with a new one; all other lines stay byte for byte.
 * The caller frees *ret_text. ERR_REFUSED when the line, or another one for the guest, cannot be
 * read, or when no line can hold the name. */
int autostart_table_edit(const char *file, const char *text, const char *name,
                         const struct autostart_change *change, char **ret_text,
                         struct error **error);

/* Where ON_STOP_MIGRATE sends the guest; NULL for every other policy. */
const char *autostart_migrate_host(const struct autostart_policy *policy);

/* One guest in 'xn autostart list'; all borrowed. */
struct autostart_row {
    const char *name;
    bool enabled;
    struct autostart_policy policy;
    const char *state; /* NULL: nobody was asked */
    const char *file;  /* its configuration; NULL: none is known */
    const char *link;  /* what stands in the folder of autostart; NULL: nothing */
};

extern const struct column_table autostart_columns;

/* One step of 'xn host start' or stop. */
struct plan_step {
    const char *name;
    const char *action; /* "start", "restore", "shutdown", "save", "migrate", "skip" */
    const char *reason; /* of a skip; NULL */
    const char *file;   /* configuration or saved memory; NULL */
    const char *host;   /* where it is to be moved; NULL */
    struct autostart_policy policy;
    uint64_t timeout_ms; /* that holds for it */
};

/* qsort over struct plan_step: ascending priority, then by name. */
int plan_step_compare(const void *a, const void *b);
extern const struct column_table plan_columns;

#endif
