/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page of xn show. */
#include "unit.h"

#include "model/guest.h"

static char vdev[] = "xvda", path[] = "/srv/web\n.img", bridge[] = "xenbr0";

static void check_has(const struct guest *guest, const char *line)
{
    auto_str page = STR_INIT;

    guest_text(guest, &page);
    if (!strstr(str_text(&page), line))
        print_error("not there: %sin:\n%s", line, str_text(&page));
    assert_non_null(strstr(str_text(&page), line));
}

/* Scripts compare them: block-list and network-list have the same. */
static void connections_have_the_words_of_the_lists(void **state)
{
    struct disk disk = { .device.state = 2, .vdev = vdev, .path = path, .format = "raw" };
    struct nic nic = { .device.state = DEVICE_UNKNOWN,
                       .mac = "00:16:3e:00:00:01",
                       .bridge = bridge };
    struct string_list address = STRING_LIST_INIT;
    void *disks[] = { &disk }, *nics[] = { &nic };
    struct guest guest = {
        .domain = { .domid = 7 },
        .disks = { disks, 1, NULL },
        .nics = { nics, 1, NULL },
        .addresses = &address,
    };

    (void)state;
    check_has(&guest, "Disks:       xvda /srv/web\\x0a.img, raw, ro, init-wait\n");
    check_has(&guest, "Networks:    0 00:16:3e:00:00:01, bridge xenbr0, unknown\n");
    disk.device.state = nic.device.state = 4;
    disk.format = NULL;
    string_list_add(&address, "10.0.0.7");
    check_has(&guest, "unknown format, ro, connected\n");
    check_has(&guest, "bridge xenbr0, connected, 10.0.0.7\n");
    string_list_release(&address);
}

static void cpus_say_where_they_run(void **state)
{
    static char hard[] = "0-1", soft[] = "all";
    struct vcpu vcpus[] = {
        { .number = 0, .online = true, .running = true, .cpu = 1, .hard = hard, .soft = soft },
        { .number = 1 },
    };
    struct guest guest = {
        .domain = { .domid = 7, .vcpus_online = 1, .vcpus_max = 2 },
        .vcpus = { vcpus, ARRAY_SIZE(vcpus) },
    };

    (void)state;
    check_has(&guest, "CPUs:        1 of 2 online, 0.0 s used\n"
                      "  vCPU 0     on CPU 1, running, 0.0 s, may use 0-1\n"
                      "  vCPU 1     offline\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(connections_have_the_words_of_the_lists),
        cmocka_unit_test(cpus_say_where_they_run),
    };

    return cmocka_run_group_tests_name("guest", tests, NULL, NULL);
}
