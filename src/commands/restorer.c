/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a file that save made to a guest that is about to run; see restorer.h. */
#include "commands/restorer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands/config_input.h"
#include "migrate/record.h"
#include "migrate/restored.h"
#include "migrate/stream.h"
#include "xen/config_json.h"
#include "xen/facts.h"

void restorer_init(struct restorer *restorer)
{
    restorer->fd = -1;
    restorer->unpacker = (struct pump)PUMP_INIT;
    libxl_domain_config_init(&restorer->config);
}

void restorer_release(struct restorer *restorer)
{
    libxl_domain_config_dispose(&restorer->config);
    savefile_header_release(&restorer->header);
    close_fd(&restorer->fd);
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

static bool is_compressed(const struct restorer *restorer)
{
    return restorer->header.mandatory_flags & SAVEFILE_COMPRESSED;
}

/* What can be gone through before anything is built. A stream of version 1 is none of this. */
static bool can_be_checked(const struct restorer *restorer, const struct stat *status)
{
    return S_ISREG(status->st_mode) &&
           restorer->header.mandatory_flags & (SAVEFILE_STREAM_V2 | SAVEFILE_COMPRESSED);
}

/* Never blocks on a FIFO; a pipe with a writer, a device and /dev/stdin are fine. */
int restorer_open(struct restorer *restorer, struct error **error)
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
    if (!can_be_checked(restorer, &status))
        return 0;
    return stream_check(restorer->fd, restorer->file, is_compressed(restorer), error);
}

/* From a configuration file, or the text of one that an old xl has put into the saved file. */
static int read_language(struct restorer *restorer, const char *name, const char *text,
                         struct error **error)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct host_facts facts;
    struct config_request request = {
        .file = name, .text = text, .host_config = restorer->host_config, .facts = &facts
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

int restorer_read_config(struct restorer *restorer, struct error **error)
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

void restorer_used_at(const struct restorer *restorer, char *text, size_t size)
{
    char uuid[UUID_TEXT_SIZE];

    xen_config_uuid(&restorer->config, uuid);
    restored_when(restorer->fd, uuid, text, size);
}

/* A number that was saved with the guest (save -D) holds; any other start takes a free one. */
static void choose_domid(struct restorer *restorer)
{
    if (!xen_config_names_domid(&restorer->config))
        xen_config_choose_domid(&restorer->config, restorer->host_config);
}

/* A process stands between the file and libxl then. */
static int start_unpacking(struct restorer *restorer, struct restore_source *source,
                           struct error **error)
{
    const struct pump_settings settings = { .compressed = true,
                                            .to_end_frame = true,
                                            .idle_ms = DEADLINE_NEVER };

    if (pump_start_in(&restorer->unpacker, restorer->fd, &settings, error) < 0)
        return error_wrap(error, "cannot unpack '%s'", restorer->file);
    source->fd = restorer->unpacker.fd;
    return 0;
}

/* What it met tells more than that libxl's pipe has ended. */
static void explain(struct restorer *restorer, struct error **error)
{
    int why = pump_failure(&restorer->unpacker);

    if (why == EBADMSG)
        (void)error_wrap(error, "'%s' is damaged", restorer->file);
    else if (why == ENODATA)
        (void)error_wrap(error, "'%s' is cut off", restorer->file);
    else if (why && why != EPIPE)
        (void)error_wrap(error, "cannot read '%s': %s", restorer->file, strerror(why));
    else if (!why && pump_is_broken(&restorer->unpacker))
        (void)error_wrap(error, "what unpacks '%s' was killed", restorer->file);
}

static int launch(struct restorer *restorer, const struct launch_options *options,
                  struct outcome *outcome, struct error **error)
{
    struct restore_source source = {
        .fd = restorer->fd,
        .legacy = !(restorer->header.mandatory_flags & SAVEFILE_STREAM_V2),
    };
    struct launch launch = {
        .env = restorer->env,
        .host = restorer->host,
        .host_config = restorer->host_config,
        .action = outcome->action,
        .options = options,
        .config = &restorer->config,
        .restore = &source,
        .saved_fd = restorer->fd,
        .unpacker = is_compressed(restorer) ? &restorer->unpacker : NULL,
    };

    if (launch.unpacker && start_unpacking(restorer, &source, error) < 0)
        return -1;
    if (launch_guest(&launch, outcome, error) == 0)
        return 0;
    explain(restorer, error);
    return -1;
}

int restorer_launch(struct restorer *restorer, const struct launch_options *options,
                    struct outcome *outcome, struct error **error)
{
    char uuid[UUID_TEXT_SIZE];
    int result;

    xen_config_uuid(&restorer->config, uuid);
    if (record_refuse(uuid, false, "restore", error) < 0)
        return -1;
    choose_domid(restorer);
    result = launch(restorer, options, outcome, error);
    pump_stop(&restorer->unpacker);
    return result;
}

static int open_saved(struct restorer *restorer, struct error **error)
{
    char when[64];

    if (restorer_open(restorer, error) < 0 || restorer_read_config(restorer, error) < 0)
        return -1;
    restorer_used_at(restorer, when, sizeof(when));
    if (!*when)
        return 0;
    error_set(error, ERR_REFUSED, "'%s' was restored already, at %s", restorer->file, when);
    return error_hint(error, "the saved memory no longer fits its disks: remove the file");
}

/* The file goes only when the guest runs: until then it is all that there is of it. */
int restorer_run_saved(const struct launch_file *what, struct outcome *outcome)
{
    struct restorer restorer = {
        .env = what->env,
        .file = what->file,
        .host = what->host,
        .host_config = what->host_config,
    };

    restorer_init(&restorer);
    if (open_saved(&restorer, &outcome->error) == 0 &&
        restorer_launch(&restorer, what->options, outcome, &outcome->error) == 0) {
        outcome->result = "restored";
        if (unlink(what->file) < 0)
            error_set_errno(&outcome->error, ERR_FILE,
                            "it runs on, but '%s' cannot be removed, and must be", what->file);
    }
    restorer_release(&restorer);
    if (!outcome->error)
        return 0;
    return error_hint(&outcome->error, "its memory is still in '%s'", what->file);
}
