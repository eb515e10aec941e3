/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Since when a domain runs: plain data, and how it is listed. */
#ifndef XN_MODEL_UPTIME_H
#define XN_MODEL_UPTIME_H

#include "model/domain.h"

struct uptime {
    const struct domain *domain; /* not owned */
    bool known;
    uint64_t start_s; /* seconds since 1970; the domain has run from then */
    uint64_t now_s;   /* when it was asked */
};

/* 0 when the clock was put back behind the start. */
uint64_t uptime_seconds(const struct uptime *uptime);
/* "1 day,  2:03:04", as xl writes it; without the seconds when brief. */
void uptime_text(uint64_t seconds, bool brief, struct str *out);

extern const struct column_table uptime_columns;

/* xl's layout; that of its -s when brief. Returns the number of columns. */
size_t uptime_xl_columns(bool brief, const struct xl_column **ret_columns);

#endif
