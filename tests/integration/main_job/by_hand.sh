#!/usr/bin/env bash
# A stranger opens every member of a bundle with tar, age, head and sha256sum, as docs/format.md
# prints it; nothing here is ours but the bundle.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/vault.sh"
. "$here/people.sh"

open_vault owner
kluis_of owner dossier create --name mine >/dev/null
printf 'a letter\n' >letter.txt
: >empty.txt
head -c 200000 /dev/urandom >scan.jpg
head -c 3000 /dev/urandom >small.jpg
kluis_of owner deposit mine letter.txt empty.txt >/dev/null
kluis_of owner deposit mine scan.jpg --preview small.jpg >/dev/null
says 'no proof' 'the preview comes back' \
    kluis_of owner document get scan --preview -o "$work/preview.jpg"
is_true 'as it was given, padded' cmp --bytes=3000 small.jpg "$work/preview.jpg"
refuses 8 'gave no preview' 'a preview of what has none' \
    kluis_of owner document get letter --preview -o "$work/none.jpg"
absent "$work/none.jpg" 'nothing of it was written'
kluis_of owner seal mine --to "$work/commission/cards.json" -o "$work/B.kluis" >/dev/null 2>&1

mkdir "$work/hand" "$work/found"
cd "$work/hand"
tar -xf "$work/B.kluis"
holds 'age asks for the passphrase of the identity file, and opens the case key' \
    python3 "$here/../age/with_terminal.py" 'member passphrase' \
    age -d -i "$work/member.txt" -o case.txt case.age
is_true 'the case key is one identity' grep -qx 'AGE-SECRET-KEY-1[0-9A-Z]*' case.txt

opened=0
while read -r member; do
    holds "age opens $member" age -d -i case.txt -o "$member.plain" "$member"
    opened=$((opened + 1))
done < <(find . -name '*.age' ! -name case.age | sort)
is_true 'there are three documents, one with a preview, and three other members' \
    test "$opened" -eq 10
is_true 'the manifest has its head and a line for each document' \
    test "$(wc -l <manifest.age.plain)" -eq 4
is_true 'the seal is one envelope' grep -q '^{"envelope":{.*}}$' seal.age.plain
is_true 'no reader was added' test ! -s readers.age.plain

for metadata in documents/*.metadata.age.plain; do
    id=$(basename "$metadata" .metadata.age.plain)
    name=$(sed 's/.*"name":"\([^"]*\)".*/\1/' "$metadata")
    size=$(sed 's/.*"size":\([0-9]*\).*/\1/' "$metadata")
    digest=$(sed 's/.*"sha256":"\([0-9a-f]*\)".*/\1/' "$metadata")
    head -c "$size" "documents/$id.age.plain" >"$work/found/$name"
    is_true "$name has the digest that its metadata names" \
        sha256sum --quiet --check - <<<"$digest  $work/found/$name"
    is_true "$name is what was deposited" cmp "$work/files/$name" "$work/found/$name"
done
is_true 'the preview is there, padded' \
    cmp --bytes=3000 "$work/files/small.jpg" documents/*.preview.age.plain
finish
