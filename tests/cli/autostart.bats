#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-2.1-or-later
# xn autostart, without Xen: all but the look at running guests, in a folder of the test's own.
load helper

setup() {
    DIR=$BATS_TEST_TMPDIR/etc
    mkdir "$DIR"
    printf 'name = "web"\nmemory = 64\n' > "$DIR/web.cfg"
    printf 'name = "db"\nmemory = 64\n' > "$DIR/db.cfg"
    cd "$BATS_TEST_TMPDIR" || return
}

# auto WORDS...: xn autostart, there.
auto() {
    xn autostart "$@" --config-dir "$DIR"
}

# works WORDS...: it does, and says nothing.
works() {
    auto "$@"
    status_is 0 && equal stdout "$output" "" && equal stderr "$stderr" ""
}

# names: who would start, in order.
names() {
    auto list --filter autostart=true --columns name --no-header
    output=${output//$'\n'/ }
}

@test "autostart: help" {
    help_works autostart
}

@test "autostart: wrong usage" {
    bad_options autostart
    usage_error "'xn autostart' needs ACTION" "usage: xn autostart [OPTION]... ACTION [NAME|FILE]" autostart
    usage_error "ACTION: 'onn' is not one of on, off, set, list" "did you mean 'on'?" autostart onn web
    usage_error "'on' needs the name of a guest, or its file" "" autostart on
    usage_error "'list' takes no name: 'web'" "" autostart list web
    usage_error "settings are for 'on' and 'set', not for 'off'" "" autostart off web --priority 3
    usage_error "settings are for 'on' and 'set', not for 'list'" "" autostart list --on-stop save
    usage_error "no setting is named" "--priority, --delay, --timeout or --on-stop" autostart set web
    usage_error "columns and the like are for 'list'" "" autostart on web --csv
    usage_error "--priority: 10000 is too large, the limit is 9999" "" autostart on web --priority 10000
    usage_error "--on-stop: 'kill' is not one of shutdown, save, migrate:HOST, ignore" "" autostart on web --on-stop kill
    usage_error "--on-stop: 'migrate' names no host" "migrate:HOST, as 'xn migrate' takes it" \
        autostart on web --on-stop migrate
    usage_error "--on-stop: '-oX' cannot be the name of a host" "" autostart on web --on-stop migrate:-oX
    usage_error "option '--columns': unknown column 'nmae'" "did you mean 'name'?" \
        autostart list --columns nmae
}

@test "autostart: on and off" {
    works on web
    equal link "$(readlink "$DIR/auto/web.cfg")" ../web.cfg
    [ ! -e "$DIR/autostart.conf" ]
    works on web
    works on "$DIR/db.cfg"
    names
    equal names "$output" "db web"
    works off web
    works off web
    [ -e "$DIR/web.cfg" ]
    works off "$DIR/db.cfg"
    names
    equal names "$output" ""
    fails 3 "autostart: no configuration of a guest 'wbe' is in $DIR (*.cfg) or $DIR/auto" \
        "did you mean 'web'?" autostart on wbe --config-dir "$DIR"
}

@test "autostart: a file elsewhere" {
    printf 'name = "mail"\n' > mail.cfg
    works on mail.cfg
    equal link "$(readlink "$DIR/auto/mail.cfg")" "$(realpath mail.cfg)"
    printf 'name = "other"\n' > "$DIR/mail.cfg"
    auto on "$DIR/mail.cfg"
    status_is 1
    has message "$stderr" "'$DIR/auto/mail.cfg' is there already, for another file"
    cp mail.cfg mail2.cfg
    auto on mail2.cfg
    status_is 1
    has message "$stderr" "'$DIR/auto/mail.cfg' starts 'mail' with the host already"
    auto on nothing.cfg
    status_is 1
    has message "$stderr" "cannot read 'nothing.cfg'"
    works off mail
    [ -e mail.cfg ]
}

@test "autostart: settings" {
    works on db --priority 10 --delay 5s
    works set web --on-stop save --timeout 10m
    equal table "$(cat "$DIR/autostart.conf")" $'db priority=10 delay=5s\nweb timeout=10m on_stop=save'
    equal mode "$(stat -c %a "$DIR/autostart.conf")" 644
    works off db
    works set web --on-stop migrate:root@host2
    equal table "$(cat "$DIR/autostart.conf")" $'db priority=10 delay=5s\nweb timeout=10m on_stop=migrate:root@host2'
    works on web --on-stop shutdown
    equal table "$(cat "$DIR/autostart.conf")" $'db priority=10 delay=5s\nweb timeout=10m'
    auto list --json
    status_is 0
    equal rows "$(jq -c '.autostart[] | [.name, .autostart, .priority, .delay_ms, .timeout_ms, .on_stop, .state]' <<< "$output")" \
        $'["db",false,10,5000,null,"shutdown",null]\n["web",true,50,0,600000,"shutdown",null]'
}

@test "autostart: what an editor has written stays" {
    printf '# mine\n\ndb   delay=1s   # slow\n' > "$DIR/autostart.conf"
    works set web --priority 3
    works set db --priority 4
    equal table "$(cat "$DIR/autostart.conf")" \
        $'# mine\n\ndb priority=4 delay=1s # slow\nweb priority=3'
    echo 'mail prio=3' >> "$DIR/autostart.conf"
    cp "$DIR/autostart.conf" before
    auto set mail --priority 3
    status_is 1
    has message "$stderr" "will not change a line that cannot be read: .*:5: unknown key 'prio'"
    cmp before "$DIR/autostart.conf"
    works set web --priority 5
    auto list
    status_is 5
    has message "$stderr" "autostart.conf:5: unknown key 'prio'"
    has message "$stderr" "did you mean 'priority'"
}

@test "autostart: what stands in auto by other hands" {
    mkdir "$DIR/auto"
    cp "$DIR/web.cfg" "$DIR/auto/web"
    ln -s ../none.cfg "$DIR/auto/none.cfg"
    touch "$DIR/auto/web~" "$DIR/auto/.keep"
    mkdir "$DIR/auto/folder"
    auto list --columns name,link --no-header
    status_is 5
    equal stderr "$stderr" "xn: autostart: cannot read '$DIR/auto/none.cfg': No such file or directory"
    has list "$output" "^web +$DIR/auto/web\$"
    fails 1 "autostart: '$DIR/auto/web' is no link but the configuration itself" \
        "to keep it without autostart: mv $DIR/auto/web $DIR/" autostart off web --config-dir "$DIR"
    works off none.cfg
    [ ! -L "$DIR/auto/none.cfg" ]
    [ -e "$DIR/auto/web" ]
}

@test "autostart: two files of one name" {
    cp "$DIR/web.cfg" "$DIR/copy.cfg"
    auto on web
    status_is 1
    has message "$stderr" "'$DIR/copy.cfg' and '$DIR/web.cfg' are both configurations of 'web'"
    works on "$DIR/copy.cfg"
    names
    equal names "$output" web
    works off web
    [ ! -e "$DIR/auto/copy.cfg" ]
}

@test "autostart: results as JSON" {
    auto on web --json
    status_is 0
    equal result "$(jq -c '.results[0] | [.domain, .action, .result, .error]' <<< "$output")" \
        '["web","autostart","on",null]'
    auto on nobody --json
    status_is 3
    equal code "$(jq -r '.results[0].error_code' <<< "$output")" domain-not-found
}

@test "autostart: completion" {
    xn __complete -- autostart ''
    equal actions "$output" $'on\noff\nset\nlist'
    xn __complete -- autostart on web --on-stop ''
    equal words "$output" $'shutdown\nsave\nmigrate:\nignore'
    xn __complete -- autostart list --columns pri
    equal columns "$output" priority
}

@test "autostart: no Xen" {
    skip_with_xen
    no_xen autostart list
    no_xen autostart on web
    no_xen autostart off web
    json_error 4 no-xen autostart list --json
}
