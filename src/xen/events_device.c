/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices that come and go; see events_parts.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "xen/events_parts.h"

/* States of a backend, as in xen/public/io/xenbus.h. */
#define STATE_READY     "2"
#define STATE_CONNECTED "4"

static char *watch_token(const struct tracked *tracked)
{
    return xasprintf("backend-%u", tracked->domain.domid);
}

static void tell(struct tracker *tracker, const struct tracked *tracked,
                 const struct tracked_device *device, const char *kind, char *message)
{
    struct event event = { .kind = kind,
                           .device_type = xstrdup(device->type),
                           .devid = device->devid,
                           .message = message };

    tracker_tell(tracker, tracked, &event);
}

static void drop(struct tracker *tracker, struct tracked *tracked, size_t index)
{
    struct tracked_device *device = &tracked->devices[index];
    auto_free char *token = watch_token(tracked);

    (void)xs_unwatch(tracker->store, device->backend, token);
    free(device->type);
    free(device->backend);
    tracked->devices[index] = tracked->devices[--tracked->device_count];
}

void tracked_devices_release(struct tracker *tracker, struct tracked *tracked)
{
    while (tracked->device_count)
        drop(tracker, tracked, tracked->device_count - 1);
    free(tracked->devices);
    tracked->devices = NULL;
}

static char *backend_node(struct tracker *tracker, const struct tracked_device *device,
                          const char *name)
{
    auto_free char *path = xasprintf("%s/%s", device->backend, name);

    return tracker_read(tracker, path);
}

/* A device with a hotplug script is there when that has done its work; another one when its backend
 * is ready. Whether the guest has a driver for it is another question. */
static bool is_attached(struct tracker *tracker, const struct tracked_device *device)
{
    auto_free char *state = backend_node(tracker, device, "state");
    auto_free char *hotplug = NULL, *script = NULL;

    if (!state)
        return false;
    if (strcmp(state, STATE_CONNECTED) == 0)
        return true;
    hotplug = backend_node(tracker, device, "hotplug-status");
    if (hotplug)
        return strcmp(hotplug, "connected") == 0;
    script = backend_node(tracker, device, "script");
    return !script && strcmp(state, STATE_READY) == 0;
}

static void look_at_backend(struct tracker *tracker, struct tracked *tracked,
                            struct tracked_device *device)
{
    auto_free char *problem = NULL;

    if (device->told)
        return;
    if (is_attached(tracker, device)) {
        device->told = device->attached = true;
        tell(tracker, tracked, device, tracker->first ? "device-present" : "device-attached", NULL);
        return;
    }
    problem = backend_node(tracker, device, "hotplug-error");
    if (problem) {
        device->told = true;
        tell(tracker, tracked, device, "device-failed", TAKE(problem));
    }
}

static struct tracked_device *find(const struct tracked *tracked, const char *type, uint32_t devid)
{
    for (size_t i = 0; i < tracked->device_count; i++)
        if (tracked->devices[i].devid == devid && strcmp(tracked->devices[i].type, type) == 0)
            return &tracked->devices[i];
    return NULL;
}

static void note_device(struct tracker *tracker, struct tracked *tracked, const char *folder,
                        const char *type, const char *number)
{
    auto_free char *path = xasprintf("%s/%s/%s/backend", folder, type, number);
    auto_free char *token = watch_token(tracked);
    struct tracked_device *device;
    uint64_t devid;
    char *backend;

    if (!parse_uint(number, UINT32_MAX, &devid))
        return;
    device = find(tracked, type, (uint32_t)devid);
    if (device) {
        device->seen = true;
        return;
    }
    backend = tracker_read(tracker, path);
    if (!backend)
        return;
    tracked->devices =
        xreallocarray(tracked->devices, tracked->device_count + 1, sizeof(*tracked->devices));
    tracked->devices[tracked->device_count++] = (struct tracked_device){
        .type = xstrdup(type), .devid = (uint32_t)devid, .backend = backend, .seen = true
    };
    /* It fires at once, too. */
    (void)xs_watch(tracker->store, backend, token);
    tracked->read_backends = true;
}

static void note_type(struct tracker *tracker, struct tracked *tracked, const char *folder,
                      const char *type)
{
    auto_free char *path = xasprintf("%s/%s", folder, type);
    auto_free char **numbers = NULL;
    unsigned count = 0;

    numbers = xs_directory(tracker->store, XBT_NULL, path, &count);
    for (unsigned i = 0; numbers && i < count; i++)
        note_device(tracker, tracked, folder, type, numbers[i]);
}

/* One that goes before it was there at all has failed, whatever was cleaned away with it; but a
 * domain is paused before it is destroyed, and then all of them go. */
static void tell_of_gone(struct tracker *tracker, struct tracked *tracked)
{
    for (size_t i = tracked->device_count; i-- > 0;) {
        const struct tracked_device *device = &tracked->devices[i];

        if (device->seen)
            continue;
        if (device->attached)
            tell(tracker, tracked, device, "device-detached", NULL);
        else if (!device->told && !tracked->domain.paused && !tracked->domain.shutdown)
            tell(tracker, tracked, device, "device-failed",
                 xstrdup("it was taken away before it was ready"));
        drop(tracker, tracked, i);
    }
}

void tracked_devices_look(struct tracker *tracker, struct tracked *tracked)
{
    auto_free char *folder = xasprintf("/libxl/%u/device", tracked->domain.domid);

    if (tracked->read_devices) {
        auto_free char **types = NULL;
        unsigned count = 0;

        tracked->read_devices = false;
        for (size_t i = 0; i < tracked->device_count; i++)
            tracked->devices[i].seen = false;
        types = xs_directory(tracker->store, XBT_NULL, folder, &count);
        for (unsigned i = 0; types && i < count; i++)
            if (strcmp(types[i], "console") != 0) /* nothing tells when one is ready */
                note_type(tracker, tracked, folder, types[i]);
        tell_of_gone(tracker, tracked);
    }
    if (!tracked->read_backends)
        return;
    tracked->read_backends = false;
    for (size_t i = 0; i < tracked->device_count; i++)
        look_at_backend(tracker, tracked, &tracked->devices[i]);
}
