/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of 'xn top'; see top.h. */
#include "model/top.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/mem.h"
#include "model/target.h"

#define NAME_WIDTH_MIN 16

/* The columns behind the name: number, state, CPU, virtual CPUs, memory and four rates. */
#define REST_FORMAT " %5s %-8s %6s %3s %6s %6s %6s %6s %6s"
#define REST_WIDTH  61

const char *const top_order_words[] = {
    [TOP_BY_CPU] = "cpu",   [TOP_BY_MEMORY] = "memory", [TOP_BY_NETWORK] = "network",
    [TOP_BY_DISK] = "disk", [TOP_BY_NAME] = "name",     [TOP_BY_DOMID] = "id",
    [TOP_ORDERS] = NULL,
};

const char *top_order_name(enum top_order order)
{
    static const char *const names[] = {
        [TOP_BY_CPU] = "CPU",   [TOP_BY_MEMORY] = "memory", [TOP_BY_NETWORK] = "network",
        [TOP_BY_DISK] = "disk", [TOP_BY_NAME] = "name",     [TOP_BY_DOMID] = "ID",
    };

    return names[order];
}

static double measure(const struct usage *usage, enum top_order order)
{
    struct usage_rates rates = { 0 };
    double percent = 0;

    switch (order) {
    case TOP_BY_CPU:
        (void)usage_cpu_percent(usage, &percent);
        return percent;
    case TOP_BY_MEMORY:
        return (double)usage->now->domain.memory_kib;
    case TOP_BY_NETWORK:
        (void)usage_rates(usage, &rates);
        return rates.received + rates.sent;
    case TOP_BY_DISK:
        (void)usage_rates(usage, &rates);
        return rates.read + rates.written;
    case TOP_BY_DOMID:
        return -(double)usage->now->domain.domid;
    default:
        return 0;
    }
}

/* The biggest first, names and numbers ascending; what is equal in the order of the numbers. */
static int compare(const void *a, const void *b, void *context)
{
    const struct top_view *view = context;
    const struct usage *x = *(const struct usage *const *)a, *y = *(const struct usage *const *)b;
    double difference = measure(y, view->order) - measure(x, view->order);
    int order = (difference > 0) - (difference < 0);

    if (view->order == TOP_BY_NAME)
        order = strcmp(x->now->domain.name ? x->now->domain.name : "",
                       y->now->domain.name ? y->now->domain.name : "");
    if (order == 0)
        order = (x->now->domain.domid > y->now->domain.domid) -
                (x->now->domain.domid < y->now->domain.domid);
    return view->reverse ? -order : order;
}

static bool is_named(const struct string_list *words, const struct domain *domain)
{
    for (size_t i = 0; i < words->count; i++) {
        struct target target;

        if (target_parse(words->items[i], &target, NULL) < 0)
            continue;
        if ((target.kind == TARGET_DOMID && target.domid == domain->domid) ||
            (target.kind == TARGET_UUID && strcmp(target.uuid, domain->uuid) == 0) ||
            (target.kind == TARGET_NAME && domain->name && strcmp(target.name, domain->name) == 0))
            return true;
    }
    return false;
}

static bool is_shown(const struct top_view *view, const struct domain *domain)
{
    if (view->domains && view->domains->count && !is_named(view->domains, domain))
        return false;
    return !view->filter || !*view->filter ||
           (domain->name && strstr(domain->name, view->filter) != NULL);
}

size_t top_choose(const struct top_view *view, const struct usage *rows, size_t count,
                  const struct usage **chosen)
{
    size_t shown = 0;

    for (size_t i = 0; i < count; i++)
        if (is_shown(view, &rows[i].now->domain))
            chosen[shown++] = &rows[i];
    if (shown)
        qsort_r(chosen, shown, sizeof(*chosen), compare, (void *)(uintptr_t)view);
    return shown;
}

void top_short(double number, char *text, size_t size)
{
    static const char units[] = " KMGTP";
    size_t unit = 0;

    while (number >= 999.5 && units[unit + 1]) {
        number /= 1024;
        unit++;
    }
    if (unit == 0)
        snprintf(text, size, "%.0f", number);
    else
        snprintf(text, size, number < 99.95 ? "%.1f%c" : "%.0f%c", number, units[unit]);
}

/* The columns that the first character of text takes, and its length in bytes. What this locale
 * cannot read, or no terminal has a place for, is shown as one '?'. */
static size_t measure_character(const char *text, size_t left, size_t *ret_length, bool *ret_odd)
{
    mbstate_t state = { 0 };
    wchar_t character;
    size_t length = mbrtowc(&character, text, left, &state);

    *ret_odd =
        length == 0 || length > left || !iswprint((wint_t)character) || wcwidth(character) < 0;
    *ret_length = *ret_odd ? 1 : length;
    return *ret_odd ? 1 : (size_t)wcwidth(character);
}

void top_fit(const char *text, size_t width, struct str *line)
{
    size_t used = 0, left = strlen(text);

    while (left) {
        size_t length, columns;
        bool odd;

        columns = measure_character(text, left, &length, &odd);
        if (used + columns > width)
            break;
        if (odd)
            str_add_char(line, '?');
        else
            str_add_bytes(line, text, length);
        used += columns;
        text += length;
        left -= length;
    }
    str_add_repeat(line, ' ', width - used);
}

static size_t name_width(size_t width)
{
    return width > REST_WIDTH + NAME_WIDTH_MIN ? width - REST_WIDTH : NAME_WIDTH_MIN;
}

void top_titles(size_t width, struct str *line)
{
    top_fit("NAME", name_width(width), line);
    str_addf(line, REST_FORMAT, "ID", "STATE", "CPU%", "VC", "MEM", "IN/s", "OUT/s", "READ/s",
             "WRIT/s");
}

void top_line(const struct usage *usage, size_t width, struct str *line)
{
    const struct domain *domain = &usage->now->domain;
    auto_free char *name = printable(domain->name ? domain->name : "(no name)");
    char domid[16], percent[16] = "-", vcpus[16], memory[16], rate[4][16] = { "-", "-", "-", "-" };
    struct usage_rates rates;
    double cpu;

    snprintf(domid, sizeof(domid), "%u", domain->domid);
    snprintf(vcpus, sizeof(vcpus), "%u", domain->vcpus_online);
    top_short((double)domain->memory_kib * 1024, memory, sizeof(memory));
    if (usage_cpu_percent(usage, &cpu))
        snprintf(percent, sizeof(percent), "%.1f", cpu);
    if (usage_rates(usage, &rates) && usage->now->network_count) {
        top_short(rates.received, rate[0], sizeof(rate[0]));
        top_short(rates.sent, rate[1], sizeof(rate[1]));
    }
    if (usage_rates(usage, &rates) && usage->now->disk_count) {
        top_short(rates.read, rate[2], sizeof(rate[2]));
        top_short(rates.written, rate[3], sizeof(rate[3]));
    }
    top_fit(name, name_width(width), line);
    str_addf(line, REST_FORMAT, domid, domain_state(domain), percent, vcpus, memory, rate[0],
             rate[1], rate[2], rate[3]);
}

static const struct vcpu_sample *vcpu_before(const struct usage *usage, uint32_t number)
{
    for (size_t i = 0; usage->before && i < usage->before->vcpu_count; i++)
        if (usage->before->vcpus[i].number == number)
            return &usage->before->vcpus[i];
    return NULL;
}

void top_vcpus(const struct usage *usage, struct string_list *lines)
{
    for (size_t i = 0; i < usage->now->vcpu_count; i++) {
        const struct vcpu_sample *vcpu = &usage->now->vcpus[i];
        const struct vcpu_sample *before = vcpu_before(usage, vcpu->number);
        auto_str line = STR_INIT;

        str_addf(&line, "    vCPU %-3u ", vcpu->number);
        if (!vcpu->online) {
            str_add(&line, "offline");
        } else {
            str_addf(&line, "%-8s CPU %-4u",
                     vcpu->running   ? "running"
                     : vcpu->blocked ? "blocked"
                                     : "runnable",
                     vcpu->cpu);
            if (before)
                str_addf(&line, " %6.1f%%",
                         usage_rate(usage, vcpu->cpu_time_ns, before->cpu_time_ns) / 1e7);
            str_addf(&line, "  %.1f s", (double)vcpu->cpu_time_ns / 1e9);
        }
        string_list_take(lines, str_detach(&line));
    }
}

static void add_network(const struct network_sample *network, struct string_list *lines)
{
    auto_free char *interface = printable(network->interface ? network->interface : "");
    auto_str line = STR_INIT;
    char in[16], out[16];

    top_short((double)network->received.bytes, in, sizeof(in));
    top_short((double)network->sent.bytes, out, sizeof(out));
    str_addf(&line, "    network %-2u ", network->devid);
    top_fit(interface, 12, &line);
    str_addf(&line, " in %s, out %s, errors %llu, dropped %llu", in, out,
             (unsigned long long)(network->received.errors + network->sent.errors),
             (unsigned long long)(network->received.dropped + network->sent.dropped));
    string_list_take(lines, str_detach(&line));
}

static void add_disk(const struct disk_sample *disk, struct string_list *lines)
{
    char in[16], out[16];

    top_short((double)disk->read_bytes, in, sizeof(in));
    top_short((double)disk->written_bytes, out, sizeof(out));
    string_list_take(lines,
                     xasprintf("    disk %-10s read %s in %llu, written %s in %llu, flushes %llu",
                               disk->name, in, (unsigned long long)disk->read_requests, out,
                               (unsigned long long)disk->write_requests,
                               (unsigned long long)disk->flush_requests));
}

void top_devices(const struct usage *usage, struct string_list *lines)
{
    for (size_t i = 0; i < usage->now->network_count; i++)
        add_network(&usage->now->networks[i], lines);
    for (size_t i = 0; i < usage->now->disk_count; i++)
        add_disk(&usage->now->disks[i], lines);
}
