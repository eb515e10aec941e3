/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a domain used between two samples, as rows: counters, and rates where there is an earlier
 * sample. */
#ifndef XN_MODEL_USAGE_H
#define XN_MODEL_USAGE_H

#include "model/sample.h"

struct usage {
    const struct sample *sample;
    const struct domain_sample *now;
    const struct domain_sample *before; /* the same domain earlier; NULL: no rates */
    uint64_t elapsed_ns;                /* between them */
};

/* One row for each domain of now, in its order; the caller frees the array. before: NULL or an
 * earlier sample. Both samples must outlive the rows. */
struct usage *usage_rows(const struct sample *now, const struct sample *before);

/* Of one CPU: 200 is two of them. False when there is no earlier sample. */
bool usage_cpu_percent(const struct usage *usage, double *ret_percent);
/* How fast a counter grew, in units per second. One that went back counts as not grown. */
double usage_rate(const struct usage *usage, uint64_t now, uint64_t before);
/* Of all CPUs of the host together: 100 is all of them. */
bool usage_host_percent(const struct usage *rows, size_t count, double *ret_percent);

struct usage_rates {
    double received, sent, read, written; /* bytes per second */
};
/* False when there is no earlier sample. */
bool usage_rates(const struct usage *usage, struct usage_rates *ret_rates);

extern const struct column_table usage_columns;

/* A line about the host for the head of a table. */
void usage_host_line(const struct sample *sample, const struct usage *rows, struct str *text);

#endif
