/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The progress line; see progress.h. */
#include "out/progress.h"

#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#define ERASE_LINE "\r\033[K"

enum { USUAL_WIDTH = 80 };

void progress_init(struct progress *progress, FILE *stream, bool forced)
{
    *progress = (struct progress){ .stream = stream };
    progress->enabled = forced || isatty(fileno(stream));
}

static size_t line_width(FILE *stream)
{
    struct winsize size;

    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return USUAL_WIDTH;
}

/* The length in bytes of the first characters of a valid text. The last place of a line stays
 * free, because some terminals wrap there. */
static size_t cut_length(const char *text, size_t length, size_t characters)
{
    size_t end = 0;

    for (; characters > 1 && end < length; characters--)
        end += utf8_length(text + end, length - end);
    return end;
}

void progress_show(struct progress *progress, const char *format, ...)
{
    auto_free char *raw = NULL;
    auto_str line = STR_INIT;
    va_list args;

    if (!progress->enabled)
        return;
    va_start(args, format);
    raw = xvasprintf(format, args);
    va_end(args);
    str_add_printable(&line, raw, strlen(raw));
    /* Progress that cannot be shown is no reason to stop the work. */
    (void)fprintf(progress->stream, ERASE_LINE "%.*s",
                  (int)cut_length(line.text, line.length, line_width(progress->stream)),
                  str_text(&line));
    (void)fflush(progress->stream);
    progress->dirty = true;
}

void progress_clear(struct progress *progress)
{
    if (!progress->dirty)
        return;
    (void)fputs(ERASE_LINE, progress->stream);
    (void)fflush(progress->stream);
    progress->dirty = false;
}
