/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Mutations for the target grammar: besides what libFuzzer does to bytes, whole settings and words
 * of the language are put in, so that many texts are configurations, or nearly.
 */
#include "fuzz.h"

#include <string.h>

#include "base/mem.h"

static const char *const settings[] = {
    "a = 1\n",     "a=0x1f\n",    "a=010;",         "a += 2\n",    "a='b'\n",
    "a+=\"c\";",   "a=\"\"\n",    "a=['x','y']\n",  "a+=['z',]\n", "a=[1, 2,\n3]\n",
    "a=[]\n",      "a=[\n]\n",    "a=[['x'],[]]\n", "b=1\n",       "b+='d'\n",
    "b=[]\n",      "b+=[4]\n",    "b+=[[5]]\n",     "a.b_1=1\n",   "conectix=1\n",
    ";",           "\n",          "# c\n",          "  # ='[\n",   "a='\\\n'\n",
    "a='\\101'\n", "a='\\x41'\n", "a='\\400'\n",    "a='\\'\"'\n", "a=[-1]\n",
};

/* And what is near to words; the empty one takes out. */
static const char *const words[] = {
    "",      "",      "",     "a",    "b",        "_",        ".",        "-",
    "A",     "0",     "1",    "f",    "x",        "m",        "=",        "+=",
    "+",     "[",     "]",    ",",    ";",        "\n",       " ",        "\t",
    "'x'",   "\"y\"", "''",   "'",    "\"",       "\\",       "\\'",      "\\n",
    "\\v",   "\\q",   "\\12", "\\07", "\\1 2",    "\\8",      "\\0",      "\\x4",
    "\\xfF", "\\\n",  "#",    "\r\n", "\r",       "\v",       "\x7f",     "\x01",
    "(",     ":",     "1.5",  "True", "[[[[[[[[", "]]]]]]]]", "\xc3\xa4", "\xef\xbb\xbf",
};

/* libFuzzer gives one number, and several are wanted. */
static size_t choose(unsigned *seed, size_t count)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % count;
}

static size_t smaller(size_t one, size_t other)
{
    return one < other ? one : other;
}

/* Replaces removed bytes at that place by the word. What is not possible is left to libFuzzer. */
static size_t replace(uint8_t *data, size_t size, size_t max_size, size_t at, size_t removed,
                      const char *word)
{
    size_t length = strlen(word), changed = size - removed + length;

    if (changed == 0 || changed > max_size)
        return LLVMFuzzerMutate(data, size, max_size);
    memmove(data + at + length, data + at + removed, size - at - removed);
    memcpy(data + at, word, length);
    return changed;
}

static size_t insert_setting(uint8_t *data, size_t size, size_t max_size, unsigned *seed)
{
    size_t at = choose(seed, size + 1);

    while (at > 0 && at < size && data[at - 1] != '\n')
        at++;
    return replace(data, size, max_size, at, 0, settings[choose(seed, ARRAY_SIZE(settings))]);
}

static size_t insert_word(uint8_t *data, size_t size, size_t max_size, unsigned *seed)
{
    size_t at = choose(seed, size + 1), removed = smaller(choose(seed, 4), size - at);

    return replace(data, size, max_size, at, removed, words[choose(seed, ARRAY_SIZE(words))]);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    switch (choose(&seed, 8)) {
    case 0:
        return insert_setting(data, 0, max_size, &seed); /* a new text */
    case 1:
    case 2:
    case 3:
        return insert_setting(data, size, max_size, &seed);
    case 4:
    case 5:
        return insert_word(data, size, max_size, &seed);
    default:
        return LLVMFuzzerMutate(data, size, max_size);
    }
}
