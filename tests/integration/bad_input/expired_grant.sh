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

# until SECONDS: the time so many seconds from now.
until_in() {
    date -u -d "+$1 seconds" +%Y-%m-%dT%H:%M:%SZ
}

# Long enough that the lawyer reads the letter before its end, however slow this machine is.
seconds=5
read_before=no
while [[ $read_before == no ]]; do
    ((seconds *= 2))
    ((seconds < 1000)) || break
    ends=$(until_in "$seconds")
    kluis_of owner grant letter.txt --to lawyer --until "$ends" >/dev/null
    rm -f "$work/got"
    if kluis_of lawyer document get letter.txt -o "$work/got" >/dev/null 2>&1; then
        read_before=yes
    fi
done
holds 'before its end a grant is served' cmp letter.txt "$work/got"

# Each try asks the server anew: what is waited for is its answer, for a bounded time.
give_up=$((SECONDS + seconds + 120))
while kluis_of lawyer document show letter.txt >/dev/null 2>&1 && ((SECONDS < give_up)); do
    :
done
refuses 8 "no document is called" 'after its end it is not' \
    kluis_of lawyer document get letter.txt -o "$work/late"
cp "$work/err" "$work/expired"
absent "$work/late" 'nothing of it was written'
if [[ $(date -u +%Y-%m-%dT%H:%M:%SZ) < $ends ]]; then
    failed "the grant was not served to its end, $ends"
else
    passed 'and it was served to its end'
fi
refuses 8 'no document is called' 'a document that was never granted' \
    kluis_of lawyer document get secret.txt -o "$work/late"
sed s/secret.txt/NAME/ "$work/err" >"$work/never"
sed s/letter.txt/NAME/ "$work/expired" >"$work/ended"
holds 'has the same answer' cmp "$work/never" "$work/ended"
comes_back lawyer other.txt other.txt 'another grant goes on'

# --- what the owner sees ---
access_says() {
    kluis_of owner dossier access mine | grep -F "$1" | grep -qF "$2"
}
holds 'the owner sees that the grant has ended' access_says 'could read' 'letter'
holds 'and that the other goes on' access_says 'may read' 'other'
kluis_of owner grant letter.txt --to lawyer >/dev/null
comes_back lawyer letter.txt letter.txt 'granted anew, it is served again'
checks_out
finish
