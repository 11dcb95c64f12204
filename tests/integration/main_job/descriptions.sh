#!/usr/bin/env bash
# What is said of a document: at its deposit, and described anew; and getting it as an age file.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

open_vault owner worker lawyer
knows owner worker
knows owner lawyer
link=$(value link owner dossier create --name mine)
printf 'brief\n' >brief.txt
printf 'letter\n' >letter.txt
printf 'b███f\n' >blacked.txt
printf '\x89PNG\r\n\x1a\n' >small.png
brief=$(value document owner deposit mine brief.txt --kind letter-of-support --criterion rootedness \
    --preview small.png --original-at 'in a tin box' --from 1992-10-04 --language nl)

says 'brief' 'a title is the name without its ending' kluis_of owner document show "$brief"
says 'in a tin box' 'the place of the paper is shown to the owner' kluis_of owner document show brief
holds 'a translation names its original by title' \
    kluis_of owner deposit mine letter.txt --translation-of brief
says "translation of  $brief" 'and says so' kluis_of owner document show letter
holds 'a redaction names its original by the beginning of its id' \
    kluis_of owner deposit mine blacked.txt --redaction-of "${brief:0:6}"
says "redaction of    $brief" 'and says so' kluis_of owner document show blacked
holds 'a title of 26 characters is deposited' \
    kluis_of owner deposit mine brief.txt --title 'abcdefghijklmnopqrstuvwxyz'
holds 'and named where a document is meant' \
    kluis_of owner deposit mine letter.txt --title 'of that' \
    --translation-of 'abcdefghijklmnopqrstuvwxyz'
refuses 2 "from: '2019' is no date" 'a year where a day is meant' kluis_of owner deposit mine letter.txt --from 2019
refuses 8 "no document is called 'nothing'" 'a translation of nothing' \
    kluis_of owner deposit mine letter.txt --translation-of nothing

kluis_of owner depositor allow mine worker >/dev/null
kluis_of worker dossier pin "$link" --name J >/dev/null
refuses 2 'give the whole id' 'a depositor names a document by title' \
    kluis_of worker deposit J letter.txt --translation-of brief
says 'jurisdiction  nl-commissie-2025' 'a depositor sees the dossier as far as they may' \
    kluis_of worker dossier show J

refuses 2 'nothing is said' 'describing without a change' kluis_of owner document describe brief
refuses 2 "to: '31-12-1999' is no date" 'describing with a bad day' kluis_of owner document describe brief --to 31-12-1999
holds 'a new title, no criterion, another place of the paper' \
    kluis_of owner document describe brief --title 'Brief van de school' --criterion '' \
    --original-at 'with my sister' --to 1993-01-01
says 'with my sister' 'the new place is shown' kluis_of owner document show "$brief"
says_not 'criteria' 'and no criterion any more' kluis_of owner document show "$brief"
says '1992-10-04 - 1993-01-01' 'and the new period' kluis_of owner document show "$brief"
holds 'the translation is none after all' \
    kluis_of owner document describe letter --translation-of '' --original-at ''
says_not 'translation' 'and nothing says so any more' kluis_of owner document show letter
holds 'it is one after all' kluis_of owner document describe letter --translation-of "$brief"
says "translation of  $brief" 'and says so again' kluis_of owner document show letter

# opens_alone PERSON: Debian's age opens brief.txt as PERSON gets it, with the key of PERSON's
# recovery sheet.
opens_alone() {
    local person=$1
    holds "the $person gets it as an age file" \
        kluis_of "$person" document get "$brief" --age -o "$work/$person.age"
    kluis_of "$person" --json account kit |
        sed -n 's/.*"identity":"\([^"]*\)".*/\1/p' >"$work/$person.key"
    holds "and Debian's age opens that with the key of the $person's recovery sheet" \
        age -d -i "$work/$person.key" -o "$work/$person.whole" "$work/$person.age"
    head -c "$(stat -c %s brief.txt)" "$work/$person.whole" >"$work/$person.brief"
    holds 'to what was deposited' cmp brief.txt "$work/$person.brief"
}

opens_alone owner
kluis_of owner grant "$brief" --to lawyer >/dev/null
opens_alone lawyer
refuses 1 'no identity matched' "the owner's key does not open the lawyer's" \
    age -d -i "$work/owner.key" -o "$work/none" "$work/lawyer.age"
refuses 2 'checked as a whole' 'a document to standard output' \
    kluis_of owner document get "$brief" -o -
finish
