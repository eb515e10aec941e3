/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Runs a command several times and prints what it cost, in one line:
 *
 *   measure [-n RUNS] [-t SECONDS] [-m MIB] COMMAND [ARGUMENT]...
 *
 * At most RUNS runs (21), and none begins after SECONDS (10). A run is ended after as many seconds
 * of CPU time, or denied memory above MIB (4096) of address space. The line: the median, least and
 * most CPU time of a run in ms (user and system), the most memory resident in a run in MiB, the
 * runs, and how the last one ended. Its own status is 0 whatever the command does.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS_MAX 10000

struct settings {
    long runs;
    long seconds;
    long mib;
    char **command;
};

struct results {
    double cpu_ms[RUNS_MAX];
    int count;
    long peak_kib;
    int status; /* of the last run, as wait tells it */
};

static long positive(const char *text, long max)
{
    char *end;
    long number = strtol(text, &end, 10);

    if (end == text || *end || number < 1 || number > max) {
        fprintf(stderr, "measure: '%s' is no number from 1 to %ld\n", text, max);
        exit(2);
    }
    return number;
}

static void read_settings(int argc, char **argv, struct settings *ret)
{
    int option;

    *ret = (struct settings){ .runs = 21, .seconds = 10, .mib = 4096 };
    while ((option = getopt(argc, argv, "+n:t:m:")) != -1) {
        if (option == 'n')
            ret->runs = positive(optarg, RUNS_MAX);
        else if (option == 't')
            ret->seconds = positive(optarg, 3600);
        else if (option == 'm')
            ret->mib = positive(optarg, 1L << 20);
        else
            exit(2);
    }
    ret->command = argv + optind;
    if (!*ret->command) {
        fprintf(stderr, "usage: measure [-n RUNS] [-t SECONDS] [-m MIB] COMMAND...\n");
        exit(2);
    }
}

/* In the child: what the command says is not wanted, and a crash leaves no core. */
static _Noreturn void execute(const struct settings *settings)
{
    const rlim_t seconds = (rlim_t)settings->seconds, bytes = (rlim_t)settings->mib << 20;
    const struct rlimit cpu = { seconds, seconds + 1 }, memory = { bytes, bytes }, core = { 0, 0 };
    int null = open("/dev/null", O_RDWR);

    if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 ||
        setrlimit(RLIMIT_CPU, &cpu) < 0 || setrlimit(RLIMIT_AS, &memory) < 0 ||
        setrlimit(RLIMIT_CORE, &core) < 0)
        _exit(126);
    execvp(settings->command[0], settings->command);
    _exit(127);
}

static double milliseconds(const struct timeval *time)
{
    return (double)time->tv_sec * 1000 + (double)time->tv_usec / 1000;
}

static void run_once(const struct settings *settings, struct results *results)
{
    struct rusage usage;
    pid_t child = fork();

    if (child == 0)
        execute(settings);
    while (child > 0 && wait4(child, &results->status, 0, &usage) < 0)
        if (errno != EINTR)
            child = -1;
    if (child < 0) {
        perror("measure");
        exit(1);
    }
    results->cpu_ms[results->count++] =
        milliseconds(&usage.ru_utime) + milliseconds(&usage.ru_stime);
    if (usage.ru_maxrss > results->peak_kib)
        results->peak_kib = usage.ru_maxrss;
}

static int by_size(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;

    return (a > b) - (a < b);
}

static void print_results(struct results *results)
{
    qsort(results->cpu_ms, (size_t)results->count, sizeof(results->cpu_ms[0]), by_size);
    printf("%.2f %.2f %.2f %.1f %d ", results->cpu_ms[results->count / 2], results->cpu_ms[0],
           results->cpu_ms[results->count - 1], (double)results->peak_kib / 1024, results->count);
    if (WIFSIGNALED(results->status))
        printf("SIG%s\n", sigabbrev_np(WTERMSIG(results->status)));
    else
        printf("%d\n", WEXITSTATUS(results->status));
}

int main(int argc, char **argv)
{
    static struct results results;
    struct settings settings;
    time_t start = time(NULL);

    read_settings(argc, argv, &settings);
    do
        run_once(&settings, &results);
    while (results.count < settings.runs && time(NULL) - start < settings.seconds);
    print_results(&results);
    return 0;
}
