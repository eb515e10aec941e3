/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CPU features that a guest sees, in the two syntaxes that libxl reads. */
#include "config/build.h"

#include <string.h>

#include "base/mem.h"

/* libxl looks through all entries for each. */
#define ENTRIES_MAX 1024

/* By libxl's return code, from 1. */
static const char *flag_problem(int code)
{
    static const char *const problems[] = { "has no '='", "is no feature that libxl knows",
                                            "has no value of 0, 1, x, k or s" };

    return code >= 1 && code <= 3 ? problems[code - 1] : "is not valid";
}

static const char *leaf_problem(int code)
{
    static const char *const problems[] = { "has no valid leaf number",
                                            "has no valid subleaf number", "has no ':'",
                                            "has another register than eax, ebx, ecx or edx",
                                            "does not have exactly 32 characters for a register" };

    return code >= 1 && code <= 5 ? problems[code - 1] : "is not valid";
}

static void report(struct build *build, const struct place *place, const char *text, size_t length,
                   const char *problem, const char *example)
{
    diagnostic_hint(
        build_error(build, "bad-cpuid", place, "'%.*s' in 'cpuid' %s", (int)length, text, problem),
        "an example is %s", example);
}

static void read_flags(struct build *build, const struct setting_value *value)
{
    const char *text = setting_text(value);
    bool first = true;
    int code, count = 0;

    for (size_t at = 0, length; text[at]; at += length + (text[at + length] == ',')) {
        struct place place = setting_part(value, at, length = strcspn(text + at, ","));
        auto_free char *word = xstrndup(text + at, length);

        if (length == 0)
            continue;
        if (first && strcmp(word, "host") != 0) {
            report(build, &place, word, length, "must be \"host\", the first word",
                   "cpuid = \"host,tm=0\"");
            return;
        }
        code = first ? 0 : libxl_cpuid_parse_config(&build->config->b_info.cpuid, word);
        if (code)
            report(build, &place, word, length, flag_problem(code), "tm=0");
        first = false;
        if (++count > ENTRIES_MAX) {
            build_error(build, "too-many", &place, "'cpuid' has more than %d entries", ENTRIES_MAX);
            return;
        }
    }
}

void build_cpuid(struct build *build)
{
    const struct setting *setting = build_setting(build, "cpuid");

    if (!setting)
        return;
    if (setting->value.type != SETTING_LIST) {
        read_flags(build, &setting->value);
        return;
    }
    if (setting->value.count > ENTRIES_MAX) {
        build_error(build, "too-many", &setting->place, "'cpuid' has more than %d entries",
                    ENTRIES_MAX);
        return;
    }
    for (size_t i = 0; i < setting->value.count; i++) {
        const struct setting_value *item = &setting->value.items[i];
        const char *text = setting_text(item);
        int code = libxl_cpuid_parse_config_xend(&build->config->b_info.cpuid, text);

        if (code)
            report(build, &item->place, text, strlen(text), leaf_problem(code),
                   "\"1:ecx=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx0\"");
    }
}
