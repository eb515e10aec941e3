/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Using libxlutil's parsers of single values without letting them print. */
#ifndef XN_CONFIG_XLU_H
#define XN_CONFIG_XLU_H

#include <libxlutil.h>
#include <stdbool.h>
#include <stdio.h>

struct xlu_capture {
    XLU_Config *config; /* for the xlu_ functions */
    FILE *stream;
    char *text;
    size_t length;
};

/* What the library said: "unknown value for format", and near which word, which may be "". */
struct xlu_message {
    char *what;
    char *near;
};

/* False when there is no memory for it; xlu_capture_end is to be called all the same. */
bool xlu_capture_start(struct xlu_capture *capture);
/* Fills *ret with the first message, or empty strings; xlu_message_release frees it. */
void xlu_capture_end(struct xlu_capture *capture, struct xlu_message *ret);
void xlu_message_release(struct xlu_message *message);

#endif
