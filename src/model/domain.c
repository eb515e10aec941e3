/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is said about a domain in words, and how it is listed. */
#include "model/domain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void domain_release(struct domain *domain)
{
    free(domain->name);
    free(domain->cpupool);
    free(domain->security_label);
    free(domain->node_affinity);
    *domain = (struct domain){ 0 };
}

struct domain domain_copy(const struct domain *domain)
{
    struct domain copy = *domain;

    copy.name = xstrdup(domain->name);
    copy.cpupool = xstrdup(domain->cpupool);
    copy.security_label = xstrdup(domain->security_label);
    copy.node_affinity = xstrdup(domain->node_affinity);
    return copy;
}

void domain_list_release(struct domain_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        domain_release(&list->domains[i]);
    free(list->domains);
    *list = (struct domain_list){ NULL, 0 };
}

const char *domain_state(const struct domain *domain)
{
    if (domain->stopped)
        return "stopped";
    if (domain->dying)
        return "dying";
    if (domain->shutdown)
        return "shutdown";
    if (domain->paused)
        return "paused";
    if (domain->running)
        return "running";
    return domain->blocked ? "blocked" : "runnable";
}

const char *shutdown_reason_name(int reason)
{
    static const char *const names[] = {
        [SHUTDOWN_POWEROFF] = "poweroff", [SHUTDOWN_REBOOT] = "reboot",
        [SHUTDOWN_SUSPEND] = "suspend",   [SHUTDOWN_CRASH] = "crash",
        [SHUTDOWN_WATCHDOG] = "watchdog", [SHUTDOWN_SOFT_RESET] = "soft-reset",
    };

    if (reason < 0 || (size_t)reason >= ARRAY_SIZE(names))
        return "unknown";
    return names[reason];
}

void domain_state_letters(const struct domain *domain, char *text)
{
    /* By reason: poweroff, reboot, suspend, crash, watchdog, soft reset. */
    static const char reasons[] = "-rscwS";
    char reason = '-';

    if (domain->shutdown)
        reason = domain->shutdown_reason >= 0 && domain->shutdown_reason < 6
                     ? reasons[domain->shutdown_reason]
                     : '?';
    text[0] = domain->running ? 'r' : '-';
    text[1] = domain->blocked ? 'b' : '-';
    text[2] = domain->paused ? 'p' : '-';
    text[3] = domain->shutdown ? 's' : '-';
    text[4] = reason;
    text[5] = domain->dying ? 'd' : '-';
    text[6] = '\0';
}

bool domain_is_nameless(const struct domain *domain)
{
    return !domain->name && domain->domid != 0 && !domain->never_stop && !domain->dying;
}

bool domain_is_suspended(const struct domain *domain)
{
    return domain->shutdown && !domain->dying && domain->shutdown_reason == SHUTDOWN_SUSPEND;
}

bool domain_has_never_run(const struct domain *domain)
{
    return domain->paused && !domain->running && !domain->shutdown && !domain->dying &&
           domain->cpu_time_ns == 0;
}

bool domain_has_ended(const struct domain *domain)
{
    return domain->dying || (domain->shutdown && domain->shutdown_reason != SHUTDOWN_SUSPEND);
}

char *domain_label(const struct domain *domain)
{
    return domain->name ? xstrdup(domain->name) : xasprintf("domain %u", domain->domid);
}

/* The columns: JSON, CSV and --columns. */

#define DOMAIN(row) ((const struct domain *)(row))

static void get_domid(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_uint(value, DOMAIN(row)->domid);
}

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->name);
}

static void get_uuid(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_text(value, DOMAIN(row)->uuid);
}

static void get_type(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->type);
}

static void get_state(const void *row, struct value *value)
{
    value_set_text(value, domain_state(row));
}

static void get_state_flags(const void *row, struct value *value)
{
    char letters[7];

    if (DOMAIN(row)->stopped)
        return;
    domain_state_letters(row, letters);
    value_take_text(value, xstrdup(letters));
}

static void get_shutdown_reason(const void *row, struct value *value)
{
    if (DOMAIN(row)->shutdown)
        value_set_text(value, shutdown_reason_name(DOMAIN(row)->shutdown_reason));
}

static void get_suspended_by(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->suspended_by);
}

static void get_memory(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_uint(value, DOMAIN(row)->memory_kib);
}

static void get_max_memory(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_uint(value, DOMAIN(row)->max_memory_kib);
}

static void get_claimed(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_uint(value, DOMAIN(row)->claimed_kib);
}

static void get_vcpus(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_uint(value, DOMAIN(row)->vcpus_online);
}

static void get_vcpus_max(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_uint(value, DOMAIN(row)->vcpus_max);
}

static void get_cpu_time(const void *row, struct value *value)
{
    if (!DOMAIN(row)->stopped)
        value_set_uint(value, DOMAIN(row)->cpu_time_ns);
}

static void get_cpupool(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->cpupool);
}

static void get_security_label(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->security_label);
}

static void get_node_affinity(const void *row, struct value *value)
{
    value_set_text(value, DOMAIN(row)->node_affinity);
}

static const struct column columns[] = {
    { .key = "name",
      .title = "NAME",
      .type = VALUE_TEXT,
      .get = get_name,
      .help = "name of the domain" },
    { .key = "domid",
      .title = "ID",
      .type = VALUE_UINT,
      .get = get_domid,
      .help = "number of the domain on this host" },
    { .key = "uuid",
      .title = "UUID",
      .type = VALUE_TEXT,
      .get = get_uuid,
      .help = "UUID, kept over reboots and migrations" },
    { .key = "type",
      .title = "TYPE",
      .type = VALUE_TEXT,
      .get = get_type,
      .help = "pv, pvh or hvm" },
    { .key = "state",
      .title = "STATE",
      .type = VALUE_TEXT,
      .get = get_state,
      .help = "running, blocked (idle), runnable, paused, shutdown or dying; or stopped" },
    { .key = "state_flags",
      .title = "FLAGS",
      .type = VALUE_TEXT,
      .get = get_state_flags,
      .help = "xl's six letters: running blocked paused shutdown reason dying" },
    { .key = "shutdown_reason",
      .title = "REASON",
      .type = VALUE_TEXT,
      .get = get_shutdown_reason,
      .help = "why it shut down: poweroff, reboot, suspend, crash, watchdog, soft-reset" },
    { .key = "suspended_by",
      .title = "BY",
      .type = VALUE_TEXT,
      .get = get_suspended_by,
      .help = "who keeps a suspended one: suspend, or save while it is at work" },
    { .key = "memory_kib",
      .title = "MEM-KIB",
      .type = VALUE_UINT,
      .get = get_memory,
      .help = "memory it holds now" },
    { .key = "max_memory_kib",
      .title = "MAXMEM-KIB",
      .type = VALUE_UINT,
      .get = get_max_memory,
      .help = "memory it may grow to" },
    { .key = "claimed_kib",
      .title = "CLAIM-KIB",
      .type = VALUE_UINT,
      .get = get_claimed,
      .help = "memory claimed for it while it is being built" },
    { .key = "vcpus",
      .title = "VCPUS",
      .type = VALUE_UINT,
      .get = get_vcpus,
      .help = "virtual CPUs online" },
    { .key = "vcpus_max",
      .title = "MAXVCPUS",
      .type = VALUE_UINT,
      .get = get_vcpus_max,
      .help = "virtual CPUs it may have" },
    { .key = "cpu_time_ns",
      .title = "CPU-NS",
      .type = VALUE_UINT,
      .get = get_cpu_time,
      .help = "CPU time used by all its virtual CPUs" },
    { .key = "cpupool",
      .title = "CPUPOOL",
      .type = VALUE_TEXT,
      .get = get_cpupool,
      .help = "CPU pool it runs in" },
    { .key = "node_affinity",
      .title = "NODES",
      .type = VALUE_TEXT,
      .get = get_node_affinity,
      .help = "NUMA nodes it prefers" },
    { .key = "security_label",
      .title = "LABEL",
      .type = VALUE_TEXT,
      .get = get_security_label,
      .help = "XSM security label" },
};

const struct column_table domain_columns = {
    .noun = "domains",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "name,domid,type,state,memory_kib,vcpus,cpu_time_ns",
};

/* xl's layout. */

static void xl_name(struct str *out, const void *row)
{
    auto_str name = STR_INIT;

    if (DOMAIN(row)->name)
        str_add_printable(&name, DOMAIN(row)->name, strlen(DOMAIN(row)->name));
    else
        str_add(&name, "(null)");
    str_addf(out, "%-40s", str_text(&name));
}

/* One that does not run has nothing to show, in a cell as wide as the others. */
static bool xl_nothing(struct str *out, const void *row, int width)
{
    if (DOMAIN(row)->stopped)
        str_addf(out, " %*s", width, "-");
    return DOMAIN(row)->stopped;
}

static void xl_domid(struct str *out, const void *row)
{
    if (!xl_nothing(out, row, 5))
        str_addf(out, " %5u", DOMAIN(row)->domid);
}

static void xl_memory(struct str *out, const void *row)
{
    if (!xl_nothing(out, row, 5))
        str_addf(out, " %5llu",
                 (unsigned long long)(DOMAIN(row)->memory_kib + DOMAIN(row)->claimed_kib) / 1024);
}

static void xl_vcpus(struct str *out, const void *row)
{
    if (!xl_nothing(out, row, 5))
        str_addf(out, " %5u", DOMAIN(row)->vcpus_online);
}

static void xl_state(struct str *out, const void *row)
{
    char letters[sizeof("stopped")] = "stopped";

    if (!DOMAIN(row)->stopped)
        domain_state_letters(row, letters);
    str_addf(out, "     %s", letters);
}

static void xl_time(struct str *out, const void *row)
{
    if (DOMAIN(row)->stopped)
        str_addf(out, " %8s", "-"); /* "stopped" is one letter wider */
    else
        str_addf(out, "  %8.1f", (double)DOMAIN(row)->cpu_time_ns / 1e9);
}

static void xl_uuid(struct str *out, const void *row)
{
    if (!xl_nothing(out, row, UUID_TEXT_SIZE - 1))
        str_addf(out, " %s", DOMAIN(row)->uuid);
}

static void xl_reason(struct str *out, const void *row)
{
    if (DOMAIN(row)->shutdown)
        str_addf(out, " %8x", (unsigned)DOMAIN(row)->shutdown_reason);
    else
        str_addf(out, " %8s", "-");
}

static void xl_label(struct str *out, const void *row)
{
    str_addf(out, " %16s", DOMAIN(row)->security_label ? DOMAIN(row)->security_label : "-");
}

static void xl_cpupool(struct str *out, const void *row)
{
    auto_free char *name = printable(DOMAIN(row)->cpupool ? DOMAIN(row)->cpupool : "");

    str_addf(out, "%16s", name);
}

static void xl_affinity(struct str *out, const void *row)
{
    str_addf(out, " %s", DOMAIN(row)->node_affinity ? DOMAIN(row)->node_affinity : "-");
}

size_t domain_xl_columns(const struct domain_layout *layout, struct xl_column *xl)
{
    static const struct xl_column always[] = {
        { "Name                                    ", xl_name },
        { "    ID", xl_domid },
        { "   Mem", xl_memory },
        { " VCPUs", xl_vcpus },
        { "\tState", xl_state },
        { "\tTime(s)", xl_time },
    };
    size_t count = ARRAY_SIZE(always);

    memcpy(xl, always, sizeof(always));
    if (layout->verbose) {
        xl[count++] = (struct xl_column){ "   UUID                           ", xl_uuid };
        xl[count++] = (struct xl_column){ " Reason-Code", xl_reason };
        xl[count++] = (struct xl_column){ "\tSecurity Label", xl_label };
    } else if (layout->context) {
        xl[count++] = (struct xl_column){ "   Security Label", xl_label };
    }
    if (layout->cpupool)
        xl[count++] = (struct xl_column){ "         Cpupool", xl_cpupool };
    if (layout->numa)
        xl[count++] = (struct xl_column){ " NODE Affinity", xl_affinity };
    return count;
}
