/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands about disks and CD drives share: the names of disks. */
#ifndef XN_COMMANDS_DISK_WORDS_H
#define XN_COMMANDS_DISK_WORDS_H

#include "cli/spec.h"

/* ERR_USAGE when the word can name no disk. */
int disk_words_check_vdev(const char *word, struct error **error);
/* For completion: the disks of the domain that was typed, or its CD drives only. */
void disk_words_offer(const struct string_list *arguments, bool cdroms, struct string_list *list);
/* The first name that the domain has no disk of yet, behind lead. */
void disk_words_offer_free(const struct string_list *arguments, const char *lead,
                           struct string_list *list);

#endif
