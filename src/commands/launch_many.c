/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several guests at once; see launch_many.h. */
#include "commands/launch_many.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/crowd.h"

static void launch_one(void *context, struct xen_host *host, struct outcome *outcome)
{
    struct launch own = *(const struct launch *)context;

    own.host = host;
    (void)launch_guest(&own, outcome, &outcome->error);
}

int launch_many_and_report(const struct launch *launches, size_t count, unsigned jobs,
                           struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    auto_free struct crowd_job *list = xcalloc(count, sizeof(*list));
    struct crowd crowd = {
        .env = launches->env,
        .host = launches->host,
        .action = launches->action,
        .jobs = list,
        .count = count,
        .limit = jobs,
        .deadline_ms = DEADLINE_NEVER,
    };
    int result;

    for (size_t i = 0; i < count; i++)
        outcome_list_add(&outcomes, launches[i].action, launches[i].config->c_info.name);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct crowd_job){
            .outcome = &outcomes.items[i],
            .run = launch_one,
            .context = (void *)&launches[i],
            .soft_limit_ms = DEADLINE_NEVER,
            .hard_limit_ms = DEADLINE_NEVER,
        };
    if (interrupt_catch(error) < 0)
        return -1;
    result = crowd_run(&crowd, error);
    interrupt_release();
    return result < 0 ? -1 : common_report(launches->env, &outcomes, error);
}
