#!/usr/bin/env bash
# A file of 5 GB goes all the way: deposited, read by its owner and by a grantee, opened by age
# alone, sealed, and opened by a member. Neither program's memory grows with it. Takes 20 GB of disk.
. "$(dirname "$0")/scene.sh"

size=${KLUIS_LARGE_BYTES:-5000000000}
most_kib=$((64 * 1024))
most_kib_plain=$((32 * 1024))
# Unlocking an account takes 64 MiB by design (Argon2id), whatever is read or written then.
most_kib_unlocking=$((most_kib + 64 * 1024))

open_vault
join_all
cd "$work"
head -c "$size" /dev/zero |
    openssl enc -aes-128-ctr -nosalt -K 01 -iv 02 2>/dev/null >large.bin
# openssl's takes a fifth of the time of sha256sum's.
sum_of() {
    openssl dgst -sha256 -r <"$1"
}
sum=$(sum_of large.bin)

# flat MOST SITUATION COMMAND…: the command succeeds and takes at most so many KiB.
flat() {
    local most=$1 situation=$2
    shift 2
    holds "$situation" python3 "$here/bounded.py" 1800 "$work/peak" "$@"
    if (($(cat "$work/peak") <= most)); then
        passed "$situation: $(cat "$work/peak") KiB"
    else
        failed "$situation: $(cat "$work/peak") KiB are more than $most"
    fi
}

# account PERSON: how the client is called for a person, as words of a command.
account() {
    command=(env KLUIS_HOME="$work/$1" "$bin/kluis" --anchors "$work/commission"
        --passphrase-file "$work/$1.pass")
}

# is_whole FILE SITUATION: the file is the one that was deposited; it is then removed.
is_whole() {
    if [[ $(sum_of "$1") == "$sum" ]]; then passed "$2"; else failed "$2"; fi
    rm -f "$1"
}

account worker
flat "$most_kib_unlocking" 'a file of 5 GB is deposited' "${command[@]}" deposit J large.bin
rm large.bin
account owner
flat "$most_kib_unlocking" 'its owner gets it' "${command[@]}" document get large.bin -o own
is_whole own 'as it was deposited'
kluis_of owner grant large.bin --to lawyer >/dev/null
account lawyer
flat "$most_kib_unlocking" 'a grantee gets it' "${command[@]}" document get large.bin -o granted
is_whole granted 'as it was deposited'

flat "$most_kib_unlocking" 'a grantee gets it as an age file' \
    "${command[@]}" document get large.bin --age -o granted.age
kluis_of lawyer account kit | grep -o 'AGE-SECRET-KEY-1[A-Z0-9]*' >lawyer.txt
holds 'age alone opens that' age -d -i lawyer.txt -o by-age granted.age
truncate -s "$size" by-age
is_whole by-age 'to what was deposited'
flat "$most_kib_plain" 'so does kluis decrypt' "$bin/kluis" decrypt -i lawyer.txt -o whole granted.age
flat "$most_kib_plain" 'and kluis encrypt seals it again' \
    "$bin/kluis" encrypt -r "$(age-keygen -y lawyer.txt)" -o again.age whole
rm again.age
truncate -s "$size" whole
is_whole whole 'to the same'
rm granted.age

account owner
flat "$most_kib_unlocking" 'its dossier is sealed' \
    "${command[@]}" seal mine --to "$set_file" -o b.kluis
# The passphrase of the member's identity takes memory of its own by design (scrypt).
"$bin/kluis" --passphrase-file "$work/member.pass" decrypt -o member.open "$work/member.txt"
flat "$most_kib" 'the bundle is opened' "$bin/kluis" --anchors "$work/commission" \
    open b.kluis -i member.open -o opened
is_whole "$(find opened/documents -type f)" 'with the document as it was deposited'
rm -r opened b.kluis

peak=$(awk '$1 == "VmHWM:" { print $2 }' "/proc/$server_pid/status")
if ((peak <= most_kib)); then
    passed "the server served all of it: $peak KiB"
else
    failed "the server took $peak KiB, more than $most_kib"
fi
kluis_of owner document erase large.bin --yes >/dev/null
if (($(du -s "$work/data" | cut -f1) < 100000)); then
    passed 'erased, it takes no room'
else
    failed "erased, it still takes $(du -sh "$work/data")"
fi
checks_out
finish
