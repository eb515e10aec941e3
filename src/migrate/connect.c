/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The first words of a receiver, or what stands there instead; see connect.h and wire.h. */
#include "migrate/connect.h"

#include "base/clock.h"
#include "base/mem.h"
#include "migrate/wire.h"

#define NOISE_MS 200

/* Text of a login script, or of a shell that does not find the receiver. */
static int wrong_banner(struct link *link, const char *host, char *bytes, size_t length,
                        struct error **error)
{
    struct link_patience wait = { .deadline_ms = deadline_after(NOISE_MS) };
    int status;

    if (length == 0) {
        status = link_close(link);
        error_set(error, ERR_FAILED, "no receiver answers at '%s'", host);
        if (status == 127 << 8)
            return error_hint(error, "is xn or xl installed there, and in the PATH of a command "
                                     "that ssh runs?");
        return error_hint(error, "try the same by hand: ssh %s true", host);
    }
    /* The rest of the line tells more than its first letter. */
    (void)link_read(link, bytes + length, WIRE_BANNER_SIZE - length, &wait, NULL);
    error_set(error, ERR_FAILED, "'%s' says something else than a receiver does: '%s'", host,
              bytes);
    return error_hint(error, "a login script there prints this; it must be silent where there is "
                             "no terminal");
}

int connect_receiver(struct link *link, const struct receiver_call *call,
                     const struct link_patience *patience, struct error **error)
{
    auto_string_list words = STRING_LIST_INIT;
    char banner[WIRE_BANNER_SIZE + 1] = "";
    ssize_t got;

    if (link_words(call->ssh, call->host, call->words, &words, error) < 0 ||
        link_start(link, &words, error) < 0)
        return -1;
    /* One by one: what is no banner shall not be waited for. */
    for (size_t i = 0; i < WIRE_BANNER_SIZE; i++) {
        got = link_read(link, &banner[i], 1, patience, error);
        if (got < 0)
            return -1;
        if (got == 0 || banner[i] != WIRE_BANNER[i])
            return wrong_banner(link, call->host, banner, i + (size_t)got, error);
    }
    return 0;
}
