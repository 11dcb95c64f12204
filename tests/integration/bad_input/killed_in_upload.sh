#!/usr/bin/env bash
# The server is killed while a document is being deposited.
. "$(dirname "$0")/scene.sh"
. "$(dirname "$0")/network.sh"

# killed_deposit SITUATION: ends with the deposit that $deposit runs, whose server was killed; what
# it showed is in $work/shown.
killed_deposit() {
    local status=0
    wait "$deposit" || status=$?
    mv "$work/out" "$work/shown"
    : >"$work/out"
    refused 11 'kluis: ' "$1" "$status"
}

start_network
behind_network open_vault
for person in owner worker; do
    new_account "$person"
done
open_dossier owner worker
cd "$work"
random_file large.bin 40000000
printf 'a letter\n' >letter.txt
printf 'a note\n' >note.txt
kluis_of worker deposit J letter.txt >/dev/null

# The system's buffers hold far less than was let through: the server is writing when it is killed.
network hold up 16000000
kluis_of worker deposit J note.txt large.bin >"$work/out" 2>"$work/err" &
deposit=$!
await_network held
counts 1 'the server is receiving the document' leftovers
stop_server KILL
killed_deposit 'a deposit during which the server is killed'
mv "$work/shown" "$work/first"
refuses 11 'try again' 'a deposit while there is no server' kluis_of worker deposit J large.bin

counts 1 'half a document is on the disk' leftovers
checks_out
counts 0 'and a check has swept what was left' leftovers

network pass
behind_network start_server
comes_back owner letter.txt letter.txt 'what was acknowledged before is there'
# The reply about the note may or may not have come through before the kill.
if ! grep -q 'not deposited.*note\.txt' "$work/first"; then
    comes_back owner note.txt note.txt 'and what was acknowledged at the last moment'
fi
before=$(count_documents owner mine)
says_not large 'half a document is not in the dossier' kluis_of owner --json document list mine
holds 'the same deposit is taken by the server that was started again' \
    kluis_of worker deposit J large.bin
counts $((before + 1)) 'and is there once' count_documents owner mine
comes_back owner large.bin large.bin 'and comes back'

# --- swept when the server starts, too ---
network hold up 16000000
kluis_of worker deposit J large.bin >"$work/out" 2>"$work/err" &
deposit=$!
await_network held
stop_server KILL
killed_deposit 'a second deposit during which the server is killed'
network pass
counts 1 'half a document is on the disk again' leftovers
behind_network start_server
counts 0 'a server that starts sweeps what was left' leftovers
comes_back owner large.bin large.bin 'and nothing else'
checks_out
finish
