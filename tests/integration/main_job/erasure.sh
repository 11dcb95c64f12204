#!/usr/bin/env bash
# Erasing: one document, by its owner or its depositor, and a whole dossier. Always on purpose.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/vault.sh"
. "$here/people.sh"

# answering ANSWER COMMAND…: the owner at a terminal, who types their passphrase and then ANSWER.
answering() {
    local answer=$1
    shift
    KLUIS_HOME=$work/owner python3 "$here/../age/with_terminal.py" \
        "$(cat "$work/owner.pass")"$'\n'"$answer" "$bin/kluis" "$@"
}

open_vault owner worker lawyer
knows owner worker
knows owner lawyer
link=$(value link owner dossier create --name mine)
for name in one two three; do
    printf 'letter %s\n' "$name" >"$name.txt"
done
kluis_of owner deposit mine one.txt two.txt >/dev/null
kluis_of owner grant one two --to lawyer >/dev/null
kluis_of lawyer dossier pin "$link" --name J >/dev/null
kluis_of owner depositor allow mine worker >/dev/null
kluis_of worker dossier pin "$link" --name J >/dev/null
third=$(value document worker deposit J three.txt)

refuses 2 'for ever' 'erasing a document without --yes' kluis_of owner document erase one
holds 'and it is still there' kluis_of owner document show one
refuses 7 "only its owner" 'a reader erases what was granted' \
    kluis_of lawyer document erase one --yes
holds 'the owner erases a document' kluis_of owner document erase one --yes
refuses 8 'no document is called' 'an erased document' kluis_of owner document show one
refuses 8 'no document is called' 'an erased document, for its reader' \
    kluis_of lawyer document get one -o "$work/gone"
absent "$work/gone" 'nothing of it was written'
says 'not shown' 'the reader is told that it is gone' kluis_of lawyer document list J
holds 'a depositor erases what was just deposited, by its id' \
    kluis_of worker document erase "J/$third" --yes
refuses 8 'no document is called' 'it is gone for the owner' kluis_of owner document show three
says 'two' 'the rest stands' kluis_of owner document list mine

kluis_of owner deposit mine one.txt >/dev/null
refuses 2 "destroys 'one', for ever" 'erasing a document at a terminal, and thinking better of it' \
    answering no document erase one
holds 'it is still there' kluis_of owner document show one
says "destroys 'one', for ever" 'erasing a document at a terminal asks' \
    answering yes document erase one
refuses 8 'no document is called' 'and erases it' kluis_of owner document show one
refuses 2 'give --yes' 'a script is not asked' answering yes --json document erase two

kluis_of owner revoke two --from lawyer >/dev/null
says '"documents":[]' 'a reader of whom all was taken back' kluis_of lawyer --json document list J
refuses 8 'no document is called' 'cannot read it' kluis_of lawyer document show two
refuses 2 'for ever' 'erasing a dossier without --yes' kluis_of owner dossier erase mine
refuses 2 'nothing was done' 'erasing a dossier at a terminal, and thinking better of it' \
    answering no dossier erase mine
says "dossier 'mine', for ever" 'erasing a dossier at a terminal asks' \
    answering yes dossier erase mine
refuses 7 'erased' 'an erased dossier' kluis_of owner document list mine
holds 'the owner forgets it' kluis_of owner dossier unpin mine --yes
stop_server
holds 'the vault checks out' "$bin/kluisd" check --data "$work/data" --key-file "$work/key"
finish
