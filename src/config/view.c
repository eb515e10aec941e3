/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an examiner of a configuration that was just read can ask and say; see config.h. */
#include "config/build.h"

#include <stdarg.h>

#include "base/mem.h"

int config_examine(const struct config_request *request, libxl_domain_config *config,
                   struct diagnostics *diagnostics, struct error **error)
{
    auto_document document = DOCUMENT_INIT;
    struct config_view view = { .build = { .document = &document,
                                           .diagnostics = diagnostics,
                                           .host_config = request->host_config,
                                           .strict = request->strict,
                                           .config = config } };
    size_t errors = diagnostics->errors;
    struct source source;

    source_from_text(&source, request->file, "");
    view.build.start = (struct place){ document_add_source(&document, source), 1, 0 };
    if (request->examine)
        request->examine(request->context, &view);
    if (diagnostics->errors > errors)
        return diagnostics_to_error(diagnostics, ERR_CONFIG, error);
    return 0;
}

const libxl_domain_config *config_view_get(const struct config_view *view)
{
    return view->build.config;
}

bool config_is_set(const struct config_view *view, const char *key)
{
    return document_find(view->build.document, key) != NULL;
}

static const struct place *find_place(const struct build *build, const char *key, int index)
{
    const struct setting *setting = document_find(build->document, key);

    if (!setting)
        return &build->start;
    if (index >= 0 && setting->value.type == SETTING_LIST && (size_t)index < setting->value.count)
        return &setting->value.items[index].place;
    return &setting->value.place;
}

struct diagnostic *config_report(const struct config_view *view, enum severity severity,
                                 const char *code, const char *key, int index, const char *format,
                                 ...)
{
    auto_free char *message = NULL;
    va_list args;

    va_start(args, format);
    message = xvasprintf(format, args);
    va_end(args);
    return diagnose(view->build.diagnostics, severity, code, find_place(&view->build, key, index),
                    "%s", message);
}
