# Helpers shared by the scripts of this folder, which source it. Bash; no side effects but `root`.
# shellcheck shell=bash

# The repository, wherever the caller stands.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [[ -t 2 ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'
else
    bold='' dim='' red='' plain=''
fi

# What a script is doing goes to standard error; standard output is for results.
say() { printf '%s\n' "${bold}==> $*${plain}" >&2; }
note() { printf '%s\n' "    ${dim}$*${plain}" >&2; }
die() {
    printf '%s\n' "${red}${0##*/}: $*${plain}" >&2
    exit 1
}

# Whether there is a way for as_root to run anything.
may_be_root() { ((EUID == 0)) || command -v sudo >/dev/null; }

# as_root COMMAND…: through sudo where there is one; else says what to run, and ends.
as_root() {
    if ((EUID == 0)); then
        "$@"
    elif may_be_root; then
        sudo -- "$@"
    else
        printf '%s\n' "this needs root and there is no sudo here; as root, run:" "    ${*@Q}" >&2
        exit 1
    fi
}

# phase TITLE COMMAND…: announces the command, runs it, and says how long it took.
phase() {
    local title=$1 start=$SECONDS status
    shift
    say "$title"
    # Not `"$@" || …`, within which bash ignores `set -e`.
    set +e
    (
        set -e
        "$@"
    )
    status=$?
    set -e
    if ((status == 0)); then
        note "$title: $(duration $((SECONDS - start)))"
    else
        note "$title: failed after $(duration $((SECONDS - start)))"
    fi
    return "$status"
}

duration() {
    printf '%d min %02d s' $(($1 / 60)) $(($1 % 60))
}

memory_gib() {
    local kib limit
    kib=$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo)
    if read -r limit 2>/dev/null </sys/fs/cgroup/memory.max && [[ $limit =~ ^[0-9]+$ ]]; then
        kib=$((limit / 1024 < kib ? limit / 1024 : kib))
    fi
    printf '%d\n' $((kib / 1024 / 1024))
}

# As many compile jobs as there are cores, but one per 4 GB: Boost.Beast takes that much.
build_jobs() {
    local cores jobs
    cores=$(nproc)
    # Machines sold as 8 GB show a little less.
    jobs=$((($(memory_gib) + 1) / 4))
    jobs=$((jobs < cores ? jobs : cores))
    printf '%d\n' $((jobs > 1 ? jobs : 1))
}

# build PRESET [TARGET…]: configures once, then builds (all, or these targets) in build/PRESET.
# Ninja configures again by itself when a CMake file changes.
build() {
    local preset=$1
    shift
    configure "$preset"
    cmake --build "$root/build/$preset" --parallel "$(build_jobs)" ${@:+--target "$@"}
}

configure() {
    local log
    if [[ -f $root/build/$1/build.ninja ]]; then
        return
    fi
    log=$root/build/configure-$1.log
    mkdir -p "$root/build"
    if ! (cd "$root" && cmake --preset "$1") >"$log" 2>&1; then
        cat "$log" >&2
        die "configuring the preset $1 failed"
    fi
}

# find_programs [GROUP…]: sets $bin, the folder of kluis and kluisd: KLUIS_BIN, or where it builds
# them with the packages of the groups.
find_programs() {
    bin=${KLUIS_BIN:-$root/build/release/bin}
    if [[ -n ${KLUIS_BIN:-} ]]; then
        return
    fi
    "$root/scripts/setup" "$@"
    say "building with $(build_jobs) jobs"
    build release kluis kluisd >&2
}

# find_clang: exports what the presets fuzz and tidy take the compiler from.
find_clang() {
    local version
    for version in 19 16; do
        if command -v "clang++-$version" >/dev/null; then
            KLUIS_CLANGXX=$(command -v "clang++-$version")
            KLUIS_CLANG_TIDY=$(command -v "clang-tidy-$version" || true)
            export KLUIS_CLANGXX KLUIS_CLANG_TIDY
            return
        fi
    done
    die "found neither clang++-16 nor clang++-19 (scripts/setup test installs one)"
}

# debian_version: 12 or 13; ends with a sentence on anything else.
debian_version() {
    local id=unknown version=''
    if [[ -r /etc/os-release ]]; then
        id=$(. /etc/os-release && printf '%s' "${ID:-unknown}")
        version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
    fi
    if [[ $id != debian || ($version != 12 && $version != 13) ]]; then
        die "this is ${id} ${version:-without a version}; Bewijskluis is built on Debian 12 or 13." \
            "On another system, install what scripts/setup names and run: cmake --preset release"
    fi
    printf '%s\n' "$version"
}

# apt_source SUITE: where this machine gets SUITE from, as the fields URIs and (if set) Signed-By of
# a deb822 stanza. Fails if no source of the machine has it.
apt_source() {
    local suite=$1 file found
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ -r $file ]] || continue
        # Comment lines may stand inside a stanza and do not end it.
        found=$(sed '/^#/d' "$file" | awk -v suite="$suite" '
            BEGIN { RS = ""; FS = "\n" }
            {
                kept = ""; keep = 0; match_suite = 0
                for (i = 1; i <= NF; i++) {
                    if ($i !~ /^[ \t]/) {
                        name = tolower($i); sub(/:.*/, "", name)
                        keep = name == "uris" || name == "signed-by"
                        if (name == "suites" && (" " $i " ") ~ ("[: ]" suite "[ /]")) match_suite = 1
                    }
                    if (keep) kept = kept $i "\n"
                }
                if (match_suite) { printf "%s", kept; exit }
            }')
        if [[ -n $found ]]; then
            printf '%s\n' "$found"
            return
        fi
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [[ -r $file ]] || continue
        found=$(awk -v suite="$suite" '
            $1 == "deb" {
                key = ""; i = 2
                if ($i ~ /^\[/) {
                    for (; i <= NF; i++) {
                        option = $i; gsub(/[][]/, "", option)
                        if (option ~ /^signed-by=/) key = substr(option, 11)
                        if ($i ~ /\]$/) { i++; break }
                    }
                }
                if ($(i + 1) == suite) {
                    print "URIs: " $i
                    if (key != "") print "Signed-By: " key
                    exit
                }
            }' "$file")
        if [[ -n $found ]]; then
            printf '%s\n' "$found"
            return
        fi
    done
    return 1
}
