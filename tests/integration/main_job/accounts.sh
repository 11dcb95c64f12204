#!/usr/bin/env bash
# Accounts: by an invitation, back from the recovery sheet, and nothing left where it failed.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

open_vault owner
kluis_of owner dossier create --name mine >/dev/null
printf 'a letter\n' >letter.txt
kluis_of owner deposit mine letter.txt >/dev/null

refuses 7 'or ask for another' 'a mistyped invitation' \
    kluis_of friend account create --server "$url" --invite aaaaaaaaaaaaaaaaaaaaaaaaaa
absent "$work/friend.pass" 'no passphrase is left that opens nothing'
refuses 7 '' 'an account that may not invite' kluis_of owner account invite
host=$("$bin/kluisd" invite --data "$work/data" --key-file "$work/key" --may-invite 1 --json |
    sed -n 's/.*"invitation":"\([^"]*\)".*/\1/p')
says "passphrase   in $work/host.pass" 'the second try takes the same file and says where it is' \
    kluis_of host account create --server "$url" --invite "$host"
invitation=$(value link host account invite)
holds 'who may invite does, by a link that names the server' \
    kluis_of friend account create --invite "$invitation"
refuses 7 '' 'an invitation is used once' kluis_of other account create --invite "$invitation"
absent "$work/other.pass" 'nor is a passphrase left here'

kluis_of owner --json account kit >"$work/kit.json"
says "--server $url" 'the recovery sheet says where the account is' kluis_of owner account kit
member() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$work/kit.json"; }
member words >"$work/words"
refuses 3 '' 'words that are none' env KLUIS_HOME="$work/new" "$bin/kluis" \
    --passphrase-file "$work/new.pass" account recover --server "$url" --words-file letter.txt
absent "$work/new.pass" 'no passphrase is left'
holds 'the account comes back from its words on another device' \
    env KLUIS_HOME="$work/new" "$bin/kluis" --passphrase-file "$work/new.pass" \
    account recover --server "$url" --words-file "$work/words"
holds 'with everything in it' env KLUIS_HOME="$work/new" "$bin/kluis" \
    --passphrase-file "$work/new.pass" document get letter -o "$work/got"
holds 'as it was' cmp letter.txt "$work/got"
cp "$work/new.pass" "$work/owner.pass.new"
says 'the passphrase was replaced' 'the old device is told' env KLUIS_HOME="$work/owner" \
    "$bin/kluis" --passphrase-file "$work/owner.pass.new" dossier list
refuses 4 '' 'the old passphrase opens nothing any more' kluis_of owner dossier list
says '"passphrase":"' 'with --json and no file the passphrase is in the JSON' \
    env KLUIS_HOME="$work/third" "$bin/kluis" --json account recover --server "$url" \
    --words-file "$work/words"
is_true 'and there is one line' test "$(wc -l <"$work/out")" = 1
finish
