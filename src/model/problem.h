/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What stands in the way of something that was asked for: all of it, in one list. */
#ifndef XN_MODEL_PROBLEM_H
#define XN_MODEL_PROBLEM_H

#include "base/column.h"
#include "base/error.h"

struct problem {
    char *check;   /* the name of the check: "disk-loop"; printable */
    char *where;   /* "here" or the name of the far side; printable */
    char *message; /* printable */
    char *hint;    /* printable; NULL: none */
    bool warning;  /* it does not stand in the way */
};

struct problem_list {
    struct problem *items;
    size_t count;
};

#define auto_problem_list __attribute__((cleanup(problem_list_release))) struct problem_list

void problem_list_release(struct problem_list *list);
/* hint may be NULL. */
void problem_add(struct problem_list *list, bool warning, const char *check, const char *where,
                 const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Takes those away whose check is named, or all with "all". */
void problem_skip(struct problem_list *list, const struct string_list *names);
/* 0 when only warnings are left; else -1 and ERR_REFUSED with all of them as detail. */
int problem_refuse(const struct problem_list *list, struct error **error);

extern const struct column_table problem_columns;

#endif
