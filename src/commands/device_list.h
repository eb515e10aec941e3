/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the lists of devices (network-list, block-list, vtpm-list ...) share: words or all domains
 * to rows, and rows to a listing. */
#ifndef XN_COMMANDS_DEVICE_LIST_H
#define XN_COMMANDS_DEVICE_LIST_H

#include "commands/common.h"
#include "model/device.h"

struct device_listing {
    const char *command; /* "network-list" */
    const struct column_table *table;
    const struct xl_column *xl_columns;
    size_t xl_count;
    /* xl ends at a name that it does not know, with the devices of those before it and a failure;
     * otherwise it goes on and succeeds. Counts under the name xl only: xn lists the others and
     * says in its status that one was not found. */
    bool xl_ends_at_unknown;
    /* Adds the devices of these domains, in this order. A domain or device that goes away meanwhile
     * is left out. details of columns that are not wanted need not be asked for. */
    int (*collect)(struct xen_host *host, const struct domain *const *domains, size_t count,
                   bool all_columns, struct device_rows *rows, struct error **error);
};

/* The arguments of every such command, for its struct command. */
struct device_list_args {
    struct string_list domains;
};
extern const struct argument_spec device_list_arguments[];

/* The run of such a command: the devices of the domains that words name, or of all of them. Returns
 * what .run returns. */
int device_list_run(struct env *env, const struct device_listing *listing,
                    const struct string_list *words, struct error **error);

/* Rows that were made elsewhere (pci-assignable-list ...), through the same listing. */
int device_list_print(const struct env *env, const struct device_listing *listing,
                      const struct device_rows *rows, struct error **error);

#endif
