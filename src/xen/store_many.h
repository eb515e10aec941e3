/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Many questions to xenstore in one round trip: all are written at once, the answers are matched by
 * their numbers. What a list of devices asks for costs the same time for one guest as for hundreds.
 */
#ifndef XN_XEN_STORE_MANY_H
#define XN_XEN_STORE_MANY_H

#include "xen/host.h"

struct store_question {
    char *path;
    bool directory;           /* the names below it are asked for, not its value */
    char *value;              /* ends with a NUL of its own; NULL: it is not there */
    size_t length;            /* of the value */
    struct string_list names; /* of a directory, in xenstore's order */
    bool answered;
};

struct store_questions {
    struct store_question *items;
    size_t count;
};

#define STORE_QUESTIONS_INIT                                                                       \
    {                                                                                              \
        NULL, 0                                                                                    \
    }
#define auto_store_questions                                                                       \
    __attribute__((cleanup(store_questions_release))) struct store_questions

void store_questions_release(struct store_questions *questions);

/* Each adds a question and yields its index, which is the place of the answer after store_ask. */
size_t store_question_value(struct store_questions *questions, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
size_t store_question_names(struct store_questions *questions, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Asks them all. What is not there, or may not be read, is an answer: NULL and no names. -1 only
 * when xenstore does not answer. */
int store_ask(struct xen_host *host, struct store_questions *questions, struct error **error);

/* The value of an answer, NULL when there is none; a NUL inside cuts it. */
const char *store_value(const struct store_questions *questions, size_t index);
/* The same as a number as libxl reads it; -1 when it is not there. */
int store_number(const struct store_questions *questions, size_t index);
/* A copy, which the caller frees; NULL when it is not there or empty. */
char *store_text(const struct store_questions *questions, size_t index);

/* The text of each node, in the order of the paths; NULL for one that is not there. The caller
 * frees the texts. ERR_XENSTORE; nothing is to be freed then. */
int xen_store_read_many(struct xen_host *host, const char *const *paths, size_t count,
                        char **ret_texts, struct error **error);

#endif
