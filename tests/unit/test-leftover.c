/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is a leftover and what is not: names, processes, domains, loop devices. */
#include "unit.h"

#include "model/leftover.h"

#define UUID       "01234567-89ab-cdef-0123-456789abcdef"
#define UUID_OTHER "11234567-89ab-cdef-0123-456789abcdef"
#define UUID_DOM0  "00000000-0000-0000-0000-000000000000"

static void numbers_of_guests(void **state)
{
    static const char *const wrong[] = { "",   "0",  "00", "01",    "+1",         "-1", "1 ",
                                         " 1", "1a", "x",  "32752", "4294967297", "1/2" };
    uint32_t domid = 0;

    (void)state;
    assert_true(leftover_parse_domid("1", &domid));
    assert_int_equal(domid, 1);
    assert_true(leftover_parse_domid("32751", &domid));
    assert_int_equal(domid, 32751);
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
        assert_false(leftover_parse_domid(wrong[i], &domid));
}

static void uuids(void **state)
{
    (void)state;
    assert_true(leftover_is_uuid(UUID));
    assert_true(leftover_is_uuid("ABCDEF67-89ab-cdef-0123-456789abcdef"));
    assert_false(leftover_is_uuid(UUID_DOM0));
    assert_false(leftover_is_uuid(""));
    assert_false(leftover_is_uuid(UUID "0"));
    assert_false(leftover_is_uuid("0123456789ab-cdef-0123-456789abcdef-"));
    assert_false(leftover_is_uuid("g1234567-89ab-cdef-0123-456789abcdef"));
    assert_false(leftover_is_uuid("../../../89ab-cdef-0123-456789abcdef"));
}

static void userdata(void **state)
{
    static const char *const wrong[] = {
        "",
        "userdata-",
        "userdata-d.",
        "userdata-d.7",
        "userdata-d.7." UUID,
        "userdata-d.7." UUID ".",
        "userdata-d.0." UUID ".libxl-json",
        "userdata-d.7." UUID_DOM0 ".libxl-json",
        "userdata-D.7." UUID ".libxl-json",
        "userdata-dd.7." UUID ".libxl-json",
        "userdata-d..libxl-json",
        "userdata-d.99999999." UUID ".xl",
        ".userdata-d.7." UUID ".libxl-json",
        "userdata-d.7.x1234567-89ab-cdef-0123-456789abcdef.xl",
    };
    char uuid[UUID_TEXT_SIZE] = "";
    uint32_t domid = 0;

    (void)state;
    assert_true(leftover_parse_userdata("userdata-d.7." UUID ".libxl-json", &domid, uuid));
    assert_int_equal(domid, 7);
    assert_string_equal(uuid, UUID);
    assert_true(
        leftover_parse_userdata("userdata-l.8." UUID ".domain-userdata-lock", &domid, uuid));
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
        assert_false(leftover_parse_userdata(wrong[i], &domid, uuid));
}

static void interfaces(void **state)
{
    static const char *const wrong[] = { "",        "vif",      "vif7",     "vif7.",   "vif.0",
                                         "vif0.0",  "vif7.00",  "vif07.0",  "vif7.0x", "vif7.0-",
                                         "vif7.-1", "xvif7.0",  "vif7.0.1", "eth0",    "vif7.0-em",
                                         "vif7-0",  "vif7.-emu" };
    uint32_t domid = 0;

    (void)state;
    assert_true(leftover_parse_vif("vif7.0", &domid));
    assert_int_equal(domid, 7);
    assert_true(leftover_parse_vif("vif12.3-emu", &domid));
    assert_int_equal(domid, 12);
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
        assert_false(leftover_parse_vif(wrong[i], &domid));
}

static void part_files(void **state)
{
    static const char *const wrong[] = { "",
                                         ".xn-part",
                                         ".1.xn-part",
                                         "..1.xn-part",
                                         ".web..xn-part",
                                         "web.1.xn-part",
                                         ".web.1.xn-par",
                                         ".web.0.xn-part",
                                         ".web.01.xn-part",
                                         ".web.x.xn-part",
                                         ".web.99999999999.xn-part",
                                         ".web1.xn-part" };
    long pid = 0;

    (void)state;
    assert_true(leftover_parse_part(".web.save.1234.xn-part", &pid));
    assert_int_equal(pid, 1234);
    assert_true(leftover_parse_part(".w.5.xn-part", &pid));
    assert_int_equal(pid, 5);
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
        assert_false(leftover_parse_part(wrong[i], &pid));
}

/* The work of a process whose argv are the words of a line. */
static unsigned work_of(const char *comm, const char *line, bool detached)
{
    auto_string_list words = STRING_LIST_INIT;

    string_list_split(&words, line, ' ');
    return leftover_tool_work(comm, &words, detached);
}

static void processes(void **state)
{
    (void)state;
    assert_int_equal(work_of("xl", "xl create web.cfg", false), TOOL_BUILDS);
    assert_int_equal(work_of("xl", "xl -vvv cr web.cfg", false), TOOL_BUILDS);
    assert_int_equal(work_of("xl", "xl create web.cfg", true), TOOL_MAY_BUILD);
    assert_int_equal(work_of("xl", "xl restore web.save", false), TOOL_BUILDS);
    assert_int_equal(work_of("xl", "xl migrate-receive", false), TOOL_BUILDS);
    assert_int_equal(work_of("xl", "xl migrate-receive", true), TOOL_MAY_BUILD);
    assert_true(work_of("xl", "xl migrate web b", false) & TOOL_SAVES);
    assert_int_equal(work_of("xl", "xl save web f", false), TOOL_SAVES);
    assert_int_equal(work_of("xl", "xl list create", false), 0);
    assert_int_equal(work_of("xl", "xl", false), 0);
    assert_int_equal(work_of("libxl-save-help", "helper --restore-domain 3", false), TOOL_BUILDS);
    assert_int_equal(work_of("libxl-save-help", "helper --save-domain 3", false), TOOL_SAVES);
    assert_int_equal(work_of("libxl-save-help", "", false), TOOL_BUILDS | TOOL_SAVES);
    assert_int_equal(work_of("libvirtd", "libvirtd", true), TOOL_MAY_BUILD | TOOL_MAY_SAVE);
    assert_int_equal(work_of("xn", "xn create web.cfg", false), 0);
    assert_int_equal(work_of("bash", "bash xl create", false), 0);
}

/* A domain that xl was killed over */
static struct domain husk(void)
{
    return (struct domain){ .domid = 7,
                            .uuid = UUID,
                            .name = (char *)"web",
                            .vcpus_max = 2,
                            .paused = true,
                            .cpu_time_ns = 0 };
}

/* A whole guest that was created paused. */
static struct domain whole(void)
{
    struct domain domain = husk();

    domain.vcpus_online = 2;
    domain.memory_kib = 65536;
    return domain;
}

static struct domain asleep(void)
{
    struct domain domain = whole();

    domain.paused = false;
    domain.cpu_time_ns = 1000;
    domain.shutdown = true;
    domain.shutdown_reason = SHUTDOWN_SUSPEND;
    return domain;
}

static const struct domain_circumstances quiet = { .of_libxl = true, .has_stored_config = true };

static bool judge(const struct domain *domain, const struct domain_circumstances *known,
                  struct leftover *ret)
{
    free(ret->explanation);
    *ret = (struct leftover){ 0 };
    return leftover_judge_domain(domain, domain, known, ret);
}

/* Fails unless the domain is a leftover of this kind. */
static void check_kind(const struct domain *domain, const struct domain_circumstances *known,
                       enum leftover_kind kind, enum leftover_action action, bool guarded)
{
    struct leftover found = { 0 };

    assert_true(judge(domain, known, &found));
    assert_true(leftover_is_suspicious(domain));
    assert_string_equal(leftover_kind_names[found.kind], leftover_kind_names[kind]);
    assert_int_equal(found.action, action);
    assert_int_equal(found.guarded, guarded);
    assert_non_null(found.explanation);
    free(found.explanation);
}

static void check_none(const struct domain *domain, const struct domain_circumstances *known)
{
    struct leftover found = { 0 };

    assert_false(judge(domain, known, &found));
    assert_null(found.explanation);
}

static void guests_that_live_are_none(void **state)
{
    struct domain domain = whole();

    (void)state;
    check_none(&domain, &quiet); /* created paused */
    domain.cpu_time_ns = 5;
    check_none(&domain, &quiet); /* paused later */
    domain.paused = false;
    check_none(&domain, &quiet);
    domain.shutdown = true;
    domain.shutdown_reason = SHUTDOWN_CRASH;
    check_none(&domain, &quiet); /* kept after its end */
}

static void half_built(void **state)
{
    struct domain_circumstances known = quiet;
    struct domain domain = husk();

    (void)state;
    known.has_stored_config = false;
    check_kind(&domain, &known, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, false);
    domain = whole();
    check_kind(&domain, &known, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, false);
    domain.name = NULL;
    check_kind(&domain, &known, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, false);
    known.of_libxl = false;
    check_kind(&domain, &known, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, true);
    domain.name = (char *)"web";
    check_none(&domain, &known); /* another toolstack's, whole */
    domain = husk();
    check_kind(&domain, &known, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, true);
    known.of_libxl = true;
    check_kind(&domain, &known, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, false);
    known.work = TOOL_MAY_BUILD;
    check_kind(&domain, &known, LEFTOVER_HALF_BUILT, CLEAN_DESTROY, true);
}

static void being_built_is_none(void **state)
{
    struct domain_circumstances known = { .creation_locked = true };
    struct domain domain = husk(), later = husk();
    struct leftover found = { 0 };

    (void)state;
    check_none(&domain, &known);
    known = (struct domain_circumstances){ .work = TOOL_BUILDS };
    check_none(&domain, &known);
    known = (struct domain_circumstances){ .serves_another = true };
    check_none(&domain, &known);
    known = (struct domain_circumstances){ 0 };
    later.memory_kib = 4; /* somebody is at it */
    assert_false(leftover_judge_domain(&domain, &later, &known, &found));
    later = husk();
    strcpy(later.uuid, UUID_OTHER);
    assert_false(leftover_judge_domain(&domain, &later, &known, &found));
    domain.cpu_time_ns = 1; /* it has run */
    check_none(&domain, &known);
}

static void domain_0_is_none(void **state)
{
    struct domain_circumstances known = { 0 };
    struct domain domain = husk();

    (void)state;
    domain.domid = 0;
    check_none(&domain, &known);
    assert_false(leftover_is_suspicious(&domain));
    domain = husk();
    domain.never_stop = true;
    check_none(&domain, &known);
    assert_false(leftover_is_suspicious(&domain));
}

static void suspended(void **state)
{
    struct domain_circumstances known = quiet;
    struct domain domain = asleep(), before = asleep();
    struct leftover found = { 0 };

    (void)state;
    check_kind(&domain, &known, LEFTOVER_SUSPENDED, CLEAN_RESUME, true);
    known.save_locked = true;
    check_none(&domain, &known);
    known = quiet;
    known.work = TOOL_SAVES;
    check_none(&domain, &known);
    before.shutdown = false; /* just now: a save is under way */
    assert_false(leftover_judge_domain(&before, &domain, &quiet, &found));
}

static void copies_of_migrations(void **state)
{
    struct domain_circumstances known = quiet;
    struct domain domain = whole();

    (void)state;
    domain.name = (char *)"web--incoming";
    check_kind(&domain, &known, LEFTOVER_INCOMING, CLEAN_DESTROY, true);
    known.work = TOOL_BUILDS; /* a migration is under way */
    check_none(&domain, &known);
    known = quiet;
    domain.cpu_time_ns = 1; /* it runs: never ended */
    check_kind(&domain, &known, LEFTOVER_INCOMING, CLEAN_NOTHING, false);
    domain = husk(); /* stronger than half-built */
    domain.name = (char *)"web--incoming";
    check_kind(&domain, &known, LEFTOVER_INCOMING, CLEAN_DESTROY, true);
    domain = asleep();
    domain.name = (char *)"web--migratedaway";
    check_kind(&domain, &known, LEFTOVER_MIGRATED_AWAY, CLEAN_DESTROY, true);
    domain.shutdown = false; /* it runs: never ended */
    check_kind(&domain, &known, LEFTOVER_MIGRATED_AWAY, CLEAN_NOTHING, false);
    known.save_locked = true;
    check_none(&domain, &known);
    domain.name = (char *)"--migratedaway";
    check_none(&domain, &quiet);
}

static void zombies(void **state)
{
    struct domain domain = whole(), before = whole();
    struct leftover found = { 0 };

    (void)state;
    domain.dying = true;
    check_kind(&domain, &quiet, LEFTOVER_ZOMBIE, CLEAN_NOTHING, false);
    assert_false(leftover_judge_domain(&before, &domain, &quiet, &found)); /* just destroyed */
    before.dying = true;
    before.memory_kib += 1024; /* it is getting smaller */
    assert_false(leftover_judge_domain(&before, &domain, &quiet, &found));
}

static void loop_devices(void **state)
{
    const struct loop_facts left = { .node = "/dev/loop10",
                                     .params = "/srv/web.img",
                                     .script = "/etc/xen/scripts/block",
                                     .physical_device = "7:a",
                                     .backing_file = "/srv/web.img" };
    struct loop_facts facts = left;

    (void)state;
    assert_true(leftover_judge_loop(&facts));
    facts.used_by_domain = true;
    assert_false(leftover_judge_loop(&facts));
    facts = left;
    facts.used_here = true;
    assert_false(leftover_judge_loop(&facts));
    facts = left;
    facts.backing_file = "/srv/other.img"; /* reused for another file */
    assert_false(leftover_judge_loop(&facts));
    facts.backing_file = NULL; /* detached */
    assert_false(leftover_judge_loop(&facts));
    facts = left;
    facts.params = "/dev/loop10"; /* an administrator's own */
    assert_false(leftover_judge_loop(&facts));
    facts = left;
    facts.script = "/etc/xen/scripts/block-iscsi";
    assert_false(leftover_judge_loop(&facts));
    facts.script = NULL;
    assert_false(leftover_judge_loop(&facts));
    facts = left;
    facts.physical_device = "7:b";
    assert_false(leftover_judge_loop(&facts));
    facts = left;
    facts.node = "/dev/loop10/../sda";
    assert_false(leftover_judge_loop(&facts));
    facts.node = "/dev/sda";
    assert_false(leftover_judge_loop(&facts));
}

static void lists(void **state)
{
    auto_leftover_list list = { NULL, 0 };

    (void)state;
    assert_int_equal(leftover_list_status(&list), STATUS_DONE);
    leftover_list_sort(&list);
    leftover_list_add(&list, LEFTOVER_VIF, xstrdup("vif9.0"))->domid = 9;
    leftover_list_add(&list, LEFTOVER_VIF, xstrdup("vif8.1"))->domid = 8;
    leftover_list_add(&list, LEFTOVER_LOOP, xstrdup("/dev/loop1"))->domid = 12;
    leftover_list_add(&list, LEFTOVER_VIF, xstrdup("vif8.0"))->domid = 8;
    leftover_list_sort(&list);
    assert_string_equal(list.items[0].subject, "/dev/loop1");
    assert_string_equal(list.items[1].subject, "vif8.0");
    assert_string_equal(list.items[2].subject, "vif8.1");
    assert_string_equal(list.items[3].subject, "vif9.0");
    assert_int_equal(leftover_list_status(&list), STATUS_FAILED);
    for (size_t i = 0; i < list.count; i++)
        list.items[i].result = i % 2 ? RESULT_CLEANED : RESULT_GONE;
    assert_int_equal(leftover_list_status(&list), STATUS_DONE);
    list.items[2].result = RESULT_KEPT;
    assert_int_equal(leftover_list_status(&list), STATUS_FAILED);
}

static void every_kind_has_a_name(void **state)
{
    (void)state;
    for (enum leftover_kind kind = 0; kind < LEFTOVER_KINDS; kind++)
        assert_non_null(leftover_kind_names[kind]);
    assert_null(leftover_kind_names[LEFTOVER_KINDS]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_guests),
        cmocka_unit_test(uuids),
        cmocka_unit_test(userdata),
        cmocka_unit_test(interfaces),
        cmocka_unit_test(part_files),
        cmocka_unit_test(processes),
        cmocka_unit_test(guests_that_live_are_none),
        cmocka_unit_test(half_built),
        cmocka_unit_test(being_built_is_none),
        cmocka_unit_test(domain_0_is_none),
        cmocka_unit_test(suspended),
        cmocka_unit_test(copies_of_migrations),
        cmocka_unit_test(zombies),
        cmocka_unit_test(loop_devices),
        cmocka_unit_test(lists),
        cmocka_unit_test(every_kind_has_a_name),
    };

    return cmocka_run_group_tests_name("leftover", tests, NULL, NULL);
}
