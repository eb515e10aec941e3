/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* USB devices of the host for guests; see usb.h. */
#include "xen/usb.h"

#include <dirent.h>
#include <fcntl.h>
#include <libxl_utils.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "xen/device.h"
#include "xen/domain.h"
#include "xen/pv_device.h"

#define SYSFS_DEVICES "/sys/bus/usb/devices"
#define CLASS_HUB     9

/* A number that the host's kernel has in a file about the device. */
static bool read_number(const char *device, const char *file, int base, uint64_t *ret)
{
    auto_free char *path = xasprintf(SYSFS_DEVICES "/%s/%s", device, file);

    return file_read_uint(AT_FDCWD, path, base, ret);
}

/* Calls each with every device of the host until it returns true. False when no one did. */
static bool any_host_device(bool (*each)(void *context, unsigned bus, unsigned address, bool hub),
                            void *context)
{
    DIR *folder = opendir(SYSFS_DEVICES);
    const struct dirent *entry;
    bool found = false;

    while (folder && !found && (entry = readdir(folder))) {
        uint64_t bus, address, kind;

        /* Those with a colon are interfaces of a device. */
        if (entry->d_name[0] != '.' && !strchr(entry->d_name, ':') &&
            read_number(entry->d_name, "busnum", 10, &bus) &&
            read_number(entry->d_name, "devnum", 10, &address) &&
            read_number(entry->d_name, "bDeviceClass", 16, &kind))
            found = each(context, (unsigned)bus, (unsigned)address, kind == CLASS_HUB);
    }
    if (folder)
        closedir(folder);
    return found;
}

struct wanted {
    const libxl_device_usbdev *usbdev;
    bool hub;
};

static bool is_wanted(void *context, unsigned bus, unsigned address, bool hub)
{
    struct wanted *wanted = context;

    wanted->hub = hub;
    return bus == wanted->usbdev->u.hostdev.hostbus &&
           address == wanted->usbdev->u.hostdev.hostaddr;
}

static bool offer(void *context, unsigned bus, unsigned address, bool hub)
{
    if (!hub)
        string_list_take(context, xasprintf("hostbus=%u,hostaddr=%u", bus, address));
    return false;
}

void xen_usb_host_devices(struct string_list *list)
{
    (void)any_host_device(offer, list);
}

static int check_host_device(const libxl_device_usbdev *usbdev, struct error **error)
{
    struct wanted wanted = { .usbdev = usbdev };
    unsigned bus = usbdev->u.hostdev.hostbus, address = usbdev->u.hostdev.hostaddr;

    if (!any_host_device(is_wanted, &wanted)) {
        error_set(error, ERR_DEVICE_NOT_FOUND, "this host has no USB device %u on bus %u", address,
                  bus);
        return error_hint(error, "lsusb lists them; a device that is plugged in again gets a new "
                                 "number");
    }
    if (!wanted.hub)
        return 0;
    return error_set(error, ERR_REFUSED, "USB device %u on bus %u is a hub", address, bus);
}

/* libxl tells no more of this than that it failed. */
static int check_place(struct xen_host *host, const struct domain *domain,
                       const libxl_device_usbdev *usbdev, struct error **error)
{
    libxl_device_usbctrl controller;
    int ports;

    if (usbdev->ctrl < 0)
        return 0;
    if (libxl_devid_to_device_usbctrl(xen_ctx(host), domain->domid, usbdev->ctrl, &controller)) {
        error_set(error, ERR_DEVICE_NOT_FOUND, "domain %u has no USB controller %d", domain->domid,
                  usbdev->ctrl);
        return error_hint(error,
                          "'xn usb-list %u' shows those it has; 'xn usbctrl-attach %u' gives "
                          "it one more",
                          domain->domid, domain->domid);
    }
    ports = controller.ports;
    libxl_device_usbctrl_dispose(&controller);
    if (usbdev->port <= ports)
        return 0;
    return error_set(error, ERR_DEVICE_NOT_FOUND, "USB controller %d of domain %u has %d ports",
                     usbdev->ctrl, domain->domid, ports);
}

/* The number of a controller behind those that there are; -1: cannot tell. */
static int last_controller(struct xen_host *host, uint32_t domid)
{
    int count = 0, last = -1;
    libxl_device_usbctrl *list = libxl_device_usbctrl_list(xen_ctx(host), domid, &count);

    for (int i = 0; list && i < count; i++)
        last = list[i].devid > last ? list[i].devid : last;
    if (list)
        libxl_device_usbctrl_list_free(list, count);
    return last;
}

/* Whether the device is the guest's; fills in where. */
static bool has_device(struct xen_host *host, uint32_t domid, libxl_device_usbdev *usbdev)
{
    int count = 0;
    libxl_device_usbdev *list = libxl_device_usbdev_list(xen_ctx(host), domid, &count);
    bool found = false;

    for (int i = 0; list && i < count && !found; i++) {
        found = list[i].u.hostdev.hostbus == usbdev->u.hostdev.hostbus &&
                list[i].u.hostdev.hostaddr == usbdev->u.hostdev.hostaddr;
        if (found) {
            usbdev->ctrl = list[i].ctrl;
            usbdev->port = list[i].port;
        }
    }
    if (list)
        libxl_device_usbdev_list_free(list, count);
    return found;
}

/* The device, and a controller that libxl has made for it. */
static void take_back(struct xen_host *host, uint32_t domid, libxl_device_usbdev *usbdev,
                      int last_before)
{
    struct xen_operation operation;
    auto_error ignored = NULL;
    int rc, last = last_controller(host, domid);

    if (has_device(host, domid, usbdev)) {
        xen_operation_init(host, &operation);
        xen_operation_started(
            &operation, libxl_device_usbdev_remove(xen_ctx(host), domid, usbdev, &operation.how));
        (void)xen_operation_finish(&operation, &rc, &ignored);
    }
    if (last > last_before) {
        libxl_device_usbctrl controller;

        if (libxl_devid_to_device_usbctrl(xen_ctx(host), domid, last, &controller))
            return;
        xen_operation_init(host, &operation);
        xen_operation_started(&operation, libxl_device_usbctrl_destroy(
                                              xen_ctx(host), domid, &controller, &operation.how));
        (void)xen_operation_finish(&operation, &rc, &ignored);
        libxl_device_usbctrl_dispose(&controller);
    }
}

int xen_usbdev_attach(struct xen_host *host, const struct domain *domain,
                      libxl_device_usbdev *usbdev, uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence =
        xasprintf("cannot attach USB device %u on bus %u to domain %u", usbdev->u.hostdev.hostaddr,
                  usbdev->u.hostdev.hostbus, domain->domid);
    struct xen_operation operation;
    libxl_device_usbdev own = *usbdev;
    int last_before;

    if (check_host_device(usbdev, error) < 0 || check_place(host, domain, usbdev, error) < 0)
        return -1;
    if (has_device(host, domain->domid, &own))
        return error_set(error, ERR_EXISTS, "%s: it has it already, in port %d of controller %d",
                         sentence, own.port, own.ctrl);
    if (xen_domain_verify(host, domain, error) < 0)
        return -1;
    last_before = last_controller(host, domain->domid);
    xen_log_forget(host);
    xen_operation_init(host, &operation);
    xen_operation_started(
        &operation, libxl_device_usbdev_add(xen_ctx(host), domain->domid, usbdev, &operation.how));
    if (xen_device_wait(&operation, timeout_ms, sentence, error) < 0) {
        take_back(host, domain->domid, usbdev, last_before);
        return -1;
    }
    (void)has_device(host, domain->domid, usbdev);
    return 0;
}

int xen_usbdev_detach(struct xen_host *host, const struct domain *domain, int controller, int port,
                      uint64_t timeout_ms, struct error **error)
{
    auto_free char *sentence = xasprintf("cannot detach what is in port %d of USB controller %d of "
                                         "domain %u",
                                         port, controller, domain->domid);
    struct xen_operation operation;
    libxl_device_usbdev usbdev;
    int result;

    libxl_device_usbdev_init(&usbdev);
    if (libxl_ctrlport_to_device_usbdev(xen_ctx(host), domain->domid, controller, port, &usbdev)) {
        error_set(error, ERR_DEVICE_NOT_FOUND,
                  "nothing is in port %d of USB controller %d of domain %u", port, controller,
                  domain->domid);
        return error_hint(error, "'xn usb-list %u' shows its ports", domain->domid);
    }
    result = xen_domain_verify(host, domain, error);
    if (result == 0) {
        xen_log_forget(host);
        xen_operation_init(host, &operation);
        xen_operation_started(&operation, libxl_device_usbdev_remove(xen_ctx(host), domain->domid,
                                                                     &usbdev, &operation.how));
        result = xen_device_wait(&operation, timeout_ms, sentence, error);
        if (result < 0)
            device_error_add(error, has_device(host, domain->domid, &usbdev)
                                        ? "it is still there"
                                        : "it is gone all the same");
    }
    libxl_device_usbdev_dispose(&usbdev);
    return result;
}
