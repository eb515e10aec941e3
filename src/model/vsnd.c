/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The columns of virtual sound cards; see vsnd.h. */
#include "model/vsnd.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/device_columns.h"

#define VSND(row) ((const struct vsnd *)(row))

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

void vsnd_finish(struct vsnd *vsnd)
{
    for (size_t i = 0; i < vsnd->pcm_count; i++) {
        const struct vsnd_pcm *pcm = &vsnd->pcms[i];

        for (size_t j = 0; j < pcm->stream_count; j++)
            string_list_take(&vsnd->stream_words,
                             xasprintf("%s/%s/%s", or_empty(pcm->name),
                                       or_empty(pcm->streams[j].unique_id), pcm->streams[j].type));
    }
}

static void params_release(struct vsnd_params *params)
{
    string_list_release(&params->sample_rates);
    string_list_release(&params->sample_formats);
}

static void pcm_release(struct vsnd_pcm *pcm)
{
    for (size_t i = 0; i < pcm->stream_count; i++) {
        free(pcm->streams[i].unique_id);
        params_release(&pcm->streams[i].params);
    }
    free(pcm->streams);
    free(pcm->name);
    params_release(&pcm->params);
}

void vsnd_release(void *row)
{
    struct vsnd *vsnd = row;

    device_release(&vsnd->device);
    for (size_t i = 0; i < vsnd->pcm_count; i++)
        pcm_release(&vsnd->pcms[i]);
    free(vsnd->pcms);
    free(vsnd->short_name);
    free(vsnd->long_name);
    params_release(&vsnd->params);
    string_list_release(&vsnd->stream_words);
}

static void get_short_name(const void *row, struct value *value)
{
    value_set_text(value, VSND(row)->short_name);
}

static void get_long_name(const void *row, struct value *value)
{
    value_set_text(value, VSND(row)->long_name);
}

static void get_streams(const void *row, struct value *value)
{
    value_set_list(value, &VSND(row)->stream_words);
}

static void set_unless_zero(struct value *value, uint32_t number)
{
    if (number)
        value_set_uint(value, number);
}

static void get_channels_min(const void *row, struct value *value)
{
    set_unless_zero(value, VSND(row)->params.channels_min);
}

static void get_channels_max(const void *row, struct value *value)
{
    set_unless_zero(value, VSND(row)->params.channels_max);
}

static void get_buffer_size(const void *row, struct value *value)
{
    set_unless_zero(value, VSND(row)->params.buffer_size);
}

static void get_rates(const void *row, struct value *value)
{
    if (VSND(row)->params.sample_rates.count)
        value_set_list(value, &VSND(row)->params.sample_rates);
}

static void get_formats(const void *row, struct value *value)
{
    if (VSND(row)->params.sample_formats.count)
        value_set_list(value, &VSND(row)->params.sample_formats);
}

static const struct column columns[] = {
    DEVICE_COLUMNS_FIRST,
    DEVICE_COLUMN("short_name", "NAME", VALUE_TEXT, get_short_name, "short name of the card"),
    DEVICE_COLUMN("long_name", "LONG-NAME", VALUE_TEXT, get_long_name, "long name of the card"),
    DEVICE_COLUMN("streams", "STREAMS", VALUE_LIST, get_streams,
                  "its streams, PCM/STREAM/p for playback or c for capture"),
    DEVICE_COLUMN("channels_min", "CH-MIN", VALUE_UINT, get_channels_min, "fewest channels"),
    DEVICE_COLUMN("channels_max", "CH-MAX", VALUE_UINT, get_channels_max, "most channels"),
    DEVICE_COLUMN("buffer_size_bytes", "BUFFER", VALUE_UINT, get_buffer_size, "size of the buffer"),
    DEVICE_COLUMN("sample_rates", "RATES", VALUE_LIST, get_rates, "sample rates that it offers"),
    DEVICE_COLUMN("sample_formats", "FORMATS", VALUE_LIST, get_formats,
                  "sample formats that it offers"),
    DEVICE_COLUMNS_STATE,
    DEVICE_COLUMNS_LAST,
};

const struct column_table vsnd_columns = {
    .noun = "vsnds",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,devid,short_name,streams,state,backend",
};

static void xl_list(struct str *out, const struct string_list *list)
{
    if (list->count)
        str_add(out, ", sample-rates: "); /* xl's title for both lists */
    for (size_t i = 0; i < list->count; i++)
        str_addf(out, "%s%s", i ? ";" : "", list->items[i]);
}

static void xl_params(struct str *out, const struct vsnd_params *params)
{
    if (params->channels_min)
        str_addf(out, ", channels-min: %u", params->channels_min);
    if (params->channels_max)
        str_addf(out, ", channels-max: %u", params->channels_max);
    if (params->buffer_size)
        str_addf(out, ", buffer-size: %u", params->buffer_size);
    xl_list(out, &params->sample_rates);
    xl_list(out, &params->sample_formats);
}

static char *quoted(const char *text)
{
    return printable(text ? text : "(null)");
}

static void xl_pcm(struct str *out, size_t index, const struct vsnd_pcm *pcm)
{
    auto_free char *name = quoted(pcm->name);

    str_addf(out, "\n\tpcm: %zu, name: \"%s\"", index, name);
    xl_params(out, &pcm->params);
    for (size_t i = 0; i < pcm->stream_count; i++) {
        const struct vsnd_stream *stream = &pcm->streams[i];
        auto_free char *id = quoted(stream->unique_id);

        str_addf(out, "\n\t\tstream: %zu, unique-id: \"%s\", type: %s", i, id, stream->type);
        xl_params(out, &stream->params);
        str_addf(out, "\n\t\t\tevent-channel: %d, ring-ref: %d", stream->event_channel,
                 stream->ring_ref);
    }
}

static void xl_card(struct str *out, const void *row)
{
    const struct vsnd *vsnd = row;
    const struct device *device = &vsnd->device;
    auto_free char *short_name = quoted(vsnd->short_name), *long_name = quoted(vsnd->long_name);

    str_addf(out, "\ndevid: %d, be-domid: %u, handle: %u, state: %d, be-path: %s, fe-path: %s\n",
             device->devid, device->backend_domid, device->domid, device->state,
             device->backend_path, device->frontend_path);
    str_addf(out, "short-name: \"%s\", long-name: \"%s\"", short_name, long_name);
    xl_params(out, &vsnd->params);
    for (size_t i = 0; i < vsnd->pcm_count; i++)
        xl_pcm(out, i, &vsnd->pcms[i]);
}

const struct xl_column vsnd_xl_columns[VSND_XL_COLUMNS] = { { "", xl_card } };
