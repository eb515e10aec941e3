/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The devices of domains as libxl keeps them in xenstore: /libxl/DOMID/device/KIND/NUMBER, which
 * only this host writes. What a list starts from. */
#ifndef XN_XEN_DEVICE_FOLDERS_H
#define XN_XEN_DEVICE_FOLDERS_H

#include "model/device.h"
#include "xen/store_many.h"

struct device_folder {
    const struct domain *domain;
    const char *kind; /* "vif"; the caller's own string */
    unsigned number;  /* the name of the folder */
    /* For the caller: */
    size_t first; /* its first question of a round */
    void *row;    /* what the list shows; NULL: it is just going away */
};

struct device_folders {
    struct device_folder *items;
    size_t count;
};

#define DEVICE_FOLDERS_INIT                                                                        \
    {                                                                                              \
        NULL, 0                                                                                    \
    }
#define auto_device_folders __attribute__((cleanup(device_folders_release))) struct device_folders

void device_folders_release(struct device_folders *folders);

/* The folders of these kinds (NULL ends them), domain by domain, in one round trip. */
int device_folders_find(struct xen_host *host, const struct domain *const *domains, size_t count,
                        const char *const *kinds, struct device_folders *ret, struct error **error);
/* Adds questions for the values of these keys (NULL ends them) in libxl's folder of a device, and
 * in the guest's own: numbers only are to be believed there. */
void device_folder_ask(struct store_questions *questions, const struct device_folder *folder,
                       const char *const *keys);
void device_folder_ask_guest(struct store_questions *questions, const struct device_folder *folder,
                             const char *const *keys);

/* Sets path and domid of the backend; false when the path is not there or is none. */
bool device_set_backend(struct device *device, const char *path);

#endif
