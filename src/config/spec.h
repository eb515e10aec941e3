/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values that are themselves lists of parts: "mac=00:16:3e:00:00:01,bridge=xenbr0". */
#ifndef XN_CONFIG_SPEC_H
#define XN_CONFIG_SPEC_H

#include "config/build.h"

/* One part of an item. */
struct spec_word {
    char *name;        /* before the '=', or the whole word */
    char *value;       /* behind it; NULL when there is no '=' */
    struct place place; /* of the whole word */
    struct place value_place;
};

/* A cursor over the words of an item, which are separated by commas; empty words are left out, blanks
 * before a word are not part of it. */
struct spec {
    const struct setting_value *item;
    size_t at;
    struct spec_word word;
};

/* False at the end. The word is valid until the next call; spec_end frees the last one. */
bool spec_next(struct spec *spec);
void spec_end(struct spec *spec);

/* What to do with a part that xl does not know: it ends there, or goes on without it. */
enum spec_unknown { SPEC_UNKNOWN_ERROR, SPEC_UNKNOWN_WARNING };

/* Stores the parts of an item in device, whose fields the rows of key->parts are bound to. Parts
 * without a binding are handed to special with its row. */
void build_parts(struct build *build, const struct config_key *key,
                 const struct setting_value *item, enum spec_unknown unknown, void *device,
                 void (*special)(struct build *build, const struct config_key *part,
                                 const struct spec_word *word, void *device));
/* "no part 'brigde' of vif", with the nearest one as a hint. */
void report_unknown_part(struct build *build, const struct config_key *key,
                         const struct spec_word *word, enum severity severity);
/* "'foo' is no value of 'type' of vif". */
struct diagnostic *report_part_value(struct build *build, const struct config_key *part,
                                     const struct spec_word *word, enum severity severity);
/* The choice that the word names; on failure reports it with severity and returns false. */
bool part_choice(struct build *build, const struct config_key *part, const struct spec_word *word,
                 enum severity severity, int *ret);

#define PART_OFFSET(type, path, wanted)                                                            \
    (offsetof(type, path) +                                                                        \
     0 * sizeof(struct {                                                                           \
         _Static_assert(__builtin_types_compatible_p(__typeof__(((type *)0)->path), wanted),       \
                        "the field has another type than the binding needs");                      \
         int unused;                                                                               \
     }))
#define PART_TEXT(type, path) .binding = BIND_TEXT, .offset = PART_OFFSET(type, path, char *)
#define PART_INT(type, path)  .binding = BIND_INT, .offset = PART_OFFSET(type, path, int)
#define PART_UINT(type, path) .binding = BIND_UINT, .offset = PART_OFFSET(type, path, uint32_t)
#define PART_BOOL(type, path) .binding = BIND_BOOL, .offset = PART_OFFSET(type, path, libxl_defbool)

#endif
