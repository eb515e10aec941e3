/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the jobs share; see job.h. */
#include "hotplug/job.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/mem.h"

bool job_read(const struct job *job, char **ret_value, const char *format, ...)
{
    auto_free char *path = NULL;
    unsigned length;
    va_list args;

    va_start(args, format);
    path = xvasprintf(format, args);
    va_end(args);
    *ret_value = xs_read(job->store, XBT_NULL, path, &length);
    return *ret_value || errno == ENOENT;
}

bool job_write(const struct job *job, const char *value, const char *format, ...)
{
    auto_free char *path = NULL;
    va_list args;

    va_start(args, format);
    path = xvasprintf(format, args);
    va_end(args);
    return xs_write(job->store, XBT_NULL, path, value, (unsigned)strlen(value));
}

enum verdict job_broken(const struct job *job, const char *sentence)
{
    (void)job_write(job, sentence, "%s/hotplug-error", job->path);
    (void)job_write(job, "error", "%s/hotplug-status", job->path);
    syslog(LOG_ERR, "%s: %s", job->script, sentence);
    return JOB_BROKEN;
}
