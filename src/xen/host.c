/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening the host, catching libxl's log lines, and saying why there is no host. */
#include "xen/host.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <xenstore.h>
#include <xentoollog.h>

#include "base/mem.h"
#include "xen/calls.h"
#include "xen/store.h"

/* libxl can write a line per page of a broken stream; an error shows the last ones. */
#define LOG_LINES_KEPT 20

struct xen_host {
    xentoollog_logger logger; /* first: libxl hands us this pointer back */
    struct xen_host_options options;
    struct string_list lines;
    libxl_ctx *ctx;
    struct xs_handle *store;
    xc_interface *calls;
    int operations;
    void (*tell)(void *context, const char *doing, unsigned long done, unsigned long total);
    void *tell_context;
    void **kept;
    size_t kept_count;
};

static const libxl_childproc_hooks child_hooks = {
    .chldowner = libxl_sigchld_owner_libxl_always_selective_reap,
};

static void keep_line(struct xen_host *host, char *line)
{
    if (host->lines.count == LOG_LINES_KEPT) {
        free(host->lines.items[0]);
        memmove(host->lines.items, host->lines.items + 1,
                (LOG_LINES_KEPT - 1) * sizeof(*host->lines.items));
        host->lines.items[LOG_LINES_KEPT - 1] = line;
        return;
    }
    string_list_take(&host->lines, line);
}

static xentoollog_level live_level(const struct xen_host *host)
{
    switch (host->options.verbose) {
    case 0:
        return XTL_NONE;
    case 1:
        return XTL_INFO;
    case 2:
        return XTL_VERBOSE;
    default:
        return XTL_DEBUG;
    }
}

static void show_live(struct xen_host *host, xentoollog_level level, const char *line)
{
    char stamp[64] = "";
    time_t now = time(NULL);
    struct tm local;

    if (host->options.timestamps && localtime_r(&now, &local)) {
        size_t used = strftime(stamp, sizeof(stamp), "%Y-%m-%d %H:%M:%S %Z ", &local);

        snprintf(stamp + used, sizeof(stamp) - used, "[%ld] ", (long)getpid());
    }
    fprintf(host->options.live, "%s%s: %s\n", stamp, xtl_level_to_string(level), line);
}

static void __attribute__((format(printf, 5, 0)))
on_message(xentoollog_logger *logger, xentoollog_level level, int errnoval, const char *context,
           const char *format, va_list args)
{
    struct xen_host *host = (struct xen_host *)logger;
    auto_free char *text = xvasprintf(format, args);
    auto_free char *raw =
        errnoval >= 0 ? xasprintf("%s: %s: %s", context ? context : "xen", text, strerror(errnoval))
                      : xasprintf("%s: %s", context ? context : "xen", text);
    char *line = printable(raw);

    if (host->options.live && live_level(host) != XTL_NONE && level >= live_level(host))
        show_live(host, level, line);
    if (level >= XTL_WARN)
        keep_line(host, line);
    else
        free(line);
}

static void on_progress(xentoollog_logger *logger, const char *context, const char *doing,
                        int percent, unsigned long done, unsigned long total)
{
    struct xen_host *host = (struct xen_host *)logger;

    (void)context, (void)percent;
    if (host->tell && doing)
        host->tell(host->tell_context, doing, done, total);
}

void xen_host_tell_progress(struct xen_host *host,
                            void (*tell)(void *context, const char *doing, unsigned long done,
                                         unsigned long total),
                            void *context)
{
    host->tell = tell;
    host->tell_context = context;
}

/* The logger lives as long as the host, which frees it. */
static void on_destroy(xentoollog_logger *logger)
{
    (void)logger;
}

static bool file_says(const char *path, const char *word)
{
    char text[64] = "";
    auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

    return got > 0 && strstr(text, word);
}

static bool xenstore_answers(void)
{
    struct xs_handle *xs = xs_open(0);

    if (xs)
        xs_close(xs);
    return xs != NULL;
}

/* libxl says only that it could not; the user wants to know what is missing. */
static int explain_no_host(struct error **error)
{
    int saved = errno;

    if (!file_says("/sys/hypervisor/type", "xen") && access("/proc/xen", F_OK) < 0 &&
        access("/dev/xen/privcmd", F_OK) < 0) {
        error_set(error, ERR_NO_XEN, "this machine does not run the Xen hypervisor");
        return error_hint(error, "install it (Debian: apt install xen-system-amd64) and boot its "
                                 "entry, or try xn in a box with lab/demo of its sources");
    }
    if (access("/dev/xen/privcmd", R_OK | W_OK) < 0 && errno == EACCES) {
        error_set(error, ERR_PERMISSION, "no permission to talk to Xen");
        return error_hint(error, "run this as root, for example with sudo");
    }
    if (access("/proc/xen/capabilities", F_OK) == 0 &&
        !file_says("/proc/xen/capabilities", "control_d")) {
        error_set(error, ERR_PERMISSION, "this is a guest, not Xen's control domain");
        return error_hint(error, "run xn in domain 0 of the host");
    }
    if (!xenstore_answers()) {
        error_set(error, ERR_XENSTORE, "xenstore does not answer");
        return error_hint(error, "is xenstored running? see 'systemctl status xenstored'");
    }
    errno = saved;
    return error_set_errno(error, ERR_NO_XEN, "cannot talk to Xen");
}

static int no_host(const struct xen_host *host, struct error **error)
{
    explain_no_host(error);
    for (size_t i = 0; i < host->lines.count; i++)
        error_detail(error, host->lines.items[i]);
    return -1;
}

/* libxl aborts the process when it finds no descriptor in the middle of its work, for which it
 * needs far fewer than these. */
#define DESCRIPTORS_MIN 64

static int need_descriptors(struct error **error)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= DESCRIPTORS_MIN)
        return 0;
    if (limit.rlim_max >= DESCRIPTORS_MIN) {
        limit.rlim_cur = DESCRIPTORS_MIN;
        if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
            return 0;
    }
    error_set(error, ERR_FAILED, "no more than %llu files may be open, which is too few for libxl",
              (unsigned long long)limit.rlim_max);
    return error_hint(error, "raise the limit to %d or more: see 'ulimit -n'", DESCRIPTORS_MIN);
}

static int open_ctx(struct xen_host *host, struct error **error)
{
    if (need_descriptors(error) < 0)
        return -1;
    if (libxl_ctx_alloc(&host->ctx, LIBXL_VERSION, 0, &host->logger)) {
        host->ctx = NULL;
        return no_host(host, error);
    }
    libxl_childproc_setmode(host->ctx, &child_hooks, NULL);
    return 0;
}

int xen_host_open_to_ask(const struct xen_host_options *options, struct xen_host **ret_host,
                         struct error **error)
{
    struct xen_host *host = xcalloc(1, sizeof(*host));
    xc_interface *calls;

    host->logger.vmessage = on_message;
    host->logger.progress = on_progress;
    host->logger.destroy = on_destroy;
    host->options = *options;
    if (xen_calls(host, &calls, error) < 0) {
        xen_host_close(host);
        return -1;
    }
    *ret_host = host;
    return 0;
}

int xen_host_need_libxl(struct xen_host *host, struct error **error)
{
    return host->ctx ? 0 : open_ctx(host, error);
}

int xen_host_open(const struct xen_host_options *options, struct xen_host **ret_host,
                  struct error **error)
{
    struct xen_host *host;

    if (xen_host_open_to_ask(options, &host, error) < 0)
        return -1;
    if (xen_host_need_libxl(host, error) < 0) {
        xen_host_close(host);
        return -1;
    }
    *ret_host = host;
    return 0;
}

int xen_calls(struct xen_host *host, xc_interface **ret_calls, struct error **error)
{
    if (!host->calls)
        host->calls = xc_interface_open(&host->logger, NULL, 0);
    if (!host->calls)
        return no_host(host, error);
    *ret_calls = host->calls;
    return 0;
}

int xen_call_error(struct error **error, const char *doing)
{
    if (errno == EPERM || errno == EACCES)
        return explain_no_host(error);
    return error_set_errno(error, ERR_LIBXL, "%s", doing);
}

void xen_host_close(struct xen_host *host)
{
    if (!host)
        return;
    /* libxl aborts the process when a context is freed under a running operation; one is left only
     * when a deadline passed, and then the process ends anyway. */
    if (host->ctx && host->operations == 0)
        libxl_ctx_free(host->ctx);
    if (host->calls)
        xc_interface_close(host->calls);
    xen_store_rest(host);
    for (size_t i = 0; i < host->kept_count; i++)
        free(host->kept[i]);
    free(host->kept);
    string_list_release(&host->lines);
    free(host);
}

void xen_host_cleanup(struct xen_host **host)
{
    xen_host_close(*host);
}

int xen_host_reopen_in_child(struct xen_host *host, struct error **error)
{
    libxl_postfork_child_noexec(host->ctx);
    /* Left to the end of the process: they belong to operations and threads of the parent, and the
     * memory that hypercalls pass through is not in the child. */
    host->ctx = NULL;
    host->store = NULL;
    host->calls = NULL;
    return open_ctx(host, error);
}

libxl_ctx *xen_ctx(struct xen_host *host)
{
    return host->ctx;
}

int xen_store(struct xen_host *host, struct xs_handle **ret_store, struct error **error)
{
    if (!host->store)
        host->store = xs_open(0);
    if (!host->store) {
        error_set_errno(error, ERR_XENSTORE, "cannot connect to xenstore");
        return error_hint(error, "is xenstored running?");
    }
    *ret_store = host->store;
    return 0;
}

void xen_store_rest(struct xen_host *host)
{
    if (host->store)
        xs_close(host->store);
    host->store = NULL;
}

void xen_host_count_operations(struct xen_host *host, int change)
{
    host->operations += change;
}

bool xen_host_is_live(const struct xen_host *host)
{
    return host->options.live != NULL;
}

void *xen_host_keep(struct xen_host *host, void *memory)
{
    host->kept = xreallocarray(host->kept, host->kept_count + 1, sizeof(*host->kept));
    host->kept[host->kept_count++] = memory;
    return memory;
}

void xen_log_forget(struct xen_host *host)
{
    string_list_release(&host->lines);
}

static enum error_code code_of(int rc)
{
    switch (rc) {
    case ERROR_NOMEM:
        return ERR_NO_MEMORY;
    case ERROR_TIMEDOUT:
    case ERROR_GUEST_TIMEDOUT:
        return ERR_TIMEOUT;
    case ERROR_DOMAIN_NOTFOUND:
    case ERROR_DOMAIN_DESTROYED:
        return ERR_DOMAIN_NOT_FOUND;
    case ERROR_DEVICE_EXISTS:
        return ERR_EXISTS;
    case ERROR_NI:
    case ERROR_NOPARAVIRT:
    case ERROR_FEATURE_REMOVED:
        return ERR_NOT_SUPPORTED;
    case ERROR_ABORTED:
        return ERR_INTERRUPTED;
    default:
        return ERR_LIBXL;
    }
}

/* What libxl's name of the code adds to our sentence; NULL when it says nothing. */
static const char *meaning_of(int rc)
{
    switch (rc) {
    case ERROR_NOMEM:
        return "not enough memory";
    case ERROR_TIMEDOUT:
        return "timed out";
    case ERROR_GUEST_TIMEDOUT:
        return "the guest did not answer in time";
    case ERROR_DOMAIN_NOTFOUND:
        return "no such domain";
    case ERROR_DOMAIN_DESTROYED:
        return "the domain was destroyed meanwhile";
    case ERROR_NOPARAVIRT:
        return "the guest has no Xen drivers to answer the request";
    case ERROR_LOCK_FAIL:
        return "cannot take the lock of the domain";
    case ERROR_DEVICE_EXISTS:
        return "the device exists already";
    case ERROR_NI:
        return "not implemented by this Xen";
    case ERROR_ABORTED:
        return "interrupted";
    case ERROR_FAIL:
    case ERROR_INVAL:
        return NULL;
    default:
        return libxl_error_to_string(rc);
    }
}

int xen_error(struct xen_host *host, struct error **error, int rc, const char *format, ...)
{
    const char *meaning = meaning_of(rc);
    va_list args;

    if (!error)
        return -1;
    va_start(args, format);
    auto_free char *sentence = xvasprintf(format, args);
    va_end(args);
    error_set(error, code_of(rc), meaning ? "%s: %s" : "%s", sentence, meaning);
    for (size_t i = 0; i < host->lines.count; i++)
        error_detail(error, host->lines.items[i]);
    return -1;
}
