/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON in and out through libyajl; see json.h. */
#include "out/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>
#include <yajl/yajl_parse.h>

#include "base/mem.h"

struct json {
    yajl_gen generator;
    bool compact;
    /* An array or object was begun and nothing written into it yet: "" or its first character.
     * libyajl would spread an empty one over three lines. */
    const char *opened;
    bool copying; /* inside json_copy */
    bool broken;  /* json_copy failed; nothing more is written */
    struct str result;
};

static void *allocate(void *context, size_t size)
{
    (void)context;
    return xmalloc(size);
}

static void *reallocate(void *context, void *memory, size_t size)
{
    (void)context;
    return xreallocarray(memory, 1, size);
}

static void release(void *context, void *memory)
{
    (void)context;
    free(memory);
}

/* libyajl copies this. */
static yajl_alloc_funcs allocation = { allocate, reallocate, release, NULL };

static struct json *new_writer(bool compact)
{
    struct json *json = xcalloc(1, sizeof(*json));

    json->generator = yajl_gen_alloc(&allocation);
    json->compact = compact;
    json->opened = "";
    yajl_gen_config(json->generator, yajl_gen_beautify, !compact);
    yajl_gen_config(json->generator, yajl_gen_indent_string, "    ");
    return json;
}

struct json *json_new(void)
{
    return new_writer(false);
}

struct json *json_new_compact(void)
{
    return new_writer(true);
}

void json_free(struct json *json)
{
    if (!json)
        return;
    yajl_gen_free(json->generator);
    str_release(&json->result);
    free(json);
}

/* Telling the writer to nest wrongly is a mistake in the program. Only what is copied can nest too
 * deep for libyajl; json_copy reports that. */
static void check(struct json *json, yajl_gen_status status)
{
    if (status == yajl_gen_status_ok)
        return;
    assert(json->copying || json->broken);
    json->broken = true;
}

/* Writes the bracket that was held back. */
static void flush_opened(struct json *json)
{
    const char *opened = json->opened;

    json->opened = "";
    if (*opened == '{')
        check(json, yajl_gen_map_open(json->generator));
    else if (*opened == '[')
        check(json, yajl_gen_array_open(json->generator));
}

void json_object_begin(struct json *json)
{
    flush_opened(json);
    json->opened = "{}";
}

void json_object_end(struct json *json)
{
    if (*json->opened == '{')
        check(json, yajl_gen_number(json->generator, json->opened, 2));
    else
        check(json, yajl_gen_map_close(json->generator));
    json->opened = "";
}

void json_array_begin(struct json *json)
{
    flush_opened(json);
    json->opened = "[]";
}

void json_array_end(struct json *json)
{
    if (*json->opened == '[')
        check(json, yajl_gen_number(json->generator, json->opened, 2));
    else
        check(json, yajl_gen_array_close(json->generator));
    json->opened = "";
}

/* Wrong bytes become \xHH; control characters stay, libyajl escapes them the way JSON has it. */
static void add_valid_utf8(struct str *text, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t used = utf8_length(bytes + i, length - i);

        if (used)
            str_add_bytes(text, bytes + i, used);
        else
            str_addf(text, "\\x%02x", (unsigned char)bytes[i]);
        i += used ? used : 1;
    }
}

static void write_bytes(struct json *json, const char *bytes, size_t length)
{
    auto_str text = STR_INIT;

    flush_opened(json);
    add_valid_utf8(&text, bytes, length);
    check(json,
          yajl_gen_string(json->generator, (const unsigned char *)str_text(&text), text.length));
}

void json_key(struct json *json, const char *key)
{
    json_text(json, key);
}

void json_text(struct json *json, const char *text)
{
    if (text)
        write_bytes(json, text, strlen(text));
    else
        json_null(json);
}

static void write_number(struct json *json, const char *digits, size_t length)
{
    flush_opened(json);
    check(json, yajl_gen_number(json->generator, digits, length));
}

void json_digits(struct json *json, const char *digits)
{
    write_number(json, digits, strlen(digits));
}

void json_uint(struct json *json, uint64_t number)
{
    auto_free char *digits = xasprintf("%llu", (unsigned long long)number);

    write_number(json, digits, strlen(digits));
}

void json_int(struct json *json, int64_t number)
{
    auto_free char *digits = xasprintf("%lld", (long long)number);

    write_number(json, digits, strlen(digits));
}

/* As few digits as give the same number back, and a point whatever the locale says. */
void json_float(struct json *json, double number)
{
    char digits[40];

    if (!isfinite(number)) {
        json_null(json);
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof(digits), "%.*g", precision, number);
        if (strtod(digits, NULL) == number)
            break;
    }
    for (char *digit = digits; *digit; digit++)
        if (!strchr("0123456789eE+-", *digit))
            *digit = '.';
    write_number(json, digits, strlen(digits));
}

void json_bool(struct json *json, bool boolean)
{
    flush_opened(json);
    check(json, yajl_gen_bool(json->generator, boolean));
}

void json_null(struct json *json)
{
    flush_opened(json);
    check(json, yajl_gen_null(json->generator));
}

void json_list(struct json *json, const struct string_list *list)
{
    json_array_begin(json);
    for (size_t i = 0; i < list->count; i++)
        json_text(json, list->items[i]);
    json_array_end(json);
}

void json_value(struct json *json, const struct value *value)
{
    switch (value->type) {
    case VALUE_NULL:
        json_null(json);
        break;
    case VALUE_BOOL:
        json_bool(json, value->boolean);
        break;
    case VALUE_INT:
        json_int(json, value->integer);
        break;
    case VALUE_UINT:
        json_uint(json, value->uinteger);
        break;
    case VALUE_FLOAT:
        json_float(json, value->number);
        break;
    case VALUE_TEXT:
        json_text(json, value->text);
        break;
    case VALUE_LIST:
        json_list(json, value->list);
        break;
    }
}

static int copy_null(void *context)
{
    struct json *json = context;

    json_null(json);
    return !json->broken;
}

static int copy_bool(void *context, int boolean)
{
    struct json *json = context;

    json_bool(json, boolean);
    return !json->broken;
}

/* Digit by digit, so that 64-bit numbers survive. */
static int copy_number(void *context, const char *digits, size_t length)
{
    struct json *json = context;

    write_number(json, digits, length);
    return !json->broken;
}

static int copy_text(void *context, const unsigned char *bytes, size_t length)
{
    struct json *json = context;

    write_bytes(json, (const char *)bytes, length);
    return !json->broken;
}

static int copy_object_begin(void *context)
{
    struct json *json = context;

    json_object_begin(json);
    return !json->broken;
}

static int copy_object_end(void *context)
{
    struct json *json = context;

    json_object_end(json);
    return !json->broken;
}

static int copy_array_begin(void *context)
{
    struct json *json = context;

    json_array_begin(json);
    return !json->broken;
}

static int copy_array_end(void *context)
{
    struct json *json = context;

    json_array_end(json);
    return !json->broken;
}

static const yajl_callbacks copy_callbacks = {
    .yajl_null = copy_null,
    .yajl_boolean = copy_bool,
    .yajl_number = copy_number,
    .yajl_string = copy_text,
    .yajl_start_map = copy_object_begin,
    .yajl_map_key = copy_text,
    .yajl_end_map = copy_object_end,
    .yajl_start_array = copy_array_begin,
    .yajl_end_array = copy_array_end,
};

/* libyajl's own words on what is wrong with text. */
static int copy_failed(struct json *json, yajl_handle parser, const unsigned char *text,
                       size_t length, struct error **error)
{
    unsigned char *reason;

    if (json->broken)
        return error_set(error, ERR_FAILED, "the JSON to be copied is nested too deep");
    json->broken = true;
    error_set(error, ERR_FAILED, "the text to be copied is not JSON");
    reason = yajl_get_error(parser, 0, text, length);
    error_detail(error, (const char *)reason);
    yajl_free_error(parser, reason);
    return -1;
}

int json_copy(struct json *json, const char *text, struct error **error)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = strlen(text);
    yajl_handle parser = yajl_alloc(&copy_callbacks, &allocation, json);
    yajl_status status;
    int result = 0;

    /* Guest names may hold any bytes; write_bytes mends them. */
    yajl_config(parser, yajl_dont_validate_strings, 1);
    json->copying = true;
    status = yajl_parse(parser, bytes, length);
    if (status == yajl_status_ok)
        status = yajl_complete_parse(parser);
    if (status != yajl_status_ok)
        result = copy_failed(json, parser, bytes, length, error);
    json->copying = false;
    yajl_free(parser);
    return result;
}

void json_error(struct json *json, const struct error *error)
{
    json_object_begin(json);
    json_key(json, "code");
    json_text(json, error_code_name(error->code));
    json_key(json, "message");
    json_text(json, error->message);
    json_key(json, "cause");
    if (error->detail.count)
        json_list(json, &error->detail);
    else
        json_null(json);
    json_key(json, "hint");
    json_text(json, error->hint);
    json_object_end(json);
}

const char *json_result(struct json *json)
{
    const unsigned char *bytes;
    size_t length;

    str_clear(&json->result);
    if (json->broken || yajl_gen_get_buf(json->generator, &bytes, &length) != yajl_gen_status_ok)
        return str_text(&json->result);
    str_add_bytes(&json->result, bytes, length);
    if (length == 0 || bytes[length - 1] != '\n')
        str_add_char(&json->result, '\n');
    return str_text(&json->result);
}
