/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Two looks at the host, in a thread that can be given up; see presence.h. */
#include "xen/presence.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/domain.h"
#include "xen/lock.h"

static int look(struct xen_host *host, const char *word, struct presence *presence,
                struct error **error)
{
    auto_domain_list list = { NULL, 0 };
    struct target target;

    if (target_parse(word, &target, error) < 0 || xen_domain_list(host, 0, &list, error) < 0 ||
        xen_domain_list_names(host, &list, error) < 0)
        return -1;
    presence_decide(word, &target, &list, presence);
    return 0;
}

/* A guest that reboots under xn's supervisor is nowhere for a moment, but its lock is held. */
static int is_being_built(const char *word, bool *ret_built, struct error **error)
{
    struct target target;

    *ret_built = false;
    if (target_parse(word, &target, error) < 0)
        return -1;
    if (target.kind == TARGET_DOMID)
        return 0;
    return lock_identity_probe(target.kind == TARGET_NAME ? target.name : target.uuid, ret_built,
                               error);
}

static int ask(struct xen_host *host, const char *word, struct presence *presence,
               struct error **error)
{
    bool built;

    if (look(host, word, presence, error) < 0)
        return -1;
    if (presence->status == PRESENCE_RUNS || presence->status == PRESENCE_DEAD)
        return 0;
    /* Domains come and go between the list and the names. First the lock, then the second look: a
     * guest that was being built at the first is seen by one of them. */
    presence_release(presence);
    if (is_being_built(word, &built, error) < 0 || look(host, word, presence, error) < 0)
        return -1;
    if (built && presence->status == PRESENCE_ABSENT)
        presence_doubt(presence, "a guest of that identity is being built right now");
    return 0;
}

struct asking {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool answered;
    bool given_up; /* the thread is the last one to know this struct */
    struct xen_host_options options;
    char *word;
    struct presence presence;
    struct error *error;
    int result;
};

static void asking_free(struct asking *asking)
{
    pthread_cond_destroy(&asking->changed);
    pthread_mutex_destroy(&asking->mutex);
    presence_release(&asking->presence);
    error_free(asking->error);
    free(asking->word);
    free(asking);
}

static void *ask_in_thread(void *data)
{
    struct asking *asking = data;
    struct xen_host *host = NULL;
    bool given_up;

    asking->result = xen_host_open_to_ask(&asking->options, &host, &asking->error);
    if (asking->result == 0)
        asking->result = ask(host, asking->word, &asking->presence, &asking->error);
    xen_host_close(host);
    pthread_mutex_lock(&asking->mutex);
    asking->answered = true;
    given_up = asking->given_up;
    pthread_cond_signal(&asking->changed);
    pthread_mutex_unlock(&asking->mutex);
    if (given_up)
        asking_free(asking);
    return NULL;
}

static struct asking *asking_new(const struct xen_host_options *options, const char *word)
{
    struct asking *asking = xcalloc(1, sizeof(*asking));
    pthread_condattr_t attributes;

    asking->options = *options;
    asking->word = xstrdup(word);
    pthread_mutex_init(&asking->mutex, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&asking->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    return asking;
}

/* False when the time is over. The thread owns asking then. */
static bool wait_for_answer(struct asking *asking, uint64_t deadline_ms)
{
    struct timespec end = { .tv_sec = (time_t)(deadline_ms / 1000),
                            .tv_nsec = (long)(deadline_ms % 1000) * 1000000L };
    bool answered;
    int failed = 0;

    pthread_mutex_lock(&asking->mutex);
    while (!asking->answered && !failed)
        failed = pthread_cond_timedwait(&asking->changed, &asking->mutex, &end);
    answered = asking->answered;
    asking->given_up = !answered;
    pthread_mutex_unlock(&asking->mutex);
    return answered;
}

static int say_silent(uint64_t timeout_ms, struct error **error)
{
    auto_free char *time = human_ms(timeout_ms);

    error_set(error, ERR_XENSTORE, "the host has not answered within %s", time);
    return error_hint(error, "is xenstored alive? see 'systemctl status xenstored'");
}

int xen_presence_ask(const struct xen_host_options *options, const char *word, uint64_t timeout_ms,
                     struct presence *presence, struct error **error)
{
    struct asking *asking = asking_new(options, word);
    uint64_t deadline_ms = deadline_after(timeout_ms);
    pthread_t thread;
    int result;

    if (pthread_create(&thread, NULL, ask_in_thread, asking) != 0) {
        asking_free(asking);
        return error_set(error, ERR_FAILED, "cannot start a thread");
    }
    if (!wait_for_answer(asking, deadline_ms)) {
        pthread_detach(thread);
        return say_silent(timeout_ms, error);
    }
    pthread_join(thread, NULL);
    result = asking->result;
    *presence = asking->presence;
    asking->presence = (struct presence){ 0 };
    if (result < 0)
        error_move(error, asking->error);
    asking->error = NULL;
    asking_free(asking);
    return result;
}
