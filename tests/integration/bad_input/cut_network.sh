#!/usr/bin/env bash
# The network breaks: downloads go on where they were, what cannot go on is given up with nothing
# under the final name, and the same command works when the network is back.
. "$(dirname "$0")/scene.sh"
. "$(dirname "$0")/network.sh"

start_network
behind_network open_vault
join_all
cd "$work"
random_file large.bin 3000000
kluis_of worker deposit J large.bin >/dev/null
kluis_of owner grant large.bin --to lawyer >/dev/null

# --- accounts ---
invite() {
    "$bin/kluisd" invite --data "$work/data" --key-file "$work/key" --json |
        sed -n 's/.*"invitation":"\([^"]*\)".*/\1/p'
}
code=$(invite)
network end up 600
refuses 11 'may count already' 'an account whose making never reaches the server' \
    kluis_of new account create --server "$url" --invite "$code"
status_bytes=0
most_carried status_bytes
network pass
refuses 8 'never reached the server' 'such an account, when the network is back' \
    kluis_of new account show
rm "$work/new.pass"
network end down $((status_bytes + 40))
refuses 11 'may count already' 'an account of which the server'"'"'s answer is lost' \
    kluis_of new account create --server "$url" --invite "$code"
network pass
mv "$work/new.pass" "$work/kept.pass"
refuses 7 'an account was begun' 'its invitation again' \
    kluis_of new account create --server "$url" --invite "$code"
absent "$work/new.pass" 'the passphrase of that was taken back'
mv "$work/kept.pass" "$work/new.pass"
holds 'such an account is there when the network is back' kluis_of new account show
refuses 9 'has an account already' 'and no other takes its place' \
    kluis_of new account create --server "$url" --invite "$(invite)"

# --- downloads ---
network cut down 1000000
comes_back owner large.bin large.bin 'a download that is cut once'
network cut down 1000000
comes_back lawyer large.bin large.bin 'a grantee'"'"'s download that is cut once'
network cut-each down 1000000
comes_back owner large.bin large.bin 'a download that is cut again and again, and goes on each time'
for person in owner lawyer; do
    network end down 1000000
    refuses 11 'kluis: ' "a download of the $person's that is cut for ever" \
        kluis_of "$person" document get large.bin -o "$work/never"
    absent "$work/never" 'nothing of it was written'
done
network pass

# --- uploads ---
network cut up 1000000
refuses 11 'try again' 'a deposit that is cut' kluis_of worker deposit J large.bin
counts 1 'nothing of it is in the dossier' count_documents owner mine
holds 'the same deposit again' kluis_of worker deposit J large.bin
counts 2 'is there once' count_documents owner mine

# A server that will not have it answers before all was sent, and closes.
cat >"$work/full" <<'REPLY'
HTTP/1.1 507 Insufficient Storage
Content-Type: application/problem+json
Content-Length: 127
Connection: close

REPLY
sed -i 's/$/\r/' "$work/full"
printf '%s' '{"request":"aaaaaaaaaaaaaaaa","status":507,"title":"The server cannot store this now.",' \
    '"type":"https://bewijskluis.org/problems/storage"}' >"$work/problem"
sed -i "s/^Content-Length: .*\r/Content-Length: $(stat -c %s "$work/problem")\r/" "$work/full"
cat "$work/problem" >>"$work/full"
random_file larger.bin 60000000
network answer "$work/full" 1000000
refuses 12 'cannot store this now' 'a deposit that is refused while it is being sent' \
    kluis_of worker deposit J larger.bin
counts 2 'nothing of it is in the dossier' count_documents owner mine

# --- bundles ---
network pass
holds 'a bundle is sealed' kluis_of owner seal mine --to "$set_file" -o "$work/a.kluis"
all=0
most_carried all
network cut down 1000000
holds 'a bundle whose download is cut once' kluis_of owner seal mine --to "$set_file" -o "$work/b.kluis"
holds 'is the one that was sealed' kluis_of member verify "$work/b.kluis" -i "$work/member.txt"
# In the middle of the bundle, and in what is asked for after it, to verify it.
for at in 1000000 $((all - 1500)); do
    network end down "$at"
    refuses 11 'kluis: ' "a bundle whose making is cut for ever after $at bytes" \
        kluis_of owner seal mine --to "$set_file" -o "$work/c.kluis"
    absent "$work/c.kluis" 'nothing of it was written'
done
network pass
holds 'the same command when the network is back' \
    kluis_of owner seal mine --to "$set_file" -o "$work/c.kluis"
holds 'makes a bundle' kluis_of member verify "$work/c.kluis" -i "$work/member.txt"
checks_out
finish
