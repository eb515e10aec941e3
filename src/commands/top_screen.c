/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Drawing and keys of 'xn top'; see top_screen.h. The only file that knows ncurses. */
#include "commands/top_screen.h"

#include <curses.h>
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/sample.h"

#define DELAY_MIN_MS 500
#define DELAY_MAX_MS 60000
#define FILTER_MAX   40

/* Lines above and below the list. */
#define HEAD_LINES 3
#define FOOT_LINES 1

#define KEY_ESCAPE 27

struct screen {
    const struct top_options *options;
    struct top_view view;
    char filter[FILTER_MAX + 1];
    bool typing, help, vcpus, devices, quit;
    uint64_t delay_ms;
    size_t scrolled, lines; /* the first line that is shown, and how many there are */
    struct xen_sampler *sampler;
    struct sample now, before;
    size_t taken;
};

static void put(int row, const char *text, attr_t attributes)
{
    auto_str line = STR_INIT;

    if (row < 0 || row >= LINES)
        return;
    top_fit(text, (size_t)COLS, &line);
    attrset(attributes);
    mvaddstr(row, 0, str_text(&line));
    attrset(A_NORMAL);
}

static void draw_head(const struct screen *screen, const struct usage *rows, size_t shown)
{
    auto_str host = STR_INIT, list = STR_INIT, titles = STR_INIT;
    auto_free char *delay = human_ms(screen->delay_ms);

    usage_host_line(&screen->now, rows, &host);
    put(0, str_text(&host), A_BOLD);
    str_addf(&list, "%zu shown, by %s%s, every %s", shown, top_order_name(screen->view.order),
             screen->view.reverse ? " reversed" : "", delay);
    if (screen->filter[0] && !screen->typing) {
        str_add(&list, ", name has ");
        str_add_printable(&list, screen->filter, strlen(screen->filter));
    }
    put(1, str_text(&list), A_NORMAL);
    top_titles((size_t)COLS, &titles);
    put(2, str_text(&titles), A_REVERSE);
}

static void draw_foot(const struct screen *screen)
{
    auto_str line = STR_INIT;

    if (screen->typing) {
        str_add(&line, "Part of the name (Enter: done, Esc: all): ");
        str_add_printable(&line, screen->filter, strlen(screen->filter));
        str_add_char(&line, '_');
    } else {
        str_add(&line, "q quit  c CPU  m mem  n net  d disk  a name  i ID  r reverse  "
                       "/ filter  ? help");
    }
    put(LINES - 1, str_text(&line), A_REVERSE);
}

/* The lines of the list; which of them fit is decided when they are drawn. */
static void build_lines(const struct screen *screen, const struct usage *const *chosen,
                        size_t count, struct string_list *lines)
{
    for (size_t i = 0; i < count; i++) {
        auto_str line = STR_INIT;

        top_line(chosen[i], (size_t)COLS, &line);
        string_list_take(lines, str_detach(&line));
        if (screen->vcpus)
            top_vcpus(chosen[i], lines);
        if (screen->devices)
            top_devices(chosen[i], lines);
    }
}

static size_t page_lines(void)
{
    return LINES > HEAD_LINES + FOOT_LINES ? (size_t)(LINES - HEAD_LINES - FOOT_LINES) : 1;
}

static void draw_list(struct screen *screen, const struct string_list *lines)
{
    size_t page = page_lines();

    screen->lines = lines->count;
    if (screen->scrolled + page > lines->count)
        screen->scrolled = lines->count > page ? lines->count - page : 0;
    for (size_t i = 0; i < page && screen->scrolled + i < lines->count; i++)
        put(HEAD_LINES + (int)i, lines->items[screen->scrolled + i], A_NORMAL);
}

static void draw_help(void)
{
    static const char *const text[] = {
        "c m n d a i    sort by CPU, memory, network, disk, name or ID",
        "r              the other way round",
        "/              show only domains with a part of a name",
        "v              virtual CPUs of each domain, on or off",
        "e              networks and disks of each domain, on or off",
        "+ -            look more often, less often",
        "blank          look at once",
        "arrows, pages  scroll",
        "q              quit",
        "",
        "CPU% is of one CPU. IN and OUT are what the domain received and sent, READ and",
        "WRIT what it read from its disks and wrote to them, in bytes per second.",
    };

    for (size_t i = 0; i < ARRAY_SIZE(text); i++)
        put(HEAD_LINES + (int)i, text[i], A_NORMAL);
}

static void draw(struct screen *screen)
{
    auto_free struct usage *rows =
        usage_rows(&screen->now, screen->before.taken_ns ? &screen->before : NULL);
    auto_free const struct usage **chosen = xcalloc(screen->now.count, sizeof(*chosen));
    auto_string_list lines = STRING_LIST_INIT;
    size_t count;

    screen->view.filter = screen->filter;
    count = top_choose(&screen->view, rows, screen->now.count, chosen);
    erase();
    draw_head(screen, rows, count);
    build_lines(screen, chosen, count, &lines);
    if (screen->help)
        draw_help();
    else
        draw_list(screen, &lines);
    draw_foot(screen);
    refresh();
}

static int take(struct screen *screen, struct error **error)
{
    unsigned details = SAMPLE_DEVICES | (screen->vcpus ? SAMPLE_VCPUS : 0);
    struct sample sample = { 0 };

    if (xen_sampler_take(screen->sampler, details, &sample, error) < 0)
        return -1;
    sample_release(&screen->before);
    screen->before = screen->now;
    screen->now = sample;
    screen->taken++;
    return 0;
}

static void type(struct screen *screen, int key)
{
    size_t length = strlen(screen->filter);

    if (key == '\n' || key == '\r' || key == KEY_ENTER) {
        screen->typing = false;
    } else if (key == KEY_ESCAPE) {
        screen->typing = false;
        screen->filter[0] = '\0';
    } else if (key == KEY_BACKSPACE || key == '\b' || key == 0x7f) {
        screen->filter[length ? length - 1 : 0] = '\0';
    } else if (key > ' ' && key < 0x100 && length < FILTER_MAX) {
        screen->filter[length] = (char)key;
        screen->filter[length + 1] = '\0';
    }
}

static void scroll_by(struct screen *screen, int key)
{
    size_t page = page_lines();
    size_t step = key == KEY_UP || key == KEY_DOWN ? 1 : page;

    if (key == KEY_HOME)
        screen->scrolled = 0;
    else if (key == KEY_END)
        screen->scrolled = screen->lines;
    else if (key == KEY_DOWN || key == KEY_NPAGE)
        screen->scrolled += step;
    else
        screen->scrolled -= screen->scrolled < step ? screen->scrolled : step;
}

static bool sort_by(struct screen *screen, int key)
{
    static const char keys[] = { [TOP_BY_CPU] = 'c',  [TOP_BY_MEMORY] = 'm', [TOP_BY_NETWORK] = 'n',
                                 [TOP_BY_DISK] = 'd', [TOP_BY_NAME] = 'a',   [TOP_BY_DOMID] = 'i' };

    for (enum top_order order = TOP_BY_CPU; order < TOP_ORDERS; order++)
        if (keys[order] == key) {
            screen->view.order = order;
            return true;
        }
    return false;
}

/* True when a new sample is wanted at once. */
static bool press(struct screen *screen, int key)
{
    if (screen->typing) {
        type(screen, key);
        return false;
    }
    switch (key) {
    case 'q':
        screen->quit = true;
        return false;
    case 'r':
        screen->view.reverse = !screen->view.reverse;
        return false;
    case 'v':
        screen->vcpus = !screen->vcpus;
        return screen->vcpus;
    case 'e':
        screen->devices = !screen->devices;
        return false;
    case '/':
        screen->typing = true;
        return false;
    case '+':
        screen->delay_ms =
            screen->delay_ms / 2 < DELAY_MIN_MS ? DELAY_MIN_MS : screen->delay_ms / 2;
        return false;
    case '-':
        screen->delay_ms =
            screen->delay_ms * 2 > DELAY_MAX_MS ? DELAY_MAX_MS : screen->delay_ms * 2;
        return false;
    case '?':
    case 'h':
        screen->help = !screen->help;
        return false;
    case ' ':
        return true;
    default:
        if (!sort_by(screen, key))
            scroll_by(screen, key);
        return false;
    }
}

/* Keys that scroll are the only ones left to it. */
static bool is_scroll_key(int key)
{
    return key == KEY_UP || key == KEY_DOWN || key == KEY_PPAGE || key == KEY_NPAGE ||
           key == KEY_HOME || key == KEY_END;
}

/* Handles all keys that are there; true when a new sample is wanted at once. */
static bool take_keys(struct screen *screen)
{
    bool wanted = false;
    int key;

    while ((key = getch()) != ERR) {
        if (key == KEY_RESIZE)
            clear();
        else if (screen->typing || key < KEY_MIN || is_scroll_key(key))
            wanted = press(screen, key) || wanted;
    }
    return wanted;
}

/* Keys and the size of the terminal are answered at once, until the next sample is due. */
static bool wait_for_next(struct screen *screen, uint64_t due_ms)
{
    struct pollfd fds[] = { { .fd = STDIN_FILENO, .events = POLLIN },
                            { .fd = interrupt_fd(), .events = POLLIN } };

    while (!screen->quit && !interrupt_signal()) {
        int left_ms = deadline_poll_ms(due_ms);

        if (left_ms == 0)
            return true;
        if (poll(fds, ARRAY_SIZE(fds), left_ms) < 0 && errno != EINTR)
            return false;
        if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
            return false; /* the terminal is gone */
        if (take_keys(screen))
            return true;
        draw(screen);
    }
    return false;
}

static int run(struct screen *screen, struct error **error)
{
    for (;;) {
        if (take(screen, error) < 0)
            return -1;
        draw(screen);
        if (screen->options->iterations && screen->taken >= screen->options->iterations)
            return 0;
        if (!wait_for_next(screen, clock_ms() + screen->delay_ms))
            return 0;
    }
}

/* A printing terminal, or TERM=dumb: the cursor cannot be put anywhere. */
static bool can_draw(void)
{
    const char *move = tigetstr("cup");

    return move && move != (const char *)-1;
}

static int open_terminal(struct env *env, SCREEN **ret_terminal, struct error **error)
{
    const char *name = getenv("TERM");

    if (!isatty(fileno(env->out)) || !isatty(STDIN_FILENO)) {
        error_set(error, ERR_NOT_SUPPORTED, "this is no terminal to draw on");
        return error_hint(error, "'xn top --batch' prints lines, and with --json objects");
    }
    setlocale(LC_CTYPE, "");
    *ret_terminal = newterm(NULL, env->out, stdin);
    if (*ret_terminal && !can_draw()) {
        (void)endwin();
        delscreen(*ret_terminal);
        *ret_terminal = NULL;
    }
    if (!*ret_terminal) {
        error_set(error, ERR_NOT_SUPPORTED, "the terminal '%s' is not known, or cannot be drawn on",
                  name ? name : "");
        return error_hint(error, "set TERM to what it resembles, such as xterm or vt100");
    }
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(50);
    (void)curs_set(0);
    return 0;
}

int top_screen_run(struct env *env, const struct top_options *options, struct error **error)
{
    struct screen screen = { .options = options,
                             .view = options->view,
                             .delay_ms = options->delay_ms };
    auto_xen_host *host = NULL;
    SCREEN *terminal = NULL;
    int result;

    /* Before ncurses, which leaves alone what is caught already. */
    if (common_open_host(env, &host, error) < 0 || interrupt_catch(error) < 0)
        return -1;
    result = open_terminal(env, &terminal, error);
    if (result == 0) {
        screen.sampler = xen_sampler_new(host, true);
        result = run(&screen, error);
        (void)endwin();
        delscreen(terminal);
        xen_sampler_free(screen.sampler);
    }
    interrupt_release();
    sample_release(&screen.now);
    sample_release(&screen.before);
    return result;
}
