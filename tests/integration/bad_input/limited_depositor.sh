#!/usr/bin/env bash
# A depositor who may deposit so many documents, or until such a time, and not beyond.
. "$(dirname "$0")/scene.sh"

open_vault
for person in owner worker; do
    new_account "$person"
done
meet owner worker
id=$(value dossier owner dossier create --name mine)
kluis_of worker dossier pin "$id" --name J >/dev/null
cd "$work"
printf 'a letter\n' >letter.txt
printf 'another\n' >other.txt
random_file large.bin 3000000

# large_blobs: how many payloads have a file of their own.
large_blobs() {
    find "$work/data/blobs" -type f -size +64k | wc -l
}

allow_anew() {
    kluis_of owner depositor remove mine worker
    kluis_of owner depositor allow mine worker "$@"
}

# --- so many ---
refuses 2 'count' 'a count of none' kluis_of owner depositor allow mine worker --count 0
holds 'two documents are allowed' kluis_of owner depositor allow mine worker --count 2
for name in letter.txt large.bin; do
    holds "$name is deposited" kluis_of worker deposit J "$name"
done
refuses 7 'as many documents as' 'a third' kluis_of worker deposit J large.bin
counts 2 'is not in the dossier' count_documents owner mine
counts 0 'nor on its way there' leftovers
counts 1 'nor on the disk' large_blobs
refuses 9 'remove it first' 'other limits for who may deposit already' \
    kluis_of owner depositor allow mine worker --count 9

allow_anew --count 1 >/dev/null
refuses 7 'allows 1 more' 'two documents at once, of which one is allowed' \
    kluis_of worker deposit J other.txt large.bin
counts 2 'of them none is in the dossier' count_documents owner mine
counts 0 'nor on its way there' leftovers
holds 'the one that is allowed is deposited' kluis_of worker deposit J other.txt

# --- until such a time ---
refuses 2 'has passed' 'until a day that has passed' \
    kluis_of owner depositor allow mine worker --until 2001-01-01
allow_until() {
    allow_anew --until "$1"
}
deposit_again() {
    kluis_of worker deposit J other.txt
}
before=$(count_documents owner mine)
give_briefly allow_until deposit_again
holds 'before the end the worker deposits' test "$(count_documents owner mine)" -gt "$before"
await_end deposit_again
has_ended 'to the end'
before=$(count_documents owner mine)
refuses 8 'whether you are still allowed' 'after it a deposit' deposit_again
counts "$before" 'is not in the dossier' count_documents owner mine
checks_out
finish
