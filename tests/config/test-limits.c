/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Time and memory stay small whatever the input. */
#include "sample.h"

#include <sys/resource.h>
#include <time.h>

#include "config/source.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* The sanitizers make everything slower and larger. */
#define CPU_MS_MAX  (SANITIZED ? 20000 : 1000)
#define RSS_KIB_MAX (SANITIZED ? 1L << 20 : 64L << 10)

static double cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

/* Reads the text and leaves out the JSON, which is not what is measured. */
static void read_only(const char *bytes)
{
    char *words[] = { (char *)(uintptr_t)bytes };
    const struct string_list list = { words, 1 };
    const struct config_request request = { .assignments = &list, .facts = &sample_facts };
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct error *error = NULL;
    libxl_domain_config config;
    int result;

    libxl_domain_config_init(&config);
    result = config_read(&request, &diagnostics, &config, &error);
    assert_int_equal(result, error ? -1 : 0);
    libxl_domain_config_dispose(&config);
    diagnostics_release(&diagnostics);
    error_free(error);
}

static void check_cheap(const char *start, const char *unit, size_t count, const char *end)
{
    double before = cpu_ms();
    struct str text = STR_INIT;
    struct rusage usage;

    str_add(&text, start);
    for (size_t i = 0; i < count && text.length < SOURCE_SIZE_MAX - 100; i++)
        str_add(&text, unit);
    str_add(&text, end);
    read_only(text.text);
    str_release(&text);
    getrusage(RUSAGE_SELF, &usage);
    if (cpu_ms() - before >= CPU_MS_MAX || usage.ru_maxrss >= RSS_KIB_MAX)
        print_error("%s: %.0f ms, %ld KiB\n", unit, cpu_ms() - before, usage.ru_maxrss);
    assert_true(cpu_ms() - before < CPU_MS_MAX);
    assert_true(usage.ru_maxrss < RSS_KIB_MAX);
}

static void hostile_texts(void **state)
{
    static const struct {
        const char *start, *unit, *end;
    } texts[] = {
        { "disk=", "[", "" },
        { "disk=[", "'',", "]" },
        { HVM_GUEST "vif=[", "'',", "]" },
        { HVM_GUEST "vif=['", "a=b,", "']" },
        { HVM_GUEST "disk=[", "'/a,raw,xvda',", "]" },
        { HVM_GUEST, "memory=1\n", "" },
        { HVM_GUEST, "x=1;", "" },
        { HVM_GUEST, "x;", "" },
        { HVM_GUEST, "extra+='xxxxxxxx'\n", "" },
        { HVM_GUEST, "irqs+=[1,2]\n", "" },
        { HVM_GUEST, "disk=[\n", "" },
        { HVM_GUEST, "]\n", "" },
        { HVM_GUEST "vcpus=8192;cpus='", "0-100000,", "'" },
        { HVM_GUEST "vcpus=8192;cpus=[", "'0-63',", "]" },
        { HVM_GUEST "cpuid='host", ",tm=0", "'" },
        { HVM_GUEST "cpuid=[", "'1:eax=0',", "]" },
        { HVM_GUEST "vsnd=[[", "'STREAM',", "]]" },
        { HVM_GUEST "vsnd=[['PCM,sample-rates=", "1;", "']]" },
        { HVM_GUEST "vdispl=['connectors=", "a:1x1;", "']" },
        { HVM_GUEST "vnuma=[", "['vcpus=0'],", "]" },
        { HVM_GUEST "vnuma=[['vcpus=", "0,", "']]" },
        { HVM_GUEST "extra='", "\\q", "'" },
        { HVM_GUEST "bootloader_args='", "a ", "'" },
        { "", "\xc3\xa4", "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        check_cheap(texts[i].start, texts[i].unit, SOURCE_SIZE_MAX, texts[i].end);
}

/* As many names as can be, each another one and unknown. */
static void many_names(void **state)
{
    double before = cpu_ms();
    struct str text = STR_INIT;
    struct reading reading;

    (void)state;
    str_add(&text, HVM_GUEST);
    for (int i = 0; text.length < SOURCE_SIZE_MAX - 100; i++)
        str_addf(&text, "memor%d=1\n", i);
    reading = read_bytes(text.text, text.length);
    assert_int_equal(reading.result, -1);
    assert_non_null(strstr(reading.messages, "the configuration has too many values"));
    reading_release(&reading);
    str_release(&text);
    assert_true(cpu_ms() - before < CPU_MS_MAX);
}

/* A thousand lines take about one millisecond; the limit leaves room for slow machines. */
static void a_thousand_lines(void **state)
{
    struct str text = STR_INIT;
    double before;

    (void)state;
    str_add(&text, HVM_GUEST "disk=[\n");
    for (int i = 0; i < 300; i++)
        str_addf(&text, "'/dev/vg/%d,raw,d%dp0,rw',\n", i, i);
    str_add(&text, "]\nvif=[\n");
    for (int i = 0; i < 300; i++)
        str_addf(&text, "'mac=00:16:3e:00:%02x:%02x,bridge=xenbr0',\n", i / 256, i % 256);
    str_add(&text, "]\n");
    for (int i = 0; i < 390; i++)
        str_add(&text, "# a comment\n");
    before = cpu_ms();
    for (int i = 0; i < 10; i++) {
        struct reading reading = read_text(text.text);

        assert_int_equal(reading.result, 0);
        assert_string_equal(reading.messages, "");
        reading_release(&reading);
    }
    assert_true((cpu_ms() - before) / 10 < (SANITIZED ? 500 : 50)); /* with the JSON */
    str_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_texts),
        cmocka_unit_test(many_names),
        cmocka_unit_test(a_thousand_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
