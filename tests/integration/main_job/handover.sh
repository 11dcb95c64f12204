#!/usr/bin/env bash
# A dossier changes hands: the new owner consents, the old one hands over and has no rights left.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

open_vault mother child worker lawyer
knows mother child
knows child mother
knows mother worker
knows mother lawyer
dossier=$(value dossier mother dossier create --name family)
link=$(value link mother dossier show family)
printf 'a letter\n' >letter.txt
printf 'a school report\n' >report.txt
kluis_of mother deposit family letter.txt >/dev/null
kluis_of mother depositor allow family worker >/dev/null
kluis_of worker dossier pin "$link" --name family >/dev/null
kluis_of worker deposit family report.txt --original-at 'with the worker' >/dev/null
kluis_of mother grant letter --to lawyer >/dev/null

# --- what the owner alone is shown ---
for report in coverage timeline access history; do
    refuses 7 'only the owner of this dossier' "a reader asks for the $report" \
        kluis_of lawyer dossier "$report" "$dossier"
done
refuses 7 'only the owner of this dossier' 'a depositor asks for the coverage' \
    kluis_of worker dossier coverage family

# --- the dossier changes hands ---

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
refuses 8 'nothing of this dossier now' 'the old owner asks for its history' \
    kluis_of mother dossier history family
refuses 8 '' 'the old owner cannot hand it over once more' \
    kluis_of mother dossier transfer family --consent "$work/consent.json"

# --- what the former owner allowed stands until the new owner ends it ---
worker=$(fingerprint worker)
lawyer=$(fingerprint lawyer)
says "may deposit  $worker" 'the new owner sees a depositor whose card only the old one knew' \
    kluis_of child dossier access 'my family'
says "may read     $lawyer" 'and such a reader' kluis_of child dossier access 'my family'
refuses 8 'no card is called' 'a right for a card that only the dossier knows' \
    kluis_of child grant again --to "${lawyer:0:6}"
holds 'the depositor is removed by the beginning of that fingerprint' \
    kluis_of child depositor remove 'my family' "${worker:0:6}"
holds 'the grant is revoked likewise' kluis_of child revoke letter --from "${lawyer:0:6}"
says_not "may deposit" 'nobody else may deposit any more' kluis_of child dossier access 'my family'
says 'nobody else has a right' 'and access says so' kluis_of child dossier access 'my family'
says_not "may read" 'nor read' kluis_of child dossier access 'my family'
refuses 8 '' 'the worker deposits no more' kluis_of worker deposit family report.txt
refuses 8 'no document is called' 'the lawyer reads no more' \
    kluis_of lawyer document get letter -o "$work/lawyer.txt"

# --- a pinned id is forgotten ---
mistyped=$(printf 'a%.0s' {1..32})
kluis_of worker dossier pin "$mistyped" --name wrong >/dev/null
says "unpinned  $mistyped" 'a mistyped id is unpinned' kluis_of worker dossier unpin wrong
says_not "$mistyped" 'and not listed any more' kluis_of worker dossier list
refuses 8 'you have not pinned' 'unpinning what is not pinned' \
    kluis_of worker dossier unpin "$mistyped"
refuses 2 'is your own' 'unpinning the own dossier' kluis_of child dossier unpin 'my family' --yes
refuses 2 'give --yes' 'unpinning one of which something was seen' \
    kluis_of mother dossier unpin family
says 'family' 'it is still pinned' kluis_of mother dossier list
says 'are forgotten' 'until the old owner is sure' kluis_of mother dossier unpin family --yes
says_not 'family' 'then it is not' kluis_of mother dossier list

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
