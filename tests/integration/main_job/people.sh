# shellcheck shell=bash disable=SC2154 # work, bin and url are vault.sh's
# The people of the main job, for integration tests; to be sourced after vault.sh.

# open_vault PERSON…: a vault that is served, and an account for each; a commission too, unless one
# was founded before.
open_vault() {
    [[ -e $work/commission/anchors.json ]] || found_commission
    "$bin/kluisd" init --data "$work/data" --key-file "$work/key" >/dev/null
    start_server
    for person; do
        new_account "$person"
    done
    mkdir "$work/files"
    cd "$work/files" || exit
}

# found_commission [OPTION…]: root key and card set in $work/commission, with one member.
found_commission() {
    printf 'root passphrase\n' >"$work/root.pass"
    kluis_of root commission keygen -o "$work/commission" "$@" >/dev/null
    add_member member
}

# add_member NAME: an identity file of a member, whose card joins the set.
add_member() {
    printf '%s passphrase\n' "$1" >"$work/$1.pass"
    kluis_of "$1" member keygen -o "$work/$1.txt" >/dev/null
    kluis_of root member add "$work/$1.txt.card" --set "$work/commission" >/dev/null
}

# knows PERSON OTHER: PERSON adds and checks OTHER's card, under that name.
knows() {
    kluis_of "$1" card add "$work/$2.card" --name "$2" >/dev/null
    kluis_of "$1" card verify "$2" "$(fingerprint "$2")" >/dev/null
}

fingerprint() {
    sed -n 's/.*"fingerprint":"\([^"]*\)".*/\1/p' "$work/$1.card"
}

is_true() {
    local situation=$1
    shift
    if "$@"; then
        passed "$situation"
    else
        failed "$situation"
    fi
}
