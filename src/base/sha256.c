/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names are those of FIPS 180-4; see sha256.h. */
#include "base/sha256.h"

#include <stdint.h>
#include <string.h>

#define BLOCK        64
#define LENGTH_BYTES 8
#define WORDS        8

static const uint32_t k[BLOCK] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotr(uint32_t word, unsigned by)
{
    return word >> by | word << (32 - by);
}

static void schedule(uint32_t w[BLOCK], const uint8_t *block)
{
    for (size_t t = 0; t < 16; t++)
        w[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 |
               (uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3];
    for (size_t t = 16; t < BLOCK; t++) {
        uint32_t s0 = rotr(w[t - 15], 7) ^ rotr(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t s1 = rotr(w[t - 2], 17) ^ rotr(w[t - 2], 19) ^ w[t - 2] >> 10;

        w[t] = s1 + w[t - 7] + s0 + w[t - 16];
    }
}

static void add_block(uint32_t h[WORDS], const uint8_t *block)
{
    uint32_t w[BLOCK], v[WORDS]; /* v: a to h */

    schedule(w, block);
    memcpy(v, h, sizeof(v));
    for (size_t t = 0; t < BLOCK; t++) {
        uint32_t s1 = rotr(v[4], 6) ^ rotr(v[4], 11) ^ rotr(v[4], 25);
        uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[t] + w[t];
        uint32_t s0 = rotr(v[0], 2) ^ rotr(v[0], 13) ^ rotr(v[0], 22);
        uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

        memmove(v + 1, v, (WORDS - 1) * sizeof(*v));
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (size_t i = 0; i < WORDS; i++)
        h[i] += v[i];
}

/* What is left over, a bit that is set, zeros, and the length in bits up to the end of a block. */
static void add_end(uint32_t h[WORDS], const uint8_t *rest, size_t count, uint64_t length)
{
    uint8_t blocks[2 * BLOCK] = { 0 };
    size_t size = count + 1 + LENGTH_BYTES > BLOCK ? 2 * BLOCK : BLOCK;

    memcpy(blocks, rest, count);
    blocks[count] = 0x80;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        blocks[size - 1 - i] = (uint8_t)(length * 8 >> (8 * i));
    for (size_t at = 0; at < size; at += BLOCK)
        add_block(h, blocks + at);
}

void sha256_text(const void *bytes, size_t length, char text[SHA256_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint32_t h[WORDS] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    size_t whole = length / BLOCK * BLOCK;

    for (size_t at = 0; at < whole; at += BLOCK)
        add_block(h, (const uint8_t *)bytes + at);
    add_end(h, (const uint8_t *)bytes + whole, length - whole, length);
    for (size_t i = 0; i < SHA256_TEXT_SIZE - 1; i++)
        text[i] = digits[h[i / 8] >> (28 - 4 * (i % 8)) & 0xf];
    text[SHA256_TEXT_SIZE - 1] = '\0';
}
