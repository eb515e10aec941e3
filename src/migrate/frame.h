/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The compressed form of a migration stream, between two xn that have agreed on it.
 *
 *     "xn-zstd1"                                     8 bytes
 *     frame: packed length, plain length, packed     two 32-bit numbers, little-endian
 *     ...
 *     frame 0, 0                                     the stream is whole
 *     whatever follows is not compressed             (the leave to let the guest run)
 */
#ifndef XN_MIGRATE_FRAME_H
#define XN_MIGRATE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_PREFACE      "xn-zstd1"
#define FRAME_PREFACE_SIZE (sizeof(FRAME_PREFACE) - 1)
#define FRAME_HEAD_SIZE    8
/* A frame holds at most this of the stream. */
#define FRAME_PLAIN_MAX (256 * 1024)

struct frame_head {
    uint32_t packed, plain;
};

void frame_head_write(const struct frame_head *head, unsigned char *bytes);
/* false for what can be no head: nothing may be read or allocated by it. */
bool frame_head_read(const unsigned char *bytes, struct frame_head *ret);
bool frame_is_end(const struct frame_head *head);

#endif
