/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The decision about a guest's presence, and how it is told; see presence.h. */
#include "model/presence.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What xl and xn add to the name of a guest that is moving: on the target until it runs there, and
 * on the source once the target has everything. */
static const char *const copy_suffixes[] = { "--incoming", "--migratedaway" };

void presence_release(struct presence *presence)
{
    free(presence->word);
    free(presence->explanation);
    domain_release(&presence->domain);
    *presence = (struct presence){ 0 };
}

/* The length of the name without the suffix of a copy; 0: it is no copy. */
static size_t original_length(const char *name)
{
    size_t length = name ? strlen(name) : 0;

    for (size_t i = 0; i < ARRAY_SIZE(copy_suffixes); i++) {
        size_t suffix = strlen(copy_suffixes[i]);

        if (length > suffix && strcmp(name + length - suffix, copy_suffixes[i]) == 0)
            return length - suffix;
    }
    return 0;
}

enum likeness { LIKE_OTHER, LIKE_MAYBE, LIKE_SAME };

static enum likeness likeness_of_name(const char *name, const struct domain *domain)
{
    size_t length = original_length(domain->name);

    if (domain->name && strcmp(domain->name, name) == 0)
        return LIKE_SAME;
    if (length && length == strlen(name) && strncmp(domain->name, name, length) == 0)
        return LIKE_MAYBE;
    /* A dying one has lost its name already and will never run again. */
    return domain_is_nameless(domain) ? LIKE_MAYBE : LIKE_OTHER;
}

static enum likeness likeness(const struct target *target, const struct domain *domain)
{
    switch (target->kind) {
    case TARGET_NAME:
        return likeness_of_name(target->name, domain);
    case TARGET_UUID:
        if (strcmp(domain->uuid, target->uuid) != 0)
            return LIKE_OTHER;
        return original_length(domain->name) || domain_is_nameless(domain) ? LIKE_MAYBE : LIKE_SAME;
    case TARGET_DOMID:
        if (domain->domid != target->domid)
            return LIKE_OTHER;
        return domain_is_nameless(domain) ? LIKE_MAYBE : LIKE_SAME;
    }
    return LIKE_OTHER;
}

static void doubt_candidate(struct presence *presence, const struct domain *domain)
{
    auto_free char *text =
        domain->name
            ? xasprintf("domain %u is called '%s'", domain->domid, domain->name)
            : xasprintf("domain %u has no name: it is being built or taken away", domain->domid);

    presence_doubt(presence, text);
}

void presence_decide(const char *word, const struct target *target, const struct domain_list *list,
                     struct presence *presence)
{
    const struct domain *same = NULL, *maybe = NULL;

    *presence = (struct presence){ .status = PRESENCE_ABSENT, .word = xstrdup(word) };
    for (size_t i = 0; i < list->count; i++) {
        const struct domain *domain = &list->domains[i];
        enum likeness like = likeness(target, domain);

        if (like == LIKE_MAYBE && !maybe)
            maybe = domain;
        if (like == LIKE_SAME && same) {
            auto_free char *text =
                xasprintf("domains %u and %u both carry it", same->domid, domain->domid);

            presence_doubt(presence, text);
            return;
        }
        if (like == LIKE_SAME)
            same = domain;
    }
    /* Beside one that runs nothing else matters. */
    if (maybe && (!same || domain_has_ended(same))) {
        doubt_candidate(presence, maybe);
    } else if (same) {
        presence->domain = domain_copy(same);
        presence->status = domain_has_ended(same) ? PRESENCE_DEAD : PRESENCE_RUNS;
    }
}

void presence_doubt(struct presence *presence, const char *explanation)
{
    free(presence->explanation);
    presence->explanation = xstrdup(explanation);
    presence->status = PRESENCE_UNKNOWN;
}

void presence_text(const struct presence *presence, struct str *text)
{
    const struct domain *domain = &presence->domain;

    str_add_printable(text, presence->word, strlen(presence->word));
    switch (presence->status) {
    case PRESENCE_RUNS:
        str_addf(text, " is %s (domain %u)",
                 domain_is_suspended(domain) ? "suspended" : domain_state(domain), domain->domid);
        break;
    case PRESENCE_DEAD:
        if (domain->shutdown)
            str_addf(text, " has shut down, reason %s",
                     shutdown_reason_name(domain->shutdown_reason));
        else
            str_add(text, " is dying");
        str_addf(text, " (domain %u)", domain->domid);
        break;
    case PRESENCE_ABSENT:
        str_add(text, " is not here");
        break;
    case PRESENCE_UNKNOWN:
        str_add(text, " may or may not be here: ");
        str_add_printable(text, presence->explanation, strlen(presence->explanation));
        break;
    }
    str_add_char(text, '\n');
}

/* The columns: the keys of JSON. */

#define PRESENCE(row) ((const struct presence *)(row))

static bool is_found(const void *row)
{
    return PRESENCE(row)->domain.uuid[0] != '\0';
}

static void get_domain(const void *row, struct value *value)
{
    value_set_text(value,
                   PRESENCE(row)->domain.name ? PRESENCE(row)->domain.name : PRESENCE(row)->word);
}

static void get_domid(const void *row, struct value *value)
{
    if (is_found(row))
        value_set_uint(value, PRESENCE(row)->domain.domid);
}

static void get_uuid(const void *row, struct value *value)
{
    if (is_found(row))
        value_set_text(value, PRESENCE(row)->domain.uuid);
}

static void get_status(const void *row, struct value *value)
{
    static const char *const names[] = {
        [PRESENCE_RUNS] = "running",
        [PRESENCE_DEAD] = "dead",
        [PRESENCE_ABSENT] = "absent",
        [PRESENCE_UNKNOWN] = "unknown",
    };

    value_set_text(value, names[PRESENCE(row)->status]);
}

static void get_state(const void *row, struct value *value)
{
    if (is_found(row))
        value_set_text(value, domain_state(&PRESENCE(row)->domain));
}

static void get_shutdown_reason(const void *row, struct value *value)
{
    if (is_found(row) && PRESENCE(row)->domain.shutdown)
        value_set_text(value, shutdown_reason_name(PRESENCE(row)->domain.shutdown_reason));
}

static void get_explanation(const void *row, struct value *value)
{
    value_set_text(value, PRESENCE(row)->explanation);
}

static const struct column columns[] = {
    { .key = "domain",
      .title = "DOMAIN",
      .type = VALUE_TEXT,
      .get = get_domain,
      .help = "name of the domain, or the word that was given" },
    { .key = "domid",
      .title = "ID",
      .type = VALUE_UINT,
      .get = get_domid,
      .help = "number of the domain" },
    { .key = "uuid",
      .title = "UUID",
      .type = VALUE_TEXT,
      .get = get_uuid,
      .help = "UUID of the domain" },
    { .key = "status",
      .title = "STATUS",
      .type = VALUE_TEXT,
      .get = get_status,
      .help = "running, dead, absent or unknown: what the exit status says" },
    { .key = "state",
      .title = "STATE",
      .type = VALUE_TEXT,
      .get = get_state,
      .help = "running, blocked (idle), runnable, paused, shutdown or dying" },
    { .key = "shutdown_reason",
      .title = "REASON",
      .type = VALUE_TEXT,
      .get = get_shutdown_reason,
      .help = "why it shut down: poweroff, reboot, suspend, crash, watchdog, soft-reset" },
    { .key = "explanation",
      .title = "EXPLANATION",
      .type = VALUE_TEXT,
      .get = get_explanation,
      .help = "why nobody can tell" },
};

const struct column_table presence_columns = {
    .noun = "presence",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,domid,status,state",
};
