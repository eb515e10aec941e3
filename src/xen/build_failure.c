/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hints for failed builds; see build_failure.h. */
#include "xen/build_failure.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* QEMU says its reason last. */
#define LOG_TAIL  2048
#define LOG_LINES 6 /* the last is empty as a rule */

static bool says(const struct error *error, const char *words)
{
    for (size_t i = 0; i < error->detail.count; i++)
        if (strstr(error->detail.items[i], words))
            return true;
    return false;
}

/* The end of a file that was written to since then, or NULL; the caller frees it. */
static char *read_tail(const char *path, time_t since)
{
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status;
    char text[LOG_TAIL];
    off_t from;
    ssize_t got;

    if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || status.st_mtime < since)
        return NULL;
    from = status.st_size > LOG_TAIL ? status.st_size - LOG_TAIL : 0;
    got = pread(fd, text, sizeof(text), from);
    return got > 0 ? xstrndup(text, (size_t)got) : NULL;
}

static void add_lines(const char *text, struct error **error)
{
    auto_string_list lines = STRING_LIST_INIT;
    size_t first;

    string_list_split(&lines, text, '\n');
    first = lines.count > LOG_LINES ? lines.count - LOG_LINES : 0;
    for (size_t i = first; i < lines.count; i++) {
        auto_free char *line = xasprintf("QEMU: %s", lines.items[i]);

        if (*lines.items[i])
            error_detail(error, line);
    }
}

static void explain_model(const libxl_domain_config *config, time_t started, struct error **error)
{
    auto_free char *path = xasprintf(XEN_LOG_DIR "/qemu-dm-%s.log", config->c_info.name);
    auto_free char *tail = NULL;

    if (strchr(config->c_info.name, '/'))
        return; /* it would lead elsewhere */
    tail = read_tail(path, started);
    if (!tail)
        return;
    add_lines(tail, error);
    error_hint(error, "QEMU's log is '%s'", path);
}

/* libxl says which file it could not open, but not which one it could not use. */
static bool is_about_kernel(const struct error *error)
{
    return says(error, "xc_dom_find_loader") || says(error, "xc_dom_parse") ||
           ((says(error, "xc_dom_kernel_file") || says(error, "xc_dom_{kernel_file")) &&
            !says(error, "failed to open file"));
}

void xen_build_failure_explain(const libxl_domain_config *config, time_t started,
                               struct error **error)
{
    const char *kernel = config->b_info.kernel;

    if (!error || !*error)
        return;
    if (says(*error, "device model"))
        explain_model(config, started, error);
    else if (kernel && is_about_kernel(*error))
        error_hint(error, "the kernel is '%s': is it one that can run as a %s guest?", kernel,
                   libxl_domain_type_to_string(config->c_info.type));
}
