#!/usr/bin/env bash
# Help and mistakes: every command has an example and the exit codes, and what is mistyped is named.
. "$(dirname "$0")/vault.sh"
. "$(dirname "$0")/people.sh"

# usage WORDS HINT SITUATION ARGUMENT…
usage() {
    local words=$1 hint=$2 situation=$3
    shift 3
    refuses 2 "$words" "$situation" "$bin/kluis" "$@"
    is_true "$situation: the hint is that command's help" grep -qF "see \`$hint --help\`" "$work/err"
}

"$bin/kluis" --help >"$work/help"
is_true 'the program is called by its name' grep -q '^Usage: kluis ' "$work/help"
sed -n '/^Commands/,/^$/p' "$work/help" | sed -n 's/^  \([a-z ]*[a-z]\)  .*/\1/p' >"$work/commands"
is_true 'all commands are listed' test "$(wc -l <"$work/commands")" -ge 44
while read -r -a command; do
    says "Example" "kluis ${command[*]} has an example" "$bin/kluis" "${command[@]}" --help
    is_true 'of itself' grep -q "kluis ${command[*]}" <(sed -n '/^Example/,$p' "$work/out")
    is_true 'and the exit codes' grep -q '^Exit codes:' "$work/out"
done <"$work/commands"

usage "'foo' is no command of kluis" 'kluis' 'an unknown command' foo
usage "'foo' is no command of kluis dossier" 'kluis dossier' 'an unknown command of a group' dossier foo
usage 'which command of kluis dossier is not said' 'kluis dossier' 'a group alone' dossier
usage "'--original', 'attic' were not expected" 'kluis document describe' \
    'an option that there is not, in the order of the line' document describe x --original attic
usage 'needs a value' 'kluis seal' 'an option without its value' seal x -o y --to
usage 'FILE is required' 'kluis verify' 'an argument that is missing' verify
refuses 2 '"error":{"code":"usage"' 'a mistake with --json' "$bin/kluis" --json foo
finish
