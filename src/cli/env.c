/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Releasing what the parser put into the environment of a command; see env.h. */
#include "cli/env.h"

void env_release(struct env *env)
{
    string_list_release(&env->output.columns);
    string_list_release(&env->output.sort);
    string_list_release(&env->output.filters);
    env->output = (struct output_options){ .format = FORMAT_DEFAULT };
}
