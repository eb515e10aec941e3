/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Only this file and json_read.c know libyajl. Writes pretty JSON with an indent of four blanks and
 * a newline at the end. Texts that are not UTF-8 are written with each wrong byte as \xHH
 * (escaped), so the output is always valid.
 */
#ifndef XN_OUT_JSON_H
#define XN_OUT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/column.h"
#include "base/error.h"
#include "base/str.h"

struct json; /* a writer */

struct json *json_new(void);
/* One line per document, for streams of events. */
struct json *json_new_compact(void);
void json_free(struct json *json);

void json_object_begin(struct json *json);
void json_object_end(struct json *json);
void json_array_begin(struct json *json);
void json_array_end(struct json *json);
void json_key(struct json *json, const char *key);
void json_text(struct json *json, const char *text); /* NULL writes null */
void json_uint(struct json *json, uint64_t number);
void json_int(struct json *json, int64_t number);
/* A number as its digits stand. */
void json_digits(struct json *json, const char *digits);
void json_float(struct json *json, double number);
void json_bool(struct json *json, bool boolean);
void json_null(struct json *json);
void json_value(struct json *json, const struct value *value);
/* An array of texts. */
void json_list(struct json *json, const struct string_list *list);
/* Copies a whole JSON document (libxl's text) into this one, value for value. ERR_FAILED when
 * text is not JSON; the writer is then unusable. */
int json_copy(struct json *json, const char *text, struct error **error);

/* {"code": ..., "message": ..., "cause": [lines], "hint": ...}; cause and hint are null when there
 * is none. */
void json_error(struct json *json, const struct error *error);

/* The text so far, to the end of the top-level value, plus a newline. The writer's own. */
const char *json_result(struct json *json);

#endif
