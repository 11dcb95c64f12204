#!/bin/sh
# named_tests.sh SOURCE: each test that SECURITY.md or docs/attacks.md names in backquotes is there.
set -eu
cd "$1"
missing=0
count=0
for name in $(grep -ho '`[^`]*`' SECURITY.md docs/attacks.md | tr -d '`' |
    grep -E '^(tests/|attack_[0-9])' | sort -u); do
    count=$((count + 1))
    case $name in
        tests/*) [ -e "$name" ] ;;
        *) [ -e "tests/attacks/$name.cpp" ] ;;
    esac || {
        echo "named, but not there: $name"
        missing=$((missing + 1))
    }
done
echo "$count tests are named, $missing are missing"
[ "$count" -gt 20 ] && [ "$missing" -eq 0 ]
