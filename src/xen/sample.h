/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Taking samples of all counters. What does not change by itself (names, types, when they were
 * started) is asked once per domain; in a repeated sample only a rename makes it ask again.
 */
#ifndef XN_XEN_SAMPLE_H
#define XN_XEN_SAMPLE_H

#include "model/sample.h"
#include "xen/host.h"

struct xen_sampler;

enum sample_details {
    SAMPLE_DEVICES = 1 << 0, /* counters of networks and disks, from the kernel's backends */
    SAMPLE_VCPUS = 1 << 1,   /* two hypercalls for each virtual CPU */
};

/* repeated: more than one sample is taken. The host must outlive it. */
struct xen_sampler *xen_sampler_new(struct xen_host *host, bool repeated);
/* NULL is fine. */
void xen_sampler_free(struct xen_sampler *sampler);
/* details: enum sample_details. Release the sample with sample_release. */
int xen_sampler_take(struct xen_sampler *sampler, unsigned details, struct sample *ret_sample,
                     struct error **error);

/* For xen_sampler_take: the counters of devices whose backend is in this kernel, found under root
 * ("" but in tests). */
void xen_counters_fill(const char *root, struct sample *sample);

#endif
