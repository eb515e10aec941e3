/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Runs a command in domain 0 and counts, exactly, what it did; prints one JSON object:
 *
 *   count [-c] [-n RUNS] [-o FILE] COMMAND [ARGUMENT]...
 *
 * The least and the median time of RUNS runs (1), by the clock of the machine, and the most memory
 * resident in one of its processes. With -c there is one more run, before the others, in which the
 * kernel counts for every process that the command starts: system calls, hypercalls, messages to
 * xenstore that it waits for, forks and programs. Counting costs time, so the runs are apart; with
 * -c and -n 0 nothing is timed. FILE gets what the first run wrote to stdout.
 *
 * A time is in ms of the machine's clock: in the lane that counts instructions 1 ms is a million
 * instructions of the whole machine. The events are tracefs's (Linux Documentation/trace/
 * histogram.rst). libxenstore sends a message as a header of 16 bytes, which begins with a small
 * number, and then its body, or both by sendmsg; xn sends many by one send. So each of these is one
 * wait for xenstore.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRACING "/sys/kernel/tracing/events/"
#define PROBES  "/sys/kernel/tracing/kprobe_events"
/* Tells a header from a body of the same length, which depends on domids. */
#define WRITE_PROBE       "p:xn_bench/write ksys_write type=+u0(%si):u32 count=%dx:u64"
#define RUNS_MAX          1000
#define PROCESSES_MAX     4096
#define PRIVCMD_HYPERCALL "0x305000" /* IOCTL_PRIVCMD_HYPERCALL of xen/privcmd.h */

enum counter { SYSCALLS, HYPERCALLS, HEADERS, SENDS, MESSAGES, FORKS, EXECS, COUNTERS };

static const struct {
    const char *event, *keys, *filter;
} sources[COUNTERS] = {
    [SYSCALLS] = { "raw_syscalls/sys_enter", "common_pid", "" },
    [HYPERCALLS] = { "syscalls/sys_enter_ioctl", "common_pid", " if cmd==" PRIVCMD_HYPERCALL },
    [HEADERS] = { "xn_bench/write", "common_pid", " if count==16&&type<64" },
    [SENDS] = { "syscalls/sys_enter_sendto", "common_pid", "" },
    [MESSAGES] = { "syscalls/sys_enter_sendmsg", "common_pid", "" },
    [FORKS] = { "sched/sched_process_fork", "parent_pid,child_pid", "" },
    [EXECS] = { "sched/sched_process_exec", "pid", "" },
};

struct tree {
    pid_t pids[PROCESSES_MAX];
    int count;
};

struct run {
    double ms;
    struct rusage usage;
    int status; /* as wait tells it */
    pid_t pid;
};

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "count: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void add_probe(void)
{
    int fd;

    if (access(TRACING "xn_bench/write", F_OK) == 0)
        return;
    fd = open(PROBES, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0 || write(fd, WRITE_PROBE, strlen(WRITE_PROBE)) < 0)
        fail(PROBES);
    close(fd);
}

static void set_trigger(enum counter counter, const char *suffix)
{
    char path[128], text[160];
    int fd, length = snprintf(text, sizeof(text), "hist:keys=%s:size=4096%s%s",
                              sources[counter].keys, suffix, sources[counter].filter);

    snprintf(path, sizeof(path), TRACING "%s/trigger", sources[counter].event);
    fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0 || write(fd, text, (size_t)length) != length)
        fail(path);
    close(fd);
}

/* What an earlier call that was killed has left would be counted twice. */
static void remove_trigger(enum counter counter)
{
    char path[128], text[160];
    int fd, length = snprintf(text, sizeof(text), "!hist:keys=%s:size=4096%s",
                              sources[counter].keys, sources[counter].filter);

    snprintf(path, sizeof(path), TRACING "%s/trigger", sources[counter].event);
    fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0)
        fail(path);
    (void)!write(fd, text, (size_t)length); /* fails when there is none */
    close(fd);
}

/* Calls back for each line of a histogram: "{ common_pid: 12 } hitcount: 34". */
static void each_line(enum counter counter,
                      void (*take)(void *context, long first, long second, long hits),
                      void *context)
{
    char path[128], line[512];
    FILE *file;

    snprintf(path, sizeof(path), TRACING "%s/hist", sources[counter].event);
    file = fopen(path, "re");
    if (!file)
        fail(path);
    while (fgets(line, sizeof(line), file)) {
        const char *hits = strstr(line, "hitcount:"), *one = strchr(line, ':');
        const char *other = one ? strchr(one + 1, ':') : NULL;

        if (line[0] != '{' || !hits || !one)
            continue;
        take(context, strtol(one + 1, NULL, 10),
             other && other < hits ? strtol(other + 1, NULL, 10) : 0, strtol(hits + 9, NULL, 10));
    }
    fclose(file);
}

static bool is_in(const struct tree *tree, long pid)
{
    for (int i = 0; i < tree->count; i++)
        if (tree->pids[i] == pid)
            return true;
    return false;
}

static void take_child(void *context, long parent, long child, long hits)
{
    struct tree *tree = context;

    (void)hits;
    if (tree->count < PROCESSES_MAX && is_in(tree, parent) && !is_in(tree, child))
        tree->pids[tree->count++] = (pid_t)child;
}

/* The histogram is in no order: repeated until nobody is new. */
static void find_tree(struct tree *tree, pid_t root)
{
    int before;

    tree->pids[0] = root;
    tree->count = 1;
    do {
        before = tree->count;
        each_line(FORKS, take_child, tree);
    } while (tree->count != before);
}

struct sum {
    const struct tree *tree;
    long hits;
};

static void take_hits(void *context, long pid, long second, long hits)
{
    struct sum *sum = context;

    (void)second;
    if (is_in(sum->tree, pid))
        sum->hits += hits;
}

/* stdout goes to fd; what the command says on stderr is seen. */
static struct run run_once(char **command, int output)
{
    struct timespec start, end;
    struct run run = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &start);
    run.pid = vfork(); /* a fork would cost as much as a small command */
    if (run.pid < 0)
        fail("fork");
    if (run.pid == 0) {
        dup2(output, 1);
        execvp(command[0], command);
        _exit(127);
    }
    while (wait4(run.pid, &run.status, 0, &run.usage) < 0)
        if (errno != EINTR)
            fail("wait");
    clock_gettime(CLOCK_MONOTONIC, &end);
    run.ms =
        (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
    return run;
}

static struct run count_once(char **command, int output)
{
    static struct tree tree;
    long counts[COUNTERS];
    struct run run;

    add_probe();
    for (int i = 0; i < COUNTERS; i++) {
        remove_trigger((enum counter)i);
        set_trigger((enum counter)i, "");
    }
    run = run_once(command, output);
    for (int i = 0; i < COUNTERS; i++)
        set_trigger((enum counter)i, ":pause");
    find_tree(&tree, run.pid);
    for (int i = 0; i < COUNTERS; i++) {
        struct sum sum = { .tree = &tree };

        each_line((enum counter)i, take_hits, &sum);
        counts[i] = sum.hits;
        remove_trigger((enum counter)i);
    }
    printf("\"system_calls\":%ld,\"hypercalls\":%ld,\"xenstore_waits\":%ld,\"forks\":%ld,"
           "\"programs\":%ld,\"switches\":%ld,",
           counts[SYSCALLS], counts[HYPERCALLS], counts[HEADERS] + counts[SENDS] + counts[MESSAGES],
           counts[FORKS], counts[EXECS], run.usage.ru_nvcsw);
    return run;
}

static int by_size(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;

    return (a > b) - (a < b);
}

static int open_null(void)
{
    int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (fd < 0)
        fail("/dev/null");
    return fd;
}

static void time_runs(char **command, int output, long runs, struct run *ret_last)
{
    static double times[RUNS_MAX];

    for (long i = 0; i < runs; i++) {
        *ret_last = run_once(command, i ? open_null() : output);
        times[i] = ret_last->ms;
    }
    qsort(times, (size_t)runs, sizeof(times[0]), by_size);
    printf("\"ms\":%.3f,\"least_ms\":%.3f,\"runs\":%ld,", times[runs / 2], times[0], runs);
}

int main(int argc, char **argv)
{
    const char *path = "/dev/null";
    struct run run = { .status = -1 };
    bool counting = false;
    long runs = 1;
    int option, output;

    while ((option = getopt(argc, argv, "+cn:o:")) != -1) {
        if (option == 'c')
            counting = true;
        else if (option == 'n')
            runs = strtol(optarg, NULL, 10);
        else if (option == 'o')
            path = optarg;
        else
            exit(2);
    }
    if (optind == argc || runs < 0 || runs > RUNS_MAX || (!counting && runs == 0)) {
        fprintf(stderr, "usage: count [-c] [-n RUNS] [-o FILE] COMMAND...\n");
        exit(2);
    }
    output = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (output < 0)
        fail(path);
    printf("{");
    if (counting) {
        run = count_once(argv + optind, output);
        output = open_null();
    }
    if (runs)
        time_runs(argv + optind, output, runs, &run);
    printf("\"page_faults\":%ld,\"peak_kib\":%ld,\"status\":%d}\n",
           run.usage.ru_minflt + run.usage.ru_majflt, run.usage.ru_maxrss,
           WIFSIGNALED(run.status) ? 128 + WTERMSIG(run.status) : WEXITSTATUS(run.status));
    return 0;
}
