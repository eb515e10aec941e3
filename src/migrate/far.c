/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions to the other host and their answers, as lines of text; see far.h. */
#include "migrate/far.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "migrate/compress.h"
#include "migrate/disks.h"
#include "migrate/link.h"
#include "migrate/savefile.h"
#include "xen/info.h"

/* Somebody may have to type a password. */
#define ASK_MS     (120 * 1000)
#define ANSWER_MAX (1024 * 1024)

/* What the shell says when it does not find a program, and ssh when it finds no host. */
#define STATUS_NO_PROGRAM 127
#define STATUS_SSH        255

/* Lines that those who do not know them pass over. */
#define OFFER_COMPRESS  "offers\tcompress"
#define OFFER_COPY_DISK "offers\tcopy-disk"

struct answer {
    struct str text;
    char *why; /* the last thing that the far side said; or NULL */
    int status;
};

static void answer_release(struct answer *answer)
{
    str_release(&answer->text);
    free(answer->why);
}
#define auto_answer __attribute__((cleanup(answer_release))) struct answer

int far_check_askable(const struct far_side *side, struct error **error)
{
    if (!side->ssh || *side->ssh)
        return 0;
    return error_set(error, ERR_NOT_SUPPORTED,
                     "the command of -s '' can only receive; nothing can be asked there");
}

static int read_answer(struct link *link, uint64_t patience_ms, struct answer *answer,
                       struct error **error)
{
    const struct link_patience wait = { .deadline_ms = deadline_after(patience_ms),
                                        .heed_signals = true };
    char part[4096];
    ssize_t got;

    while ((got = link_read(link, part, sizeof(part), &wait, error)) > 0) {
        str_add_bytes(&answer->text, part, (size_t)got);
        if (answer->text.length > ANSWER_MAX)
            return error_set(error, ERR_FAILED, "the far side says too much");
        if ((size_t)got < sizeof(part)) /* link_read fills it unless the end has come */
            break;
    }
    return got < 0 ? -1 : 0;
}

/* What is sent with a question; both may be NULL. */
struct enclosure {
    const char *config_json; /* as the head of a stream */
    const struct disk_copies *disks;
};

static bool emit(void *context, const void *bytes, size_t length)
{
    return file_write(*(const int *)context, "the link", bytes, length, NULL) == 0;
}

/* A far side that ends at once does not read it; its status tells more. */
static void enclose(int fd, const struct enclosure *enclosure)
{
    if (enclosure->config_json &&
        savefile_write(fd, "the link", enclosure->config_json, 0, NULL) == 0 && enclosure->disks)
        (void)disks_send_list(enclosure->disks, emit, &fd);
}

/* Runs "PROGRAM WORDS" there. */
static int ask_with(const struct far_side *side, const char *line,
                    const struct enclosure *enclosure, struct answer *answer, struct error **error)
{
    struct link link = LINK_INIT;
    auto_string_list rest = STRING_LIST_INIT, words = STRING_LIST_INIT;
    int result, status;

    string_list_split(&rest, line, ' ');
    result = link_words(side->ssh, side->host, &rest, &words, error);
    if (result == 0)
        result = link_start(&link, &words, error);
    if (result == 0) {
        enclose(link.out, enclosure);
        close_fd(&link.out);
        result = read_answer(&link, side->patience_ms ? side->patience_ms : ASK_MS, answer, error);
    }
    if (result < 0)
        link_cut(&link); /* who has not answered in time does not end in time either */
    status = link_close(&link);
    answer->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (link.said.count)
        answer->why = xstrdup(link.said.items[link.said.count - 1]);
    link_release(&link);
    return result;
}

static int ask(const struct far_side *side, const char *line, struct answer *answer,
               struct error **error)
{
    const struct enclosure nothing = { NULL, NULL };

    return ask_with(side, line, &nothing, answer, error);
}

/* "a<TAB>b<TAB>c" into up to count fields; the rest are "". Changes line. */
static void split_fields(char *line, char **fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *tab = strchr(line, '\t');

        fields[i] = line;
        line = tab ? tab + 1 : line + strlen(line);
        if (tab)
            *tab = '\0';
    }
}

/* The value in a line "name   : value" of xl info; NULL when it is another line. */
static const char *info_value(const char *line, const char *name)
{
    size_t length = strlen(name);
    const char *colon = strchr(line, ':');

    if (strncmp(line, name, length) != 0 || (line[length] != ' ' && line[length] != ':') || !colon)
        return NULL;
    return colon + 1 + strspn(colon + 1, " ");
}

struct comparison {
    const struct host_info *here;
    const struct domain *domain;
    const char *there; /* name of the far side */
    struct problem_list *problems;
    struct far_offer *offer;
    bool by_xl; /* it cannot check by itself */
};

static void compare_version(const struct comparison *comparison, const char *text)
{
    const struct host_info *here = comparison->here;
    unsigned major, minor;

    if (sscanf(text, "%u.%u", &major, &minor) == 2 &&
        (major < here->xen_major || (major == here->xen_major && minor < here->xen_minor)))
        problem_add(comparison->problems, false, "xen-version", comparison->there,
                    "Xen moves guests to the same release or a newer one",
                    "it runs Xen %u.%u, and this host %u.%u", major, minor, here->xen_major,
                    here->xen_minor);
}

static void compare_cpus(const struct comparison *comparison, const char *text)
{
    for (size_t i = 0; i < HOST_HW_CAPS; i++) {
        char *end;
        unsigned long there = strtoul(text, &end, 16);

        if (end == text)
            return;
        if (comparison->here->hw_caps[i] & ~(uint32_t)there) {
            problem_add(comparison->problems, false, "cpu-features", comparison->there,
                        "level them in the guest's cpuid=, or in Xen's command line (cpuid=)",
                        "its CPU lacks features of this one: the guest may use them");
            return;
        }
        text = *end == ':' ? end + 1 : end;
    }
}

static void compare_memory(const struct comparison *comparison, const char *text)
{
    uint64_t free_kib = strtoull(text, NULL, 10) * 1024;

    if (comparison->by_xl && free_kib < comparison->domain->memory_kib) {
        auto_free char *needed = human_kib(comparison->domain->memory_kib);
        auto_free char *there = human_kib(free_kib);

        problem_add(comparison->problems, true, "host-memory", comparison->there,
                    "unless domain 0 there gives some of its own",
                    "the guest has %s, and %s are free", needed, there);
    }
}

static void compare_info(const struct comparison *comparison, const char *line)
{
    const char *value;

    if ((value = info_value(line, "xen_version")))
        compare_version(comparison, value);
    else if ((value = info_value(line, "hw_caps")))
        compare_cpus(comparison, value);
    else if ((value = info_value(line, "free_memory")))
        compare_memory(comparison, value);
}

static void take_problem(const struct comparison *comparison, char *line)
{
    char *fields[5];

    split_fields(line, fields, ARRAY_SIZE(fields));
    problem_add(comparison->problems, strcmp(fields[1], "warning") == 0, fields[2],
                comparison->there, *fields[4] ? fields[4] : NULL, "%s", fields[3]);
}

static void take_line(const struct comparison *comparison, char *line)
{
    static const char info[] = "info\t";

    if (starts_with(line, "problem\t"))
        take_problem(comparison, line);
    else if (strcmp(line, OFFER_COMPRESS) == 0)
        comparison->offer->compress = true;
    else if (strcmp(line, OFFER_COPY_DISK) == 0)
        comparison->offer->copy_disk = true;
    else if (starts_with(line, info))
        compare_info(comparison, line + strlen(info));
    else if (comparison->by_xl)
        compare_info(comparison, line);
}

static void take_lines(const struct comparison *comparison, const struct str *text)
{
    auto_string_list lines = STRING_LIST_INIT;

    string_list_split(&lines, text->length ? text->text : "", '\n');
    for (size_t i = 0; i < lines.count; i++)
        take_line(comparison, lines.items[i]);
}

static void no_far_side(const struct comparison *comparison, const struct answer *answer)
{
    if (answer->status == STATUS_SSH)
        problem_add(comparison->problems, false, "far-side", comparison->there, NULL,
                    "it cannot be reached%s%s", answer->why ? ": " : "",
                    answer->why ? answer->why : "");
    else
        problem_add(comparison->problems, false, "far-side", comparison->there,
                    "is Xen running there, and is this user allowed to use it?",
                    "it does not answer as a host that receives guests%s%s",
                    answer->why ? ": " : "", answer->why ? answer->why : "");
}

/* Rows of 'xl list -v': the name is the first word, the UUID stands somewhere. */
static void take_rows(const struct comparison *comparison, const struct str *text)
{
    const struct domain *domain = comparison->domain;
    auto_string_list lines = STRING_LIST_INIT;

    string_list_split(&lines, text->length ? text->text : "", '\n');
    for (size_t i = 1; i < lines.count; i++) {
        size_t length = strcspn(lines.items[i], " ");

        if (domain->name && strlen(domain->name) == length &&
            strncmp(lines.items[i], domain->name, length) == 0)
            problem_add(comparison->problems, false, "name-in-use", comparison->there, NULL,
                        "a domain of that name is there already");
        if (strstr(lines.items[i], domain->uuid))
            problem_add(comparison->problems, false, "uuid-in-use", comparison->there, NULL,
                        "a domain of that UUID is there already");
    }
}

/* There is only xl: it says what it is, and the rest is found out here. */
static int check_by_xl(const struct far_side *side, struct comparison *comparison,
                       struct error **error)
{
    auto_answer info = { 0 }, list = { 0 };

    comparison->by_xl = true;
    if (ask(side, "xl info", &info, error) < 0)
        return -1;
    if (info.status != 0) {
        no_far_side(comparison, &info);
        return 0;
    }
    comparison->offer->program = "xl";
    take_lines(comparison, &info.text);
    if (ask(side, "xl list -v", &list, error) < 0)
        return -1;
    take_rows(comparison, &list.text);
    return 0;
}

int far_check(struct xen_host *host, const struct far_side *side, const struct domain *domain,
              const char *config_json, const struct disk_copies *disks,
              struct problem_list *problems, struct far_offer *offer, struct error **error)
{
    auto_answer answer = { 0 };
    auto_host_info here = { 0 };
    struct comparison comparison = {
        .here = &here, .domain = domain, .there = side->host, .problems = problems, .offer = offer
    };

    const struct enclosure enclosure = { .config_json = config_json, .disks = disks };

    *offer = (struct far_offer){ 0 };
    if (far_check_askable(side, error) < 0 || xen_host_info(host, false, &here, error) < 0 ||
        ask_with(side,
                 disks ? "xn migrate-receive --check --copy-disk" : "xn migrate-receive --check",
                 &enclosure, &answer, error) < 0)
        return -1;
    if (answer.status == STATUS_NO_PROGRAM)
        return check_by_xl(side, &comparison, error);
    if (answer.status != 0) {
        no_far_side(&comparison, &answer);
        return 0;
    }
    offer->program = "xn";
    take_lines(&comparison, &answer.text);
    return 0;
}

/* Names are words of a command line that a shell over there reads. */
static bool is_plain(const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    return *name && *name != '-' && name[strspn(name, plain)] == '\0';
}

int far_destroy(const struct far_side *side, const char *program, const char *name,
                struct error **error)
{
    auto_free char *line = xasprintf("%s destroy %s", program, name);
    auto_answer answer = { 0 };

    if (!is_plain(name))
        return 0;
    if (far_check_askable(side, error) < 0 || ask(side, line, &answer, error) < 0)
        return -1;
    return answer.status == 0;
}

void far_answer_problem(struct str *text, const struct problem *problem)
{
    str_addf(text, "problem\t%s\t%s\t%s\t%s\n", problem->warning ? "warning" : "error",
             problem->check, problem->message, problem->hint ? problem->hint : "");
}

void far_answer_offers(struct str *text)
{
    if (codec_is_built())
        str_add(text, OFFER_COMPRESS "\n");
    str_add(text, OFFER_COPY_DISK "\n");
}

void far_answer_info(struct str *text, const char *info)
{
    auto_string_list lines = STRING_LIST_INIT;

    string_list_split(&lines, info, '\n');
    for (size_t i = 0; i < lines.count; i++)
        if (*lines.items[i])
            str_addf(text, "info\t%s\n", lines.items[i]);
}

static const char *const copy_names[] = {
    [COPY_NONE] = "none",
    [COPY_RUNS] = "runs",
    [COPY_PAUSED] = "paused",
    [COPY_SUSPENDED] = "suspended",
};

void far_answer_view(struct str *text, const struct migration_view *view)
{
    str_addf(text, "view\t%s\t%s\t%s\t%u\n", migration_state_name(view->state),
             copy_names[view->copy], view->busy ? "busy" : "idle", view->domid);
}

static bool take_view(char *line, struct migration_view *view)
{
    char *fields[5];
    uint64_t domid = 0;

    if (!starts_with(line, "view\t"))
        return false;
    split_fields(line, fields, ARRAY_SIZE(fields));
    view->answered = view->has_record = true;
    view->state = migration_state_from(fields[1]);
    for (size_t i = 0; i < ARRAY_SIZE(copy_names); i++)
        if (strcmp(fields[2], copy_names[i]) == 0)
            view->copy = i;
    view->busy = strcmp(fields[3], "busy") == 0;
    (void)parse_uint(fields[4], UINT32_MAX, &domid);
    view->domid = (uint32_t)domid;
    return true;
}

/* Name, ID, Mem, VCPUs, State ...: the state is six characters or dashes. */
static void look_at_row(const char *row, struct migration_view *view)
{
    char state[16] = "";

    if (sscanf(row, "%*s %u %*s %*s %15s", &view->domid, state) != 2 || strlen(state) < 6)
        return;
    view->copy = state[3] == 's' ? COPY_SUSPENDED : state[2] == 'p' ? COPY_PAUSED : COPY_RUNS;
}

static int look_by_xl(const struct far_side *side, const char *uuid, struct migration_view *view,
                      char **ret_why, struct error **error)
{
    auto_answer answer = { 0 };
    auto_string_list lines = STRING_LIST_INIT;

    if (ask(side, "xl list -v", &answer, error) < 0)
        return -1;
    if (answer.status != 0) {
        *ret_why = TAKE(answer.why);
        return 0;
    }
    view->answered = true;
    string_list_split(&lines, str_text(&answer.text), '\n');
    for (size_t i = 1; i < lines.count; i++)
        if (strstr(lines.items[i], uuid))
            look_at_row(lines.items[i], view);
    return 0;
}

int far_look(const struct far_side *side, const char *uuid, struct migration_view *ret,
             char **ret_why, struct error **error)
{
    auto_free char *line = xasprintf("xn migrate-receive --report %s", uuid);
    auto_answer answer = { 0 };
    auto_string_list lines = STRING_LIST_INIT;
    bool found = false;

    *ret = (struct migration_view){ 0 };
    *ret_why = NULL;
    if (far_check_askable(side, error) < 0 || ask(side, line, &answer, error) < 0)
        return -1;
    if (answer.status == STATUS_NO_PROGRAM)
        return look_by_xl(side, uuid, ret, ret_why, error);
    string_list_split(&lines, str_text(&answer.text), '\n');
    for (size_t i = 0; i < lines.count && answer.status == 0; i++)
        found |= take_view(lines.items[i], ret);
    if (!found)
        *ret_why = TAKE(answer.why);
    return 0;
}
