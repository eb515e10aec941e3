/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Speaks xenstore's protocol (xen/io/xs_wire.h) on a socket and keeps nodes in memory, for programs
 * that only read and write: xenstored-stand-in SOCKET [REFUSED]. A write to a node whose path ends
 * with REFUSED fails. Transactions are taken for granted; there are no watches and no permissions.
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <xen/io/xs_wire.h>

#include "base/mem.h"
#include "base/str.h"

#define CLIENTS_MAX 64
#define HOME        "/local/domain/0/"

struct node {
    char *path, *value;
};

struct store {
    struct node *nodes;
    size_t count;
    const char *refused; /* NULL: nothing is */
};

static char *whole_path(const char *path)
{
    return *path == '/' ? xstrdup(path) : xasprintf(HOME "%s", path);
}

static struct node *find(const struct store *store, const char *path)
{
    for (size_t i = 0; i < store->count; i++)
        if (strcmp(store->nodes[i].path, path) == 0)
            return &store->nodes[i];
    return NULL;
}

static void put(struct store *store, const char *path, const char *value, size_t length)
{
    struct node *node = find(store, path);

    if (!node) {
        store->nodes = xreallocarray(store->nodes, store->count + 1, sizeof(*store->nodes));
        node = &store->nodes[store->count++];
        *node = (struct node){ .path = xstrdup(path) };
    }
    free(node->value);
    node->value = xstrndup(value, length);
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strcmp(folder, "/") == 0 ? 0 : strlen(folder);

    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

/* Each name once, however many nodes are below it; -1 when there is no such folder. */
static int add_names(const struct store *store, const char *folder, struct str *reply)
{
    auto_string_list names = STRING_LIST_INIT;

    for (size_t i = 0; i < store->count; i++) {
        const char *path = store->nodes[i].path;
        auto_free char *name = NULL;

        if (!is_below(path, folder))
            continue;
        path += strcmp(folder, "/") == 0 ? 1 : strlen(folder) + 1;
        name = xstrndup(path, strcspn(path, "/"));
        if (!string_list_has(&names, name))
            string_list_add(&names, name);
    }
    for (size_t i = 0; i < names.count; i++)
        str_add_bytes(reply, names.items[i], strlen(names.items[i]) + 1);
    return names.count || find(store, folder) ? 0 : -1;
}

static void drop(struct store *store, const char *path)
{
    size_t kept = 0;

    for (size_t i = 0; i < store->count; i++) {
        if (strcmp(store->nodes[i].path, path) == 0 || is_below(store->nodes[i].path, path)) {
            free(store->nodes[i].path);
            free(store->nodes[i].value);
        } else {
            store->nodes[kept++] = store->nodes[i];
        }
    }
    store->count = kept;
}

/* The reply of a request, or the name of an error. */
static const char *answer(struct store *store, uint32_t type, const char *payload, size_t length,
                          struct str *reply)
{
    auto_free char *path = whole_path(payload);
    size_t used = strlen(payload) + 1;
    const struct node *node = find(store, path);

    switch (type) {
    case XS_READ:
        if (!node)
            return "ENOENT";
        str_add(reply, node->value);
        return NULL;
    case XS_DIRECTORY:
        return add_names(store, path, reply) < 0 ? "ENOENT" : NULL;
    case XS_WRITE:
        if (store->refused && ends_with(path, store->refused))
            return "ENOSPC";
        put(store, path, payload + used, length - used);
        break;
    case XS_RM:
        drop(store, path);
        break;
    case XS_TRANSACTION_START:
        str_add_bytes(reply, "1", 2);
        return NULL;
    case XS_TRANSACTION_END:
        break;
    default:
        return "ENOSYS";
    }
    str_add_bytes(reply, "OK", 3);
    return NULL;
}

static bool read_all(int fd, void *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        ssize_t got = read(fd, (char *)bytes + at, length - at);

        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

/* One request; false when the client has gone. */
static bool serve(struct store *store, int fd)
{
    char payload[XENSTORE_PAYLOAD_MAX + 1];
    struct xsd_sockmsg header;
    auto_str reply = STR_INIT;
    const char *error;

    if (!read_all(fd, &header, sizeof(header)) || header.len > XENSTORE_PAYLOAD_MAX ||
        !read_all(fd, payload, header.len))
        return false;
    payload[header.len] = '\0';
    error = answer(store, header.type, payload, header.len, &reply);
    if (error) {
        str_clear(&reply);
        str_add_bytes(&reply, error, strlen(error) + 1);
        header.type = XS_ERROR;
    }
    header.len = (uint32_t)reply.length;
    return send(fd, &header, sizeof(header), MSG_NOSIGNAL) == sizeof(header) &&
           send(fd, str_text(&reply), reply.length, MSG_NOSIGNAL) == (ssize_t)reply.length;
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (strlen(path) >= sizeof(address.sun_path))
        return -1;
    strcpy(address.sun_path, path);
    if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, CLIENTS_MAX) < 0)
        return -1;
    return fd;
}

int main(int argc, char **argv)
{
    struct store store = { .refused = argc > 2 ? argv[2] : NULL };
    struct pollfd fds[CLIENTS_MAX + 1];
    nfds_t count = 1;

    fds[0] = (struct pollfd){ .fd = argc > 1 ? listen_at(argv[1]) : -1, .events = POLLIN };
    if (fds[0].fd < 0) {
        fprintf(stderr, "xenstored-stand-in: cannot listen: %s\n", strerror(errno));
        return 1;
    }
    while (poll(fds, count, -1) >= 0) {
        for (nfds_t i = count; i-- > 1;)
            if (fds[i].revents && !serve(&store, fds[i].fd)) {
                close_fd(&fds[i].fd);
                fds[i] = fds[--count];
            }
        if (fds[0].revents && count <= CLIENTS_MAX)
            fds[count++] = (struct pollfd){ .fd = accept(fds[0].fd, NULL, NULL), .events = POLLIN };
    }
    return 1;
}
