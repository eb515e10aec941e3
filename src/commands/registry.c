/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of all commands. */
#include "commands/registry.h"

#define COMMAND(name) &cmd_##name,
const struct command *const all_commands[] = {
#include "commands/all.def"
    NULL,
};
#undef COMMAND
