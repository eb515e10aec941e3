/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the files are that real people wrote: for tests of a whole property. */
#ifndef XN_TESTS_CONFIG_CORPUS_H
#define XN_TESTS_CONFIG_CORPUS_H

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/str.h"

/* The source's top folder as make check says it; "." when the test is started in it by hand. */
static inline const char *corpus_source(void)
{
    const char *folder = getenv("srcdir");

    return folder ? folder : ".";
}

/* Adds the files under the folder whose names end so, in order. */
static inline void corpus_add(const char *folder, const char *end, struct string_list *files)
{
    DIR *dir = opendir(folder);

    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        auto_free char *path = xasprintf("%s/%s", folder, entry->d_name);
        struct stat status;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            stat(path, &status) < 0)
            continue;
        if (S_ISDIR(status.st_mode))
            corpus_add(path, end, files);
        else if (S_ISREG(status.st_mode) && ends_with(path, end))
            string_list_add(files, path);
    }
    if (dir)
        closedir(dir);
    string_list_sort(files);
}

static inline void corpus_examples(struct string_list *files)
{
    auto_free char *folder = xasprintf("%s/examples", corpus_source());

    corpus_add(folder, ".cfg", files);
}

/* The files of $XN_CORPUS or of ../shared beside the source, as in the script 'corpus'; false:
 * there are none. */
static inline bool corpus_files(struct string_list *files)
{
    const char *named = getenv("XN_CORPUS");
    auto_free char *folder =
        named ? xasprintf("%s/corpus", named) : xasprintf("%s/../shared/corpus", corpus_source());

    corpus_add(folder, "", files);
    return files->count > 0;
}

#endif
