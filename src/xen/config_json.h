/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's configuration in libxl's JSON, as 'create --dry-run' and 'list --long' print it. */
#ifndef XN_XEN_CONFIG_JSON_H
#define XN_XEN_CONFIG_JSON_H

#include "xen/host.h"

/* Whether the text of a configuration file is JSON: its first character tells. */
bool xen_config_is_json(const char *text);
/* Reads the configuration of one guest: the bare object, one wrapped as {"config": ...}, or a list
 * of one of these. The caller inited config. name is the file's, for messages. Only libxl can
 * read its JSON: without a host (NULL) this finds mistakes in the JSON itself and is then
 * ERR_NO_XEN. ERR_CONFIG. */
int xen_config_from_json(struct xen_host *host, const char *name, const char *text,
                         libxl_domain_config *config, struct error **error);
/* The way back. The caller frees the text. */
int xen_config_to_json(struct xen_host *host, libxl_domain_config *config, char **ret_json,
                       struct error **error);

#endif
