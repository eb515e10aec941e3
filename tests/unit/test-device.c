/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The layouts of network-list and block-list, and how interfaces and disks are named. */
#include "unit.h"

#include "model/disk.h"
#include "model/nic.h"

static void check_line(const struct xl_column *column, const void *row, const char *expected)
{
    auto_str text = STR_INIT;

    column->cell(&text, row);
    assert_string_equal(str_text(&text), expected);
}

static void network_list_is_that_of_xl(void **state)
{
    char path[] = "/local/domain/0/backend/vif/5/0";
    struct nic nic = {
        .device = { .domid = 5, .devid = 0, .backend_path = path, .state = 4, .event_channel = 17 },
        .mac = "00:16:3e:77:00:51",
        .tx_ring_ref = 768,
        .rx_ring_ref = 769
    };

    (void)state;
    assert_string_equal(nic_xl_columns[0].title,
                        "Idx BE Mac Addr.         handle state evt-ch   tx-/rx-ring-ref "
                        "BE-path                       ");
    check_line(&nic_xl_columns[0], &nic,
               "0   0  00:16:3e:77:00:51     0     4     17   768/769         "
               "/local/domain/0/backend/vif/5/0");
    nic.device.state = nic.device.event_channel = nic.tx_ring_ref = nic.rx_ring_ref = -1;
    nic.device.devid = 12;
    *nic.mac = '\0';
    check_line(&nic_xl_columns[0], &nic,
               "12  0  00:00:00:00:00:00    12    -1     -1    -1/-1          "
               "/local/domain/0/backend/vif/5/0");
}

static void block_list_is_that_of_xl(void **state)
{
    char path[] = "/local/domain/0/backend/vbd/5/1", evil[] = "\33c";
    struct disk disk = { .device = { .domid = 5,
                                     .devid = 51712,
                                     .backend_path = path,
                                     .state = 4,
                                     .event_channel = 17 },
                         .ring_ref = 8 };

    (void)state;
    assert_string_equal(disk_xl_columns[0].title,
                        "Vdev  BE  handle state evt-ch ring-ref BE-path                       ");
    check_line(&disk_xl_columns[0], &disk,
               "51712 0   5      4     17     8        /local/domain/0/backend/vbd/5/1");
    disk.device.backend_path = evil;
    check_line(&disk_xl_columns[0], &disk,
               "51712 0   5      4     17     8        \\x1bc                         ");
}

static void interfaces_are_named_by_number_mac_and_name(void **state)
{
    char interface[] = "vif5.1";
    struct nic nic = { .device = { .devid = 1 },
                       .mac = "00:16:3e:77:00:51",
                       .interface = interface };

    (void)state;
    assert_true(nic_is_named(&nic, "1"));
    assert_true(nic_is_named(&nic, "00:16:3E:77:00:51"));
    assert_true(nic_is_named(&nic, "vif5.1"));
    assert_false(nic_is_named(&nic, "0"));
    assert_false(nic_is_named(&nic, "11"));
    assert_false(nic_is_named(&nic, "+1"));
    assert_false(nic_is_named(&nic, "00:16:3e:77:00:52"));
    assert_false(nic_is_named(&nic, "vif5.10"));
    assert_false(nic_is_named(&nic, ""));
}

static void mac_addresses(void **state)
{
    char mac[MAC_TEXT_SIZE];

    (void)state;
    assert_true(nic_parse_mac("00:16:3E:aB:00:01", mac));
    assert_string_equal(mac, "00:16:3e:ab:00:01");
    assert_false(nic_parse_mac("00:16:3e:ab:00", mac));
    assert_string_equal(mac, "");
    assert_false(nic_parse_mac("00:16:3e:ab:00:0g", mac));
    assert_false(nic_parse_mac("00-16-3e-ab-00-01", mac));
    assert_false(nic_parse_mac("00:16:3e:ab:00:011", mac));
}

static void check_target(const char *backend_type, const char *params, const char *format,
                         const char *path)
{
    struct disk disk = { .backend_type = backend_type };

    disk_set_target(&disk, params);
    if (path)
        assert_string_equal(disk.path, path);
    else
        assert_null(disk.path);
    if (format)
        assert_string_equal(disk.format, format);
    else
        assert_null(disk.format);
    disk_release(&disk);
}

/* libxl itself cuts the second one at its colon. */
static void targets_of_disks(void **state)
{
    (void)state;
    check_target("phy", "/dev/vg/a", "raw", "/dev/vg/a");
    check_target("phy", "iqn=iqn.2026-01.net.example:a", "raw", "iqn=iqn.2026-01.net.example:a");
    check_target("qdisk", "qcow2:/srv/a:b", "qcow2", "/srv/a:b");
    check_target("qdisk", "aio:/srv/a", "raw", "/srv/a");
    check_target("qdisk", "what:/srv/a", NULL, "/srv/a");
    check_target("qdisk", "aio:", NULL, NULL);
    check_target("qdisk", "", NULL, NULL);
    check_target("qdisk", NULL, NULL, NULL);
    check_target(NULL, "/srv/a", "raw", "/srv/a");
}

static void states_have_names(void **state)
{
    (void)state;
    assert_string_equal(device_state_name(1), "initialising");
    assert_string_equal(device_state_name(4), "connected");
    assert_string_equal(device_state_name(8), "reconfigured");
    assert_string_equal(device_state_name(0), "unknown");
    assert_string_equal(device_state_name(9), "unknown");
    assert_string_equal(device_state_name(-7), "unknown");
}

/* column KEY of a row as text; "" for null. The caller frees it. */
static char *cell(const struct column_table *table, const char *key, const void *row)
{
    struct value value = column_value(column_find(table, key), row);
    struct str text = STR_INIT;

    str_add(&text, "");
    value_to_text(&value, &text);
    value_release(&value);
    return str_detach(&text);
}

static void check_cell(const struct column_table *table, const char *key, const void *row,
                       const char *expected)
{
    char *text = cell(table, key, row);

    assert_string_equal(text, expected);
    free(text);
}

static void rates_and_traffic(void **state)
{
    struct nic nic = { .limited = true,
                       .rate_bytes_per_interval = 62500,
                       .rate_interval_us = 50000,
                       .counted = true,
                       .traffic = { .received_bytes = 7, .sent_bytes = UINT64_MAX },
                       .mtu = DEVICE_UNKNOWN };

    (void)state;
    check_cell(&nic_columns, "rate_bytes_per_s", &nic, "1250000");
    check_cell(&nic_columns, "rate_interval_us", &nic, "50000");
    check_cell(&nic_columns, "received_bytes", &nic, "7");
    check_cell(&nic_columns, "sent_bytes", &nic, "18446744073709551615");
    check_cell(&nic_columns, "mtu", &nic, "");
    nic.counted = nic.limited = false;
    check_cell(&nic_columns, "rate_bytes_per_s", &nic, "");
    check_cell(&nic_columns, "sent_bytes", &nic, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(network_list_is_that_of_xl),
        cmocka_unit_test(block_list_is_that_of_xl),
        cmocka_unit_test(interfaces_are_named_by_number_mac_and_name),
        cmocka_unit_test(mac_addresses),
        cmocka_unit_test(targets_of_disks),
        cmocka_unit_test(states_have_names),
        cmocka_unit_test(rates_and_traffic),
    };

    return cmocka_run_group_tests_name("device", tests, NULL, NULL);
}
