#!/usr/bin/env bash
# What takes over a second shows on a terminal how far it is, and nothing elsewhere. No command here
# is slow by itself: its output is taken slowly, or its server held, until the terminal shows
# something.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/vault.sh"
. "$here/people.sh"

# begin COMMAND…: runs the command twice, without a terminal and on one. What they put out waits
# in pipes; what the first says goes to $work/unseen, what the terminal shows waits in a pipe, too.
begin() {
    rm -f "$work"/pipe.*
    mkfifo "$work/pipe.first" "$work/pipe.second" "$work/pipe.shown"
    "$@" >"$work/pipe.first" 2>"$work/unseen" &
    first=$!
    python3 "$here/../age/with_terminal.py" '' "$@" >"$work/pipe.second" 2>"$work/pipe.shown" &
    second=$!
    exec {out_first}<"$work/pipe.first" {out_second}<"$work/pipe.second" {shown}<"$work/pipe.shown"
    : >"$work/first"
    : >"$work/second"
    : >"$work/shown"
}

# is_shown: whether the terminal shows something, or was closed; waits a moment for it.
is_shown() {
    local status=0 seen=''
    IFS= read -r -n 1 -t 0.02 -u "$shown" seen || status=$?
    printf '%s' "$seen" >>"$work/shown"
    # The moment may be over just when something was read.
    [[ -n $seen ]] || ((status <= 128))
}

# take [OPTION…]: from what both put out.
take() {
    head "$@" <&"$out_first" >>"$work/first"
    head "$@" <&"$out_second" >>"$work/second"
}

# shows PATTERN SITUATION MEANWHILE THEN COMMAND…: runs the command, and MEANWHILE again and again,
# until the terminal shows something; after THEN the command can end. On the terminal it shows
# PATTERN, and takes it away; without one it says nothing. What it put out is in $work/first and
# $work/second.
shows() {
    local pattern=$1 situation=$2 meanwhile=$3 then=$4
    shift 4
    begin "$@"
    until is_shown; do
        $meanwhile
    done
    $then
    cat <&"$out_first" >>"$work/first"
    cat <&"$out_second" >>"$work/second"
    cat <&"$shown" >>"$work/shown"
    holds "$situation is done" wait "$first"
    holds "$situation is done on a terminal" wait "$second"
    holds "$situation shows how far it is" grep -q "$pattern" "$work/shown"
    holds "$situation takes that away" test "$(tail -c 4 "$work/shown")" = $'\r\e[K'
    holds "$situation says nothing elsewhere" test ! -s "$work/unseen"
    exec {out_first}<&- {out_second}<&- {shown}<&-
}

# --- what knows how far it is, or how much it did ---
cd "$work"
head -c 40000000 /dev/urandom >plain
recipient=$("$bin/kluis" keygen -o key.txt)
little='take -c 65536'
bar='\[#* *\]  [0-9]* %'
# opens_both SITUATION
opens_both() {
    local out
    for out in first second; do
        holds "$1: the $out is whole" cmp plain <("$bin/kluis" decrypt -i key.txt "$out")
    done
}

shows "encrypting  $bar" 'encrypting a file' "$little" true \
    "$bin/kluis" encrypt -r "$recipient" -o - plain
opens_both 'an encrypted file'
# shellcheck disable=SC2016 # expanded by the shell inside
shows 'encrypting  [0-9]*\.[0-9] MB' 'encrypting a stream' "$little" true \
    sh -c '"$1" encrypt -r "$2" -o - <plain' sh "$bin/kluis" "$recipient"
opens_both 'an encrypted stream'
"$bin/kluis" encrypt -r "$recipient" -o sealed plain
shows "decrypting  $bar" 'decrypting a file' "$little" true \
    "$bin/kluis" decrypt -i key.txt sealed
for out in first second; do
    holds "a decrypted file: the $out is whole" cmp plain "$out"
done

# --- what waits for a server ---
open_vault owner
kluis_of owner dossier create --name mine >/dev/null
kill -STOP "$server_pid"
shows 'working  [0-9]* s' 'waiting for a server' true "kill -CONT $server_pid" \
    env KLUIS_HOME="$work/owner" "$bin/kluis" --passphrase-file "$work/owner.pass" dossier list
for out in first second; do
    holds 'a list of dossiers' grep -q mine "$work/$out"
done
finish
