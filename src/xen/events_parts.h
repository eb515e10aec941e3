/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of xen/events.c: what is known of each domain, and of its devices. */
#ifndef XN_XEN_EVENTS_PARTS_H
#define XN_XEN_EVENTS_PARTS_H

#include "xen/events.h"
#include "xen/store.h"

struct tracked_device {
    char *type;
    uint32_t devid;
    char *backend; /* its folder in xenstore */
    bool told;     /* attached or failed */
    bool attached;
    bool seen;
};

struct tracked {
    struct domain domain; /* as it was at the last look */
    uint64_t target_kib;  /* 0: not known */
    bool told;            /* that it is here */
    bool started;         /* has run */
    bool ended;           /* its end was told; it is still dying */
    bool seen;
    bool read_name, read_target, read_devices, read_backends; /* something changed there */
    struct tracked_device *devices;
    size_t device_count;
};

struct tracker {
    struct xen_host *host;
    struct xs_handle *store;
    const struct xen_events_options *options;
    struct tracked *domains;
    size_t count;
    bool first; /* what is found was here before */
    struct error *error;
};

/* Tells of something about this domain; the event gets its name and numbers. Takes what the event
 * holds. After a failure nothing is told any more. */
void tracker_tell(struct tracker *tracker, const struct tracked *tracked, struct event *event);
/* A node's text, or NULL; the caller frees it. */
char *tracker_read(struct tracker *tracker, const char *path);

/* Compares the devices with those that libxl has noted, and the new ones with their backends. */
void tracked_devices_look(struct tracker *tracker, struct tracked *tracked);
void tracked_devices_release(struct tracker *tracker, struct tracked *tracked);

#endif
