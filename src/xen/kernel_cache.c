/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Kernels that were unpacked before; see kernel_cache.h. */
#include "xen/kernel_cache.h"

#include <endian.h>
#include <sha2.h>
#include <stdint.h>
#include <string.h>

#include "base/cache.h"
#include "base/mem.h"
#include "config/host_config.h"

#define HEADER_AT       0x202
#define HEADER_MAGIC    "HdrS"
#define HEADER_END      0x250 /* behind payload_length */
#define VERSION_AT      0x206
#define VERSION_PAYLOAD 0x0208

#define ELF_MAGIC       "\177ELF"

bool kernel_is_bzimage(const void *bytes, size_t length)
{
    const char *start = bytes;
    uint16_t version;

    if (length < HEADER_END || memcmp(start + HEADER_AT, HEADER_MAGIC, strlen(HEADER_MAGIC)) != 0)
        return false;
    memcpy(&version, start + VERSION_AT, sizeof(version));
    return le16toh(version) >= VERSION_PAYLOAD;
}

static bool is_elf(const void *bytes, size_t length)
{
    return length > strlen(ELF_MAGIC) && memcmp(bytes, ELF_MAGIC, strlen(ELF_MAGIC)) == 0;
}

/* Read here, since a worker of the supervisor may have started long ago. */
static uint64_t limit_bytes(void)
{
    auto_diagnostics diagnostics = DIAGNOSTICS_INIT;
    auto_host_config host = { 0 };

    return host_config_read(&host, &diagnostics, NULL) < 0
               ? 0
               : (uint64_t)host.kernel_cache_mib * 1024 * 1024;
}

/* libxenguest maps the file, and gives it back with everything else. */
static bool take_unpacked(struct xc_dom_image *dom, const char *name)
{
    auto_fd int fd = cache_open(KERNEL_CACHE_FOLDER, name);
    auto_free char *path = xasprintf("/proc/self/fd/%d", fd);
    size_t size = 0;
    void *bytes = fd < 0 ? NULL : xc_dom_malloc_filemap(dom, path, &size, dom->max_kernel_size);

    if (!bytes || !is_elf(bytes, size))
        return false;
    dom->kernel_blob = bytes;
    dom->kernel_size = size;
    return true;
}

int __wrap_xc_dom_parse_image(struct xc_dom_image *dom)
{
    const void *packed = dom->kernel_blob;
    char name[SHA256_DIGEST_STRING_LENGTH];
    uint64_t limit;
    int result;

    if (!packed || !kernel_is_bzimage(packed, dom->kernel_size) || (limit = limit_bytes()) == 0)
        return __real_xc_dom_parse_image(dom);
    SHA256Data(packed, dom->kernel_size, name);
    if (take_unpacked(dom, name))
        return __real_xc_dom_parse_image(dom);
    result = __real_xc_dom_parse_image(dom);
    /* That it cannot be kept is no reason to fail. */
    if (result == 0 && dom->kernel_blob != packed && is_elf(dom->kernel_blob, dom->kernel_size))
        (void)cache_add(KERNEL_CACHE_FOLDER, name, dom->kernel_blob, dom->kernel_size, limit, NULL);
    return result;
}
