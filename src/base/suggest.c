/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The nearest known word by restricted Damerau-Levenshtein distance; see suggest.h. */
#include "base/suggest.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Longer words are no typing errors of ours. */
enum { LONGEST_WORD = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int lower(char character)
{
    return tolower((unsigned char)character);
}

/* Both words have at most LONGEST_WORD characters. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t *before = rows[0], *previous = rows[1], *current = rows[2];
    size_t length_b = strlen(b);

    for (size_t j = 0; j <= length_b; j++)
        previous[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t *recycled = before;

        current[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            size_t cost = lower(a[i - 1]) != lower(b[j - 1]);

            current[j] = smaller(previous[j - 1] + cost, smaller(previous[j], current[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                current[j] = smaller(current[j], before[j - 2] + 1);
        }
        before = previous;
        previous = current;
        current = recycled;
    }
    return previous[length_b];
}

static const char *shortest_extension(const char *word, const char *const *candidates, size_t count)
{
    const char *best = NULL;

    for (size_t i = 0; i < count; i++)
        if (strncasecmp(candidates[i], word, strlen(word)) == 0 &&
            (!best || strlen(candidates[i]) < strlen(best)))
            best = candidates[i];
    return best;
}

const char *suggest(const char *word, const char *const *candidates, size_t count)
{
    size_t length = strlen(word);
    size_t nearest = length > 5 ? length / 3 + 1 : 2; /* one more than is still near */
    const char *best;

    if (length == 0 || length > LONGEST_WORD)
        return NULL;
    best = shortest_extension(word, candidates, count);
    if (best)
        return best;
    for (size_t i = 0; i < count; i++) {
        size_t distance;

        if (strlen(candidates[i]) > LONGEST_WORD)
            continue;
        distance = edit_distance(word, candidates[i]);
        if (distance < nearest && distance < length) {
            nearest = distance;
            best = candidates[i];
        }
    }
    return best;
}
