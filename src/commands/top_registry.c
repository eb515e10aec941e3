/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands of the program xn-top: one. */
#include "commands/registry.h"

const struct command *const all_commands[] = { &cmd_top, NULL };
