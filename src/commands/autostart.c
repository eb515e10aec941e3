/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xn autostart: which guests start with the host, in which order, and how they stop. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "commands/autostart.h"
#include "commands/registry.h"
#include "model/target.h"
#include "xen/domain.h"

static bool is_file(const char *word)
{
    return strchr(word, '/') || ends_with(word, ".cfg");
}

/* The guest that the word names, running or not; the caller frees it. */
static char *guest_name(const struct autostart_session *session, const char *word,
                        struct error **error)
{
    const struct domain *domain;
    struct target target;

    if (target_parse(word, &target, error) < 0)
        return NULL;
    if (target.kind == TARGET_NAME)
        return xstrdup(target.name);
    domain = target_find(&target, &session->domains, word, error);
    if (!domain)
        return NULL;
    if (!domain->name || domain->domid == 0)
        error_set(error, ERR_REFUSED, "domain %u is no guest that could start with the host",
                  domain->domid);
    return domain->name && domain->domid ? xstrdup(domain->name) : NULL;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* What a link in auto says: relative to a file of the folder itself, so that the folder may move.
 * The caller frees it. */
static char *link_target(const struct autostart_session *session, const char *path)
{
    auto_free char *folder = realpath(session->folder, NULL);
    auto_free char *beside = xasprintf("%s/%s", folder ? folder : "", last_part(path));

    return strcmp(beside, path) == 0 ? xasprintf("../%s", last_part(path)) : xstrdup(path);
}

static int sync_folder(const char *folder, struct error **error)
{
    auto_fd int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0 || fsync(fd) < 0)
        return error_set_errno(error, ERR_FILE, "cannot write the folder '%s'", folder);
    return 0;
}

static int make_link(const struct autostart_session *session, const char *path,
                     struct error **error)
{
    auto_free char *folder = xasprintf("%s/auto", session->folder);
    auto_free char *link = xasprintf("%s/%s", folder, last_part(path));
    auto_free char *target = link_target(session, path);

    if (!guest_file_counts(last_part(path)))
        return error_set(error, ERR_REFUSED, "'%s' looks like a file that an editor has left",
                         path);
    if (mkdir(folder, 0755) < 0 && errno != EEXIST)
        return error_set_errno(error, ERR_FILE, "cannot make the folder '%s'", folder);
    if (symlink(target, link) == 0)
        return sync_folder(folder, error);
    if (errno != EEXIST)
        return error_set_errno(error, ERR_FILE, "cannot make the link '%s'", link);
    error_set(error, ERR_EXISTS, "'%s' is there already, for another file", link);
    return error_hint(error, "take it away, or give '%s' another name", path);
}

static int find_path(const struct autostart_session *session, const char *word, char **name,
                     char **path, struct error **error)
{
    const struct guest_file *file;

    if (is_file(word)) {
        *path = realpath(word, NULL);
        if (!*path)
            return error_set_errno(error, ERR_FILE, "cannot read '%s'", word);
        return guest_file_name(*path, name, error);
    }
    *name = guest_name(session, word, error);
    if (!*name)
        return -1;
    file = autostart_find_enabled(session, *name);
    if (!file)
        file = guest_files_find(&session->files, session->folder, *name, error);
    if (!file)
        return error_hint(error, "name the file: xn autostart on FILE; "
                                 "'xn list -l' shows the configuration of a running guest");
    *path = xstrdup(file->path);
    return 0;
}

/* The settings first: a host that starts between the two steps finds them. */
static int enable(const struct autostart_session *session, struct outcome *outcome,
                  struct error **error)
{
    auto_free char *name = NULL;
    auto_free char *path = NULL;
    const struct guest_file *enabled;

    if (find_path(session, session->args->word, &name, &path, error) < 0)
        return -1;
    outcome->domain.name = xstrdup(name);
    enabled = autostart_find_enabled(session, name);
    if (enabled && strcmp(enabled->path, path) != 0) {
        error_set(error, ERR_EXISTS, "'%s' starts '%s' with the host already", enabled->link, name);
        return error_hint(error, "take that away first: xn autostart off %s", name);
    }
    if (!autostart_change_is_empty(&session->args->change) &&
        guests_change_table(session->folder, name, &session->args->change, error) < 0)
        return -1;
    return enabled ? 0 : make_link(session, path, error);
}

/* In auto there may also be a link that leads nowhere: it is named by its own name. */
static const struct guest_file *find_link(const struct autostart_session *session, const char *word,
                                          const char *name)
{
    auto_free char *path = is_file(word) ? realpath(word, NULL) : NULL;

    for (size_t i = 0; i < session->files.count; i++) {
        const struct guest_file *file = &session->files.items[i];

        if (!file->link)
            continue;
        if ((name && file->name && strcmp(file->name, name) == 0) ||
            (path && strcmp(file->path, path) == 0) ||
            (!file->name && strcmp(last_part(file->link), last_part(word)) == 0))
            return file;
    }
    return NULL;
}

static int disable(const struct autostart_session *session, struct outcome *outcome,
                   struct error **error)
{
    const char *word = session->args->word;
    auto_free char *folder = xasprintf("%s/auto", session->folder);
    auto_free char *name = is_file(word) ? NULL : guest_name(session, word, error);
    const struct guest_file *file;

    if (!name && !is_file(word))
        return -1;
    file = find_link(session, word, name);
    if (!file && name && !guests_running(&session->domains, name))
        return guest_files_find(&session->files, session->folder, name, error) ? 0 : -1;
    if (!file)
        return 0;
    outcome->domain.name = xstrdup(file->name);
    if (!file->is_link) {
        error_set(error, ERR_REFUSED, "'%s' is no link but the configuration itself", file->link);
        return error_hint(error, "to keep it without autostart: mv %s %s/", file->link,
                          session->folder);
    }
    if (unlink(file->link) < 0)
        return error_set_errno(error, ERR_FILE, "cannot remove '%s'", file->link);
    return sync_folder(folder, error);
}

static int change(const struct autostart_session *session, struct outcome *outcome,
                  struct error **error)
{
    auto_free char *name = NULL;

    if (is_file(session->args->word)) {
        if (guest_file_name(session->args->word, &name, error) < 0)
            return -1;
    } else {
        name = guest_name(session, session->args->word, error);
    }
    if (!name)
        return -1;
    outcome->domain.name = xstrdup(name);
    return guests_change_table(session->folder, name, &session->args->change, error);
}

static int report(const struct autostart_session *session,
                  int (*act)(const struct autostart_session *, struct outcome *, struct error **),
                  struct error **error)
{
    auto_outcome_list outcomes = { NULL, 0 };
    struct outcome *outcome = outcome_list_add(&outcomes, "autostart", session->args->word);

    outcome->result = session->args->verb;
    (void)act(session, outcome, &outcome->error);
    return common_report(session->env, &outcomes, error);
}

static const struct {
    const char *name;
    int (*act)(const struct autostart_session *session, struct outcome *outcome,
               struct error **error);
} actions[] = { { "on", enable }, { "off", disable }, { "set", change } };

static int act(const struct autostart_session *session, struct error **error)
{
    for (size_t i = 0; i < ARRAY_SIZE(actions); i++)
        if (strcmp(session->args->verb, actions[i].name) == 0)
            return report(session, actions[i].act, error);
    return autostart_list(session, error);
}

static int run(struct env *env, void *data, struct error **error)
{
    const struct autostart_args *args = data;
    struct autostart_session session = {
        .env = env,
        .args = args,
        .folder = args->folder ? args->folder : GUESTS_FOLDER,
    };
    int result = -1;

    if ((args->folder ||
         (common_open_host(env, &session.host, error) == 0 &&
          xen_domain_list(session.host, DETAIL_NAMES, &session.domains, error) == 0)) &&
        guest_files_scan(session.folder, &session.files, error) == 0)
        result = act(&session, error);
    guest_files_release(&session.files);
    domain_list_release(&session.domains);
    xen_host_close(session.host);
    return result;
}

static void prepare(void *data)
{
    struct autostart_args *args = data;

    args->change = (struct autostart_change){ .priority = AUTOSTART_UNSET,
                                              .delay_ms = AUTOSTART_UNSET,
                                              .timeout_ms = AUTOSTART_UNSET };
}

static int check(const struct env *env, void *data, struct error **error)
{
    const struct autostart_args *args = data;
    const struct output_options *output = &env->output;
    bool is_list = strcmp(args->verb, "list") == 0;
    bool is_change = strcmp(args->verb, "set") == 0 || strcmp(args->verb, "on") == 0;

    if (is_list && args->word)
        return error_set(error, ERR_USAGE, "'list' takes no name: '%s'", args->word);
    if (!is_list && !args->word)
        return error_set(error, ERR_USAGE, "'%s' needs the name of a guest, or its file",
                         args->verb);
    if (!is_list && (output->format == FORMAT_CSV || output->columns.count ||
                     output->filters.count || output->sort.count))
        return error_set(error, ERR_USAGE, "columns and the like are for 'list'");
    if (!is_change && !autostart_change_is_empty(&args->change))
        return error_set(error, ERR_USAGE, "settings are for 'on' and 'set', not for '%s'",
                         args->verb);
    if (strcmp(args->verb, "set") == 0 && autostart_change_is_empty(&args->change)) {
        error_set(error, ERR_USAGE, "no setting is named");
        return error_hint(error, "--priority, --delay, --timeout or --on-stop");
    }
    return autostart_change_check(&args->change, error);
}

static const char *const verbs[] = { "on", "off", "set", "list", NULL };
static const char *const stop_words[] = { "shutdown", "save", "migrate:", "ignore", NULL };

static const struct option_spec options[] = {
    OPTION_NUMBER(0, "priority", struct autostart_args, change.priority, KIND_UINT, "N",
                  "the lowest starts first and stops last [50]"),
    OPTION_NUMBER(0, "delay", struct autostart_args, change.delay_ms, KIND_DURATION, "TIME",
                  "wait so long behind its start, before the next priority"),
    OPTION_NUMBER(0, "timeout", struct autostart_args, change.timeout_ms, KIND_DURATION, "TIME",
                  "how long its start may take, and its stop"),
    { .name = "on-stop",
      .kind = KIND_TEXT,
      .offset = FIELD(struct autostart_args, change.on_stop, const char *),
      .placeholder = "ACTION",
      .choices = stop_words,
      .help = "when the host stops: shutdown, save, migrate:HOST or ignore [shutdown]" },
    OPTION_TEXT(0, "config-dir", struct autostart_args, folder, KIND_FILE, "DIR",
                "another folder than " GUESTS_FOLDER ", of an image; asks no Xen"),
    OPTION_END,
};

static const struct argument_spec arguments[] = {
    ARGUMENT_WORD("ACTION", struct autostart_args, verb, verbs, "on, off, set or list"),
    ARGUMENT_OPTIONAL("NAME|FILE", struct autostart_args, word, KIND_GUEST,
                      "a guest, or its file: a word with a '/', or that ends in .cfg"),
    ARGUMENT_END,
};

static const struct example examples[] = {
    { "autostart on web", "start the guest web with the host" },
    { "autostart on db --priority 10 --delay 5s", "before it, and wait five seconds then" },
    { "autostart set web --on-stop save", "keep its memory when the host stops" },
    { "autostart set db --on-stop migrate:host2", "send it to another host then" },
    { "autostart off web", "start it no longer" },
    { "autostart list", "who starts, in which order" },
    { NULL, NULL },
};

const struct command cmd_autostart = {
    .name = "autostart",
    .group = GROUP_HOST,
    .summary = "say which guests start and stop with the host",
    .description =
        "A guest starts with the host when its file, or a link to it, stands in\n" GUESTS_FOLDER
        "/auto. How it starts and stops stands in " GUESTS_FOLDER "/autostart.conf, a\n"
        "line for each guest; xl knows nothing of it.",
    .examples = examples,
    .flags = COMMAND_NEEDS_HOST | COMMAND_CHANGES | COMMAND_LISTS,
    .options = options,
    .arguments = arguments,
    .args_size = sizeof(struct autostart_args),
    .columns = &autostart_columns,
    .prepare = prepare,
    .check = check,
    .run = run,
};
