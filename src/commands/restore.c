/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn restore: a guest from the file that save made. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <uuid/uuid.h>

#include "base/mem.h"
#include "commands/config_input.h"
#include "commands/launch.h"
#include "commands/registry.h"
#include "migrate/restored.h"
#include "migrate/savefile.h"
#include "migrate/stream.h"
#include "xen/config_json.h"
#include "xen/facts.h"

struct restore_args {
    struct launch_options launch;
    bool dump;
    const char *first, *second; /* FILE, or CONFIG FILE: xl's order */
};

struct restorer {
    struct env *env;
    const struct restore_args *args;
    const char *file, *config_file;
    struct xen_host *host;
    struct host_config host_config;
    libxl_domain_config config;
    struct savefile_header header;
    int fd;
};

static int check(const struct env *env, void *data, struct error **error)
{
    const struct restore_args *args = data;

    (void)env;
    return launch_check(&args->launch, error);
}

/* How long the writer of a FIFO may take to open it. */
#define WRITER_MS 5000

/* Reading from a FIFO before its writer has come would find its end at once. Returns whether
 * there is something to read, or was. */
static bool await_writer(int fd)
{
    struct pollfd readable = { .fd = fd, .events = POLLIN };

    return poll(&readable, 1, WRITER_MS) > 0;
}

/* Without a host: what is wrong with the file is found first. */
static int read_header(struct restorer *restorer, bool has_writer, struct error **error)
{
    const struct savefile_header *header = &restorer->header;

    if (savefile_read(restorer->fd, restorer->file, &restorer->header, error) < 0)
        return has_writer ? -1 : error_hint(error, "nobody writes to this pipe");
    if (restorer->env->as_xl)
        fprintf(restorer->env->err, "Loading new save file %s (new xl fmt info 0x%x/0x%x/%u)\n",
                restorer->file, header->mandatory_flags, header->optional_flags,
                header->optional_length);
    if (header->config || restorer->config_file)
        return 0;
    error_set(error, ERR_FILE, "'%s' holds no configuration", restorer->file);
    return error_hint(error, "name one: xn restore CONFIG FILE");
}

/* Never blocks on a FIFO; a pipe with a writer, a device and /dev/stdin are fine. */
static int open_file(struct restorer *restorer, struct error **error)
{
    struct stat status;
    bool has_writer;

    restorer->fd = open(restorer->file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (restorer->fd < 0 || fstat(restorer->fd, &status) < 0)
        return error_set_errno(error, ERR_FILE, "cannot open '%s'", restorer->file);
    if (S_ISDIR(status.st_mode))
        return error_set(error, ERR_FILE, "'%s' is a folder, not a saved guest", restorer->file);
    has_writer = !S_ISFIFO(status.st_mode) || await_writer(restorer->fd);
    if (fcntl(restorer->fd, F_SETFL, O_RDONLY) < 0)
        return error_set_errno(error, ERR_FILE, "cannot read '%s'", restorer->file);
    if (read_header(restorer, has_writer, error) < 0)
        return -1;
    if (!S_ISREG(status.st_mode) || !(restorer->header.mandatory_flags & SAVEFILE_STREAM_V2))
        return 0;
    return stream_check(restorer->fd, restorer->file, error);
}

/* From a configuration file, or the text of one that an old xl has put into the saved file. */
static int read_language(struct restorer *restorer, const char *name, const char *text,
                         struct error **error)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct host_facts facts;
    struct config_request request = {
        .file = name, .text = text, .host_config = &restorer->host_config, .facts = &facts
    };
    int result;

    if (xen_host_facts(restorer->host, &facts, error) < 0)
        return -1;
    result =
        text ? config_read(&request, &diagnostics, &restorer->config, error)
             : config_input_read(restorer->host, &request, &diagnostics, &restorer->config, error);
    common_print_diagnostics(restorer->env, "restore: ", &diagnostics, false);
    return result;
}

static int read_config(struct restorer *restorer, struct error **error)
{
    const struct savefile_header *header = &restorer->header;

    if (restorer->env->as_xl) {
        if (header->mandatory_flags & SAVEFILE_CONFIG_JSON)
            fputs(" Savefile contains xl domain config in JSON format\n", restorer->env->err);
        fprintf(restorer->env->err, "Parsing config from %s\n",
                restorer->config_file ? restorer->config_file : "<saved>");
    }
    if (restorer->config_file)
        return read_language(restorer, restorer->config_file, NULL, error);
    if (header->mandatory_flags & SAVEFILE_CONFIG_JSON)
        return xen_config_from_json(restorer->host, restorer->file, header->config,
                                    &restorer->config, error);
    return read_language(restorer, restorer->file, header->config, error);
}

static void config_uuid(const struct restorer *restorer, char *text)
{
    const libxl_uuid *uuid = &restorer->config.c_info.uuid;

    uuid_unparse_lower(*(const uuid_t *)libxl_uuid_bytearray_const(uuid), text);
}

static void warn_of_second(const struct restorer *restorer)
{
    char uuid[UUID_TEXT_SIZE], when[64];

    config_uuid(restorer, uuid);
    restored_when(restorer->fd, uuid, when, sizeof(when));
    if (*when)
        fprintf(restorer->env->err,
                "%s: restore: warning: this guest was restored after the file was written, at %s; "
                "if its disks have changed since, it will damage them\n",
                restorer->env->program, when);
}

/* A number that was saved with the guest (save -D) holds; any other start takes a free one. */
static void choose_domid(struct restorer *restorer)
{
    if (!xen_config_names_domid(&restorer->config))
        xen_config_choose_domid(&restorer->config, &restorer->host_config);
}

static int restore(struct restorer *restorer, struct error **error)
{
    struct restore_source source = {
        .fd = restorer->fd,
        .legacy = !(restorer->header.mandatory_flags & SAVEFILE_STREAM_V2),
    };
    struct launch launch = {
        .env = restorer->env,
        .host = restorer->host,
        .host_config = &restorer->host_config,
        .action = "restore",
        .options = &restorer->args->launch,
        .config = &restorer->config,
        .restore = &source,
    };

    if (restorer->args->dump && config_print_json(restorer->env->err, &restorer->config, error) < 0)
        return -1;
    warn_of_second(restorer);
    choose_domid(restorer);
    return launch_and_report(&launch, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct restore_args *args = data;
    struct restorer restorer = {
        .env = env,
        .args = args,
        .file = args->second ? args->second : args->first,
        .config_file = args->second ? args->first : NULL,
        .fd = -1,
    };
    int result = -1;

    libxl_domain_config_init(&restorer.config);
    if (open_file(&restorer, error) == 0 &&
        common_host_config(env, &restorer.host_config, error) == 0 &&
        common_open_host(env, &restorer.host, error) == 0 && read_config(&restorer, error) == 0)
        result = restore(&restorer, error);
    libxl_domain_config_dispose(&restorer.config);
    savefile_header_release(&restorer.header);
    host_config_release(&restorer.host_config);
    xen_host_close(restorer.host);
    close_fd(&restorer.fd);
    return result;
}

static const struct option_spec options[] = {
    OPTION_FLAG('p', "paused", struct restore_args, launch.paused, "leave the guest paused"),
    OPTION_FLAG('c', "console", struct restore_args, launch.console,
                "attach to its console before it runs"),
    OPTION_FLAG('F', "foreground", struct restore_args, launch.foreground,
                "look after the guest here until it is gone"),
    OPTION_FLAG('e', "no-supervise", struct restore_args, launch.unsupervised,
                "let nobody look after it: no restart, no clean-up"),
    OPTION_FLAG('V', "vncviewer", struct restore_args, launch.viewer,
                "start a VNC viewer that shows its screen"),
    OPTION_FLAG('A', "vncviewer-autopass", struct restore_args, launch.viewer_password,
                "the same, and give the viewer the password"),
    OPTION_FLAG('d', "dump", struct restore_args, dump,
                "print the configuration as JSON on stderr, too"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT("FILE|CONFIG", struct restore_args, first, KIND_FILE,
             "the saved guest, or a configuration to use instead of the saved one"),
    ARGUMENT_OPTIONAL("FILE", struct restore_args, second, KIND_FILE,
                      "the saved guest, behind a configuration"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "restore /srv/web.save", "the guest runs on where it was saved" },
    { "restore web.cfg /srv/web.save",
      "with another configuration: other paths of its disks, say" },
    { NULL, NULL },
};

const struct command cmd_restore = {
    .name = "restore",
    .group = GROUP_LIFECYCLE,
    .summary = "build a guest from a file that save made",
    .description = "The file is read from end to end before any memory is taken: one that is cut\n"
                   "off or damaged is refused, and so is a guest whose name or UUID is in use.\n"
                   "Files of xl are read, too.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_REPORTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct restore_args),
    .columns = &outcome_columns,
    .check = check,
    .run = run,
};
