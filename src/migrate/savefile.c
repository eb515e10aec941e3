/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing and reading the head of a saved guest; see savefile.h. */
#include "migrate/savefile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define MAGIC_SIZE 32
/* The end of it notices a transfer that changes line ends or cuts at a NUL. */
static const char magic[MAGIC_SIZE] = "Xen saved domain, xl format\n \0 \r";

#define BYTE_ORDER_MARK    UINT32_C(0x01020304)
#define BYTE_ORDER_SWAPPED UINT32_C(0x04030201)
#define XL_FLAGS           (SAVEFILE_CONFIG_JSON | SAVEFILE_STREAM_V2)
#define KNOWN_FLAGS        (XL_FLAGS | SAVEFILE_COMPRESSED)

struct fixed_header {
    char magic[MAGIC_SIZE];
    uint32_t byte_order;
    uint32_t mandatory_flags;
    uint32_t optional_flags;
    uint32_t optional_length;
};
_Static_assert(sizeof(struct fixed_header) == 48, "the header has 48 bytes");

/* xl counts the NUL. */
static uint32_t stored_length(const char *config_json)
{
    return (uint32_t)strlen(config_json) + 1;
}

uint32_t savefile_optional_length(const char *config_json)
{
    return (uint32_t)sizeof(uint32_t) + stored_length(config_json);
}

int savefile_write(int fd, const char *name, const char *config_json, uint32_t flags,
                   struct error **error)
{
    uint32_t config_length = stored_length(config_json);
    struct fixed_header header = {
        .byte_order = BYTE_ORDER_MARK,
        .mandatory_flags = XL_FLAGS | flags,
        .optional_length = savefile_optional_length(config_json),
    };

    memcpy(header.magic, magic, MAGIC_SIZE);
    if (file_write(fd, name, &header, sizeof(header), error) < 0 ||
        file_write(fd, name, &config_length, sizeof(config_length), error) < 0)
        return -1;
    return file_write(fd, name, config_json, config_length, error);
}

static int hint_at_copying(struct error **error)
{
    return error_hint(error, "was it copied whole, and was the save that made it finished?");
}

static int cut_off(const char *name, struct error **error)
{
    error_set(error, ERR_FILE, "'%s' is cut off: it ends inside its header", name);
    return hint_at_copying(error);
}

int savefile_cut_off(const char *name, long long end, struct error **error)
{
    error_set(error, ERR_FILE, "'%s' is cut off: more should follow behind byte %lld", name, end);
    return hint_at_copying(error);
}

int savefile_read_at(int fd, const char *name, off_t *at, off_t end, void *bytes, size_t length,
                     struct error **error)
{
    ssize_t got;

    if (end - *at < (off_t)length)
        return savefile_cut_off(name, (long long)end, error);
    do
        got = pread(fd, bytes, length, *at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return error_set_errno(error, ERR_FILE, "cannot read '%s'", name);
    if ((size_t)got != length)
        return savefile_cut_off(name, (long long)*at + got, error);
    *at += got;
    return 0;
}

/* 0: nothing is left to read; 1: all was read. */
static int read_all(int fd, const char *name, void *bytes, size_t length, struct error **error)
{
    const size_t wanted = length;
    char *at = bytes;

    while (length) {
        ssize_t got = read(fd, at, length);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(error, ERR_FILE, "cannot read '%s'", name);
        if (got == 0)
            return length == wanted ? 0 : cut_off(name, error);
        at += got;
        length -= (size_t)got;
    }
    return 1;
}

static int check_header(const struct fixed_header *header, const char *name, struct error **error)
{
    if (memcmp(header->magic, magic, MAGIC_SIZE) != 0) {
        /* The first words are there: a transfer has changed the bytes behind them. */
        if (memcmp(header->magic, magic, strlen("Xen saved domain")) == 0)
            return error_set(error, ERR_FILE, "'%s' was damaged on its way: its mark is changed",
                             name);
        return error_set(error, ERR_FILE, "'%s' is no saved guest", name);
    }
    if (header->byte_order == BYTE_ORDER_SWAPPED)
        return error_set(error, ERR_FILE, "'%s' is of a machine with the other byte order", name);
    if (header->byte_order != BYTE_ORDER_MARK)
        return error_set(error, ERR_FILE, "the header of '%s' is damaged", name);
    if (header->mandatory_flags & ~KNOWN_FLAGS) {
        error_set(error, ERR_FILE, "'%s' needs what this xn does not know (flags 0x%x)", name,
                  header->mandatory_flags & ~KNOWN_FLAGS);
        return error_hint(error, "a newer xn or xl wrote it; restore it with that one");
    }
    if (header->optional_length > SAVEFILE_OPTIONAL_MAX)
        return error_set(error, ERR_FILE,
                         "the header of '%s' is damaged: it claims %u bytes of configuration", name,
                         header->optional_length);
    return 0;
}

/* The configuration stands first in the optional data; what follows it is for newer readers. */
static int take_config(const char *data, uint32_t length, const char *name, char **ret_config,
                       struct error **error)
{
    uint32_t config_length;

    if (length < sizeof(config_length))
        return 0;
    memcpy(&config_length, data, sizeof(config_length));
    if (config_length > length - sizeof(config_length))
        return error_set(error, ERR_FILE,
                         "the header of '%s' is damaged: a configuration of %u bytes in %zu", name,
                         config_length, length - sizeof(config_length));
    if (config_length)
        *ret_config = xstrndup(data + sizeof(config_length), config_length);
    return 0;
}

int savefile_read(int fd, const char *name, struct savefile_header *ret, struct error **error)
{
    struct fixed_header header;
    auto_free char *data = NULL;
    int got;

    *ret = (struct savefile_header){ 0 };
    got = read_all(fd, name, &header, sizeof(header), error);
    if (got == 0)
        return error_set(error, ERR_FILE, "'%s' is empty", name);
    if (got < 0 || check_header(&header, name, error) < 0)
        return -1;
    data = xcalloc(header.optional_length + 1, 1);
    got = header.optional_length ? read_all(fd, name, data, header.optional_length, error) : 1;
    if (got <= 0)
        return got < 0 ? -1 : cut_off(name, error);
    ret->optional_length = header.optional_length;
    ret->mandatory_flags = header.mandatory_flags;
    ret->optional_flags = header.optional_flags;
    return take_config(data, header.optional_length, name, &ret->config, error);
}

void savefile_header_release(struct savefile_header *header)
{
    free(header->config);
    header->config = NULL;
}
