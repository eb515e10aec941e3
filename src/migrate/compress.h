/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A fast compressor (zstd, level 1), a piece at a time. Each piece stands for itself and carries a
 * checksum. */
#ifndef XN_MIGRATE_COMPRESS_H
#define XN_MIGRATE_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>

struct codec;

/* Whether xn was built with the library. Without it codec_new yields NULL. */
bool codec_is_built(void);
/* Room that the packed form of so many bytes may need. */
size_t codec_room(size_t length);
/* NULL: no memory. */
struct codec *codec_new(void);
void codec_free(struct codec *codec);
/* Packs length bytes. Returns the length of the packed form; 0 when it failed. */
size_t codec_pack(struct codec *codec, const void *bytes, size_t length, void *packed, size_t room);
/* Returns the length of the bytes; 0 for what is damaged or does not fit. */
size_t codec_unpack(struct codec *codec, const void *packed, size_t length, void *bytes,
                    size_t room);

#endif
