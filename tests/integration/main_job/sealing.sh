#!/usr/bin/env bash
# Sealing: what is missing is said before, some readers are left out, a supplement goes on where the
# first bundle ended, and the owner and everyone else verify it.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

open_vault owner
add_member second
set_file=$work/commission/cards.json
kluis_of owner dossier create --name mine >/dev/null
printf 'a letter\n' >letter.txt
printf 'an answer\n' >answer.txt
kluis_of owner deposit mine letter.txt --criterion rootedness >/dev/null

says 'necessary' 'coverage says what is missing' kluis_of owner dossier coverage mine
says 'There is no evidence for a condition that is necessary' 'in a sentence' \
    kluis_of owner dossier coverage mine
second=$(fingerprint second.txt)
says 'kluis: warning: There is no evidence for a condition that is necessary' \
    'sealing says so, and seals' \
    kluis_of owner seal mine --to "$set_file" --without "${second:0:6}" -o "$work/first.kluis"
says 'test anchors' 'and that it rests on test anchors' \
    kluis_of owner seal mine --to "$set_file" --without "$work/second.txt.card" -o "$work/x.kluis"
refuses 8 'no card in the set now' 'leaving out a card that is not in the set' \
    kluis_of owner seal mine --to "$set_file" --without "$work/owner.card" -o "$work/y.kluis"
holds 'its reader opens it' \
    kluis_of member open "$work/first.kluis" -i "$work/member.txt" -o "$work/opened"
refuses 4 '' 'who was left out does not' \
    kluis_of second open "$work/first.kluis" -i "$work/second.txt" -o "$work/not"
bundle=$(kluis_of owner --json verify "$work/first.kluis" |
    sed -n 's/.*"bundle":"\([^"]*\)".*/\1/p')

kluis_of owner deposit mine answer.txt --criterion identity-effort >/dev/null
says '"code":"necessary-missing"' 'a supplement, with warnings in its JSON' \
    kluis_of owner --json seal mine --to "$set_file" --document answer \
    --supplements "${bundle:0:6}" -o "$work/more.kluis"
says 'exhibit         2' 'its exhibit goes on numbering' kluis_of owner document show answer
says "which supplements $bundle" 'and the history says what it supplements' \
    kluis_of owner dossier history mine
holds 'its reader verifies it' kluis_of member verify "$work/more.kluis" -i "$work/member.txt"
refuses 8 'no bundle is called' 'a supplement to no bundle' \
    kluis_of owner seal mine --to "$set_file" --supplements abcdabcd -o "$work/z.kluis"
absent "$work/z.kluis" 'nothing was written'

says '"depth":"owner"' 'the owner verifies against the own chain' \
    kluis_of owner --json verify "$work/first.kluis"
says '"depth":"form"' 'anyone verifies the form' \
    env KLUIS_HOME="$work/nobody" "$bin/kluis" --json verify "$work/first.kluis"
rm "$work/first.kluis"
holds 'a bundle is fetched once more' \
    kluis_of owner seal mine --again "${bundle:0:6}" -o "$work/first.kluis"
says "$bundle" 'and is the same' kluis_of owner --json verify "$work/first.kluis"
refuses 2 'as it was sealed' 'getting one again and sealing anew at once' \
    kluis_of owner seal mine --again "$bundle" --to "$set_file" -o "$work/w.kluis"
refuses 2 'give --to' 'sealing for nobody' kluis_of owner seal mine -o "$work/w.kluis"
finish
