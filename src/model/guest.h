/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything about one domain on a page: what 'xn show' prints. */
#ifndef XN_MODEL_GUEST_H
#define XN_MODEL_GUEST_H

#include "model/disk.h"
#include "model/domain.h"
#include "model/nic.h"
#include "model/vcpu.h"

enum supervision { SUPERVISED_BY_NOBODY, SUPERVISED_BY_XN, SUPERVISED_BY_XL };

struct guest {
    struct domain domain; /* with name, type and pool */
    uint64_t start_s;     /* since 1970; 0: not known */
    uint64_t now_s;
    uint64_t target_kib;            /* memory it shall have; 0: not known */
    struct vcpu_list vcpus;         /* lends .domain: the guest must not move */
    struct device_rows disks, nics; /* struct disk, struct nic */
    struct string_list *addresses;  /* of each nic: published by the guest, and checked */
    char *console;                  /* path of the terminal; NULL: none */
    char *vnc_address;              /* NULL: not noted */
    uint32_t vnc_port;              /* 0: no screen */
    enum supervision supervision;
    bool supervisor_runs; /* of SUPERVISED_BY_XN */
    uint32_t monitor_pid; /* of SUPERVISED_BY_XL */
    char *config_file;    /* NULL: not noted */
};

#define auto_guest __attribute__((cleanup(guest_release))) struct guest

void guest_release(struct guest *guest);
/* For people. */
void guest_text(const struct guest *guest, struct str *text);

#endif
