/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "did you mean" stands in base/, because every room that reads words needs it. */
#ifndef XN_CLI_SUGGEST_H
#define XN_CLI_SUGGEST_H

#include "base/suggest.h"

#endif
