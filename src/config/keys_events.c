/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys that say what becomes of a guest that ended. */
#include "config/build.h"
#include "config/keys.h"

const struct key_choice shutdown_actions[] = {
    { "destroy", LIBXL_ACTION_ON_SHUTDOWN_DESTROY, "remove the guest" },
    { "restart", LIBXL_ACTION_ON_SHUTDOWN_RESTART, "start it anew" },
    { "rename-restart", LIBXL_ACTION_ON_SHUTDOWN_RESTART_RENAME,
      "keep the old one under another name and start it anew" },
    { "preserve", LIBXL_ACTION_ON_SHUTDOWN_PRESERVE, "keep it as it is, to be looked at" },
    { "coredump-destroy", LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_DESTROY,
      "write its memory to a file and remove it" },
    { "coredump-restart", LIBXL_ACTION_ON_SHUTDOWN_COREDUMP_RESTART,
      "write its memory to a file and start it anew" },
    { "soft-reset", LIBXL_ACTION_ON_SHUTDOWN_SOFT_RESET,
      "give it a fresh virtual machine around its memory" },
    { NULL, 0, NULL },
};

#define ACTION(key, when, standard, first)                                                         \
    {                                                                                              \
#key, FORM_CHOICE, .choices = shutdown_actions, .guests = GUEST_ALL, .since = first,       \
                           .fallback = standard, .meaning = "what to do when the guest " when,     \
                           .example = #key " = \"preserve\"",                                      \
                           KEY_CHOICE(key, libxl_action_on_shutdown), .build = build_actions       \
    }

const struct config_key keys_events[] = {
    ACTION(on_poweroff, "powers itself off", "destroy", "4.1"),
    ACTION(on_reboot, "asks for a reboot", "restart", "4.1"),
    ACTION(on_watchdog, "lets its watchdog time out", "destroy", "4.1"),
    ACTION(on_crash, "crashes", "destroy", "4.1"),
    ACTION(on_soft_reset, "asks for a soft reset, as for kexec", "soft-reset", "4.7"),
    { .name = NULL },
};
