/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn host stop: a guest that goes to another host; see host.h. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands/away.h"
#include "commands/host.h"
#include "commands/move.h"
#include "migrate/record.h"
#include "xen/domain.h"

static int migrate(const struct host_step *step, struct xen_host *host, struct outcome *outcome,
                   struct error **error)
{
    const struct string_list nothing = STRING_LIST_INIT;
    uint64_t deadline_ms = host_step_deadline(step);
    struct move_options move = {
        .host = step->host,
        .quiet = true,
        .timeout_ms = UINT64_MAX,
        .max_downtime_ms = UINT64_MAX,
    };
    int left_ms;

    if (move_prepare(host, &move, &nothing, outcome, error) < 0)
        return -1;
    left_ms = deadline_poll_ms(deadline_ms);
    if (left_ms == 0)
        return error_set(error, ERR_TIMEOUT, "asking '%s' took too long", step->host);
    if (left_ms > 0)
        move.timeout_ms = (uint64_t)left_ms;
    return move_guest(step->session->env, host, &move, outcome, error);
}

/* A host that was told to send its guests to itself would never end. The guest has another number
 * then. */
static int check_left(const struct host_step *step, struct xen_host *host, struct outcome *outcome,
                      struct error **error)
{
    struct domain copy = { 0 };
    uint32_t twin;

    if (xen_domain_twin(host, &outcome->domain, &twin, NULL) <= 0 ||
        xen_domain_get(host, twin, &copy, NULL) < 0)
        return 0;
    domain_release(&outcome->domain);
    outcome->domain = copy;
    outcome->moved = false;
    return error_set(error, ERR_REFUSED, "'%s' is this host", step->host);
}

/* Whatever fails: from the hand-over on it is not for this host to end or save it. */
static bool is_ours(const struct host_step *step, struct xen_host *host,
                    const struct outcome *outcome, struct error **error)
{
    auto_error handed_over = NULL;

    if (record_refuse(outcome->domain.uuid, false, "stop", &handed_over) < 0) {
        error_hint(error, "%s", handed_over->hint ? handed_over->hint : handed_over->message);
        return false;
    }
    /* Also one that has ended meanwhile is not over there. */
    return away_forget(step->session->args->save_folder, step->name, error) == 0 &&
           xen_domain_verify(host, &outcome->domain, NULL) == 0;
}

int host_move(const struct host_step *step, struct xen_host *host, struct outcome *outcome,
              bool *ret_here, struct error **error)
{
    *ret_here = true;
    if (host_make_folder(step->session, error) < 0 ||
        away_note(step->session->args->save_folder, step->name, step->host, error) < 0)
        return -1;
    if (migrate(step, host, outcome, error) == 0 && check_left(step, host, outcome, error) == 0)
        return 0;
    *ret_here = is_ours(step, host, outcome, error);
    return -1;
}
