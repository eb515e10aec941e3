/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CPUs of a guest: where they run and where they may run. */
#ifndef XN_MODEL_VCPU_H
#define XN_MODEL_VCPU_H

#include "model/domain.h"

struct vcpu {
    const struct domain *domain; /* of the list that it was asked for */
    uint32_t number;
    bool online, running, blocked;
    uint32_t cpu; /* of the host, that it runs on or ran on last */
    bool has_node;
    uint32_t node; /* of that CPU */
    uint64_t cpu_time_ns;
    char *hard, *soft; /* "all", "none", "0-1,3": where it may run, where it likes to run */
};

struct vcpu_list {
    struct vcpu *vcpus;
    size_t count;
};

#define auto_vcpu_list __attribute__((cleanup(vcpu_list_release))) struct vcpu_list

void vcpu_list_release(struct vcpu_list *list);
/* Keeps the first count of them. */
void vcpu_list_cut(struct vcpu_list *list, size_t count);

extern const struct column_table vcpu_columns;

/* xl's layout: one column that is the whole line. */
extern const struct xl_column vcpu_xl_column;

#endif
