/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Prints the list of keys for xn.cfg(5), in mdoc; with -c the names of xl.conf's keys, one a line.
 * tests/config/manual compares the manual with it, and renews it.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "config/host_config.h"
#include "config/key.h"

/* Text as mdoc wants it: each sentence on its own line, nothing that looks like a macro. */
static void print_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '^')
            fputs("\\(ha", stdout);
        else if (*text == '"')
            fputs("\\(dq", stdout);
        else if (*text == '[' || *text == ']')
            printf("\\&%c", *text); /* no delimiter */
        else
            putchar(*text);
    }
}

static void print_sentence(const char *text)
{
    auto_free char *copy = xstrdup(text);

    copy[0] = (char)toupper((unsigned char)copy[0]);
    print_text(copy);
    puts(".");
}

static void print_guests(unsigned guests)
{
    auto_str text = STR_INIT;

    if ((guests & GUEST_ALL) == GUEST_ALL || !guests)
        return;
    if (guests == GUEST_ARM) {
        puts("Only on Arm.");
        return;
    }
    str_addf(&text, "%s%s%s", guests & GUEST_PV ? " PV" : "", guests & GUEST_PVH ? " PVH" : "",
             guests & GUEST_HVM ? " HVM" : "");
    printf("Only for");
    for (const char *space = str_text(&text); *space; space++)
        if (*space == ' ' && space != str_text(&text))
            fputs(strchr(space + 1, ' ') ? ", " : " and ", stdout);
        else
            putchar(*space);
    puts(" guests.");
}

static void print_choices(const struct key_choice *choices)
{
    puts("One of");
    for (; choices->text; choices++) {
        print_text(choices->text);
        if (choices->meaning) {
            fputs(" (", stdout);
            print_text(choices->meaning);
            putchar(')');
        }
        puts(choices[1].text ? "," : ".");
    }
}

/* Keys that share their words stand together: only the first says what they mean. */
static bool shares_choices(const struct config_key *first, const struct config_key *key)
{
    return key > first && key[-1].choices == key->choices;
}

static void print_form(const struct config_key *first, const struct config_key *key)
{
    auto_free char *form = key_form_text(key);

    if (key->choices && !key->form_text) {
        if (shares_choices(first, key))
            puts("The words are the same.");
        else
            print_choices(key->choices);
        return;
    }

    if (key->form == FORM_OTHER && strcmp(form, "no value") == 0)
        puts("Has no value.");
    else
        print_sentence(form);
}

static void print_facts(const struct config_key *first, const struct config_key *key)
{
    print_sentence(key->meaning);
    print_form(first, key);
    if (key->fallback) {
        printf("Default: ");
        print_text(key->fallback);
        puts(".");
    }
    print_guests(key->guests);
    if (key->warning) {
        printf("Deprecated: ");
        print_text(key->warning);
        puts(".");
    }
    if (key->ignored)
        puts("Obsolete: it has no effect.");
    else if (key->replaced_by)
        puts("Deprecated.");
    if (key->replaced_by) {
        printf("Use ");
        print_text(key->replaced_by);
        puts(" instead.");
    }
    if (atoi(key->since + 2) > 17)
        printf("Since Xen %s.\n", key->since);
}

/* The 45 parts of COLO are named once. */
static bool is_colo(const struct config_key *part)
{
    return starts_with(part->name, "colo_");
}

static void print_parts(const struct config_key *key)
{
    puts("Its parts are:\n.Bl -tag -width Ds");
    for (const struct config_key *part = key->parts; part->name; part++) {
        if (is_colo(part) && is_colo(part - 1))
            continue;
        printf(".It Cm %s\n", is_colo(part) ? "colo_*" : part->name);
        print_facts(key->parts, part);
        if (!is_colo(part))
            continue;
        puts("The names are");
        for (; part[1].name; part++)
            printf(".Cm %s ,\n", part->name);
        printf(".Cm %s .\n", part->name); /* they stand last */
    }
    puts(".El");
}

static void print_key(const struct config_key *first, const struct config_key *key)
{
    printf(".It Cm %s\n", key->name);
    print_facts(first, key);
    printf(".Dl ");
    print_text(key->example);
    putchar('\n');
    if (key->parts)
        print_parts(key);
}

static void print_keys(void)
{
    for (const struct key_section *section = key_sections(); section->title; section++) {
        printf(".Ss %s\n.Bl -tag -width Ds\n", section->title);
        for (const struct config_key *key = section->keys; key->name; key++)
            print_key(section->keys, key);
        puts(".El");
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "-c") == 0)
        for (size_t i = 0; host_config_key(i); i++)
            puts(host_config_key(i));
    else
        print_keys();
    return fflush(stdout) != 0;
}
