/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading configurations for tests; see sample.h. */
#include "sample.h"

#include <stdio.h>
#include <unistd.h>

#define CPUS          64
#define NODES         4
#define CPUS_PER_NODE (CPUS / NODES)

static int node_cpus(void *context, unsigned node, libxl_bitmap *cpus, struct error **error)
{
    (void)context;
    (void)error;
    for (unsigned cpu = node * CPUS_PER_NODE; cpu < (node + 1) * CPUS_PER_NODE; cpu++)
        libxl_bitmap_set(cpus, (int)cpu);
    return 0;
}

const struct host_facts sample_facts = { CPUS, NODES, node_cpus, NULL };

/* The JSON without what only makes it readable. No text of these tests has blanks in it. */
static char *compact(char *json)
{
    char *to = json;

    for (const char *from = json; from && *from; from++)
        if (*from != ' ' && *from != '\n')
            *to++ = *from;
    if (json)
        *to = '\0';
    return json;
}

struct reading read_request(const struct config_request *request)
{
    struct reading reading = { .diagnostics = DIAGNOSTICS_INIT };
    struct str messages = STR_INIT;
    libxl_domain_config config;

    libxl_domain_config_init(&config);
    reading.result = config_read(request, &reading.diagnostics, &config, &reading.error);
    if (reading.result == 0) {
        reading.raw_json = libxl_domain_config_to_json(NULL, &config);
        reading.json = compact(xstrdup(reading.raw_json));
    }
    libxl_domain_config_dispose(&config);
    for (size_t i = 0; i < reading.diagnostics.count; i++) {
        diagnostic_sentence(&reading.diagnostics.items[i], &messages);
        str_add_char(&messages, '\n');
    }
    str_add(&messages, "");
    reading.messages = str_detach(&messages);
    /* Either all is well or there is an error that can be shown. */
    assert_true((reading.result == 0) == (reading.error == NULL));
    assert_true(reading.result != 0 || reading.diagnostics.errors == 0);
    return reading;
}

struct reading read_text(const char *text)
{
    char *words[] = { (char *)(uintptr_t)text };
    const struct string_list list = { words, 1 };
    const struct config_request request = { .assignments = &list, .facts = &sample_facts };

    return read_request(&request);
}

struct reading read_file(const char *path)
{
    const struct config_request request = { .file = path, .facts = &sample_facts };

    return read_request(&request);
}

struct reading read_bytes(const char *bytes, size_t length)
{
    char path[] = "sample.cfg-XXXXXX";
    int fd = mkstemp(path);
    struct reading reading;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    close(fd);
    reading = read_file(path);
    unlink(path);
    return reading;
}

void reading_release(struct reading *reading)
{
    diagnostics_release(&reading->diagnostics);
    error_free(reading->error);
    free(reading->messages);
    free(reading->json);
    free(reading->raw_json);
}

void check_accepted(const char *text, const char *messages, ...)
{
    struct reading reading = read_text(text);
    const char *wanted;
    va_list list;

    if (reading.result != 0)
        print_error("refused: %s\n%s", text, reading.messages);
    assert_int_equal(reading.result, 0);
    assert_string_equal(reading.messages, messages);
    va_start(list, messages);
    while ((wanted = va_arg(list, const char *))) {
        if (!strstr(reading.json, wanted))
            print_error("%s\nhas not: %s\nin: %s\n", text, wanted, reading.json);
        assert_non_null(strstr(reading.json, wanted));
    }
    va_end(list);
    reading_release(&reading);
}

void check_refused(const char *text, const char *messages)
{
    struct reading reading = read_text(text);

    if (reading.result == 0)
        print_error("accepted: %s\n", text);
    assert_int_equal(reading.result, -1);
    assert_string_equal(reading.messages, messages);
    reading_release(&reading);
}

void check_same(const char *text, const char *other)
{
    struct reading one = read_text(text), two = read_text(other);

    if (one.result || two.result)
        print_error("refused: %s%s\n", one.messages, two.messages);
    assert_int_equal(one.result, 0);
    assert_int_equal(two.result, 0);
    assert_string_equal(one.json, two.json);
    reading_release(&one);
    reading_release(&two);
}
