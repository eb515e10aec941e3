#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes ./configure. Needs autoconf, automake and pkg-config.
set -eu
cd "$(dirname "$0")"
exec autoreconf --install --force "$@"
