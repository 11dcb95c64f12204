#!/usr/bin/env bash
# Another jurisdiction is data: a dossier, its coverage and a seal under Berlin's, for its own
# commission, and no other.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

jurisdiction=de-be-haertefallkommission
found_commission --jurisdiction "$jurisdiction"
open_vault owner
kluis_of owner dossier create --name hier --jurisdiction "$jurisdiction" >/dev/null
kluis_of owner dossier create --name daar >/dev/null
printf 'Zeugnis\n' >zeugnis.txt
kluis_of owner deposit hier zeugnis.txt --language de >/dev/null
kluis_of owner deposit daar zeugnis.txt --title rapport >/dev/null
says "\"jurisdiction\":\"$jurisdiction\"" 'coverage is by its criteria' \
    kluis_of owner --json dossier coverage hier --language de
says_not 'nl-commissie-2025' 'and by no other' kluis_of owner --json dossier coverage hier
holds 'a dossier is sealed for its commission' \
    kluis_of owner seal hier --to "$work/commission/cards.json" -o "$work/hier.kluis"
holds 'whose member opens it' \
    kluis_of member open "$work/hier.kluis" -i "$work/member.txt" -o "$work/opened"
refuses 6 'another jurisdiction' 'a dossier of another jurisdiction' \
    kluis_of owner seal daar --to "$work/commission/cards.json" -o "$work/daar.kluis"
absent "$work/daar.kluis" 'nothing was written'
finish
