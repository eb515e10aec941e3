/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* argv in, exit status out; nothing else. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "commands/common.h"
#include "commands/registry.h"
#include "out/listing.h"
#include "out/message.h"

static int run_command(struct env *env, const struct invocation *invocation, struct error **error)
{
    const struct command *command = invocation->command;
    void *args = xcalloc(1, command->args_size);
    enum parse_outcome outcome;
    auto_str text = STR_INIT;
    int result =
        cli_parse_command(env, command, invocation->argc, invocation->argv, args, &outcome, error);

    if (result == 0 && outcome == PARSED_HELP) {
        help_command(env, command, &text);
        result = output_text(env->out, text.text, text.length, error);
    } else if (result == 0) {
        result = common_check_domain_words(command, args, error);
        if (result == 0 && command->columns)
            result = listing_check(command->columns, &env->output, error);
        if (result == 0)
            result = command->run(env, args, error);
    }
    cli_release_args(command, args);
    free(args);
    return result;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0)
            return true;
    return false;
}

/* What was asked for without naming a command. Nothing at all shows the help and is a usage error.
 */
static int run_without_command(struct env *env, const struct invocation *invocation, int argc,
                               char **argv, struct error **error)
{
    auto_str text = STR_INIT;

    if (invocation->version)
        str_add(&text, PACKAGE_NAME " " PACKAGE_VERSION "\n");
    else
        help_overview(env, all_commands, &text);
    if (output_text(env->out, text.text, text.length, error) < 0)
        return -1;
    if (invocation->version || asks_for_help(argc, argv))
        return STATUS_DONE;
    return env->as_xl ? STATUS_FAILED : STATUS_USAGE;
}

/* A reader that goes away is an error of write, not the end of a half-done change. A handler, since
 * SIG_IGN would be handed on to the programs that are started. */
static void on_broken_pipe(int number)
{
    (void)number;
}

/* A closed 0, 1 or 2 would be the number of the next file opened, and get our output. The one made
 * here is for the other direction, so that using it is an error. */
static void fill_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            _exit(STATUS_FAILED);
}

int main(int argc, char **argv)
{
    struct env env = { .program = "xn", .out = stdout, .err = stderr };
    struct invocation invocation = { 0 };
    struct error *error = NULL;
    int result;

    fill_standard_descriptors();
    signal(SIGPIPE, on_broken_pipe);
    result = cli_parse_global(&env, all_commands, argc, argv, &invocation, &error);
    if (result == 0)
        result = invocation.command ? run_command(&env, &invocation, &error)
                                    : run_without_command(&env, &invocation, argc, argv, &error);
    if (result < 0) {
        message_error(env.err, env.output.format, env.program,
                      invocation.command ? invocation.command->name : NULL, error);
        result = (int)error_status(error);
    }
    error_free(error);
    env_release(&env);
    return result;
}
