#!/usr/bin/env bash
# The server's disk is full: whoever deposits is told so, nothing acknowledged is lost, nothing is
# half-written, and when there is room again the same command works.
. "$(dirname "$0")/own_mounts.sh"
. "$(dirname "$0")/scene.sh"
trap 'stop_server; remove_disks; clean_up' EXIT

small_disk "$work/data" 192m
open_vault
for person in owner worker; do
    new_account "$person"
done
open_dossier owner worker
cd "$work"
random_file small.bin 20000
random_file fits.bin 3000000
random_file large.bin 40000000
kluis_of worker deposit J fits.bin >/dev/null

# --- a document that does not fit ---
leave_room "$work/data" 20000
refuses 12 'cannot store this now' 'a document that does not fit on the disk' \
    kluis_of worker deposit J large.bin
counts 0 'nothing of it is left on the disk' leftovers
counts 1 'nothing of it is in the dossier' count_documents owner mine
holds 'what fits is still taken' kluis_of worker deposit J small.bin

# --- no room for anything ---
leave_room "$work/data" 0
refuses 12 'cannot store this now' 'a deposit while nothing fits' kluis_of worker deposit J fits.bin
refuses 12 'cannot store this now' 'a statement while nothing fits' \
    kluis_of owner depositor remove mine worker
refuses 1 'the disk is full' 'an invitation while nothing fits' \
    "$bin/kluisd" invite --data "$work/data" --key-file "$work/key"
if kill -0 "$server_pid"; then passed 'the server goes on'; else failed 'the server has ended'; fi

# --- room again ---
free_disk "$work/data"
comes_back owner fits.bin fits.bin 'what was acknowledged before is there'
comes_back owner small.bin small.bin 'and all of it'
counts 2 'and nothing else' count_documents owner mine
cp fits.bin again.bin
holds 'the deposit that was refused is taken' kluis_of worker deposit J again.bin
comes_back owner again.bin fits.bin 'and comes back'
holds 'the statement that was refused is taken' kluis_of owner depositor remove mine worker
holds 'and the large document too' kluis_of owner deposit mine large.bin
comes_back owner large.bin large.bin 'which comes back'
checks_out

# --- a server that is started, and a vault that is made, on a full disk ---
leave_room "$work/data" 0
if "$bin/kluisd" check --data "$work/data" --key-file "$work/key" >"$work/out" 2>"$work/err"; then
    passed 'a full disk can be checked'
elif grep -q 'disk is full' "$work/err"; then
    passed 'a full disk cannot be checked, and that is said'
else
    failed "a check on a full disk: $(cat "$work/err")"
fi
free_disk "$work/data"
start_server
comes_back owner large.bin large.bin 'all is there when the server comes back'
checks_out

small_disk "$work/other" 2m
leave_room "$work/other" 0
refuses 1 'the disk is full' 'a vault on a full disk' \
    "$bin/kluisd" init --data "$work/other/data" --key-file "$work/other.key"
free_disk "$work/other"
holds 'is made when there is room' \
    "$bin/kluisd" init --data "$work/other/data" --key-file "$work/other.key"
finish
