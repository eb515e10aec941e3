/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How a word names a domain, decided without looking at any host.
 *
 * Only digits are a domid, eight-four-four-four-twelve hexadecimal digits are a UUID, everything
 * else is a name. "name:123" names a guest that is called 123; "domid:7" and "uuid:..." say the
 * rest. Empty words, signs and numbers beyond the valid range are refused, never wrapped.
 */
#ifndef XN_MODEL_TARGET_H
#define XN_MODEL_TARGET_H

#include <stdint.h>

#include "base/error.h"
#include "model/domain.h"

/* The first domid that no guest can have (DOMID_FIRST_RESERVED in xen/public/xen.h). */
#define DOMID_FIRST_INVALID 0x7ff0

enum target_kind { TARGET_NAME, TARGET_DOMID, TARGET_UUID };

struct target {
    enum target_kind kind;
    uint32_t domid;
    char uuid[UUID_TEXT_SIZE]; /* lower case */
    const char *name;          /* points into the word */
};

/* ERR_USAGE for a word that can name nothing. */
int target_parse(const char *word, struct target *ret_target, struct error **error);
/* The domain of the list that is meant; NULL and ERR_DOMAIN_NOT_FOUND when there is none,
 * ERR_REFUSED when several domains carry that UUID or name. */
const struct domain *target_find(const struct target *target, const struct domain_list *list,
                                 const char *word, struct error **error);

#endif
