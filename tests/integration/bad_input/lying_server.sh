#!/usr/bin/env bash
# Something that is no server of ours, or a broken one, answers the real client: it ends soon, with
# a sentence and a documented exit code, and without taking the computer's memory.
. "$(dirname "$0")/scene.sh"

most_seconds=60
most_kib=${KLUIS_MOST_KIB:-300000}

cd "$work"

liar_pid=''
trap 'stop_liar; clean_up' EXIT

# start_liar LIE [CERTIFICATE KEY]: sets $liar_port.
start_liar() {
    exec {liar}< <(exec python3 "$here/lying_server.py" "$@")
    liar_pid=$!
    read -r liar_port <&"$liar"
}
stop_liar() {
    [[ -n $liar_pid ]] || return 0
    kill "$liar_pid"
    liar_pid=''
    exec {liar}<&-
}

# bounded COMMAND…: ends it after a while; its peak memory goes to $work/peak.
bounded() {
    python3 "$here/bounded.py" "$most_seconds" "$work/peak" "$@"
}

# ends_well SITUATION CODES COMMAND…: with one of the codes, a sentence, and little memory.
ends_well() {
    local situation=$1 codes=$2 status=0
    shift 2
    bounded "$@" >"$work/out" 2>"$work/err" || status=$?
    if [[ " $codes " != *" $status "* ]]; then
        failed "$situation: exit code $status: $(head -c 2000 "$work/err")"
    elif ! grep -q '^kluis: [a-z]' "$work/err" || [[ $(wc -c <"$work/err") -gt 1000 ]]; then
        failed "$situation: says $(head -c 2000 "$work/err")"
    elif (($(cat "$work/peak") > most_kib)); then
        failed "$situation: takes $(cat "$work/peak") KiB"
    else
        passed "$situation: $(head -1 "$work/err")"
    fi
}

# try_at URL CODES SITUATION: the first thing that anybody asks of a server.
try_at() {
    ends_well "$3" "$2" env KLUIS_HOME="$work/nobody" "$bin/kluis" \
        --passphrase-file "$work/nobody.pass" account create --server "$1" \
        --invite aaaaaaaaaaaaaaaaaaaaaaaaaa
    # Written before anything is asked, so that a passphrase is never lost after it counts.
    rm -f "$work/nobody.pass"
}

# What is no HTTP, or cut short, is taken for a broken network: 11. What is HTTP but not in our form
# is malformed: 3, or too much of it: 10.
while read -r lie; do
    start_liar "$lie"
    try_at "http://127.0.0.1:$liar_port" '3 10 11' "a server that answers with $lie"
    stop_liar
done < <(python3 "$here/lying_server.py" --list)

# --- encryption that is not there, or not to be trusted ---
openssl req -x509 -newkey ed25519 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$work/tls.key" -out "$work/tls.cert" 2>/dev/null
start_liar 'a web page'
try_at "https://127.0.0.1:$liar_port" 11 'https to a server without encryption'
stop_liar
start_liar 'a web page' "$work/tls.cert" "$work/tls.key"
try_at "http://127.0.0.1:$liar_port" 11 'http to a server with encryption'
try_at "https://127.0.0.1:$liar_port" 6 'a certificate that nobody vouches for'
stop_liar
absent "$work/nobody" 'none of it left anything on this device'

# --- the same command with a true server ---
open_vault
holds 'a true server makes the account' new_account nobody
finish
