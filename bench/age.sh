#!/usr/bin/env bash
# kluis beside Debian's age on one large file in memory (tmpfs): CPU time, wall time, peak memory.
#
#   bench/age.sh KLUIS [MIB [RUNS]]     KLUIS: a release build of the program; 1024 MiB, 5 runs
#
# Shows each program's median run by CPU time and ends with 1 where a target of bench/README.md is
# missed. Wall times mean something only on a machine with two cores to spare.
set -euo pipefail
kluis=$(realpath "$1") mib=${2:-1024} runs=${3:-5}
work=$(mktemp -d /dev/shm/kluis-bench-XXXXXX)
trap 'rm -rf "$work"' EXIT
cd "$work"

head -c $((mib * 1024 * 1024)) /dev/zero |
    openssl enc -aes-128-ctr -nosalt -K 01 -iv 02 >plain 2>/dev/null
age-keygen -o key.txt 2>/dev/null
recipient=$(age-keygen -y key.txt)

cat >measure.py <<'PYTHON'
import os, resource, subprocess, sys, time
runs, out, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
results = []
for _ in range(runs):
    if os.path.exists(out):
        os.remove(out)
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit("failed: " + " ".join(command))
    results.append((usage.ru_utime + usage.ru_stime, usage.ru_utime, usage.ru_stime, wall, usage.ru_maxrss))
cpu, user, system, wall, peak = sorted(results)[len(results) // 2]
print(f"{cpu:.2f} {user:.2f} {system:.2f} {wall:.2f} {peak / 1024:.1f}")
PYTHON

measure() {
    python3 measure.py "$runs" "$@"
}

missed=0
# compare NAME CPU-TARGET AGE KLUIS: the rows, and the ratios beside their targets
compare() {
    awk -v name="$1" -v target="$2" -v age="$3" -v kluis="$4" 'BEGIN {
        split(age, a); split(kluis, k)
        form = "%-8s %-6s %6.2f %6.2f %6.2f %6.2f %7.1f\n"
        printf form, name, "age", a[1], a[2], a[3], a[4], a[5]
        printf form, name, "kluis", k[1], k[2], k[3], k[4], k[5]
        printf "%-8s ratio: cpu %.2f (at most %.1f), wall %.2f (at most 0.6); peak %.1f MiB (at most 32)\n",
            name, k[1] / a[1], target, k[4] / a[4], k[5]
        exit !(k[1] / a[1] <= target && k[4] / a[4] <= 0.6 && k[5] <= 32)
    }' || missed=1
}

printf '%s MiB, median of %s runs, load %s, %s cores\n' "$mib" "$runs" "$(cut -d' ' -f1 /proc/loadavg)" "$(nproc)"
printf '%-8s %-6s %6s %6s %6s %6s %7s\n' '' '' 'cpu s' 'user' 'sys' 'wall' 'MiB'
age_result=$(measure age.age age -r "$recipient" -o age.age plain)
kluis_result=$(measure kluis.age "$kluis" encrypt -r "$recipient" -o kluis.age plain)
compare encrypt 0.9 "$age_result" "$kluis_result"
rm -f age.age
age_result=$(measure age.out age -d -i key.txt -o age.out kluis.age)
cmp plain age.out
rm -f age.out
kluis_result=$(measure kluis.out "$kluis" decrypt -i key.txt -o kluis.out kluis.age)
cmp plain kluis.out
compare decrypt 0.6 "$age_result" "$kluis_result"
exit "$missed"
