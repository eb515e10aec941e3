/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a guest is here: above all, that "certainly not" is never said too early. */
#include "unit.h"

#include "model/presence.h"

#define UUID_WEB   "01234567-89ab-cdef-0123-456789abcdef"
#define UUID_OTHER "11111111-2222-3333-4444-555555555555"

static const struct domain domain_0 = { .domid = 0,
                                        .uuid = "00000000-0000-0000-0000-000000000000",
                                        .name = (char *)"Domain-0" };

/* Among domain 0 and these the word has this status; returns what is said for people. */
static char *decide(const char *word, enum presence_status status, const struct domain *domains,
                    size_t count)
{
    struct domain all[8] = { domain_0 };
    struct domain_list list = { all, count + 1 };
    struct presence presence;
    struct target target;
    struct str text = STR_INIT;

    memcpy(all + 1, domains, count * sizeof(*domains));
    check_success(target_parse(word, &target, NULL), NULL);
    presence_decide(word, &target, &list, &presence);
    presence_text(&presence, &text);
    if (presence.status != status)
        print_error("status %d of '%s': %s", (int)presence.status, word, str_text(&text));
    assert_int_equal(presence.status, status);
    assert_true((presence.explanation != NULL) == (status == PRESENCE_UNKNOWN));
    assert_true((presence.domain.uuid[0] != '\0') ==
                (status == PRESENCE_RUNS || status == PRESENCE_DEAD));
    presence_release(&presence);
    return str_detach(&text);
}

static void says(const char *expected, const char *word, enum presence_status status,
                 const struct domain *domains, size_t count)
{
    char *text = decide(word, status, domains, count);

    assert_string_equal(text, expected);
    free(text);
}

static struct domain web(void)
{
    return (struct domain){ .domid = 7, .uuid = UUID_WEB, .name = (char *)"web", .blocked = true };
}

static void one_that_lives_runs(void **state)
{
    struct domain domain = web();

    (void)state;
    says("web is blocked (domain 7)\n", "web", PRESENCE_RUNS, &domain, 1);
    says("7 is blocked (domain 7)\n", "7", PRESENCE_RUNS, &domain, 1);
    says("0 is runnable (domain 0)\n", "0", PRESENCE_RUNS, &domain, 1);
    says(UUID_WEB " is blocked (domain 7)\n", UUID_WEB, PRESENCE_RUNS, &domain, 1);
    domain.paused = true;
    says("web is paused (domain 7)\n", "web", PRESENCE_RUNS, &domain, 1);
    domain.shutdown = true;
    domain.shutdown_reason = SHUTDOWN_SUSPEND;
    says("web is suspended (domain 7)\n", "web", PRESENCE_RUNS, &domain, 1);
}

static void one_that_has_ended_is_dead(void **state)
{
    struct domain domain = web();

    (void)state;
    domain.shutdown = true;
    domain.shutdown_reason = SHUTDOWN_CRASH;
    says("web has shut down, reason crash (domain 7)\n", "web", PRESENCE_DEAD, &domain, 1);
    domain.shutdown = false;
    domain.dying = true;
    says("web is dying (domain 7)\n", "web", PRESENCE_DEAD, &domain, 1);
    domain.name = NULL;
    says("7 is dying (domain 7)\n", "7", PRESENCE_DEAD, &domain, 1);
    says(UUID_WEB " is dying (domain 7)\n", UUID_WEB, PRESENCE_DEAD, &domain, 1);
}

static void what_is_not_there_is_absent(void **state)
{
    struct domain domain = web();

    (void)state;
    says("we is not here\n", "we", PRESENCE_ABSENT, &domain, 1);
    says("web2 is not here\n", "web2", PRESENCE_ABSENT, &domain, 1);
    says("8 is not here\n", "8", PRESENCE_ABSENT, &domain, 1);
    says(UUID_OTHER " is not here\n", UUID_OTHER, PRESENCE_ABSENT, &domain, 1);
    says("a\\x1b is not here\n", "a\033", PRESENCE_ABSENT, &domain, 1);
}

static void copies_of_a_migration_are_doubt(void **state)
{
    static const char *const names[] = { "web--incoming", "web--migratedaway" };
    struct domain domains[] = { web(), web() };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        domains[1].domid = 9;
        domains[1].name = (char *)names[i];
        free(decide("web", PRESENCE_UNKNOWN, domains + 1, 1));
        free(decide(UUID_WEB, PRESENCE_UNKNOWN, domains + 1, 1));
        /* Of its number there is one only, and its whole name names it. */
        free(decide("9", PRESENCE_RUNS, domains + 1, 1));
        free(decide(names[i], PRESENCE_RUNS, domains + 1, 1));
        free(decide("we", PRESENCE_ABSENT, domains + 1, 1));
        /* Beside the running original it does not matter; beside a dead one it does. */
        free(decide("web", PRESENCE_RUNS, domains, 2));
        free(decide(UUID_WEB, PRESENCE_RUNS, domains, 2));
        domains[0].dying = true;
        free(decide("web", PRESENCE_UNKNOWN, domains, 2));
        domains[0].dying = false;
    }
    says("web may or may not be here: domain 9 is called 'web--migratedaway'\n", "web",
         PRESENCE_UNKNOWN, domains + 1, 1);
    domains[1].name = (char *)"--incoming";
    free(decide("web", PRESENCE_ABSENT, domains + 1, 1));
}

static void one_without_a_name_is_doubt(void **state)
{
    struct domain domain = web();

    (void)state;
    domain.name = NULL;
    says("db may or may not be here: domain 7 has no name: it is being built or taken away\n", "db",
         PRESENCE_UNKNOWN, &domain, 1);
    free(decide(UUID_WEB, PRESENCE_UNKNOWN, &domain, 1));
    free(decide("7", PRESENCE_UNKNOWN, &domain, 1));
    free(decide(UUID_OTHER, PRESENCE_ABSENT, &domain, 1));
    free(decide("8", PRESENCE_ABSENT, &domain, 1));
    domain.never_stop = true; /* xenstore's own */
    free(decide("db", PRESENCE_ABSENT, &domain, 1));
    domain.never_stop = false;
    domain.dying = true; /* will never run again */
    free(decide("db", PRESENCE_ABSENT, &domain, 1));
}

static void two_of_a_name_are_doubt(void **state)
{
    struct domain domains[] = { web(), web() };

    (void)state;
    domains[1].domid = 9;
    says("web may or may not be here: domains 7 and 9 both carry it\n", "web", PRESENCE_UNKNOWN,
         domains, 2);
    free(decide(UUID_WEB, PRESENCE_UNKNOWN, domains, 2));
    free(decide("9", PRESENCE_RUNS, domains, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_lives_runs),
        cmocka_unit_test(one_that_has_ended_is_dead),
        cmocka_unit_test(what_is_not_there_is_absent),
        cmocka_unit_test(copies_of_a_migration_are_doubt),
        cmocka_unit_test(one_without_a_name_is_doubt),
        cmocka_unit_test(two_of_a_name_are_doubt),
    };

    return cmocka_run_group_tests_name("presence", tests, NULL, NULL);
}
