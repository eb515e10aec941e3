/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A virtual sound card of a guest, and the columns of its listing. */
#ifndef XN_MODEL_VSND_H
#define XN_MODEL_VSND_H

#include "model/device.h"

/* What a card, a PCM device or a stream can do; 0 and empty lists: not said, those above decide. */
struct vsnd_params {
    uint32_t channels_min, channels_max;
    uint32_t buffer_size; /* bytes */
    struct string_list sample_rates;
    struct string_list sample_formats; /* "s16_le" */
};

struct vsnd_stream {
    char *unique_id;  /* untrusted; NULL: none */
    const char *type; /* "p" or "c"; static */
    struct vsnd_params params;
    int event_channel, ring_ref; /* -1: the guest has told none */
};

struct vsnd_pcm {
    char *name; /* untrusted; NULL: none */
    struct vsnd_params params;
    struct vsnd_stream *streams;
    size_t stream_count;
};

struct vsnd {
    struct device device;
    char *short_name, *long_name; /* untrusted; NULL: none */
    struct vsnd_params params;
    struct vsnd_pcm *pcms;
    size_t pcm_count;
    struct string_list stream_words; /* "PCM/STREAM/p"; made by vsnd_finish */
};

/* To be called when all is filled in. */
void vsnd_finish(struct vsnd *vsnd);
/* For device_rows_add. */
void vsnd_release(void *row);

extern const struct column_table vsnd_columns;

/* xl's layout has no titles, and several lines for one card. */
#define VSND_XL_COLUMNS 1
extern const struct xl_column vsnd_xl_columns[VSND_XL_COLUMNS];

#endif
