/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rates between two samples, the names of disks, and the lines of 'xn top'. */
#include "unit.h"

#include <locale.h>
#include <stdio.h>

#include "model/top.h"

static struct sample sample_at(uint64_t taken_ns, size_t count)
{
    return (struct sample){ .taken_ns = taken_ns,
                            .cpus = 2,
                            .domains = xcalloc(count, sizeof(struct domain_sample)),
                            .count = count };
}

static void set_domain(struct sample *sample, size_t index, uint32_t domid, const char *name,
                       uint64_t cpu_time_ns)
{
    struct domain *domain = &sample->domains[index].domain;

    *domain = (struct domain){
        .domid = domid, .name = xstrdup(name), .cpu_time_ns = cpu_time_ns, .memory_kib = 1024
    };
    snprintf(domain->uuid, sizeof(domain->uuid), "uuid-%u", domid);
}

static void rates_need_two_samples(void **state)
{
    auto_sample before = sample_at(1000000000, 1), now = sample_at(3000000000, 2);
    auto_free struct usage *rows = NULL;
    struct usage_rates rates;
    double percent;

    (void)state;
    set_domain(&before, 0, 7, "web", 1000000000);
    domain_sample_add_network(&before.domains[0], 0)->received.bytes = 1000;
    set_domain(&now, 0, 7, "web", 4000000000);
    domain_sample_add_network(&now.domains[0], 0)->received.bytes = 5000;
    domain_sample_add_network(&now.domains[0], 1)->sent.bytes = 2000;
    set_domain(&now, 1, 8, "new", 1);
    rows = usage_rows(&now, &before);
    assert_true(usage_cpu_percent(&rows[0], &percent));
    assert_int_equal((int)percent, 150);
    assert_true(usage_rates(&rows[0], &rates));
    assert_int_equal((int)rates.received, 2000);
    assert_int_equal((int)rates.sent, 1000);
    assert_false(usage_cpu_percent(&rows[1], &percent));
    assert_false(usage_rates(&rows[1], &rates));
    assert_true(usage_host_percent(rows, 2, &percent));
    assert_int_equal((int)percent, 75);
}

static void another_domain_of_that_number_has_no_rates(void **state)
{
    auto_sample before = sample_at(1, 1), now = sample_at(2, 1);
    auto_free struct usage *rows = NULL;
    double percent;

    (void)state;
    set_domain(&before, 0, 7, "web", 10);
    set_domain(&now, 0, 7, "web", 20);
    now.domains[0].domain.uuid[0] = 'U';
    rows = usage_rows(&now, &before);
    assert_false(usage_cpu_percent(&rows[0], &percent));
}

/* A device that was unplugged takes its counters with it. */
static void a_counter_that_went_back_is_no_rate(void **state)
{
    struct usage usage = { .elapsed_ns = 1000000000 };

    (void)state;
    assert_int_equal((int)usage_rate(&usage, 5, 10), 0);
    assert_int_equal((int)usage_rate(&usage, 10, 5), 5);
}

static void check_short(double number, const char *expected)
{
    char text[16];

    top_short(number, text, sizeof(text));
    assert_string_equal(text, expected);
    assert_true(strlen(text) <= 5);
}

static void numbers_are_short(void **state)
{
    (void)state;
    check_short(0, "0");
    check_short(999, "999");
    check_short(1000, "1.0K");
    check_short(102400, "100K");
    check_short(1023.0 * 1024, "1.0M");
    check_short(1.5 * 1024 * 1024 * 1024, "1.5G");
    check_short(1e18, "888P");
}

static void a_line_fits_the_screen(void **state)
{
    static const char *const names[] = { "web", "a-name-that-is-much-longer-than-its-column",
                                         "\x1b[31mred",
                                         "\xc3\xbc\xc3\xbc\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad",
                                         "\xff\xfe" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        auto_sample now = sample_at(1, 1);
        auto_free struct usage *rows = NULL;
        auto_str line = STR_INIT;

        set_domain(&now, 0, 32751, names[i], 1);
        rows = usage_rows(&now, NULL);
        top_line(rows, 80, &line);
        assert_null(strchr(str_text(&line), '\x1b'));
        for (size_t byte = 0; byte < line.length; byte++)
            assert_true((unsigned char)line.text[byte] >= ' ');
        assert_non_null(strstr(line.text, " 32751 runnable"));
    }
}

static void titles_stand_above_their_columns(void **state)
{
    auto_sample now = sample_at(1, 1);
    auto_free struct usage *rows = NULL;
    auto_str titles = STR_INIT, line = STR_INIT;

    (void)state;
    set_domain(&now, 0, 7, "web", 1);
    rows = usage_rows(&now, NULL);
    top_titles(80, &titles);
    top_line(rows, 80, &line);
    assert_int_equal(titles.length, 80);
    assert_int_equal(line.length, 80);
    assert_int_equal(strstr(titles.text, "STATE") - titles.text,
                     strstr(line.text, "runnable") - line.text);
}

static void check_order(const struct usage *rows, const struct top_view *view, const char *expected)
{
    const struct usage *chosen[3];
    auto_str names = STR_INIT;
    size_t count = top_choose(view, rows, 3, chosen);

    for (size_t i = 0; i < count; i++)
        str_addf(&names, "%s ", chosen[i]->now->domain.name);
    assert_string_equal(str_text(&names), expected);
}

static void rows_are_chosen_and_sorted(void **state)
{
    auto_sample now = sample_at(2000000000, 3), before = sample_at(1000000000, 3);
    auto_free struct usage *rows = NULL;
    auto_string_list words = STRING_LIST_INIT;

    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        static const char *const names[] = { "Domain-0", "web", "db" };

        set_domain(&before, i, i, names[i], 0);
        set_domain(&now, i, i, names[i], i == 1 ? 500 : i);
        now.domains[i].domain.memory_kib = 1000 - i;
    }
    rows = usage_rows(&now, &before);
    check_order(rows, &(struct top_view){ .order = TOP_BY_CPU }, "web db Domain-0 ");
    check_order(rows, &(struct top_view){ .order = TOP_BY_MEMORY }, "Domain-0 web db ");
    check_order(rows, &(struct top_view){ .order = TOP_BY_MEMORY, .reverse = true },
                "db web Domain-0 ");
    check_order(rows, &(struct top_view){ .order = TOP_BY_NAME }, "Domain-0 db web ");
    check_order(rows, &(struct top_view){ .order = TOP_BY_DOMID }, "Domain-0 web db ");
    check_order(rows, &(struct top_view){ .order = TOP_BY_NAME, .filter = "b" }, "db web ");
    string_list_add(&words, "2");
    string_list_add(&words, "web");
    check_order(rows, &(struct top_view){ .order = TOP_BY_NAME, .domains = &words }, "db web ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_need_two_samples),
        cmocka_unit_test(another_domain_of_that_number_has_no_rates),
        cmocka_unit_test(a_counter_that_went_back_is_no_rate),
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(a_line_fits_the_screen),
        cmocka_unit_test(titles_stand_above_their_columns),
        cmocka_unit_test(rows_are_chosen_and_sorted),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("usage", tests, NULL, NULL);
}
