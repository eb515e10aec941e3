/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words for the completion of commands about devices; for .complete of struct command. All of it is
 * silent: where there is nothing to offer, nothing is. */
#ifndef XN_COMMANDS_DEVICE_COMPLETE_H
#define XN_COMMANDS_DEVICE_COMPLETE_H

#include "base/str.h"
#include "model/domain.h"
#include "xen/host.h"

/* The parts of a device ("vif", "disk" ...) as "bridge=", then "type=ioemu"; those that arguments
 * say already are left out. */
void device_complete_parts(const char *key, const struct string_list *arguments, const char *prefix,
                           struct string_list *list);
/* Connects and finds the domain that the first of the arguments names. False: it is not to be
 * had. The caller closes the host and releases the domain in any case. */
bool device_complete_open(const struct string_list *arguments, struct xen_host **ret_host,
                          struct domain *ret_domain);

#endif
