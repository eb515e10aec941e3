/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's own configuration: xl.conf, then xn.conf where it exists. */
#ifndef XN_CONFIG_HOST_CONFIG_H
#define XN_CONFIG_HOST_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "config/diagnostic.h"

enum autoballoon { AUTOBALLOON_AUTO, AUTOBALLOON_ON, AUTOBALLOON_OFF };
enum domid_policy { DOMID_POLICY_XEN, DOMID_POLICY_RANDOM };

#define KERNEL_CACHE_MIB 256

/* Texts are owned; NULL: not set, libxl's default holds. The keys are those of xl.conf(5), and two.
 */
struct host_config {
    enum autoballoon autoballoon;
    enum domid_policy domid_policy;
    bool run_hotplug_scripts; /* default true */
    bool fast_hotplug;        /* default true; xn's own */
    bool claim_mode;          /* default true */
    bool output_sxp;          /* output_format="sxp"; default false: JSON */
    int bootloader_restrict;  /* -1: not set; only with Xen 4.18 and later */
    char *lockfile;           /* default XEN_LOCK_FILE */
    long kernel_cache_mib;    /* default KERNEL_CACHE_MIB; 0: no cache; xn's own */
    long max_grant_frames;    /* -1: not set */
    long max_maptrack_frames; /* -1: not set */
    long max_grant_version;   /* -1: not set */
    char *vif_default_script;
    char *vif_default_bridge;
    char *vif_default_gatewaydev;
    char *vif_default_backend;
    char *remus_default_netbufscript;
    char *colo_default_proxyscript;
    char *blkdev_start;
    char *vm_cpumask; /* CPULIST texts, parsed when the host's CPUs are known */
    char *vm_hvm_cpumask;
    char *vm_pv_cpumask;
};

/* Fills *ret with the defaults, then with the files that exist: XEN_CONFIG_DIR/xl.conf and
 * XEN_CONFIG_DIR/xn.conf. A missing file is no message. ERR_CONFIG or ERR_FILE when one is
 * there and cannot be used. Release in any case. */
int host_config_read(struct host_config *ret, struct diagnostics *diagnostics,
                     struct error **error);
/* The same with another directory than XEN_CONFIG_DIR. */
int host_config_read_from(struct host_config *ret, const char *directory,
                          struct diagnostics *diagnostics, struct error **error);
/* The name of the key number index, NULL behind the last. */
const char *host_config_key(size_t index);
void host_config_release(struct host_config *host_config);
#define auto_host_config __attribute__((cleanup(host_config_release))) struct host_config

#endif
