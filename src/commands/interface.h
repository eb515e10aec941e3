/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command table as data: what 'xn help --json' prints and the checks of the manual read. */
#ifndef XN_COMMANDS_INTERFACE_H
#define XN_COMMANDS_INTERFACE_H

#include "cli/spec.h"
#include "out/json.h"

/* Writes one object with every command that is not hidden, or only the given one. */
void interface_as_json(struct json *json, const struct command *only);

#endif
