#!/usr/bin/env bash
# Files of no byte, and of more bytes than a document can have.
. "$(dirname "$0")/scene.sh"

open_vault
join_all
cd "$work"
: >empty.txt
truncate -s 9000000000 huge.bin # a hole: it takes no room

# --- no byte ---
holds 'an empty file is deposited' kluis_of worker deposit J empty.txt
comes_back owner empty.txt empty.txt 'comes back to its owner'
kluis_of owner grant empty.txt --to lawyer >/dev/null
comes_back lawyer empty.txt empty.txt 'and to whom it is granted'
kluis_of owner seal mine --to "$set_file" -o "$work/b.kluis" >/dev/null
kluis_of member open "$work/b.kluis" -i "$work/member.txt" -o "$work/opened" >/dev/null
holds 'and out of a bundle' cmp empty.txt "$work"/opened/documents/*
holds 'an empty file is encrypted' "$bin/kluis" keygen -o id.txt
"$bin/kluis" encrypt -r "$(sed -n 's/^# public key: //p' id.txt)" -o empty.age empty.txt
holds 'and decrypted' "$bin/kluis" decrypt -i id.txt -o empty.out empty.age
holds 'to an empty file' cmp empty.txt empty.out
refuses 3 'cut short' 'an empty file for a bundle' \
    kluis_of member open empty.txt -i "$work/member.txt" -o "$work/none"
refuses 3 '' 'an empty file for an age file' "$bin/kluis" decrypt -i id.txt -o none empty.txt
refuses 3 '' 'an empty file for a card' kluis_of owner card add empty.txt
absent "$work/none" 'nothing was written'

# --- too many bytes ---
begun=$SECONDS
refuses 10 'larger than a document can be' 'a file of 9 GB' timeout 60 \
    env KLUIS_HOME="$work/worker" "$bin/kluis" --passphrase-file "$work/worker.pass" \
    deposit J huge.bin
((SECONDS - begun < 30)) || failed "a file of 9 GB was refused after $((SECONDS - begun)) s"
# More than are sealed at the same time.
for number in {1..12}; do
    printf 'letter %s\n' "$number" >"letter-$number.txt"
done
status=0
kluis_of worker deposit J huge.bin letter-*.txt >"$work/batch" 2>"$work/err" || status=$?
: >"$work/out" # what was deposited may be shown
refused 10 'larger than a document can be' 'a batch in which one file is too large' "$status"
counts 13 'of which the others are deposited all the same' count_documents owner mine
counts 1 'and the one is named' grep -c '^not deposited .*huge.bin' "$work/batch"
comes_back owner letter-12.txt letter-12.txt 'and the others come back'
counts 0 'nor on the disk' leftovers
checks_out
finish
