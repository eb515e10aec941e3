/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Listings in every format, whatever the cells hold. */
#include "unit.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "out/listing.h"
#include "sample.h"

static char *tags[] = { (char[]){ "a,b" }, (char[]){ "c" } };

static const struct sample_guest guests[] = {
    { .name = "web", .domid = 3, .memory_kib = 1048576, .load = 1.5, .tags = { tags, 2 } },
    { .name = "db\033[31m\n\xff", .domid = 12, .memory_kib = 5, .paused = true, .drift = -20 },
    { .name = "say \"hi\"", .domid = UINT64_MAX, .memory_kib = 70 },
};

static const void *const rows[] = { &guests[0], &guests[1], &guests[2] };

static void xl_name(struct str *out, const void *row)
{
    auto_free char *name = printable(((const struct sample_guest *)row)->name);

    str_addf(out, "%-10s", name);
}

static void xl_memory(struct str *out, const void *row)
{
    str_addf(out, " %5llu  ",
             (unsigned long long)((const struct sample_guest *)row)->memory_kib / 1024);
}

static const struct xl_column xl_columns[] = { { "Name      ", xl_name }, { "   Mem", xl_memory } };

static const struct listing plain = { .table = &sample_table, .rows = rows, .count = 3 };
static const struct listing like_xl = {
    .table = &sample_table, .rows = rows, .count = 3, .xl_columns = xl_columns, .xl_count = 2
};
static const struct listing empty = { .table = &sample_table };
static const struct listing empty_like_xl = { .table = &sample_table,
                                              .xl_columns = xl_columns,
                                              .xl_count = 2 };

struct wish {
    enum output_format format;
    bool no_header;
    const char *columns, *sort, *filter; /* NULL: not said */
};

static struct output_options options_of(struct wish wish)
{
    struct output_options options = { .format = wish.format, .no_header = wish.no_header };

    if (wish.columns)
        string_list_split(&options.columns, wish.columns, ',');
    if (wish.sort)
        string_list_split(&options.sort, wish.sort, ',');
    if (wish.filter)
        string_list_add(&options.filters, wish.filter);
    return options;
}

static void options_release(struct output_options *options)
{
    string_list_release(&options->columns);
    string_list_release(&options->sort);
    string_list_release(&options->filters);
}

static void prints(const struct listing *listing, struct wish wish, const char *expected)
{
    struct output_options options = options_of(wish);
    auto_error error = NULL;
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    int result = listing_print(listing, &options, out, &error);

    fclose(out);
    check_success(result, error);
    assert_string_equal(text, expected);
    free(text);
    options_release(&options);
}

static void tables_are_aligned(void **state)
{
    (void)state;
    prints(&plain, (struct wish){ .format = FORMAT_TABLE },
           "NAME               ID  MEMORY\n"
           "web                 3 1048576\n"
           "db\\x1b[31m\\x0a\\xff 12       5\n"
           "say \"hi\"            -      70\n");
    prints(&plain, (struct wish){ .format = FORMAT_DEFAULT, .columns = "domid,paused,tags" },
           "ID PAUSED TAGS\n"
           " 3 false  a,b,c\n"
           "12 true\n"
           " - false\n");
    prints(&plain,
           (struct wish){ .format = FORMAT_TABLE, .no_header = true, .columns = "domid,drift_ms" },
           " 3   0\n"
           "12 -20\n"
           " -   0\n");
}

static void characters_count_not_bytes(void **state)
{
    const struct sample_guest guest[] = { { .name = "caf\xc3\xa9" }, { .name = "tea" } };
    const void *const two[] = { &guest[0], &guest[1] };
    const struct listing listing = { .table = &sample_table, .rows = two, .count = 2 };

    (void)state;
    setenv("LC_ALL", "C.UTF-8", 1);
    if (!setlocale(LC_CTYPE, ""))
        skip();
    prints(&listing, (struct wish){ .format = FORMAT_TABLE, .columns = "name,domid" },
           "NAME ID\n"
           "caf\xc3\xa9  0\n"
           "tea   0\n");
}

static void what_the_locale_cannot_show_is_escaped(void **state)
{
    const struct sample_guest guest[] = { { .name = "caf\xc3\xa9" }, { .name = "tea" } };
    const void *const two[] = { &guest[0], &guest[1] };
    const struct listing listing = { .table = &sample_table, .rows = two, .count = 2 };

    (void)state;
    setenv("LC_ALL", "C", 1);
    prints(&listing, (struct wish){ .format = FORMAT_TABLE, .columns = "name,domid" },
           "NAME        ID\n"
           "caf\\xc3\\xa9  0\n"
           "tea          0\n");
}

static void long_cells_are_not_cut(void **state)
{
    auto_str name = STR_INIT, expected = STR_INIT;
    struct sample_guest guest = { .domid = 1 };
    const void *const one[] = { &guest };
    const struct listing listing = { .table = &sample_table, .rows = one, .count = 1 };

    (void)state;
    str_add_repeat(&name, 'x', 500);
    guest.name = name.text;
    str_addf(&expected, "%s 1\n", name.text);
    prints(&listing,
           (struct wish){ .format = FORMAT_TABLE, .no_header = true, .columns = "name,domid" },
           expected.text);
}

static void xl_layout_is_kept_to_the_blank(void **state)
{
    static const char layout[] = "Name         Mem\n"
                                 "web         1024  \n"
                                 "db\\x1b[31m\\x0a\\xff     0  \n"
                                 "say \"hi\"       0  \n";

    (void)state;
    prints(&like_xl, (struct wish){ .format = FORMAT_DEFAULT }, layout);
    prints(&like_xl, (struct wish){ .format = FORMAT_TABLE }, layout);
    prints(&like_xl, (struct wish){ .format = FORMAT_DEFAULT, .no_header = true },
           strchr(layout, '\n') + 1);
    prints(&like_xl, (struct wish){ .format = FORMAT_DEFAULT, .columns = "domid" },
           "ID\n 3\n12\n -\n");
    prints(&like_xl, (struct wish){ .format = FORMAT_DEFAULT, .filter = "name=web" },
           "Name         Mem\nweb         1024  \n");
}

static void csv(void **state)
{
    (void)state;
    prints(&plain, (struct wish){ .format = FORMAT_CSV },
           "name,domid,memory_kib\n"
           "web,3,1048576\n"
           "db\\x1b[31m\\x0a\\xff,12,5\n"
           "\"say \"\"hi\"\"\",,70\n");
    prints(&like_xl,
           (struct wish){ .format = FORMAT_CSV, .no_header = true, .columns = "tags,load" },
           "\"a,b,c\",1.5\n"
           ",0.0\n"
           ",0.0\n");
}

static void csv_keeps_blanks_at_the_ends(void **state)
{
    const struct sample_guest guest[] = { { .name = " a" }, { .name = "b " }, { .name = "c d" } };
    const void *const three[] = { &guest[0], &guest[1], &guest[2] };
    const struct listing listing = { .table = &sample_table, .rows = three, .count = 3 };

    (void)state;
    prints(&listing, (struct wish){ .format = FORMAT_CSV, .no_header = true, .columns = "name" },
           "\" a\"\n\"b \"\nc d\n");
}

static void json(void **state)
{
    (void)state;
    prints(&like_xl, (struct wish){ .format = FORMAT_JSON, .filter = "name!=db*" },
           "{\n"
           "    \"schema_version\": 1,\n"
           "    \"guests\": [\n"
           "        {\n"
           "            \"name\": \"web\",\n"
           "            \"domid\": 3,\n"
           "            \"memory_kib\": 1048576,\n"
           "            \"load\": 1.5,\n"
           "            \"paused\": false,\n"
           "            \"drift_ms\": 0,\n"
           "            \"tags\": [\n"
           "                \"a,b\",\n"
           "                \"c\"\n"
           "            ]\n"
           "        },\n"
           "        {\n"
           "            \"name\": \"say \\\"hi\\\"\",\n"
           "            \"domid\": null,\n"
           "            \"memory_kib\": 70,\n"
           "            \"load\": 0,\n"
           "            \"paused\": false,\n"
           "            \"drift_ms\": 0,\n"
           "            \"tags\": []\n"
           "        }\n"
           "    ]\n"
           "}\n");
    prints(&plain, (struct wish){ .format = FORMAT_JSON, .columns = "name", .filter = "domid=12" },
           "{\n"
           "    \"schema_version\": 1,\n"
           "    \"guests\": [\n"
           "        {\n"
           "            \"name\": \"db\\u001B[31m\\n\\\\xff\"\n"
           "        }\n"
           "    ]\n"
           "}\n");
}

static void nothing_to_show(void **state)
{
    (void)state;
    prints(&empty, (struct wish){ .format = FORMAT_TABLE }, "NAME ID MEMORY\n");
    prints(&empty, (struct wish){ .format = FORMAT_TABLE, .no_header = true }, "");
    prints(&empty_like_xl, (struct wish){ .format = FORMAT_DEFAULT }, "Name         Mem\n");
    prints(&empty, (struct wish){ .format = FORMAT_CSV }, "name,domid,memory_kib\n");
    prints(&empty, (struct wish){ .format = FORMAT_CSV, .no_header = true }, "");
    prints(&empty, (struct wish){ .format = FORMAT_JSON },
           "{\n    \"schema_version\": 1,\n    \"guests\": []\n}\n");
    prints(&plain, (struct wish){ .format = FORMAT_TABLE, .filter = "name=nobody" },
           "NAME ID MEMORY\n");
}

static void column_words(void **state)
{
    (void)state;
    prints(&plain, (struct wish){ .format = FORMAT_CSV, .columns = "all", .filter = "domid=3" },
           "name,domid,memory_kib,load,paused,drift_ms,tags\n"
           "web,3,1048576,1.5,false,0,\"a,b,c\"\n");
    prints(&plain,
           (struct wish){ .format = FORMAT_CSV, .columns = "paused,default", .filter = "domid=3" },
           "paused,name,domid,memory_kib\n"
           "false,web,3,1048576\n");
}

static void rows_are_sorted(void **state)
{
    (void)state;
    prints(&plain,
           (struct wish){
               .format = FORMAT_CSV, .no_header = true, .columns = "domid", .sort = "-memory_kib" },
           "3\n\n12\n");
    prints(&plain,
           (struct wish){
               .format = FORMAT_CSV, .no_header = true, .columns = "domid", .sort = "domid" },
           "\n3\n12\n");
}

static void refused(struct wish wish, const char *message, const char *hint)
{
    struct output_options options = options_of(wish);
    struct error *error = NULL;

    assert_int_equal(listing_check(&sample_table, &options, &error), -1);
    check_error(error, ERR_USAGE, message, hint);
    options_release(&options);
}

static void keys_are_checked_beforehand(void **state)
{
    static const char all[] =
        "the columns are name, domid, memory_kib, load, paused, drift_ms, tags";
    struct output_options options = options_of(
        (struct wish){ .columns = "all,default,tags", .sort = "-name", .filter = "load>0" });

    (void)state;
    assert_int_equal(listing_check(&sample_table, &options, NULL), 0);
    options_release(&options);
    refused((struct wish){ .columns = "name,memroy_kib" },
            "option '--columns': unknown column 'memroy_kib'", "did you mean 'memory_kib'?");
    refused((struct wish){ .columns = "name,,domid" }, "option '--columns': unknown column ''",
            all);
    refused((struct wish){ .sort = "-xyzzy" }, "option '--sort': unknown column 'xyzzy'", all);
    refused((struct wish){ .sort = "all" }, "option '--sort': unknown column 'all'", all);
    refused((struct wish){ .filter = "nam=x" }, "option '--filter': unknown column 'nam'",
            "did you mean 'name'?");
    refused((struct wish){ .filter = "domid<x" },
            "option '--filter': 'x' is not a number to compare column 'domid' with", NULL);
}

static void a_failure_prints_nothing(void **state)
{
    struct output_options options = options_of((struct wish){ .columns = "bogus" });
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    struct error *error = NULL;

    (void)state;
    assert_int_equal(listing_print(&plain, &options, out, &error), -1);
    fclose(out);
    assert_int_equal(length, 0);
    assert_non_null(error);
    assert_int_equal(error->code, ERR_USAGE);
    error_free(error);
    free(text);
    options_release(&options);
}

static void a_full_disk_is_an_error(void **state)
{
    struct error *error = NULL;
    FILE *full = fopen("/dev/full", "w");

    (void)state;
    if (!full)
        skip();
    assert_int_equal(output_text(full, "text", 4, &error), -1);
    check_error(error, ERR_OUTPUT, "cannot write the output: No space left on device", NULL);
    fclose(full);
}

static void a_reader_that_went_away_is_no_message(void **state)
{
    struct error *error = NULL;
    int ends[2];
    FILE *out;

    (void)state;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    out = fdopen(ends[1], "w");
    assert_non_null(out);
    assert_int_equal(output_text(out, "text", 4, &error), -1);
    check_error(error, ERR_OUTPUT, "", NULL);
    fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_aligned),
        cmocka_unit_test(characters_count_not_bytes),
        cmocka_unit_test(what_the_locale_cannot_show_is_escaped),
        cmocka_unit_test(long_cells_are_not_cut),
        cmocka_unit_test(xl_layout_is_kept_to_the_blank),
        cmocka_unit_test(csv),
        cmocka_unit_test(csv_keeps_blanks_at_the_ends),
        cmocka_unit_test(json),
        cmocka_unit_test(nothing_to_show),
        cmocka_unit_test(column_words),
        cmocka_unit_test(rows_are_sorted),
        cmocka_unit_test(keys_are_checked_beforehand),
        cmocka_unit_test(a_failure_prints_nothing),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(a_reader_that_went_away_is_no_message),
    };

    return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
