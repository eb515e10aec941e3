/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands share that attach and detach a device which libxl knows by a number: a vtpm,
 * vkb, vdispl, vsnd or usbctrl. */
#ifndef XN_COMMANDS_PV_CHANGE_H
#define XN_COMMANDS_PV_CHANGE_H

#include "commands/device_change.h"
#include "commands/device_list.h"
#include "xen/pv_device.h"

struct pv_attach_args {
    bool dry_run;
    uint64_t timeout_ms;
    const char *domain;
    struct string_list words;
};

struct pv_detach_args {
    bool force;
    uint64_t timeout_ms;
    const char *domain, *device;
};

/* For the struct command. */
extern const struct option_spec pv_attach_options[];
extern const struct argument_spec pv_attach_arguments[];          /* at least one part */
extern const struct argument_spec pv_attach_optional_arguments[]; /* or none */
extern const struct option_spec pv_detach_options[];
extern const struct argument_spec pv_detach_arguments[];
void pv_attach_prepare(void *args);
void pv_detach_prepare(void *args);

/* Domain and parts, before any host is touched. ERR_USAGE. */
int pv_attach_check(const struct command *command, const struct pv_kind *kind,
                    const struct pv_attach_args *args, struct error **error);
/* Domain and number. ERR_USAGE. */
int pv_detach_check(const struct command *command, const struct pv_kind *kind,
                    const struct pv_detach_args *args, struct error **error);

int pv_attach_run(struct env *env, const char *action, const struct pv_kind *kind,
                  const struct pv_attach_args *args, struct error **error);
/* find turns the word for the device into its number; NULL: it is one. */
int pv_detach_run(struct env *env, const char *action, const struct pv_kind *kind,
                  const struct pv_detach_args *args,
                  int (*find)(struct xen_host *host, const struct domain *domain, const char *word,
                              int *ret_devid, struct error **error),
                  struct error **error);

/* device_list_run for a layout of xl's without titles. */
int pv_list_run_untitled(struct env *env, const struct device_listing *listing,
                         const struct string_list *words, struct error **error);

/* The parts of a device, behind the domain. */
void pv_complete_parts(const char *key, const struct string_list *arguments, const char *prefix,
                       struct string_list *list);
/* The numbers of the devices that the domain typed before has; only of the first word behind it. */
void pv_complete_devids(const struct device_listing *listing, const struct string_list *arguments,
                        struct string_list *list);
/* The rows of the domain that was typed; false: not to be had. Silent. */
bool pv_complete_rows(const struct device_listing *listing, const struct string_list *arguments,
                      struct device_rows *rows);

#endif
