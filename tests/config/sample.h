/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading configurations from text for the tests of this folder. */
#ifndef XN_TESTS_CONFIG_SAMPLE_H
#define XN_TESTS_CONFIG_SAMPLE_H

#include "../unit/unit.h"

#include <libxl_utils.h>

#include "config/config.h"

/* Guests that lack nothing. Their UUID is fixed so that their JSON is too. */
#define UUID      "uuid = \"01234567-89ab-cdef-0123-456789abcdef\"\n"
#define PV_GUEST  "name = \"a\"\ntype = \"pv\"\nkernel = \"/k\"\n" UUID
#define PVH_GUEST "name = \"a\"\ntype = \"pvh\"\nkernel = \"/k\"\n" UUID
#define HVM_GUEST "name = \"a\"\ntype = \"hvm\"\n" UUID

/* A pretended host: 64 CPUs in 4 nodes. */
extern const struct host_facts sample_facts;

/* What came of reading a configuration; release it with reading_release. */
struct reading {
    int result;
    struct diagnostics diagnostics;
    struct error *error;
    char *messages; /* each diagnostic as one line, without its excerpt */
    char *json;     /* without blanks and newlines; NULL when the configuration was refused */
    char *raw_json; /* as libxl prints it */
};

struct reading read_request(const struct config_request *request);
/* text is read as one key=value word, so its name in messages is "argument 1". */
struct reading read_text(const char *text);
struct reading read_file(const char *path);
/* The same as a file that is written first. */
struct reading read_bytes(const char *bytes, size_t length);
void reading_release(struct reading *reading);

/* The configuration is accepted, says exactly these messages (lines; "" for none), and its JSON has
 * every one of the given texts, the last one being NULL. */
void check_accepted(const char *text, const char *messages, ...) __attribute__((sentinel));
/* It is refused, and the messages are exactly these. */
void check_refused(const char *text, const char *messages);
/* Both have the same JSON, and are accepted. */
void check_same(const char *text, const char *other);

#endif
