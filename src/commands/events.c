/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn events: what happens to domains, as a stream. */
#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "model/event.h"
#include "model/target.h"
#include "out/json.h"
#include "out/listing.h"
#include "xen/events.h"

struct events_args {
    bool since_start;
    struct string_list domains;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct events_args *args = data;

    (void)env;
    for (size_t i = 0; i < args->domains.count; i++) {
        struct target target;

        if (target_parse(args->domains.items[i], &target, error) < 0)
            return error_wrap(error, "option '--domain'");
    }
    return 0;
}

struct teller {
    struct env *env;
    const struct string_list *domains;
};

/* A name means whoever has it, or had it before this event. */
static bool is_meant(const char *word, const struct event *event)
{
    struct target target;

    if (target_parse(word, &target, NULL) < 0)
        return false;
    switch (target.kind) {
    case TARGET_DOMID:
        return target.domid == event->domid;
    case TARGET_UUID:
        return strcmp(target.uuid, event->uuid) == 0;
    default:
        return (event->name && strcmp(target.name, event->name) == 0) ||
               (event->old_name && strcmp(target.name, event->old_name) == 0);
    }
}

static bool is_wanted(const struct teller *teller, const struct event *event)
{
    for (size_t i = 0; i < teller->domains->count; i++)
        if (is_meant(teller->domains->items[i], event))
            return true;
    return teller->domains->count == 0;
}

static void add_json(const struct event *event, struct str *text)
{
    struct json *json = json_new_compact();

    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    for (size_t i = 0; i < event_columns.count; i++) {
        struct value value = column_value(&event_columns.columns[i], event);

        json_key(json, event_columns.columns[i].key);
        json_value(json, &value);
        value_release(&value);
    }
    json_object_end(json);
    str_add(text, json_result(json));
    json_free(json);
}

static int on_event(void *context, const struct event *event, struct error **error)
{
    const struct teller *teller = context;
    auto_str text = STR_INIT;

    if (!is_wanted(teller, event))
        return 0;
    if (teller->env->output.format == FORMAT_JSON)
        add_json(event, &text);
    else
        event_line(event, &text);
    return output_text(teller->env->out, str_text(&text), text.length, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct events_args *args = data;
    struct teller teller = { .env = env, .domains = &args->domains };
    struct xen_events_options options = {
        .present = args->since_start,
        .on_event = on_event,
        .context = &teller,
        .reader_fd = fileno(env->out),
    };
    auto_xen_host *host = NULL;
    auto_error problem = NULL;
    int result;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    result = xen_events_run(host, &options, &problem);
    interrupt_release();
    if (result < 0 && problem->code == ERR_OUTPUT && !*problem->message)
        return STATUS_DONE; /* nobody reads it any more */
    return result < 0 ? error_move(error, TAKE(problem)) : STATUS_DONE;
}

static const struct option_spec options[] = {
    OPTION_LIST('d', "domain", struct events_args, domains, KIND_DOMAIN, "DOMAIN",
                "only events of this domain; may be repeated"),
    OPTION_FLAG(0, "since-start", struct events_args, since_start,
                "begin with the domains and devices that are here already"),
    OPTION_END,
};

static const struct example examples[] = {
    { "events", "a line for everything that happens, until Ctrl-C" },
    { "events --domain web --since-start", "what web is now, and what happens to it" },
    { "events --json", "an object in each line, for programs" },
    { NULL, NULL },
};

const struct command cmd_events = {
    .name = "events",
    .group = GROUP_INFORMATION,
    .summary = "tell what happens to domains as it happens",
    .description =
        "A line each: time, what happened, name and number of the domain, and more as\n"
        "KEY=VALUE. Domains are created, started, paused, unpaused, shut down, resumed,\n"
        "destroyed and renamed, get another memory target, and devices are attached,\n"
        "detached or fail. It sleeps until something happens. A signal ends it well.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_REPORTS,
    .options = options,
    .args_size = sizeof(struct events_args),
    .columns = &event_columns,
    .check = check,
    .run = run,
};
