/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints what xn-json(7) must list: the keys of each document with their types, and the codes of
 * errors with their exit statuses. */
#include <stdio.h>

#include "base/error.h"
#include "model/autostart.h"
#include "model/disk.h"
#include "model/cached_kernel.h"
#include "model/channel.h"
#include "model/domain.h"
#include "model/event.h"
#include "model/host.h"
#include "model/leftover.h"
#include "model/memory_use.h"
#include "model/numa.h"
#include "model/metrics.h"
#include "model/nic.h"
#include "model/migration.h"
#include "model/outcome.h"
#include "model/pool.h"
#include "model/pci.h"
#include "model/presence.h"
#include "model/psr.h"
#include "model/sched.h"
#include "model/problem.h"
#include "model/uptime.h"
#include "model/vcpu.h"
#include "model/quota.h"
#include "model/uptime.h"
#include "model/usage.h"
#include "model/usb.h"
#include "model/vdispl.h"
#include "model/vkb.h"
#include "model/vm.h"
#include "model/vsnd.h"
#include "model/vtpm.h"
#include "supervise/status.h"

static const char *type_name(enum value_type type)
{
    switch (type) {
    case VALUE_BOOL:
        return "boolean";
    case VALUE_INT:
    case VALUE_UINT:
        return "integer";
    case VALUE_FLOAT:
        return "number";
    case VALUE_TEXT:
        return "text";
    case VALUE_LIST:
        return "list of texts";
    case VALUE_NULL:
        break;
    }
    return "null";
}

static void print_columns(const char *document, const struct column_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        printf("%s %s %s\n", document, table->columns[i].key, type_name(table->columns[i].type));
}

static void print_metric(void *context, const char *name, const char *type, const char *help)
{
    (void)context;
    printf("metric %s %s %s\n", name, type, help);
}

int main(void)
{
    print_columns("list", &domain_columns);
    print_columns("vm-list", &vm_columns);
    print_columns("uptime", &uptime_columns);
    print_columns("network-list", &nic_columns);
    print_columns("block-list", &disk_columns);
    print_columns("results", &outcome_columns);
    print_columns("vcpus", &vcpu_columns);
    print_columns("cpupools", &pool_columns);
    print_columns("numa", &numa_columns);
    print_columns("memory", &memory_use_columns);
    print_columns("sched-credit", &sched_credit_columns);
    print_columns("sched-credit2", &sched_credit2_columns);
    print_columns("sched-rtds", &sched_rtds_columns);
    print_columns("psr-hwinfo", &psr_feature_columns);
    print_columns("psr-cat", &psr_cat_columns);
    print_columns("psr-mba", &psr_mba_columns);
    print_columns("psr-cmt", &psr_cmt_columns);
    print_columns("problems", &problem_columns);
    print_columns("migrations", &migration_columns);
    print_columns("info", &host_columns);
    print_columns("cleanup", &leftover_columns);
    print_columns("cache", &cached_kernel_columns);
    print_columns("status", &presence_columns);
    print_columns("guests", &supervised_columns);
    print_columns("autostart", &autostart_columns);
    print_columns("plan", &plan_columns);
    print_columns("stats", &usage_columns);
    print_columns("events", &event_columns);
    print_columns("xenstore-quota-get", &quota_columns);
    for (size_t i = 0; event_kinds[i]; i++)
        printf("event %s\n", event_kinds[i]);
    metrics_each(print_metric, NULL);
    print_columns("pci-list", &pci_columns);
    print_columns("pci-assignable-list", &pci_assignable_columns);
    print_columns("usb-list", &usb_columns);
    print_columns("vtpm-list", &vtpm_columns);
    print_columns("vkb-list", &vkb_columns);
    print_columns("vdispl-list", &vdispl_columns);
    print_columns("vsnd-list", &vsnd_columns);
    print_columns("channel-list", &channel_columns);
    for (enum error_code code = ERR_FAILED; code <= ERR_LIBXL; code++)
        printf("error %s %d\n", error_code_name(code), (int)error_code_status(code));
    return 0;
}
