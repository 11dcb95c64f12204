# The chapters of scripts/demo, which sources this file.
# shellcheck shell=bash disable=SC2154 # work, bin, commission, evidence, dim and plain are the demo's

open_the_vault() {
    chapter "1. An organisation opens a vault"
    tell "It keeps ciphertext under a database key of its own, and it holds no key that opens a document."
    mkdir "$work/server"
    "$bin/kluisd" init --data "$work/server/data" --key-file "$work/server/key" 2>&1 | indented
}

found_the_commission() {
    local member
    chapter "2. The Commission makes its keys, offline"
    tell "A root key signs the set of its members' cards. It is a development Commission, so everything" \
        "that rests on it is marked as a test."
    # Here a file gives each passphrase; at a desk, each person types it.
    echo "what only the two bearers of the root key know" >"$work/root.passphrase"
    with_passphrase root commission keygen -o "$commission"
    for member in 1 2; do
        echo "what only member $member knows" >"$work/member-$member.passphrase"
        with_passphrase "member-$member" member keygen -o "$work/member-$member.txt"
        with_passphrase root member add "$work/member-$member.txt.card" --set "$commission"
    done
    serve
}

# with_passphrase NAME ARGUMENT…: shows and runs the client for someone who has no account.
with_passphrase() {
    local anchors=()
    [[ ! -e $commission/anchors.json ]] || anchors=(--anchors "$commission")
    show_command "$1" "${@:2}"
    KLUIS_HOME=$work/people/nobody "$bin/kluis" "${anchors[@]}" \
        --passphrase-file "$work/$1.passphrase" "${@:2}" 2>&1 | indented
}

# Starts the server on a free port and reads its address from what it prints.
serve() {
    exec {serving}< <(exec "$bin/kluisd" serve --data "$work/server/data" \
        --key-file "$work/server/key" --listen 127.0.0.1:0 --anchors "$commission" \
        2>"$work/server/log")
    server_pid=$!
    read -r _ address <&"$serving" || die "the server did not start: $(cat "$work/server/log")"
    tell "The vault now serves $address."
}

make_accounts() {
    local person invitation
    chapter "3. Six people get an account, each by an invitation"
    tell "No name, no mail address, no telephone number: a handle of four words, and keys. The passphrase" \
        "is generated; the paper kit brings the account back without anybody's help."
    mkdir -p "$work/people"
    for person in J N parents D worker lawyer; do
        invitation=$("$bin/kluisd" invite --data "$work/server/data" --key-file "$work/server/key" \
            2>>"$work/server/log")
        as "$person" account create --server "$address" --invite "$invitation"
        kluis_of "$person" account kit >"$work/people/$person.kit"
        check "$person has a paper kit" grep -q 'AGE-SECRET-KEY-1' "$work/people/$person.kit"
    done
}

# knows PERSON OTHER NAME: OTHER gives PERSON a card, and they compare the fingerprint.
knows() {
    as "$1" card add "$(value link "$2" card show)" --name "$3"
    as "$1" card verify "$3" "$(value fingerprint "$2" card show)"
}

open_dossiers() {
    local owner
    chapter "4. Each opens a dossier; cards and dossiers are exchanged as links"
    tell "A link carries the fingerprint, so the server never chooses whom anybody trusts. M. is 17: the" \
        "parents keep one dossier for the family."
    for owner in J N parents D; do
        as "$owner" dossier create --name "dossier of $owner"
        as "$owner" dossier profile "dossier of $owner" "$(profile_of "$owner")"
    done
    for owner in J parents; do
        knows "$owner" worker "the support worker"
        as "$owner" depositor allow "dossier of $owner" "the support worker"
        as worker dossier pin "$(value link "$owner" dossier show "dossier of $owner")" \
            --name "$owner"
    done
    knows J lawyer "the lawyer"
}

profile_of() {
    local folder=$1
    [[ $folder != parents ]] || folder=M
    printf '%s\n' "$evidence/$folder/profile.json"
}

deposit_evidence() {
    chapter "5. Evidence comes in, from many hands"
    tell "The support worker deposits a morning's scans for J., in one batch described by a table:"
    as worker deposit J --table "$evidence/J/table.csv"
    check "ten documents are in the dossier of J.: nine, and the profile" \
        count_is 10 '"document":' J document list "dossier of J"

    tell "" "What the worker has deposited, the worker can no longer read: it is sealed for J. alone."
    grave=$(value document J document show "Uittreksel grafregister")
    refused worker document get "$grave" -o "$work/worker-tries.pdf"
    check "no file was written" test ! -e "$work/worker-tries.pdf"

    tell "" "N. deposits her own school report, her marks and two letters:"
    as N deposit "dossier of N" "$evidence/N/rapport groep 8.jpg" --title "Rapport groep 8" \
        --kind school-record --criterion raised-and-schooled --from 2016-08-22 --to 2017-07-21
    as N deposit "dossier of N" "$evidence/N/cijfers verpleegkunde.xlsx" \
        --title "Cijfers verpleegkunde" --kind school-record --criterion work-prospects
    as N deposit "dossier of N" "$evidence/N/stageverklaring.pdf" --title "Stageverklaring" \
        --kind internship --criterion work-prospects --criterion rootedness \
        --from 2025-09-01 --to 2026-01-31
    as N deposit "dossier of N" "$evidence/N/brief van de zwemclub.pdf" --title "Zwemclub" \
        --kind club-membership --criterion rootedness --from 2012-01-01

    tell "" "For the family of M., years of letters that nobody answered well:"
    as worker deposit parents "$evidence/M/brief aan ambassade 2021.pdf" \
        --title "Brief aan de ambassade" --kind embassy-correspondence \
        --criterion identity-effort --from 2021-03-08 --subject "M. en zijn broer"
    as worker deposit parents "$evidence/M/antwoord ambassade 2022.pdf" \
        --title "Antwoord van de ambassade" --kind embassy-correspondence \
        --criterion identity-effort --from 2022-01-17 --language en --subject "M. en zijn broer"
    as worker deposit parents "$evidence/M/bemiddelingsverzoek 2023.pdf" \
        --title "Bemiddelingsverzoek" --kind mediation-request --criterion identity-effort \
        --from 2023-05-02 --to 2024-01-09
    as worker deposit parents "$evidence/M/schoolverklaring.pdf" --title "Schoolverklaring" \
        --kind school-record --criterion raised-and-schooled --subject "M. en zijn broer"

    tell "" "D. deposits her mother's letter, in Arabic under its Arabic name, and its translation:"
    as D deposit "dossier of D" "$evidence/D/رسالة أمي.txt" --title "رسالة أمي" \
        --kind other --criterion no-network-origin --language ar --original-at "bij een vriendin"
    as D deposit "dossier of D" "$evidence/D/vertaling brief.pdf" --title "Brief van mijn moeder" \
        --kind other --criterion no-network-origin --translation-of "رسالة أمي"
    as D deposit "dossier of D" "$evidence/D/verklaring therapeut.pdf" --title "Therapie" \
        --kind therapy-statement --criterion gender-related --criterion trauma-in-nl \
        --from 2023-03-01
    as D document get "رسالة أمي" -o "$work/letter.txt"
    check "the Arabic letter comes back byte for byte" \
        same_file "$work/letter.txt" "$evidence/D/رسالة أمي.txt"
}

look_at_the_dossier() {
    chapter "6. What is missing, before it is too late"
    tell "The Commission decides once, so J. sees beforehand what each criterion rests on, and which years" \
        "have no evidence:"
    as J dossier coverage "dossier of J"
    check "the years 2008 to 2011 are missing" \
        count_is 1 '{"from":2008,"to":2011}' J dossier coverage "dossier of J"
    as J dossier timeline "dossier of J"
    tell "" "A wish list goes to the support worker: what is missing, not what is there."
    as J dossier wish "dossier of J" --to "the support worker"
    check "the support worker can read the wish list, and nothing else" \
        count_is 1 '"kind":"wish-list"' worker document list J
}

share_with_the_lawyer() {
    local letter nowhere=aaaaaaaaaaaaaaaaaaaaaaaaaa
    chapter "7. J. lets the lawyer read two documents"
    as J grant "Uittreksel grafregister" "Afwijzing 2019" --to "the lawyer"
    as lawyer dossier pin "$(value link J dossier show "dossier of J")" --name "J."
    as lawyer document list J.
    check "the lawyer sees exactly two documents" \
        count_is 2 '"document":' lawyer document list J.
    as lawyer document get "$grave" -o "$work/lawyer.pdf"
    check "and reads what was deposited, byte for byte" \
        same_file "$work/lawyer.pdf" "$evidence/J/grafregister.pdf"
    tell "A third document is refused, and so is one that does not exist, in the same words:"
    letter=$(value document J document show "Brief van de parochie")
    refused lawyer document get "$letter" -o "$work/lawyer-tries.pdf"
    sed "s/$letter/ID/" "$work/refusal" >"$work/refusal-of-existing"
    refused lawyer document get "$nowhere" -o "$work/lawyer-tries.pdf"
    sed -i "s/$nowhere/ID/" "$work/refusal"
    check "the answers are the same" same_file "$work/refusal" "$work/refusal-of-existing"

    tell "" "J. takes one back, and reads who read what:"
    as J revoke "Uittreksel grafregister" --from "the lawyer"
    refused lawyer document get "$grave" -o "$work/lawyer-tries.pdf"
    check "no file was written" test ! -e "$work/lawyer-tries.pdf"
    as J dossier access "dossier of J"
    as J dossier history "dossier of J"
}

seal_for_the_commission() {
    chapter "8. J. seals a bundle for the Commission"
    tell "One small header per document crosses the line; the server joins it to what it keeps and cannot read."
    echo "Geachte leden, dit is mijn leven hier, jaar na jaar. J." >"$work/letter-to-commission.txt"
    as J seal "dossier of J" --to "$commission/cards.json" \
        --letter "$work/letter-to-commission.txt" -o "$work/J.kluis"
    tell "" "Anybody can check its form, without a key and without an account:"
    show_command stranger verify J.kluis
    KLUIS_HOME=$work/people/nobody "$bin/kluis" --anchors "$commission" verify "$work/J.kluis" 2>&1 |
        indented
    tell "" "The server, meanwhile, holds nothing that can be read:"
    check "no title, name, word or number of any dossier is in its files or its log" \
        nothing_holds "$work/server" "grafregister" "Bijlmer" "parochie" "B 17-204" "رسالة" "rootedness" \
        "dossier of" "Telefoon (fictief)"
}

open_at_the_commission() {
    local file
    chapter "9. A member of the Commission opens it, offline"
    kill "$server_pid"
    wait "$server_pid" || true
    server_pid=''
    tell "The server is switched off: opening takes the member's identity file, and nobody else."
    with_passphrase member-1 open "$work/J.kluis" -i "$work/member-1.txt" -o "$work/opened"
    (cd "$work/opened" && find . -type f | sort) | indented
    for file in "$evidence"/J/*.{pdf,ods,jpg}; do
        check "opened: $(basename "$file"), byte for byte" was_opened "$file"
    done
    check "what the server held nothing of is here" fails nothing_holds "$work/opened" "parochie"
    check "what was verified is written down" test -s "$work/opened/verification.json"
}

was_opened() {
    local opened
    for opened in "$work"/opened/documents/*; do
        if same_file "$1" "$opened"; then
            return 0
        fi
    done
    return 1
}

open_by_hand() {
    local hand=$work/by-hand size
    chapter "10. And without any of our software: tar, age, head, sha256sum"
    mkdir "$hand"
    # age asks for a passphrase at the terminal only, which a script has not: the member's identity
    # file is opened by kluis here, and by `age -d` at a desk.
    with_passphrase member-1 decrypt -o "$hand/member.txt" "$work/member-1.txt"
    tell "tar -xf J.kluis; age -d -i member.txt -o case.txt case.age;" \
        "age -d -i case.txt -o whole documents/$grave.age; head -c SIZE whole > file"
    tar -xf "$work/J.kluis" -C "$hand"
    age -d -i "$hand/member.txt" -o "$hand/case.txt" "$hand/case.age"
    age -d -i "$hand/case.txt" -o "$hand/metadata.json" "$hand/documents/$grave.metadata.age"
    size=$(sed 's/.*"size":\([0-9]*\).*/\1/' "$hand/metadata.json")
    age -d -i "$hand/case.txt" -o "$hand/whole" "$hand/documents/$grave.age"
    head -c "$size" "$hand/whole" >"$hand/file.pdf"
    sha256sum "$hand/file.pdf" | indented
    check "the metadata names that digest" \
        grep -q "$(sha256sum <"$hand/file.pdf" | cut -d' ' -f1)" "$hand/metadata.json"
    check "it is the page that was scanned" same_file "$hand/file.pdf" "$evidence/J/grafregister.pdf"
}
