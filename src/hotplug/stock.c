/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sums of the scripts; see stock.h. */
#include "hotplug/stock.h"

#include <fcntl.h>
#include <glob.h>
#include <sha2.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* The largest has 9 KiB; what is larger was changed. */
#define SCRIPT_MAX 16384

struct stock_file {
    const char *name;
    unsigned kinds; /* whose script reads it: bits of enum stock_kind */
    const char *sum;
};

/*
 * Debian 12, Xen 4.17: what sha256sum says. Another version may be listed here only when vif.c and
 * block.c do what it does: upstream's vif-common.sh, for one, calls iptables where Debian's does
 * not.
 */
static const struct stock_file files[] = {
    { "vif-bridge", STOCK_VIF, "82529bd2e11e9d49d76b0570314b45ec99605b9bacf7eff4380efe435f773ad6" },
    { "vif-common.sh", STOCK_VIF,
      "2ab11fa10f4817f5838b08175a6e529fab97cb5caad756988e14aee9c0230459" },
    { "xen-network-common.sh", STOCK_VIF,
      "ec81a4c006292601b6dfa3103a7794bc2442d8d2504fc2bb2e4bc63af03c1e72" },
    { "block", STOCK_BLOCK, "2bcb11f9041fceceddccc9e07314ea60a8505e185f54d7c7d77b5a37b9936e26" },
    { "block-common.sh", STOCK_BLOCK,
      "b478cff89cbf00b492015885d6962f28962b077d7e4a639c11de0cc14d108eb1" },
    { "xen-hotplug-common.sh", STOCK_VIF | STOCK_BLOCK,
      "d52cdbf3649222a64bdd842fbdcd0ec0302caa6737d9274490cdd295cbd3f1f3" },
    { "xen-script-common.sh", STOCK_VIF | STOCK_BLOCK,
      "111773d49072538273b334e8cd04b181adfb2096c96b2603e98b8ab7d9d32af9" },
    { "hotplugpath.sh", STOCK_VIF | STOCK_BLOCK,
      "2fad68b8fd43bd8c87e5e33150afb8f3296f498ecfe3967da417a182bed0daa9" },
    { "logging.sh", STOCK_VIF | STOCK_BLOCK,
      "60bf8d530962dcd390864effca6489772ef0cb9e91c3390ff5cfff7693ef04ca" },
    { "locking.sh", STOCK_VIF | STOCK_BLOCK,
      "6cc8c1fae81bf1cded7bef07256b9518ffaa40eff32d8bbbf05e21a8392b1be1" },
};

enum stock_kind stock_kind_of(const char *script)
{
    const char *slash = strrchr(script, '/');

    if (!slash)
        return STOCK_NONE;
    if (strcmp(slash + 1, "vif-bridge") == 0)
        return STOCK_VIF;
    return strcmp(slash + 1, "block") == 0 ? STOCK_BLOCK : STOCK_NONE;
}

static bool is_known(int folder, const struct stock_file *file)
{
    auto_fd int fd = openat(folder, file->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    unsigned char bytes[SCRIPT_MAX];
    char sum[SHA256_DIGEST_STRING_LENGTH];
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, sizeof(bytes));

    if (got < 0)
        return false;
    return strcmp(SHA256Data(bytes, (size_t)got, sum), file->sum) == 0;
}

/* vif-bridge sources them from this place, wherever it lies itself. */
static bool has_hooks(void)
{
    glob_t found;
    int result = glob(XEN_CONFIG_DIR "/scripts/vif-post.d/*.hook", GLOB_NOSORT, NULL, &found);

    globfree(&found);
    return result != GLOB_NOMATCH;
}

bool stock_is_unchanged(const char *script, enum stock_kind kind)
{
    auto_free char *path = xstrndup(script, (size_t)(strrchr(script, '/') - script) + 1);
    auto_fd int folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (folder < 0 || access(script, X_OK) < 0 || (kind == STOCK_VIF && has_hooks()))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(files); i++)
        if ((files[i].kinds & kind) && !is_known(folder, &files[i]))
            return false;
    return true;
}
