/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Intel's Resource Director Technology, platform shared resources in Xen's words: how much cache
 * and memory bandwidth domains use (CMT), and limits for both (CAT, MBA).
 */
#ifndef XN_MODEL_PSR_H
#define XN_MODEL_PSR_H

#include "model/domain.h"

enum psr_feature_kind { PSR_CMT, PSR_L3_CAT, PSR_L2_CAT, PSR_MBA };

/* One thing that the CPUs of a socket can do; CMT is said once for the host. */
struct psr_feature {
    enum psr_feature_kind kind;
    bool enabled; /* CMT can be there and off; of the others only what is on is listed */
    uint32_t socket;
    uint32_t rmids;              /* CMT: how many domains can be watched */
    struct string_list monitors; /* CMT: what can be watched */
    uint32_t cos_max;            /* the last class of service */
    uint32_t l3_cache_kib;       /* L3 CAT */
    uint32_t cbm_bits;           /* CAT: how many portions the cache has */
    bool cdp;                    /* L3 CAT: code and data apart */
    uint32_t throttle_max;       /* MBA */
    bool linear;                 /* MBA: the throttle is a percentage */
};

struct psr_feature_list {
    struct psr_feature *features;
    size_t count;
};

#define auto_psr_feature_list                                                                      \
    __attribute__((cleanup(psr_feature_list_release))) struct psr_feature_list

void psr_feature_list_release(struct psr_feature_list *list);
struct psr_feature *psr_feature_list_add(struct psr_feature_list *list, enum psr_feature_kind kind);
/* A mask of all portions of the cache. */
uint64_t psr_full_mask(uint32_t bits);

/* What one domain uses of a socket, or may use. */
struct psr_value {
    const struct domain *domain;
    uint32_t socket;
    bool known, data_known;
    uint64_t number; /* cache in KiB, bandwidth in KiB/s, mask (with CDP: of code) or throttle */
    uint64_t data;   /* with CDP: mask of data */
    const struct psr_feature *feature; /* of limits: what it is a limit of; else NULL */
};

struct psr_value_list {
    struct psr_value *values;
    size_t count;
};

#define auto_psr_value_list __attribute__((cleanup(psr_value_list_release))) struct psr_value_list

void psr_value_list_release(struct psr_value_list *list);
struct psr_value *psr_value_list_add(struct psr_value_list *list);

extern const struct column_table psr_feature_columns, psr_cat_columns, psr_mba_columns,
    psr_cmt_columns;

/* xl's texts. */

/* What is said of one kind, features of which are in the list; the heading also without any. */
void psr_feature_text(enum psr_feature_kind kind, const struct psr_feature_list *list,
                      struct str *text);
/* The limits of all domains on the socket of this feature. */
void psr_limit_text(const struct psr_feature *feature, const struct psr_value_list *list,
                    struct str *text);

struct psr_monitor {
    bool bandwidth; /* KiB/s, not KiB */
    uint32_t rmids;
    const uint32_t *sockets;
    const uint32_t *l3_cache_kib; /* of each socket */
    size_t socket_count;
};

void psr_monitor_text(const struct psr_monitor *monitor, const struct psr_value_list *list,
                      struct str *text);

#endif
