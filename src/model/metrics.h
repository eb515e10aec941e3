/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A sample in Prometheus' text format 0.0.4, for the textfile collector of its node exporter.
 *
 * Base units, no time stamps, labels by name and UUID. A domain that is just being built, received
 * or taken away is left out, so that no two series have the same labels.
 */
#ifndef XN_MODEL_METRICS_H
#define XN_MODEL_METRICS_H

#include "model/sample.h"

struct metrics_input {
    const struct sample *sample; /* NULL: the host cannot be asked */
    bool supervisor_known;
    bool supervisor_up;
};

void metrics_text(const struct metrics_input *input, struct str *text);

/* All metrics, for the check of the manual: name, type and meaning of each. */
void metrics_each(void (*tell)(void *context, const char *name, const char *type, const char *help),
                  void *context);

#endif
