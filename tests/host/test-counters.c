/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counters of devices from a made-up sysfs. */
#include "../unit/unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xen/sample.h"

static char *root;

static int make_root(void **state)
{
    (void)state;
    root = xstrdup("/tmp/test-counters-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
    auto_free char *command = xasprintf("rm -rf '%s'", root);
    int result = system(command);

    (void)state;
    free(root);
    return result;
}

/* A file below the root, with the folders above it. */
static void put(const char *path, const char *text)
{
    auto_free char *whole = xasprintf("%s/sys/%s", root, path);
    FILE *file;

    for (char *slash = strchr(whole + strlen(root) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(whole, 0700);
        *slash = '/';
    }
    file = fopen(whole, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

#define DEVICES "bus/xen-backend/devices/"

static void counters_are_those_of_the_guest(void **state)
{
    auto_sample sample = { .domains = xcalloc(2, sizeof(*sample.domains)), .count = 2 };
    const struct network_sample *network;
    const struct disk_sample *disk;

    (void)state;
    sample.domains[1].domain.domid = 7;
    put(DEVICES "vif-7-1/net/vif7.1/statistics/rx_bytes", "10\n");
    put(DEVICES "vif-7-0/net/lan0/statistics/rx_bytes", "1000\n");
    put(DEVICES "vif-7-0/net/lan0/statistics/tx_bytes", "18446744073709551615\n");
    put(DEVICES "vif-7-0/net/lan0/statistics/tx_dropped", "3\n");
    put("class/net/lan0-emu/statistics/rx_bytes", "24\n");
    put(DEVICES "vbd-7-51712/statistics/rd_req", "5\n");
    put(DEVICES "vbd-7-51712/statistics/rd_sect", "8\n");
    put(DEVICES "vbd-7-51712/statistics/wr_sect", "2\n");
    put(DEVICES "vbd-77-51712/statistics/rd_req", "1\n");
    put(DEVICES "vfb-7-0/state", "4\n");
    put(DEVICES "vif-7/x", "");
    put(DEVICES "vif-7-0-1/x", "");
    xen_counters_fill(root, &sample);
    assert_int_equal(sample.domains[0].network_count, 0);
    assert_int_equal(sample.domains[1].network_count, 2);
    assert_int_equal(sample.domains[1].disk_count, 1);
    network = sample.domains[1].networks;
    assert_int_equal(network->devid, 0);
    assert_string_equal(network->interface, "lan0");
    assert_int_equal(network->sent.bytes, 1024); /* with QEMU's card */
    assert_true(network->received.bytes == UINT64_MAX);
    assert_int_equal(network->received.dropped, 3);
    assert_int_equal(network[1].devid, 1);
    assert_int_equal(network[1].sent.bytes, 10);
    disk = sample.domains[1].disks;
    assert_string_equal(disk->name, "xvda");
    assert_int_equal(disk->read_requests, 5);
    assert_int_equal(disk->read_bytes, 4096);
    assert_int_equal(disk->written_bytes, 1024);
}

static void no_backend_no_counters(void **state)
{
    auto_sample sample = { .domains = xcalloc(1, sizeof(*sample.domains)), .count = 1 };

    (void)state;
    xen_counters_fill("/nonexistent", &sample);
    assert_int_equal(sample.domains[0].network_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counters_are_those_of_the_guest),
        cmocka_unit_test(no_backend_no_counters),
    };

    return cmocka_run_group_tests_name("counters", tests, make_root, remove_root);
}
