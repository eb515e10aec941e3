/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interfaces on their way into a bridge and out of it; see vif.h. */
#include "hotplug/vif.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>

#include "base/mem.h"
#include "base/number.h"
#include "hotplug/link.h"

struct vif {
    struct job job; /* its path is that of the network interface, also of a "tap" */
    bool emulated, coming;
    int socket;
    unsigned domid, devid;
    const char *kernel_name;
    char *path;
    char *name; /* what it is called from here on: the administrator may have chosen */
    char *bridge;
    char *mtu; /* NULL: that of the bridge */
};

bool vif_parse_name(const char *name, bool emulated, unsigned *ret_domid, unsigned *ret_devid)
{
    auto_free char *again = NULL;

    if (sscanf(name, "vif%5u.%9u", ret_domid, ret_devid) != 2)
        return false;
    again = xasprintf("vif%u.%u%s", *ret_domid, *ret_devid, emulated ? "-emu" : "");
    return strcmp(again, name) == 0;
}

/* The job as libxl gives it, before xenstore is asked. */
static bool understand(struct vif *vif, const struct job *job, const char *kernel_name)
{
    bool going = strcmp(job->command, vif->emulated ? "remove" : "offline") == 0;

    vif->coming = strcmp(job->command, vif->emulated ? "add" : "online") == 0;
    if (!kernel_name || (!vif->coming && !going) ||
        !vif_parse_name(kernel_name, vif->emulated, &vif->domid, &vif->devid))
        return false;
    vif->kernel_name = kernel_name;
    /* libxl names one path for both devices, but the script finds that of a "tap" by its name. */
    vif->path = vif->emulated
                    ? xasprintf("/local/domain/0/backend/vif/%u/%u", vif->domid, vif->devid)
                    : xstrdup(job->path);
    vif->job = *job;
    vif->job.path = vif->path;
    return true;
}

static bool ask(struct vif *vif)
{
    auto_free char *chosen = NULL;

    if (!job_read(&vif->job, &chosen, "%s/vifname", vif->job.path) ||
        !job_read(&vif->job, &vif->bridge, "%s/bridge", vif->job.path) ||
        !job_read(&vif->job, &vif->mtu, "%s/mtu", vif->job.path))
        return false;
    if (chosen && *chosen)
        vif->name = xasprintf("%s%s", chosen, vif->emulated ? "-emu" : "");
    else
        vif->name = xstrdup(vif->kernel_name);
    /* Without a bridge the script looks for one; an old name of a bridge it translates. */
    return vif->bridge && link_exists(vif->socket, vif->bridge);
}

static bool is_renamed(const struct vif *vif)
{
    return strcmp(vif->name, vif->kernel_name) != 0;
}

/* 0: none is to be set. False: what stands there is no number. */
static bool wanted_mtu(const struct vif *vif, unsigned *ret_mtu)
{
    uint64_t number;

    if (vif->mtu && *vif->mtu) {
        if (!parse_uint(vif->mtu, INT_MAX, &number))
            return false;
        *ret_mtu = (unsigned)number;
    } else {
        *ret_mtu = link_mtu(vif->socket, vif->bridge);
    }
    return true;
}

/* The guest's driver reads it; an emulated card has no such thing. */
static bool tell_mtu(const struct vif *vif, unsigned mtu)
{
    auto_free char *text = xasprintf("%u", mtu);

    return vif->emulated ||
           job_write(&vif->job, text, "/local/domain/%u/device/vif/%u/mtu", vif->domid, vif->devid);
}

/* All of it can be done once more by the script. A driver may refuse address and size. */
static bool join(const struct vif *vif)
{
    unsigned mtu;

    if (!wanted_mtu(vif, &mtu) || !link_set_up(vif->socket, vif->name, false))
        return false;
    (void)link_set_dummy_address(vif->socket, vif->name);
    if (link_has_addresses(vif->name))
        return false;
    if (mtu) {
        (void)link_set_mtu(vif->socket, vif->name, mtu);
        if (!tell_mtu(vif, mtu))
            return false;
    }
    return link_join(vif->socket, vif->bridge, vif->name) &&
           link_set_up(vif->socket, vif->name, true) &&
           (vif->emulated || job_write(&vif->job, "connected", "%s/hotplug-status", vif->job.path));
}

/* The script would take a device of that name for somebody else's. */
static enum verdict take_back_name(const struct vif *vif)
{
    auto_free char *sentence = NULL;

    if (!is_renamed(vif))
        return JOB_FOR_SCRIPT;
    (void)link_set_up(vif->socket, vif->name, false);
    if (link_rename(vif->socket, vif->name, vif->kernel_name))
        return JOB_FOR_SCRIPT;
    sentence = xasprintf("ip link set %s name %s failed", vif->name, vif->kernel_name);
    return job_broken(&vif->job, sentence);
}

static enum verdict come(const struct vif *vif)
{
    if (is_renamed(vif) && (link_exists(vif->socket, vif->name) ||
                            !link_rename(vif->socket, vif->kernel_name, vif->name)))
        return JOB_FOR_SCRIPT;
    return join(vif) ? JOB_DONE : take_back_name(vif);
}

/* The kernel may have taken it away already, and the script is content with that. */
static enum verdict go(const struct vif *vif)
{
    (void)link_set_up(vif->socket, vif->name, false);
    (void)link_leave(vif->socket, vif->bridge, vif->name);
    return JOB_DONE;
}

static enum verdict run(struct vif *vif)
{
    enum verdict verdict;

    vif->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (vif->socket < 0 || !ask(vif))
        return JOB_FOR_SCRIPT;
    verdict = vif->coming ? come(vif) : go(vif);
    if (verdict == JOB_DONE)
        syslog(LOG_DEBUG, "%s: Successful vif-bridge %s for %s, bridge %s.", vif->job.script,
               vif->job.command, vif->name, vif->bridge);
    return verdict;
}

enum verdict vif_run(const struct job *job, const char *vif_name, const char *emulated)
{
    struct vif vif = { .emulated = strcmp(job->type, "tap") == 0, .socket = -1 };
    enum verdict verdict = JOB_FOR_SCRIPT;

    if ((vif.emulated || strcmp(job->type, "vif") == 0) &&
        understand(&vif, job, vif.emulated ? emulated : vif_name))
        verdict = run(&vif);
    close_fd(&vif.socket);
    free(vif.path);
    free(vif.name);
    free(vif.bridge);
    free(vif.mtu);
    return verdict;
}
