/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn psr-cat-set and xn psr-mba-set: limits of cache and memory bandwidth. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "xen/psr.h"

struct psr_set_args {
    bool code, data;
    const char *sockets;
    uint64_t level;
    const char *domain, *mask;
    uint64_t throttle;
};

static void prepare(void *data)
{
    ((struct psr_set_args *)data)->level = 3;
}

/* 0xff or decimal. */
static int parse_mask(const char *text, uint64_t *ret_mask, struct error **error)
{
    bool hexadecimal = starts_with(text, "0x") || starts_with(text, "0X");
    char *end;

    errno = 0;
    *ret_mask = strtoull(text, &end, hexadecimal ? 16 : 10);
    if (*text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && *ret_mask != 0 &&
        !(hexadecimal && text[2] == '\0'))
        return 0;
    error_set(error, ERR_USAGE, "CBM: '%s' is no mask of portions of a cache", text);
    return error_hint(error, "write it as 0xf0, one bit for each portion");
}

static int check_cat(const struct env *env, void *data, struct error **error)
{
    const struct psr_set_args *args = data;
    uint64_t mask;

    (void)env;
    if (args->code && args->data) {
        error_set(error, ERR_USAGE, "--code and --data exclude each other");
        return error_hint(error, "without them the mask is set for both");
    }
    if (args->level != 2 && args->level != 3)
        return error_set(error, ERR_USAGE,
                         "option '--level': a cache has the level 2 or 3, not %llu",
                         (unsigned long long)args->level);
    if (args->level == 2 && (args->code || args->data))
        return error_set(error, ERR_USAGE, "only the L3 cache has masks for code and data apart");
    return parse_mask(args->mask, &mask, error);
}

static int set(struct env *env, const struct psr_set_args *args, const char *action,
               enum psr_limit limit, uint64_t value, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_outcome_list outcomes = { NULL, 0 };
    uint64_t started_ms = clock_ms();
    struct outcome *outcome;

    if (common_open_host(env, &host, error) < 0)
        return -1;
    outcome = common_domain(host, action, args->domain, &outcomes);
    if (!outcome->error)
        (void)xen_psr_set(host, &outcome->domain, limit, (unsigned)args->level, args->sockets,
                          value, &outcome->error);
    outcome->duration_ms = clock_ms() - started_ms;
    return common_report(env, &outcomes, error);
}

static int run_cat(struct env *env, void *data, struct error **error)
{
    const struct psr_set_args *args = data;
    uint64_t mask;

    if (parse_mask(args->mask, &mask, error) < 0)
        return -1;
    return set(env, args, "psr-cat-set",
               args->code   ? PSR_LIMIT_CODE
               : args->data ? PSR_LIMIT_DATA
                            : PSR_LIMIT_CBM,
               mask, error);
}

static int run_mba(struct env *env, void *data, struct error **error)
{
    const struct psr_set_args *args = data;

    return set(env, args, "psr-mba-set", PSR_LIMIT_THROTTLE, args->throttle, error);
}

#define SOCKET_OPTION                                                                              \
    OPTION_TEXT('s', "socket", struct psr_set_args, sockets, KIND_TEXT, "SOCKETS",                 \
                "only on these, such as 0 or 0,2-3; all when it is not given")

static const struct option_spec cat_options[] = {
    SOCKET_OPTION,
    OPTION_NUMBER('l', "level", struct psr_set_args, level, KIND_UINT, "LEVEL",
                  "of the cache: 2 or 3 (3)"),
    OPTION_FLAG('c', "code", struct psr_set_args, code, "the mask for code"),
    OPTION_FLAG('d', "data", struct psr_set_args, data, "the mask for data"),
    OPTION_END,
};

static const struct option_spec mba_options[] = { SOCKET_OPTION, OPTION_END };

static const struct argument_spec cat_arguments[] = {
    ARGUMENT("DOMAIN", struct psr_set_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("CBM", struct psr_set_args, mask, KIND_TEXT,
             "the portions of the cache that it may fill, a bit for each: 0xf0"),
    ARGUMENT_END,
};

static const struct argument_spec mba_arguments[] = {
    ARGUMENT("DOMAIN", struct psr_set_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT_NUMBER("THRTL", struct psr_set_args, throttle, KIND_UINT,
                    "how much it is held back; 0: not at all"),
    ARGUMENT_END,
};

static const struct example cat_examples[] = {
    { "psr-cat-set web 0xf0", "web fills four portions of the L3 cache" },
    { "psr-cat-set -s 0 -l 2 web 0x3", "two portions of the L2 cache, on socket 0" },
    { NULL, NULL },
};

static const struct example mba_examples[] = {
    { "psr-mba-set web 40", "hold web's memory bandwidth back by 40 percent" },
    { NULL, NULL },
};

const struct command cmd_psr_cat_set = {
    .name = "psr-cat-set",
    .group = GROUP_RESOURCES,
    .summary = "limit the cache that a domain may fill",
    .description =
        "The bits of a mask must stand side by side. 'psr-hwinfo' tells how many a mask\n"
        "has.",
    .examples = cat_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = cat_options,
    .arguments = cat_arguments,
    .args_size = sizeof(struct psr_set_args),
    .columns = &outcome_columns,
    .prepare = prepare,
    .check = check_cat,
    .run = run_cat,
};

const struct command cmd_psr_mba_set = {
    .name = "psr-mba-set",
    .group = GROUP_RESOURCES,
    .summary = "hold the memory bandwidth of a domain back",
    .description = "Where the CPUs do it linearly, the number is a percentage; 'psr-hwinfo' tells\n"
                   "that, and the highest one. The CPUs round it to what they can do.",
    .examples = mba_examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = mba_options,
    .arguments = mba_arguments,
    .args_size = sizeof(struct psr_set_args),
    .columns = &outcome_columns,
    .run = run_mba,
};
