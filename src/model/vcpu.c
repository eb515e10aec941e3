/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the CPUs of guests are listed; see vcpu.h. */
#include "model/vcpu.h"

#include <stdlib.h>

#include "base/mem.h"

void vcpu_list_cut(struct vcpu_list *list, size_t count)
{
    for (; list->count > count; list->count--) {
        free(list->vcpus[list->count - 1].hard);
        free(list->vcpus[list->count - 1].soft);
    }
}

void vcpu_list_release(struct vcpu_list *list)
{
    vcpu_list_cut(list, 0);
    free(list->vcpus);
    *list = (struct vcpu_list){ NULL, 0 };
}

#define VCPU(row) ((const struct vcpu *)(row))

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, VCPU(row)->domain->name);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, VCPU(row)->domain->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, VCPU(row)->domain->uuid);
}

static void get_vcpu(const void *row, struct value *value)
{
    value_set_uint(value, VCPU(row)->number);
}

static void get_cpu(const void *row, struct value *value)
{
    if (VCPU(row)->online)
        value_set_uint(value, VCPU(row)->cpu);
}

static void get_node(const void *row, struct value *value)
{
    if (VCPU(row)->online && VCPU(row)->has_node)
        value_set_uint(value, VCPU(row)->node);
}

static void get_state(const void *row, struct value *value)
{
    const struct vcpu *vcpu = VCPU(row);

    value_set_text(value, !vcpu->online   ? "offline"
                          : vcpu->running ? "running"
                          : vcpu->blocked ? "blocked"
                                          : "runnable");
}

static void get_cpu_time(const void *row, struct value *value)
{
    value_set_uint(value, VCPU(row)->cpu_time_ns);
}

static void get_hard(const void *row, struct value *value)
{
    value_set_text(value, VCPU(row)->hard);
}

static void get_soft(const void *row, struct value *value)
{
    value_set_text(value, VCPU(row)->soft);
}

static const struct column columns[] = {
    { "name", "NAME", VALUE_TEXT, "name of the domain", get_name },
    { "domid", "ID", VALUE_UINT, "number of the domain on this host", get_domid },
    { "uuid", "UUID", VALUE_TEXT, "UUID of the domain", get_uuid },
    { "vcpu", "VCPU", VALUE_UINT, "number of its virtual CPU, from 0", get_vcpu },
    { "state", "STATE", VALUE_TEXT, "running, blocked (idle), runnable or offline", get_state },
    { "cpu", "CPU", VALUE_UINT, "CPU of the host that it runs on or ran on last", get_cpu },
    { "node", "NODE", VALUE_UINT, "NUMA node of that CPU", get_node },
    { "cpu_time_ns", "CPU-NS", VALUE_UINT, "CPU time used", get_cpu_time },
    { "hard_affinity", "HARD", VALUE_TEXT, "CPUs that it may run on", get_hard },
    { "soft_affinity", "SOFT", VALUE_TEXT, "CPUs that it runs on if it can", get_soft },
};

const struct column_table vcpu_columns = {
    .noun = "vcpus",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "name,domid,vcpu,cpu,node,state,cpu_time_ns,hard_affinity,soft_affinity",
};

static void xl_line(struct str *out, const void *row)
{
    const struct vcpu *vcpu = VCPU(row);
    auto_free char *name = printable(vcpu->domain->name ? vcpu->domain->name : "(null)");

    str_addf(out, "%-32s %5u %5u", name, vcpu->domain->domid, vcpu->number);
    if (vcpu->online)
        str_addf(out, "%5u %3c%c- ", vcpu->cpu, vcpu->running ? 'r' : '-',
                 vcpu->blocked ? 'b' : '-');
    else
        str_addf(out, "%5c %3c%cp ", '-', '-', '-');
    str_addf(out, "%9.1f  %s / %s", (double)vcpu->cpu_time_ns / 1e9, vcpu->hard, vcpu->soft);
}

const struct xl_column vcpu_xl_column = {
    "Name                                ID  VCPU   CPU State   Time(s) Affinity (Hard / Soft)",
    xl_line,
};
