/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Platform shared resources in xl's layouts; see psr.h. */
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "model/psr.h"

static void uint_line(struct str *text, const char *name, uint32_t value)
{
    str_addf(text, "%-16s: %u\n", name, value);
}

static void cmt_text(const struct psr_feature *feature, struct str *text)
{
    str_addf(text, "%-16s: %d\n", "Enabled", feature->enabled);
    if (!feature->enabled)
        return;
    uint_line(text, "Total RMID", feature->rmids);
    str_add(text, "Supported monitor types:\n");
    for (size_t i = 0; i < feature->monitors.count; i++)
        str_addf(text, "%s\n", feature->monitors.items[i]);
}

static void cat_text(const struct psr_feature *feature, struct str *text)
{
    uint_line(text, "Socket ID", feature->socket);
    if (feature->kind == PSR_L3_CAT) {
        str_addf(text, "%-16s: %uKB\n", "L3 Cache", feature->l3_cache_kib);
        str_addf(text, "%-16s: %s\n", "CDP Status", feature->cdp ? "Enabled" : "Disabled");
    }
    uint_line(text, "Maximum COS", feature->cos_max);
    uint_line(text, "CBM length", feature->cbm_bits);
    str_addf(text, "%-16s: %#" PRIx64 "\n", "Default CBM", psr_full_mask(feature->cbm_bits));
}

static void mba_text(const struct psr_feature *feature, struct str *text)
{
    str_addf(text,
             "Socket ID               : %u\n"
             "Linear Mode             : %s\n"
             "Maximum COS             : %u\n"
             "Maximum Throttling Value: %u\n"
             "Default Throttling Value: %u\n",
             feature->socket, feature->linear ? "Enabled" : "Disabled", feature->cos_max,
             feature->throttle_max, 0u);
}

void psr_feature_text(enum psr_feature_kind kind, const struct psr_feature_list *list,
                      struct str *text)
{
    static const struct {
        const char *heading;
        void (*text)(const struct psr_feature *feature, struct str *text);
    } kinds[] = {
        [PSR_CMT] = { "Cache Monitoring Technology (CMT):\n", cmt_text },
        [PSR_L3_CAT] = { "Cache Allocation Technology (CAT):\n", cat_text },
        [PSR_L2_CAT] = { "Cache Allocation Technology (CAT): L2\n", cat_text },
        [PSR_MBA] = { "Memory Bandwidth Allocation (MBA):\n", mba_text },
    };

    str_add(text, kinds[kind].heading);
    for (size_t i = 0; i < list->count; i++)
        if (list->features[i].kind == kind)
            kinds[kind].text(&list->features[i], text);
}

/* Masks are hexadecimal, linear throttles decimal. */
static void add_number(struct str *text, bool known, uint64_t number, bool decimal)
{
    if (!known)
        str_addf(text, "%16s", "error");
    else if (decimal)
        str_addf(text, "%16" PRIu64, number);
    else
        str_addf(text, "%#16" PRIx64, number);
}

static void limit_row(const struct psr_feature *feature, const struct psr_value *value,
                      struct str *text)
{
    auto_free char *name = printable(value->domain->name ? value->domain->name : "(null)");
    bool decimal = feature->kind == PSR_MBA && feature->linear;

    str_addf(text, "%5u%25s", value->domain->domid, name);
    add_number(text, value->known, value->number, decimal);
    if (feature->cdp)
        add_number(text, value->data_known, value->data, false);
    str_add_char(text, '\n');
}

static void limit_heading(const struct psr_feature *feature, struct str *text)
{
    uint_line(text, "Socket ID", feature->socket);
    if (feature->kind == PSR_L3_CAT)
        str_addf(text, "%-16s: %uKB\n", "L3 Cache", feature->l3_cache_kib);
    if (feature->kind == PSR_MBA)
        uint_line(text, "Default THRTL", 0);
    else
        str_addf(text, "%-16s: %#" PRIx64 "\n", "Default CBM", psr_full_mask(feature->cbm_bits));
    str_addf(text, "%5s%25s", "ID", "NAME");
    if (feature->cdp)
        str_addf(text, "%16s%16s\n", "CBM (code)", "CBM (data)");
    else
        str_addf(text, "%16s\n", feature->kind == PSR_MBA ? "THRTL" : "CBM");
}

void psr_limit_text(const struct psr_feature *feature, const struct psr_value_list *list,
                    struct str *text)
{
    limit_heading(feature, text);
    for (size_t i = 0; i < list->count; i++)
        if (list->values[i].feature == feature)
            limit_row(feature, &list->values[i], text);
}

static void monitor_row(const struct psr_monitor *monitor, const struct psr_value *values,
                        struct str *text)
{
    auto_free char *name = printable(values[0].domain->name ? values[0].domain->name : "(null)");

    str_addf(text, "%-40s %5u", name, values[0].domain->domid);
    for (size_t i = 0; i < monitor->socket_count; i++) {
        if (!values[i].known)
            str_addf(text, "%16s", "error");
        else
            str_addf(text, monitor->bandwidth ? "%11" PRIu64 " KB/s" : "%13" PRIu64 " KB",
                     values[i].number);
    }
    str_add_char(text, '\n');
}

/* list has a value for each socket, domain by domain. */
void psr_monitor_text(const struct psr_monitor *monitor, const struct psr_value_list *list,
                      struct str *text)
{
    str_addf(text, "Total RMID: %u\n%-40s %5s", monitor->rmids, "Name", "ID");
    for (size_t i = 0; i < monitor->socket_count; i++)
        str_addf(text, "%14s %u", "Socket", monitor->sockets[i]);
    str_add_char(text, '\n');
    if (!monitor->bandwidth) {
        str_addf(text, "%-46s", "Total L3 Cache Size");
        for (size_t i = 0; i < monitor->socket_count; i++)
            str_addf(text, "%13u KB", monitor->l3_cache_kib[i]);
        str_add_char(text, '\n');
    }
    for (size_t i = 0; monitor->socket_count && i < list->count; i += monitor->socket_count)
        monitor_row(monitor, &list->values[i], text);
}
