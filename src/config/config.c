/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a file and key=value words to a libxl_domain_config; see config.h. */
#include "config/config.h"

#include <libxl_utils.h>
#include <string.h>

#include "base/mem.h"
#include "config/bind.h"
#include "config/build.h"
#include "config/check_form.h"
#include "config/parser.h"

/* What is assumed where no host can be asked: enough for any guest. */
#define PRETENDED_CPUS  1024
#define PRETENDED_NODES 64

static int read_sources(const struct config_request *request, struct document *document,
                        struct diagnostics *diagnostics, struct error **error)
{
    const struct string_list *words = request->assignments;
    struct source source;

    if (request->text) {
        source_from_text(&source, request->file, request->text);
        parse_source(document, document_add_source(document, source), diagnostics);
    } else if (request->file) {
        if (source_read(&source, request->file, error) < 0)
            return source_release(&source), -1;
        parse_source(document, document_add_source(document, source), diagnostics);
    }
    for (size_t i = 0; words && i < words->count; i++) {
        auto_free char *name = xasprintf("argument %zu", i + 1);

        source_from_text(&source, name, words->items[i]);
        parse_source(document, document_add_source(document, source), diagnostics);
    }
    return 0;
}

static int pretended_node(void *context, unsigned node, libxl_bitmap *cpus, struct error **error)
{
    unsigned each = PRETENDED_CPUS / PRETENDED_NODES;

    (void)context;
    (void)error;
    for (unsigned cpu = node * each; cpu < (node + 1) * each; cpu++)
        libxl_bitmap_set(cpus, (int)cpu);
    return 0;
}

static void build_config(struct build *build)
{
    check_form(build);
    build_type(build);
    check_guest_types(build);
    build_all(build);
    build_check(build);
}

int config_read(const struct config_request *request, struct diagnostics *diagnostics,
                libxl_domain_config *ret_config, struct error **error)
{
    static const struct host_facts pretended = { PRETENDED_CPUS, PRETENDED_NODES, pretended_node,
                                                 NULL };
    auto_document document = DOCUMENT_INIT;
    struct config_view view = { .build = {
                                    .document = &document,
                                    .diagnostics = diagnostics,
                                    .host_config = request->host_config,
                                    .facts = request->facts ? request->facts : &pretended,
                                    .strict = request->strict,
                                    .config = ret_config,
                                } };
    struct build *build = &view.build;
    size_t errors = diagnostics->errors, first = diagnostics->count;

    if (read_sources(request, &document, diagnostics, error) < 0)
        return -1;
    if (document.source_count)
        build->start = (struct place){ document.sources[0], document.sources[0]->length + 1, 0 };
    build->broken = diagnostics->errors > errors;
    build_config(build);
    if (request->examine && diagnostics->errors == errors)
        request->examine(request->context, &view);
    diagnostics_sort(diagnostics, first);
    if (diagnostics->errors > errors)
        return diagnostics_to_error(diagnostics, ERR_CONFIG, error);
    return 0;
}
