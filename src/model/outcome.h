/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What came of a command that changes something, per target: data for people and for JSON. */
#ifndef XN_MODEL_OUTCOME_H
#define XN_MODEL_OUTCOME_H

#include "base/error.h"
#include "model/domain.h"

struct outcome {
    const char *action;   /* "pause"; static */
    char *target;         /* the word or name that was given */
    struct domain domain; /* .uuid is "" when the target was not found */
    char *device;         /* which device of the domain, "vif 2" or "xvda"; NULL: no device */
    char *pool;           /* the CPU pool that it is about; NULL: none */
    bool has_cpu;         /* it is about one CPU of the host */
    uint32_t cpu;
    struct error *error; /* NULL: done */
    const char
        *result; /* "done", "failed", or what it came to ("destroyed", "shut-down"); static */
    uint64_t duration_ms;
    bool moved; /* to another host; then what follows is known */
    uint64_t downtime_ms, sent_kib;
};

struct outcome_list {
    struct outcome *items;
    size_t count;
};

#define auto_outcome_list __attribute__((cleanup(outcome_list_release))) struct outcome_list

/* A new entry, to be filled. Pointers into the list are valid until the next call. */
struct outcome *outcome_list_add(struct outcome_list *list, const char *action, const char *target);
void outcome_list_release(struct outcome_list *list);
/* 0 when all are done, the common status when all failed alike, STATUS_PARTIAL when some were done.
 */
enum status outcome_list_status(const struct outcome_list *list);

extern const struct column_table outcome_columns;

#endif
