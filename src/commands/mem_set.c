/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn mem-set: how much memory a running domain shall hold. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/progress.h"
#include "xen/balloon.h"

#define TIMEOUT_DEFAULT_MS 60000
#define TIMEOUT_UNSAID     UINT64_MAX

struct mem_set_args {
    bool wait;
    uint64_t timeout_ms;
    const char *domain, *size;
};

static void prepare(void *data)
{
    ((struct mem_set_args *)data)->timeout_ms = TIMEOUT_UNSAID;
}

static int parse_change(const char *text, struct balloon_change *change, struct error **error)
{
    change->how = *text == '+' ? BALLOON_MORE : *text == '-' ? BALLOON_LESS : BALLOON_TO;
    if (parse_size_kib(text + (change->how != BALLOON_TO), &change->kib, error) < 0) {
        error_clear(error);
        error_set(error, ERR_USAGE, "'%s' is not a size", text);
        return error_hint(error, "write it as 512 (MiB), 4g or 1048576k, with + or - in front for "
                                 "so much more or less");
    }
    return 0;
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct mem_set_args *args = data;
    struct balloon_change change;

    (void)env;
    return parse_change(args->size, &change, error);
}

struct meter {
    struct progress progress;
    const char *target;
};

static void show_progress(void *context, uint64_t memory_kib)
{
    struct meter *meter = context;
    auto_free char *holds = human_kib(memory_kib);

    progress_show(&meter->progress, "mem-set: %s of %s", holds, meter->target);
}

static int wait_for(const struct env *env, struct xen_host *host, const struct mem_set_args *args,
                    struct outcome *outcome, uint64_t target_kib, struct error **error)
{
    uint64_t timeout_ms =
        args->timeout_ms == TIMEOUT_UNSAID ? TIMEOUT_DEFAULT_MS : args->timeout_ms;
    auto_free char *target = human_kib(target_kib);
    struct meter meter = { .target = target };
    int result;

    progress_init(&meter.progress, env->err, env->progress_lines);
    result = xen_balloon_wait(host, &outcome->domain, target_kib, deadline_after(timeout_ms),
                              show_progress, &meter, error);
    progress_clear(&meter.progress);
    outcome->result = "reached";
    return result;
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct mem_set_args *args = data;
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms(), target_kib = 0;
    struct balloon_change change;
    struct outcome *outcome;

    if (parse_change(args->size, &change, error) < 0 || common_open_host(env, &host, error) < 0 ||
        interrupt_catch(error) < 0)
        return -1;
    outcome = common_domain(host, "mem-set", args->domain, &outcomes);
    if (!outcome->error &&
        xen_balloon_set(host, &outcome->domain, &change, &target_kib, &outcome->error) == 0 &&
        (args->wait || args->timeout_ms != TIMEOUT_UNSAID))
        (void)wait_for(env, host, args, outcome, target_kib, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    interrupt_release();
    return common_report(env, &outcomes, error);
}

static const struct option_spec options[] = {
    OPTION_FLAG('w', "wait", struct mem_set_args, wait, "until the domain holds that much"),
    OPTION_NUMBER(0, "timeout", struct mem_set_args, timeout_ms, KIND_DURATION, NULL,
                  "wait, but not longer than this (60s)"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct mem_set_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("SIZE", struct mem_set_args, size, KIND_TEXT,
             "how much it shall hold, in MiB or with k, m, g or t; +SIZE more, -SIZE less"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "mem-set web 2048", "web shall hold 2 GiB" },
    { "mem-set --wait web -512m", "512 MiB less than now; done when it has given them back" },
    { NULL, NULL },
};

const struct command cmd_mem_set = {
    .name = "mem-set",
    .group = GROUP_RESOURCES,
    .summary = "set how much memory a running domain holds",
    .description =
        "The balloon driver of the guest does it, as far as it can: up to the maxmem that\n"
        "it was started with. The hypervisor gives the guest no more than this.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS | COMMAND_SIGNED,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct mem_set_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
