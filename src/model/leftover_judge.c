/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is a leftover and what may be done about it; see leftover.h. In doubt: none, and nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/leftover.h"

#define INCOMING      "--incoming"
#define MIGRATED_AWAY "--migratedaway"

/* As xl reads it: a beginning will do. */
static bool is_subcommand(const char *word, const char *name)
{
    return word[0] && starts_with(name, word);
}

static unsigned xl_work(const struct string_list *arguments, bool detached)
{
    const char *word = "";

    for (size_t i = 1; i < arguments->count && !word[0]; i++)
        if (arguments->items[i][0] != '-')
            word = arguments->items[i];
    /* The process that looks after a guest still has the words that it was started with. */
    if (is_subcommand(word, "create") || is_subcommand(word, "restore") ||
        is_subcommand(word, "migrate-receive") || is_subcommand(word, "remus-receive")) {
        if (detached)
            return TOOL_MAY_BUILD;
        /* "migrate" is a beginning of both; so is what is shorter. */
        return is_subcommand(word, "migrate") ? TOOL_BUILDS | TOOL_SAVES : TOOL_BUILDS;
    }
    if (is_subcommand(word, "migrate") || is_subcommand(word, "save") ||
        is_subcommand(word, "remus") || is_subcommand(word, "suspend"))
        return TOOL_SAVES;
    return 0;
}

unsigned leftover_tool_work(const char *comm, const struct string_list *arguments, bool detached)
{
    static const char *const daemons[] = { "libvirtd",   "virtxend", "virtxld",         "xenopsd",
                                           "xenopsd-xc", "xapi",     "xenopsd-simulat", "qubesd" };

    if (starts_with(comm, "libxl-save-help")) {
        const char *mode = arguments->count > 1 ? arguments->items[1] : "";

        return strcmp(mode, "--restore-domain") == 0 ? TOOL_BUILDS
               : strcmp(mode, "--save-domain") == 0  ? TOOL_SAVES
                                                     : TOOL_BUILDS | TOOL_SAVES;
    }
    if (strcmp(comm, "xl") == 0)
        return xl_work(arguments, detached);
    for (size_t i = 0; i < ARRAY_SIZE(daemons); i++)
        if (strcmp(comm, daemons[i]) == 0)
            return TOOL_MAY_BUILD | TOOL_MAY_SAVE;
    return 0;
}

static bool is_guest(const struct domain *domain)
{
    return domain->domid != 0 && !domain->never_stop;
}

static bool has_suffix(const struct domain *domain, const char *suffix)
{
    return domain->name && ends_with(domain->name, suffix) && strlen(domain->name) > strlen(suffix);
}

bool leftover_is_suspicious(const struct domain *domain)
{
    return is_guest(domain) &&
           (domain->dying || domain_is_suspended(domain) || domain_has_never_run(domain) ||
            has_suffix(domain, INCOMING) || has_suffix(domain, MIGRATED_AWAY));
}

static bool is_same(const struct domain *before, const struct domain *now)
{
    return before->domid == now->domid && strcmp(before->uuid, now->uuid) == 0 &&
           before->memory_kib == now->memory_kib && before->claimed_kib == now->claimed_kib &&
           before->vcpus_online == now->vcpus_online && before->cpu_time_ns == now->cpu_time_ns &&
           before->dying == now->dying;
}

static bool set(struct leftover *ret, enum leftover_kind kind, enum leftover_action action,
                bool guarded, char *explanation)
{
    ret->kind = kind;
    ret->action = action;
    ret->guarded = guarded;
    ret->explanation = explanation;
    return true;
}

static bool judge_zombie(const struct domain *now, struct leftover *ret)
{
    return set(ret, LEFTOVER_ZOMBIE, CLEAN_NOTHING, false,
               xasprintf("it was destroyed, but %llu pages of it are still held",
                         (unsigned long long)now->memory_kib / 4));
}

static bool judge_incoming(const struct domain *now, struct leftover *ret)
{
    if (!domain_has_never_run(now))
        return set(ret, LEFTOVER_INCOMING, CLEAN_NOTHING, false,
                   xstrdup("a migration to this host ended before the guest got its name back, and "
                           "it has run here: this may be the only good copy. If it is, 'xn rename' "
                           "it; never let it run here and on the other host at the same time"));
    return set(ret, LEFTOVER_INCOMING, CLEAN_DESTROY, true,
               xstrdup(now->vcpus_online == 0
                           ? "a migration to this host ended before this copy was whole; it cannot "
                             "run. Destroyed only with --kind=incoming"
                           : "a migration to this host ended before this copy was let run. Two "
                             "running copies of a guest ruin its disks: look at the other host "
                             "before one is started or ended. Destroyed only with "
                             "--kind=incoming"));
}

static bool judge_migrated_away(const struct domain *now, struct leftover *ret)
{
    if (!domain_is_suspended(now))
        return set(ret, LEFTOVER_MIGRATED_AWAY, CLEAN_NOTHING, false,
                   xstrdup("a migration from this host was not finished, and this copy is not "
                           "asleep: if the guest runs on the other host too, two copies write to "
                           "the same disks; end one of them by hand"));
    return set(ret, LEFTOVER_MIGRATED_AWAY, CLEAN_DESTROY, true,
               xstrdup("a migration from this host was not finished; the guest may run on the "
                       "other host. If it does, this copy must never run again (two running "
                       "copies ruin the disks); if it does not, this is the only one. If xn moved "
                       "it, 'xn recover' says which; else look there, then 'xn rename' and 'xn "
                       "resume'. Destroyed only with --kind=migrated-away"));
}

static bool judge_suspended(struct leftover *ret)
{
    return set(ret, LEFTOVER_SUSPENDED, CLEAN_RESUME, true,
               xstrdup("asleep in memory, and nobody is saving or moving it: left by a killed save "
                       "or migration, or by 'xn suspend'. If a copy of it runs elsewhere it must "
                       "not go on, as both would write to the same disks. Resumed only with "
                       "--kind=suspended"));
}

/* Why it could not be destroyed without being asked, NULL when it can. */
static const char *half_built_doubt(const struct domain_circumstances *known)
{
    if (known->work & TOOL_MAY_BUILD)
        return "as far as can be seen: a toolstack daemon runs here, and may be at it";
    if (!known->of_libxl)
        return "but libxl knows nothing of it, so another tool may have made it on purpose";
    return NULL;
}

static bool judge_half_built(const struct domain *now, const struct domain_circumstances *known,
                             struct leftover *ret)
{
    const char *what = now->vcpus_online == 0 ? "it has no virtual CPU yet"
                       : now->memory_kib == 0 ? "it has no memory yet"
                       : !now->name           ? "it has no name"
                       : known->of_libxl && !known->has_stored_config
                           ? "its devices were not finished"
                           : NULL;
    const char *doubt = half_built_doubt(known);

    if (!what || known->serves_another)
        return false;
    return set(ret, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, doubt != NULL,
               xasprintf("its creation was killed: %s, it has never run, and nobody is building it"
                         "%s%s%s",
                         what, doubt ? " (" : "", doubt ? doubt : "",
                         doubt ? "); destroyed only with --kind=half-built" : ""));
}

bool leftover_judge_domain(const struct domain *before, const struct domain *now,
                           const struct domain_circumstances *known, struct leftover *ret)
{
    bool building = known->creation_locked || (known->work & TOOL_BUILDS);
    bool saving = known->save_locked || (known->work & TOOL_SAVES);

    if (!is_guest(now) || !is_guest(before) || strcmp(before->uuid, now->uuid) != 0)
        return false;
    if (now->dying)
        return is_same(before, now) && judge_zombie(now, ret);
    if (has_suffix(now, INCOMING))
        return !building && judge_incoming(now, ret);
    if (has_suffix(now, MIGRATED_AWAY))
        return !saving && judge_migrated_away(now, ret);
    if (domain_is_suspended(now))
        return domain_is_suspended(before) && !saving && !building && judge_suspended(ret);
    return domain_has_never_run(now) && is_same(before, now) && !building &&
           judge_half_built(now, known, ret);
}

bool leftover_judge_loop(const struct loop_facts *facts)
{
    static const char script[] = "/block";
    char expected[32];
    uint32_t number;

    if (!facts->node || !facts->params || !facts->script || !facts->backing_file ||
        facts->used_by_domain || facts->used_here)
        return false;
    if (!leftover_parse_loop(facts->node, &number) || !ends_with(facts->script, script) ||
        facts->params[0] != '/' || strcmp(facts->params, facts->backing_file) != 0)
        return false;
    snprintf(expected, sizeof(expected), "7:%x", number);
    return facts->physical_device && strcmp(facts->physical_device, expected) == 0;
}
