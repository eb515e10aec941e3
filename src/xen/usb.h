/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Giving USB devices of the host to guests, and taking them back. Controllers are in pv_device.h,
 * their list in small_device.h. */
#ifndef XN_XEN_USB_H
#define XN_XEN_USB_H

#include "model/domain.h"
#include "xen/host.h"

/* Gives the guest a device of the host: in the controller and port that it names, or in free ones,
 * which are filled in; libxl makes a controller when there is none. What is half there when it
 * fails is taken back. timeout_ms: DEADLINE_NEVER leaves it to libxl. ERR_DEVICE_NOT_FOUND,
 * ERR_EXISTS, ERR_TIMEOUT, ERR_INTERRUPTED, ERR_LIBXL. */
int xen_usbdev_attach(struct xen_host *host, const struct domain *domain,
                      libxl_device_usbdev *usbdev, uint64_t timeout_ms, struct error **error);
/* Takes back what is in a port, counted from 1, of a controller, counted from 0. When that fails
 * the error says whether it is still there. */
int xen_usbdev_detach(struct xen_host *host, const struct domain *domain, int controller, int port,
                      uint64_t timeout_ms, struct error **error);

/* USB devices of the host, without its hubs, as "hostbus=1,hostaddr=2"; for completion. */
void xen_usb_host_devices(struct string_list *list);

#endif
