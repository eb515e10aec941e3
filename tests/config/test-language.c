/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The language: tokens, grammar, escapes, joining, and where things stand. */
#include "sample.h"

#include "config/document.h"
#include "config/lexer.h"
#include "config/parser.h"

struct parsed {
    struct document document;
    struct diagnostics diagnostics;
};

static struct parsed parse(const char *text)
{
    struct parsed parsed = { DOCUMENT_INIT, DIAGNOSTICS_INIT };
    struct source source;

    source_from_text(&source, "f", text);
    parse_source(&parsed.document, document_add_source(&parsed.document, source),
                 &parsed.diagnostics);
    return parsed;
}

static void parsed_release(struct parsed *parsed)
{
    document_release(&parsed->document);
    diagnostics_release(&parsed->diagnostics);
}

/* Writes a value as the language would, lists with their brackets. */
static void write_value(const struct setting_value *value, struct str *text)
{
    if (value->type != SETTING_LIST) {
        str_addf(text, value->type == SETTING_STRING ? "\"%s\"" : "%s", setting_text(value));
        return;
    }
    str_add_char(text, '[');
    for (size_t i = 0; i < value->count; i++) {
        str_add(text, i ? "," : "");
        write_value(&value->items[i], text);
    }
    str_add_char(text, ']');
}

/* Parses text without a mistake; its settings are "name=value;..." in their order. */
static void check_settings(const char *text, const char *expected)
{
    struct parsed parsed = parse(text);
    struct str settings = STR_INIT;

    for (size_t i = 0; i < parsed.document.count; i++) {
        str_addf(&settings, "%s=", parsed.document.settings[i]->name);
        write_value(&parsed.document.settings[i]->value, &settings);
        str_add_char(&settings, ';');
    }
    assert_int_equal(parsed.diagnostics.errors, 0);
    assert_string_equal(str_text(&settings), expected);
    str_release(&settings);
    parsed_release(&parsed);
}

static void check_mistakes(const char *text, const char *expected)
{
    struct parsed parsed = parse(text);
    struct str messages = STR_INIT;

    for (size_t i = 0; i < parsed.diagnostics.count; i++) {
        diagnostic_sentence(&parsed.diagnostics.items[i], &messages);
        str_add_char(&messages, '\n');
    }
    assert_string_equal(str_text(&messages), expected);
    str_release(&messages);
    parsed_release(&parsed);
}

static void values(void **state)
{
    (void)state;
    check_settings("", "");
    check_settings("\n\n;;\n  \t\n", "");
    check_settings("a=1", "a=1;");
    check_settings("a = 0x1f\nb=010\n", "a=0x1f;b=010;");
    check_settings("a='x'", "a=\"x\";");
    check_settings("a=\"x\"", "a=\"x\";");
    check_settings("a='\"'", "a=\"\"\";");
    check_settings("a.b_c9 = ''", "a.b_c9=\"\";");
    check_settings("a=1;b=2;c=3;", "a=1;b=2;c=3;");
    check_settings("a=[]", "a=[];");
    check_settings("a=[1,'b',[2,[]],]", "a=[1,\"b\",[2,[]]];");
    check_settings("a = [\n 1 # one\n ,\n\n 2\n]\nb=3", "a=[1,2];b=3;");
    check_settings("a='\xc3\xa4 # ; [ ] ='", "a=\"\xc3\xa4 # ; [ ] =\";");
}

static void comments(void **state)
{
    (void)state;
    check_settings("# one\na=1 # two\n#three", "a=1;");
    check_settings("a=1#", "a=1;");
    check_settings("a=1#\"['", "a=1;");
}

static void line_ends(void **state)
{
    (void)state;
    check_settings("a=1\r\nb=[\r\n2\r\n]\r\n# c\r\n", "a=1;b=[2];");
    check_settings("\xef\xbb\xbf"
                   "a=1\n",
                   "a=1;");
    check_mistakes("a=1\r\nb=2\r\n",
                   "f:1:4: warning: lines end in CR LF, as on DOS and Windows; they are read as "
                   "plain ones; xl refuses this file\n");
    check_mistakes("a=1\rb=2\n", "f:1:4: the byte \\x0d has no place in a configuration file\n");
}

static void escapes(void **state)
{
    (void)state;
    check_settings("a='\\'\\\"\\\\'", "a=\"'\"\\\";");
    check_settings("a=\"\\a\\b\\f\\n\\r\\t\\v\"", "a=\"\a\b\f\n\r\t\v\";");
    check_settings("a='\\101\\60\\x41\\x7a'", "a=\"A0Az\";");
    check_settings("a='\\1012'", "a=\"A2\";");
    check_mistakes("a='x\\q'",
                   "f:1:5: unknown escape in a string; a backslash itself is written \\\\\n");
    check_mistakes("a='\\x4'",
                   "f:1:4: unknown escape in a string; a backslash itself is written \\\\\n");
    check_mistakes("a='\\0'", "f:1:4: the escape stands for no byte that a value can hold; a "
                              "backslash itself is written \\\\\n");
    check_mistakes("a='\\777'", "f:1:4: the escape stands for no byte that a value can hold; a "
                                "backslash itself is written \\\\\n");
}

static void joining(void **state)
{
    (void)state;
    check_settings("a='x'\na+='y'\na+='z'", "a=\"xyz\";");
    check_settings("a+='x'", "a=\"x\";");
    check_settings("a=[1]\nb=5\na+=[2,[3]]", "a=[1,2,[3]];b=5;");
    check_settings("a=1\na+=2", "a=\"12\";");
    check_mistakes("a=[]\na+='x'", "f:2:1: a string cannot be added to the list 'a'\n");
    check_mistakes("a='x'\na+=[]", "f:2:1: a list cannot be added to the string 'a'\n");
}

static void the_last_one_holds(void **state)
{
    (void)state;
    check_settings("a=1\nb=2\na=3", "a=3;b=2;");
    check_mistakes("a=1\n\n a=3", "f:3:2: warning: 'a' is set again; its value from line 1 is not "
                                  "used\n");
    check_mistakes("a=[]\na=[]", "f:2:1: warning: 'a' is set again; its value from line 1 is not "
                                 "used; '+=' adds to a list\n");
}

static void places(void **state)
{
    struct parsed parsed = parse("\n\xc3\xa4"); /* so that what follows is not plain ASCII */
    struct setting *setting;
    struct place part;
    unsigned line, column;

    (void)state;
    parsed_release(&parsed);
    parsed = parse("# \xc3\xa4\n\n  disk = [ 'abc',\n\t\"d\\tf\" ]");
    setting = document_find(&parsed.document, "disk");
    assert_non_null(setting);
    assert_null(document_find(&parsed.document, "dis"));
    assert_null(document_find(&parsed.document, "disks"));
    place_position(&setting->place, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 3);
    part = setting_part(&setting->value.items[0], 1, 2);
    place_position(&part, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 14);
    assert_int_equal(part.length, 2);
    part = setting_part(&setting->value.items[1], 2, 1); /* escapes moved it: the whole value */
    place_position(&part, &line, &column);
    assert_int_equal(line, 4);
    assert_int_equal(column, 2);
    assert_int_equal(part.length, 6);
    parsed_release(&parsed);
}

static void columns_count_characters(void **state)
{
    (void)state;
    check_mistakes("a='\xc3\xa4\xe2\x82\xac' x",
                   "f:1:8: expected the end of the line after the value, not 'x'; ';' or a new "
                   "line separates two settings\n");
    check_mistakes("a='\xff\xfe' x",
                   "f:1:8: expected the end of the line after the value, not 'x'; ';' or a new "
                   "line separates two settings\n");
}

static void mistakes_in_statements(void **state)
{
    (void)state;
    check_mistakes("= 3", "f:1:1: the key before '=' is missing\n");
    check_mistakes("]", "f:1:1: ']' closes a list that was not opened\n");
    check_mistakes("Memory = 3", "f:1:1: expected a key, not 'Memory'; keys have only lower-case "
                                 "letters, digits, '.' and '_'\n");
    check_mistakes("on-crash = 3", "f:1:1: expected a key, not 'on-crash'; keys have only "
                                   "lower-case letters, digits, '.' and '_'\n");
    check_mistakes("// x", "f:1:1: expected a key, not '/'; a comment starts with '#'\n");
    check_mistakes("{{ x }}",
                   "f:1:1: expected a key, not '{'; is this a template that was not filled in?\n");
    check_mistakes("a: 3", "f:1:2: expected '=' after the key, not ':'; write key = value\n");
    check_mistakes("a", "f:1:2: expected '=' after the key, not the end\n");
    check_mistakes("a\nb=1", "f:1:2: expected '=' after the key, not the end of the line\n");
    check_mistakes("a==1", "f:1:3: one '=' is enough\n");
    check_mistakes("a=1 b=2", "f:1:5: expected the end of the line after the value, not 'b'; ';' "
                              "or a new line separates two settings\n");
    check_mistakes("a='x' 'y'", "f:1:7: expected the end of the line after the value, not ''y''; "
                                "a quote inside a string is written \\\"\n");
    check_mistakes("a='x', 'y'", "f:1:6: expected the end of the line after the value, not ','; a "
                                 "list stands in brackets, [ \"a\", \"b\" ]\n");
    check_mistakes("a=1]", "f:1:4: expected the end of the line after the value, not ']'; there "
                           "is no '[' for it\n");
}

static void mistakes_in_values(void **state)
{
    (void)state;
    check_mistakes("a=", "f:1:3: expected a value, not the end\n");
    check_mistakes("a=\n1", "f:1:3: expected a value, not the end of the line\n"
                            "f:2:1: expected a key, not '1'\n");
    check_mistakes("a=foo", "f:1:3: 'foo' stands without quotes; write it as \"foo\"\n");
    check_mistakes("a=True", "f:1:3: 'True' stands without quotes; write 1 for yes\n");
    check_mistakes("a=none", "f:1:3: 'none' stands without quotes; write 0 for no, or leave the "
                             "key out\n");
    check_mistakes("a=-1", "f:1:3: expected a value, not '-'; a number with a sign stands in "
                           "quotes, \"-1\"\n");
    check_mistakes("a=/dev/x", "f:1:3: expected a value, not '/'; text stands in quotes\n");
    check_mistakes(
        "a=@X@", "f:1:3: expected a value, not '@'; is this a template that was not filled in?\n");
    check_mistakes("a=64m", "f:1:3: '64m' is not a number; numbers have no unit or fraction "
                            "(memory is in MiB), and text stands in quotes\n");
    check_mistakes("a=1.5", "f:1:3: '1.5' is not a number; numbers have no unit or fraction "
                            "(memory is in MiB), and text stands in quotes\n");
    check_mistakes("a='x", "f:1:3: the string is not closed on its line; a line break in a string "
                           "is written \\n\n");
    check_mistakes("a='x\n'", "f:1:3: the string is not closed on its line; a line break in a "
                              "string is written \\n\nf:2:1: expected a key, not '''\n");
}

static void mistakes_in_lists(void **state)
{
    (void)state;
    check_mistakes("a=['x' 'y']\nb=1", "f:1:8: ',' is missing before ''y''\n");
    check_mistakes("a=['x'\n'y']\nb=1", "f:2:1: ',' is missing before ''y''\n");
    check_mistakes("a=['x',,]", "f:1:8: expected a value, not ','\n");
    check_mistakes("a=[,]", "f:1:4: expected a value, not ','\n");
    check_mistakes("a=[x]\nb", "f:1:4: 'x' stands without quotes; write it as \"x\"\n"
                               "f:2:2: expected '=' after the key, not the end\n");
    check_mistakes("a=[\n'x'\n", "f:1:3: the list is not closed; its ']' is missing\n");
    check_mistakes("a=[\n'x',\nb=1\nc", "f:1:3: the list is not closed; its ']' is missing\n"
                                        "f:4:2: expected '=' after the key, not the end\n");
    check_mistakes("a=['x' = ]", "f:1:8: expected ',' or ']' in the list, not '='\n");
}

static void old_xm_files(void **state)
{
    static const char *const files[] = {
        "import os, re\narch = os.uname()[4]\nif re.search('64', arch):\n    x = 1\n",
        "a = 1\nb = 'x' + 'y'\n",
        "disk = [ 'phy:%s,xvda,w' % vol ]\n",
        "def f():\n  return 1\n",
        "name = (1)\n",
        "Foo = 1\nif a:\n  b = 2\n",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        struct parsed parsed = parse(files[i]);

        assert_int_equal(parsed.diagnostics.errors, 1);
        assert_string_equal(parsed.diagnostics.items[0].code, "python");
        assert_string_equal(parsed.diagnostics.items[0].message,
                            "this is old xm syntax: a program in Python, which xl and xn do not "
                            "run");
        parsed_release(&parsed);
    }
}

static void limits(void **state)
{
    struct str text = STR_INIT;
    struct parsed parsed;

    (void)state;
    str_add(&text, "a=");
    str_add_repeat(&text, '[', 20000);
    check_mistakes(text.text, "f:1:35: the lists are nested too deep\n");
    str_clear(&text);
    for (int i = 0; i < DOCUMENT_VALUES_MAX + 5; i++)
        str_add(&text, "a+='x'\n");
    check_mistakes(text.text, "f:65537:4: the configuration has too many values\n");
    str_clear(&text);
    for (int i = 0; i < 1000; i++)
        str_add(&text, "]\n");
    parsed = parse(text.text);
    assert_int_equal(parsed.diagnostics.errors, 20);
    parsed_release(&parsed);
    str_release(&text);
}

static void tokens_cover_the_text(void **state)
{
    static const char text[] = "a =\t1;'b' [x] #c\n+= \x01 \xc3\xa4 \"d";
    static const enum token_kind kinds[] = {
        TOKEN_NAME,   TOKEN_ASSIGN, TOKEN_NUMBER,   TOKEN_SEMICOLON, TOKEN_STRING,
        TOKEN_OPEN,   TOKEN_NAME,   TOKEN_CLOSE,    TOKEN_NEWLINE,   TOKEN_APPEND,
        TOKEN_BINARY, TOKEN_SIGN,   TOKEN_UNCLOSED, TOKEN_END,       TOKEN_END,
    };
    struct source source;
    struct lexer lexer;

    (void)state;
    source_from_text(&source, "f", text);
    lexer_init(&lexer, &source);
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        assert_int_equal(lexer_next(&lexer).kind, kinds[i]);
    source_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(comments),
        cmocka_unit_test(line_ends),
        cmocka_unit_test(escapes),
        cmocka_unit_test(joining),
        cmocka_unit_test(the_last_one_holds),
        cmocka_unit_test(places),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(mistakes_in_statements),
        cmocka_unit_test(mistakes_in_values),
        cmocka_unit_test(mistakes_in_lists),
        cmocka_unit_test(old_xm_files),
        cmocka_unit_test(limits),
        cmocka_unit_test(tokens_cover_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
