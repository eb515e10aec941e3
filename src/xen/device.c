/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices on their way; see device.h. */
#include "xen/device.h"

#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"

/* Among libxl's lines the one that repeats what a hotplug script left in xenstore; NULL: none. */
static const char *script_words(const struct error *error)
{
    static const char *const marks[] = { ": script: ", ":script: " };

    for (size_t i = 0; i < error->detail.count * ARRAY_SIZE(marks); i++) {
        const char *mark = marks[i % ARRAY_SIZE(marks)];
        const char *found = strstr(error->detail.items[i / ARRAY_SIZE(marks)], mark);

        if (found)
            return found + strlen(mark);
    }
    return NULL;
}

static int explain(struct xen_host *host, int rc, const char *sentence, struct error **error)
{
    auto_error failure = NULL;
    const char *words;

    xen_error(host, &failure, rc, "%s", sentence);
    words = script_words(failure);
    if (!words)
        return error_move(error, TAKE(failure));
    error_set(error, failure->code, "%s: its script says: %s", sentence, words);
    for (size_t i = 0; i < failure->detail.count; i++)
        error_detail(error, failure->detail.items[i]);
    return -1;
}

int xen_device_wait(struct xen_operation *operation, uint64_t timeout_ms, const char *sentence,
                    struct error **error)
{
    enum xen_loop_end end;
    int rc;

    if (xen_operation_wait_until(operation, deadline_after(timeout_ms), &end, &rc, error) < 0)
        return -1;
    if (rc == 0)
        return 0;
    if (end == LOOP_DEADLINE) {
        auto_free char *time = human_ms(timeout_ms);

        return error_set(error, ERR_TIMEOUT, "%s: not done within %s", sentence, time);
    }
    if (end == LOOP_SIGNAL)
        return error_set(error, ERR_INTERRUPTED, "%s: interrupted", sentence);
    return explain(operation->host, rc, sentence, error);
}
