/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xl's layouts of the lists of smaller devices, and what their columns say. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "model/channel.h"
#include "model/pci.h"
#include "model/usb.h"
#include "model/vdispl.h"
#include "model/vkb.h"
#include "model/vsnd.h"
#include "model/vtpm.h"

static char web[] = "web", backend_path[] = "/libxl/7/device/vkb/0", frontend_path[] = "/f/0";

static struct device device(void)
{
    return (struct device){
        .domid = 7,
        .domain = web,
        .devid = 2,
        .backend_domid = 3,
        .backend_path = backend_path,
        .frontend_path = frontend_path,
        .state = 4,
        .event_channel = 15,
    };
}

static void check_lines(const struct xl_column *columns, size_t count, const void *row,
                        const char *titles, const char *line)
{
    auto_str text = STR_INIT;

    for (size_t i = 0; i < count; i++)
        str_add(&text, columns[i].title);
    assert_string_equal(str_text(&text), titles);
    str_clear(&text);
    for (size_t i = 0; i < count; i++)
        columns[i].cell(&text, row);
    assert_string_equal(str_text(&text), line);
}

static void check_column(const struct column_table *table, const char *key, const void *row,
                         const char *expected)
{
    const struct column *column = column_find(table, key);
    auto_str text = STR_INIT;
    struct value value;

    assert_non_null(column);
    value = column_value(column, row);
    value_to_text(&value, &text);
    assert_string_equal(str_text(&text), expected);
    value_release(&value);
}

static void vtpms(void **state)
{
    struct vtpm row = { .device = device(),
                        .ring_ref = -1,
                        .uuid = "7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47" };

    (void)state;
    check_lines(vtpm_xl_columns, VTPM_XL_COLUMNS, &row,
                "Idx BE Uuid                                 handle state evt-ch ring-ref "
                "BE-path   ",
                "2   3  7b3c1d5e-2f60-4a86-9d11-5f0c2a9e8b47      2     4     15       -1 "
                "/libxl/7/device/vkb/0         ");
    check_column(&vtpm_columns, "state", &row, "connected");
    check_column(&vtpm_columns, "ring_ref", &row, "");
    check_column(&vtpm_columns, "domain", &row, "web");
}

static void vkbs(void **state)
{
    char evil[] = "\33c";
    struct vkb row = { .device = device(), .ring_ref = 9, .backend_type = "linux" };

    (void)state;
    check_lines(vkb_xl_columns, VKB_XL_COLUMNS, &row,
                "Idx BE handle state evt-ch    ref ID         BE-type    "
                "BE-path                       ",
                "2   3       2     4     15      9 (null)     linux      "
                "/libxl/7/device/vkb/0         ");
    check_column(&vkb_columns, "unique_id", &row, "");
    row.unique_id = evil;
    check_lines(vkb_xl_columns, VKB_XL_COLUMNS, &row,
                "Idx BE handle state evt-ch    ref ID         BE-type    "
                "BE-path                       ",
                "2   3       2     4     15      9 \\x1bc      linux      "
                "/libxl/7/device/vkb/0         ");
}

static void channels(void **state)
{
    char pty[] = "/dev/pts/4";
    struct channel row = { .device = device(), .ring_ref = -1, .connection = "pty", .path = pty };

    (void)state;
    check_lines(channel_xl_columns, CHANNEL_XL_COLUMNS, &row,
                "Idx BE state evt-ch ring-ref connection                               ",
                "2   3  4     15     -1       pty        /dev/pts/4                     ");
    row.connection = "socket";
    check_lines(channel_xl_columns, CHANNEL_XL_COLUMNS, &row,
                "Idx BE state evt-ch ring-ref connection                               ",
                "2   3  4     15     -1       socket     ");
}

static void vdispls(void **state)
{
    struct vdispl *row = xcalloc(1, sizeof(*row));

    (void)state;
    row->device = device();
    (void)vdispl_add_connector(row, "id0", 800, 600);
    vdispl_add_connector(row, "id1", 1024, 768)->event_ring_ref = 5;
    check_lines(vdispl_xl_columns, VDISPL_XL_COLUMNS, row, "",
                "DevId: 2, BE: 3, handle: 7, state: 4, be-alloc: 0, "
                "BE-path: /libxl/7/device/vkb/0, FE-path: /f/0"
                "\n\tConnector: 0, id: id0, width: 800, height: 600, "
                "req-rref: -1, req-evtch: -1, evt-rref: -1, evt-evtch: -1"
                "\n\tConnector: 1, id: id1, width: 1024, height: 768, "
                "req-rref: -1, req-evtch: -1, evt-rref: 5, evt-evtch: -1");
    check_column(&vdispl_columns, "connectors", row, "id0:800x600,id1:1024x768");
    row->device = (struct device){ .domid = 0 };
    vdispl_release(row);
    free(row);
}

static void vsnds(void **state)
{
    struct vsnd *row = xcalloc(1, sizeof(*row));
    struct vsnd_stream *stream;

    (void)state;
    row->device = device();
    row->short_name = xstrdup("Main");
    row->params.channels_max = 2;
    string_list_add(&row->params.sample_rates, "44100");
    string_list_add(&row->params.sample_rates, "48000");
    string_list_add(&row->params.sample_formats, "s16_le");
    row->pcm_count = 1;
    row->pcms = xcalloc(1, sizeof(*row->pcms));
    row->pcms->name = xstrdup("dev1");
    row->pcms->params.buffer_size = 4096;
    row->pcms->stream_count = 1;
    stream = row->pcms->streams = xcalloc(1, sizeof(*row->pcms->streams));
    *stream = (struct vsnd_stream){
        .unique_id = xstrdup("out"), .type = "p", .event_channel = -1, .ring_ref = -1
    };
    vsnd_finish(row);
    check_lines(vsnd_xl_columns, VSND_XL_COLUMNS, row, "",
                "\ndevid: 2, be-domid: 3, handle: 7, state: 4, be-path: /libxl/7/device/vkb/0, "
                "fe-path: /f/0\n"
                "short-name: \"Main\", long-name: \"(null)\", channels-max: 2, "
                "sample-rates: 44100;48000, sample-rates: s16_le\n"
                "\tpcm: 0, name: \"dev1\", buffer-size: 4096\n"
                "\t\tstream: 0, unique-id: \"out\", type: p\n"
                "\t\t\tevent-channel: -1, ring-ref: -1");
    check_column(&vsnd_columns, "streams", row, "dev1/out/p");
    check_column(&vsnd_columns, "sample_formats", row, "s16_le");
    check_column(&vsnd_columns, "channels_min", row, "");
    row->device = (struct device){ .domid = 0 };
    vsnd_release(row);
    free(row);
}

static void usb(void **state)
{
    struct usb_controller *row = xcalloc(1, sizeof(*row));

    (void)state;
    row->device = device();
    row->type = "devicemodel";
    row->version = 2;
    usb_controller_set_ports(row, 3);
    usb_controller_put(row, 2, 1, 18);
    usb_controller_put(row, 0, 1, 1);
    usb_controller_put(row, 4, 1, 1);
    check_lines(usb_xl_columns, USB_XL_COLUMNS, row, "",
                "Devid  Type         BE  state usb-ver ports\n"
                "2      devicemodel  3   4     2       3    \n"
                "  Port 1:\n"
                "  Port 2: Bus 001 Device 012\n"
                "  Port 3:");
    check_column(&usb_columns, "devices", row, "port=2,hostbus=1,hostaddr=18");
    check_column(&usb_columns, "ports", row, "3");
    usb_controller_set_ports(row, -1);
    assert_int_equal(row->port_count, 0);
    row->device = (struct device){ .domid = 0 };
    usb_controller_release(row);
    free(row);
}

static void pci(void **state)
{
    char name[] = "gpu";
    struct pci_device row = { .device = device(),
                              .address = { .segment = 0, .bus = 3, .slot = 0x1f, .function = 7 },
                              .guest_devfn = 5 << 3 | 1,
                              .vendor_id = 0x8086,
                              .class_id = 0x20000 };

    (void)state;
    check_lines(pci_xl_columns, PCI_XL_COLUMNS, &row, "Vdev Device", "05.1 0000:03:1f.7");
    check_lines(pci_assignable_xl_columns, PCI_ASSIGNABLE_XL_COLUMNS, &row, "", "0000:03:1f.7 ");
    row.name = name;
    check_lines(pci_assignable_xl_columns, PCI_ASSIGNABLE_XL_COLUMNS, &row, "", "0000:03:1f.7 gpu");
    check_column(&pci_columns, "vendor_id", &row, "8086");
    check_column(&pci_columns, "device_id", &row, "");
    check_column(&pci_columns, "class_id", &row, "020000");
    check_column(&pci_columns, "guest_address", &row, "05.1");
    check_column(&pci_assignable_columns, "address", &row, "0000:03:1f.7");
}

static void states(void **state)
{
    (void)state;
    assert_string_equal(device_state_name(1), "initialising");
    assert_string_equal(device_state_name(8), "reconfigured");
    assert_string_equal(device_state_name(0), "unknown");
    assert_string_equal(device_state_name(9), "unknown");
    assert_string_equal(device_state_name(-1), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vtpms),   cmocka_unit_test(vkbs),   cmocka_unit_test(channels),
        cmocka_unit_test(vdispls), cmocka_unit_test(vsnds),  cmocka_unit_test(usb),
        cmocka_unit_test(pci),     cmocka_unit_test(states),
    };

    return cmocka_run_group_tests_name("device-lists", tests, NULL, NULL);
}
