/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A frame after the other; see unpack.h. */
#include "migrate/unpack.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "migrate/compress.h"
#include "migrate/frame.h"
#include "migrate/savefile.h"

struct unpacker {
    int fd;
    const char *name;
    off_t at, end;
    off_t frame_at; /* where the frame that is read, or was read last, begins */
    struct codec *codec;
    char *packed, *plain;
    size_t used, length; /* of plain */
    bool ended;          /* the end frame was there */
};

static int damaged(const struct unpacker *unpacker, const char *what, off_t at,
                   struct error **error)
{
    return error_set(error, ERR_FILE, "'%s' is damaged: %s at byte %lld", unpacker->name, what,
                     (long long)at);
}

static int read_file(struct unpacker *unpacker, void *bytes, size_t length, struct error **error)
{
    return savefile_read_at(unpacker->fd, unpacker->name, &unpacker->at, unpacker->end, bytes,
                            length, error);
}

static int read_preface(struct unpacker *unpacker, struct error **error)
{
    char preface[FRAME_PREFACE_SIZE];
    off_t at = unpacker->at;

    if (read_file(unpacker, preface, sizeof(preface), error) < 0)
        return -1;
    if (memcmp(preface, FRAME_PREFACE, sizeof(preface)) != 0)
        return damaged(unpacker, "nothing that xn has compressed", at, error);
    return 0;
}

struct unpacker *unpacker_new(int fd, const char *name, off_t at, off_t end, struct error **error)
{
    struct unpacker *unpacker;

    if (!codec_is_built()) {
        error_set(error, ERR_NOT_SUPPORTED,
                  "'%s' is compressed, and this xn was built without libzstd", name);
        return NULL;
    }
    unpacker = xmalloc(sizeof(*unpacker));
    *unpacker = (struct unpacker){
        .fd = fd,
        .name = name,
        .at = at,
        .end = end,
        .codec = codec_new(),
        .packed = xmalloc(codec_room(FRAME_PLAIN_MAX)),
        .plain = xmalloc(FRAME_PLAIN_MAX),
    };
    if (!unpacker->codec)
        error_set(error, ERR_FAILED, "cannot unpack '%s': no memory", name);
    if (unpacker->codec && read_preface(unpacker, error) == 0)
        return unpacker;
    unpacker_free(unpacker);
    return NULL;
}

void unpacker_free(struct unpacker *unpacker)
{
    if (!unpacker)
        return;
    codec_free(unpacker->codec);
    free(unpacker->packed);
    free(unpacker->plain);
    free(unpacker);
}

static int read_body(struct unpacker *unpacker, const struct frame_head *head, struct error **error)
{
    if (read_file(unpacker, unpacker->packed, head->packed, error) < 0)
        return -1;
    if (codec_unpack(unpacker->codec, unpacker->packed, head->packed, unpacker->plain,
                     head->plain) != head->plain)
        return damaged(unpacker, "a compressed piece that was changed", unpacker->frame_at, error);
    unpacker->used = 0;
    unpacker->length = head->plain;
    return 0;
}

static int read_frame(struct unpacker *unpacker, struct error **error)
{
    unsigned char bytes[FRAME_HEAD_SIZE];
    struct frame_head head;

    unpacker->frame_at = unpacker->at;
    if (read_file(unpacker, bytes, sizeof(bytes), error) < 0)
        return -1;
    if (!frame_head_read(bytes, &head))
        return damaged(unpacker, "no head of a compressed piece", unpacker->frame_at, error);
    if (!frame_is_end(&head))
        return read_body(unpacker, &head, error);
    unpacker->ended = true;
    if (unpacker->at != unpacker->end)
        return damaged(unpacker, "something behind its end", unpacker->at, error);
    return 0;
}

/* 1: there are bytes; 0: the end. */
static int fill(struct unpacker *unpacker, struct error **error)
{
    if (unpacker->used == unpacker->length && !unpacker->ended && read_frame(unpacker, error) < 0)
        return -1;
    return unpacker->used < unpacker->length;
}

/* bytes may be NULL. */
static int pass(struct unpacker *unpacker, char *bytes, uint64_t length, struct error **error)
{
    while (length) {
        int more = fill(unpacker, error);
        size_t part = unpacker->length - unpacker->used;

        if (more < 0)
            return -1;
        if (!more)
            return damaged(unpacker, "an end too early", unpacker->frame_at, error);
        if (part > length)
            part = (size_t)length;
        if (bytes) {
            memcpy(bytes, unpacker->plain + unpacker->used, part);
            bytes += part;
        }
        unpacker->used += part;
        length -= part;
    }
    return 0;
}

int unpacker_take(struct unpacker *unpacker, void *bytes, size_t length, struct error **error)
{
    return pass(unpacker, bytes, length, error);
}

int unpacker_skip(struct unpacker *unpacker, uint64_t length, struct error **error)
{
    return pass(unpacker, NULL, length, error);
}

int unpacker_end(struct unpacker *unpacker, struct error **error)
{
    int more = fill(unpacker, error);

    if (more > 0)
        return damaged(unpacker, "more than one stream", unpacker->frame_at, error);
    return more;
}
