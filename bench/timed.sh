# shellcheck shell=bash disable=SC2034 # wall and cpu are for the scripts that source this

# timed NAME COMMAND…: runs it, shows its times, and sets $wall and $cpu, in seconds.
timed() {
    local name=$1 user system
    shift
    TIMEFORMAT='%R %U %S'
    read -r wall user system < <({ time "$@" >/dev/null; } 2>&1 | tail -n 1)
    cpu=$(awk -v u="$user" -v s="$system" 'BEGIN { print u + s }')
    printf '%s %s s wall, %s s user, %s s system\n' "$name" "$wall" "$user" "$system"
}
