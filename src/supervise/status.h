/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the supervisor says of its guests, as rows. */
#ifndef XN_SUPERVISE_STATUS_H
#define XN_SUPERVISE_STATUS_H

#include "base/column.h"
#include "model/domain.h"

struct supervised {
    uint32_t domid;
    char uuid[UUID_TEXT_SIZE];
    uint64_t watched_seconds; /* since this domain is looked after */
    unsigned quick_restarts;  /* in a row; from the third on the next restart is delayed */
    char state[16];           /* "watched", or "ending" while something is done about its end */
    char *name;               /* printable */
};

struct supervised_list {
    struct supervised *items;
    size_t count;
};

#define auto_supervised_list                                                                       \
    __attribute__((cleanup(supervised_list_release))) struct supervised_list

/* Reads the lines of supervisor_describe; what is no such line is left out. */
void supervised_parse(const char *text, struct supervised_list *ret_list);
void supervised_list_release(struct supervised_list *list);

extern const struct column_table supervised_columns;

#endif
