/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Nodes of xenstore without a domain, and marks of earlier domains; see leftover.h. Whatever
 * xenstore says is untrusted: names are only used when they have the form that Xen's tools give
 * them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "xen/domain.h"
#include "xen/leftover_parts.h"

#define BACKENDS "/local/domain/0/backend"

/* A removal is tried again when others were changing the same nodes; they change seldom. */
#define ATTEMPTS 10

int leftover_children(struct xs_handle *store, xs_transaction_t transaction, const char *path,
                      struct string_list *ret_names, struct error **error)
{
    unsigned count = 0;
    auto_free char **names = xs_directory(store, transaction, path, &count);

    if (!names && errno != ENOENT && errno != EINVAL)
        return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", path);
    for (unsigned i = 0; names && i < count; i++)
        string_list_add(ret_names, names[i]);
    return 0;
}

char *leftover_read(struct xs_handle *store, xs_transaction_t transaction, const char *path,
                    const char *name)
{
    auto_free char *full = xasprintf("%s/%s", path, name);
    unsigned length;

    return xs_read(store, transaction, full, &length);
}

/* A node of each domain, below root; domain 0 and what is no number are left alone. */
static int find_numbered(struct leftover_scan *scan, enum leftover_kind kind, const char *root,
                         const char *what, const char *more, struct error **error)
{
    auto_string_list names = STRING_LIST_INIT;
    uint32_t domid;

    if (!scan->search->kinds[kind])
        return 0;
    if (leftover_children(scan->store, XBT_NULL, root, &names, error) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        struct leftover *leftover;

        if (!leftover_parse_domid(names.items[i], &domid))
            continue;
        leftover = leftover_list_add(scan->list, kind, xasprintf("%s/%u", root, domid));
        leftover->domid = domid;
        leftover->action = CLEAN_REMOVE;
        leftover->explanation = xasprintf("%s domain %u, which is gone%s", what, domid, more);
    }
    return 0;
}

/* Of domain 0 only: the backends of a driver domain are its own. */
static int find_backends(struct leftover_scan *scan, struct error **error)
{
    auto_string_list kinds = STRING_LIST_INIT;

    if (!scan->search->kinds[LEFTOVER_BACKEND])
        return 0;
    if (leftover_children(scan->store, XBT_NULL, BACKENDS, &kinds, error) < 0)
        return -1;
    for (size_t i = 0; i < kinds.count; i++) {
        auto_free char *root = xasprintf(BACKENDS "/%s", kinds.items[i]);

        if (find_numbered(scan, LEFTOVER_BACKEND, root, "domain 0 still serves devices of", "",
                          error) < 0)
            return -1;
    }
    return 0;
}

static int find_vm_nodes(struct leftover_scan *scan, struct error **error)
{
    auto_string_list names = STRING_LIST_INIT;

    if (!scan->search->kinds[LEFTOVER_VM_NODE])
        return 0;
    if (leftover_children(scan->store, XBT_NULL, "/vm", &names, error) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        struct leftover *leftover;

        if (!leftover_is_uuid(names.items[i]))
            continue;
        leftover =
            leftover_list_add(scan->list, LEFTOVER_VM_NODE, xasprintf("/vm/%s", names.items[i]));
        memcpy(leftover->uuid, names.items[i], UUID_TEXT_SIZE);
        leftover->action = CLEAN_REMOVE;
        leftover->explanation = xstrdup("notes about a guest whose UUID no domain has");
    }
    return 0;
}

int leftover_find_nodes(struct leftover_scan *scan, struct error **error)
{
    if (find_backends(scan, error) < 0 ||
        find_numbered(scan, LEFTOVER_LIBXL_NODE, "/libxl", "libxl's notes about", "", error) < 0 ||
        find_numbered(scan, LEFTOVER_DOMAIN_NODE, "/local/domain", "the xenstore home of",
                      "; its name may still be taken for that of a guest", error) < 0)
        return -1;
    return find_vm_nodes(scan, error);
}

bool leftover_vm_is_used(struct leftover_scan *scan, const char *path)
{
    for (size_t i = 0; i < scan->now.count; i++) {
        auto_free char *home = xasprintf("/local/domain/%u", scan->now.domains[i].domid);
        auto_free char *vm = leftover_read(scan->store, XBT_NULL, home, "vm");

        if (vm && strcasecmp(vm, path) == 0)
            return true;
    }
    return false;
}

int leftover_find_marks(struct leftover_scan *scan, struct error **error)
{
    if (!scan->search->kinds[LEFTOVER_MARK])
        return 0;
    for (size_t i = 0; i < scan->now.count; i++) {
        const struct domain *domain = &scan->now.domains[i];
        auto_free char *home = xasprintf("/libxl/%u", domain->domid);
        char *mark = leftover_read(scan->store, XBT_NULL, home, "xn-supervised");
        struct leftover *leftover;

        if (!mark || domain->domid == 0 || strcmp(mark, domain->uuid) == 0) {
            if (!mark && errno != ENOENT)
                return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", home);
            free(mark);
            continue;
        }
        leftover =
            leftover_list_add(scan->list, LEFTOVER_MARK, xasprintf("%s/xn-supervised", home));
        leftover->domid = domain->domid;
        memcpy(leftover->uuid, domain->uuid, sizeof(leftover->uuid));
        leftover->action = CLEAN_REMOVE;
        leftover->explanation = xasprintf("xn's mark of a supervised guest, but with the UUID of "
                                          "another one (%s); it means nothing any more",
                                          mark);
        leftover->expected = mark;
    }
    return 0;
}

/* Removal. The transaction sees the node first, then asks the hypervisor: a domain of that number
 * that is made later writes to the node, and then the transaction does not come about. */

/* 1: still a leftover; 0: gone or in use; -1. */
static int is_still_left(struct leftover_scan *scan, xs_transaction_t transaction,
                         const struct leftover *leftover, struct error **error)
{
    int exists;

    if (leftover->kind == LEFTOVER_MARK) {
        const struct domain *domain = leftover_by_domid(&scan->now, leftover->domid);
        unsigned length;
        auto_free char *mark = xs_read(scan->store, transaction, leftover->subject, &length);

        return mark && domain && strcmp(mark, leftover->expected) == 0 &&
               strcmp(domain->uuid, leftover->uuid) == 0 && strcmp(mark, domain->uuid) != 0;
    }
    if (leftover->kind == LEFTOVER_VM_NODE) {
        auto_domain_list domains = { NULL, 0 };

        if (xen_domain_list(scan->host, 0, &domains, error) < 0)
            return -1;
        return !leftover_by_uuid(&domains, leftover->uuid) &&
               !leftover_vm_is_used(scan, leftover->subject);
    }
    exists = leftover_domain_exists(scan->host, leftover->domid, error);
    return exists < 0 ? -1 : !exists;
}

/* libxl takes away the folder of a kind of backends with the last of them. */
static int remove_empty_parent(struct xs_handle *store, xs_transaction_t transaction,
                               const char *path, struct error **error)
{
    auto_string_list others = STRING_LIST_INIT;
    auto_free char *parent = xstrndup(path, (size_t)(strrchr(path, '/') - path));

    if (leftover_children(store, transaction, parent, &others, error) < 0)
        return -1;
    if (others.count == 0 && !xs_rm(store, transaction, parent) && errno != ENOENT)
        return error_set_errno(error, ERR_XENSTORE, "cannot remove '%s' from xenstore", parent);
    return 0;
}

static int remove_in(struct leftover_scan *scan, xs_transaction_t transaction,
                     const struct leftover *leftover, struct error **error)
{
    unsigned count;
    auto_free char **children = xs_directory(scan->store, transaction, leftover->subject, &count);
    int left;

    if (!children && errno == ENOENT)
        return 0;
    if (!children)
        return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore",
                               leftover->subject);
    left = is_still_left(scan, transaction, leftover, error);
    if (left <= 0)
        return left;
    if (!xs_rm(scan->store, transaction, leftover->subject))
        return error_set_errno(error, ERR_XENSTORE, "cannot remove '%s' from xenstore",
                               leftover->subject);
    if (leftover->kind == LEFTOVER_BACKEND &&
        remove_empty_parent(scan->store, transaction, leftover->subject, error) < 0)
        return -1;
    return 1;
}

enum leftover_result leftover_clean_node(struct leftover_scan *scan, struct leftover *leftover,
                                         struct error **error)
{
    if (leftover->kind == LEFTOVER_BACKEND && leftover_names_loop(scan, leftover->subject)) {
        error_set(error, ERR_REFUSED, "'%s' is all that names a loop device that was left behind",
                  leftover->subject);
        error_hint(error, "clean that first: --kind=loop");
        return RESULT_FAILED;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        xs_transaction_t transaction = xs_transaction_start(scan->store);
        int removed;

        if (transaction == XBT_NULL) {
            error_set_errno(error, ERR_XENSTORE, "cannot start a transaction in xenstore");
            return RESULT_FAILED;
        }
        removed = remove_in(scan, transaction, leftover, error);
        if (removed <= 0) {
            xs_transaction_end(scan->store, transaction, true);
            return removed < 0 ? RESULT_FAILED : RESULT_GONE;
        }
        if (xs_transaction_end(scan->store, transaction, false))
            return RESULT_CLEANED;
        if (errno != EAGAIN)
            break;
    }
    error_set_errno(error, ERR_XENSTORE, "cannot remove '%s' from xenstore", leftover->subject);
    return RESULT_FAILED;
}
