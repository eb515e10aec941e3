/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Every key of the configuration language, described once.
 *
 * Parsing, the type check, "did you mean", the explanation of a key, completion of key=value and
 * the check of xn.cfg(5) all come from these rows. A key is one row in keys_*.c: either bound to a
 * field of libxl_domain_config, or read by a builder, or it says why it cannot be used.
 */
#ifndef XN_CONFIG_KEY_H
#define XN_CONFIG_KEY_H

#include <libxl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct build;

enum key_form {
    FORM_NONE = 0, /* an all-zero row is invalid */
    FORM_TEXT,
    FORM_NUMBER,
    FORM_BOOL,         /* 0 or 1 */
    FORM_MIB,          /* a number of MiB */
    FORM_CHOICE,       /* one of .choices */
    FORM_LIST,         /* of texts */
    FORM_TEXT_OR_LIST, /* one text, or a list of them */
    FORM_SPECS,        /* a list of texts with .parts */
    FORM_GROUPS,       /* a list of lists of texts with .parts */
    FORM_OTHER,        /* .form_text says it */
};

enum key_guests {
    GUEST_PV = 1 << 0,
    GUEST_PVH = 1 << 1,
    GUEST_HVM = 1 << 2,
    GUEST_ARM = 1 << 3, /* only on Arm, whatever the type */
    GUEST_X86 = GUEST_PV | GUEST_PVH | GUEST_HVM,
    GUEST_ALL = GUEST_X86,
};

enum key_binding {
    BIND_NONE = 0, /* .build reads it */
    BIND_TEXT,     /* char * */
    BIND_INT,      /* int */
    BIND_UINT,     /* uint32_t */
    BIND_BOOL,     /* libxl_defbool */
    BIND_KIB,      /* uint64_t KiB, the value is in MiB */
    BIND_CHOICE,   /* an enum of libxl */
    BIND_LIST,     /* libxl_string_list */
    BIND_BYTE,     /* uint8_t */
    BIND_FLAG,     /* bool */
};

struct key_choice {
    const char *text; /* NULL ends the array */
    int value;
    const char *meaning; /* may be NULL */
};

struct config_key {
    const char *name;
    enum key_form form;
    const char *form_text; /* in words; NULL: from .form */
    const struct key_choice *choices;
    bool any_case;                  /* upper and lower case of a choice are the same */
    const char *meaning;            /* one line, lower case, no full stop */
    const char *example;            /* a whole assignment, or a part "mac=00:16:3e:00:00:01" */
    unsigned guests;                /* enum key_guests: the types it means something to */
    bool refused_elsewhere;         /* for other types the key is an error, not a warning */
    const char *field;              /* of libxl, in words */
    const char *fallback;           /* what holds when it is not set, in words; NULL: nothing */
    const char *since;              /* the first Xen that has it, "4.0" */
    const char *replaced_by;        /* deprecated: what to use instead, "type" or a phrase */
    const char *warning;            /* said whenever the key is used; NULL: nothing */
    bool ignored;                   /* deprecated so long that it has no effect */
    bool unavailable;               /* this build's libxl is older than .since */
    const struct config_key *parts; /* sub-keys; name NULL ends the array */

    enum key_binding binding;
    size_t offset; /* in libxl_domain_config, or in the struct of the device */
    unsigned only; /* enum key_guests: stored for these types alone, 0: for all */
    long min, max; /* of numbers; both 0: no limit but the field's */
    void (*build)(struct build *build); /* the builder that reads it; one of bind.c's list */
};

/* One of the arrays that together are the table. */
struct key_section {
    const char *title;
    const struct config_key *keys; /* name NULL ends the array */
};

/* title NULL ends the array. */
const struct key_section *key_sections(void);
/* NULL when there is no such key. */
const struct config_key *key_find(const char *name);
/* A part of a structured key, "mac" of vif; NULL when there is no such part. */
const struct config_key *key_part(const struct config_key *key, const char *name);
/* The key (or, with key, the part of it) that was likely meant; NULL when none is near. */
const char *key_suggest(const struct config_key *key, const char *name);
/* The choice that text names; NULL when it names none. */
const struct key_choice *key_choice_find(const struct config_key *key, const char *text);
/* The nearest choice, NULL when none is near. */
const char *key_suggest_choice(const struct key_choice *choices, const char *text);
/* "one of destroy, restart ...", "a number of MiB": what a value must look like. The caller
 * frees it. */
char *key_form_text(const struct config_key *key);

/* Binding a row to a field; a field of another type is an error at compile time. */
#define KEY_OFFSET(type, path, wanted)                                                             \
    (offsetof(type, path) +                                                                        \
     0 * sizeof(struct {                                                                           \
         _Static_assert(__builtin_types_compatible_p(__typeof__(((type *)0)->path), wanted),       \
                        "the field has another type than the binding needs");                      \
         int unused;                                                                               \
     }))
#define BIND(kind, type, path, wanted)                                                             \
    .binding = (kind), .field = #path, .offset = KEY_OFFSET(type, path, wanted)

/* Of a key: path from libxl_domain_config. */
#define KEY_TEXT(path)         BIND(BIND_TEXT, libxl_domain_config, path, char *)
#define KEY_INT(path)          BIND(BIND_INT, libxl_domain_config, path, int)
#define KEY_UINT(path)         BIND(BIND_UINT, libxl_domain_config, path, uint32_t)
#define KEY_BOOL(path)         BIND(BIND_BOOL, libxl_domain_config, path, libxl_defbool)
#define KEY_KIB(path)          BIND(BIND_KIB, libxl_domain_config, path, uint64_t)
#define KEY_LIST(path)         BIND(BIND_LIST, libxl_domain_config, path, libxl_string_list)
#define KEY_CHOICE(path, type) BIND(BIND_CHOICE, libxl_domain_config, path, type)
/* The same in the HVM arm of the union: written for HVM guests only. */
#define HVM_TEXT(path)         KEY_TEXT(b_info.u.hvm.path), .only = GUEST_HVM
#define HVM_INT(path)          KEY_INT(b_info.u.hvm.path), .only = GUEST_HVM
#define HVM_BOOL(path)         KEY_BOOL(b_info.u.hvm.path), .only = GUEST_HVM
#define HVM_KIB(path)          KEY_KIB(b_info.u.hvm.path), .only = GUEST_HVM
#define HVM_CHOICE(path, type) KEY_CHOICE(b_info.u.hvm.path, type), .only = GUEST_HVM

/* Of a part: path from the struct of its device. */
#define PART_TEXT(type, path)          BIND(BIND_TEXT, type, path, char *)
#define PART_INT(type, path)           BIND(BIND_INT, type, path, int)
#define PART_UINT(type, path)          BIND(BIND_UINT, type, path, uint32_t)
#define PART_BYTE(type, path)          BIND(BIND_BYTE, type, path, uint8_t)
#define PART_BOOL(type, path)          BIND(BIND_BOOL, type, path, libxl_defbool)
#define PART_FLAG(type, path)          BIND(BIND_FLAG, type, path, bool)
#define PART_CHOICE(type, path, field) BIND(BIND_CHOICE, type, path, field)

/* A row that the libxl of this build does not have. */
#define KEY_UNAVAILABLE .unavailable = true

#endif
