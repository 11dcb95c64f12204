#!/usr/bin/env bash
# Debian's age and kluis, each opening what the other sealed.
#
#   interop.sh KLUIS     KLUIS: the program
set -euo pipefail
kluis=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
passed=0

die() {
    echo "FAILED: $*" >&2
    exit 1
}

same() {
    cmp "$1" "$2" || die "$3"
    passed=$((passed + 1))
}

# fails CODE WHAT COMMAND…: the command ends with CODE, says so in one voice, and leaves no `out`.
fails() {
    local code=$1 what=$2 status=0
    shift 2
    rm -f out
    "$@" >stdout 2>stderr || status=$?
    [[ $status == "$code" ]] || die "$what: exit code $status instead of $code: $(cat stderr)"
    grep -q '^kluis: ' stderr || die "$what: no message: $(cat stderr)"
    [[ ! -e out ]] || die "$what: a file appeared"
    passed=$((passed + 1))
}

with_terminal() {
    python3 "$here/with_terminal.py" "$@"
}

make_file() {
    head -c "$1" /dev/zero | openssl enc -aes-128-ctr -nosalt -K 01 -iv 02 2>/dev/null >plain
}

make_keys() {
    age-keygen -o alice.txt 2>/dev/null
    "$kluis" keygen -o bob.txt >bob.pub
    "$kluis" keygen >carol.txt 2>/dev/null
    alice=$(age-keygen -y alice.txt)
    bob=$(cat bob.pub)
    [[ $(age-keygen -y bob.txt) == "$bob" ]] || die "age reads another recipient from our key"
    [[ $(stat -c %a bob.txt) == 600 ]] || die "a key that others may read"
}

# age makes no file for -o where the plaintext is empty; so its output is redirected.
both_directions() {
    local size=$1
    make_file "$size"
    "$kluis" encrypt -r "$alice" -o sealed plain
    age -d -i alice.txt sealed >out
    same plain out "age, from a file of kluis, $size bytes"
    age -r "$bob" -o sealed plain
    "$kluis" decrypt -i bob.txt -o out sealed
    same plain out "kluis, from a file of age, $size bytes"
    "$kluis" encrypt -r "$alice" <plain | age -d -i alice.txt >out
    same plain out "age, from a stream of kluis, $size bytes"
    age -r "$bob" <plain | "$kluis" decrypt -i bob.txt >out
    same plain out "kluis, from a stream of age, $size bytes"
}

armor_both_directions() {
    local size=$1
    make_file "$size"
    "$kluis" encrypt -a -r "$alice" -o sealed plain
    age -d -i alice.txt sealed >out
    same plain out "age, from armor of kluis, $size bytes"
    age -a -r "$bob" -o sealed plain
    "$kluis" decrypt -i bob.txt -o out sealed
    same plain out "kluis, from armor of age, $size bytes"
    "$kluis" decrypt -i bob.txt <sealed >out
    same plain out "kluis, from a stream of armor of age, $size bytes"
}

several_recipients() {
    local size=$1
    make_file "$size"
    "$kluis" encrypt -r "$alice" -r "$bob" -o sealed plain
    for key in alice bob; do
        age -d -i $key.txt sealed >out
        same plain out "age as $key, several recipients, $size bytes"
    done
    fails 4 "a key that it is not for" "$kluis" decrypt -i carol.txt -o out sealed
    age -r "$alice" -r "$bob" -o sealed plain
    for key in alice bob; do
        "$kluis" decrypt -i carol.txt -i $key.txt -o out sealed
        same plain out "kluis as $key, several recipients, $size bytes"
    done
}

passphrase() {
    local size=$1
    make_file "$size"
    "$kluis" encrypt -p --passphrase-file pass -o sealed plain
    with_terminal 'correct horse' age -d sealed >out
    same plain out "age, from a passphrase of kluis, $size bytes"
    rm -f sealed
    with_terminal 'correct horse' age -p -o sealed plain
    "$kluis" decrypt --passphrase-file pass -o out sealed
    same plain out "kluis, from a passphrase of age, $size bytes"
}

typed_passphrases() {
    make_file 70000
    rm -f sealed
    with_terminal 'correct horse' age -p -o sealed plain
    with_terminal 'correct horse' "$kluis" decrypt sealed >out
    same plain out "kluis, with a passphrase that is typed"
    fails 4 "a wrong passphrase" "$kluis" decrypt --passphrase-file wrong -o out sealed
    with_terminal 'correct horse' "$kluis" encrypt -p -a -o typed plain
    "$kluis" decrypt --passphrase-file pass -o out typed
    same plain out "kluis, a passphrase typed twice"
}

protected_identities() {
    make_file 1000
    age -r "$alice" -o sealed plain
    rm -f key.age
    with_terminal 'correct horse' age -p -a -o key.age alice.txt
    "$kluis" decrypt -i key.age --passphrase-file pass -o out sealed
    same plain out "kluis, with an identity file that age protected"
    fails 4 "the passphrase of an identity file is wrong" \
        "$kluis" decrypt -i key.age --passphrase-file wrong -o out sealed
    "$kluis" encrypt -p --passphrase-file pass -o key.age alice.txt
    with_terminal 'correct horse' age -d -i key.age -o out sealed
    same plain out "age, with an identity file that kluis protected"
}

flip_last_byte() {
    python3 -c 'import sys; b = bytearray(open("sealed", "rb").read()); b[-1] ^= 1
open("altered", "wb").write(b)'
}

bad_input() {
    make_file 200000
    "$kluis" encrypt -r "$bob" -o sealed plain
    flip_last_byte
    fails 5 "an altered file" "$kluis" decrypt -i bob.txt -o out altered
    fails 5 "an altered stream" "$kluis" decrypt -i bob.txt -o out - <altered
    head -c 100000 sealed >altered
    fails 5 "a file cut short" "$kluis" decrypt -i bob.txt -o out altered
    head -c 50 sealed >altered
    fails 3 "a header cut short" "$kluis" decrypt -i bob.txt -o out altered
    fails 3 "no age file" "$kluis" decrypt -i bob.txt -o out plain
    fails 3 "an identity file that is none" "$kluis" decrypt -i plain -o out sealed
    fails 3 "a recipient that is none" "$kluis" encrypt -r age1xyz -o out plain
    fails 8 "a file that is not there" "$kluis" decrypt -i bob.txt -o out absent
    fails 9 "a key file that is there already" "$kluis" keygen -o bob.txt
    fails 2 "neither recipient nor passphrase" "$kluis" encrypt -o out plain
    fails 2 "both recipient and passphrase" "$kluis" encrypt -p -r "$bob" -o out plain
    fails 2 "no identity" "$kluis" decrypt -o out sealed
    fails 2 "an option that is none" "$kluis" encrypt --frobnicate
    fails 2 "an output that is a device" "$kluis" encrypt -r "$bob" -o /dev/null plain
    [[ -c /dev/null ]] || die "the device was replaced"
    echo precious >kept
    "$kluis" decrypt -i bob.txt -o kept altered 2>/dev/null && die "an altered file was opened"
    [[ $(cat kept) == precious ]] || die "a failure replaced a file"
    local status=0
    "$kluis" decrypt -i bob.txt sealed >/dev/full 2>stderr || status=$?
    [[ $status == 12 ]] || die "a full disk: exit code $status"
}

make_keys
printf 'correct horse\n' >pass
printf 'wrong horse\n' >wrong
# No byte, one, the ends of the first and second chunk, and many chunks.
for size in 0 1 65535 65536 65537 131072 200000000; do
    both_directions $size
    armor_both_directions $size
    several_recipients $size
    passphrase $size
done
typed_passphrases
protected_identities
bad_input
echo "$passed checks passed"
