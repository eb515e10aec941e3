/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Walking over the records of a stream; see stream.h. */
#include "migrate/stream.h"

#include <endian.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "migrate/savefile.h"
#include "migrate/unpack.h"

#define LIBXL_IDENT   UINT64_C(0x4c6962786c466d74) /* "LibxlFmt" */
#define LIBXL_VERSION 2
#define LIBXC_MARKER  UINT64_MAX
#define LIBXC_IDENT   UINT32_C(0x58454e46) /* "XENF" */

enum { LIBXL_END = 0, LIBXL_LIBXC_CONTEXT = 1 };
enum { LIBXC_END = 0 };
/* libxc refuses a longer record; a bit flipped in a length is told from a file that was cut. */
#define LIBXC_RECORD_MAX (UINT32_C(128) << 20)

struct libxl_header {
    uint64_t ident; /* big endian, as all of the header */
    uint32_t version;
    uint32_t options;
};

struct libxc_header {
    uint64_t marker;
    uint32_t ident; /* big endian, as all of the header */
    uint32_t version;
    uint16_t options;
    uint16_t reserved[3];
};

struct libxc_domain_header {
    uint32_t type;
    uint16_t page_shift, reserved;
    uint32_t xen_major, xen_minor;
};

struct record {
    uint32_t type;
    uint32_t length; /* of the body, which is padded to 8 bytes */
};

struct walk {
    int fd;
    const char *name;
    off_t at, end;           /* at: in what is unpacked, if it is */
    struct unpacker *unpack; /* NULL: it is not compressed */
};

static int damaged(const struct walk *walk, const char *what, struct error **error)
{
    return error_set(error, ERR_FILE, "'%s' is damaged: %s at byte %lld%s", walk->name, what,
                     (long long)walk->at, walk->unpack ? " of what is compressed" : "");
}

static int take(struct walk *walk, void *bytes, size_t length, struct error **error)
{
    if (!walk->unpack)
        return savefile_read_at(walk->fd, walk->name, &walk->at, walk->end, bytes, length, error);
    walk->at += (off_t)length;
    return unpacker_take(walk->unpack, bytes, length, error);
}

static int skip_body(struct walk *walk, const struct record *record, struct error **error)
{
    off_t length = ((off_t)record->length + 7) / 8 * 8;

    walk->at += length;
    if (walk->unpack)
        return unpacker_skip(walk->unpack, (uint64_t)length, error);
    if (walk->at > walk->end)
        return savefile_cut_off(walk->name, (long long)walk->end, error);
    return 0;
}

/* The image of the memory, inside libxl's record; it has no length of its own. */
static int walk_libxc(struct walk *walk, struct error **error)
{
    struct libxc_header header;
    struct libxc_domain_header domain;
    struct record record;

    if (take(walk, &header, sizeof(header), error) < 0)
        return -1;
    if (header.marker != LIBXC_MARKER || be32toh(header.ident) != LIBXC_IDENT)
        return damaged(walk, "no image of a guest's memory", error);
    if (take(walk, &domain, sizeof(domain), error) < 0)
        return -1;
    do {
        if (take(walk, &record, sizeof(record), error) < 0)
            return -1;
        if (record.length > LIBXC_RECORD_MAX)
            return damaged(walk, "a record that is too long", error);
        if (skip_body(walk, &record, error) < 0)
            return -1;
    } while (record.type != LIBXC_END);
    return 0;
}

static int walk_libxl(struct walk *walk, struct error **error)
{
    struct libxl_header header;
    struct record record;

    if (take(walk, &header, sizeof(header), error) < 0)
        return -1;
    if (be64toh(header.ident) != LIBXL_IDENT)
        return damaged(walk, "no stream of libxl", error);
    if (be32toh(header.version) != LIBXL_VERSION)
        return error_set(error, ERR_FILE, "the stream in '%s' has version %u; this xn knows %u",
                         walk->name, be32toh(header.version), LIBXL_VERSION);
    do {
        if (take(walk, &record, sizeof(record), error) < 0 || skip_body(walk, &record, error) < 0)
            return -1;
        if (record.type == LIBXL_LIBXC_CONTEXT && walk_libxc(walk, error) < 0)
            return -1;
    } while (record.type != LIBXL_END);
    return 0;
}

static int walk_compressed(struct walk *walk, struct error **error)
{
    struct unpacker *unpack = unpacker_new(walk->fd, walk->name, walk->at, walk->end, error);
    int result = -1;

    if (!unpack)
        return -1;
    walk->unpack = unpack;
    walk->at = 0;
    if (walk_libxl(walk, error) == 0)
        result = unpacker_end(unpack, error);
    unpacker_free(unpack);
    return result;
}

int stream_check(int fd, const char *name, bool compressed, struct error **error)
{
    struct walk walk = { .fd = fd, .name = name, .at = lseek(fd, 0, SEEK_CUR) };
    struct stat status;

    if (walk.at < 0 || fstat(fd, &status) < 0)
        return error_set_errno(error, ERR_FILE, "cannot look at '%s'", name);
    walk.end = status.st_size;
    return compressed ? walk_compressed(&walk, error) : walk_libxl(&walk, error);
}
