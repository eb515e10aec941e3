/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading xl.conf and xn.conf; see host_config.h. */
#include "config/host_config.h"

#include <errno.h>
#include <libxl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "config/document.h"
#include "config/parser.h"

enum host_form { HOST_TEXT, HOST_BOOL, HOST_SWITCH, HOST_LIMIT, HOST_WORD };

struct host_key {
    const char *name;
    enum host_form form;
    size_t offset;
    const char *instead;  /* an old name of that key */
    const char *words[5]; /* of HOST_WORD; the number is the value */
    int values[5];
};

#define AT(field) offsetof(struct host_config, field)

static const struct host_key keys[] = {
    { "autoballoon",
      HOST_WORD,
      AT(autoballoon),
      NULL,
      { "auto", "on", "off", "1", "0" },
      { AUTOBALLOON_AUTO, AUTOBALLOON_ON, AUTOBALLOON_OFF, AUTOBALLOON_ON, AUTOBALLOON_OFF } },
    { "domid_policy",
      HOST_WORD,
      AT(domid_policy),
      NULL,
      { "xen", "random" },
      { DOMID_POLICY_XEN, DOMID_POLICY_RANDOM } },
    { "output_format", HOST_WORD, AT(output_sxp), NULL, { "json", "sxp" }, { 0, 1 } },
    { "run_hotplug_scripts", HOST_BOOL, AT(run_hotplug_scripts), NULL, { NULL }, { 0 } },
    { "fast_hotplug", HOST_BOOL, AT(fast_hotplug), NULL, { NULL }, { 0 } },
    { "kernel_cache_mib", HOST_LIMIT, AT(kernel_cache_mib), NULL, { NULL }, { 0 } },
    { "claim_mode", HOST_BOOL, AT(claim_mode), NULL, { NULL }, { 0 } },
    { "bootloader_restrict", HOST_SWITCH, AT(bootloader_restrict), NULL, { NULL }, { 0 } },
    { "lockfile", HOST_TEXT, AT(lockfile), NULL, { NULL }, { 0 } },
    { "max_grant_frames", HOST_LIMIT, AT(max_grant_frames), NULL, { NULL }, { 0 } },
    { "max_maptrack_frames", HOST_LIMIT, AT(max_maptrack_frames), NULL, { NULL }, { 0 } },
    { "max_grant_version", HOST_LIMIT, AT(max_grant_version), NULL, { NULL }, { 0 } },
    { "vifscript", HOST_TEXT, AT(vif_default_script), "vif.default.script", { NULL }, { 0 } },
    { "defaultbridge", HOST_TEXT, AT(vif_default_bridge), "vif.default.bridge", { NULL }, { 0 } },
    { "vif.default.script", HOST_TEXT, AT(vif_default_script), NULL, { NULL }, { 0 } },
    { "vif.default.bridge", HOST_TEXT, AT(vif_default_bridge), NULL, { NULL }, { 0 } },
    { "vif.default.gatewaydev", HOST_TEXT, AT(vif_default_gatewaydev), NULL, { NULL }, { 0 } },
    { "vif.default.backend", HOST_TEXT, AT(vif_default_backend), NULL, { NULL }, { 0 } },
    { "remus.default.netbufscript",
      HOST_TEXT,
      AT(remus_default_netbufscript),
      NULL,
      { NULL },
      { 0 } },
    { "colo.default.proxyscript", HOST_TEXT, AT(colo_default_proxyscript), NULL, { NULL }, { 0 } },
    { "blkdev_start", HOST_TEXT, AT(blkdev_start), NULL, { NULL }, { 0 } },
    { "vm.cpumask", HOST_TEXT, AT(vm_cpumask), NULL, { NULL }, { 0 } },
    { "vm.hvm.cpumask", HOST_TEXT, AT(vm_hvm_cpumask), NULL, { NULL }, { 0 } },
    { "vm.pv.cpumask", HOST_TEXT, AT(vm_pv_cpumask), NULL, { NULL }, { 0 } },
};

const char *host_config_key(size_t index)
{
    return index < ARRAY_SIZE(keys) ? keys[index].name : NULL;
}

static const struct host_key *find_key(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

static void report_unknown(const struct setting *setting, struct diagnostics *diagnostics)
{
    const char *names[ARRAY_SIZE(keys)], *near;
    struct diagnostic *diagnostic = diagnose(diagnostics, SEVERITY_WARNING, "unknown-key",
                                             &setting->place, "unknown key '%s'", setting->name);

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        names[i] = keys[i].name;
    near = suggest(setting->name, names, ARRAY_SIZE(keys));
    if (near)
        diagnostic_hint(diagnostic, "did you mean '%s'?", near);
}

static void store_number(const struct host_key *key, const struct setting *setting, void *field,
                         struct diagnostics *diagnostics)
{
    const char *text = setting_text(&setting->value);
    char *end;
    long number;

    errno = 0;
    number = strtol(text, &end, 0);
    if (end == text || *end || errno || setting->appended)
        diagnose(diagnostics, SEVERITY_ERROR, "not-a-number", &setting->value.place,
                 "'%s' is not a number, as '%s' needs it", text, key->name);
    else if (key->form == HOST_BOOL)
        *(bool *)field = number != 0;
    else if (key->form == HOST_SWITCH)
        *(int *)field = number != 0;
    else if (number < 0 || number > INT_MAX)
        diagnose(diagnostics, SEVERITY_ERROR, "out-of-range", &setting->value.place,
                 "'%s' is out of range for '%s'", text, key->name);
    else
        *(long *)field = number;
}

static void store_word(const struct host_key *key, const struct setting *setting, void *field,
                       struct diagnostics *diagnostics)
{
    const char *text = setting_text(&setting->value);

    for (size_t i = 0; i < ARRAY_SIZE(key->words) && key->words[i]; i++) {
        if (strcmp(key->words[i], text) != 0)
            continue;
        if (key->offset == AT(output_sxp))
            *(bool *)field = key->values[i] != 0;
        else
            *(int *)field = key->values[i];
        return;
    }
    diagnostic_hint(diagnose(diagnostics, SEVERITY_ERROR, "unknown-value", &setting->value.place,
                             "'%s' is no value of '%s'", text, key->name),
                    "expected \"%s\" or \"%s\"%s", key->words[0], key->words[1],
                    key->words[2] ? " or \"off\"" : "");
}

/* 4.17 can restrict the bootloader, but not by a field of the configuration. */
static void report_newer(const struct setting *setting, struct diagnostics *diagnostics)
{
#ifdef LIBXL_HAVE_BOOTLOADER_RESTRICT
    (void)setting;
    (void)diagnostics;
#else
    diagnostic_hint(diagnose(diagnostics, SEVERITY_WARNING, "unavailable", &setting->place,
                             "'%s' needs Xen 4.18 and has no effect here", setting->name),
                    "set LIBXL_BOOTLOADER_RESTRICT=1 in the environment");
#endif
}

static void store(struct host_config *host, const struct setting *setting,
                  struct diagnostics *diagnostics)
{
    const struct host_key *key = find_key(setting->name);
    char *field;

    if (!key) {
        report_unknown(setting, diagnostics);
        return;
    }
    field = (char *)host + key->offset;
    if (key->form == HOST_SWITCH)
        report_newer(setting, diagnostics);
    if (setting->value.type == SETTING_LIST) {
        diagnose(diagnostics, SEVERITY_ERROR, "wrong-type", &setting->value.place,
                 "'%s' cannot be a list", key->name);
        return;
    }
    if (key->instead)
        diagnostic_hint(diagnose(diagnostics, SEVERITY_WARNING, "deprecated", &setting->place,
                                 "'%s' is deprecated", key->name),
                        "use '%s'", key->instead);
    if (key->form == HOST_TEXT) {
        free(*(char **)field);
        *(char **)field = xstrdup(setting_text(&setting->value));
    } else if (key->form == HOST_WORD) {
        store_word(key, setting, field, diagnostics);
    } else {
        store_number(key, setting, field, diagnostics);
    }
}

/* The old names first, so that the new ones win, whatever their order in the file. */
static void store_all(struct host_config *host, const struct document *document,
                      struct diagnostics *diagnostics)
{
    for (int old = 1; old >= 0; old--) {
        for (size_t i = 0; i < document->count; i++) {
            const struct host_key *key = find_key(document->settings[i]->name);

            if ((key && key->instead) == (bool)old)
                store(host, document->settings[i], diagnostics);
        }
    }
}

static int read_file(struct host_config *host, const char *path, struct diagnostics *diagnostics,
                     struct error **error)
{
    auto_document document = DOCUMENT_INIT;
    size_t errors = diagnostics->errors, first = diagnostics->count;
    struct source source;

    if (access(path, F_OK) < 0 && errno == ENOENT)
        return 0;
    if (source_read(&source, path, error) < 0)
        return source_release(&source), -1;
    parse_source(&document, document_add_source(&document, source), diagnostics);
    store_all(host, &document, diagnostics);
    diagnostics_sort(diagnostics, first);
    return diagnostics->errors > errors ? diagnostics_to_error(diagnostics, ERR_CONFIG, error) : 0;
}

int host_config_read_from(struct host_config *ret, const char *directory,
                          struct diagnostics *diagnostics, struct error **error)
{
    auto_free char *xl = xasprintf("%s/xl.conf", directory);
    auto_free char *xn = xasprintf("%s/xn.conf", directory);

    *ret = (struct host_config){
        .run_hotplug_scripts = true,
        .fast_hotplug = true,
        .claim_mode = true,
        .kernel_cache_mib = KERNEL_CACHE_MIB,
        .bootloader_restrict = -1,
        .lockfile = xstrdup(XEN_LOCK_FILE),
        .max_grant_frames = -1,
        .max_maptrack_frames = -1,
        .max_grant_version = -1,
    };
    if (read_file(ret, xl, diagnostics, error) < 0)
        return -1;
    return read_file(ret, xn, diagnostics, error);
}

int host_config_read(struct host_config *ret, struct diagnostics *diagnostics, struct error **error)
{
    return host_config_read_from(ret, XEN_CONFIG_DIR, diagnostics, error);
}

void host_config_release(struct host_config *host)
{
    free(host->lockfile);
    free(host->vif_default_script);
    free(host->vif_default_bridge);
    free(host->vif_default_gatewaydev);
    free(host->vif_default_backend);
    free(host->remus_default_netbufscript);
    free(host->colo_default_proxyscript);
    free(host->blkdev_start);
    free(host->vm_cpumask);
    free(host->vm_hvm_cpumask);
    free(host->vm_pv_cpumask);
}
