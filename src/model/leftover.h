/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What killed tools and crashes leave behind on a host: the kinds, the columns of their listing,
 * and every decision that can be made without asking the host. xen/ asks and acts.
 */
#ifndef XN_MODEL_LEFTOVER_H
#define XN_MODEL_LEFTOVER_H

#include "base/error.h"
#include "model/domain.h"

/* In the order in which they are listed and cleaned: a loop device before the node that is the only
 * one to name it, a backend before the interface that goes with it. */
enum leftover_kind {
    LEFTOVER_HALF_BUILT,
    LEFTOVER_SUSPENDED,
    LEFTOVER_INCOMING,
    LEFTOVER_MIGRATED_AWAY,
    LEFTOVER_ZOMBIE,
    LEFTOVER_MARK,
    LEFTOVER_LOOP,
    LEFTOVER_BACKEND,
    LEFTOVER_LIBXL_NODE,
    LEFTOVER_DOMAIN_NODE,
    LEFTOVER_VM_NODE,
    LEFTOVER_VIF,
    LEFTOVER_USERDATA,
    LEFTOVER_PART_FILE,
    LEFTOVER_LOCK,
    LEFTOVER_KINDS,
};

enum leftover_action {
    CLEAN_NOTHING, /* it is only told */
    CLEAN_DESTROY,
    CLEAN_RESUME,
    CLEAN_REMOVE,
    CLEAN_DETACH,
};

enum leftover_result {
    RESULT_FOUND,   /* nothing was to be done */
    RESULT_CLEANED, /* it is away */
    RESULT_GONE,    /* it went away, or into use, by itself before its turn came */
    RESULT_KEPT,    /* it must be named by its kind, or there is nothing that xn can do */
    RESULT_FAILED,
};

struct leftover {
    enum leftover_kind kind;
    enum leftover_action action;
    bool guarded;              /* acted on only when its kind is named */
    char *subject;             /* a name, path or device; untrusted */
    uint32_t domid;            /* 0: it has to do with none */
    char uuid[UUID_TEXT_SIZE]; /* "": unknown */
    char *explanation;         /* untrusted parts are possible */
    char *expected; /* what must still be so right before the action, or NULL; see xen/ */
    enum leftover_result result;
    struct error *error; /* why it failed, or NULL */
};

struct leftover_list {
    struct leftover *items;
    size_t count;
};

#define auto_leftover_list __attribute__((cleanup(leftover_list_release))) struct leftover_list

/* A new entry of this kind, to be filled; takes subject. Pointers into the list are valid until the
 * next call. */
struct leftover *leftover_list_add(struct leftover_list *list, enum leftover_kind kind,
                                   char *subject);
void leftover_list_release(struct leftover_list *list);
/* By kind, then domid, then subject. */
void leftover_list_sort(struct leftover_list *list);
/* STATUS_DONE when everything is away; STATUS_FAILED when anything is left. */
enum status leftover_list_status(const struct leftover_list *list);

/* The words of --kind, NULL-terminated, in the order of enum leftover_kind. */
extern const char *const leftover_kind_names[];
extern const struct column_table leftover_columns;

/* Names that Xen's tools make. Each returns whether it is exactly such a name; whatever is not is
 * somebody else's and none of our business. */

/* A guest's number, 1 to 32751, written as tools write it. */
bool leftover_parse_domid(const char *text, uint32_t *ret_domid);
/* A UUID, but not the one of domain 0 (all zero). */
bool leftover_is_uuid(const char *text);
/* "userdata-d.7.UUID.libxl-json" */
bool leftover_parse_userdata(const char *name, uint32_t *ret_domid, char *ret_uuid);
/* "vif7.0", "vif7.0-emu" */
bool leftover_parse_vif(const char *name, uint32_t *ret_domid);
/* ".web.save.1234.xn-part" of base/durable.c */
bool leftover_parse_part(const char *name, long *ret_pid);

/* What a process of a toolstack may be at. */
enum tool_work {
    TOOL_BUILDS = 1 << 0,    /* it builds a domain, or receives one */
    TOOL_SAVES = 1 << 1,     /* it saves or sends a domain */
    TOOL_MAY_BUILD = 1 << 2, /* it lives long, and builds a domain now and then */
    TOOL_MAY_SAVE = 1 << 3,  /* the same, and saves or sends one */
};

/* comm: as in /proc/PID/comm, cut at 15 characters. arguments: its argv. detached: it is a daemon
 * (own session, stdin is /dev/null, in /). xn's own processes say what they are at by locks and are
 * nothing here. Flags of enum tool_work, 0 for any other program. */
unsigned leftover_tool_work(const char *comm, const struct string_list *arguments, bool detached);

/* What is known about a domain besides what the hypervisor says. */
struct domain_circumstances {
    unsigned work;          /* enum tool_work of all processes */
    bool creation_locked;   /* somebody holds the creation lock of its UUID, or xl's lock */
    bool save_locked;       /* somebody holds its save lock */
    bool of_libxl;          /* libxl has nodes of it */
    bool has_stored_config; /* libxl has stored its configuration: it was built to the end */
    bool serves_another;    /* the device model of a domain that is here */
};

/* Compares two looks at a domain, some time apart, and fills kind, action, guarded and explanation
 * of *ret when it is a leftover. In doubt it is none: false. Domain 0 and xenstore's own domain
 * never are. */
bool leftover_judge_domain(const struct domain *before, const struct domain *now,
                           const struct domain_circumstances *circumstances, struct leftover *ret);
/* Whether a look is worth a second one. */
bool leftover_is_suspicious(const struct domain *domain);

/* What xenstore says about a disk of a domain that is gone, and the kernel about the loop device
 * that it names. Texts may be NULL. */
struct loop_facts {
    const char *node;            /* "/dev/loop3" */
    const char *params;          /* "/srv/web.img" */
    const char *script;          /* "/etc/xen/scripts/block" */
    const char *physical_device; /* "7:3", hexadecimal */
    const char *backing_file;    /* of the loop device, as the kernel has it */
    bool used_by_domain;         /* a disk of a domain that is here: the device or the file */
    bool used_here;              /* mounted, or part of another device */
};

/* The number N of /dev/loopN; false for any other device. */
bool leftover_parse_loop(const char *node, uint32_t *ret_number);
/* Whether Xen's block script made this loop device for that disk, and nobody needs it. */
bool leftover_judge_loop(const struct loop_facts *facts);

#endif
