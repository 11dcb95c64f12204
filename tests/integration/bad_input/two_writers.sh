#!/usr/bin/env bash
# Several people, and one person at two devices, write to one dossier at the same time.
. "$(dirname "$0")/scene.sh"

open_vault
found_commission
for person in owner worker teacher lawyer neighbour; do
    new_account "$person"
done
open_dossier owner worker teacher
meet owner lawyer
meet owner neighbour
kluis_of owner account kit | grep -A1 '^words:' | sed 's/^words: *//' | tr '\n' ' ' >"$work/words"
KLUIS_HOME=$work/tablet "$bin/kluis" --passphrase-file "$work/tablet.pass" account recover \
    --server "$url" --words-file "$work/words" >/dev/null
rm "$work/words"
# The new passphrase is that of the account, on every device.
cp "$work/tablet.pass" "$work/owner.pass"

mkdir "$work/files"
cd "$work/files"
for number in 1 2 3 4; do
    for name in phone tablet worker teacher; do
        printf '%s %s\n' "$name" "$number" >"$name$number.txt"
    done
done
kluis_of owner deposit mine phone1.txt tablet1.txt >/dev/null

# What each does, one after the other, while the others do theirs.
phone() {
    kluis_of owner deposit mine phone2.txt &&
        kluis_of owner grant phone1.txt phone2.txt --to lawyer &&
        kluis_of owner deposit mine phone3.txt phone4.txt --original-at 'in the drawer' &&
        kluis_of owner seal mine --to "$set_file" --document phone1.txt --document phone2.txt \
            -o "$work/phone.kluis"
}
tablet() {
    kluis_of tablet grant tablet1.txt --to neighbour &&
        kluis_of tablet deposit mine tablet2.txt &&
        kluis_of tablet deposit mine tablet3.txt tablet4.txt &&
        kluis_of tablet seal mine --to "$set_file" --document tablet1.txt --document tablet2.txt \
            -o "$work/tablet.kluis"
}
depositor() {
    kluis_of "$1" deposit J "$1"1.txt && kluis_of "$1" deposit J "$1"2.txt "$1"3.txt &&
        kluis_of "$1" deposit J "$1"4.txt
}
declare -A running
for who in phone tablet worker teacher; do
    case $who in
    phone | tablet) "$who" >"$work/$who.out" 2>"$work/$who.err" & ;;
    *) depositor "$who" >"$work/$who.out" 2>"$work/$who.err" & ;;
    esac
    running[$who]=$!
done
for who in "${!running[@]}"; do
    if wait "${running[$who]}"; then
        passed "$who was served beside the others"
    else
        failed "$who: $(cat "$work/$who.err")"
    fi
done

# --- nothing is lost, on either device ---
for device in owner tablet; do
    counts 16 "$device: all documents are there" count_documents "$device" mine
    holds "$device: the chain is sound" kluis_of "$device" dossier history mine
done
for name in phone3 tablet3 worker4 teacher2; do
    comes_back owner "$name.txt" "$name.txt" "$name is as it was deposited"
done
comes_back lawyer phone2.txt phone2.txt 'what one device granted is granted'
comes_back neighbour tablet1.txt tablet1.txt 'and what the other granted'
refuses 8 'no document' 'neither grant gives more' kluis_of lawyer document show tablet1.txt

# --- one keyring: notes and exhibit numbers of both ---
exhibits() {
    kluis_of member open "$work/$1.kluis" -i "$work/member.txt" -o "$work/opened-$1" >/dev/null
    python3 -c 'import json, sys
for one in json.load(open(sys.argv[1]))["documents"]: print(one["exhibit"], one["name"])' \
        "$work/opened-$1/dossier.json"
}
for bundle in phone tablet; do
    exhibits "$bundle" >"$work/$bundle.exhibits"
done
# numbers FILE…: how many different exhibit numbers they hold.
numbers() {
    cat "$@" | cut -d' ' -f1 | sort -u | wc -l
}
# changed DEVICE: how many of the first two bundles' numbers DEVICE's last bundle has otherwise.
changed() {
    sort "$work/phone.exhibits" "$work/tablet.exhibits" |
        comm -23 - <(sort "$work/all-$1.exhibits") | wc -l
}
counts 4 'no exhibit number was given twice' numbers "$work/phone.exhibits" "$work/tablet.exhibits"
for device in owner tablet; do
    kluis_of "$device" seal mine --to "$set_file" -o "$work/all-$device.kluis" >/dev/null
    exhibits "all-$device" >"$work/all-$device.exhibits"
    counts 16 "$device: each document has its number" numbers "$work/all-$device.exhibits"
    counts 0 "$device: and keeps the one that it had" changed "$device"
done
holds 'both devices know the same numbers' cmp "$work/all-owner.exhibits" "$work/all-tablet.exhibits"
for name in phone3 phone4; do
    says 'in the drawer' "the tablet knows where the paper of $name is" \
        kluis_of tablet --json document show "$name.txt"
done
checks_out
finish
