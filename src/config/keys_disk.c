/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of disks and shared directories. */
#include "config/build.h"
#include "config/keys.h"

/* libxlutil parses disks, so these rows are bound to nothing. */
#define DISK(part, the_form, words, path, first, standard, text, sample)                           \
    {                                                                                              \
        part, the_form, .form_text = words, .field = path, .since = first, .fallback = standard,   \
                        .meaning = text, .example = sample                                         \
    }

static const struct config_key disk_parts[] = {
    DISK("target", FORM_TEXT, NULL, "pdev_path", "4.0", "none, for an empty drive",
         "the file or block device; first when given without its name", "target=/dev/vg/web"),
    DISK("format", FORM_OTHER, "one of raw, qcow, qcow2, vhd, qed", "format", "4.2", "raw",
         "how the data stands in the target; second without its name", "format=qcow2"),
    DISK("vdev", FORM_OTHER, "a name such as xvda, hda, sda or d0p1", "vdev", "4.0", NULL,
         "the disk's name in the guest; third without its name", "vdev=xvda"),
    DISK("access", FORM_OTHER, "one of r, ro, w, rw, w!", "readwrite", "4.0", "rw, r for a CD-ROM",
         "whether the guest may write, w! beside others; fourth without its name", "access=rw"),
    DISK("devtype", FORM_OTHER, "disk or cdrom", "is_cdrom, removable", "4.2", "disk",
         "what the guest sees", "devtype=cdrom"),
    DISK("cdrom", FORM_OTHER, "no value", "is_cdrom, removable", "4.2", NULL,
         "the same as devtype=cdrom", "cdrom"),
    DISK("backend", FORM_TEXT, "a domain", "backend_domname", "4.2", "domain 0",
         "the domain that serves the disk", "backend=storage"),
    DISK("backendtype", FORM_OTHER, "one of phy, tap, qdisk, standalone", "backend", "4.2",
         "chosen by libxl", "what serves the disk", "backendtype=qdisk"),
    DISK("script", FORM_TEXT, "a program", "script", "4.2", NULL,
         "the program that makes the target available", "script=block-iscsi"),
    DISK("direct-io-safe", FORM_OTHER, "no value", "direct_io_safe", "4.5", "off",
         "let the backend bypass the host's cache", "direct-io-safe"),
    DISK("discard", FORM_OTHER, "no value", "discard_enable", "4.5",
         "on where the disk is writable", "pass on what the guest no longer needs", "discard"),
    DISK("no-discard", FORM_OTHER, "no value", "discard_enable", "4.5", NULL,
         "the opposite of discard", "no-discard"),
    DISK("specification", FORM_OTHER, "xen or virtio", "specification", "4.17", "xen",
         "the kind of device that the guest sees", "specification=xen"),
    DISK("grant_usage", FORM_BOOL, NULL, "grant_usage", "4.19", "where the backend is not domain 0",
         "a virtio device uses grants", "grant_usage=1"),
    DISK("trusted", FORM_OTHER, "no value", "trusted", "4.19", "trusted",
         "the guest trusts the backend", "trusted"),
    DISK("untrusted", FORM_OTHER, "no value", "trusted", "4.19", NULL,
         "the guest does not trust the backend", "untrusted"),
    DISK("colo", FORM_OTHER, "no value", "colo_enable", "4.7", "off",
         "replicate the disk with COLO, which is experimental", "colo"),
    DISK("no-colo", FORM_OTHER, "no value", "colo_enable", "4.7", NULL, "the opposite of colo",
         "no-colo"),
    DISK("colo-host", FORM_TEXT, "a host", "colo_host", "4.7", NULL, "where COLO replicates to",
         "colo-host=192.0.2.1"),
    DISK("colo-port", FORM_NUMBER, NULL, "colo_port", "4.7", NULL, "the port there",
         "colo-port=10809"),
    DISK("colo-export", FORM_TEXT, "a name", "colo_export", "4.7", NULL, "the NBD export there",
         "colo-export=disk1"),
    DISK("active-disk", FORM_TEXT, "a file", "active_disk", "4.7", NULL,
         "what COLO writes in the meantime", "active-disk=/tmp/active.img"),
    DISK("hidden-disk", FORM_TEXT, "a file", "hidden_disk", "4.7", NULL,
         "what COLO keeps of the old data", "hidden-disk=/tmp/hidden.img"),
    { .name = NULL },
};

#define P9(path) PART_TEXT(libxl_device_p9, path)

#ifdef LIBXL_HAVE_XEN_9PFS
static const struct key_choice p9_types[] = {
    { "qemu", LIBXL_P9_TYPE_QEMU, NULL },
    { "xen_9pfsd", LIBXL_P9_TYPE_XEN_9PFSD, NULL },
    { NULL, 0, NULL },
};
#define P9_TYPE       .choices = p9_types, PART_CHOICE(libxl_device_p9, type, libxl_p9_type)
#define P9_INT(path)  PART_INT(libxl_device_p9, path)
#define P9_BOOL(path) PART_FLAG(libxl_device_p9, path)
#else
#define P9_TYPE       .form_text = "qemu or xen_9pfsd", KEY_UNAVAILABLE
#define P9_INT(path)  KEY_UNAVAILABLE
#define P9_BOOL(path) KEY_UNAVAILABLE
#endif

static const struct config_key p9_parts[] = {
    { "tag", FORM_TEXT, .since = "4.9", .meaning = "the name by which the guest mounts it",
      .example = "tag=share", P9(tag) },
    { "path", FORM_TEXT, .since = "4.9", .meaning = "the directory of the host",
      .example = "path=/srv/share", P9(path) },
    { "security_model", FORM_TEXT, .form_text = "none", .since = "4.9",
      .meaning = "how owners and modes of files are kept", .example = "security_model=none",
      P9(security_model) },
    { "backend", FORM_TEXT, .form_text = "a domain", .since = "4.9", .fallback = "domain 0",
      .meaning = "the domain that serves it", .example = "backend=storage", P9(backend_domname) },
    { "type", FORM_CHOICE, .since = "4.19", .fallback = "qemu",
      .meaning = "the program that serves it", .example = "type=qemu", P9_TYPE },
    { "max-files", FORM_NUMBER, .since = "4.19", .fallback = "0, no limit",
      .meaning = "how many files the guest may make", .example = "max-files=1000",
      P9_INT(max_files) },
    { "max-open-files", FORM_NUMBER, .since = "4.19", .fallback = "5",
      .meaning = "how many files the guest may have open", .example = "max-open-files=20",
      P9_INT(max_open_files) },
    { "max-space", FORM_NUMBER, .form_text = "a number of MiB", .since = "4.19",
      .fallback = "0, no limit", .meaning = "how much space the guest may use",
      .example = "max-space=100", P9_INT(max_space) },
    { "auto-delete", FORM_BOOL, .since = "4.19", .fallback = "0",
      .meaning = "delete the oldest files when a limit is reached", .example = "auto-delete=1",
      P9_BOOL(auto_delete) },
    { .name = NULL },
};

const struct config_key keys_disk[] = {
    { "disk", FORM_SPECS, .form_text = "a list of disks", .guests = GUEST_ALL, .since = "4.0",
      .field = "disks", .meaning = "the guest's disks",
      .example = "disk = [ \"/dev/vg/web,raw,xvda,rw\" ]", .parts = disk_parts,
      .build = build_disks },
    { "p9", FORM_SPECS, .form_text = "a list of shared directories", .guests = GUEST_ALL,
      .since = "4.9", .field = "p9s", .meaning = "directories of the host, shared by 9P",
      .example = "p9 = [ \"tag=share,path=/srv/share,security_model=none\" ]", .parts = p9_parts,
      .build = build_p9s },
    { .name = NULL },
};
