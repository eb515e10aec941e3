/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looking commands up in the table of all commands. */
#include "cli/spec.h"

#include <string.h>

const char *command_group_title(enum command_group group)
{
    switch (group) {
    case GROUP_LIFECYCLE:
        return "A guest's life";
    case GROUP_INFORMATION:
        return "Information about guests";
    case GROUP_RESOURCES:
        return "CPUs and memory";
    case GROUP_DEVICES:
        return "Devices of guests";
    case GROUP_CONFIGURATION:
        return "Configuration files";
    case GROUP_HOST:
        return "The host";
    case GROUP_SUPERVISION:
        return "Supervision";
    case GROUP_HELP:
        return "Help";
    case GROUP_NONE:
        break;
    }
    return "";
}

const struct command *command_find(command_list commands, const char *name, bool prefix_match)
{
    const struct command *found = NULL;
    size_t matches = 0;

    for (size_t i = 0; commands[i]; i++) {
        const struct command *command = commands[i];

        if (strcmp(command->name, name) == 0 ||
            (command->alias && strcmp(command->alias, name) == 0))
            return command;
        if (prefix_match && *name && !(command->flags & COMMAND_HIDDEN) &&
            starts_with(command->name, name)) {
            found = command;
            matches++;
        }
    }
    return matches == 1 ? found : NULL;
}
