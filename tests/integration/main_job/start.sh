#!/usr/bin/env bash
# scripts/start: on first use it makes a vault and invites; after that it serves the same one; and
# it goes on where a first use was ended in the middle. KLUIS_SOURCE is the repository.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

start=$KLUIS_SOURCE/scripts/start
export KLUIS_LISTEN=127.0.0.1:0

# at_home FOLDER: whose vault is started from now on.
at_home() {
    mkdir "$1"
    export HOME=$1 XDG_DATA_HOME=$1/data XDG_CONFIG_HOME=$1/config
}

# starts SITUATION: it must serve; sets $url and $server_pid, for the script becomes the server.
# What it printed is in $work/served, what it told in $work/told.
starts() {
    local line=''
    rm -f "$work/printed"
    mkfifo "$work/printed"
    "$start" >"$work/printed" 2>"$work/told" &
    server_pid=$!
    while [[ $line != 'serving '* ]] && read -r line; do
        printf '%s\n' "$line"
    done <"$work/printed" >"$work/served"
    url=$(sed -n 's/^serving //p' "$work/served")
    if [[ -n $url ]]; then
        KLUIS_LISTEN=${url#*://}
        passed "$1"
    else
        failed "$1: $(cat "$work/told")"
    fi
}

# told WHAT: what the last start told of it.
told() {
    sed -n "s/^ *$1: //p" "$work/told"
}

# --- the first time ---
at_home "$work/first"
starts 'a vault is served on first use'
invitation=$(head -1 "$work/served")
holds 'the invitation makes an account' \
    kluis_of owner account create --server "$url" --invite "$invitation"
refuses 7 'invitation' 'and no other' \
    kluis_of other account create --server "$url" --invite "$invitation"
kluis_of owner dossier create --name mine >/dev/null
refuses 1 'something answers' 'a second start beside the first' "$start"
stop_server

# --- the second time ---
starts 'it is served the second time'
is_true 'without another invitation' test "$(cat "$work/served")" = "serving $url"
another=$(told 'another invitation')
account=$(told 'an account')
commission=$(dirname "$(told 'a development Commission to seal for')")
says 'mine' 'it is the same vault' kluis_of owner dossier list
# The passphrase has no place in the command that is told.
read -ra create <<<"${account/CODE/$($another)}"
create=("${create[0]}" --passphrase-file "$work/friend.pass" "${create[@]:1}")
says "server       $url" 'the commands that it tells make another account' \
    env KLUIS_HOME="$work/friend" "${create[@]}"

# --- its Commission ---
ln -s "$commission" "$work/commission"
cp "$commission/../member-1.passphrase" "$work/member.pass"
printf 'a letter\n' >"$work/letter.txt"
kluis_of owner deposit mine "$work/letter.txt" >/dev/null
holds 'a dossier is sealed for its Commission' \
    kluis_of owner seal mine --to "$commission/cards.json" -o "$work/b.kluis"
holds 'whose member verifies it' \
    kluis_of member verify "$work/b.kluis" -i "$commission/../member-1.txt"
stop_server

# --- a first use that was ended in the middle ---
at_home "$work/second"
key=$XDG_CONFIG_HOME/bewijskluis/kluisd.key
mkdir "$XDG_CONFIG_HOME" "$(dirname "$key")"
printf '%064d\n' 7 >"$key"
chmod 644 "$key"
refuses 1 'may be read by others' 'a key that lies open' "$start"
data=$XDG_DATA_HOME/bewijskluis
absent "$data/vault.db" 'makes no vault'
chmod 600 "$key"
# As an init leaves it that was killed.
(umask 077 && mkdir -p "$data/blobs")
: >"$data/vault.db.new"
starts 'the next start makes it whole'
holds 'and invites' \
    kluis_of second account create --server "$url" --invite "$(head -1 "$work/served")"
finish
