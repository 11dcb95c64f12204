#!/usr/bin/env bash
# Nothing of what people write is with the server: whatever they can name, note or deposit holds a
# canary of its own, and all that the server keeps is searched for them, while it serves and after.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

canary=kanarie-7Hq2

# sings WHAT FOLDER: whether the canary of that is in the folder.
sings() {
    grep -rqaF "$canary-$1" "$2"
}

# is_silent WHEN: no canary is with the server.
is_silent() {
    local found status=0
    found=$(grep -rlaF "$canary" "$work/data" "$work/tmp" "$work/server.log") || status=$?
    # 1 is: searched, and not found. More is: not all could be searched.
    if ((status == 1)); then
        passed "$1 nothing of what people wrote is with the server"
    else
        failed "$1 nothing of what people wrote is with the server, but in: ${found:-what could not be read}"
    fi
}

open_vault owner worker
knows worker owner
stop_server
mkdir "$work/tmp"
TMPDIR=$work/tmp start_server

# --- all that can be written ---
printf '%s\n' "$canary-content" >"$canary-file.txt"
printf '\x89PNG\r\n\x1a\n%s' "$canary-preview" >preview.png
printf '%s\n' "$canary-letter" >letter.txt
printf '{"city": "%s", "subjects": [{"name": "%s", "role": "applicant"}]}\n' \
    "$canary-city" "$canary-person" >profile.json
link=$(value link owner dossier create --name "$canary-dossier")
kluis_of owner dossier profile "$canary-dossier" profile.json >/dev/null
kluis_of owner card add "$work/worker.card" --name "$canary-card" >/dev/null
kluis_of owner card verify "$canary-card" "$(fingerprint worker)" >/dev/null
kluis_of owner depositor allow "$canary-dossier" "$canary-card" >/dev/null
kluis_of worker dossier pin "$link" --name "$canary-pinned" >/dev/null
kluis_of worker deposit "$canary-pinned" "$canary-file.txt" --title "$canary-title" \
    --note "$canary-note" --issuer "$canary-issuer" --original-at "$canary-place" \
    --subject "$canary-subject" --preview preview.png >/dev/null
kluis_of owner deposit "$canary-dossier" preview.png --title "$canary-first" >/dev/null
kluis_of owner document describe "$canary-first" --title "$canary-second" >/dev/null
kluis_of owner grant "$canary-second" --to "$canary-card" >/dev/null
kluis_of owner seal "$canary-dossier" --to "$work/commission/cards.json" --letter letter.txt \
    -o "$work/b.kluis" >/dev/null 2>&1

# --- it reached whom it was for ---
says "$canary-dossier" 'the owner reads the own name of the dossier' kluis_of owner dossier list
says "$canary-card" 'and of the card' kluis_of owner card list
says "$canary-pinned" 'the worker, the own name of the dossier' kluis_of worker dossier list
says "$canary-second" 'and the title of what was granted' \
    kluis_of worker document list "$canary-pinned"
kluis_of member open "$work/b.kluis" -i "$work/member.txt" -o "$work/opened" >/dev/null
for what in content file preview letter city person title note issuer place subject second; do
    holds "a member of the Commission reads the $what" sings "$what" "$work/opened"
done

# --- and nobody else ---
is_true 'the database has a write-ahead log now' test -s "$work/data/vault.db-wal"
is_silent 'while it serves,'
stop_server KILL
is_silent 'after it was killed,'
TMPDIR=$work/tmp start_server
stop_server
is_silent 'after it was started again and ended,'
finish
