#!/usr/bin/env bash
# A dossier of 500 documents of 2 MiB: what crosses from the client when it is sealed, and opening
# and verifying the bundle against tar, age and openssl on the same bytes.
#
#   bench/seal.sh [DOCUMENTS [MEMBERS]]      500 documents, 1 member; KLUIS_BIN: the folder of optimised kluis and kluisd
#
# Ends with 1 where a target of bench/README.md is missed.
export KLUIS_BIN=${KLUIS_BIN:-$(dirname "$0")/../build/release/bin}
. "$(dirname "$0")/../tests/integration/main_job/vault.sh"
. "$(dirname "$0")/timed.sh"
count=${1:-500} members=${2:-1}

"$bin/kluisd" init --data "$work/data" --key-file "$work/key" >/dev/null
start_server
printf 'root passphrase\n' >"$work/root.pass"
kluis_of root commission keygen -o "$work/commission" >/dev/null
for ((i = 1; i <= members; i++)); do
    printf 'member passphrase\n' >"$work/member$i.pass"
    kluis_of "member$i" member keygen -o "$work/member$i.age" >/dev/null
    kluis_of root member add "$work/member$i.age.card" --set "$work/commission" >/dev/null
done
new_account owner
kluis_of owner dossier create --name bench >/dev/null
mkdir "$work/files"
head -c $((count * 2097152)) /dev/urandom | split -b 2097152 -a 5 -d - "$work/files/f"
kluis_of owner deposit bench "$work"/files/f* >/dev/null

strace -f -qq -e trace=sendto,sendmsg,write,writev -o "$work/trace" -y \
    env KLUIS_HOME="$work/owner" "$bin/kluis" --anchors "$work/commission" \
    --passphrase-file "$work/owner.pass" seal bench --to "$work/commission/cards.json" \
    -o "$work/b.kluis" >/dev/null
sent=$(awk '/(sendto|sendmsg)\([0-9]+<.*(socket|TCP)/ {n += $NF} END {print n + 0}' "$work/trace")
printf 'sealing %s documents for %s: %s bytes crossed from the client, %s for each\n' \
    "$count" "$members" "$sent" "$((sent / count))"

"$bin/kluis" decrypt --passphrase-file "$work/member1.pass" -o "$work/member.txt" "$work/member1.age"
by_hand() {
    mkdir "$work/by-hand"
    tar -xf "$work/b.kluis" -C "$work/by-hand"
    cd "$work/by-hand"
    age -d -i "$work/member.txt" -o case.txt case.age
    for file in documents/*.age; do
        age -d -i case.txt -o "$file.plain" "$file"
        openssl dgst -sha256 "$file.plain" >/dev/null
    done
}
timed 'kluis open:               ' kluis_of member1 open "$work/b.kluis" -i "$work/member.txt" -o "$work/opened"
ours=$cpu
timed 'tar, age -d, openssl dgst:' by_hand
awk -v ours="$ours" -v by_hand="$cpu" -v sent="$((sent / count))" 'BEGIN {
    printf "%.2f of the CPU time (at most 0.6); %d bytes for each document (at most 4096)\n",
        ours / by_hand, sent
    exit !(ours <= 0.6 * by_hand && sent <= 4096)
}'
