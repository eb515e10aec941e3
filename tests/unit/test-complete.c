/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion: what is offered at each place of a command line. */
#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "cli/complete.h"
#include "sample.h"

static void offer_domains(const struct completion *asked, struct string_list *list)
{
    /* Filtering is the caller's business. */
    assert_non_null(asked->command);
    assert_non_null(asked->prefix);
    string_list_add(list, "web");
    string_list_add(list, "web-2");
    string_list_add(list, "db");
}

static void offer_configs(const struct completion *asked, struct string_list *list)
{
    (void)asked;
    string_list_add(list, "memory=");
    string_list_add(list, "maxmem=");
}

/* Says what it was asked. */
static void offer_vcpus(const struct completion *asked, struct string_list *list)
{
    string_list_take(
        list,
        xasprintf("vcpu-of-%s", asked->arguments->count ? asked->arguments->items[0] : "anyone"));
}

static const struct completers completers = {
    .by_kind = { [KIND_DOMAIN] = offer_domains,
                 [KIND_CONFIG] = offer_configs,
                 [KIND_VCPU] = offer_vcpus },
};

/* Splits line at blanks, completes its last word and compares with the expected words. */
static void offers(const char *line, const char *expected)
{
    auto_string_list words = STRING_LIST_INIT, list = STRING_LIST_INIT;
    auto_str joined = STR_INIT;

    string_list_split(&words, line, ' ');
    complete(sample_commands, &completers, (int)words.count, words.items, &list);
    for (size_t i = 0; i < list.count; i++)
        str_addf(&joined, "%s%s", i ? " " : "", list.items[i]);
    assert_string_equal(str_text(&joined), expected);
}

static void commands(void **state)
{
    (void)state;
    offers("", "stop show load rename restart-everything-slowly explain");
    offers("re", "rename restart-everything-slowly");
    offers("-v re", "rename restart-everything-slowly");
    offers("-vv --dry-run -- re", "rename restart-everything-slowly");
    offers("x", "");
    offers("_", "");
}

static void global_options(void **state)
{
    (void)state;
    offers("-", "--verbose --dry-run --timestamps --progress --help --version");
    offers("--ver", "--verbose --version");
    offers("-v --d", "--dry-run");
    offers("-- -", "");
}

static void nothing_is_offered_for_what_is_not_known(void **state)
{
    auto_string_list list = STRING_LIST_INIT;

    (void)state;
    offers("bogus ", "");
    offers("bogus --", "");
    complete(sample_commands, &completers, 0, NULL, &list);
    assert_int_equal(list.count, 0);
}

static void options(void **state)
{
    (void)state;
    offers("stop --", "--wait --force --loud --timeout --time-memory --mode --file --note --tag "
                      "--size --format --json --help");
    offers("stop --t", "--timeout --time-memory --tag");
    offers("stop -", "--wait --force --loud --timeout --time-memory -n --mode --file --note --tag "
                     "--size --format --json --help");
    offers("stop web --f", "--force --file --format");
    offers("halt --w", "--wait"); /* the alias */
    offers("show --c", "--csv --columns");
}

static void used_options_are_not_offered_again(void **state)
{
    (void)state;
    offers("stop --wait --w", "");
    offers("stop -w --w", "");
    offers("stop -lw --w", "");
    offers("stop --wa --w", "");
    offers("stop -tw --w", "--wait"); /* that w was a value */
    offers("stop --timeout=5 --time", "--time-memory");
    offers("stop --loud --l", "--loud");  /* it counts */
    offers("stop --tag a --ta", "--tag"); /* it collects */
}

static void values_of_options(void **state)
{
    (void)state;
    offers("stop --mode ", "clean hard pull-the-plug");
    offers("stop --mode h", "hard");
    offers("stop -m h", "hard");
    offers("stop -wm h", "hard");
    offers("stop --mode=h", "--mode=hard");
    offers("stop --mode=", "--mode=clean --mode=hard --mode=pull-the-plug");
    offers("stop --mod=h", "--mod=hard"); /* shortened */
    offers("stop --file ", ":files");
    offers("stop --file=x", ":files");
    offers("stop --timeout ", "");
    offers("stop --wait=", "");
    offers("stop --bogus=x", "");
    offers("stop --mode -", ""); /* a value, not an option */
}

static void values_of_output_options(void **state)
{
    (void)state;
    offers("show --format ", "table json csv");
    offers("show --format=j", "--format=json");
    offers("stop --format ", "table json");
    offers("show --columns d", "domid drift_ms default");
    offers("show --columns=d", "--columns=domid --columns=drift_ms --columns=default");
    offers("show --columns name,do", "name,domid");
    offers("show --columns domid,d", "domid,drift_ms domid,default");
    offers("show --sort m", "memory_kib");
    offers("show --sort -m", "-memory_kib");
    offers("show --sort=name,-m", "--sort=name,-memory_kib");
    offers("show --sort a", "");
    offers("show --filter na", "name=");
    offers("show --filter=na", "--filter=name=");
    offers("show --filter name=", "name=");
    offers("show --filter name=w", "");
}

static void arguments(void **state)
{
    (void)state;
    offers("stop ", "web web-2 db");
    offers("stop w", "web web-2");
    offers("stop web ", "web-2 db"); /* one that stands there already is not meant again */
    offers("stop web w", "web-2");
    offers("stop --timeout 5 w", "web web-2");
    offers("stop -t 5 w", "web web-2");
    offers("stop -t5 w", "web web-2");
    offers("stop -- w", "web web-2");
    offers("stop -- --w", "");
    offers("rename web ", "");
    offers("rename w", "web web-2");
    offers("show web w", ""); /* takes only one */
    offers("load ", ":files memory= maxmem=");
    offers("load me", ":files memory=");
    offers("load a ", ":files");
    offers("explain s", "stop show");
    offers("restart-everything-slowly ", "");
}

static void raw_commands_have_no_options(void **state)
{
    (void)state;
    offers("__words -", "");
}

struct attach_args {
    const char *domain, *device;
    struct string_list parts;
};

static const struct argument_spec attach_arguments[] = {
    ARGUMENT("DOMAIN", struct attach_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("DEVICE", struct attach_args, device, KIND_DEVICE, "one of its devices"),
    ARGUMENTS("PART", struct attach_args, parts, KIND_PART, "what it is like"),
    ARGUMENT_END,
};

/* Says what it was asked. */
static void complete_attach(enum value_kind kind, const struct string_list *given,
                            const char *prefix, struct string_list *list)
{
    (void)prefix;
    if (kind == KIND_PART)
        string_list_add(list, COMPLETE_FILES);
    string_list_take(
        list, xasprintf("%s-of-%s", kind == KIND_DEVICE ? "device" : "part", given->items[0]));
}

static const struct command attach_command = {
    .name = "attach",
    .group = GROUP_DEVICES,
    .summary = "give a guest a device",
    .arguments = attach_arguments,
    .args_size = sizeof(struct attach_args),
    .complete = complete_attach,
};

struct pin_args {
    const char *other, *domain, *vcpu;
};

static const struct option_spec pin_options[] = {
    OPTION_TEXT('v', "vcpuid", struct pin_args, other, KIND_VCPU, NULL, "another one"),
    OPTION_END,
};

static const struct argument_spec pin_arguments[] = {
    ARGUMENT("DOMAIN", struct pin_args, domain, KIND_DOMAIN, "the guest"),
    ARGUMENT("VCPU", struct pin_args, vcpu, KIND_VCPU, "one of its CPUs"),
    ARGUMENT_END,
};

static const struct command pin_command = {
    .name = "pin",
    .group = GROUP_RESOURCES,
    .summary = "tie a CPU",
    .options = pin_options,
    .arguments = pin_arguments,
    .args_size = sizeof(struct pin_args),
};

/* As offers, of commands whose words depend on those before. */
static void attach_offers(const char *line, const char *expected)
{
    static const struct command *const two[] = { &attach_command, &pin_command, NULL };
    auto_string_list words = STRING_LIST_INIT, list = STRING_LIST_INIT;
    auto_str joined = STR_INIT;

    string_list_split(&words, line, ' ');
    complete(two, &completers, (int)words.count, words.items, &list);
    for (size_t i = 0; i < list.count; i++)
        str_addf(&joined, "%s%s", i ? " " : "", list.items[i]);
    assert_string_equal(str_text(&joined), expected);
}

static void words_that_only_the_command_knows(void **state)
{
    (void)state;
    attach_offers("attach w", "web web-2");
    attach_offers("attach web ", "device-of-web");
    attach_offers("attach web dev", "device-of-web");
    attach_offers("attach web x", "");
    attach_offers("attach db 1 ", ":files part-of-db");
    attach_offers("attach db 1 part-of-db pa", ":files"); /* stands there already */
}

static void words_of_a_kind_may_depend_on_those_before(void **state)
{
    (void)state;
    attach_offers("pin web ", "vcpu-of-web");
    attach_offers("pin -v 1 web ", "vcpu-of-web");
    attach_offers("pin web -v ", "vcpu-of-web");
    attach_offers("pin -v ", "vcpu-of-anyone");
}

static void no_completers_are_no_danger(void **state)
{
    auto_string_list list = STRING_LIST_INIT;
    char command[] = "stop", empty[] = "";
    char *words[] = { command, empty };

    (void)state;
    complete(sample_commands, NULL, 2, words, &list);
    assert_int_equal(list.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands),
        cmocka_unit_test(global_options),
        cmocka_unit_test(nothing_is_offered_for_what_is_not_known),
        cmocka_unit_test(options),
        cmocka_unit_test(used_options_are_not_offered_again),
        cmocka_unit_test(values_of_options),
        cmocka_unit_test(values_of_output_options),
        cmocka_unit_test(arguments),
        cmocka_unit_test(raw_commands_have_no_options),
        cmocka_unit_test(words_that_only_the_command_knows),
        cmocka_unit_test(words_of_a_kind_may_depend_on_those_before),
        cmocka_unit_test(no_completers_are_no_danger),
    };

    return cmocka_run_group_tests_name("complete", tests, NULL, NULL);
}
