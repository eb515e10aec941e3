/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Virtual sound cards; see small_device.h. */
#include "model/vsnd.h"

#include "base/mem.h"
#include "xen/pv_device.h"
#include "xen/small_device.h"

static void copy_params(const libxl_vsnd_params *from, struct vsnd_params *to)
{
    to->channels_min = from->channels_min;
    to->channels_max = from->channels_max;
    to->buffer_size = from->buffer_size;
    for (int i = 0; i < from->num_sample_rates; i++)
        string_list_take(&to->sample_rates, xasprintf("%u", from->sample_rates[i]));
    for (int i = 0; i < from->num_sample_formats; i++) {
        const char *name = libxl_vsnd_pcm_format_to_string(from->sample_formats[i]);

        string_list_add(&to->sample_formats, name ? name : "unknown");
    }
}

/* info is NULL, or has other streams, while the device is just going away. */
static void copy_pcm(const libxl_vsnd_pcm *from, const libxl_pcminfo *info, struct vsnd_pcm *to)
{
    to->name = xstrdup(from->name);
    copy_params(&from->params, &to->params);
    to->stream_count = (size_t)from->num_vsnd_streams;
    to->streams = xcalloc(to->stream_count, sizeof(*to->streams));
    for (int i = 0; i < from->num_vsnd_streams; i++) {
        struct vsnd_stream *stream = &to->streams[i];
        const char *type = libxl_vsnd_stream_type_to_string(from->streams[i].type);
        bool told = info && i < info->num_vsnd_streams;

        stream->unique_id = xstrdup(from->streams[i].unique_id);
        stream->type = type ? type : "unknown";
        copy_params(&from->streams[i].params, &stream->params);
        stream->event_channel = told ? info->streams[i].req_evtch : DEVICE_UNKNOWN;
        stream->ring_ref = told ? info->streams[i].req_rref : DEVICE_UNKNOWN;
    }
}

static void add_row(struct xen_host *host, const struct domain *domain, bool all_columns,
                    const libxl_device_vsnd *vsnd, const libxl_vsndinfo *info,
                    struct device_rows *rows)
{
    struct vsnd *row = device_rows_add(rows, sizeof(*row), vsnd_release);

    device_set_domain(&row->device, domain);
    device_set_ends(host, &row->device, info->backend_id, info->backend, info->frontend,
                    all_columns);
    row->device.devid = info->devid;
    row->device.state = info->state;
    row->device.event_channel = DEVICE_UNKNOWN;
    row->short_name = xstrdup(vsnd->short_name);
    row->long_name = xstrdup(vsnd->long_name);
    copy_params(&vsnd->params, &row->params);
    row->pcm_count = (size_t)vsnd->num_vsnd_pcms;
    row->pcms = xcalloc(row->pcm_count, sizeof(*row->pcms));
    for (int i = 0; i < vsnd->num_vsnd_pcms; i++)
        copy_pcm(&vsnd->pcms[i], i < info->num_vsnd_pcms ? &info->pcms[i] : NULL, &row->pcms[i]);
    vsnd_finish(row);
}

int xen_vsnd_collect(struct xen_host *host, const struct domain *const *domains, size_t count,
                     bool all_columns, struct device_rows *rows, struct error **error)
{
    (void)error;
    for (size_t i = 0; i < count; i++) {
        uint32_t domid = domains[i]->domid;
        int number = 0;
        libxl_device_vsnd *list = libxl_device_vsnd_list(xen_ctx(host), domid, &number);

        for (int j = 0; list && j < number; j++) {
            libxl_vsndinfo info;

            libxl_vsndinfo_init(&info);
            if (libxl_device_vsnd_getinfo(xen_ctx(host), domid, &list[j], &info) == 0)
                add_row(host, domains[i], all_columns, &list[j], &info, rows);
            libxl_vsndinfo_dispose(&info);
        }
        libxl_device_vsnd_list_free(list, number);
    }
    return 0;
}
