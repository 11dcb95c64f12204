#!/usr/bin/env bash
# Sealing: what is missing is said before, some readers are left out, a supplement goes on where the
# first bundle ended, and the owner and everyone else verify it.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

open_vault owner worker
add_member second
set_file=$work/commission/cards.json
kluis_of owner dossier create --name mine >/dev/null
printf 'a letter\n' >letter.txt
printf 'an answer\n' >answer.txt
kluis_of owner deposit mine letter.txt --criterion rootedness >/dev/null

says 'necessary' 'coverage says what is missing' kluis_of owner dossier coverage mine
says 'There is no evidence for a condition that is necessary' 'in a sentence' \
    kluis_of owner dossier coverage mine
second=$(fingerprint second.txt)
says 'kluis: warning: There is no evidence for a condition that is necessary' \
    'sealing says so, and seals' \
    kluis_of owner seal mine --to "$set_file" --without "${second:0:6}" -o "$work/first.kluis"
says 'test anchors' 'and that it rests on test anchors' \
    kluis_of owner seal mine --to "$set_file" --without "$work/second.txt.card" -o "$work/x.kluis"
refuses 8 'no card in the set now' 'leaving out a card that is not in the set' \
    kluis_of owner seal mine --to "$set_file" --without "$work/owner.card" -o "$work/y.kluis"
holds 'its reader opens it' \
    kluis_of member open "$work/first.kluis" -i "$work/member.txt" -o "$work/opened"
refuses 4 '' 'who was left out does not' \
    kluis_of second open "$work/first.kluis" -i "$work/second.txt" -o "$work/not"
bundle=$(kluis_of owner --json verify "$work/first.kluis" |
    sed -n 's/.*"bundle":"\([^"]*\)".*/\1/p')

kluis_of owner deposit mine answer.txt --criterion identity-effort >/dev/null
says '"code":"necessary-missing"' 'a supplement, with warnings in its JSON' \
    kluis_of owner --json seal mine --to "$set_file" --document answer \
    --supplements "${bundle:0:6}" -o "$work/more.kluis"
says 'exhibit         2' 'its exhibit goes on numbering' kluis_of owner document show answer
says "which supplements $bundle" 'and the history says what it supplements' \
    kluis_of owner dossier history mine
holds 'its reader verifies it' kluis_of member verify "$work/more.kluis" -i "$work/member.txt"
refuses 8 'no bundle is called' 'a supplement to no bundle' \
    kluis_of owner seal mine --to "$set_file" --supplements abcdabcd -o "$work/z.kluis"
absent "$work/z.kluis" 'nothing was written'

says '"depth":"owner"' 'the owner verifies against the own chain' \
    kluis_of owner --json verify "$work/first.kluis"
says '"depth":"form"' 'anyone verifies the form' \
    env KLUIS_HOME="$work/nobody" "$bin/kluis" --json verify "$work/first.kluis"
rm "$work/first.kluis"
holds 'a bundle is fetched once more' \
    kluis_of owner seal mine --again "${bundle:0:6}" -o "$work/first.kluis"
says "$bundle" 'and is the same' kluis_of owner --json verify "$work/first.kluis"
refuses 2 'as it was sealed' 'getting one again and sealing anew at once' \
    kluis_of owner seal mine --again "$bundle" --to "$set_file" -o "$work/w.kluis"
refuses 2 'give --to' 'sealing for nobody' kluis_of owner seal mine -o "$work/w.kluis"

# --- what is asked for ---
refuses 2 'give one of these: de, en, nl' 'coverage in a language that there is not' \
    kluis_of owner dossier coverage mine --language xx
says 'Diepe worteling' 'coverage in Dutch, as in Belgium' \
    kluis_of owner dossier coverage mine --language nl-BE
refuses 2 'give one of these: en, nl' 'a document in a language that there is not' \
    kluis_of owner document show letter --language xx
knows owner worker
before=$(kluis_of owner --json document list mine)
refuses 2 'kluis depositor allow' 'a wish list for a card that may not deposit' \
    kluis_of owner dossier wish mine --to worker
is_true 'no wish list is left' test "$before" = "$(kluis_of owner --json document list mine)"
kluis_of owner depositor allow mine worker >/dev/null
says 'granted wish list' 'one for a card that may' kluis_of owner dossier wish mine --to worker
kluis_of owner depositor remove mine worker >/dev/null
refuses 2 'kluis depositor allow' 'one for a card that may no longer' \
    kluis_of owner dossier wish mine --to worker
says '1 document may now' 'a document that is named twice is granted once' \
    kluis_of owner grant letter letter --to worker

# --- without the server, as far as it goes ---
stop_server
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=x \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
start_server --tls-cert "$work/tls.pem" --tls-key "$work/tls.key"
guest() { SSL_CERT_FILE=$work/tls.pem kluis_of guest "$@"; }
code=$("$bin/kluisd" invite --data "$work/data" --key-file "$work/key" --json |
    sed -n 's/.*"invitation":"\([^"]*\)".*/\1/p')
guest account create --server "$url" --invite "$code" >/dev/null
guest dossier create --name theirs >/dev/null
guest deposit theirs letter.txt >/dev/null
guest seal theirs --to "$set_file" -o "$work/guest.kluis" >/dev/null 2>&1
says '"depth":"owner"' 'a bundle, with a server that can be trusted' \
    guest --json verify "$work/guest.kluis"
says 'certificate could not be checked' 'with one that cannot: the form, and why not more' \
    kluis_of guest verify "$work/guest.kluis"
finish
