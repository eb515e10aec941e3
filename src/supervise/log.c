/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing the supervisor's log; see log.h. */
#include "supervise/log.h"

#include <stdarg.h>
#include <time.h>

#include "base/mem.h"

void log_say(FILE *log, const struct log_subject *subject, const char *format, ...)
{
    auto_free char *name = printable(subject->name ? subject->name : "-");
    auto_free char *text = NULL;
    char stamp[32] = "";
    time_t now = time(NULL);
    struct tm utc;
    va_list args;

    if (gmtime_r(&now, &utc))
        strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
    va_start(args, format);
    text = xvasprintf(format, args);
    va_end(args);
    fprintf(log, "%s %s (domain %u, %s): %s\n", stamp, name, subject->domid, subject->uuid, text);
    fflush(log);
}

void log_say_error(FILE *log, const struct log_subject *subject, const char *what,
                   const struct error *error)
{
    log_say(log, subject, "%s: %s", what, error->message);
    for (size_t i = 0; i < error->detail.count; i++)
        log_say(log, subject, "  %s", error->detail.items[i]);
    if (error->hint)
        log_say(log, subject, "  %s", error->hint);
}
