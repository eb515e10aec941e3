/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words that name domains; see target.h. */
#include "model/target.h"

#include <string.h>
#include <strings.h>
#include <uuid/uuid.h>

#include "base/number.h"

static int parse_domid(const char *text, const char *word, struct target *target,
                       struct error **error)
{
    uint64_t domid;

    if (!parse_uint(text, DOMID_FIRST_INVALID - 1, &domid)) {
        error_set(error, ERR_USAGE, "'%s' is not a domain number", word);
        return error_hint(error, "a domain number lies between 0 and %d", DOMID_FIRST_INVALID - 1);
    }
    target->kind = TARGET_DOMID;
    target->domid = (uint32_t)domid;
    return 0;
}

static bool parse_uuid(const char *text, struct target *target)
{
    uuid_t uuid;

    if (uuid_parse(text, uuid) < 0)
        return false;
    uuid_unparse_lower(uuid, target->uuid);
    target->kind = TARGET_UUID;
    return true;
}

static int parse_name(const char *text, struct target *target, struct error **error)
{
    if (!*text)
        return error_set(error, ERR_USAGE, "empty domain name");
    target->kind = TARGET_NAME;
    target->name = text;
    return 0;
}

int target_parse(const char *word, struct target *target, struct error **error)
{
    *target = (struct target){ 0 };
    if (starts_with(word, "name:"))
        return parse_name(word + strlen("name:"), target, error);
    if (starts_with(word, "domid:"))
        return parse_domid(word + strlen("domid:"), word, target, error);
    if (starts_with(word, "uuid:")) {
        if (parse_uuid(word + strlen("uuid:"), target))
            return 0;
        return error_set(error, ERR_USAGE, "'%s' is not a UUID", word + strlen("uuid:"));
    }
    if (*word && strspn(word, "0123456789") == strlen(word))
        return parse_domid(word, word, target, error);
    if ((*word == '-' || *word == '+') && word[1] &&
        strspn(word + 1, "0123456789") == strlen(word + 1)) {
        error_set(error, ERR_USAGE, "'%s' is not a domain number: it has a sign", word);
        return error_hint(error, "write name:%s if a guest is really called that", word);
    }
    if (parse_uuid(word, target))
        return 0;
    return parse_name(word, target, error);
}

static bool target_matches(const struct target *target, const struct domain *domain)
{
    switch (target->kind) {
    case TARGET_DOMID:
        return domain->domid == target->domid;
    case TARGET_UUID:
        return strcasecmp(domain->uuid, target->uuid) == 0;
    case TARGET_NAME:
        return domain->name && strcmp(domain->name, target->name) == 0;
    }
    return false;
}

static void not_found(const struct target *target, const struct domain_list *list, const char *word,
                      struct error **error)
{
    switch (target->kind) {
    case TARGET_DOMID:
        error_set(error, ERR_DOMAIN_NOT_FOUND, "no domain has the number %u", target->domid);
        for (size_t i = 0; i < list->count; i++)
            if (list->domains[i].name && strcmp(list->domains[i].name, word) == 0)
                error_hint(error, "the guest that is called '%s' is meant by name:%s", word, word);
        break;
    case TARGET_UUID:
        error_set(error, ERR_DOMAIN_NOT_FOUND, "no domain has the UUID %s", target->uuid);
        break;
    case TARGET_NAME:
        error_set(error, ERR_DOMAIN_NOT_FOUND, "no domain named '%s'", target->name);
        break;
    }
    error_hint(error, "'xn list' shows the domains that are here");
}

const struct domain *target_find(const struct target *target, const struct domain_list *list,
                                 const char *word, struct error **error)
{
    const struct domain *found = NULL;

    for (size_t i = 0; i < list->count; i++) {
        if (!target_matches(target, &list->domains[i]))
            continue;
        if (found) {
            error_set(error, ERR_REFUSED, "'%s' is ambiguous: domains %u and %u both carry it",
                      word, found->domid, list->domains[i].domid);
            error_hint(error, "name the domain by its number");
            return NULL;
        }
        found = &list->domains[i];
    }
    if (!found)
        not_found(target, list, word, error);
    return found;
}
