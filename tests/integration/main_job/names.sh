#!/usr/bin/env bash
# What people call things: names, beginnings of ids, links and files; and what strangers send.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

open_vault owner lawyer eve
knows owner lawyer
knows lawyer owner
dossier=$(value dossier owner dossier create --name mine)
link=$(value link owner dossier show mine)
printf 'a letter\n' >letter.txt
printf 'false\n' >false.txt
kluis_of owner deposit mine letter.txt >/dev/null
kluis_of owner grant letter --to lawyer >/dev/null
says 'letter' 'a dossier by its link' kluis_of lawyer document list "$link"
says 'letter' 'by the beginning of its id' kluis_of lawyer document list "${dossier:0:5}"
says_not 'stranger' 'whose owner is known' kluis_of lawyer document list "$dossier"
refuses 2 'is your own card' 'a grant to oneself' kluis_of owner grant letter --to me
refuses 2 "'me' is your own card" 'another card named me' \
    kluis_of owner card add "$work/eve.card" --name me
refuses 9 'another dossier' 'a second dossier of one name' kluis_of owner dossier create --name mine
refuses 2 'neither a file' 'a card that is none' kluis_of owner card add nofile.card
refuses 2 'neither the link' 'a dossier that is none' kluis_of owner dossier pin abcd
long=$(printf 'x%.0s' {1..300})
refuses 8 'no card is called' 'a name that is too long for a file' \
    kluis_of owner grant letter --to "$long"
refuses 2 'neither a file' 'the same as a card' kluis_of owner card add "$long"
refuses 2 '2020-01-01 has passed' 'a grant until a day that has passed' \
    kluis_of owner grant letter --to lawyer --until 2020-01-01

# Eve, whom nobody knows, grants something with the same title.
kluis_of eve dossier create --name hers >/dev/null
knows eve owner
kluis_of eve deposit hers false.txt --title letter >/dev/null
kluis_of eve deposit hers false.txt --title passport >/dev/null
kluis_of eve grant letter passport --to owner >/dev/null
holds 'what a stranger granted does not come between an owner and a title' \
    kluis_of owner grant letter --to lawyer
kluis_of owner document get letter -o "$work/mine" >/dev/null
holds 'nor between an owner and the own document' cmp letter.txt "$work/mine"
says 'from a stranger' 'a document of a stranger is shown as one' \
    kluis_of owner document show passport
says '"stranger":true' 'in JSON too' kluis_of owner --json document show passport
says 'from a stranger' 'and fetched as one' kluis_of owner document get passport -o "$work/p"
says 'from a stranger' 'and so is the dossier' kluis_of owner dossier list
refuses 7 'is not yours' 'nor can it be granted on' kluis_of owner grant passport --to lawyer

# Wish lists.
before=$(kluis_of owner --json document list mine)
refuses 2 'is your own card' 'a wish list for oneself' kluis_of owner dossier wish mine --to me
refuses 2 'has passed' 'a wish list until a day that has passed' \
    kluis_of owner dossier wish mine --to lawyer --until 2020-01-01
refuses 2 'is no criterion' 'leaving out what is no criterion' \
    kluis_of owner dossier wish mine --to lawyer --leave-out nosuch
is_true 'none of them is left behind' test "$before" = "$(kluis_of owner --json document list mine)"
kluis_of owner depositor allow mine lawyer >/dev/null
wish=$(value document owner dossier wish mine --to lawyer)
says 'Deze papieren ontbreken nog' 'who was granted it reads it in words' \
    kluis_of lawyer document show "$wish" --language nl
finish
