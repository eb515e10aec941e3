/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of autostart: reading it, changing a line, and the order of a plan. */
#include "unit.h"

#include "model/autostart.h"

#define FILE_NAME "autostart.conf"

static void parse(struct autostart_table *table, const char *text)
{
    autostart_table_parse(table, FILE_NAME, text);
}

static void check_problem(const struct autostart_entry *entry, const char *message)
{
    assert_non_null(entry->problem);
    assert_string_equal(entry->problem->message, message);
    assert_int_equal(entry->problem->code, ERR_CONFIG);
}

static void lines_are_read(void **state)
{
    auto_autostart_table table = AUTOSTART_TABLE_INIT;
    struct autostart_policy policy;

    (void)state;
    parse(&table, "# the database first\n"
                  "\n"
                  "db\tpriority=10 delay=5s # it is slow\r\n"
                  "  web on_stop=save timeout=1m30s\n"
                  "\"two words\" on_stop=ignore\n"
                  "plain#x=1\n"
                  "last priority=9999");
    assert_int_equal(table.count, 5);
    for (size_t i = 0; i < table.count; i++)
        assert_null(table.entries[i].problem);
    policy = autostart_policy_of(&table, "db");
    assert_int_equal(policy.priority, 10);
    assert_int_equal(policy.delay_ms, 5000);
    assert_true(policy.timeout_ms == AUTOSTART_UNSET);
    assert_int_equal(policy.on_stop, ON_STOP_SHUTDOWN);
    policy = autostart_policy_of(&table, "web");
    assert_int_equal(policy.priority, AUTOSTART_PRIORITY_DEFAULT);
    assert_int_equal(policy.timeout_ms, 90000);
    assert_int_equal(policy.on_stop, ON_STOP_SAVE);
    assert_int_equal(autostart_policy_of(&table, "two words").on_stop, ON_STOP_IGNORE);
    assert_non_null(autostart_table_find(&table, "plain"));
    assert_int_equal(autostart_policy_of(&table, "last").priority, 9999);
    assert_int_equal(autostart_table_find(&table, "web")->line, 4);
}

static void who_is_not_named_has_the_defaults(void **state)
{
    auto_autostart_table table = AUTOSTART_TABLE_INIT;
    struct autostart_policy policy;

    (void)state;
    parse(&table, "");
    policy = autostart_policy_of(&table, "web");
    assert_null(autostart_table_find(&table, "web"));
    assert_int_equal(policy.priority, 50);
    assert_int_equal(policy.delay_ms, 0);
    assert_true(policy.timeout_ms == AUTOSTART_UNSET);
    assert_int_equal(policy.on_stop, ON_STOP_SHUTDOWN);
}

/* A mistake takes away nothing but itself. */
static void mistakes_are_told_with_their_line(void **state)
{
    auto_autostart_table table = AUTOSTART_TABLE_INIT;

    (void)state;
    parse(&table, "a prio=3 delay=2s\n"
                  "b priority=-1\n"
                  "c on_stop=migrate\n"
                  "d later\n"
                  "\"e\n"
                  "a delay=1s\n"
                  "f on_stop=kill delay=x\n"
                  "g priority=10000\n");
    assert_int_equal(table.count, 8);
    check_problem(&table.entries[0], FILE_NAME ":1: unknown key 'prio'");
    assert_string_equal(table.entries[0].problem->hint, "did you mean 'priority'?");
    assert_int_equal(autostart_policy_of(&table, "a").delay_ms, 2000);
    check_problem(&table.entries[1], FILE_NAME ":2: '-1' is no priority, a number from 0 to 9999");
    check_problem(&table.entries[2], FILE_NAME ":3: 'migrate' names no host");
    assert_string_equal(table.entries[2].problem->hint, "migrate:HOST, as 'xn migrate' takes it");
    assert_int_equal(table.entries[2].policy.on_stop, ON_STOP_SHUTDOWN);
    check_problem(&table.entries[3], FILE_NAME ":4: 'later' is not KEY=VALUE");
    check_problem(&table.entries[4], FILE_NAME ":5: the name has no closing quote");
    assert_string_equal(table.entries[4].name, "");
    check_problem(&table.entries[5], FILE_NAME ":6: 'a' stands on line 1 already");
    check_problem(&table.entries[6],
                  FILE_NAME ":7: 'kill' is not one of shutdown, save, migrate:HOST, ignore");
    check_problem(&table.entries[7],
                  FILE_NAME ":8: '10000' is no priority, a number from 0 to 9999");
}

static void edit(const char *text, const char *name, const struct autostart_change *change,
                 const char *expected)
{
    struct error *error = NULL;
    auto_free char *new = NULL;

    check_success(autostart_table_edit(FILE_NAME, text, name, change, &new, &error), error);
    assert_string_equal(new, expected);
}

#define NO_CHANGE                                                                                  \
    .priority = AUTOSTART_UNSET, .delay_ms = AUTOSTART_UNSET, .timeout_ms = AUTOSTART_UNSET

static void a_line_is_changed_and_no_other(void **state)
{
    struct autostart_change save = { NO_CHANGE, .on_stop = "save" };
    struct autostart_change delay = { NO_CHANGE };

    (void)state;
    delay.delay_ms = 90000;
    edit("", "web", &save, "web on_stop=save\n");
    edit("# all\ndb   priority=10", "web", &save, "# all\ndb   priority=10\nweb on_stop=save\n");
    edit("# all\nweb  priority=10 # slow\n\ndb  delay=1s\n", "web", &save,
         "# all\nweb priority=10 on_stop=save # slow\n\ndb  delay=1s\n");
    edit("web on_stop=save\n", "web", &delay, "web delay=90s on_stop=save\n");
    edit("", "two words", &delay, "\"two words\" delay=90s\n");
    edit("\"two words\"\n", "two words", &save, "\"two words\" on_stop=save\n");
    delay.delay_ms = 0;
    edit("web delay=5s\n", "web", &delay, "web\n");
    delay.delay_ms = 1500;
    delay.timeout_ms = 7200000;
    delay.priority = 0;
    edit("", "web", &delay, "web priority=0 delay=1500ms timeout=2h\n");
}

static void what_cannot_be_read_or_written_is_refused(void **state)
{
    struct autostart_change save = { NO_CHANGE, .on_stop = "save" };
    struct error *error = NULL;
    char *new = NULL;

    (void)state;
    assert_int_equal(autostart_table_edit(FILE_NAME, "web prio=1\n", "web", &save, &new, &error),
                     -1);
    check_error(error, ERR_REFUSED,
                "will not change a line that cannot be read: " FILE_NAME ":1: unknown key 'prio'",
                "put it right with an editor first");
    error = NULL;
    assert_int_equal(autostart_table_edit(FILE_NAME, "", "a\"b", &save, &new, &error), -1);
    assert_int_equal(error->code, ERR_REFUSED);
    error_clear(&error);
    assert_int_equal(autostart_table_edit(FILE_NAME, "", "a\nb", &save, &new, &error), -1);
    error_clear(&error);
    assert_int_equal(autostart_table_edit(FILE_NAME, "", "", &save, &new, &error), -1);
    error_clear(&error);
    assert_null(new);
}

static void changes_are_checked(void **state)
{
    struct autostart_change change = { NO_CHANGE };
    struct error *error = NULL;

    (void)state;
    assert_true(autostart_change_is_empty(&change));
    change.on_stop = "save";
    assert_false(autostart_change_is_empty(&change));
    check_success(autostart_change_check(&change, &error), error);
    change.on_stop = "migrate:other";
    check_success(autostart_change_check(&change, &error), error);
    change.on_stop = "migrate:-oProxyCommand=x";
    assert_int_equal(autostart_change_check(&change, &error), -1);
    check_error(error, ERR_USAGE, "--on-stop: '-oProxyCommand=x' cannot be the name of a host",
                NULL);
    error = NULL;
    change.on_stop = "migrate:two hosts";
    assert_int_equal(autostart_change_check(&change, &error), -1);
    check_error(error, ERR_USAGE, "--on-stop: 'two hosts' cannot be the name of a host", NULL);
    error = NULL;
    change.on_stop = NULL;
    change.priority = 10000;
    assert_int_equal(autostart_change_check(&change, &error), -1);
    check_error(error, ERR_USAGE, "--priority: 10000 is too large, the limit is 9999", NULL);
}

static void migrate_names_its_host(void **state)
{
    auto_autostart_table table = AUTOSTART_TABLE_INIT;
    struct autostart_change change = { NO_CHANGE, .on_stop = "migrate:root@[fd00::1]" };
    struct autostart_change delay = { NO_CHANGE };
    struct autostart_policy policy;
    char longest[AUTOSTART_ON_STOP_SIZE + 1] = "migrate:";

    (void)state;
    parse(&table, "web on_stop=migrate:host2\n"
                  "db on_stop=migrate:\n");
    policy = autostart_policy_of(&table, "web");
    assert_int_equal(policy.on_stop, ON_STOP_MIGRATE);
    assert_string_equal(autostart_migrate_host(&policy), "host2");
    check_problem(&table.entries[1], FILE_NAME ":2: 'migrate:' names no host");
    policy = autostart_policy_of(&table, "db");
    assert_int_equal(policy.on_stop, ON_STOP_SHUTDOWN);
    assert_null(autostart_migrate_host(&policy));

    edit("", "web", &change, "web on_stop=migrate:root@[fd00::1]\n");
    delay.delay_ms = 1000;
    edit("web on_stop=migrate:b\n", "web", &delay, "web delay=1s on_stop=migrate:b\n");

    memset(longest + strlen(longest), 'h', sizeof(longest) - 1 - strlen("migrate:"));
    change.on_stop = longest;
    assert_int_equal(autostart_change_check(&change, NULL), -1);
    longest[AUTOSTART_ON_STOP_SIZE - 1] = '\0';
    assert_int_equal(autostart_change_check(&change, NULL), 0);
}

static void a_plan_has_an_order(void **state)
{
    struct plan_step steps[] = {
        { .name = "web", .policy = { .priority = 50 } },
        { .name = "app", .policy = { .priority = 50 } },
        { .name = "db", .policy = { .priority = 10 } },
    };

    (void)state;
    qsort(steps, ARRAY_SIZE(steps), sizeof(*steps), plan_step_compare);
    assert_string_equal(steps[0].name, "db");
    assert_string_equal(steps[1].name, "app");
    assert_string_equal(steps[2].name, "web");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read),
        cmocka_unit_test(who_is_not_named_has_the_defaults),
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(a_line_is_changed_and_no_other),
        cmocka_unit_test(what_cannot_be_read_or_written_is_refused),
        cmocka_unit_test(changes_are_checked),
        cmocka_unit_test(migrate_names_its_host),
        cmocka_unit_test(a_plan_has_an_order),
    };

    return cmocka_run_group_tests_name("autostart", tests, NULL, NULL);
}
