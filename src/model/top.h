/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The screen of 'xn top' as lines of text: which domains, in what order, how they are written. It
 * knows no terminal. */
#ifndef XN_MODEL_TOP_H
#define XN_MODEL_TOP_H

#include "model/usage.h"

enum top_order {
    TOP_BY_CPU,
    TOP_BY_MEMORY,
    TOP_BY_NETWORK,
    TOP_BY_DISK,
    TOP_BY_NAME,
    TOP_BY_DOMID,
    TOP_ORDERS,
};

/* "cpu", "memory": the words of --order, NULL at the end. */
extern const char *const top_order_words[];

struct top_view {
    enum top_order order;
    bool reverse;
    const char *filter;                /* part of a name; NULL or "": all */
    const struct string_list *domains; /* words of the command line; NULL: all */
};

/* "CPU", "name": for the line that says how the list is sorted. */
const char *top_order_name(enum top_order order);
/* The rows that are shown, sorted; chosen has room for all of them. Returns their number. */
size_t top_choose(const struct top_view *view, const struct usage *rows, size_t count,
                  const struct usage **chosen);

/* The line of titles, and that of a domain, each width columns wide at most. */
void top_titles(size_t width, struct str *line);
void top_line(const struct usage *usage, size_t width, struct str *line);
/* A printable text cut or filled to so many columns of a terminal. */
void top_fit(const char *text, size_t width, struct str *line);
/* One more line for each virtual CPU, network and disk of a domain. */
void top_vcpus(const struct usage *usage, struct string_list *lines);
void top_devices(const struct usage *usage, struct string_list *lines);

/* At most five characters: "0", "999", "12.3K", "1.5M". */
void top_short(double number, char *text, size_t size);

#endif
