/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stats document. */
#ifndef XN_COMMANDS_SAMPLING_JSON_H
#define XN_COMMANDS_SAMPLING_JSON_H

#include "model/usage.h"
#include "out/json.h"
#include "out/listing.h"

/* The whole document. all: a row for each domain of the sample, for the host; listing: those that
 * are shown. */
int sampling_json(struct json *json, const struct sample *sample, const struct usage *all,
                  const struct listing *listing, const struct output_options *options,
                  struct error **error);

#endif
