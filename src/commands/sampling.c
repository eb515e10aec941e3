/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Printing samples; see sampling.h. */
#include "commands/sampling.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/durable.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/sampling_json.h"
#include "model/metrics.h"
#include "model/target.h"
#include "out/listing.h"
#include "out/message.h"
#include "supervise/daemon.h"
#include "xen/sample.h"

/* The collector runs as another user than xn. */
#define TEXTFILE_MODE 0644

struct run {
    const struct sampling *sampling;
    struct xen_sampler *sampler;
    struct sample now, before;
    size_t taken, printed;
    enum status status;
};

bool sampling_rest(uint64_t deadline_ms)
{
    struct pollfd fd = { .fd = interrupt_fd(), .events = POLLIN };

    while (!interrupt_signal() && deadline_poll_ms(deadline_ms) > 0)
        (void)poll(&fd, 1, deadline_poll_ms(deadline_ms));
    return !interrupt_signal();
}

/* The first table says who is missing; a domain that goes away later is only not shown any more. */
static void add_row(struct run *run, const char *word, const struct domain_list *list,
                    const struct usage *rows, const void **chosen, size_t *count)
{
    const struct env *env = run->sampling->env;
    const struct domain *domain = NULL;
    auto_error error = NULL;
    struct target target;

    if (target_parse(word, &target, &error) == 0)
        domain = target_find(&target, list, word, &error);
    if (domain)
        chosen[(*count)++] = &rows[domain - list->domains];
    if (!error || run->taken > 1)
        return;
    message_error(env->err, env->output.format, env->program, run->sampling->command, error);
    run->status = run->status == STATUS_DONE || run->status == error_status(error)
                      ? error_status(error)
                      : STATUS_FAILED;
}

/* Which rows the words name; chosen has room for all. */
static size_t choose(struct run *run, const struct usage *rows, const void **chosen)
{
    const struct string_list *words = run->sampling->domains;
    auto_free struct domain *domains = xcalloc(run->now.count, sizeof(*domains));
    struct domain_list list = { domains, run->now.count };
    size_t count = 0;

    for (size_t i = 0; i < run->now.count; i++) {
        domains[i] = run->now.domains[i].domain; /* lent */
        if (!words || words->count == 0)
            chosen[count++] = &rows[i];
    }
    for (size_t i = 0; words && i < words->count; i++)
        add_row(run, words->items[i], &list, rows, chosen, &count);
    if (run->taken == 1 && count && run->status != STATUS_DONE)
        run->status = STATUS_PARTIAL;
    return count;
}

static int write_all(int fd, const struct str *text, const char *path, struct error **error)
{
    for (size_t written = 0; written < text->length;) {
        ssize_t part = write(fd, text->text + written, text->length - written);

        if (part < 0)
            return error_set_errno(error, ERR_FILE, "cannot write '%s'", path);
        written += (size_t)part;
    }
    return 0;
}

/* A collector that reads meanwhile sees the old file or the new one, never a half. */
static int write_textfile(const char *path, const struct str *text, struct error **error)
{
    auto_durable file = DURABLE_INIT;

    if (durable_open(&file, path, error) < 0 || write_all(file.fd, text, path, error) < 0)
        return -1;
    if (!file.direct && fchmod(file.fd, TEXTFILE_MODE) < 0)
        return error_set_errno(error, ERR_FILE, "cannot make '%s' readable for others", path);
    return durable_commit(&file, error);
}

/* sample: NULL when the host cannot be asked. */
static int print_metrics(const struct sampling *sampling, const struct sample *sample,
                         struct error **error)
{
    struct metrics_input input = { .sample = sample };
    auto_error no_supervisor = NULL;
    auto_free char *guests = NULL;
    auto_str text = STR_INIT;

    input.supervisor_up = daemon_status(&guests, &no_supervisor) == 0;
    input.supervisor_known = input.supervisor_up || no_supervisor->code != ERR_PERMISSION;
    metrics_text(&input, &text);
    if (sampling->textfile)
        return write_textfile(sampling->textfile, &text, error);
    return output_text(sampling->env->out, str_text(&text), text.length, error);
}

static int print_json(const struct run *run, const struct listing *listing,
                      const struct usage *rows, struct error **error)
{
    struct json *json = run->sampling->interval_ms ? json_new_compact() : json_new();
    const char *text;
    int result = sampling_json(json, &run->now, rows, listing, &run->sampling->env->output, error);

    if (result == 0) {
        text = json_result(json);
        result = output_text(run->sampling->env->out, text, strlen(text), error);
    }
    json_free(json);
    return result;
}

/* With the state of the host as a line above; a blank line divides tables. */
static int print_table(const struct run *run, const struct listing *listing,
                       const struct usage *rows, struct error **error)
{
    const struct env *env = run->sampling->env;
    struct output_options options = env->output;
    auto_str head = STR_INIT;

    if (options.format == FORMAT_CSV) {
        options.no_header = options.no_header || run->printed;
        return listing_print(listing, &options, env->out, error);
    }
    options.format = FORMAT_TABLE;
    if (!options.no_header) {
        str_add(&head, run->printed ? "\n" : "");
        usage_host_line(&run->now, rows, &head);
        str_add_char(&head, '\n');
        if (output_text(env->out, str_text(&head), head.length, error) < 0)
            return -1;
    }
    return listing_print(listing, &options, env->out, error);
}

static int print(struct run *run, struct error **error)
{
    auto_free struct usage *rows =
        usage_rows(&run->now, run->before.taken_ns ? &run->before : NULL);
    size_t words = run->sampling->domains ? run->sampling->domains->count : 0;
    auto_free const void **chosen = xcalloc(run->now.count + words, sizeof(*chosen));
    struct listing listing = { .table = &usage_columns, .rows = chosen };

    if (run->sampling->textfile || run->sampling->env->output.format == FORMAT_PROMETHEUS)
        return print_metrics(run->sampling, &run->now, error);
    listing.count = choose(run, rows, chosen);
    if (words && listing.count == 0 && run->taken == 1)
        return 0;
    if (run->sampling->rates && run->taken == 1)
        return 0;
    return run->sampling->env->output.format == FORMAT_JSON
               ? print_json(run, &listing, rows, error)
               : print_table(run, &listing, rows, error);
}

static bool wants_more(const struct run *run)
{
    const struct sampling *sampling = run->sampling;

    if (run->status != STATUS_DONE && run->status != STATUS_PARTIAL)
        return false;
    if (sampling->interval_ms == 0)
        return false;
    return sampling->count == 0 || run->printed < sampling->count;
}

static int take(struct run *run, struct error **error)
{
    sample_release(&run->before);
    run->before = run->now;
    run->now = (struct sample){ 0 };
    if (xen_sampler_take(run->sampler, SAMPLE_DEVICES, &run->now, error) < 0)
        return -1;
    run->taken++;
    if (print(run, error) < 0)
        return -1;
    run->printed += !run->sampling->rates || run->taken > 1;
    return 0;
}

/* The next sample is due a whole number of intervals after the first one, however long one takes.
 */
static int repeat(struct run *run, struct error **error)
{
    uint64_t due_ms = clock_ms();

    for (;;) {
        if (take(run, error) < 0)
            return -1;
        if (!wants_more(run))
            return 0;
        do
            due_ms += run->sampling->interval_ms;
        while (due_ms <= clock_ms());
        if (!sampling_rest(due_ms))
            return 0;
    }
}

/* That the host cannot be asked is a metric, too: an old file would go on telling of its guests. */
static int tell_down(const struct sampling *sampling, struct error **error)
{
    auto_error ignored = NULL;

    if (sampling->textfile && *error && (*error)->code != ERR_FILE)
        (void)print_metrics(sampling, NULL, &ignored);
    return -1;
}

int sampling_run(const struct sampling *sampling, struct error **error)
{
    struct run run = { .sampling = sampling };
    auto_xen_host *host = NULL;
    auto_error problem = NULL;
    int result = common_open_host(sampling->env, &host, &problem);

    if (result == 0)
        result = interrupt_catch(&problem);
    if (result == 0) {
        run.sampler = xen_sampler_new(host, sampling->interval_ms > 0);
        result = repeat(&run, &problem);
        xen_sampler_free(run.sampler);
        interrupt_release();
    }
    sample_release(&run.now);
    sample_release(&run.before);
    if (result < 0 && sampling->interval_ms && problem->code == ERR_OUTPUT && !*problem->message)
        return STATUS_DONE; /* nobody reads the stream any more */
    if (result < 0) {
        tell_down(sampling, &problem);
        return error_move(error, TAKE(problem));
    }
    return (int)run.status;
}
