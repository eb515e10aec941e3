/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Heads of frames; see frame.h. */
#include "migrate/frame.h"

#include "migrate/compress.h"

static void put(uint32_t number, unsigned char *bytes)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

static uint32_t get(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

void frame_head_write(const struct frame_head *head, unsigned char *bytes)
{
    put(head->packed, bytes);
    put(head->plain, bytes + 4);
}

bool frame_head_read(const unsigned char *bytes, struct frame_head *ret)
{
    ret->packed = get(bytes);
    ret->plain = get(bytes + 4);
    return frame_is_end(ret) || (ret->packed && ret->plain && ret->plain <= FRAME_PLAIN_MAX &&
                                 ret->packed <= codec_room(FRAME_PLAIN_MAX));
}

bool frame_is_end(const struct frame_head *head)
{
    return head->packed == 0 && head->plain == 0;
}
