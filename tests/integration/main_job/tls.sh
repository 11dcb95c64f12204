#!/usr/bin/env bash
# Over https: a server whose certificate the system trusts is used as any other; one that cannot
# show such a certificate for its own name is asked nothing.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

# make_certificate NAME WHOSE: a self-made certificate, NAME.pem, and its key, NAME.key.
make_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" \
        -addext "subjectAltName=$2" -keyout "$work/$1.key" -out "$work/$1.pem" 2>/dev/null
}

# serve_with NAME: serves the vault with that certificate, and with a new log.
serve_with() {
    : >"$work/server.log"
    start_server --tls-cert "$work/$1.pem" --tls-key "$work/$1.key"
}

# trusting NAME COMMAND…: the command, on a system that trusts this certificate alone.
trusting() {
    SSL_CERT_FILE=$work/$1.pem SSL_CERT_DIR=$work/none "${@:2}"
}

# asked TEST NUMBER SITUATION: ends the server, whose log is whole then; so often it was asked.
asked() {
    stop_server
    is_true "$3" test "$(grep -c '"route"' "$work/server.log")" "$1" "$2"
}

make_certificate own IP:127.0.0.1
make_certificate unknown IP:127.0.0.1
make_certificate elsewhere DNS:vault.example,IP:127.0.0.2
"$bin/kluisd" init --data "$work/data" --key-file "$work/key" >/dev/null
cd "$work"
head -c 3000000 /dev/urandom >large.bin
printf 'a letter\n' >letter.txt
code=$("$bin/kluisd" invite --data "$work/data" --key-file "$work/key" 2>/dev/null)

serve_with own
create=(account create --server "$url" --invite "$code")
is_true 'the address that is printed begins with https' test "$url" = "https://$listen"
refuses 6 'certificate' 'an account at a server that is not trusted' \
    trusting unknown kluis_of owner "${create[@]}"
absent "$work/owner" 'nothing of it is on the device, nor a passphrase'
asked -eq 0 'the server was asked nothing'

serve_with own
holds 'an account, by the same invitation' trusting own kluis_of owner "${create[@]}"
holds 'a dossier' trusting own kluis_of owner dossier create --name mine
holds 'a deposit' trusting own kluis_of owner deposit mine large.bin
holds 'the document' trusting own kluis_of owner document get large -o got
holds 'as it was deposited' cmp large.bin got
asked -gt 0 'this server was asked'

serve_with own
refuses 6 'certificate' 'a deposit at a server that is trusted no longer' \
    trusting unknown kluis_of owner deposit mine letter.txt
asked -eq 0 'it was asked nothing'

serve_with elsewhere
refuses 6 'certificate' "a deposit at a server with another's certificate" \
    trusting elsewhere kluis_of owner deposit mine letter.txt
refuses 6 'certificate' 'a document from there' \
    trusting elsewhere kluis_of owner document get large -o kept
absent kept 'nothing of it was written'
asked -eq 0 'it was asked nothing either'

serve_with own
says_not 'letter' 'nothing of it is in the dossier' trusting own kluis_of owner document list mine
finish
