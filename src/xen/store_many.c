/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Questions to xenstored one behind the other; see store_many.h.
 *
 * libxenstore waits for each answer before it sends the next question, which costs two switches of
 * processes per node. The protocol (docs/misc/xenstore.txt of Xen) allows several outstanding
 * requests on a connection, whose answers carry the number of the request.
 */
#include "xen/store_many.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <xen/io/xs_wire.h>

#include "base/mem.h"
#include "xen/store.h"

#define STORE_SOCKET "/var/run/xenstored/socket"

/* Their requests fit into any socket's buffer, so that sending never waits for answers to be
 * read. */
#define BATCH 64

/* Fewer are not worth a connection of their own. */
#define FEW 3

static int connect_store(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = STORE_SOCKET };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
        close_fd(&fd);
    return fd;
}

static void add_request(struct str *bytes, uint32_t number, const char *path)
{
    struct xsd_sockmsg head = { .type = XS_READ,
                                .req_id = number,
                                .len = (uint32_t)strlen(path) + 1 };

    str_add_bytes(bytes, &head, sizeof(head));
    str_add_bytes(bytes, path, head.len);
}

static int send_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);

        if (sent < 0 && errno != EINTR)
            return -1;
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
    return 0;
}

static int receive_all(int fd, void *buffer, size_t length)
{
    char *to = buffer;

    while (length > 0) {
        ssize_t got = recv(fd, to, length, 0);

        if (got == 0)
            errno = ECONNRESET;
        if (got == 0 || (got < 0 && errno != EINTR))
            return -1;
        if (got > 0) {
            to += got;
            length -= (size_t)got;
        }
    }
    return 0;
}

/* One answer; an error other than "not there" (access, a quota) counts as that, too. */
static int receive_answer(int fd, size_t first, size_t last, char **texts)
{
    struct xsd_sockmsg head;
    auto_free char *text = NULL;

    if (receive_all(fd, &head, sizeof(head)) < 0)
        return -1;
    if (head.len > XENSTORE_PAYLOAD_MAX || head.req_id < first || head.req_id >= last) {
        errno = EPROTO;
        return -1;
    }
    text = xcalloc(1, head.len + 1);
    if (receive_all(fd, text, head.len) < 0)
        return -1;
    if (head.type == XS_READ && !texts[head.req_id])
        texts[head.req_id] = TAKE(text);
    return 0;
}

static int read_batch(int fd, const char *const *paths, size_t first, size_t last, char **texts)
{
    auto_str requests = STR_INIT;

    for (size_t i = first; i < last; i++)
        add_request(&requests, (uint32_t)i, paths[i]);
    if (send_all(fd, requests.text, requests.length) < 0)
        return -1;
    for (size_t i = first; i < last; i++)
        if (receive_answer(fd, first, last, texts) < 0)
            return -1;
    return 0;
}

/* The ordinary way, where xenstore is a domain of its own or there are few questions. */
static int read_each(struct xen_host *host, const char *const *paths, size_t count, char **texts,
                     struct error **error)
{
    struct xs_handle *store;
    unsigned length;

    if (xen_store(host, &store, error) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        texts[i] = xs_read(store, XBT_NULL, paths[i], &length);
        if (!texts[i] && errno != ENOENT && errno != EACCES)
            return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", paths[i]);
    }
    return 0;
}

static int read_all(struct xen_host *host, const char *const *paths, size_t count, char **texts,
                    struct error **error)
{
    auto_fd int fd = count > FEW ? connect_store() : -1;

    if (fd < 0)
        return read_each(host, paths, count, texts, error);
    for (size_t first = 0; first < count; first += BATCH) {
        size_t last = first + BATCH < count ? first + BATCH : count;

        if (read_batch(fd, paths, first, last, texts) < 0)
            return error_set_errno(error, ERR_XENSTORE, "cannot read from xenstore");
    }
    return 0;
}

int xen_store_read_many(struct xen_host *host, const char *const *paths, size_t count, char **texts,
                        struct error **error)
{
    memset(texts, 0, count * sizeof(*texts));
    if (read_all(host, paths, count, texts, error) == 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        free(texts[i]);
        texts[i] = NULL;
    }
    return -1;
}
