/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands that give a guest a device or take it away share: the guest, the outcome, the
 * time that the user allows, and signals. */
#ifndef XN_COMMANDS_DEVICE_CHANGE_H
#define XN_COMMANDS_DEVICE_CHANGE_H

#include "cli/spec.h"
#include "config/config.h"
#include "model/outcome.h"
#include "xen/host.h"

/* The change itself, once the guest is known. It says in outcome->result what came of it
 * ("attached"), and in outcome->device which device (a string from malloc), and must call
 * xen_domain_verify right before it acts. Signals are being caught: waits end with them. */
typedef int (*device_changer)(struct env *env, struct xen_host *host, struct outcome *outcome,
                              void *context, struct error **error);

struct device_change {
    const char *action; /* "network-attach"; static */
    const char *domain; /* the word for the guest */
    /* Why domain 0 is refused: "will not DOING domain 0 ..."; NULL: it may have such devices, too.
     */
    const char *not_domain0;
    device_changer change;
    void *context;
};

/* Connects, finds the guest, changes, and reports as common_report does, whose status it returns.
 * Errors of the change are in the outcome. */
int device_change_run(struct env *env, const struct device_change *change, struct error **error);

/* Whether the words of a device can be understood, for .check of a command, before any host is
 * touched. ERR_USAGE. */
int device_change_check(const char *key, const struct string_list *words, struct error **error);
/* One device from the words of the command line (config_read_device) with xl.conf's defaults for a
 * guest of this domain's type ("pv", "pvh", "hvm" or NULL). Warnings are printed as those of the
 * command action. config was initialised by the caller, who disposes of it. */
int device_change_read(const struct env *env, const char *action, const char *key,
                       const struct string_list *words, const char *type,
                       libxl_domain_config *config, struct error **error);

/* The same, and the host is asked what the device would meet there (xen_preflight_device). */
int device_change_read_checked(const struct env *env, struct xen_host *host, const char *action,
                               const char *key, const struct string_list *words,
                               const struct domain *domain, libxl_domain_config *config,
                               struct error **error);

/* What --dry-run prints, as xl does: "vkb: ", libxl's JSON of the device and an empty line; nothing
 * when the results are asked for as JSON. json_text is freed, NULL an error. Sets the result. */
int device_change_print(const struct env *env, const char *key, char *json_text,
                        struct outcome *outcome, struct error **error);

#endif
