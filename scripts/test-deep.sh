# The phases of `scripts/test --deep`, which sources this file.
# shellcheck shell=bash disable=SC2154 # root is lib.sh's

deep() {
    "$root/scripts/setup" test
    phase "ThreadSanitizer: building the store and server tests" build_tsan
    phase "ThreadSanitizer: running them" run_ctest tsan --label-regex '^tsan(-only)?$' --no-tests=error
    phase "fuzzing: building the targets" build_fuzz
    phase "fuzzing: replaying the corpora" replay_corpora
    phase "fuzzing: looking for new inputs" fuzz
    phase "building with AddressSanitizer and UBSan" build asan
    say "running the deep tests"
    run_ctest asan --label-regex '^deep$' --no-tests=error
    # Optimised as users have them, where most warnings are found; no test is built so.
    phase "building the programs, optimised" build strict kluis kluisd
}

# Only the programs of the tests so labelled, each named as its test, and what they depend on.
build_tsan() {
    local targets
    configure tsan
    mapfile -t targets < <(ctest --test-dir "$root/build/tsan" -N --label-regex '^tsan(-only)?$' |
        sed -n 's/^ *Test *#[0-9]*: //p')
    ((${#targets[@]})) || die "no test is labelled tsan"
    build tsan "${targets[@]}"
}

build_fuzz() {
    local targets
    find_clang
    PATH=$PATH:$(dirname "$(readlink -f "$KLUIS_CLANGXX")") # for the symbolizer
    configure fuzz
    mapfile -t targets < <(ninja -C "$root/build/fuzz" -t targets all |
        sed -n 's/^bin\/\(fuzz_[a-z0-9_]*\): CXX_EXECUTABLE.*/\1/p')
    ((${#targets[@]})) || die "there is no fuzz target"
    build fuzz "${targets[@]}"
}

fuzz_targets() {
    find "$root/build/fuzz/bin" -maxdepth 1 -type f -executable -name 'fuzz_*' | sort
}

# corpus_of PROGRAM: the seeds kept in the repository for it.
corpus_of() {
    local name
    name=$(basename "$1")
    printf '%s/tests/fuzz/corpus/%s\n' "$root" "${name#fuzz_}"
}

replay_corpora() {
    local target
    for target in $(fuzz_targets); do
        if ! unshuffled "$target" -runs=0 "$(corpus_of "$target")" >"$target.log" 2>&1; then
            cat "$target.log" >&2
            die "$(basename "$target") fails on its corpus"
        fi
    done
}

# fuzz_one PROGRAM SECONDS: new inputs go into the build tree; one that crashes is named.
fuzz_one() {
    local target=$1 seconds=$2 name found longer=()
    name=$(basename "$target")
    [[ -e $target.max_length ]] && longer=(-max_len="$(cat "$target.max_length")")
    found=$root/build/fuzz/found/$name
    mkdir -p "$found"
    if ! unshuffled "$target" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 "${longer[@]}" \
        -artifact_prefix="$found-" "$found" "$(corpus_of "$target")" >"$target.log" 2>&1; then
        tail -n 60 "$target.log" >&2
        note "$name: FAILED; the input lies at $found-*"
        return 1
    fi
    note "$name: $(sed -n 's/^Done //p' "$target.log")"
}

# fuzz_lane FIRST STEP SECONDS TARGET…: every STEPth target from the FIRST, one after the other.
fuzz_lane() {
    local at=$1 step=$2 seconds=$3 failed=0
    shift 3
    local targets=("$@")
    for ((; at < ${#targets[@]}; at += step)); do
        fuzz_one "${targets[at]}" "$seconds" || failed=1
    done
    return "$failed"
}

# The time is shared by all targets, of which two run at once.
fuzz() {
    local targets lanes seconds lane pids=() failed=0
    mapfile -t targets < <(fuzz_targets)
    lanes=$(($(nproc) > 1 ? 2 : 1))
    seconds=$((${KLUIS_FUZZ_SECONDS:-300} * lanes / ${#targets[@]}))
    seconds=$((seconds > 1 ? seconds : 1))
    note "${#targets[@]} targets, $lanes at once, $seconds s each"
    for ((lane = 0; lane < lanes; ++lane)); do
        fuzz_lane "$lane" "$lanes" "$seconds" "${targets[@]}" &
        pids+=($!)
    done
    for lane in "${pids[@]}"; do
        wait "$lane" || failed=1
    done
    return "$failed"
}
