/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All commands, from all.def. */
#ifndef XN_COMMANDS_REGISTRY_H
#define XN_COMMANDS_REGISTRY_H

#include "cli/complete.h"
#include "cli/spec.h"

#define COMMAND(name) extern const struct command cmd_##name;
#include "commands/all.def"
#undef COMMAND

extern const struct command *const all_commands[];

/* Completion words that need the host. */
extern const struct completers all_completers;

#endif
