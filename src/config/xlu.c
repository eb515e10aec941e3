/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Capturing what libxlutil would print; see xlu.h. */
#include "config/xlu.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define SOURCE_NAME "xn"

bool xlu_capture_start(struct xlu_capture *capture)
{
    *capture = (struct xlu_capture){ .config = NULL };
    capture->stream = open_memstream(&capture->text, &capture->length);
    if (capture->stream)
        capture->config = xlu_cfg_init(capture->stream, SOURCE_NAME);
    return capture->config != NULL;
}

/* A line is "xn: config parsing error in disk specification: WHAT: near `WORD' in `SPEC'". */
static void split_message(const char *text, struct xlu_message *ret)
{
    static const char *const prefixes[] = { SOURCE_NAME ": ", "config parsing error in ",
                                            "disk specification: " };
    const char *near = strstr(text, ": near `"), *in = strstr(text, " in `"), *end;

    for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
        if (starts_with(text, prefixes[i]))
            text += strlen(prefixes[i]);
    end = near ? near : in ? in : text + strcspn(text, "\n");
    ret->what = xstrndup(text, end > text ? (size_t)(end - text) : 0);
    near = near ? near + strlen(": near `") : NULL;
    end = near ? strstr(near, "' in `") : NULL;
    ret->near = end ? xstrndup(near, (size_t)(end - near)) : xstrdup("");
}

void xlu_capture_end(struct xlu_capture *capture, struct xlu_message *ret)
{
    xlu_cfg_destroy(capture->config); /* NULL is fine */
    if (capture->stream)
        fclose(capture->stream);
    split_message(capture->text ? capture->text : "", ret);
    free(capture->text);
}

void xlu_message_release(struct xlu_message *message)
{
    free(message->what);
    free(message->near);
}
