/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Network interfaces vifN.M of domains that are gone; see leftover.h. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "xen/leftover_parts.h"

/* An interface of Xen's own driver goes with its backend, a moment after it. */
#define VANISH_ROUNDS   30
#define VANISH_ROUND_MS 100

/* A device of a driver that is not Xen's only happens to have such a name. */
static bool is_foreign(const char *name)
{
    auto_free char *path = xasprintf("/sys/class/net/%s/device/driver", name);
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof(target) - 1);

    if (length < 0)
        return false;
    target[length] = '\0';
    return !ends_with(target, "/vif");
}

void leftover_find_vifs(struct leftover_scan *scan)
{
    DIR *folder = scan->search->kinds[LEFTOVER_VIF] ? opendir("/sys/class/net") : NULL;
    const struct dirent *entry;
    uint32_t domid;

    while (folder && (entry = readdir(folder))) {
        struct leftover *leftover;

        if (!leftover_parse_vif(entry->d_name, &domid) || is_foreign(entry->d_name))
            continue;
        leftover = leftover_list_add(scan->list, LEFTOVER_VIF, xstrdup(entry->d_name));
        leftover->domid = domid;
        leftover->action = CLEAN_REMOVE;
        leftover->explanation = xasprintf("a network interface of domain %u, which is gone", domid);
    }
    if (folder)
        closedir(folder);
}

/* 0, or an errno value. */
static int delete_interface(int index)
{
    struct {
        struct nlmsghdr header;
        struct ifinfomsg interface;
    } request = {
        .header = { .nlmsg_len = sizeof(request),
                    .nlmsg_type = RTM_DELLINK,
                    .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK },
        .interface = { .ifi_family = AF_UNSPEC, .ifi_index = index },
    };
    struct {
        struct nlmsghdr header;
        struct nlmsgerr answer;
        char rest[256];
    } reply;
    auto_fd int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    ssize_t got;

    if (fd < 0 || send(fd, &request, sizeof(request), 0) < 0)
        return errno;
    got = recv(fd, &reply, sizeof(reply), 0);
    if (got < 0)
        return errno;
    if ((size_t)got < sizeof(reply.header) + sizeof(reply.answer) ||
        reply.header.nlmsg_type != NLMSG_ERROR)
        return EPROTO;
    return -reply.answer.error;
}

static bool vanishes(const char *name)
{
    for (int round = 0; round < VANISH_ROUNDS && !interrupt_signal(); round++) {
        if (if_nametoindex(name) == 0)
            return true;
        (void)poll(NULL, 0, VANISH_ROUND_MS);
    }
    return if_nametoindex(name) == 0;
}

enum leftover_result leftover_clean_vif(struct leftover_scan *scan, struct leftover *leftover,
                                        struct error **error)
{
    unsigned index = if_nametoindex(leftover->subject);
    int exists, code;

    if (index == 0)
        return RESULT_GONE;
    /* The index was asked before: should the name change hands, the new one has another index. */
    exists = leftover_domain_exists(scan->host, leftover->domid, error);
    if (exists)
        return exists < 0 ? RESULT_FAILED : RESULT_GONE;
    code = delete_interface((int)index);
    if (code == 0 || code == ENODEV)
        return RESULT_CLEANED;
    /* Xen's driver does not let an interface be deleted; it goes with the backend. */
    if (code == EOPNOTSUPP && vanishes(leftover->subject))
        return RESULT_CLEANED;
    errno = code;
    error_set_errno(error, ERR_FAILED, "cannot remove the interface '%s'", leftover->subject);
    if (code == EOPNOTSUPP)
        error_hint(error, "it goes with its backend: --kind=backend");
    return RESULT_FAILED;
}
