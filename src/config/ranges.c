/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* I/O ports, interrupts and memory of devices, and devices of the device tree. */
#include "config/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/spec.h"

static void report_range(struct build *build, const struct setting_value *item, const char *name,
                         const char *expected)
{
    diagnostic_hint(build_error(build, "bad-range", &item->place, "'%s' is no entry of '%s'",
                                setting_text(item), name),
                    "expected %s", expected);
}

static void read_ioports(struct build *build, const struct setting_value *item,
                         libxl_ioport_range *range)
{
    const char *text = setting_text(item);
    size_t digits = strcspn(text, "-");
    const char *second = text[digits] ? text + digits + 1 : text;
    unsigned long first, last;

    if (!parse_unsigned(text, digits, 16, UINT32_MAX - 1, &first) ||
        !parse_unsigned(second, strlen(second), 16, UINT32_MAX - 1, &last) || last < first) {
        report_range(build, item, "ioports", "a hexadecimal port, or two as in 2f8-2ff");
        return;
    }
    range->first = (uint32_t)first;
    range->number = (uint32_t)(last - first + 1);
}

static void read_irq(struct build *build, const struct setting_value *item, uint32_t *irq)
{
    const char *text = setting_text(item);
    unsigned long number;

    if (!parse_unsigned(text, strlen(text), 10, UINT32_MAX - 1, &number))
        report_range(build, item, "irqs", "a decimal number");
    else
        *irq = (uint32_t)number;
}

static void read_iomem(struct build *build, const struct setting_value *item,
                       libxl_iomem_range *range)
{
    const char *text = setting_text(item), *comma = strchr(text, ',');
    const char *at = comma ? strchr(comma, '@') : NULL, *end = text + strlen(text);
    unsigned long start, number, gfn;

    libxl_iomem_range_init(range);
    gfn = range->gfn;
    if (!comma || !parse_unsigned(text, (size_t)(comma - text), 16, UINT64_MAX, &start) ||
        !parse_unsigned(comma + 1, (size_t)((at ? at : end) - comma - 1), 16, UINT64_MAX,
                        &number) ||
        (at && !parse_unsigned(at + 1, (size_t)(end - at - 1), 16, UINT64_MAX, &gfn))) {
        report_range(build, item, "iomem",
                     "two hexadecimal numbers of pages as in fd000,40, and @GFN if wanted");
        return;
    }
    range->start = start;
    range->number = number;
    range->gfn = gfn;
}

void build_ranges(struct build *build)
{
    libxl_domain_build_info *b_info = &build->config->b_info;
    const struct setting *ports, *irqs, *iomem;

    b_info->num_ioports = (int)spec_count(build, "ioports", &ports);
    b_info->num_irqs = (int)spec_count(build, "irqs", &irqs);
    b_info->num_iomem = (int)spec_count(build, "iomem", &iomem);
    if (ports)
        b_info->ioports = xcalloc((size_t)b_info->num_ioports, sizeof(*b_info->ioports));
    if (irqs)
        b_info->irqs = xcalloc((size_t)b_info->num_irqs, sizeof(*b_info->irqs));
    if (iomem)
        b_info->iomem = xcalloc((size_t)b_info->num_iomem, sizeof(*b_info->iomem));
    for (int i = 0; i < b_info->num_ioports; i++)
        read_ioports(build, &ports->value.items[i], &b_info->ioports[i]);
    for (int i = 0; i < b_info->num_irqs; i++)
        read_irq(build, &irqs->value.items[i], &b_info->irqs[i]);
    for (int i = 0; i < b_info->num_iomem; i++)
        read_iomem(build, &iomem->value.items[i], &b_info->iomem[i]);
}

void build_dtdevs(struct build *build)
{
    libxl_domain_config *config = build->config;
    const struct setting *setting;
    size_t count = spec_count(build, "dtdev", &setting);

    for (size_t i = 0; i < count; i++) {
        libxl_device_dtdev *device = EXTEND(config->dtdevs, config->num_dtdevs);

        libxl_device_dtdev_init(device);
        device->path = xstrdup(setting_text(&setting->value.items[i]));
    }
}
