/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of devices; see device_list.h. */
#include "commands/device_list.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/target.h"
#include "out/listing.h"
#include "out/message.h"
#include "xen/domain.h"

const struct argument_spec device_list_arguments[] = {
    ARGUMENTS_OPTIONAL("DOMAIN", struct device_list_args, domains, KIND_DOMAIN,
                       "whose devices to list; all domains when none is named"),
    ARGUMENT_END,
};

int device_list_print(const struct env *env, const struct device_listing *listing,
                      const struct device_rows *rows, struct error **error)
{
    struct listing table = {
        .table = listing->table,
        .rows = (const void *const *)rows->items,
        .count = rows->count,
        .xl_columns = listing->xl_columns,
        .xl_count = listing->xl_count,
    };

    return listing_print(&table, &env->output, env->out, error);
}

/* As xl does: a number is never unknown, it is a domain without devices; a name is, and then xl
 * ends with what it has so far, or goes on and forgets it, by the command. */
static size_t choose_as_xl(const struct env *env, const struct device_listing *listing,
                           const struct string_list *words, const struct domain_list *list,
                           const struct domain **chosen, enum status *ret_status)
{
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++) {
        const struct domain *domain = NULL;
        auto_error error = NULL;
        struct target target = { .kind = TARGET_NAME };

        if (target_parse(words->items[i], &target, &error) == 0)
            domain = target_find(&target, list, words->items[i], &error);
        if (domain) {
            chosen[count++] = domain;
        } else if (target.kind != TARGET_DOMID) {
            message_error(env->err, env->output.format, env->program, listing->command, error);
            if (listing->xl_ends_at_unknown) {
                *ret_status = STATUS_FAILED;
                break;
            }
        }
    }
    return count;
}

/* The columns of xl's layout come cheaper than all of them. */
static bool wants_all_columns(const struct output_options *output)
{
    return output->format == FORMAT_JSON || output->format == FORMAT_CSV || output->columns.count ||
           output->filters.count || output->sort.count;
}

int device_list_run(struct env *env, const struct device_listing *listing,
                    const struct string_list *words, struct error **error)
{
    auto_xen_host *host = NULL;
    auto_domain_list list = { NULL, 0 };
    auto_free const struct domain **chosen = NULL;
    auto_device_rows rows = DEVICE_ROWS_INIT;
    enum status status = STATUS_DONE;
    size_t count;

    if (common_open_host(env, &host, error) < 0 ||
        xen_domain_list(host, DETAIL_NAMES, &list, error) < 0)
        return -1;
    chosen = xcalloc(list.count + words->count, sizeof(*chosen));
    count = env->as_xl && words->count
                ? choose_as_xl(env, listing, words, &list, chosen, &status)
                : common_choose(env, listing->command, words, &list, chosen, &status);
    if (words->count && count == 0 && !env->as_xl)
        return (int)status;
    if (listing->collect(host, chosen, count, wants_all_columns(&env->output), &rows, error) < 0 ||
        device_list_print(env, listing, &rows, error) < 0)
        return -1;
    return (int)status;
}
