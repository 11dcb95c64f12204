# shellcheck shell=bash
# A fresh server and a few people, for integration tests; to be sourced. KLUIS_BIN is the folder of
# kluis and kluisd.
set -euo pipefail

bin=$KLUIS_BIN
work=$(mktemp -d "${TMPDIR:-/tmp}/kluis-test-XXXXXX")
server_pid=''
failures=0

clean_up() {
    stop_server
    rm -rf "$work"
}
trap clean_up EXIT

# start_server [OPTION…]: serves $work/data; sets $url and $server_pid.
start_server() {
    rm -f "$work/address"
    mkfifo "$work/address"
    "$bin/kluisd" serve --data "$work/data" --key-file "$work/key" \
        --listen "${listen:-127.0.0.1:0}" "$@" >"$work/address" 2>>"$work/server.log" &
    server_pid=$!
    read -r _ url <"$work/address"
    listen=${url#*://}
}

stop_server() {
    if [[ -n $server_pid ]]; then
        kill -"${1:-TERM}" "$server_pid" 2>/dev/null || true
        wait "$server_pid" 2>/dev/null || true
        server_pid=''
    fi
}

# kluis_of PERSON ARGUMENT…
kluis_of() {
    local person=$1 anchors=()
    shift
    [[ ! -e $work/commission/anchors.json ]] || anchors=(--anchors "$work/commission")
    KLUIS_HOME=$work/$person "$bin/kluis" "${anchors[@]}" \
        --passphrase-file "$work/$person.pass" "$@"
}

# value MEMBER ARGUMENT…: a text member of a person's command's JSON.
value() {
    local member=$1
    shift
    kluis_of "$1" --json "${@:2}" | sed -n 's/.*"'"$member"'":"\([^"]*\)".*/\1/p'
}

new_account() {
    local code
    code=$("$bin/kluisd" invite --data "$work/data" --key-file "$work/key" --json |
        sed -n 's/.*"invitation":"\([^"]*\)".*/\1/p')
    kluis_of "$1" account create --server "$url" --invite "$code" >/dev/null
    kluis_of "$1" card show --as text >"$work/$1.card"
}

passed() { printf 'ok    %s\n' "$1"; }
failed() {
    printf 'FAIL  %s\n' "$1"
    failures=$((failures + 1))
}

# refuses CODE WORDS SITUATION COMMAND…: the command must end with this exit code, say these words
# on standard error, and put nothing on standard output.
refuses() {
    local code=$1 words=$2 situation=$3 status=0
    shift 3
    "$@" >"$work/out" 2>"$work/err" || status=$?
    refused "$code" "$words" "$situation" "$status"
}

# refused CODE WORDS SITUATION STATUS: judges a command that ended with STATUS, as above; what it
# wrote is in $work/out and $work/err.
refused() {
    local code=$1 words=$2 situation=$3 status=$4
    if [[ $status -ne $code ]]; then
        failed "$situation: exit code $status instead of $code: $(cat "$work/err")"
    elif ! grep -qF "$words" "$work/err"; then
        failed "$situation: does not say '$words': $(cat "$work/err")"
    elif [[ -s $work/out ]]; then
        failed "$situation: shows something although it refuses"
    else
        passed "$situation"
    fi
}

# holds SITUATION COMMAND…: the command must succeed.
holds() {
    local situation=$1
    shift
    if "$@" >"$work/out" 2>"$work/err"; then
        passed "$situation"
    else
        failed "$situation: $(cat "$work/err")"
    fi
}

# says WORDS SITUATION COMMAND…: the command must succeed and say these words, on either output.
says() {
    local words=$1 situation=$2 status=0
    shift 2
    "$@" >"$work/out" 2>"$work/err" || status=$?
    if ((status)); then
        failed "$situation: exit code $status: $(cat "$work/err")"
    elif ! grep -qF -- "$words" "$work/out" "$work/err"; then
        failed "$situation: does not say '$words': $(cat "$work/out" "$work/err")"
    else
        passed "$situation"
    fi
}

# says_not WORDS SITUATION COMMAND…: the command must succeed without these words.
says_not() {
    local words=$1 situation=$2
    shift 2
    if ! "$@" >"$work/out" 2>"$work/err"; then
        failed "$situation: $(cat "$work/err")"
    elif grep -qF -- "$words" "$work/out" "$work/err"; then
        failed "$situation: says '$words': $(cat "$work/out" "$work/err")"
    else
        passed "$situation"
    fi
}

# absent FILE SITUATION: a refused command left nothing behind.
absent() {
    if compgen -G "$1*" >/dev/null; then
        failed "$2: left $(compgen -G "$1*")"
    else
        passed "$2"
    fi
}

finish() {
    if ((failures)); then
        printf '%s\n' "$failures failed"
        exit 1
    fi
    printf 'all as they must be\n'
}
