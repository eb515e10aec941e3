/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The screen of 'xn top' is drawn by a program of its own, xn-top, which this one becomes: loading
 * ncurses takes a quarter of the time in which any other command is ready.
 */
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "commands/top_screen.h"

#define SCREEN_PROGRAM "xn-top"

/* The folder of this program, where a build tree has the other one, too; NULL when unknown. */
static char *own_folder(void)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    char *slash;

    if (length <= 0)
        return NULL;
    path[length] = '\0';
    slash = strrchr(path, '/');
    return slash ? xstrndup(path, (size_t)(slash - path)) : NULL;
}

static void add_words(const struct env *env, const struct top_options *options,
                      struct string_list *words)
{
    string_list_add(words, env->program);
    for (int i = 0; i < env->verbose; i++)
        string_list_add(words, "-v");
    string_list_add(words, "top");
    string_list_take(words, xasprintf("--delay=%llums", (unsigned long long)options->delay_ms));
    string_list_take(words,
                     xasprintf("--iterations=%llu", (unsigned long long)options->iterations));
    string_list_take(words, xasprintf("--order=%s", top_order_words[options->view.order]));
    string_list_add(words, "--");
    for (size_t i = 0; options->view.domains && i < options->view.domains->count; i++)
        string_list_add(words, options->view.domains->items[i]);
}

int top_screen_run(struct env *env, const struct top_options *options, struct error **error)
{
    auto_free char *folder = own_folder();
    auto_free char *beside = xasprintf("%s/" SCREEN_PROGRAM, folder ? folder : ".");
    auto_string_list words = STRING_LIST_INIT;
    auto_free char **arguments = NULL;

    add_words(env, options, &words);
    arguments = xcalloc(words.count + 1, sizeof(*arguments));
    memcpy(arguments, words.items, words.count * sizeof(*arguments));
    if (folder)
        (void)execv(beside, arguments);
    (void)execv(PKGLIBEXECDIR "/" SCREEN_PROGRAM, arguments);
    error_set_errno(error, ERR_NOT_SUPPORTED, "cannot start '%s'",
                    PKGLIBEXECDIR "/" SCREEN_PROGRAM);
    return error_hint(error, "'xn top --batch' does without a screen");
}
