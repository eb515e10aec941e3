/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sums and sentences about memory; see memory.h. */
#include "model/memory.h"

#include <stdlib.h>

#include "base/mem.h"

/* So many guests are named; the others are counted. */
#define HOLDERS_NAMED 5
/* Nobody is advised to give a guest less, or to leave less to domain 0. */
#define GUEST_ADVISED_KIB (16 * 1024)
#define DOM0_ADVISED_KIB  (512 * 1024)

static unsigned long long mib_down(uint64_t kib)
{
    return kib / 1024;
}

static unsigned long long mib_up(uint64_t kib)
{
    return kib / 1024 + (kib % 1024 != 0);
}

static uint64_t less(uint64_t from, uint64_t what)
{
    return from > what ? from - what : 0;
}

uint64_t memory_dying_kib(const struct domain_list *domains)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < domains->count; i++)
        if (domains->domains[i].dying)
            sum += domains->domains[i].memory_kib;
    return sum;
}

uint64_t memory_unclaimed_kib(const struct memory_outlook *outlook)
{
    return less(outlook->free_kib, outlook->claimed_kib);
}

uint64_t memory_dom0_gives_kib(const struct memory_outlook *outlook)
{
    return outlook->balloon == BALLOON_ON ? less(outlook->dom0_kib, outlook->dom0_min_kib) : 0;
}

uint64_t memory_obtainable_kib(const struct memory_outlook *outlook)
{
    return memory_unclaimed_kib(outlook) + memory_dom0_gives_kib(outlook);
}

char *memory_summary(const struct memory_outlook *outlook)
{
    return xasprintf("%llu MiB needed, %llu MiB can be had", mib_up(outlook->needed_kib),
                     mib_down(memory_obtainable_kib(outlook)));
}

static bool is_holder(const struct domain *domain)
{
    return domain->domid != 0 && !domain->dying;
}

/* The smallest guest whose end would be enough; NULL when no single one would. */
static const struct domain *enough_alone(const struct domain_list *domains, uint64_t missing_kib)
{
    const struct domain *best = NULL;

    for (size_t i = 0; i < domains->count; i++) {
        const struct domain *domain = &domains->domains[i];

        if (is_holder(domain) && !domain->never_stop && domain->memory_kib >= missing_kib &&
            (!best || domain->memory_kib < best->memory_kib))
            best = domain;
    }
    return best;
}

static void add_choice(struct str *text, char *choice)
{
    str_addf(text, "%s%s", text->length ? ", or " : "", choice);
    free(choice);
}

char *memory_advice(const struct memory_outlook *outlook, const struct domain_list *domains)
{
    uint64_t missing_kib = less(outlook->needed_kib, memory_obtainable_kib(outlook));
    uint64_t fits_kib =
        less(memory_obtainable_kib(outlook), less(outlook->needed_kib, outlook->guest_kib));
    const struct domain *victim = enough_alone(domains, missing_kib);
    auto_str text = STR_INIT;

    if (outlook->dying_kib >= missing_kib)
        add_choice(&text, xstrdup("wait until the dying domains are gone"));
    if (!outlook->saved && fits_kib >= GUEST_ADVISED_KIB)
        add_choice(&text, xasprintf("lower memory= to %llu", mib_down(fits_kib)));
    if ((outlook->balloon == BALLOON_OFF || outlook->balloon == BALLOON_FIXED) &&
        outlook->dom0_kib >= missing_kib + DOM0_ADVISED_KIB)
        add_choice(&text, xasprintf("take it from domain 0 with 'mem-set 0 %llu'",
                                    mib_down(outlook->dom0_kib - missing_kib)));
    if (victim) {
        auto_free char *label = domain_label(victim);

        add_choice(&text, xasprintf("end a guest: '%s' has enough", label));
    }
    if (!text.length)
        str_add(&text, "this host is too small for it as it is");
    return str_detach(&text);
}

static void add_needed(const struct memory_outlook *outlook, struct str *text)
{
    uint64_t guest_kib =
        outlook->guest_kib < outlook->needed_kib ? outlook->guest_kib : outlook->needed_kib;

    str_addf(text, "needed: %llu MiB: %llu of the guest and %llu beside it\n",
             mib_up(outlook->needed_kib), mib_up(guest_kib),
             mib_up(outlook->needed_kib) - mib_up(guest_kib));
}

static void add_free(const struct memory_outlook *outlook, struct str *text)
{
    str_addf(text, "free: %llu MiB", mib_down(memory_unclaimed_kib(outlook)));
    if (outlook->claimed_kib)
        str_addf(text, "; %llu MiB more are claimed for guests that are being built",
                 mib_up(outlook->claimed_kib));
    if (outlook->dying_kib)
        str_addf(text, "; %llu MiB more are held by domains that are dying",
                 mib_down(outlook->dying_kib));
    str_add_char(text, '\n');
}

static void add_dom0(const struct memory_outlook *outlook, struct str *text)
{
    static const char *const reasons[] = {
        [BALLOON_OFF] = "it gives none, since autoballoon is off in xl.conf",
        [BALLOON_FIXED] = "it gives none, since Xen was started with dom0_mem=",
        [BALLOON_STUCK] = "it was asked for more and gave none in time",
    };

    if (!outlook->dom0_kib)
        return;
    str_addf(text, "domain 0: %llu MiB; ", mib_down(outlook->dom0_kib));
    if (outlook->balloon == BALLOON_ON)
        str_addf(text, "it can give %llu MiB and keeps %llu MiB\n",
                 mib_down(memory_dom0_gives_kib(outlook)), mib_down(outlook->dom0_min_kib));
    else
        str_addf(text, "%s\n", reasons[outlook->balloon]);
}

static int compare_sizes(const void *a, const void *b)
{
    const struct domain *one = *(const struct domain *const *)a;
    const struct domain *other = *(const struct domain *const *)b;

    if (one->memory_kib != other->memory_kib)
        return one->memory_kib < other->memory_kib ? 1 : -1;
    return (one->domid > other->domid) - (one->domid < other->domid);
}

/* The biggest first. */
static void add_holders(const struct domain_list *domains, struct str *text)
{
    auto_free const struct domain **holders = xcalloc(domains->count, sizeof(*holders));
    uint64_t others_kib = 0;
    size_t count = 0;

    for (size_t i = 0; i < domains->count; i++)
        if (is_holder(&domains->domains[i]))
            holders[count++] = &domains->domains[i];
    qsort(holders, count, sizeof(*holders), compare_sizes);
    str_add(text, count ? "the rest: " : "no other guest holds any");
    for (size_t i = 0; i < count; i++) {
        auto_free char *label = domain_label(holders[i]);
        auto_free char *name = printable(label);

        if (i >= HOLDERS_NAMED)
            others_kib += holders[i]->memory_kib;
        else
            str_addf(text, "%s'%s' %llu MiB%s", i ? ", " : "", name,
                     mib_down(holders[i]->memory_kib), holders[i]->shutdown ? " (shut down)" : "");
    }
    if (count > HOLDERS_NAMED)
        str_addf(text, ", %zu more %llu MiB", count - HOLDERS_NAMED, mib_down(others_kib));
    str_add_char(text, '\n');
}

int memory_error(const struct memory_outlook *outlook, const char *guest,
                 const struct domain_list *domains, struct error **error)
{
    auto_free char *summary = memory_summary(outlook);
    auto_free char *advice = memory_advice(outlook, domains);
    auto_str text = STR_INIT;

    add_needed(outlook, &text);
    add_free(outlook, &text);
    add_dom0(outlook, &text);
    add_holders(domains, &text);
    error_set(error, ERR_NO_MEMORY, "cannot create '%s': not enough memory: %s", guest, summary);
    error_detail(error, str_text(&text));
    return error_hint(error, "%s", advice);
}
