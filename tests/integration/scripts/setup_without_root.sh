#!/usr/bin/env bash
# scripts/setup for who is not root: without sudo it shows, once, all that root has to run; pasted,
# that does what it does itself through sudo. KLUIS_SOURCE is the repository.
. "$(dirname "$0")/../main_job/vault.sh"

unprivileged=()
if ((EUID == 0)); then
    unprivileged=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    if ! chown 65534:65534 "$work" || ! "${unprivileged[@]}" test -w "$work"; then
        echo "root cannot become anybody else here"
        exit 77
    fi
fi

# stub PROGRAM: what it is on the machine, from standard input.
stub() {
    {
        printf '#!/bin/sh\n'
        cat
    } >"$machine/bin/$1"
    chmod +x "$machine/bin/$1"
}

# new_machine VERSION SUITES MISSING…: a Debian with these suites, where of all packages those that
# are named are missing. Its scripts are copies that know $machine/etc as /etc; of the programs that
# would tell of this machine, or change it, it has its own. Sets $machine, $ran and $added.
new_machine() {
    local name
    machine=$(mktemp -d "$work/machine-XXXXXX")
    ran=$machine/ran
    added=$machine/etc/apt/sources.list.d/bewijskluis-backports.sources
    mkdir -p "$machine/bin" "$machine/scripts" "$machine/etc/apt/sources.list.d"
    for name in setup lib.sh; do
        sed "s|/etc/|$machine/etc/|g" "$KLUIS_SOURCE/scripts/$name" >"$machine/scripts/$name"
    done
    for name in bash env dirname sed awk grep cat; do
        ln -s "$(type -P "$name")" "$machine/bin/$name"
    done
    printf 'ID=debian\nVERSION_ID="%s"\n' "$1" >"$machine/etc/os-release"
    printf '%s\n' 'Types: deb' 'URIs: http://mirror.invalid/debian' "Suites: $2" \
        'Components: main' 'Signed-By: /keys/debian.gpg' \
        >"$machine/etc/apt/sources.list.d/debian.sources"
    printf '%s\n' "${@:3}" >"$machine/missing"
    stub dpkg-query <<<"grep -qxF -- \"\$4\" $machine/missing || echo 'installed 99'"
    stub dpkg <<<'exit 0'
    stub apt-get <<<"echo \"\$DEBIAN_FRONTEND \$*\" >>$ran
        case \"\$*\" in *' install '*) : >$machine/missing ;; esac"
    ((EUID != 0)) || chown -R 65534:65534 "$machine"
}

with_sudo() {
    stub sudo <<<'shift && exec "$@"'
}

on_machine() {
    "${unprivileged[@]}" env -i PATH="$machine/bin" "$@"
}

# shows SITUATION: without sudo, setup must end by showing a block and run nothing of it; what is
# shown, pasted, must make it content.
shows() {
    refuses 1 'run that as root, then the same command again' "$1" \
        on_machine bash "$machine/scripts/setup"
    sed -n '/^$/,/^$/p' "$work/err" >"$machine/block"
    absent "$ran" '  runs nothing'
    absent "$added" '  enables nothing'
    holds '  the block can be pasted' on_machine bash -eu "$machine/block"
    holds '  it brings the lists up to date, once' once ' update$' "$ran"
    says_not ' ' '  then the same command has nothing to do' on_machine bash "$machine/scripts/setup"
}

# once PATTERN FILE
once() {
    [[ $(grep -c -- "$1" "$2") == 1 ]]
}

# installs PACKAGES SITUATION: by one call, which asks no questions, of just these.
installs() {
    holds "$2" once "^noninteractive .* install --yes --no-install-recommends $1\$" "$ran"
}

backported='ninja-build libsqlcipher1/bookworm-backports libsqlcipher-dev/bookworm-backports'

new_machine 12 'bookworm bookworm-updates' ninja-build libsqlcipher-dev
shows 'Debian 12 without its backports, without sudo'
installs "$backported" '  it installs all that is missing'
holds '  from the backports' grep -qx 'Suites: bookworm-backports' "$added"
holds '  of the mirror of this machine' grep -qx 'URIs: http://mirror.invalid/debian' "$added"
holds '  by its key' grep -qx 'Signed-By: /keys/debian.gpg' "$added"
pasted=$machine

new_machine 12 'bookworm bookworm-updates' ninja-build libsqlcipher-dev
with_sudo
holds 'with sudo, all is done at once' on_machine bash "$machine/scripts/setup"
holds '  the same is run' cmp "$ran" "$pasted/ran"
holds '  and the same is enabled' cmp "$added" "$pasted/${added#"$machine/"}"

new_machine 12 'bookworm bookworm-backports' ninja-build libsqlcipher-dev
shows 'Debian 12 with its backports'
installs "$backported" '  it installs all that is missing'
absent "$added" '  the backports are not enabled again'

new_machine 12 bookworm ninja-build
shows 'Debian 12, where nothing of the backports is missing'
installs ninja-build '  it installs that alone'
absent "$added" '  and the backports are left out'

new_machine 13 trixie ninja-build libsqlcipher-dev
shows 'Debian 13, which needs no backports'
installs 'ninja-build libsqlcipher-dev' '  it installs all that is missing'
absent "$added" '  and nothing is enabled'
finish
