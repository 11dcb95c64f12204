# The phases of `scripts/test --long`, which sources this file.
# shellcheck shell=bash disable=SC2154 # root is lib.sh's

long() {
    "$root/scripts/setup" test long
    phase "building the programs, optimised" build_long
    phase "running the long tests" run_ctest long --label-regex '^long$' --no-tests=error
    phase "a fresh Debian 13: build without warnings, unit tests" \
        in_fresh_root trixie scripts/test-debug
    phase "a fresh Debian 12: scripts/test" in_fresh_root bookworm scripts/test
}

# The release preset leaves the tests out; the long ones are scripts, which need the programs alone.
build_long() {
    if [[ ! -f $root/build/long/build.ninja ]]; then
        mkdir -p "$root/build"
        (cd "$root" && cmake --preset release -B build/long -DKLUIS_TESTS=ON) \
            >"$root/build/configure-long.log"
    fi
    build long kluis kluisd
}

# in_fresh_root SUITE COMMAND: runs the shell command in the committed tree, inside a Debian that
# debootstrap makes for it and that is removed afterwards, also when this is ended by Ctrl-C.
in_fresh_root() (
    suite=$1 command=$2
    machine=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
    mirror=$(apt_source "$machine" | sed -n 's/^URIs: *\([^ ]*\).*/\1/p')
    [[ -n $mirror ]] || die "found no source of $machine in /etc/apt"
    dir=$(mktemp -d "/var/tmp/bewijskluis-$suite-XXXXXX")
    trap 'as_root rm -rf --one-file-system "$dir"' EXIT
    as_root debootstrap --variant=minbase "$suite" "$dir/root" "$mirror" >"$dir/log" 2>&1 || {
        cat "$dir/log" >&2
        die "debootstrap of $suite failed"
    }
    # As this machine fetches (through a proxy, say), so does the root.
    apt-config dump Acquire | as_root tee "$dir/root/etc/apt/apt.conf.d/90machine" >/dev/null
    as_root mkdir "$dir/root/src"
    git -C "$root" archive HEAD | as_root tar -x -C "$dir/root/src"
    as_root unshare --mount --pid --fork bash -c "$enter_root" enter "$dir/root" "$command" \
        </dev/null
)

# Runs $2 in the root $1; what is mounted here ends with the namespace that this runs in.
# shellcheck disable=SC2016 # expanded by the shell inside
enter_root='
    set -e
    mount -t proc proc "$1/proc"
    mount -t devpts -o ptmxmode=666,newinstance devpts "$1/dev/pts"
    mount -t tmpfs tmpfs "$1/dev/shm"
    exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 CI=true \
        bash -c "cd /src && $2"
'
