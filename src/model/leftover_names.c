/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names that Xen's tools give to what they make; see leftover.h. */
#include <limits.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "model/leftover.h"

/* The hypervisor's numbers for itself begin above. */
#define GUEST_DOMID_MAX 32751

#define DIGITS          "0123456789"

/* A number as printf writes it: no sign, no leading zero. */
static bool parse_plain(const char *text, size_t length, uint64_t max, uint64_t *ret_number)
{
    auto_free char *copy = xstrndup(text, length);

    if (length == 0 || (copy[0] == '0' && length > 1))
        return false;
    return parse_uint(copy, max, ret_number);
}

static bool parse_domid(const char *text, size_t length, uint32_t *ret_domid)
{
    uint64_t number;

    if (!parse_plain(text, length, GUEST_DOMID_MAX, &number) || number == 0)
        return false;
    *ret_domid = (uint32_t)number;
    return true;
}

bool leftover_parse_domid(const char *text, uint32_t *ret_domid)
{
    return parse_domid(text, strlen(text), ret_domid);
}

bool leftover_is_uuid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    bool zero = true;

    if (strlen(text) != strlen(form))
        return false;
    for (size_t i = 0; form[i]; i++) {
        if (form[i] == '-' ? text[i] != '-' : !strchr(DIGITS "abcdefABCDEF", text[i]))
            return false;
        if (text[i] != '-' && text[i] != '0')
            zero = false;
    }
    return !zero;
}

bool leftover_parse_userdata(const char *name, uint32_t *ret_domid, char *ret_uuid)
{
    static const char prefix[] = "userdata-";
    const char *class = name + strlen(prefix), *number, *uuid;
    size_t digits;

    if (!starts_with(name, prefix) || class[0] < 'a' || class[0] > 'z' || class[1] != '.')
        return false;
    number = class + 2;
    digits = strspn(number, DIGITS);
    uuid = number + digits + 1;
    if (number[digits] != '.' || strlen(uuid) < UUID_TEXT_SIZE + 1 ||
        uuid[UUID_TEXT_SIZE - 1] != '.')
        return false;
    memcpy(ret_uuid, uuid, UUID_TEXT_SIZE - 1);
    ret_uuid[UUID_TEXT_SIZE - 1] = '\0';
    return leftover_is_uuid(ret_uuid) && parse_domid(number, digits, ret_domid);
}

bool leftover_parse_vif(const char *name, uint32_t *ret_domid)
{
    const char *number = name + strlen("vif"), *device, *rest;
    size_t digits;
    uint64_t ignored;

    if (!starts_with(name, "vif"))
        return false;
    digits = strspn(number, DIGITS);
    device = number + digits + 1;
    if (number[digits] != '.' || !parse_domid(number, digits, ret_domid))
        return false;
    rest = device + strspn(device, DIGITS);
    return parse_plain(device, (size_t)(rest - device), INT32_MAX, &ignored) &&
           (*rest == '\0' || strcmp(rest, "-emu") == 0);
}

bool leftover_parse_part(const char *name, long *ret_pid)
{
    static const char suffix[] = ".xn-part";
    size_t length = strlen(name);
    const char *end, *number;
    uint64_t pid;

    if (name[0] != '.' || !ends_with(name, suffix))
        return false;
    end = name + length - strlen(suffix);
    for (number = end; number > name && strchr(DIGITS, number[-1]);)
        number--;
    /* Something must stand between the two dots. */
    if (number < name + 3 || number[-1] != '.' ||
        !parse_plain(number, (size_t)(end - number), INT_MAX, &pid) || pid == 0)
        return false;
    *ret_pid = (long)pid;
    return true;
}

bool leftover_parse_loop(const char *node, uint32_t *ret_number)
{
    static const char prefix[] = "/dev/loop";
    const char *number = node + strlen(prefix);
    uint64_t value;

    /* Minor numbers have 20 bits. */
    if (!starts_with(node, prefix) || !parse_plain(number, strlen(number), (1 << 20) - 1, &value))
        return false;
    *ret_number = (uint32_t)value;
    return true;
}
