/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Disks: "/dev/vg/lv,raw,xvda,rw". libxlutil knows the syntax; its words become our diagnostics. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vdev.h"
#include "config/spec.h"
#include "config/xlu.h"

/* A disk that libxlutil refused, and why. */
struct refusal {
    struct build *build;
    const struct config_key *key;
    const struct setting_value *item;
    const struct xlu_message *message;
    struct spec_word word; /* the one that the message is about */
};

/* Whether the library's quotation, which may have a comma behind it, is that word or its value. */
static bool is_quoted(const struct spec_word *word, const char *quotation)
{
    size_t length = strcspn(quotation, ","), name = strlen(word->name);

    if (word->value && strlen(word->value) == length &&
        strncmp(word->value, quotation, length) == 0)
        return true;
    return length >= name && strncmp(word->name, quotation, name) == 0 &&
           (quotation[name] == (word->value ? '=' : '\0') || name == length);
}

/* The last word of the item that the message quotes: those before it were taken. */
static void find_word(struct refusal *refusal)
{
    struct spec spec = { .item = refusal->item };
    const char *text = setting_text(refusal->item), *prefix;
    bool found = false;

    while (spec_next(&spec)) {
        if (!is_quoted(&spec.word, refusal->message->near))
            continue;
        spec_word_release(&refusal->word);
        refusal->word = spec.word;
        spec.word = (struct spec_word){ .name = NULL };
        found = true;
    }
    spec_end(&spec);
    prefix = strstr(text, refusal->message->near);
    if (found)
        return;
    if (prefix && *refusal->message->near) /* foo: before a target */
        spec_word_at(refusal->item, (size_t)(prefix - text), strlen(refusal->message->near),
                     &refusal->word);
    else
        refusal->word = (struct spec_word){ .name = xstrdup(refusal->message->near),
                                            .place = refusal->item->place,
                                            .value_place = refusal->item->place };
}

static void refuse_value(const struct refusal *refusal, const char *part_name)
{
    const struct config_key *part = key_part(refusal->key, part_name);
    const struct spec_word *word = &refusal->word;
    auto_free char *form = part ? key_form_text(part) : NULL;
    struct diagnostic *diagnostic = build_error(
        refusal->build, "unknown-value", word->value ? &word->value_place : &word->place,
        "'%s' is no value of '%s'", word->value ? word->value : word->name, part_name);

    if (form)
        diagnostic_hint(diagnostic, "expected %s", form);
}

/* A word that is no part: unknown, too many, or one that a newer libxlutil knows. */
static void refuse_word(const struct refusal *refusal)
{
    const struct config_key *part = key_part(refusal->key, refusal->word.name);
    struct diagnostic *diagnostic;

    if (part) {
        diagnostic = build_error(refusal->build, "unavailable", &refusal->word.place,
                                 "'%s' of 'disk' is not possible here", part->name);
        diagnostic_hint(diagnostic, "Xen %s and later have it", part->since);
    } else if (refusal->word.value || key_suggest(refusal->key, refusal->word.name)) {
        report_unknown_part(refusal->build, refusal->key, &refusal->word, SEVERITY_ERROR);
    } else {
        diagnostic = build_error(refusal->build, "unknown-part", &refusal->word.place,
                                 "'%s' is one word too many", refusal->word.name);
        diagnostic_hint(diagnostic, "target, format, vdev and access stand before it");
    }
}

static void refuse_twice(const struct refusal *refusal)
{
    const char *what = refusal->message->what;

    build_error(refusal->build, "duplicate", &refusal->word.place, "'%.*s' is given twice",
                (int)(strlen(what) - strlen(" respecified")), what);
}

static void refuse_otherwise(const struct refusal *refusal)
{
    const char *what = refusal->message->what;
    struct diagnostic *diagnostic =
        build_error(refusal->build, "bad-spec", &refusal->word.place, "this disk is not valid: %s",
                    *what ? what : "libxlutil refuses it");

    diagnostic_hint(diagnostic, "an example is %s", refusal->key->example);
}

static void refuse_prefix(const struct refusal *refusal)
{
    diagnostic_hint(build_error(refusal->build, "bad-spec", &refusal->word.place,
                                "'%s' is no prefix of a target", refusal->word.name),
                    "write target=... at the end where the target has a ':' or a ','");
}

/* The library's sentences, in the order in which they are looked for. */
static void refuse(const struct refusal *refusal)
{
    static const char value[] = "unknown value for ";
    const char *what = refusal->message->what;

    if (starts_with(what, value) && key_part(refusal->key, refusal->word.name) &&
        !refusal->word.value)
        refuse_word(refusal); /* a flag that took the place of a value */
    else if (strcmp(what, "unknown value for type") == 0)
        refuse_value(refusal, "devtype");
    else if (strcmp(what, "unknown value for colo_port") == 0)
        refuse_value(refusal, "colo-port");
    else if (starts_with(what, value))
        refuse_value(refusal, what + strlen(value));
    else if (starts_with(what, "too many positional") || starts_with(what, "unknown parameter"))
        refuse_word(refusal);
    else if (ends_with(what, " respecified"))
        refuse_twice(refusal);
    else if (starts_with(what, "no vdev"))
        report_missing_part(refusal->build, refusal->key, refusal->item, "vdev");
    else if (starts_with(what, "no target"))
        report_missing_part(refusal->build, refusal->key, refusal->item, "target");
    else if (starts_with(what, "unknown deprecated disk prefix"))
        refuse_prefix(refusal);
    else
        refuse_otherwise(refusal);
}

/* libxl finds out only when the guest is half made. One device of a command line is refused at
 * once.
 */
static void check_vdev(struct build *build, const struct setting_value *item, const char *vdev)
{
    const char *found = strstr(setting_text(item), vdev);
    struct place place = item->place;
    struct diagnostic *diagnostic;

    if (vdev_number(vdev) >= 0)
        return;
    if (*vdev && found)
        place = setting_part(item, (size_t)(found - setting_text(item)), strlen(vdev));
    diagnostic =
        build->single
            ? build_error(build, "unknown-value", &place, "'%s' is no name of a disk", vdev)
            : build_warning(build, "unknown-value", &place,
                            "'%s' is no name of a disk: libxl will refuse it", vdev);
    if (starts_with(vdev, "/dev/") && vdev_number(vdev + 5) >= 0)
        diagnostic_hint(diagnostic, "did you mean '%s'?", vdev + 5);
    else
        diagnostic_hint(diagnostic, "names are xvda, hda to hdd, sda to sdp or d0p1, and may have "
                                    "the number of a partition");
}

/* "w!" or "access=w!": writable, and another guest may have it at the same time. No Xen of today
 * has it in its own language. */
static bool is_shared_access(const struct spec_word *word)
{
    const char *access = word->value && strcmp(word->name, "access") == 0 ? word->value
                         : word->value                                    ? ""
                                                                          : word->name;

    return strcmp(access, "w!") == 0 || strcmp(access, "rw!") == 0;
}

/* The item without the '!' that libxlutil does not know; the caller frees it. The target may end
 * like an access: it is the first word without a name, or all that follows target=. */
static char *library_text(const struct setting_value *item, bool *ret_shared)
{
    char *text = xstrdup(setting_text(item));
    struct spec spec = { .item = item };
    bool has_target = false;

    *ret_shared = false;
    while (!*ret_shared && spec_next(&spec)) {
        const struct spec_word *word = &spec.word;

        if (word->value && strcmp(word->name, "target") == 0)
            break;
        *ret_shared = (has_target || word->value) && is_shared_access(word);
        has_target |= !word->value;
        if (*ret_shared) /* the cursor stands behind the word */
            memmove(text + spec.at - 1, text + spec.at, strlen(text + spec.at) + 1);
    }
    spec_end(&spec);
    return text;
}

bool config_disk_is_shared(const struct config_view *view, int index)
{
    const struct setting *setting = document_find(view->build.document, "disk");
    bool shared = false;

    if (setting && setting->value.type == SETTING_LIST && index >= 0 &&
        (size_t)index < setting->value.count)
        free(library_text(&setting->value.items[index], &shared));
    return shared;
}

static void build_disk(struct build *build, const struct setting *setting,
                       const struct setting_value *item)
{
    libxl_domain_config *config = build->config;
    libxl_device_disk *disk = EXTEND(config->disks, config->num_disks);
    struct xlu_message message;
    struct xlu_capture capture;
    bool failed, shared;
    auto_free char *text = library_text(item, &shared);
    const char *spec = text;

    libxl_device_disk_init(disk);
    failed = !xlu_capture_start(&capture) || xlu_disk_parse(capture.config, 1, &spec, disk);
    xlu_capture_end(&capture, &message);
    if (failed) {
        struct refusal refusal = { build, setting->key, item, &message, .word = { .name = NULL } };

        find_word(&refusal);
        refuse(&refusal);
        spec_word_release(&refusal.word);
    } else {
        check_vdev(build, item, disk->vdev);
    }
    xlu_message_release(&message);
}

void build_disks(struct build *build)
{
    const struct setting *setting;
    size_t count = spec_count(build, "disk", &setting);

    for (size_t i = 0; i < count; i++)
        build_disk(build, setting, &setting->value.items[i]);
}
