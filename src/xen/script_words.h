/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What hotplug scripts say. libxl lets them write to our stderr, where their words would stand raw
 * beside our own; here they are kept for the error that is made of them. */
#ifndef XN_XEN_SCRIPT_WORDS_H
#define XN_XEN_SCRIPT_WORDS_H

#include "xen/host.h"

struct script_words {
    int saved_fd; /* what stderr was; -1: nothing is kept */
    int kept_fd;
};

/* From here on what is written to descriptor 2 is kept; with libxl's messages shown live (-v) it is
 * shown as it comes instead. Nothing else of this program may write there until the end. */
void script_words_begin(struct xen_host *host, struct script_words *words);
/* Ends it. The words become lines of detail of *error, and the last of them is in its sentence when
 * no script has left a better one in xenstore. Without an error they are forgotten. */
void script_words_end(struct script_words *words, struct error **error);

#endif
