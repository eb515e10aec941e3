/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Metrics for Prometheus: which, with what labels, and that no name of a guest breaks the file. */
#include "unit.h"

#include <stdio.h>

#include "model/metrics.h"

static char *text_of(const struct sample *sample)
{
    struct metrics_input input = { .sample = sample, .supervisor_known = true };
    struct str text = STR_INIT;

    metrics_text(&input, &text);
    return str_detach(&text);
}

/* A sample of one domain with a network and a disk. */
static struct sample one(const char *name)
{
    struct sample sample = {
        .cpus = 2,
        .memory_kib = 1024,
        .domains = xcalloc(1, sizeof(*sample.domains)),
        .count = 1,
    };
    struct domain_sample *domain = sample.domains;

    domain->domain = (struct domain){ .domid = 7,
                                      .name = xstrdup(name),
                                      .uuid = "11111111-2222-3333-4444-555555555555",
                                      .type = "pvh",
                                      .paused = true,
                                      .memory_kib = 2048,
                                      .cpu_time_ns = 1234567890 };
    domain_sample_add_network(domain, 0)->received.bytes = 42;
    domain_sample_add_disk(domain, 51712)->read_bytes = UINT64_MAX;
    return sample;
}

#define LABELS "{name=\"web\",uuid=\"11111111-2222-3333-4444-555555555555\""

static void check_line(const char *text, const char *line)
{
    const char *found = strstr(text, line);

    if (!found)
        print_error("no line '%s' in:\n%s", line, text);
    assert_non_null(found);
    assert_int_equal(found[-1], '\n');
    assert_int_equal(found[strlen(line)], '\n');
}

static void values_are_in_base_units(void **state)
{
    auto_sample sample = one("web");
    auto_free char *text = text_of(&sample);

    (void)state;
    check_line(text, "xen_up 1");
    check_line(text, "xen_supervisor_up 0");
    check_line(text, "xen_host_memory_bytes 1048576");
    check_line(text, "# TYPE xen_domain_cpu_seconds_total counter");
    check_line(text, "xen_domain_cpu_seconds_total" LABELS "} 1.234567890");
    check_line(text, "xen_domain_memory_bytes" LABELS "} 2097152");
    check_line(text, "xen_domain_state" LABELS ",state=\"paused\"} 1");
    check_line(text, "xen_domain_state" LABELS ",state=\"running\"} 0");
    check_line(text, "xen_domain_network_receive_bytes_total" LABELS ",device=\"0\"} 42");
    check_line(text,
               "xen_domain_disk_read_bytes_total" LABELS ",device=\"xvda\"} 18446744073709551615");
    assert_null(strstr(text, "domid"));
    assert_null(strstr(text, "xen_domain_start_time_seconds")); /* not known */
}

static void check_name(const char *name, const char *escaped)
{
    auto_sample sample = one(name);
    auto_free char *text = text_of(&sample);
    auto_free char *line = xasprintf(
        "xen_domain_vcpus{name=\"%s\",uuid=\"11111111-2222-3333-4444-555555555555\"} 0", escaped);

    check_line(text, line);
}

static void names_are_escaped(void **state)
{
    (void)state;
    check_name("a b", "a b");
    check_name("a\"b", "a\\\"b");
    check_name("a\\b", "a\\\\b");
    check_name("a\nxen_up 0\nb", "a\\nxen_up 0\\nb");
    check_name("a\x1b[31m\x7f", "a\\\\x1b[31m\\\\x7f");
    check_name("b\xc3\xbc", "b\xc3\xbc");
    check_name("b\xc3", "b\\\\xc3");
    check_name("\xff", "\\\\xff");
}

/* How often the domain shows. */
static size_t count_of(const struct sample *sample)
{
    auto_free char *text = text_of(sample);
    size_t count = 0;

    for (const char *at = text; (at = strstr(at, "\nxen_domain_vcpus{")); at++)
        count++;
    return count;
}

static void no_two_series_have_the_same_labels(void **state)
{
    auto_sample sample = one("web");
    auto_sample incoming = one("web--incoming");
    auto_sample dying = one("web");

    (void)state;
    assert_int_equal(count_of(&sample), 1);
    assert_int_equal(count_of(&incoming), 0);
    dying.domains[0].domain.dying = true;
    assert_int_equal(count_of(&dying), 0);
    sample.domains = xreallocarray(sample.domains, 2, sizeof(*sample.domains));
    sample.domains[1] = (struct domain_sample){ .domain = domain_copy(&sample.domains[0].domain) };
    sample.domains[1].domain.domid = 8;
    sample.count = 2;
    assert_int_equal(count_of(&sample), 1);
    free(sample.domains[0].domain.name);
    sample.domains[0].domain.name = NULL; /* being built */
    assert_int_equal(count_of(&sample), 1);
}

static void a_host_that_cannot_be_asked(void **state)
{
    auto_free char *text = text_of(NULL);

    (void)state;
    assert_string_equal(text, "# HELP xen_up Whether the hypervisor could be asked.\n"
                              "# TYPE xen_up gauge\n"
                              "xen_up 0\n"
                              "# HELP xen_supervisor_up Whether the supervisor of xn's guests "
                              "runs.\n"
                              "# TYPE xen_supervisor_up gauge\n"
                              "xen_supervisor_up 0\n");
}

static void check_metric(void *context, const char *name, const char *type, const char *help)
{
    bool total = ends_with(name, "_total");

    ++*(size_t *)context;
    assert_true(starts_with(name, "xen_"));
    assert_int_equal(total, strcmp(type, "counter") == 0);
    assert_true(total || strcmp(type, "gauge") == 0);
    assert_int_equal(name[strspn(name, "abcdefghijklmnopqrstuvwxyz_")], '\0');
    assert_true(ends_with(help, "."));
    assert_null(strpbrk(help, "\\\n"));
}

static void names_keep_the_rules(void **state)
{
    size_t count = 0;

    (void)state;
    metrics_each(check_metric, &count);
    assert_true(count > 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_in_base_units),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(no_two_series_have_the_same_labels),
        cmocka_unit_test(a_host_that_cannot_be_asked),
        cmocka_unit_test(names_keep_the_rules),
    };

    return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
