#!/usr/bin/env bash
# The first dossier of README.md, word for word but for the address, the invitation and the year.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

export HOME=$work/home
config=$HOME/.config/bewijskluis/commission
mkdir -p "$config"
open_vault lawyer
cp -r "$work/commission" "$config/set"
mv "$work/member.txt" "$config/member-1.txt"
invitation=$("$bin/kluisd" invite --data "$work/data" --key-file "$work/key" --json |
    sed -n 's/.*"invitation":"\([^"]*\)".*/\1/p')
printf 'a letter\n' >letter.pdf
cp "$work/lawyer.card" lawyer.card

# kluis as README.md has it, with a file where a person would be asked for the passphrase.
mkdir "$work/path"
printf '#!/bin/sh\nexec "%s/kluis" --passphrase-file "%s" "$@"\n' "$bin" "$work/reader.pass" \
    >"$work/path/kluis"
chmod +x "$work/path/kluis"
next_year=$(($(date +%Y) + 1))
sed -n '/^## A first dossier/,/^## /p' "$KLUIS_SOURCE/README.md" |
    sed -n '/^```$/,/^```$/p' | sed '/^```$/d' |
    sed "s|http://127.0.0.1:8470|$url|; s|CODE|$invitation|; s|FINGERPRINT|$(fingerprint lawyer)|; s|--until 20..|--until $next_year|" \
        >"$work/block"
is_true 'there is a block to run' grep -q 'kluis seal\|seal "my dossier"' "$work/block"
holds 'the first dossier of README.md is made as it says' \
    env PATH="$work/path:$PATH" KLUIS_HOME="$work/reader" bash -euo pipefail "$work/block"
holds 'the lawyer reads the letter' kluis_of lawyer document get letter -o "$work/got"
printf 'member passphrase\n' >"$work/reader.pass"
open=$(sed -n 's/^A member of the Commission opens it.*`\(kluis .*\)`.*/\1/p' "$KLUIS_SOURCE/README.md")
holds 'a member opens the bundle as it says' \
    env PATH="$work/path:$PATH" SET="$config/set" bash -euo pipefail -c "$open"
is_true 'and finds the letter' grep -rqF 'a letter' case
finish
