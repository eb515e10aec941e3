/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn qemu-monitor-command: one line for the monitor of a guest's QEMU, and what it says. */
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/json.h"
#include "out/listing.h"
#include "xen/domain.h"
#include "xen/monitor.h"

struct monitor_args {
    const char *domain, *line;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct monitor_args *args = data;

    (void)env;
    if (common_check_domain_words(&cmd_qemu_monitor_command, args, error) < 0)
        return -1;
    if (args->line[strspn(args->line, " \t")] && !strpbrk(args->line, "\r\n"))
        return 0;
    error_set(error, ERR_USAGE, "COMMAND: '%s' is not one line for QEMU's monitor", args->line);
    return error_hint(error, "'help' lists what it knows");
}

/* Adds the lines of the reply without their ends, CR LF as QEMU writes them. */
static void split(const char *reply, struct string_list *lines)
{
    while (*reply) {
        size_t length = strcspn(reply, "\n");
        size_t text = length && reply[length - 1] == '\r' ? length - 1 : length;

        string_list_take(lines, xstrndup(reply, text));
        reply += length + (reply[length] == '\n');
    }
}

static int print_json(const struct env *env, const struct domain *domain, const char *reply,
                      struct error **error)
{
    auto_string_list lines = STRING_LIST_INIT;
    struct json *json = json_new();
    const char *text;
    int result;

    split(reply, &lines);
    json_object_begin(json);
    json_key(json, "schema_version");
    json_uint(json, JSON_SCHEMA_VERSION);
    json_key(json, "domain");
    json_text(json, domain->name);
    json_key(json, "domid");
    json_uint(json, domain->domid);
    json_key(json, "uuid");
    json_text(json, domain->uuid);
    json_key(json, "reply");
    json_list(json, &lines);
    json_object_end(json);
    text = json_result(json);
    result = output_text(env->out, text, strlen(text), error);
    json_free(json);
    return result;
}

/* QEMU is on the guest's side of the wall: of the control characters only its ends of lines and
 * tabs go through. xl puts one more end behind everything. */
static int print_text(const struct env *env, const char *reply, struct error **error)
{
    auto_str text = STR_INIT;

    while (*reply) {
        size_t length = strcspn(reply, "\r\n\t");

        str_add_printable(&text, reply, length);
        reply += length;
        if (*reply == '\r' && reply[1] != '\n')
            str_add(&text, "\\r");
        else if (*reply)
            str_add_char(&text, *reply);
        reply += *reply != '\0';
    }
    str_add_char(&text, '\n');
    return output_text(env->out, str_text(&text), text.length, error);
}

static int ask(struct env *env, struct xen_host *host, const struct monitor_args *args,
               struct error **error)
{
    auto_domain domain = { 0 };
    auto_free char *reply = NULL;

    if (xen_domain_find(host, args->domain, &domain, error) < 0 ||
        xen_monitor_command(host, &domain, args->line, &reply, error) < 0)
        return -1;
    return env->output.format == FORMAT_JSON ? print_json(env, &domain, reply, error)
                                             : print_text(env, reply, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    auto_xen_host *host = NULL;
    int result;

    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    result = ask(env, host, data, error);
    interrupt_release();
    return result;
}

static const struct argument_spec arguments[] = {
    ARGUMENT("DOMAIN", struct monitor_args, domain, KIND_DOMAIN, "name, domid or UUID"),
    ARGUMENT("COMMAND", struct monitor_args, line, KIND_TEXT, "what to type there, as one word"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "qemu-monitor-command web 'info block'", "the disks that its QEMU serves" },
    { "qemu-monitor-command web help", "what can be typed there" },
    { NULL, NULL },
};

const struct command cmd_qemu_monitor_command = {
    .name = "qemu-monitor-command",
    .group = GROUP_DEVICES,
    .summary = "type a command into the monitor of a guest's QEMU",
    .description = "Prints what QEMU answers. Changes that are made this way are known to nobody\n"
                   "else: libxl does not see them, and a migration may fail for them.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .arguments = arguments,
    .args_size = sizeof(struct monitor_args),
    .check = check,
    .run = run,
};
