/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An outcome as bytes, from a child process to its parent. */
#ifndef XN_MODEL_OUTCOME_WIRE_H
#define XN_MODEL_OUTCOME_WIRE_H

#include "model/outcome.h"

/* Adds what came of it: result, domain, error and figures; not action and target, which the parent
 * knows. */
void outcome_pack(const struct outcome *outcome, struct str *bytes);
/* Fills these fields of *outcome. False when the bytes are no whole outcome. */
bool outcome_unpack(const struct str *bytes, struct outcome *outcome);

#endif
