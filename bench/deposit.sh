#!/usr/bin/env bash
# 10,000 files of 20 KiB deposited over loopback, durable, in one `kluis deposit --table`, against a
# loop of Debian's `age` over the same files.
#
#   bench/deposit.sh [FILES]      KLUIS_BIN: the folder of optimised kluis and kluisd
#
# Ends with 1 where the target of bench/README.md is missed.
export KLUIS_BIN=${KLUIS_BIN:-$(dirname "$0")/../build/release/bin}
. "$(dirname "$0")/../tests/integration/main_job/vault.sh"
. "$(dirname "$0")/timed.sh"
count=${1:-10000}

"$bin/kluisd" init --data "$work/data" --key-file "$work/key" >/dev/null
start_server
printf 'root passphrase\n' >"$work/root.pass"
kluis_of root commission keygen -o "$work/commission" >/dev/null
new_account owner
kluis_of owner dossier create --name bench >/dev/null

mkdir "$work/files" "$work/aged"
head -c $((count * 20480)) /dev/urandom | split -b 20480 -a 5 -d - "$work/files/f"
{
    printf 'file,title,kind,criterion,from,to\n'
    for ((i = 0; i < count; i++)); do
        printf 'files/f%05d,Scan %d,school-record,raised-and-schooled,2001-09-01,2002-06-30\n' "$i" "$i"
    done
} >"$work/table.csv"
"$bin/kluis" keygen -o "$work/id.txt" >/dev/null
recipient=$(sed -n 's/^# public key: //p' "$work/id.txt")

aged() {
    local file
    for file in "$work"/files/f*; do
        age -r "$recipient" -o "$work/aged/${file##*/}.age" "$file"
    done
}
printf '%s files\n' "$count"
timed 'kluis deposit --table (client):' kluis_of owner deposit bench --table "$work/table.csv"
ours=$wall
timed 'age, a process for each file:  ' aged
awk -v ours="$ours" -v age="$wall" 'BEGIN {
    printf "%.1f times as fast (at least 5)\n", age / ours
    exit !(age >= 5 * ours)
}'
