/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn vncviewer: the screen of a guest. */
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/domain.h"
#include "xen/viewer.h"

struct vncviewer_args {
    bool password;
    const char *domain;
};

static int run(struct env *env, void *data, struct error **error)
{
    const struct vncviewer_args *args = data;
    auto_xen_host *host = NULL;
    struct domain domain = { 0 };
    int result;

    if (common_open_host(env, &host, error) < 0 ||
        xen_domain_find(host, args->domain, &domain, error) < 0)
        return -1;
    if (domain.domid == 0) {
        error_set(error, ERR_REFUSED, "domain 0 has no screen of its own");
        result = error_hint(error, "it is the machine's; look there");
    } else {
        result = xen_viewer_exec(host, &domain, args->password, error);
    }
    domain_release(&domain);
    return result;
}

static const struct option_spec options[] = {
    OPTION_FLAG('a', "autopass", struct vncviewer_args, password,
                "hand the screen's password to the viewer"),
    OPTION_FLAG_HIDDEN(0, "vncviewer-autopass", struct vncviewer_args, password,
                       "the same, in another spelling of xl"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct vncviewer_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "vncviewer win", "the screen of the guest win" },
    { "vncviewer -a win", "without asking for the password" },
    { NULL, NULL },
};

const struct command cmd_vncviewer = {
    .name = "vncviewer",
    .group = GROUP_LIFECYCLE,
    .summary = "show the screen of a guest in a VNC viewer",
    .description = "Runs the program that the environment variable VNCVIEWER names, or else\n"
                   "vncviewer, in place of this command.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct vncviewer_args),
    .run = run,
};
