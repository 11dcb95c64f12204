#!/usr/bin/env bash
# The disk of the person's own computer is full: each command that writes a file says so, leaves
# nothing behind, and works when there is room.
. "$(dirname "$0")/own_mounts.sh"
. "$(dirname "$0")/scene.sh"
trap 'stop_server; remove_disks; clean_up' EXIT

open_vault
found_commission
for person in owner lawyer; do
    new_account "$person"
done
open_dossier owner
meet owner lawyer
cd "$work"
random_file large.bin 3000000
printf 'a letter\n' >letter.txt
kluis_of owner deposit mine large.bin letter.txt >/dev/null
kluis_of owner grant large.bin --to lawyer >/dev/null
"$bin/kluis" keygen -o "$work/id.txt" >"$work/recipient"
"$bin/kluis" encrypt -r "$(cat "$work/recipient")" -o "$work/large.age" large.bin
kluis_of owner seal mine --to "$set_file" -o "$work/whole.kluis" >/dev/null

small_disk "$work/disk" 64m
out=$work/disk/out
mkdir "$out"

# full SITUATION COMMAND…: the command, which writes to $out, does not fit and leaves nothing;
# with room it works.
full() {
    local situation=$1
    shift
    leave_room "$work/disk" 1000
    refuses 12 'disk is full' "$situation does not fit" "$@"
    counts 0 "$situation leaves nothing" files_in "$out"
    free_disk "$work/disk"
    holds "$situation is written when there is room" "$@"
}

full 'a document of one'"'"'s own' kluis_of owner document get large.bin -o "$out/own"
holds 'it is the one' cmp large.bin "$out/own"
rm -r "${out:?}"/*
full 'a granted document' kluis_of lawyer document get large.bin -o "$out/granted"
rm -r "${out:?}"/*
full 'a granted document as an age file' \
    kluis_of lawyer document get large.bin --age -o "$out/granted.age"
rm -r "${out:?}"/*
full 'a bundle' kluis_of owner seal mine --to "$set_file" -o "$out/b.kluis"
holds 'which its reader can verify' kluis_of member verify "$out/b.kluis" -i "$work/member.txt"
rm -r "${out:?}"/*
full 'an opened bundle' \
    kluis_of member open "$work/whole.kluis" -i "$work/member.txt" -o "$out/opened"
holds 'with its documents' cmp large.bin "$out"/opened/documents/*large*
rm -r "${out:?}"/*
full 'an encrypted file' \
    "$bin/kluis" encrypt -r "$(cat "$work/recipient")" -o "$out/sealed.age" large.bin
rm -r "${out:?}"/*
full 'a decrypted file' "$bin/kluis" decrypt -i "$work/id.txt" -o "$out/plain" "$work/large.age"
holds 'it is the one' cmp large.bin "$out/plain"
rm -r "${out:?}"/*

# --- a file that was there stays as it was ---
leave_room "$work/disk" 1000
cp letter.txt "$out/plain"
refuses 12 'disk is full' 'a decrypted file in the place of another' \
    "$bin/kluis" decrypt -i "$work/id.txt" -o "$out/plain" "$work/large.age"
holds 'the other is still there' cmp letter.txt "$out/plain"
rm "$out/plain"

# --- standard output on a full disk ---
refuses_on_disk() {
    "$@" >"$out/stdout"
}
refuses 12 'disk is full' 'a decrypted file on standard output' \
    refuses_on_disk "$bin/kluis" decrypt -i "$work/id.txt" "$work/large.age"
rm "$out/stdout"

# --- local state on a full disk ---
leave_room "$work/disk" 0
refuses 12 'disk is full' 'an identity file' "$bin/kluis" keygen -o "$out/id.txt"
absent "$out/id.txt" 'nothing of it was written'
code=$("$bin/kluisd" invite --data "$work/data" --key-file "$work/key" 2>/dev/null)
refuses 12 'disk is full' 'a passphrase that cannot be written down' \
    env KLUIS_HOME="$work/nobody" "$bin/kluis" --passphrase-file "$out/nobody.pass" \
    account create --server "$url" --invite "$code"
absent "$out/nobody.pass" 'nothing of it was written'
holds 'and no account was made by the invitation' \
    env KLUIS_HOME="$work/nobody" "$bin/kluis" --passphrase-file "$work/nobody.pass" \
    account create --server "$url" --invite "$code"
code=$("$bin/kluisd" invite --data "$work/data" --key-file "$work/key" 2>/dev/null)
refuses 12 '' 'local state that cannot be written' \
    env KLUIS_HOME="$out/person" "$bin/kluis" --passphrase-file "$work/person.pass" \
    account create --server "$url" --invite "$code"
free_disk "$work/disk"
rm -f "$work/person.pass"
holds 'the invitation still makes an account' \
    env KLUIS_HOME="$out/person" "$bin/kluis" --passphrase-file "$work/person.pass" \
    account create --server "$url" --invite "$code"
checks_out
finish
