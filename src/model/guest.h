/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything about one domain on a page: what 'xn show' prints. */
#ifndef XN_MODEL_GUEST_H
#define XN_MODEL_GUEST_H

#include "model/vcpu.h"

struct guest_disk {
    char *vdev;         /* "xvda" */
    char *path;         /* NULL: an empty drive */
    const char *format; /* "raw"; static */
    bool writable, cdrom;
    uint32_t backend_domid;
    int state; /* of its connection, as in device_state_name; -1: not known */
};

struct guest_network {
    uint32_t devid, backend_domid;
    char mac[18];
    char *bridge, *interface;     /* NULL: none */
    struct string_list addresses; /* as the guest publishes them, checked to be addresses */
    int state;
};

enum supervision { SUPERVISED_BY_NOBODY, SUPERVISED_BY_XN, SUPERVISED_BY_XL };

struct guest {
    struct domain domain; /* with name, type and pool */
    uint64_t start_s;     /* since 1970; 0: not known */
    uint64_t now_s;
    uint64_t target_kib;    /* memory it shall have; 0: not known */
    struct vcpu_list vcpus; /* lends .domain: the guest must not move */
    struct guest_disk *disks;
    size_t disk_count;
    struct guest_network *networks;
    size_t network_count;
    char *console;     /* path of the terminal; NULL: none */
    char *vnc_address; /* NULL: not noted */
    uint32_t vnc_port; /* 0: no screen */
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
