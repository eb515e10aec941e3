/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The configuration of a guest: from a file and key=value words to a libxl_domain_config.
 *
 * This is the room's front door. The language (lexer, parser, values with positions) knows no key;
 * the key table (keys.c) knows every key once; the builders turn values into libxl's structs. No
 * libxl verb is called: everything here works on a machine without Xen, as any user.
 */
#ifndef XN_CONFIG_CONFIG_H
#define XN_CONFIG_CONFIG_H

#include <libxl.h>
#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"
#include "config/diagnostic.h"
#include "config/host_config.h"

/* What the parser must know about the host; a machine without Xen uses generous pretended values.
 */
struct host_facts {
    unsigned cpus;  /* number of physical CPUs: max_cpu_id + 1 */
    unsigned nodes; /* NUMA nodes */
    /* The CPUs of a node: sets bits in *cpus (allocated for .cpus bits). NULL: node N has none. */
    int (*node_cpus)(void *context, unsigned node, libxl_bitmap *cpus, struct error **error);
    void *context;
};

/* A configuration that was read without an error, with the places where its settings stand. */
struct config_view;

struct config_request {
    const char *file; /* path; "/dev/null" is the empty configuration; NULL: only the words */
    const char *text; /* read instead of the file, which is then only its name; or NULL */
    const struct string_list *assignments; /* key=value words, applied after the file in order */
    const struct host_config *host_config; /* xl.conf's values; NULL: built-in defaults */
    const struct host_facts *facts; /* NULL: pretended (the check then says nothing of CPUs) */
    bool strict;                    /* unknown keys are errors, not warnings */
    /* Called when there was no error, while the places are still known; it may add diagnostics, and
     * errors among them make the reading fail. NULL: nothing more is looked at. */
    void (*examine)(void *context, const struct config_view *view);
    void *context;
};

/* Reads, parses and checks. All problems found go to diagnostics (initialised by the caller),
 * warnings too. Returns 0 when there was no error-level diagnostic; *ret_config was initialised by
 * the caller with libxl_domain_config_init and is filled. On failure *error (ERR_CONFIG, or
 * ERR_FILE when the file cannot be read) holds the first error, its excerpt with a caret and the
 * further errors as detail, and *ret_config is for disposal only. */
int config_read(const struct config_request *request, struct diagnostics *diagnostics,
                libxl_domain_config *ret_config, struct error **error);

/* Calls request->examine for a configuration that came from elsewhere than our language: nothing is
 * known of places in it, and config_format adds nothing. ERR_CONFIG when errors were added. */
int config_examine(const struct config_request *request, libxl_domain_config *config,
                   struct diagnostics *diagnostics, struct error **error);

const libxl_domain_config *config_view_get(const struct config_view *view);
/* Whether the configuration sets the key. */
bool config_is_set(const struct config_view *view, const char *key);
/* Adds a diagnostic at the value of a key, or at item index of its list; when the key is not set it
 * is about the whole file. Returns what diagnostic_hint takes. */
struct diagnostic *config_report(const struct config_view *view, enum severity severity,
                                 const char *code, const char *key, int index, const char *format,
                                 ...) __attribute__((format(printf, 6, 7)));
#define CONFIG_WHOLE_VALUE (-1)
/* Whether disk index of the list says w!: another guest may write to it at the same time. */
bool config_disk_is_shared(const struct config_view *view, int index);
/* Adds a configuration file that says the same, clean: every key that has an effect, in the order
 * and the sections of xn.cfg(5). With defaults also what the keys that are not set stand at, as
 * comments. */
void config_format(const struct config_view *view, bool defaults, struct str *text);

/* The CPUs that xl.conf's masks leave to a guest of that type. *ret is allocated for the host's
 * CPUs; libxl_bitmap_dispose frees it in any case. ERR_USAGE when a mask is wrong. */
int config_cpu_mask(libxl_domain_type type, const struct host_config *host,
                    const struct host_facts *facts, libxl_bitmap *ret, struct error **error);
/* Limits the hard affinity of a new guest to these CPUs, as xl create does unless -i is given; a
 * guest without one is given it. ERR_CONFIG when a CPU of the guest has none left. */
int config_apply_cpu_masks(libxl_domain_config *config, const struct host_config *host,
                           const struct host_facts *facts, struct error **error);

/* One device in the words of a command line: "bridge=xenbr0" "mac=..." or "/dev/vg/lv,raw,xvdb". */
struct device_request {
    const char *key;                 /* of its list in a configuration: "disk", "vif", "pci" ... */
    const struct string_list *words; /* the parts of one device; of "vsnd" its items */
    const struct host_config *host_config; /* xl.conf's values; NULL: built-in defaults */
    libxl_domain_type type;                /* of the guest that it is for */
    void (*examine)(void *context, const struct config_view *view); /* as in config_request */
    void *context;
};

/* Reads it as config_read would, but what is unknown is an error. The device is then the only one
 * in its array of *ret_config, which was initialised by the caller with libxl_domain_config_init;
 * its devid is -1, for libxl to choose, unless the words say it. The key is the name of the source
 * in messages. ERR_CONFIG; ERR_NOT_SUPPORTED when the key has no devices. */
int config_read_device(const struct device_request *request, struct diagnostics *diagnostics,
                       libxl_domain_config *ret_config, struct error **error);

#endif
