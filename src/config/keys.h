/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The arrays of rows that key.c joins to the table of keys, one file each. */
#ifndef XN_CONFIG_KEYS_H
#define XN_CONFIG_KEYS_H

#include "config/key.h"

extern const struct config_key keys_general[];
extern const struct config_key keys_cpus[];
extern const struct config_key keys_memory[];
extern const struct config_key keys_boot[];
extern const struct config_key keys_events[];
extern const struct config_key keys_disk[];
extern const struct config_key keys_net[];
extern const struct config_key keys_display[];
extern const struct config_key keys_hvm[];
extern const struct config_key keys_model[];
extern const struct config_key keys_passthrough[];
extern const struct config_key keys_devices[];
extern const struct config_key keys_arm[];

/* Choices that builders share with the rows. */
extern const struct key_choice tsc_modes[];
extern const struct key_choice timer_modes[];
extern const struct key_choice altp2m_modes[];
extern const struct key_choice viridian_groups[];
extern const struct key_choice gfx_kinds[];

/* The words of on_poweroff and its kind; the values are libxl_action_on_shutdown. */
extern const struct key_choice shutdown_actions[];

#endif
