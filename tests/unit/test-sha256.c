/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* SHA-256 against the examples of FIPS 180-4 and what sha256sum says around the ends of blocks. */
#include "unit.h"

#include <string.h>

#include "base/sha256.h"

static void check(const char *bytes, size_t length, const char *expected)
{
    char text[SHA256_TEXT_SIZE];

    sha256_text(bytes, length, text);
    assert_string_equal(text, expected);
}

static void examples(void **state)
{
    static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    (void)state;
    check("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check(two_blocks, strlen(two_blocks),
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void ends_of_blocks(void **state)
{
    char many[1000];

    (void)state;
    memset(many, 'a', sizeof(many));
    check(many, 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    check(many, 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    check(many, 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
    check(many, 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    check(many, 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0");
    check(many, 1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),
        cmocka_unit_test(ends_of_blocks),
    };

    return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
