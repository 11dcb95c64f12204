#!/usr/bin/env bash
# A commission's root key and card set: nothing overwrites them, and no command leaves a set that
# everybody refuses.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

printf 'root passphrase\n' >"$work/root.pass"
refuses 2 'not after now' 'a commission whose set has ended' \
    kluis_of root commission keygen -o "$work/commission" --end 2001-01-01
absent "$work/commission" 'nothing of it was written'
open_vault owner
add_member second
before=$(sha256sum "$work"/commission/*.json)
refuses 9 'already' 'a second root key in the folder' \
    kluis_of root commission keygen -o "$work/commission"
mv "$work/commission/root.age" "$work/stick.age"
refuses 9 'already' 'a root key over a set whose own was carried away' \
    kluis_of root commission keygen -o "$work/commission"
mv "$work/stick.age" "$work/commission/root.age"
printf 'third passphrase\n' >"$work/third.pass"
kluis_of third member keygen -o "$work/third.txt" >/dev/null
refuses 9 'is there already' 'an identity file over another' \
    kluis_of third commission member keygen -o "$work/third.txt"
refuses 2 'not after now' 'a member with an end that has passed' \
    kluis_of root member add "$work/third.txt.card" --set "$work/commission" --end 2001-01-01
refuses 5 'another fingerprint' 'a card with another fingerprint than was read out' \
    kluis_of root member add "$work/third.txt.card" --set "$work/commission" \
    --fingerprint "$(fingerprint member.txt)"
refuses 2 'is no fingerprint' 'a fingerprint that is none' \
    kluis_of root member add "$work/third.txt.card" --set "$work/commission" --fingerprint abcd
refuses 8 'neither a file' 'a card that is not there' \
    kluis_of root member add "$work/none.card" --set "$work/commission"
is_true 'after all that the set is as it was' \
    test "$before" = "$(sha256sum "$work"/commission/*.json)"
holds 'a member whose fingerprint is as read out' \
    kluis_of root member add "$work/third.txt.card" --set "$work/commission" \
    --fingerprint "$(fingerprint third.txt | sed 's/..../& /g' | tr '[:lower:]' '[:upper:]')"

kluis_of owner dossier create --name mine >/dev/null
printf 'a letter\n' >letter.txt
kluis_of owner deposit mine letter.txt >/dev/null
gone=$(fingerprint second.txt)
holds 'a member leaves, named by the beginning of the fingerprint' \
    kluis_of root member remove "${gone:0:8}" --set "$work/commission"
refuses 8 'no card in the set now' 'a member who has left leaves' \
    kluis_of root member remove "$work/second.txt.card" --set "$work/commission"
says_not "$gone" 'nothing is sealed for who left' \
    kluis_of owner --json seal mine --to "$work/commission/cards.json" -o "$work/b.kluis"
refuses 4 '' 'who left cannot open it' \
    kluis_of second open "$work/b.kluis" -i "$work/second.txt" -o "$work/opened"
holds 'who stayed can' kluis_of third open "$work/b.kluis" -i "$work/third.txt" -o "$work/opened"
finish
