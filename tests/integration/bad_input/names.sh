#!/usr/bin/env bash
# Names and titles as people and attackers write them: they come through whole, and no file is ever
# named by them.
. "$(dirname "$0")/scene.sh"

open_vault
join_all
mkdir "$work/files"
cd "$work/files"

names=(
    'رسالة من أمي.txt' # Arabic, written from right to left
    $'with a\nline end.txt'
    $'bell\a and \e[31mred.txt'
    '..hidden..'
    '-o'
    ' '
    'CON.txt'
    'back\slash.txt'
    'écrit à la main.PDF'
    "$(printf 'x%.0s' {1..250})"
    "$(printf 'ع%.0s' {1..120}).txt"
)
files=()
for i in "${!names[@]}"; do
    printf 'content %s\n' "$i" >"./${names[i]}"
    files+=("./${names[i]}")
done
holds 'files of every name are deposited' kluis_of worker deposit J "${files[@]}"

# Titles by which a careless program would write elsewhere.
titles=('../../../escaped' '/etc/passwd' '..' '.' 'a/b/c' '~' 'C:\Windows\x.txt' '%2e%2e%2fescaped'
    'ملف/مجلد' '💧' "$(printf 'long %.0s' {1..60})")
echo file,title >"$work/table.csv"
for i in "${!titles[@]}"; do
    printf 'titled %s\n' "$i" >"titled-$i.txt"
    printf 'files/titled-%s.txt,"%s"\n' "$i" "${titles[i]}" >>"$work/table.csv"
done
holds 'and documents of every title' kluis_of worker deposit J --table "$work/table.csv"

# --- what is no title ---
printf 'refused\n' >refused.txt
refuses 3 'the title' 'a title of two lines' \
    kluis_of worker deposit J refused.txt --title $'one\ntwo'
refuses 3 'the title' 'a title that is no text' \
    kluis_of worker deposit J refused.txt --title $'\xff\xfe'
refuses 10 'the title' 'a title without end' \
    kluis_of worker deposit J refused.txt --title "$(printf 'x%.0s' {1..1000})"
cp refused.txt $'\xff\xfe.txt'
holds 'a file whose name is no text is deposited all the same' \
    kluis_of worker deposit J $'\xff\xfe.txt'
rm $'\xff\xfe.txt'
total=$((${#names[@]} + ${#titles[@]} + 1))
counts "$total" 'all that was accepted is there, and no more' count_documents owner mine

# --- granted: whole names, and no file but the one that was named ---
kluis_of owner grant "${titles[@]}" --to lawyer >/dev/null
mkdir "$work/lawyer-files"
cd "$work/lawyer-files"
for i in 0 1 2 4; do
    holds "the lawyer gets ${titles[i]@Q}" \
        kluis_of lawyer document get "${titles[i]}" -o "$work/lawyer-files/got"
    holds 'as it was deposited' cmp "$work/files/titled-$i.txt" got
    rm got
done
counts 0 'and nothing else was written' files_in .
kluis_of owner document list mine >"$work/list"
if grep -q $'[\a\e]' "$work/list"; then
    failed 'a list passes control characters on to the terminal'
else
    passed 'a list passes no control character on to the terminal'
fi

# --- sealed and opened ---
cd "$work"
kluis_of owner seal mine --to "$set_file" -o "$work/b.kluis" >/dev/null
mkdir -p "$work/desk/case"
touch "$work/before" "$work/after" "$work/out" "$work/err"
find "$work" -not -path "$work/desk/case/opened*" | sort >"$work/before"
holds 'the bundle opens' \
    kluis_of member open "$work/b.kluis" -i "$work/member.txt" -o "$work/desk/case/opened"
find "$work" -not -path "$work/desk/case/opened*" | sort >"$work/after"
same_lists() {
    diff "$work/before" "$work/after" >&2
}
holds 'nothing was written beside the folder' same_lists
counts "$total" 'each document has a file' files_in "$work/desk/case/opened/documents"
# grep ends with 1 where it counts none, which is what is wanted.
odd_names() {
    find "$work/desk/case/opened/documents" -mindepth 1 -printf '%P\0' |
        LC_ALL=C grep -zcvE '^[0-9]{3}(-[a-z0-9]+)*(\.[a-z0-9]{1,8})?$' || true
}
counts 0 'whose name is ASCII, begins with its number and says nothing of folders' odd_names
holds 'the true names and titles are in dossier.json, and each file has its content' \
    python3 "$here/names_in_bag.py" "$work/desk/case/opened" "$work/files"
checks_out
finish
