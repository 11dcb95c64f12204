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

# --- cards: what was given in error, and by whom ---
# of_host SITUATION COMMAND…: says in JSON that this is host's card, and that it is checked.
of_host() {
    says "\"fingerprint\":\"$theirs\"" "$@"
    is_true "$1: it is checked" grep -q '"checked":true' "$work/out"
}
theirs=$(value fingerprint host card show)
mine=$(value fingerprint friend card show)
kluis_of host card show --as link >host.link
says 'kluis card verify' 'a file that holds a link is a card, still to be compared' \
    kluis_of friend card add host.link --name host
refuses 5 'not kept any more' 'another fingerprint than that of a card' \
    kluis_of friend card verify host "$mine"
refuses 8 'no card is called' 'the card is gone' kluis_of friend card verify host "$theirs"
holds 'it is added again' kluis_of friend card add "$(cat host.link)" --name host
refuses 5 'still kept' 'another fingerprint than that of a card that was compared' \
    kluis_of friend card verify host "$mine"
of_host 'that card is there as before' kluis_of friend --json card list
says 'stands until you end that' 'a card is forgotten' kluis_of friend card remove host
refuses 8 'no card is called' 'it cannot be forgotten twice' kluis_of friend card remove host
says '"cards":[]' 'and is not listed' kluis_of friend --json card list

mkdir -p "http:/${url#http://}"
kluis_of friend card show --as text >"http:/${url#http://}/#card=$theirs"
of_host 'a link says whose card it is, although an archive held a file of that name' \
    kluis_of friend --json card add "$(cat host.link)"

# --- a server that cannot show who it is ---
# serve_as NAME: with a self-made certificate of 127.0.0.1, or of another name.
serve_as() {
    stop_server
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=x \
        -addext "subjectAltName=$1" -keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
    start_server --tls-cert "$work/tls.pem" --tls-key "$work/tls.key"
}
create=(account create --invite aaaaaaaaaaaaaaaaaaaaaaaaaa --server)
serve_as IP:127.0.0.1
refuses 6 'could not be checked' 'a certificate for which nobody vouches' \
    kluis_of guest "${create[@]}" "$url"
is_true 'it is not to be tried again' grep -qF 'do not go on' "$work/err"
serve_as DNS:vault.example
export SSL_CERT_FILE=$work/tls.pem
refuses 6 'is not for the name' "a certificate of another server's" \
    kluis_of guest "${create[@]}" "$url"
absent "$work/guest" 'nothing is left of it'
finish
