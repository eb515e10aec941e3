/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Using libxlutil's parsers of single values without letting them print. */
#ifndef XN_CONFIG_XLU_H
#define XN_CONFIG_XLU_H

#include <libxlutil.h>
#include <stdio.h>

#include "config/build.h"

struct xlu_capture {
    XLU_Config *config; /* for the xlu_ functions */
    FILE *stream;
    char *text;
    size_t length;
};

/* Ends the process when memory runs out, as the functions of base/mem.h do. */
void xlu_capture_start(struct xlu_capture *capture);
/* What was said, without the library's own prefix, on one line; "" for nothing. The caller frees it. */
char *xlu_capture_end(struct xlu_capture *capture);

/* Reports that the library refused an item of the key name, pointing to the word that message quotes. */
void report_spec(struct build *build, const struct setting_value *item, const char *name,
                 const char *message);

#endif
