/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lists and columns of platform shared resources; see psr.h. */
#include "model/psr.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"

void psr_feature_list_release(struct psr_feature_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        string_list_release(&list->features[i].monitors);
    free(list->features);
    *list = (struct psr_feature_list){ NULL, 0 };
}

struct psr_feature *psr_feature_list_add(struct psr_feature_list *list, enum psr_feature_kind kind)
{
    list->features = xreallocarray(list->features, list->count + 1, sizeof(*list->features));
    list->features[list->count] = (struct psr_feature){ .kind = kind, .enabled = true };
    return &list->features[list->count++];
}

uint64_t psr_full_mask(uint32_t bits)
{
    return bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

void psr_value_list_release(struct psr_value_list *list)
{
    free(list->values);
    *list = (struct psr_value_list){ NULL, 0 };
}

struct psr_value *psr_value_list_add(struct psr_value_list *list)
{
    list->values = xreallocarray(list->values, list->count + 1, sizeof(*list->values));
    list->values[list->count] = (struct psr_value){ .domain = NULL };
    return &list->values[list->count++];
}

/* What the host can do. */

#define FEATURE(row) ((const struct psr_feature *)(row))

static bool is_cat(const void *row)
{
    return FEATURE(row)->kind == PSR_L3_CAT || FEATURE(row)->kind == PSR_L2_CAT;
}

static void get_feature(const void *row, struct value *value)
{
    static const char *const names[] = {
        [PSR_CMT] = "cmt", [PSR_L3_CAT] = "l3-cat", [PSR_L2_CAT] = "l2-cat", [PSR_MBA] = "mba"
    };

    value_set_text(value, names[FEATURE(row)->kind]);
}

static void get_enabled(const void *row, struct value *value)
{
    value_set_bool(value, FEATURE(row)->enabled);
}

static void get_socket(const void *row, struct value *value)
{
    if (FEATURE(row)->kind != PSR_CMT)
        value_set_uint(value, FEATURE(row)->socket);
}

static void get_rmids(const void *row, struct value *value)
{
    if (FEATURE(row)->kind == PSR_CMT && FEATURE(row)->enabled)
        value_set_uint(value, FEATURE(row)->rmids);
}

static void get_monitors(const void *row, struct value *value)
{
    if (FEATURE(row)->kind == PSR_CMT && FEATURE(row)->enabled)
        value_set_list(value, &FEATURE(row)->monitors);
}

static void get_cos_max(const void *row, struct value *value)
{
    if (FEATURE(row)->kind != PSR_CMT)
        value_set_uint(value, FEATURE(row)->cos_max);
}

static void get_l3_cache(const void *row, struct value *value)
{
    if (FEATURE(row)->kind == PSR_L3_CAT)
        value_set_uint(value, FEATURE(row)->l3_cache_kib);
}

static void get_cbm_bits(const void *row, struct value *value)
{
    if (is_cat(row))
        value_set_uint(value, FEATURE(row)->cbm_bits);
}

static void get_cdp(const void *row, struct value *value)
{
    if (FEATURE(row)->kind == PSR_L3_CAT)
        value_set_bool(value, FEATURE(row)->cdp);
}

static void get_throttle_max(const void *row, struct value *value)
{
    if (FEATURE(row)->kind == PSR_MBA)
        value_set_uint(value, FEATURE(row)->throttle_max);
}

static void get_linear(const void *row, struct value *value)
{
    if (FEATURE(row)->kind == PSR_MBA)
        value_set_bool(value, FEATURE(row)->linear);
}

static const struct column feature_columns[] = {
    { "feature", "FEATURE", VALUE_TEXT, "cmt, l3-cat, l2-cat or mba", get_feature },
    { "enabled", "ENABLED", VALUE_BOOL, "whether it is on", get_enabled },
    { "socket", "SOCKET", VALUE_UINT, "which socket can do it", get_socket },
    { "rmids", "RMIDS", VALUE_UINT, "cmt: how many domains can be watched", get_rmids },
    { "monitors", "MONITORS", VALUE_LIST, "cmt: what can be watched", get_monitors },
    { "cos_max", "COS-MAX", VALUE_UINT, "the last class of service", get_cos_max },
    { "l3_cache_kib", "L3-KIB", VALUE_UINT, "size of the L3 cache", get_l3_cache },
    { "cbm_bits", "CBM-BITS", VALUE_UINT, "cat: how many bits a mask has", get_cbm_bits },
    { "cdp", "CDP", VALUE_BOOL, "l3-cat: code and data have masks apart", get_cdp },
    { "throttle_max", "THRTL-MAX", VALUE_UINT, "mba: the highest throttle", get_throttle_max },
    { "linear", "LINEAR", VALUE_BOOL, "mba: the throttle is a percentage", get_linear },
};

const struct column_table psr_feature_columns = {
    .noun = "psr_features",
    .columns = feature_columns,
    .count = ARRAY_SIZE(feature_columns),
    .defaults = "feature,enabled,socket,cos_max,cbm_bits,throttle_max",
};

/* What domains use and may use. */

#define VALUE(row) ((const struct psr_value *)(row))

static void get_name(const void *row, struct value *value)
{
    value_set_text(value, VALUE(row)->domain->name);
}

static void get_domid(const void *row, struct value *value)
{
    value_set_uint(value, VALUE(row)->domain->domid);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, VALUE(row)->domain->uuid);
}

static void get_value_socket(const void *row, struct value *value)
{
    value_set_uint(value, VALUE(row)->socket);
}

static void get_number(const void *row, struct value *value)
{
    if (VALUE(row)->known)
        value_set_uint(value, VALUE(row)->number);
}

static void get_level(const void *row, struct value *value)
{
    value_set_uint(value, VALUE(row)->feature->kind == PSR_L2_CAT ? 2 : 3);
}

static void get_cbm(const void *row, struct value *value)
{
    if (VALUE(row)->known && !VALUE(row)->feature->cdp)
        value_set_uint(value, VALUE(row)->number);
}

static void get_cbm_code(const void *row, struct value *value)
{
    if (VALUE(row)->known && VALUE(row)->feature->cdp)
        value_set_uint(value, VALUE(row)->number);
}

static void get_cbm_data(const void *row, struct value *value)
{
    if (VALUE(row)->data_known && VALUE(row)->feature->cdp)
        value_set_uint(value, VALUE(row)->data);
}

#define WHO_COLUMNS                                                                                \
    { "name", "NAME", VALUE_TEXT, "name of the domain", get_name },                                \
        { "domid", "ID", VALUE_UINT, "number of the domain on this host", get_domid },             \
        { "uuid", "UUID", VALUE_TEXT, "UUID of the domain", get_uuid },                            \
    {                                                                                              \
        "socket", "SOCKET", VALUE_UINT, "socket that it is about", get_value_socket                \
    }

static const struct column cat_columns[] = {
    WHO_COLUMNS,
    { "level", "LEVEL", VALUE_UINT, "of the cache: 3 or 2", get_level },
    { "cbm", "CBM", VALUE_UINT, "mask of the portions that it may fill", get_cbm },
    { "cbm_code", "CBM-CODE", VALUE_UINT, "the same for code", get_cbm_code },
    { "cbm_data", "CBM-DATA", VALUE_UINT, "the same for data", get_cbm_data },
};

static const struct column mba_columns[] = {
    WHO_COLUMNS,
    { "throttle", "THRTL", VALUE_UINT, "how much its memory bandwidth is held back", get_number },
};

static const struct column cmt_columns[] = {
    WHO_COLUMNS,
    { "value_kib", "KIB", VALUE_UINT, "what it uses: KiB, of a bandwidth KiB/s", get_number },
};

const struct column_table psr_cat_columns = {
    .noun = "psr_cat",
    .columns = cat_columns,
    .count = ARRAY_SIZE(cat_columns),
    .defaults = "name,domid,socket,cbm,cbm_code,cbm_data",
};

const struct column_table psr_mba_columns = {
    .noun = "psr_mba",
    .columns = mba_columns,
    .count = ARRAY_SIZE(mba_columns),
    .defaults = "name,domid,socket,throttle",
};

const struct column_table psr_cmt_columns = {
    .noun = "psr_cmt",
    .columns = cmt_columns,
    .count = ARRAY_SIZE(cmt_columns),
    .defaults = "name,domid,socket,value_kib",
};
