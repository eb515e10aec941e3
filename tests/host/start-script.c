/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Becomes a program as a child of libxl's does in xn (src/xen/fast_hotplug.h): start-script PROGRAM
 * [WORD...]. Without words it prints where xn looks for xn-hotplug. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 2)
        return puts(PKGLIBEXECDIR) < 0;
    (void)execvp(argv[1], argv + 1);
    fprintf(stderr, "start-script: cannot start '%s': %s\n", argv[1], strerror(errno));
    return 1;
}
