#!/usr/bin/env bash
# A dossier changes hands: the new owner consents, the old one hands over and has no rights left.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

open_vault mother child worker
knows mother child
knows child mother
knows mother worker
knows child worker
dossier=$(value dossier mother dossier create --name family)
link=$(value link mother dossier show family)
printf 'a letter\n' >letter.txt
printf 'a school report\n' >report.txt
kluis_of mother deposit family letter.txt >/dev/null
kluis_of mother depositor allow family worker >/dev/null
kluis_of worker dossier pin "$link" --name family >/dev/null
kluis_of worker deposit family report.txt --original-at 'with the worker' >/dev/null

refuses 8 'no dossier is called' 'a consent to no dossier' \
    kluis_of child dossier consent nothing-of-the-kind --from mother -o "$work/c0.json"
holds 'the child consents by the link' \
    kluis_of child dossier consent "$link" --from mother -o "$work/consent.json"
kluis_of child dossier pin "$link" --name 'my family' >/dev/null
holds 'and again by the own name for it' \
    kluis_of child dossier consent 'my family' --from mother -o "$work/c1.json"
refuses 9 'is there already' 'a consent over a file that is there' \
    kluis_of child dossier consent "$link" --from mother -o "$work/consent.json"
printf 'no consent\n' >"$work/none.json"
refuses 3 'no consent' 'a file that is no consent' \
    kluis_of mother dossier transfer family --consent "$work/none.json"
holds 'the mother hands over' kluis_of mother dossier transfer family --consent "$work/consent.json"

refuses 8 'shows you nothing of this dossier now' 'the old owner has nothing to show' \
    kluis_of mother dossier show family
says 'nothing now' 'and her list says so' kluis_of mother dossier list
holds 'the new owner reads what was there' kluis_of child document get letter -o "$work/got"
holds 'as it was deposited' cmp letter.txt "$work/got"
says_not 'with the worker' 'what the worker told the old owner does not come with it' \
    kluis_of child document show report
holds 'the new owner notes it anew' \
    kluis_of child document describe report --original-at 'in the blue map'
says 'in the blue map' 'and sees the note' kluis_of child document show report
says_not 'may deposit  you' 'access does not list the owner' \
    kluis_of child dossier access 'my family'
holds 'the new owner deposits' kluis_of child deposit "$dossier" letter.txt --title again
refuses 8 '' 'the old owner cannot hand it over once more' \
    kluis_of mother dossier transfer family --consent "$work/consent.json"

# --- what a judge is told ---
holds 'the new owner seals what was there' kluis_of child seal 'my family' \
    --to "$work/commission/cards.json" -o "$work/family.kluis"
holds 'a member opens it' \
    kluis_of member open "$work/family.kluis" -i "$work/member.txt" -o "$work/opened"
is_true 'the mother is named as an earlier owner' grep -qF \
    "an earlier owner of the dossier, card $(fingerprint mother)" "$work/opened/verification.json"
is_true 'the child as the applicant' grep -qF \
    "the applicant, card $(fingerprint child)" "$work/opened/verification.json"
finish
