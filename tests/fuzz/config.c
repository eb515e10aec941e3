/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fuzz target: any bytes as a configuration. */
#include "fuzz.h"

#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    auto_free char *text = xstrndup((const char *)data, size);

    fuzz_read(text);
    return 0;
}
