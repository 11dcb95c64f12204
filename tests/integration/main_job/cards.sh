#!/usr/bin/env bash
# Cards as they are given to others: as a link, as text, and as a QR code, which is read here; the
# recovery sheet's code, too. And the list of those that were added.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/vault.sh"
. "$here/people.sh"

# code_says WORDS SITUATION COMMAND…: what the command shows has a QR code, of just these words.
code_says() {
    local words=$1 situation=$2
    shift 2
    "$@" >"$work/shown"
    holds "$situation is a QR code" python3 "$here/qr.py" <"$work/shown"
    holds "$situation: it says what it must" test "$(cat "$work/out")" = "$words"
}

open_vault owner lawyer

# --- one's own ---
link=$url/#card=$(fingerprint owner)
says "$link" 'a card is a link, which names the server' kluis_of owner card show --as link
holds 'and nothing else' test "$(cat "$work/out")" = "$link"
code_says "$link" 'a card' kluis_of owner card show --as qr
holds 'and nothing else' test "$(grep -vc $'\e' "$work/shown")" = 0
code_says "$link" 'a card among all that is shown of it' kluis_of owner card show
for part in "$link" "$(cat "$work/owner.card")"; do
    holds "there it is ${part:0:8}…, too" grep -qF -- "$part" "$work/shown"
done
refuses 2 'picture' 'a card as something else' kluis_of owner card show --as picture

# --- the others' ---
# listed PERSON: the cards of PERSON's list, in words.
listed() {
    kluis_of "$1" card list | sed 's/  *$//; 1d' | tr -s ' '
}
holds 'before any is added, no card is listed' test "$(listed lawyer)" = ''
kluis_of lawyer card add "$link" --name 'J. herself' >/dev/null
holds 'a card is listed as checked that was added by its link, which names it' \
    test "$(listed lawyer)" = "$(fingerprint owner) J. herself yes -"
kluis_of owner card add "$work/lawyer.card" --name lawyer >/dev/null
holds 'one from a file is not' test "$(listed owner)" = "$(fingerprint lawyer) lawyer no -"
kluis_of owner card verify lawyer "$(fingerprint lawyer)" >/dev/null
holds 'until it was compared' test "$(listed owner)" = "$(fingerprint lawyer) lawyer yes -"
says "\"fingerprint\":\"$(fingerprint lawyer)\"" 'JSON lists it, too' \
    kluis_of owner --json card list

# --- the recovery sheet ---
code=$(value code owner account kit)
code_says "$code" "the recovery sheet's code" kluis_of owner account kit
printf '%s\n' "$code" >"$work/code"
holds 'and what it says brings the account back' \
    env KLUIS_HOME="$work/new" "$bin/kluis" --passphrase-file "$work/new.pass" \
    account recover --server "$url" --words-file "$work/code"
holds 'which is the same' cmp "$work/owner.card" \
    <(KLUIS_HOME=$work/new "$bin/kluis" --passphrase-file "$work/new.pass" card show --as text)
finish
