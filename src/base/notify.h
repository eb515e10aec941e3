/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Telling a service manager how far we are, by the protocol of sd_notify(3), without its library.
 */
#ifndef XN_BASE_NOTIFY_H
#define XN_BASE_NOTIFY_H

/* Sends "READY=1" and such to the socket that $NOTIFY_SOCKET names; nobody there is no error. */
void notify_manager(const char *state);

#endif
