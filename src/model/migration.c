/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Records of migrations and what follows from them; see migration.h. */
#include "model/migration.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const state_names[] = {
    [MIGRATION_NONE] = "none",
    [MIGRATION_SENDING] = "sending",
    [MIGRATION_HANDED_OVER] = "handed-over",
    [MIGRATION_ARRIVED] = "arrived",
    [MIGRATION_RECEIVING] = "receiving",
    [MIGRATION_TAKEN] = "taken",
    [MIGRATION_RUNS] = "runs",
    [MIGRATION_GIVEN_BACK] = "given-back",
};

const char *migration_state_name(enum migration_state state)
{
    return state_names[state];
}

enum migration_state migration_state_from(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(state_names); i++)
        if (name && strcmp(name, state_names[i]) == 0)
            return (enum migration_state)i;
    return MIGRATION_NONE;
}

void migration_release(struct migration *migration)
{
    free(migration->name);
    free(migration->host);
    free(migration->ssh);
    free(migration->program);
    *migration = (struct migration){ 0 };
}

void migration_list_release(struct migration_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        migration_release(&list->items[i]);
    free(list->items);
    *list = (struct migration_list){ NULL, 0 };
}

static enum recovery because(enum recovery recovery, const char *reason, const char **ret_reason)
{
    *ret_reason = reason;
    return recovery;
}

/* The leave was sent and nobody knows here whether it came. */
static enum recovery decide_handed_over(const struct migration_view *there, const char **reason)
{
    if (!there->answered)
        return because(RECOVERY_UNDECIDED, "the far side may run it, and does not answer", reason);
    if (there->busy)
        return because(RECOVERY_WAIT, "the far side is still at it", reason);
    if (there->copy == COPY_RUNS)
        return because(RECOVERY_DESTROY, "it runs on the far side", reason);
    if (there->state == MIGRATION_RUNS)
        return because(RECOVERY_DESTROY,
                       there->copy == COPY_NONE ? "it ran on the far side and has ended there"
                                                : "the far side has it, started and stopped there",
                       reason);
    if (there->copy != COPY_NONE)
        return because(RECOVERY_THERE, "the far side has it, and has not let it run", reason);
    if (there->has_record && there->state != MIGRATION_TAKEN)
        return because(RECOVERY_RESUME, "the far side has no copy of it and never ran it", reason);
    return because(RECOVERY_UNDECIDED,
                   "the far side has no copy of it now, but it may have run there", reason);
}

static enum recovery decide_sender(const struct migration_view *here,
                                   const struct migration_view *there, const char **reason)
{
    if (here->copy == COPY_NONE)
        return because(RECOVERY_NOTHING, "it is not here any more", reason);
    if (here->state == MIGRATION_ARRIVED)
        return because(RECOVERY_DESTROY, "the far side has said that it runs there", reason);
    if (here->copy == COPY_SUSPENDED)
        return here->state == MIGRATION_HANDED_OVER
                   ? decide_handed_over(there, reason)
                   : because(RECOVERY_RESUME, "the far side was never allowed to let it run",
                             reason);
    if (here->state == MIGRATION_HANDED_OVER && there->answered && there->copy == COPY_RUNS)
        return because(RECOVERY_TWO, "it runs here and on the far side", reason);
    return because(RECOVERY_NOTHING, "it runs here", reason);
}

static enum recovery decide_receiver(const struct migration_view *here, const char **reason)
{
    if (here->copy == COPY_PAUSED && here->state == MIGRATION_RECEIVING)
        return because(RECOVERY_DESTROY, "it was not received whole, and never ran here", reason);
    if (here->copy == COPY_PAUSED && here->state == MIGRATION_TAKEN)
        return because(RECOVERY_FINISH, "it was received whole, and the sender has left it to us",
                       reason);
    return because(RECOVERY_NOTHING, here->copy == COPY_NONE ? "it is not here" : "it was received",
                   reason);
}

enum recovery migration_decide(const struct migration_view *here,
                               const struct migration_view *there, const char **reason)
{
    if (here->busy)
        return because(RECOVERY_WAIT, "a migration of it is under way", reason);
    switch (here->state) {
    case MIGRATION_NONE:
        break;
    case MIGRATION_SENDING:
    case MIGRATION_HANDED_OVER:
    case MIGRATION_ARRIVED:
        return decide_sender(here, there, reason);
    case MIGRATION_RECEIVING:
    case MIGRATION_TAKEN:
    case MIGRATION_RUNS:
    case MIGRATION_GIVEN_BACK:
        return decide_receiver(here, reason);
    }
    return because(RECOVERY_NOTHING, "no migration of it is on record here", reason);
}

#define MIGRATION(row) ((const struct migration *)(row))

static void get_domain(const void *row, struct value *value)
{
    value_set_text(value, MIGRATION(row)->name);
}

static void get_uuid(const void *row, struct value *value)
{
    value_set_text(value, MIGRATION(row)->uuid);
}

static void get_direction(const void *row, struct value *value)
{
    value_set_text(value, MIGRATION(row)->incoming ? "in" : "out");
}

static void get_state(const void *row, struct value *value)
{
    value_set_text(value, migration_state_name(MIGRATION(row)->state));
}

static void get_host(const void *row, struct value *value)
{
    value_set_text(value, MIGRATION(row)->host);
}

static void get_busy(const void *row, struct value *value)
{
    value_set_bool(value, MIGRATION(row)->busy);
}

static void get_time(const void *row, struct value *value)
{
    value_set_uint(value, MIGRATION(row)->time_s);
}

static const struct column columns[] = {
    { .key = "domain",
      .title = "DOMAIN",
      .type = VALUE_TEXT,
      .get = get_domain,
      .help = "name of the guest" },
    { .key = "uuid",
      .title = "UUID",
      .type = VALUE_TEXT,
      .get = get_uuid,
      .help = "UUID of the guest" },
    { .key = "direction",
      .title = "DIRECTION",
      .type = VALUE_TEXT,
      .get = get_direction,
      .help = "'out' or 'in'" },
    { .key = "state",
      .title = "STATE",
      .type = VALUE_TEXT,
      .get = get_state,
      .help = "how far it has come" },
    { .key = "host",
      .title = "HOST",
      .type = VALUE_TEXT,
      .get = get_host,
      .help = "the far side, where that is known" },
    { .key = "under_way",
      .title = "UNDER-WAY",
      .type = VALUE_BOOL,
      .get = get_busy,
      .help = "whether a program is at it right now" },
    { .key = "time_s",
      .title = "TIME",
      .type = VALUE_UINT,
      .get = get_time,
      .help = "when the last step was taken, counted from the beginning of 1970, UTC" },
};

const struct column_table migration_columns = {
    .noun = "migrations",
    .columns = columns,
    .count = ARRAY_SIZE(columns),
    .defaults = "domain,direction,state,host,under_way",
};

/* It was received here, or its sending never came to the hand-over. */
static bool has_it(const struct migration *record)
{
    return record->incoming ? record->state == MIGRATION_TAKEN || record->state == MIGRATION_RUNS
                            : record->state == MIGRATION_SENDING;
}

static bool gives_it(const struct migration *record)
{
    return !record->incoming &&
           (record->state == MIGRATION_HANDED_OVER || record->state == MIGRATION_ARRIVED);
}

enum whereabouts migration_whereabouts(const struct migration_list *records, const char *name,
                                       uint64_t noted_s, const struct migration **ret)
{
    bool moved = noted_s != 0;

    for (size_t i = 0; i < records->count; i++) {
        const struct migration *record = &records->items[i];

        if (!record->name || strcmp(record->name, name) != 0)
            continue;
        if (gives_it(record)) {
            if (ret)
                *ret = record;
            return GUEST_UNSURE;
        }
        if (has_it(record) && record->time_s >= noted_s)
            moved = false;
    }
    return moved ? GUEST_MOVED : GUEST_HERE;
}
