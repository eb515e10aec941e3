/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The description of a command: the single source for parsing, usage errors, --help, suggestions,
 * completion, the dump of the interface and the checks of the manual.
 *
 * A command is one file in src/commands with one const struct command. Its options and arguments
 * are bound by offset to the fields of its own argument struct; the macros below refuse a field of
 * the wrong type at compile time. Named initialisers only.
 */
#ifndef XN_CLI_SPEC_H
#define XN_CLI_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/column.h"
#include "base/error.h"
#include "cli/env.h"

/* What a word means. One row per kind in value.c: field type, placeholder, parser; completers are
 * handed in by commands/ (struct completers), since they may need a host. */
enum value_kind {
    KIND_NONE = 0,   /* an all-zero row is invalid */
    KIND_FLAG,       /* bool */
    KIND_COUNT,      /* int: how often the option was given */
    KIND_TEXT,       /* const char *: any text */
    KIND_WORD,       /* const char *: in any case, one of .choices */
    KIND_DOMAIN,     /* const char *: name, domid or UUID; resolved by the command in xen/ */
    KIND_GUEST,      /* const char *: the name of a guest that this host keeps, running or not */
    KIND_FILE,       /* const char * */
    KIND_UINT,       /* uint64_t: decimal, 0 up to INT32_MAX */
    KIND_DURATION,   /* uint64_t: milliseconds; UINT64_MAX is not accepted */
    KIND_SIZE,       /* uint64_t: KiB */
    KIND_ASSIGNMENT, /* const char *: KEY=VALUE configuration override */
    KIND_COMMAND,    /* const char *: the name of a command */
    KIND_CONFIG,     /* const char *: a configuration file, or KEY=VALUE */
    KIND_KEY,        /* const char *: a key of a configuration file, or KEY.PART */
    KIND_POOL,       /* const char *: name or number of a CPU pool */
    KIND_CPUS,       /* const char *: CPUs of the host, "0-3,^2", "node:1", "all" */
    KIND_VCPU,       /* const char *: number of a CPU of a guest, or "all" */
    KIND_DEVICE,     /* const char *: a device of the domain that stands before it */
    KIND_PART,       /* const char *: a part of a device, "bridge=xenbr0" */
    KINDS,           /* how many there are */
};

/* A repeated argument of type struct string_list; the strings point into argv copies. */
struct option_spec {
    char letter;      /* 0: none */
    const char *name; /* long name without "--", NULL: none */
    enum value_kind kind;
    bool repeated;              /* the field is a struct string_list that collects every use */
    bool hidden;                /* kept out of help (an odd spelling of xl, an old name) */
    size_t offset;              /* of the field in the command's argument struct */
    const char *placeholder;    /* "FILE"; NULL: the kind's own */
    const char *const *choices; /* KIND_WORD: NULL-terminated */
    const char *help;           /* one line, lower case, no full stop */
};

struct argument_spec {
    const char *placeholder; /* "DOMAIN"; NULL ends the array */
    enum value_kind kind;
    bool optional;
    bool repeated; /* the field is a struct string_list; only the last argument */
    size_t offset;
    const char *const *choices; /* KIND_WORD: NULL-terminated */
    const char *help;
};

/* The static assertion inside makes a wrong field type an error at compile time. */
#define FIELD(type, field, wanted)                                                                 \
    (offsetof(type, field) +                                                                       \
     0 * sizeof(struct {                                                                           \
         _Static_assert(__builtin_types_compatible_p(__typeof__(((type *)0)->field), wanted),      \
                        "the field has another type than the option needs");                       \
         int unused;                                                                               \
     }))

#define OPTION_FLAG(l, n, type, field, text)                                                       \
    {                                                                                              \
        .letter = (l), .name = (n), .kind = KIND_FLAG, .offset = FIELD(type, field, bool),         \
        .help = (text)                                                                             \
    }
#define OPTION_FLAG_HIDDEN(l, n, type, field, text)                                                \
    {                                                                                              \
        .letter = (l), .name = (n), .kind = KIND_FLAG, .hidden = true,                             \
        .offset = FIELD(type, field, bool), .help = (text)                                         \
    }
#define OPTION_COUNT(l, n, type, field, text)                                                      \
    {                                                                                              \
        .letter = (l), .name = (n), .kind = KIND_COUNT, .offset = FIELD(type, field, int),         \
        .help = (text)                                                                             \
    }
/* kind: any with a const char * field */
#define OPTION_TEXT(l, n, type, field, the_kind, placeholder_text, text)                           \
    {                                                                                              \
        .letter = (l), .name = (n), .kind = (the_kind),                                            \
        .offset = FIELD(type, field, const char *), .placeholder = (placeholder_text),             \
        .help = (text)                                                                             \
    }
#define OPTION_WORD(l, n, type, field, words, placeholder_text, text)                              \
    {                                                                                              \
        .letter = (l), .name = (n), .kind = KIND_WORD, .choices = (words),                         \
        .offset = FIELD(type, field, const char *), .placeholder = (placeholder_text),             \
        .help = (text)                                                                             \
    }
/* kind: KIND_UINT, KIND_DURATION or KIND_SIZE. The field keeps its value when the option is not
 * given; .prepare of the command can set a default first. */
#define OPTION_NUMBER(l, n, type, field, the_kind, placeholder_text, text)                         \
    {                                                                                              \
        .letter = (l), .name = (n), .kind = (the_kind), .offset = FIELD(type, field, uint64_t),    \
        .placeholder = (placeholder_text), .help = (text)                                          \
    }
#define OPTION_LIST(l, n, type, field, the_kind, placeholder_text, text)                           \
    {                                                                                              \
        .letter = (l), .name = (n), .kind = (the_kind), .repeated = true,                          \
        .offset = FIELD(type, field, struct string_list), .placeholder = (placeholder_text),       \
        .help = (text)                                                                             \
    }
#define OPTION_END                                                                                 \
    {                                                                                              \
        .kind = KIND_NONE                                                                          \
    }

#define ARGUMENT(placeholder_text, type, field, the_kind, text)                                    \
    {                                                                                              \
        .placeholder = (placeholder_text), .kind = (the_kind),                                     \
        .offset = FIELD(type, field, const char *), .help = (text)                                 \
    }
#define ARGUMENT_OPTIONAL(placeholder_text, type, field, the_kind, text)                           \
    {                                                                                              \
        .placeholder = (placeholder_text), .kind = (the_kind), .optional = true,                   \
        .offset = FIELD(type, field, const char *), .help = (text)                                 \
    }
#define ARGUMENT_WORD(placeholder_text, type, field, words, text)                                  \
    {                                                                                              \
        .placeholder = (placeholder_text), .kind = KIND_WORD, .choices = (words),                  \
        .offset = FIELD(type, field, const char *), .help = (text)                                 \
    }
/* kind: KIND_UINT, KIND_DURATION or KIND_SIZE */
#define ARGUMENT_NUMBER(placeholder_text, type, field, the_kind, text)                             \
    {                                                                                              \
        .placeholder = (placeholder_text), .kind = (the_kind),                                     \
        .offset = FIELD(type, field, uint64_t), .help = (text)                                     \
    }
/* The field keeps its value when the argument is not given. */
#define ARGUMENT_NUMBER_OPTIONAL(placeholder_text, type, field, the_kind, text)                    \
    {                                                                                              \
        .placeholder = (placeholder_text), .kind = (the_kind), .optional = true,                   \
        .offset = FIELD(type, field, uint64_t), .help = (text)                                     \
    }
/* one or more */
#define ARGUMENTS(placeholder_text, type, field, the_kind, text)                                   \
    {                                                                                              \
        .placeholder = (placeholder_text), .kind = (the_kind), .repeated = true,                   \
        .offset = FIELD(type, field, struct string_list), .help = (text)                           \
    }
/* none or more */
#define ARGUMENTS_OPTIONAL(placeholder_text, type, field, the_kind, text)                          \
    {                                                                                              \
        .placeholder = (placeholder_text), .kind = (the_kind), .optional = true, .repeated = true, \
        .offset = FIELD(type, field, struct string_list), .help = (text)                           \
    }
#define ARGUMENT_END                                                                               \
    {                                                                                              \
        .placeholder = NULL                                                                        \
    }

enum command_group {
    GROUP_NONE = 0, /* invalid */
    GROUP_LIFECYCLE,
    GROUP_INFORMATION,
    GROUP_RESOURCES,
    GROUP_DEVICES,
    GROUP_CONFIGURATION,
    GROUP_HOST,
    GROUP_SUPERVISION,
    GROUP_HELP,
};

enum command_flags {
    COMMAND_NEEDS_HOST = 1 << 0, /* talks to Xen: refused with status 4 where there is none */
    COMMAND_CHANGES = 1 << 1,    /* changes the host's state */
    COMMAND_DRY_RUN = 1 << 2,    /* honours -N */
    COMMAND_LISTS = 1 << 3,      /* rows: takes all output options; .columns is set */
    COMMAND_REPORTS = 1 << 4,    /* an object or a result per target: takes --format and --json */
    COMMAND_HIDDEN = 1 << 5,     /* not in help and completion */
    COMMAND_RAW_WORDS = 1 << 6,  /* no option parsing: every word goes to the last argument */
    COMMAND_SIGNED = 1 << 7,     /* "-5" is an argument, as no option is a digit */
    COMMAND_METRICS = 1 << 8,    /* with COMMAND_LISTS: also knows --format=prometheus */
};

struct example {
    const char *line; /* without the program's name: "shutdown --wait web db" */
    const char *text; /* what it does, one line; lines[].line NULL ends the array */
};

struct command {
    const char *name;
    const char *alias; /* another exact name, NULL: none */
    enum command_group group;
    const char *summary; /* one line, imperative, lower case, no full stop; equals man's .Nd */
    const char
        *description; /* a paragraph or more for --help, wrapped by hand at 80; may be NULL */
    const struct example *examples;
    unsigned flags;                        /* enum command_flags */
    const struct option_spec *options;     /* ends with OPTION_END; NULL: none */
    const struct argument_spec *arguments; /* ends with ARGUMENT_END; NULL: none */
    size_t args_size;                      /* of the command's argument struct; zeroed first */
    const struct column_table *columns;    /* of COMMAND_LISTS and COMMAND_REPORTS, or NULL */
    /* Sets defaults in the zeroed argument struct before parsing; may be NULL. */
    void (*prepare)(void *args);
    /* What the tables cannot say (options that exclude each other ...); runs before the host is
     * touched; errors must be ERR_USAGE. May be NULL. */
    int (*check)(const struct env *env, void *args, struct error **error);
    /* What could stand for a word of a kind whose words only the command knows (KIND_DEVICE,
     * KIND_PART): adds them to list. arguments are the words before it that are no options. Silent:
     * no host, no words. May be NULL. */
    void (*complete)(enum value_kind kind, const struct string_list *arguments, const char *prefix,
                     struct string_list *list);
    /* Does it. Returns -1 with *error set, or 0. Partly done is ERR_PARTIAL. A command may return a
     * positive number: that is the exit status and nothing is printed. */
    int (*run)(struct env *env, void *args, struct error **error);
};

/* Every command, NULL-terminated, in the order of help. Made by commands/registry.c from all.def.
 */
typedef const struct command *const *command_list;

/* Exact name or alias. With prefix_match (xl's way) also an unambiguous beginning. NULL: unknown.
 */
const struct command *command_find(command_list commands, const char *name, bool prefix_match);
const char *command_group_title(enum command_group group);

#endif
