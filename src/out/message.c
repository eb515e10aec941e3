/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors on stderr; see message.h. */
#include "out/message.h"

#include "out/json.h"

static void error_as_json(FILE *stream, const struct error *error)
{
    struct json *json = json_new();

    json_error(json, error);
    fputs(json_result(json), stream);
    json_free(json);
}

static void error_as_text(FILE *stream, const char *program, const char *command,
                          const struct error *error)
{
    auto_str text = STR_INIT;

    str_addf(&text, "%s: ", program);
    if (command)
        str_addf(&text, "%s: ", command);
    str_addf(&text, "%s\n", error->message);
    for (size_t i = 0; i < error->detail.count; i++)
        str_addf(&text, "  %s\n", error->detail.items[i]);
    if (error->hint)
        str_addf(&text, "hint: %s\n", error->hint);
    /* One write, so that lines of commands running side by side stay whole. */
    fwrite(text.text, 1, text.length, stream);
}

void message_error(FILE *stream, enum output_format format, const char *program,
                   const char *command, const struct error *error)
{
    if (!*error->message)
        return;
    if (format == FORMAT_JSON)
        error_as_json(stream, error);
    else
        error_as_text(stream, program, command, error);
    fflush(stream);
}
