/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sound cards: [ [ "CARD, short-name=Main", "PCM, name=dev1", "STREAM, type=p" ], ... ]. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <xen/io/sndif.h>

#include "base/mem.h"
#include "config/spec.h"

enum vsnd_item { VSND_CARD, VSND_PCM, VSND_STREAM };

/* Where the parts of an item go. */
struct vsnd {
    struct build *build;
    const struct config_key *key;
    enum vsnd_item item;
    libxl_device_vsnd *card;
    libxl_vsnd_pcm *pcm;
    libxl_vsnd_stream *stream;
};

static libxl_vsnd_params *params_of(const struct vsnd *vsnd)
{
    switch (vsnd->item) {
    case VSND_PCM:
        return &vsnd->pcm->params;
    case VSND_STREAM:
        return &vsnd->stream->params;
    default:
        return &vsnd->card->params;
    }
}

static void set_rates(struct vsnd *vsnd, const struct config_key *part,
                      const struct spec_word *word)
{
    libxl_vsnd_params *params = params_of(vsnd);

    for (const char *text = word->value; *text; text += *text == ';') {
        size_t length = strcspn(text, ";");
        unsigned long rate;

        if (!parse_unsigned(text, length, 10, UINT32_MAX, &rate)) {
            report_part_value(vsnd->build, part, word, SEVERITY_ERROR);
            return;
        }
        *EXTEND(params->sample_rates, params->num_sample_rates) = (uint32_t)rate;
        text += length;
    }
}

static void set_formats(struct vsnd *vsnd, const struct spec_word *word)
{
    libxl_vsnd_params *params = params_of(vsnd);

    for (const char *text = word->value; *text; text += *text == ';') {
        size_t length = strcspn(text, ";");
        auto_free char *name = xstrndup(text, length);
        libxl_vsnd_pcm_format format;

        if (libxl_vsnd_pcm_format_from_string(name, &format)) {
            diagnostic_hint(build_error(vsnd->build, "unknown-value", &word->value_place,
                                        "'%s' is no sample format", name),
                            "examples are s16_le, s32_be and f32_le");
            return;
        }
        *EXTEND(params->sample_formats, params->num_sample_formats) = format;
        text += length;
    }
}

static void set_stream_type(struct vsnd *vsnd, const struct config_key *part,
                            const struct spec_word *word)
{
    if (libxl_vsnd_stream_type_from_string(word->value, &vsnd->stream->type))
        report_part_value(vsnd->build, part, word, SEVERITY_ERROR);
}

/* The parts that one kind of item alone has. */
static bool set_own_part(struct vsnd *vsnd, const struct config_key *part,
                         const struct spec_word *word)
{
    const char *name = part->name;

    if (vsnd->item == VSND_CARD && strcmp(name, "backend") == 0)
        replace_text(&vsnd->card->backend_domname, word->value);
    else if (vsnd->item == VSND_CARD && strcmp(name, XENSND_FIELD_VCARD_SHORT_NAME) == 0)
        replace_text(&vsnd->card->short_name, word->value);
    else if (vsnd->item == VSND_CARD && strcmp(name, XENSND_FIELD_VCARD_LONG_NAME) == 0)
        replace_text(&vsnd->card->long_name, word->value);
    else if (vsnd->item == VSND_PCM && strcmp(name, XENSND_FIELD_DEVICE_NAME) == 0)
        replace_text(&vsnd->pcm->name, word->value);
    else if (vsnd->item == VSND_STREAM && strcmp(name, XENSND_FIELD_STREAM_UNIQUE_ID) == 0)
        replace_text(&vsnd->stream->unique_id, word->value);
    else if (vsnd->item == VSND_STREAM && strcmp(name, XENSND_FIELD_TYPE) == 0)
        set_stream_type(vsnd, part, word);
    else
        return false;
    return true;
}

static uint32_t *number_field(struct vsnd *vsnd, const char *name)
{
    libxl_vsnd_params *params = params_of(vsnd);

    if (strcmp(name, XENSND_FIELD_CHANNELS_MIN) == 0)
        return &params->channels_min;
    if (strcmp(name, XENSND_FIELD_CHANNELS_MAX) == 0)
        return &params->channels_max;
    return strcmp(name, XENSND_FIELD_BUFFER_SIZE) == 0 ? &params->buffer_size : NULL;
}

static void set_part(struct vsnd *vsnd, const struct spec_word *word)
{
    static const char *const items[] = { "CARD", "PCM", "STREAM" };
    const struct config_key *part = key_part(vsnd->key, word->name);
    uint32_t *number = number_field(vsnd, word->name);
    long value;

    if (!part)
        report_unknown_part(vsnd->build, vsnd->key, word, SEVERITY_ERROR);
    else if (!word->value)
        report_part_value(vsnd->build, part, word, SEVERITY_ERROR);
    else if (strcmp(part->name, XENSND_FIELD_SAMPLE_RATES) == 0)
        set_rates(vsnd, part, word);
    else if (strcmp(part->name, XENSND_FIELD_SAMPLE_FORMATS) == 0)
        set_formats(vsnd, word);
    else if (number && build_parse_number(vsnd->build, word->value, &word->value_place, part->name,
                                          0, UINT32_MAX, &value))
        *number = (uint32_t)value;
    else if (!number && !set_own_part(vsnd, part, word))
        build_error(vsnd->build, "unknown-part", &word->place, "'%s' is no part of a %s",
                    part->name, items[vsnd->item]);
}

static void add_pcm(struct vsnd *vsnd)
{
    vsnd->pcm = EXTEND(vsnd->card->pcms, vsnd->card->num_vsnd_pcms);
    libxl_vsnd_pcm_init(vsnd->pcm);
}

/* CARD, PCM or STREAM: the first word of an item. A stream without a PCM before it makes one. */
static bool begin_item(struct vsnd *vsnd, const struct spec_word *word)
{
    if (strcasecmp(word->name, "card") == 0) {
        vsnd->item = VSND_CARD;
    } else if (strcasecmp(word->name, "pcm") == 0) {
        vsnd->item = VSND_PCM;
        add_pcm(vsnd);
    } else if (strcasecmp(word->name, "stream") == 0) {
        vsnd->item = VSND_STREAM;
        if (!vsnd->pcm)
            add_pcm(vsnd);
        vsnd->stream = EXTEND(vsnd->pcm->streams, vsnd->pcm->num_vsnd_streams);
        libxl_vsnd_stream_init(vsnd->stream);
    } else {
        build_error(vsnd->build, "unknown-value", &word->place,
                    "an item of 'vsnd' begins with CARD, PCM or STREAM, not '%s'", word->name);
        return false;
    }
    return true;
}

static void read_item(struct vsnd *vsnd, const struct setting_value *item)
{
    struct spec spec = { .item = item };

    if (spec_next(&spec) && begin_item(vsnd, &spec.word))
        while (spec_next(&spec))
            set_part(vsnd, &spec.word);
    spec_end(&spec);
}

void build_vsnds(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "vsnd", &setting);

    for (size_t i = 0; i < count; i++) {
        const struct setting_value *group = &setting->value.items[i];
        struct vsnd vsnd = { .build = build, .key = setting->key };

        vsnd.card = EXTEND(config->vsnds, config->num_vsnds);
        libxl_device_vsnd_init(vsnd.card);
        vsnd.card->devid = device_number(build, config->num_vsnds);
        for (size_t j = 0; j < group->count; j++)
            read_item(&vsnd, &group->items[j]);
    }
}
