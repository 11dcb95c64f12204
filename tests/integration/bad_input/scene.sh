# A vault in which people are at work, for the tests of bad input; to be sourced.
# shellcheck shell=bash
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../main_job/vault.sh"

# open_vault [OPTION…]: a vault, made and served.
open_vault() {
    "$bin/kluisd" init --data "$work/data" --key-file "$work/key" >/dev/null
    : >"$work/server.log"
    start_server "$@"
}

# found_commission: a card set ($set_file) of one member, whose identity is $work/member.txt.
found_commission() {
    printf 'root passphrase\n' >"$work/root.pass"
    printf 'member passphrase\n' >"$work/member.pass"
    kluis_of root commission keygen -o "$work/commission" >/dev/null
    kluis_of member member keygen -o "$work/member.txt" >/dev/null
    kluis_of root member add "$work/member.txt.card" --set "$work/commission" >/dev/null
    # shellcheck disable=SC2034 # the tests'
    set_file=$work/commission/cards.json
}

# meet PERSON OTHER: PERSON adds and checks OTHER's card, under OTHER's name.
meet() {
    kluis_of "$1" card add "$work/$2.card" --name "$2" >/dev/null
    kluis_of "$1" card verify "$2" \
        "$(sed -n 's/.*"fingerprint":"\([^"]*\)".*/\1/p' "$work/$2.card")" >/dev/null
}

# open_dossier OWNER DEPOSITOR…: OWNER's dossier `mine`, which each depositor has pinned as J.
open_dossier() {
    local owner=$1 id
    id=$(value dossier "$owner" dossier create --name mine)
    for depositor in "${@:2}"; do
        meet "$owner" "$depositor"
        kluis_of "$owner" depositor allow mine "$depositor" >/dev/null
        kluis_of "$depositor" dossier pin "$id" --name J >/dev/null
    done
}

# join_all: a commission; owner, worker and lawyer with accounts; the worker may deposit in the
# owner's dossier, and owner and lawyer have met.
join_all() {
    found_commission
    for person in owner worker lawyer; do
        new_account "$person"
    done
    open_dossier owner worker
    meet owner lawyer
}

# random_file FILE BYTES
random_file() {
    head -c "$2" /dev/urandom >"$1"
}

# comes_back PERSON DOCUMENT FILE SITUATION: the document, as PERSON gets it, must be FILE.
comes_back() {
    local person=$1 document=$2 file=$3 situation=$4
    rm -f "$work/got"
    holds "$situation" kluis_of "$person" document get "$document" -o "$work/got"
    holds "$situation: byte for byte" cmp "$file" "$work/got"
}

# count_documents PERSON DOSSIER
count_documents() {
    kluis_of "$1" --json document list "$2" | grep -o '"document":' | wc -l
}

# counts NUMBER SITUATION COMMAND…: the command must print this number.
counts() {
    local number=$1 situation=$2 found
    shift 2
    found=$("$@")
    if [[ $found == "$number" ]]; then
        passed "$situation"
    else
        failed "$situation: $found instead of $number"
    fi
}

# files_in FOLDER: how many files and folders lie in it, at any depth.
files_in() {
    find "$1" -mindepth 1 | wc -l
}

# leftovers: how many files the server has begun to receive and not kept.
leftovers() {
    find "$work/data/blobs/incoming" -type f | wc -l
}

# give_briefly GIVE USE: `GIVE TIME` gives a right that ends at $ends, which is soon, but not before
# `USE` has succeeded by it, however slow this machine is.
give_briefly() {
    local give=$1 use=$2
    seconds=5
    while ((seconds *= 2, seconds < 1000)); do
        ends=$(date -u -d "+$seconds seconds" +%Y-%m-%dT%H:%M:%SZ)
        "$give" "$ends" >/dev/null
        ! "$use" >/dev/null 2>&1 || break
    done
}

# await_end USE: returns when USE fails. Each try asks the server anew: what is waited for is its
# answer, for a bounded time.
await_end() {
    local give_up=$((SECONDS + seconds + 120))
    while "$1" >/dev/null 2>&1 && ((SECONDS < give_up)); do
        :
    done
}

# has_ended SITUATION: it was not refused before $ends.
has_ended() {
    if [[ $(date -u +%Y-%m-%dT%H:%M:%SZ) < $ends ]]; then
        failed "$1, $ends"
    else
        passed "$1"
    fi
}

# checks_out: stops the server; nothing that it acknowledged is missing.
checks_out() {
    stop_server
    holds 'the vault checks out' \
        "$bin/kluisd" check --data "$work/data" --key-file "$work/key"
}
