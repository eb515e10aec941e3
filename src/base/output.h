/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the user wants to see what a command found: plain data, filled by cli/, used by out/. */
#ifndef XN_BASE_OUTPUT_H
#define XN_BASE_OUTPUT_H

#include <stdbool.h>

#include "base/str.h"

enum output_format {
    FORMAT_DEFAULT, /* xl's layout where there is one, silence where there is nothing to show */
    FORMAT_TABLE,
    FORMAT_JSON,
    FORMAT_CSV,
    FORMAT_PROMETHEUS, /* only of commands with COMMAND_METRICS */
};

/* --format, --json, --csv, --columns, --sort, --filter, --no-header of a command that lists or
 * reports something. Already checked against the command's column table. */
struct output_options {
    enum output_format format;
    bool no_header;
    struct string_list columns; /* keys; empty when not said */
    struct string_list sort;    /* keys, "-key" for descending */
    struct string_list filters; /* "key=glob", "key!=glob", "key<number" ... all must hold */
};

#endif
