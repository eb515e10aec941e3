/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The library behind compress.h, or nothing where xn was built without it. */
#include "migrate/compress.h"

#ifdef HAVE_ZSTD
#include <zstd.h>

#include "base/mem.h"

/* The rest of it costs more time than a fast network saves. */
#define LEVEL 1

struct codec {
    ZSTD_CCtx *pack;
    ZSTD_DCtx *unpack;
};

bool codec_is_built(void)
{
    return true;
}

size_t codec_room(size_t length)
{
    return ZSTD_compressBound(length);
}

struct codec *codec_new(void)
{
    struct codec *codec = xmalloc(sizeof(*codec));

    *codec = (struct codec){ .pack = ZSTD_createCCtx(), .unpack = ZSTD_createDCtx() };
    if (codec->pack && codec->unpack &&
        !ZSTD_isError(ZSTD_CCtx_setParameter(codec->pack, ZSTD_c_compressionLevel, LEVEL)) &&
        !ZSTD_isError(ZSTD_CCtx_setParameter(codec->pack, ZSTD_c_checksumFlag, 1)))
        return codec;
    codec_free(codec);
    return NULL;
}

void codec_free(struct codec *codec)
{
    if (!codec)
        return;
    ZSTD_freeCCtx(codec->pack);
    ZSTD_freeDCtx(codec->unpack);
    free(codec);
}

size_t codec_pack(struct codec *codec, const void *bytes, size_t length, void *packed, size_t room)
{
    size_t packed_length = ZSTD_compress2(codec->pack, packed, room, bytes, length);

    return ZSTD_isError(packed_length) ? 0 : packed_length;
}

size_t codec_unpack(struct codec *codec, const void *packed, size_t length, void *bytes,
                    size_t room)
{
    size_t unpacked = ZSTD_decompressDCtx(codec->unpack, bytes, room, packed, length);

    return ZSTD_isError(unpacked) ? 0 : unpacked;
}

#else

bool codec_is_built(void)
{
    return false;
}

size_t codec_room(size_t length)
{
    return length;
}

struct codec *codec_new(void)
{
    return NULL;
}

void codec_free(struct codec *codec)
{
    (void)codec;
}

size_t codec_pack(struct codec *codec, const void *bytes, size_t length, void *packed, size_t room)
{
    (void)codec, (void)bytes, (void)length, (void)packed, (void)room;
    return 0;
}

size_t codec_unpack(struct codec *codec, const void *packed, size_t length, void *bytes,
                    size_t room)
{
    (void)codec, (void)packed, (void)length, (void)bytes, (void)room;
    return 0;
}
#endif
