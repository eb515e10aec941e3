/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values that are themselves lists of parts: "mac=00:16:3e:00:00:01,bridge=xenbr0". */
#ifndef XN_CONFIG_SPEC_H
#define XN_CONFIG_SPEC_H

#include "config/build.h"

/* One part of an item. */
struct spec_word {
    char *name;         /* before the '=', or the whole word */
    char *value;        /* behind it; NULL when there is no '=' */
    struct place place; /* of the whole word */
    struct place value_place;
};

/* A cursor over the words of an item, which are separated by commas; empty words are left out,
 * blanks before a word are not part of it. */
struct spec {
    const struct setting_value *item;
    size_t at;
    bool trim; /* blanks around names and values are cut */
    struct spec_word word;
};

/* False at the end. The word is valid until the next call; spec_end frees the last one. */
bool spec_next(struct spec *spec);
void spec_end(struct spec *spec);

/* A whole item as one word; blanks around name and value are cut. Release it with
 * spec_word_release. */
void spec_pair(const struct setting_value *item, struct spec_word *ret);
/* The same of length bytes of the item from start on, with their blanks. */
void spec_word_at(const struct setting_value *item, size_t start, size_t length,
                  struct spec_word *ret);
void spec_word_release(struct spec_word *word);
/* "'share' needs 'path'": a part that must be there is not. */
void report_missing_part(struct build *build, const struct config_key *key,
                         const struct setting_value *item, const char *part);

/* How xl reads the items of a key; where it goes on after a mistake, so do we with a warning. */
enum spec_flags {
    SPEC_IGNORE_UNKNOWN = 1 << 0, /* parts that are not known are not used */
    SPEC_IGNORE_WORDS = 1 << 1,   /* neither are words without a '=' */
    SPEC_TRIM = 1 << 2,           /* blanks around names and values are cut */
};

/* The limit of the number of devices of one kind. */
#define DEVICES_MAX 4096

/* The items of the list of a key, for a loop over them: their number, none when the key is not set
 * or has too many, which is reported. */
size_t spec_count(struct build *build, const char *name, const struct setting **ret_setting);

/* Stores the parts of an item in device, whose fields the rows of key->parts are bound to. Parts
 * without a binding are handed to special, which may be NULL when there is none. flags: enum
 * spec_flags. */
void build_parts(struct build *build, const struct config_key *key,
                 const struct setting_value *item, unsigned flags, void *device,
                 void (*special)(struct build *build, const struct config_key *part,
                                 const struct spec_word *word, void *device));
/* The same for one word. */
void build_part(struct build *build, const struct config_key *key, const struct spec_word *word,
                unsigned flags, void *device,
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

#endif
