/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Something that happened to a domain, as 'xn events' tells it. */
#ifndef XN_MODEL_EVENT_H
#define XN_MODEL_EVENT_H

#include "model/domain.h"

struct event {
    uint64_t time_ms; /* since 1970: when it was noticed */
    const char *kind; /* "shut-down"; static, see event_kinds */
    char *name;       /* of the domain, untrusted; NULL: none */
    char *old_name;   /* of renamed */
    uint32_t domid;
    char uuid[UUID_TEXT_SIZE];
    const char *state;  /* of present; static */
    const char *reason; /* of shut-down; static */
    char *device_type;  /* "vif"; NULL: it is about no device */
    uint32_t devid;     /* as xenstore has it */
    bool has_target;
    uint64_t target_kib; /* of memory-target */
    char *message;       /* of device-failed, untrusted; NULL: nothing more is known */
};

/* Every kind, NULL at the end. */
extern const char *const event_kinds[];

void event_release(struct event *event);

/* Its columns; the keys of the JSON object. */
extern const struct column_table event_columns;

/* One line, with a newline: time, kind, name, domid, then KEY=VALUE. No word of it holds a blank
 * but the last one. */
void event_line(const struct event *event, struct str *text);

#endif
