#!/usr/bin/env bash
# Bad input, as a person would meet it, between the real programs: each has a clear error and the
# documented exit code, and leaves nothing half-written.
. "$(dirname "$0")/vault.sh"

"$bin/kluisd" init --data "$work/data" --key-file "$work/key" >/dev/null
start_server
printf 'root passphrase\n' >"$work/root.pass"
printf 'member passphrase\n' >"$work/member.pass"
kluis_of root commission keygen -o "$work/commission" >/dev/null
kluis_of member member keygen -o "$work/member.txt" >/dev/null
kluis_of root member add "$work/member.txt.card" --set "$work/commission" >/dev/null
set_file=$work/commission/cards.json
for person in owner worker lawyer stranger; do
    new_account "$person"
done

dossier=$(value dossier owner dossier create --name mine)
# As the holder of the card reads it out.
fingerprint_of() { sed -n 's/.*"fingerprint":"\([^"]*\)".*/\1/p' "$work/$1.card"; }
kluis_of owner card add "$work/worker.card" --name worker >/dev/null
kluis_of owner card add "$work/lawyer.card" --name lawyer >/dev/null
mkdir "$work/files"
cd "$work/files"
printf 'a letter\n' >letter.txt
: >empty.txt
printf 'قصة\n' >'رسالة من أمي.txt'
printf 'two lines\n' >$'with a\nline end.txt'
head -c 3000000 /dev/urandom >large.bin

# --- accounts and passphrases ---
printf 'abandon ability able about above absent absorb\n' >"$work/wrong.pass"
refuses 4 'does not open the account' 'a wrong passphrase' \
    env KLUIS_HOME="$work/owner" "$bin/kluis" --passphrase-file "$work/wrong.pass" account show
printf 'not seven words\n' >"$work/bad.pass"
refuses 3 'passphrase' 'a passphrase of another form' \
    env KLUIS_HOME="$work/owner" "$bin/kluis" --passphrase-file "$work/bad.pass" account show
refuses 9 'has an account already' 'a second account on one device' \
    env KLUIS_HOME="$work/owner" "$bin/kluis" --passphrase-file "$work/new.pass" account create \
    --server "$url" --invite aaaaaaaaaaaaaaaaaaaaaaaaaa
refuses 7 'invitation' 'an invitation that does not exist' \
    env KLUIS_HOME="$work/nobody" "$bin/kluis" --passphrase-file "$work/nobody.pass" account create \
    --server "$url" --invite aaaaaaaaaaaaaaaaaaaaaaaaaa
refuses 8 'no account on this device' 'a device without an account' \
    env KLUIS_HOME="$work/nothing" "$bin/kluis" --passphrase-file "$work/owner.pass" dossier list
refuses 2 'not encrypted' 'plain http to another computer' \
    env KLUIS_HOME="$work/nothing" "$bin/kluis" --passphrase-file "$work/x.pass" account create \
    --server http://192.0.2.1 --invite aaaaaaaaaaaaaaaaaaaaaaaaaa
rm -f "$work/x.pass"

# --- cards and dossiers that were not checked ---
refuses 6 'not been checked by you' 'depositing in a dossier that is not pinned' \
    kluis_of worker deposit "$dossier" letter.txt
kluis_of worker dossier pin "$dossier" --name J >/dev/null
refuses 8 'no such dossier' 'depositing without being allowed' kluis_of worker deposit J letter.txt
refuses 6 'not checked this card' 'a right for a card from a file that was not compared' \
    kluis_of owner depositor allow mine worker
refuses 5 'another fingerprint' 'a card whose fingerprint differs' \
    kluis_of owner card verify worker "$(fingerprint_of lawyer)"
refuses 8 'no card is called' 'a right for a card whose fingerprint differed' \
    kluis_of owner depositor allow mine worker
kluis_of owner card add "$work/worker.card" --name worker >/dev/null
for person in worker lawyer; do
    kluis_of owner card verify "$person" "$(fingerprint_of "$person")" >/dev/null
done
kluis_of owner depositor allow mine worker >/dev/null
sed 's/"fingerprint":"..../"fingerprint":"aaaa/' "$work/worker.card" >"$work/altered.card"
refuses 5 'fingerprint' 'a card file with another fingerprint written in it' \
    kluis_of owner card add "$work/altered.card"
refuses 6 'not checked this card' 'granting to a card that was not added' \
    kluis_of owner grant letter --to "$work/stranger.card"

# --- files of every kind ---
holds 'an empty file is deposited' kluis_of worker deposit J empty.txt
holds 'a name in Arabic is deposited' kluis_of worker deposit J 'رسالة من أمي.txt'
holds 'a name with a line end is deposited' kluis_of worker deposit J $'with a\nline end.txt'
holds 'a large file is deposited' kluis_of worker deposit J large.bin
holds 'a document with a title is deposited' kluis_of worker deposit J letter.txt --title 'the letter'
refuses 8 'no.such.file' 'a file that is not there' kluis_of worker deposit J no.such.file
for name in empty.txt 'رسالة من أمي.txt' $'with a\nline end.txt' large.bin; do
    rm -f "$work/got"
    kluis_of owner document get "$name" -o "$work/got" >/dev/null
    holds "what was deposited comes back: $(printf '%q' "$name")" cmp "$name" "$work/got"
done
refuses 9 'is there already' 'getting a document over a file that is there' \
    kluis_of owner document get empty.txt -o "$work/got"
refuses 8 'no document is called' 'an unknown document' kluis_of owner document show unknown
refuses 8 'no document is called' 'a depositor who wants to read what was deposited' \
    kluis_of worker document get empty.txt -o "$work/readback"
absent "$work/readback" 'nothing of it was written'

# --- grants ---
kluis_of owner grant 'the letter' --to lawyer >/dev/null
holds 'the lawyer gets what was granted' kluis_of lawyer document get 'the letter' -o "$work/l"
holds 'as it was deposited' cmp letter.txt "$work/l"
refuses 8 'no document is called' 'the lawyer wants another document' \
    kluis_of lawyer document get empty.txt -o "$work/l2"
refuses 2 'has passed' 'a grant until a day that has passed' \
    kluis_of owner grant empty.txt --to lawyer --until 2001-01-01
kluis_of owner revoke 'the letter' --from lawyer >/dev/null
refuses 8 'no document is called' 'a grant that was revoked' \
    kluis_of lawyer document get 'the letter' -o "$work/l3"
refuses 8 'is not granted' 'revoking what is not granted' \
    kluis_of owner revoke 'the letter' --from lawyer
kluis_of owner depositor remove mine worker >/dev/null
refuses 8 'no such dossier' 'a depositor who was removed' kluis_of worker deposit J empty.txt

# --- bundles ---
kluis_of owner seal mine --to "$set_file" -o "$work/b.kluis" >/dev/null 2>&1
holds 'a bundle verifies for its reader' kluis_of member verify "$work/b.kluis" -i "$work/member.txt"
refuses 9 'is there already' 'sealing over a file that is there' \
    kluis_of owner seal mine --to "$set_file" -o "$work/b.kluis"
"$bin/kluis" keygen -o "$work/other.txt" >/dev/null
refuses 4 'none of the identities' 'a bundle for other readers' \
    kluis_of member open "$work/b.kluis" -i "$work/other.txt" -o "$work/opened"
refuses 4 'passphrase' 'a wrong passphrase for an identity file' \
    kluis_of root open "$work/b.kluis" -i "$work/member.txt" -o "$work/opened"
mkdir "$work/remade"
tar -xf "$work/b.kluis" -C "$work/remade"
first=$(basename "$(ls "$work"/remade/documents/*.metadata.age | head -1)" .metadata.age)
tar -tf "$work/b.kluis" | grep -v "$first" >"$work/members"
tar --format=ustar --owner=0 --group=0 --numeric-owner --mtime=@0 --mode=0644 -b 1 \
    -C "$work/remade" -cf "$work/less.kluis" -T "$work/members"
refuses 3 'bundle' 'a bundle without one document' \
    kluis_of member open "$work/less.kluis" -i "$work/member.txt" -o "$work/opened"
head -c -5000 "$work/b.kluis" >"$work/short.kluis"
refuses 3 'the bundle is cut short' 'a bundle that is cut short' \
    kluis_of member open "$work/short.kluis" -i "$work/member.txt" -o "$work/opened"
cp "$work/b.kluis" "$work/bent.kluis"
printf 'X' | dd of="$work/bent.kluis" bs=1 seek=$(($(stat -c %s "$work/b.kluis") - 1000000)) conv=notrunc status=none
refuses 5 'the file was altered' 'a bundle of which one byte was altered' \
    kluis_of member open "$work/bent.kluis" -i "$work/member.txt" -o "$work/opened"
absent "$work/opened" 'nothing of a refused bundle was written'
sed 's/"sig":"..../"sig":"AAAA/' "$set_file" >"$work/false.json"
refuses 6 'no root key that is trusted here signed' 'a card set that the root did not sign' kluis_of owner seal mine --to "$work/false.json" -o "$work/c.kluis"
absent "$work/c.kluis" 'no bundle was made'

# --- plain age files ---
recipient=$(sed -n 's/^# public key: //p' "$work/other.txt")
"$bin/kluis" encrypt -r "$recipient" -o "$work/a.age" large.bin
"$bin/kluis" keygen -o "$work/third.txt" >/dev/null
refuses 4 'none of the identities opens this file' 'an age file for another key' "$bin/kluis" decrypt -i "$work/third.txt" -o "$work/p" "$work/a.age"
head -c 1000000 "$work/a.age" >"$work/cut.age"
refuses 5 'the file was altered' 'an age file that is cut short' "$bin/kluis" decrypt -i "$work/other.txt" -o "$work/p" "$work/cut.age"
absent "$work/p" 'nothing of it was written'

# --- the server goes away ---
stop_server KILL
refuses 11 'cannot be reached' 'a server that is gone' kluis_of owner dossier list
start_server
holds 'what was acknowledged is there after a kill' kluis_of owner document get 'the letter' -o "$work/again"
holds 'and is the same' cmp letter.txt "$work/again"
stop_server
holds 'the vault checks out' "$bin/kluisd" check --data "$work/data" --key-file "$work/key"
finish
