/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a pool's file and key=value words to what shall be made; see pool.h. */
#include "config/pool.h"

#include <libxl_utils.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "config/bits.h"
#include "config/cpulist.h"
#include "config/document.h"
#include "config/parser.h"

const char *const pool_config_keys[] = { "name", "sched", "cpus", "nodes", NULL };
const char *const pool_config_schedulers[] = {
    "credit", "credit2", "rtds", "arinc653", "null", NULL
};

void pool_config_release(struct pool_config *config)
{
    free(config->name);
    libxl_bitmap_dispose(&config->cpus);
    *config = (struct pool_config){ .name = NULL };
}

struct reading {
    const struct config_request *request;
    struct document document;
    struct diagnostics *diagnostics;
    struct pool_config *config;
};

static int read_sources(struct reading *reading, struct error **error)
{
    const struct config_request *request = reading->request;
    struct source source;

    if (request->file) {
        if (source_read(&source, request->file, error) < 0)
            return source_release(&source), -1;
        parse_source(&reading->document, document_add_source(&reading->document, source),
                     reading->diagnostics);
    }
    for (size_t i = 0; request->assignments && i < request->assignments->count; i++) {
        auto_free char *name = xasprintf("argument %zu", i + 1);

        source_from_text(&source, name, request->assignments->items[i]);
        parse_source(&reading->document, document_add_source(&reading->document, source),
                     reading->diagnostics);
    }
    return 0;
}

static void check_keys(struct reading *reading)
{
    for (size_t i = 0; i < reading->document.count; i++) {
        const struct setting *setting = reading->document.settings[i];
        const char *near = suggest(setting->name, pool_config_keys, 4);
        struct diagnostic *diagnostic;
        bool known = false;

        for (const char *const *key = pool_config_keys; *key; key++)
            known |= strcmp(*key, setting->name) == 0;
        if (known)
            continue;
        diagnostic = diagnose(reading->diagnostics, SEVERITY_WARNING, "unknown-key",
                              &setting->place, "unknown key '%s'", setting->name);
        if (near)
            diagnostic_hint(diagnostic, "did you mean '%s'?", near);
        else
            diagnostic_hint(diagnostic, "a CPU pool has name, sched, cpus and nodes");
    }
}

/* The text of a setting that is no list; NULL when it is not set. */
static const char *get_text(struct reading *reading, const char *name, const struct setting **ret)
{
    const struct setting *setting = document_find(&reading->document, name);

    *ret = setting;
    if (!setting)
        return NULL;
    if (setting->value.type != SETTING_LIST)
        return setting_text(&setting->value);
    diagnose(reading->diagnostics, SEVERITY_ERROR, "wrong-type", &setting->value.place,
             "'%s' cannot be a list", name);
    return NULL;
}

static void read_name(struct reading *reading)
{
    const struct setting *setting;
    const char *name = get_text(reading, "name", &setting);
    const char *file = reading->request->file;

    if (name)
        reading->config->name = xstrdup(name);
    else if (file && !setting)
        reading->config->name = xstrdup(strrchr(file, '/') ? strrchr(file, '/') + 1 : file);
    else if (!setting)
        diagnostic_hint(diagnose(reading->diagnostics, SEVERITY_ERROR, "missing-key", NULL,
                                 "the CPU pool has no name"),
                        "add 'name=\"...\"'");
}

static void read_scheduler(struct reading *reading)
{
    const struct setting *setting;
    const char *text = get_text(reading, "sched", &setting);
    libxl_scheduler number;
    const char *near;

    if (!text)
        return;
    if (libxl_scheduler_from_string(text, &number) == 0) {
        reading->config->scheduler = libxl_scheduler_to_string(number);
        return;
    }
    near = suggest(text, pool_config_schedulers, 5);
    diagnostic_hint(diagnose(reading->diagnostics, SEVERITY_ERROR, "unknown-value",
                             &setting->value.place, "there is no scheduler '%s'", text),
                    near ? "did you mean '%s'?" : "expected credit, credit2, rtds ...", near);
}

/* One text, or the items of a list; before is put in front of each part ("node:"). */
static void add_cpus(struct reading *reading, const struct setting_value *value, const char *before)
{
    auto_string_list parts = STRING_LIST_INIT;
    auto_error error = NULL;
    auto_str text = STR_INIT;
    libxl_bitmap cpus;

    for (size_t i = 0; value->type == SETTING_LIST && i < value->count; i++)
        add_cpus(reading, &value->items[i], before);
    if (value->type == SETTING_LIST)
        return;
    string_list_split(&parts, setting_text(value), ',');
    for (size_t i = 0; i < parts.count; i++)
        str_addf(&text, "%s%s%s", i ? "," : "", starts_with(parts.items[i], "node") ? "" : before,
                 parts.items[i]);
    libxl_bitmap_init(&cpus);
    if (cpu_list_parse(str_text(&text), reading->request->facts, &cpus, &error) < 0)
        diagnostic_hint(diagnose(reading->diagnostics, SEVERITY_ERROR, "bad-cpu-list",
                                 &value->place, "%s", error->message),
                        "expected N, A-B, ^N, node:N or all, separated by ','");
    /* "all" also sets bits beyond the last CPU. */
    for (unsigned cpu = 0; !error && cpu < reading->request->facts->cpus; cpu++)
        if (libxl_bitmap_test(&cpus, (int)cpu))
            libxl_bitmap_set(&reading->config->cpus, (int)cpu);
    libxl_bitmap_dispose(&cpus);
}

static void read_cpus(struct reading *reading)
{
    const struct setting *nodes = document_find(&reading->document, "nodes");
    const struct setting *cpus = document_find(&reading->document, "cpus");

    bits_alloc(&reading->config->cpus, reading->request->facts->cpus);
    if (nodes && cpus)
        diagnose(reading->diagnostics, SEVERITY_WARNING, "unused-value", &cpus->place,
                 "'cpus' is not used: 'nodes' is set, too");
    reading->config->by_nodes = nodes != NULL;
    if (nodes)
        add_cpus(reading, &nodes->value, "node:");
    else if (cpus)
        add_cpus(reading, &cpus->value, "");
}

int pool_config_read(const struct config_request *request, struct diagnostics *diagnostics,
                     struct pool_config *ret, struct error **error)
{
    struct reading reading = {
        .request = request, .document = DOCUMENT_INIT, .diagnostics = diagnostics, .config = ret
    };
    size_t errors = diagnostics->errors, first = diagnostics->count;
    int result;

    *ret = (struct pool_config){ .name = NULL };
    libxl_bitmap_init(&ret->cpus);
    result = read_sources(&reading, error);
    if (result == 0) {
        check_keys(&reading);
        read_name(&reading);
        read_scheduler(&reading);
        read_cpus(&reading);
        diagnostics_sort(diagnostics, first);
        if (diagnostics->errors > errors)
            result = diagnostics_to_error(diagnostics, ERR_CONFIG, error);
    }
    document_release(&reading.document);
    return result;
}
