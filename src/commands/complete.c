/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn __complete: the words that the shell may offer; hidden, asked by bash-completion/xn. */
#include <string.h>

#include "base/mem.h"
#include "cli/complete.h"
#include "commands/device_complete.h"
#include "commands/guests.h"
#include "commands/registry.h"
#include "config/key.h"
#include "config/pool.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/facts.h"
#include "xen/pool.h"

struct complete_args {
    struct string_list words;
};

/* Only what the shell can take without quoting. */
static void offer_name(const char *name, const char *prefix, struct string_list *list)
{
    if (*name && starts_with(name, prefix) &&
        name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                          "._-+@%")] == '\0')
        string_list_add(list, name);
}

/* No host, no names. */
static void complete_domain(const struct completion *asked, struct string_list *list)
{
    struct xen_host_options options = { 0 };
    auto_xen_host *host = NULL;
    auto_domain_list domains = { NULL, 0 };
    auto_error error = NULL;

    if (xen_host_open_to_ask(&options, &host, &error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &domains, &error) < 0)
        return;
    for (size_t i = 0; i < domains.count; i++)
        if (domains.domains[i].name)
            offer_name(domains.domains[i].name, asked->prefix, list);
}

/* Names that files give to guests; a running one need not be started. */
static void complete_guest(const struct completion *asked, struct string_list *list)
{
    auto_guest_files files = GUEST_FILES_INIT;
    auto_error error = NULL;

    if (guest_files_scan(GUESTS_FOLDER, &files, &error) < 0)
        return;
    for (size_t i = 0; i < files.count; i++)
        if (files.items[i].name)
            offer_name(files.items[i].name, asked->prefix, list);
}

static void complete_command(const struct completion *asked, struct string_list *list)
{
    for (size_t i = 0; all_commands[i]; i++)
        if (!(all_commands[i]->flags & COMMAND_HIDDEN) &&
            starts_with(all_commands[i]->name, asked->prefix))
            string_list_add(list, all_commands[i]->name);
}

/* Keys that do something; before is put in front of each, behind after it. */
static void add_keys(const struct config_key *keys, const char *before, const char *behind,
                     struct string_list *list)
{
    for (; keys && keys->name; keys++)
        if (!keys->ignored && !keys->unavailable)
            string_list_take(list, xasprintf("%s%s%s", before, keys->name, behind));
}

static void complete_key(const struct completion *asked, struct string_list *list)
{
    const char *prefix = asked->prefix;
    const char *dot = strchr(prefix, '.');
    auto_free char *name = dot ? xstrndup(prefix, (size_t)(dot - prefix)) : NULL;
    auto_free char *before = dot ? xstrndup(prefix, (size_t)(dot - prefix) + 1) : NULL;
    const struct config_key *key = dot ? key_find(name) : NULL;

    if (key)
        add_keys(key->parts, before, "", list);
    for (const struct key_section *section = key_sections(); !dot && section->title; section++)
        add_keys(section->keys, "", "", list);
}

/* "sched=", then "sched=credit". */
static void complete_pool_config(struct string_list *list)
{
    for (const char *const *scheduler = pool_config_schedulers; *scheduler; scheduler++)
        string_list_take(list, xasprintf("sched=%s", *scheduler));
    for (const char *const *key = pool_config_keys; *key; key++)
        if (strcmp(*key, "sched") != 0)
            string_list_take(list, xasprintf("%s=", *key));
}

/* "on_reboot=", then "on_reboot=restart". */
static void complete_config(const struct completion *asked, struct string_list *list)
{
    const char *prefix = asked->prefix;
    const char *equals = strchr(prefix, '=');
    auto_free char *name = equals ? xstrndup(prefix, (size_t)(equals - prefix)) : NULL;
    const struct config_key *key = equals ? key_find(name) : NULL;

    if (asked->command == &cmd_cpupool_create) {
        complete_pool_config(list);
        return;
    }
    for (const struct key_choice *choice = key ? key->choices : NULL; choice && choice->text;
         choice++)
        string_list_take(list, xasprintf("%s=%s", name, choice->text));
    if (key && key->form == FORM_BOOL) {
        string_list_take(list, xasprintf("%s=0", name));
        string_list_take(list, xasprintf("%s=1", name));
    }
    /* All keys beside all files would be too much. */
    for (const struct key_section *section = key_sections(); *prefix && !equals && section->title;
         section++)
        add_keys(section->keys, "", "=", list);
}

static void complete_pool(const struct completion *asked, struct string_list *list)
{
    struct xen_host_options options = { 0 };
    auto_xen_host *host = NULL;
    auto_pool_list pools = { NULL, 0 };
    auto_error error = NULL;

    if (xen_host_open_to_ask(&options, &host, &error) < 0 ||
        xen_pool_list(host, &pools, &error) < 0)
        return;
    for (size_t i = 0; i < pools.count; i++)
        offer_name(pools.pools[i].name, asked->prefix, list);
}

/* The last of several, "0-1,node:1". */
static void complete_cpus(const struct completion *asked, struct string_list *list)
{
    const char *prefix = asked->prefix;
    const char *comma = strrchr(prefix, ',');
    int front = comma ? (int)(comma + 1 - prefix) : 0;
    auto_xen_host *host = NULL;
    auto_error error = NULL;
    struct xen_host_options options = { 0 };
    struct host_facts facts;

    if (xen_host_open(&options, &host, &error) < 0 || xen_host_facts(host, &facts, &error) < 0)
        return;
    for (unsigned cpu = 0; cpu < facts.cpus; cpu++)
        string_list_take(list, xasprintf("%.*s%u", front, prefix, cpu));
    for (unsigned node = 0; facts.nodes > 1 && node < facts.nodes; node++)
        string_list_take(list, xasprintf("%.*snode:%u", front, prefix, node));
    if (!front)
        string_list_add(list, "all");
}

static uint32_t most_vcpus(void)
{
    struct xen_host_options options = { 0 };
    auto_xen_host *host = NULL;
    auto_domain_list domains = { NULL, 0 };
    auto_error error = NULL;
    uint32_t most = 0;

    if (xen_host_open_to_ask(&options, &host, &error) < 0 ||
        xen_domain_list(host, 0, &domains, &error) < 0)
        return 0;
    for (size_t i = 0; i < domains.count; i++)
        most = domains.domains[i].vcpus_max > most ? domains.domains[i].vcpus_max : most;
    return most;
}

/* Those of the domain that was typed; where an option names it, as many as the biggest has. */
static void complete_vcpu(const struct completion *asked, struct string_list *list)
{
    auto_xen_host *host = NULL;
    auto_domain domain = { 0 };
    uint32_t count = 0;

    string_list_add(list, "all");
    if (!asked->arguments->count)
        count = most_vcpus();
    else if (device_complete_open(asked->arguments, &host, &domain))
        count = domain.vcpus_max;
    for (uint32_t vcpu = 0; vcpu < count; vcpu++)
        string_list_take(list, xasprintf("%u", vcpu));
}

const struct completers all_completers = {
    .by_kind = {
        [KIND_DOMAIN] = complete_domain,
        [KIND_GUEST] = complete_guest,
        [KIND_COMMAND] = complete_command,
        [KIND_CONFIG] = complete_config,
        [KIND_KEY] = complete_key,
        [KIND_POOL] = complete_pool,
        [KIND_CPUS] = complete_cpus,
        [KIND_VCPU] = complete_vcpu,
    },
};

static int run(struct env *env, void *data, struct error **error)
{
    struct complete_args *args = data;
    auto_string_list words = STRING_LIST_INIT;
    auto_str text = STR_INIT;

    if (args->words.count == 0)
        string_list_add(&args->words, "");
    complete(all_commands, &all_completers, (int)args->words.count, args->words.items, &words);
    for (size_t i = 0; i < words.count; i++) {
        str_add(&text, words.items[i]);
        str_add_char(&text, '\n');
    }
    return output_text(env->out, str_text(&text), text.length, error);
}

static const struct argument_spec arguments[] = {
    ARGUMENTS_OPTIONAL("WORD", struct complete_args, words, KIND_TEXT,
                       "the words of the command line so far, the last one unfinished"),
    ARGUMENT_END,
};

const struct command cmd_complete = {
    .name = "__complete",
    .group = GROUP_HELP,
    .summary = "print the words that could come next",
    .flags = COMMAND_HIDDEN | COMMAND_RAW_WORDS,
    .arguments = arguments,
    .args_size = sizeof(struct complete_args),
    .run = run,
};
