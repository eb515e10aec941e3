/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stderr, turned into a file in memory for a while; see script_words.h. */
#include "xen/script_words.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

/* A script that writes more has its end cut off. */
#define WORDS_MAX 4096

void script_words_begin(struct xen_host *host, struct script_words *words)
{
    *words = (struct script_words){ .saved_fd = -1, .kept_fd = -1 };
    if (xen_host_is_live(host))
        return;
    words->kept_fd = memfd_create("script", MFD_CLOEXEC);
    if (words->kept_fd >= 0)
        words->saved_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (words->saved_fd >= 0)
        (void)dup2(words->kept_fd, STDERR_FILENO);
}

/* Scripts that fail say so in xenstore, too; what libxl repeats of it is in the sentence. */
static bool says_it_already(const struct error *error, const char *line)
{
    return strstr(error->message, line) || strstr(error->message, ": its script says: ");
}

static void add_words(const char *text, struct error **error)
{
    auto_string_list lines = STRING_LIST_INIT;
    const char *last = NULL;

    string_list_split(&lines, text, '\n');
    for (size_t i = 0; i < lines.count; i++) {
        auto_free char *line = NULL;

        if (!*lines.items[i])
            continue;
        last = lines.items[i];
        line = xasprintf("script: %s", last);
        error_detail(error, line);
    }
    if (last && (*error)->code == ERR_LIBXL && !says_it_already(*error, last)) {
        auto_free char *sentence = TAKE((*error)->message);
        auto_free char *words = printable(last);

        (*error)->message = xasprintf("%s: its script says: %s", sentence, words);
    }
}

void script_words_end(struct script_words *words, struct error **error)
{
    char text[WORDS_MAX + 1] = "";
    ssize_t got = 0;

    if (words->saved_fd >= 0) {
        (void)dup2(words->saved_fd, STDERR_FILENO);
        got = pread(words->kept_fd, text, WORDS_MAX, 0);
    }
    close_fd(&words->saved_fd);
    close_fd(&words->kept_fd);
    if (got > 0 && *error)
        add_words(text, error);
}
