#!/usr/bin/env bash
# A grant that ends while people are at work: from then on it is answered like one that never was.
. "$(dirname "$0")/scene.sh"

open_vault
for person in owner lawyer; do
    new_account "$person"
done
open_dossier owner
meet owner lawyer
cd "$work"
printf 'a letter\n' >letter.txt
printf 'another\n' >other.txt
printf 'never granted\n' >secret.txt
kluis_of owner deposit mine letter.txt other.txt secret.txt >/dev/null
kluis_of owner grant other.txt --to lawyer >/dev/null

grant_until() {
    kluis_of owner grant letter.txt --to lawyer --until "$1"
}
read_letter() {
    rm -f "$work/got"
    kluis_of lawyer document get letter.txt -o "$work/got"
}

give_briefly grant_until read_letter
holds 'before its end a grant is served' cmp letter.txt "$work/got"
await_end read_letter
refuses 8 "no document is called" 'after its end it is not' \
    kluis_of lawyer document get letter.txt -o "$work/late"
cp "$work/err" "$work/expired"
absent "$work/late" 'nothing of it was written'
has_ended 'and it was served to its end'
refuses 8 'no document is called' 'a document that was never granted' \
    kluis_of lawyer document get secret.txt -o "$work/late"
sed s/secret.txt/NAME/ "$work/err" >"$work/never"
sed s/letter.txt/NAME/ "$work/expired" >"$work/ended"
holds 'has the same answer' cmp "$work/never" "$work/ended"
comes_back lawyer other.txt other.txt 'another grant goes on'

# --- what the owner sees ---
access_says() {
    kluis_of owner dossier access mine >"$work/access"
    grep -F "$1" "$work/access" | grep -F "$2" >"$work/found"
}
holds 'the owner sees that the grant has ended' access_says 'could read' 'letter'
holds 'and that the other goes on' access_says 'may read' 'other'
kluis_of owner grant letter.txt --to lawyer >/dev/null
comes_back lawyer letter.txt letter.txt 'granted anew, it is served again'
checks_out
finish
