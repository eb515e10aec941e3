/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions to xenstore side by side, in its own protocol (xen/io/xs_wire.h); see store_many.h. */
#include "xen/store_many.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <xen/io/xs_wire.h>
#include <xenstore_lib.h>

#include "base/mem.h"
#include "xen/store.h"

/* So many questions may be without an answer: a xenstored stops reading when many replies wait. */
#define WINDOW 256
/* As long as libxl waits for its own. A xenstored that is stopped must not hold a list for ever. */
#define SILENCE_MS 30000

void store_questions_release(struct store_questions *questions)
{
    for (size_t i = 0; i < questions->count; i++) {
        free(questions->items[i].path);
        free(questions->items[i].value);
        string_list_release(&questions->items[i].names);
    }
    free(questions->items);
    *questions = (struct store_questions)STORE_QUESTIONS_INIT;
}

static size_t add(struct store_questions *questions, char *path, bool directory)
{
    questions->items =
        xreallocarray(questions->items, questions->count + 1, sizeof(*questions->items));
    questions->items[questions->count] =
        (struct store_question){ .path = path, .directory = directory };
    return questions->count++;
}

size_t store_question_value(struct store_questions *questions, const char *format, ...)
{
    va_list args;
    char *path;

    va_start(args, format);
    path = xvasprintf(format, args);
    va_end(args);
    return add(questions, path, false);
}

size_t store_question_names(struct store_questions *questions, const char *format, ...)
{
    va_list args;
    char *path;

    va_start(args, format);
    path = xvasprintf(format, args);
    va_end(args);
    return add(questions, path, true);
}

struct dialogue {
    struct store_questions *questions;
    int fd;
    struct str out;
    size_t written; /* bytes of out */
    size_t asked, answered;
    char in[sizeof(struct xsd_sockmsg) + XENSTORE_PAYLOAD_MAX];
    size_t got; /* bytes of in */
};

static void fill_out(struct dialogue *dialogue)
{
    const struct store_questions *questions = dialogue->questions;

    if (dialogue->written == dialogue->out.length) {
        str_clear(&dialogue->out);
        dialogue->written = 0;
    }
    for (; dialogue->asked < questions->count && dialogue->asked - dialogue->answered < WINDOW;
         dialogue->asked++) {
        const struct store_question *question = &questions->items[dialogue->asked];
        struct xsd_sockmsg header = {
            .type = question->directory ? XS_DIRECTORY : XS_READ,
            .req_id = (uint32_t)dialogue->asked,
            .len = (uint32_t)strlen(question->path) + 1,
        };

        str_add_bytes(&dialogue->out, &header, sizeof(header));
        str_add_bytes(&dialogue->out, question->path, header.len);
    }
}

static int write_out(struct dialogue *dialogue)
{
    size_t left = dialogue->out.length - dialogue->written;
    ssize_t sent = left ? send(dialogue->fd, dialogue->out.text + dialogue->written, left,
                               MSG_DONTWAIT | MSG_NOSIGNAL)
                        : 0;

    if (sent < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    dialogue->written += (size_t)sent;
    return 0;
}

static void take_names(struct store_question *question, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at += strnlen(bytes + at, length - at) + 1)
        string_list_take(&question->names, xstrndup(bytes + at, length - at));
}

static bool is_final(const char *payload, size_t length)
{
    static const char *const errors[] = { "ENOENT", "EACCES", "EINVAL" };

    for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
        if (length == strlen(errors[i]) + 1 && memcmp(payload, errors[i], length) == 0)
            return true;
    return false;
}

/* An answer that is too long for one message, or trouble of xenstored: it stays open and is asked
 * for in the plain way, which tells what the trouble is. */
static bool take_answer(struct dialogue *dialogue, const struct xsd_sockmsg *header,
                        const char *payload)
{
    struct store_question *question;

    if (header->req_id >= dialogue->asked)
        return false;
    question = &dialogue->questions->items[header->req_id];
    if (question->answered)
        return false;
    dialogue->answered++;
    question->answered = true;
    if (header->type == XS_ERROR) {
        question->answered = is_final(payload, header->len);
    } else if (question->directory) {
        take_names(question, payload, header->len);
    } else {
        question->value = xmalloc(header->len + 1);
        memcpy(question->value, payload, header->len);
        question->value[header->len] = '\0';
        question->length = header->len;
    }
    return true;
}

/* Takes the whole messages out of the buffer. */
static int take_answers(struct dialogue *dialogue)
{
    size_t at = 0;

    for (;;) {
        struct xsd_sockmsg header;
        size_t left = dialogue->got - at;

        if (left < sizeof(header))
            break;
        memcpy(&header, dialogue->in + at, sizeof(header));
        if (header.len > XENSTORE_PAYLOAD_MAX) {
            errno = EPROTO;
            return -1;
        }
        if (left < sizeof(header) + header.len)
            break;
        if (!take_answer(dialogue, &header, dialogue->in + at + sizeof(header))) {
            errno = EPROTO;
            return -1;
        }
        at += sizeof(header) + header.len;
    }
    memmove(dialogue->in, dialogue->in + at, dialogue->got - at);
    dialogue->got -= at;
    return 0;
}

static int read_in(struct dialogue *dialogue)
{
    ssize_t got = recv(dialogue->fd, dialogue->in + dialogue->got,
                       sizeof(dialogue->in) - dialogue->got, MSG_DONTWAIT);

    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    if (got == 0) {
        errno = ECONNRESET;
        return -1;
    }
    dialogue->got += (size_t)got;
    return take_answers(dialogue);
}

static int talk(struct dialogue *dialogue)
{
    while (dialogue->answered < dialogue->questions->count) {
        struct pollfd poller = { .fd = dialogue->fd, .events = POLLIN };
        int ready;

        fill_out(dialogue);
        if (write_out(dialogue) < 0)
            return -1;
        if (dialogue->written < dialogue->out.length)
            poller.events |= POLLOUT;
        ready = poll(&poller, 1, SILENCE_MS);
        if (ready == 0)
            errno = ETIMEDOUT;
        if (ready == 0 || (ready < 0 && errno != EINTR))
            return -1;
        if (ready > 0 && (poller.revents & ~POLLOUT) && read_in(dialogue) < 0)
            return -1;
    }
    return 0;
}

/* -1 without an error where xenstored has no socket here: it may be a domain of its own. */
static int connect_socket(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const char *path = xs_daemon_socket();
    int fd;

    if (!path || strlen(path) >= sizeof(address.sun_path))
        return -1;
    strcpy(address.sun_path, path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
        close_fd(&fd);
    return fd;
}

static int ask_one(struct xs_handle *store, struct store_question *question, struct error **error)
{
    unsigned count = 0;
    auto_free char **names = NULL;

    question->answered = true;
    errno = 0;
    if (question->directory) {
        names = xs_directory(store, XBT_NULL, question->path, &count);
        for (unsigned i = 0; names && i < count; i++)
            string_list_add(&question->names, names[i]);
    } else {
        question->value = xs_read(store, XBT_NULL, question->path, &count);
        question->length = question->value ? count : 0;
    }
    if (!names && !question->value && errno != ENOENT && errno != EACCES && errno != EINVAL)
        return error_set_errno(error, ERR_XENSTORE, "cannot read '%s' in xenstore", question->path);
    return 0;
}

/* One by one: where there is no socket, and for what did not fit into a message. */
static int ask_rest(struct xen_host *host, struct store_questions *questions, struct error **error)
{
    struct xs_handle *store;

    for (size_t i = 0; i < questions->count; i++)
        if (!questions->items[i].answered &&
            (xen_store(host, &store, error) < 0 || ask_one(store, &questions->items[i], error) < 0))
            return -1;
    return 0;
}

int store_ask(struct xen_host *host, struct store_questions *questions, struct error **error)
{
    struct dialogue dialogue = { .questions = questions, .fd = -1 };
    int result = 0;

    if (questions->count)
        dialogue.fd = connect_socket();
    if (dialogue.fd >= 0 && talk(&dialogue) < 0)
        result = error_set_errno(error, ERR_XENSTORE, "xenstore does not answer");
    close_fd(&dialogue.fd);
    str_release(&dialogue.out);
    return result < 0 ? -1 : ask_rest(host, questions, error);
}

const char *store_value(const struct store_questions *questions, size_t index)
{
    return questions->items[index].value;
}

int store_number(const struct store_questions *questions, size_t index)
{
    const char *value = store_value(questions, index);

    return value ? (int)strtoul(value, NULL, 10) : -1;
}

char *store_text(const struct store_questions *questions, size_t index)
{
    const char *value = store_value(questions, index);

    return value && *value ? xstrdup(value) : NULL;
}

int xen_store_read_many(struct xen_host *host, const char *const *paths, size_t count,
                        char **ret_texts, struct error **error)
{
    auto_store_questions questions = STORE_QUESTIONS_INIT;

    for (size_t i = 0; i < count; i++)
        store_question_value(&questions, "%s", paths[i]);
    if (store_ask(host, &questions, error) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        ret_texts[i] = TAKE(questions.items[i].value);
    return 0;
}
