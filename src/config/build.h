/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the builders share: they turn the settings of a document into a libxl_domain_config. */
#ifndef XN_CONFIG_BUILD_H
#define XN_CONFIG_BUILD_H

#include <libxl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "config/config.h"
#include "config/document.h"
#include "config/key.h"

struct build {
    const struct document *document;
    struct diagnostics *diagnostics;
    const struct host_config *host_config;
    const struct host_facts *facts;
    bool strict;
    bool single; /* one device of a command line: it is not the first of a list */
    bool broken; /* there were syntax errors: say nothing of missing keys */
    libxl_domain_config *config;
    struct place start; /* of the configuration, for what is missing in it */
    unsigned vcpus;     /* the guest's CPUs at start */
};

struct config_view {
    struct build build;
};

/* Reports a problem with a value or a part of it. Shorthands of diagnose. */
#define build_error(build, code, place, ...)                                                       \
    diagnose((build)->diagnostics, SEVERITY_ERROR, (code), (place), __VA_ARGS__)
#define build_warning(build, code, place, ...)                                                     \
    diagnose((build)->diagnostics, SEVERITY_WARNING, (code), (place), __VA_ARGS__)

/* The effective setting of a key, NULL when it is not set or does not have the form that the
 * key needs (which was reported before the builders run). */
const struct setting *build_setting(const struct build *build, const char *name);

/* Each returns whether the key is set and good; *ret is untouched otherwise. */
bool build_text(const struct build *build, const char *name, const char **ret);
bool build_number(const struct build *build, const char *name, long *ret);

/* A number as strtol reads it with base 0, nothing before or behind it. What is wrong with it is
 * reported for place. */
bool build_parse_number(struct build *build, const char *text, const struct place *place,
                        const char *name, long min, long max, long *ret);
/* The whole text as a number of the given base, no sign; false and no report when it is none. */
bool parse_unsigned(const char *text, size_t length, int base, unsigned long max,
                    unsigned long *ret);

/* Replaces *field, which is freed, by a copy. */
void replace_text(char **field, const char *text);
/* Appends one zeroed element to an array of libxl, which is freed with free(), and yields it. The
 * array grows by doubling: its capacity is the next power of two. */
#define EXTEND(array, count)                                                                       \
    ((array) = ((count) & ((count)-1))                                                             \
                   ? (array)                                                                       \
                   : xreallocarray((array), (count) ? (size_t)(count)*2 : 1, sizeof(*(array))),    \
     memset(&(array)[(count)], 0, sizeof(*(array))), &(array)[(count)++])

/* The devid of the last of count devices: its place in the list, or -1, for libxl to choose. */
int device_number(const struct build *build, int count);

unsigned guest_bit(libxl_domain_type type);
/* "PV", "PVH", "HVM"; "a PV guest". */
const char *guest_name(libxl_domain_type type);
const char *guest_noun(libxl_domain_type type);

/* Reads a setting of one of the words of a choice or their numbers; a number is reported as
 * deprecated. */
bool build_choice_or_number(struct build *build, const char *name, int *ret);

/* The builders, by file. */
void build_type(struct build *build); /* general.c; runs before all others */
void build_name(struct build *build);
void build_uuid(struct build *build);
void build_seclabel(struct build *build);
void build_host_defaults(struct build *build);
void build_actions(struct build *build);
void build_xenstore_quota(struct build *build); /* newer.c */
void build_smbios(struct build *build);
void build_virtios(struct build *build);
void build_sve(struct build *build);
void build_llc_colors(struct build *build);
void build_arm_sci(struct build *build);
void build_memory(struct build *build); /* memory.c */
void build_vcpus(struct build *build);  /* cpus.c */
void build_affinity(struct build *build);
void build_vnuma(struct build *build); /* vnuma.c */
void build_boot(struct build *build);  /* boot.c */
void build_firmware(struct build *build);
void build_timers(struct build *build); /* hardware.c */
void build_altp2m(struct build *build);
void build_viridian(struct build *build);
void build_genid(struct build *build);
void build_mca(struct build *build);
void build_cpuid(struct build *build);   /* cpuid.c */
void build_display(struct build *build); /* display.c */
void build_vga(struct build *build);
void build_serial(struct build *build);
void build_model(struct build *build);
void build_disks(struct build *build);  /* disk.c */
void build_vifs(struct build *build);   /* vif.c */
void build_pcis(struct build *build);   /* pci.c */
void build_dtdevs(struct build *build); /* ranges.c */
void build_ranges(struct build *build);
void build_vsnds(struct build *build);   /* vsnd.c */
void build_vdispls(struct build *build); /* devices.c */
void build_p9s(struct build *build);
void build_vtpms(struct build *build);
void build_pvcalls(struct build *build);
void build_channels(struct build *build);
void build_vfbs(struct build *build);
void build_vkbs(struct build *build);
void build_usbs(struct build *build);

/* The warnings about what is allowed and yet can hardly be meant; check.c. */
void build_check(struct build *build);

#endif
