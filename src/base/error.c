/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors with a code, context, detail and a hint; see error.h. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct {
    const char *name;
    enum status status;
} codes[] = {
    [ERR_FAILED] = { "failed", STATUS_FAILED },
    [ERR_USAGE] = { "usage", STATUS_USAGE },
    [ERR_CONFIG] = { "config-invalid", STATUS_FAILED },
    [ERR_FILE] = { "file", STATUS_FAILED },
    [ERR_DOMAIN_NOT_FOUND] = { "domain-not-found", STATUS_NOT_FOUND },
    [ERR_DEVICE_NOT_FOUND] = { "device-not-found", STATUS_NOT_FOUND },
    [ERR_POOL_NOT_FOUND] = { "pool-not-found", STATUS_NOT_FOUND },
    [ERR_NO_XEN] = { "no-xen", STATUS_UNKNOWN },
    [ERR_PERMISSION] = { "permission-denied", STATUS_UNKNOWN },
    [ERR_XENSTORE] = { "xenstore-silent", STATUS_UNKNOWN },
    [ERR_PARTIAL] = { "partial", STATUS_PARTIAL },
    [ERR_EXISTS] = { "exists", STATUS_FAILED },
    [ERR_NO_MEMORY] = { "no-memory", STATUS_FAILED },
    [ERR_TIMEOUT] = { "timeout", STATUS_FAILED },
    [ERR_REFUSED] = { "refused", STATUS_FAILED },
    [ERR_NOT_SUPPORTED] = { "not-supported", STATUS_FAILED },
    [ERR_INTERRUPTED] = { "interrupted", STATUS_FAILED },
    [ERR_OUTPUT] = { "output", STATUS_FAILED },
    [ERR_LIBXL] = { "libxl", STATUS_FAILED },
};

const char *error_code_name(enum error_code code)
{
    return codes[code].name;
}

enum status error_code_status(enum error_code code)
{
    return codes[code].status;
}

enum status error_status(const struct error *error)
{
    return error ? error_code_status(error->code) : STATUS_DONE;
}

/* Takes text. */
static char *printable_line(char *text)
{
    char *line = printable(text);

    free(text);
    return line;
}

int error_set(struct error **error, enum error_code code, const char *format, ...)
{
    va_list args;

    if (!error)
        return -1;
    *error = xcalloc(1, sizeof(**error));
    (*error)->code = code;
    va_start(args, format);
    (*error)->message = printable_line(xvasprintf(format, args));
    va_end(args);
    return -1;
}

int error_set_errno(struct error **error, enum error_code code, const char *format, ...)
{
    const char *reason = strerror(errno);
    auto_free char *message = NULL;
    va_list args;

    va_start(args, format);
    message = xvasprintf(format, args);
    va_end(args);
    return error_set(error, code, "%s: %s", message, reason);
}

int error_wrap(struct error **error, const char *format, ...)
{
    auto_free char *old = NULL, *context = NULL;
    va_list args;

    if (!error || !*error)
        return -1;
    va_start(args, format);
    context = printable_line(xvasprintf(format, args));
    va_end(args);
    old = (*error)->message;
    (*error)->message = xasprintf("%s: %s", context, old);
    return -1;
}

int error_hint(struct error **error, const char *format, ...)
{
    va_list args;

    if (!error || !*error || (*error)->hint)
        return -1;
    va_start(args, format);
    (*error)->hint = printable_line(xvasprintf(format, args));
    va_end(args);
    return -1;
}

int error_detail(struct error **error, const char *text)
{
    if (!error || !*error)
        return -1;
    while (*text) {
        const char *end = strchrnul(text, '\n');

        if (end > text)
            string_list_take(&(*error)->detail,
                             printable_line(xstrndup(text, (size_t)(end - text))));
        text = *end ? end + 1 : end;
    }
    return -1;
}

void error_free(struct error *error)
{
    if (!error)
        return;
    free(error->message);
    free(error->hint);
    string_list_release(&error->detail);
    free(error);
}

void error_clear(struct error **error)
{
    error_free(*error);
    *error = NULL;
}

int error_move(struct error **to, struct error *from)
{
    if (to)
        *to = from;
    else
        error_free(from);
    return -1;
}
