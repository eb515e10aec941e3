/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Capturing what libxlutil would print; see xlu.h. */
#include "config/xlu.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SOURCE_NAME "xn"

void xlu_capture_start(struct xlu_capture *capture)
{
    *capture = (struct xlu_capture){ .config = NULL };
    capture->stream = open_memstream(&capture->text, &capture->length);
    if (capture->stream)
        capture->config = xlu_cfg_init(capture->stream, SOURCE_NAME);
    if (!capture->config)
        abort();
}

/* "xn: config parsing error in disk specification: unknown value `x' for format: near `y' in `z'" is
 * cut to "unknown value 'x' for format". */
static char *core_of(const char *message)
{
    static const char *const prefixes[] = { SOURCE_NAME ": ", "config parsing error in ",
                                            "disk specification: " };
    const char *end = strstr(message, ": near `");
    char *core;

    for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
        if (strncmp(message, prefixes[i], strlen(prefixes[i])) == 0)
            message += strlen(prefixes[i]);
    if (!end || end < message)
        end = message + strcspn(message, "\n");
    core = xstrndup(message, (size_t)(end - message));
    for (char *quote = core; (quote = strchr(quote, '`'));)
        *quote = '\'';
    return core;
}

char *xlu_capture_end(struct xlu_capture *capture)
{
    char *message;

    xlu_cfg_destroy(capture->config);
    fclose(capture->stream);
    message = core_of(capture->text ? capture->text : "");
    free(capture->text);
    return message;
}

/* The word between the first two quotes of the message, where the item has it. */
static struct place quoted_place(const struct setting_value *item, const char *message)
{
    const char *open = strchr(message, '\''), *close = open ? strchr(open + 1, '\'') : NULL;
    auto_free char *word = close ? xstrndup(open + 1, (size_t)(close - open - 1)) : NULL;
    const char *found = word && *word ? strstr(setting_text(item), word) : NULL;

    if (!found)
        return item->place;
    return setting_part(item, (size_t)(found - setting_text(item)), strlen(word));
}

void report_spec(struct build *build, const struct setting_value *item, const char *name,
                 const char *message)
{
    struct place place = quoted_place(item, message);
    const struct config_key *key = key_find(name);
    struct diagnostic *diagnostic =
        build_error(build, "bad-spec", &place, "%s: %s", name, *message ? message : "not valid");

    if (key && key->example)
        diagnostic_hint(diagnostic, "an example is %s", key->example);
}
