#!/usr/bin/env python3
"""Writes tests/vectors/recovery, unlock and keyring. Needs Python 3 alone; takes some minutes.

recovery: `expect` ok has `secret` (hex), its 24 `words`, its kit's `code` and `identity`, its `file`,
and the card's `recipient`, `signing` (base64) and `fingerprint`; malformed has `text` and what it is
to be read `as`: words, code or file. Where `words` are other than the one spelling, `spelling` has it.

unlock: `expect` ok has `passphrase`, `handle`, `login` (public key, base64), `wrapping` (hex), and
`sealed`, `secret` (hex), `fingerprint`; wrong_key and forged have `wrapping`, `sealed`, `fingerprint`;
malformed has a `passphrase`.

keyring: `of` seal has `secret`, `revision`, `sealed` (hex) and, where `expect` is ok, the `keyring`'s
canonical JSON; `of` json has `keyring` and `expect` malformed; `of` merge has
`common`, `ours`, `theirs` and `merged`, or `expect` forged.
"""
import base64
import copy
import json

import output
from base import WORD_LIST, bech32
from primitives import argon2id, ed25519_public, hkdf, sha256, x25519, xchacha_seal

WORDS = [part for part in WORD_LIST.read_text().split('"') if part.isalpha()]
LABEL = b"bewijskluis.org/v1/"

# From BIP 39's own test vectors, those of 32 bytes.
BIP39 = {
    "00" * 32: "abandon " * 23 + "art",
    "7f" * 32: "legal winner thank year wave sausage worth useful " * 2
    + "legal winner thank year wave sausage worth title",
    "80" * 32: "letter advice cage absurd amount doctor acoustic avoid " * 2
    + "letter advice cage absurd amount doctor acoustic bless",
    "ff" * 32: "zoo " * 23 + "vote",
    "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c": "hamster diagram private "
    "dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma "
    "loan word shrug inflict delay length",
    "9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863": "panda eyebrow bullet gorilla "
    "call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash devote level hobby "
    "quick inner drive ghost inside",
    "066dca1a2bb7e8a1db2832148ce9933eea0f3ac9548d793112d9a95c9407efad": "all hour make first leader "
    "extend hole alien behind guard gospel lava path output census museum junior mass reopen famous "
    "sing advance salt reform",
    "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f": "void come effort suffer camp "
    "survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten "
    "exist slush involve unfold",
}


def write(topic, name, **case):
    text = json.dumps(case, indent=2, sort_keys=True) + "\n"
    output.write(topic, name, text)


def base32(data):
    return base64.b32encode(data).decode().rstrip("=").lower()


def b64(data):
    return base64.b64encode(data).decode()


def words_of(bits, count):
    text = "".join(f"{byte:08b}" for byte in bits)
    return " ".join(WORDS[int(text[11 * i : 11 * i + 11], 2)] for i in range(count))


class Account:
    def __init__(self, secret):
        self.secret = secret
        self.x25519 = hkdf(secret, LABEL + b"x25519")
        self.recipient_key = x25519(self.x25519)
        self.signing_key = ed25519_public(hkdf(secret, LABEL + b"ed25519"))
        self.fingerprint = sha256(LABEL + b"card", self.recipient_key, self.signing_key)[:20]
        self.words = words_of(secret + sha256(secret)[:1], 24)
        self.code = bech32("kluis-account", secret)
        self.identity = bech32("age-secret-key-", self.x25519).upper()
        self.recipient = bech32("age", self.recipient_key)
        self.file = (
            f"# kluis-account: {self.code}\n# public key: {self.recipient}\n{self.identity}\n"
        )

    def card(self):
        return {"recipient": self.recipient, "signing": b64(self.signing_key)}


ONE = Account(bytes(range(32)))
OTHER = Account(sha256(b"another account"))


def recovery():
    secrets = {f"bip39-{text[:2]}": bytes.fromhex(text) for text in BIP39}
    secrets["counting"] = ONE.secret
    for name, secret in secrets.items():
        account = Account(secret)
        assert BIP39.get(secret.hex(), account.words) == account.words
        write("recovery", name, comment="a secret and all that is derived from it", expect="ok",
              secret=secret.hex(), words=account.words, code=account.code,
              identity=account.identity, file=account.file, recipient=account.recipient,
              signing=b64(account.signing_key), fingerprint=base32(account.fingerprint))

    words = ONE.words.split()
    spellings = {
        "upper-case": ONE.words.upper(),
        "one-word-a-line": "\r\n".join(words) + "\r\n",
        "white-space-around": f" \t{'   '.join(words)}\n\n",
    }
    for name, text in spellings.items():
        write("recovery", f"words-{name}", comment="words as people may write them", expect="ok",
              secret=ONE.secret.hex(), words=text, spelling=ONE.words)

    swapped = words[1:2] + words[:1] + words[2:]
    last = WORDS.index(words[-1])
    refused_words = {
        "23": words[:23],
        "25": words + ["abandon"],
        "nothing": [],
        "two-swapped": swapped,
        "checksum-off-by-one": words[:23] + [WORDS[last ^ 1]],
        "not-in-the-list": words[:5] + ["kluis"] + words[6:],
        "first-four-letters": [word[:4] for word in words],
        "twelve-of-bip39": ("abandon " * 11 + "about").split(),
    }
    for name, text in refused_words.items():
        write("recovery", f"words-{name}", comment="words that are refused", expect="malformed",
              **{"as": "words", "text": " ".join(text)})
    write("recovery", "words-with-commas", comment="words that are refused", expect="malformed",
          **{"as": "words", "text": ", ".join(words)})

    mistyped = ONE.code[:20] + ("q" if ONE.code[20] != "q" else "p") + ONE.code[21:]
    refused_codes = {
        "mistyped": mistyped,
        "of-31-bytes": bech32("kluis-account", ONE.secret[:31]),
        "of-33-bytes": bech32("kluis-account", ONE.secret + b"\0"),
        "other-part": bech32("kluis", ONE.secret),
        "age-key": ONE.identity,
        "mixed-case": ONE.code[:-1] + ONE.code[-1:].upper() if ONE.code[-1].isalpha()
        else ONE.code[:14] + ONE.code[14:].upper(),
        "space-before": " " + ONE.code,
        "line-end": ONE.code + "\n",
        "nothing": "",
    }
    for name, text in refused_codes.items():
        write("recovery", f"code-{name}", comment="a kit's code that is refused",
              expect="malformed", **{"as": "code", "text": text})
    identity_files(mistyped)


def identity_files(mistyped):
    comment, public, key = ONE.file.splitlines()
    accepted = {
        "without-public-key": [comment, key],
        "key-first": [key, comment],
        "other-comments": ["# made for a test", "", comment, "#kluis-account: near", "#", key],
    }
    for name, lines in accepted.items():
        write("recovery", f"file-{name}", comment="an identity file in other words", expect="ok",
              secret=ONE.secret.hex(), file="\n".join(lines) + "\n")
    write("recovery", "file-crlf", comment="an identity file with the line ends of Windows",
          expect="ok", secret=ONE.secret.hex(), file="\r\n".join([comment, public, key, ""]))
    write("recovery", "file-no-last-line-end", comment="an identity file in other words",
          expect="ok", secret=ONE.secret.hex(), file=ONE.file[:-1])
    refused = {
        "two-comments": [comment, comment, key],
        "two-keys": [comment, key, key],
        "another-key": [comment, OTHER.identity],
        "another-account": [f"# kluis-account: {OTHER.code}", key],
        "no-comment": [public, key],
        "no-key": [comment, public],
        "key-in-lower-case": [comment, key.lower()],
        "code-in-upper-case": [f"# kluis-account: {ONE.code.upper()}", key],
        "code-mistyped": [f"# kluis-account: {mistyped}", key],
        "space-after-the-code": [comment + " ", key],
        "space-before-the-key": [comment, " " + key],
        "a-line-of-something-else": [comment, key, "age1"],
    }
    for name, lines in refused.items():
        write("recovery", f"file-{name}", comment="an identity file that is refused",
              expect="malformed", **{"as": "file", "text": "\n".join(lines) + "\n"})


def unlock():
    passphrase = words_of(sha256(b"passphrase"), 7)
    handle = words_of(sha256(b"handle"), 4).replace(" ", "-")

    def derive(handle):
        salt = sha256(LABEL + b"salt", handle.encode())[:16]
        output = argon2id(passphrase.encode(), salt, 64, 3, 64 * 1024)
        return output[:32], output[32:]

    def sealed(account, wrapping, plain, size=24):
        binding = LABEL + b"secret" + account.fingerprint
        return xchacha_seal(wrapping, sha256(b"nonce")[:size], plain, binding)

    for name, handle in {"one-handle": handle, "another-handle": "zoo-zoo-zoo-zoo"}.items():
        login, wrapping = derive(handle)
        write("unlock", name, comment="from passphrase and handle to the secret", expect="ok",
              passphrase=passphrase, handle=handle, login=b64(ed25519_public(login)),
              wrapping=wrapping.hex(), sealed=sealed(ONE, wrapping, ONE.secret).hex(),
              secret=ONE.secret.hex(), fingerprint=base32(ONE.fingerprint))

    good = sealed(ONE, wrapping, ONE.secret)
    unopened = {
        "altered-nonce": (bytes([good[0] ^ 1]) + good[1:], ONE, wrapping),
        "altered-body": (good[:30] + bytes([good[30] ^ 128]) + good[31:], ONE, wrapping),
        "altered-tag": (good[:-1] + bytes([good[-1] ^ 1]), ONE, wrapping),
        "cut": (good[:-1], ONE, wrapping),
        "a-byte-more": (good + b"\0", ONE, wrapping),
        "nothing": (b"", ONE, wrapping),
        "for-another-card": (good, OTHER, wrapping),
        "other-wrapping-key": (good, ONE, sha256(b"another key")),
    }
    for name, (text, account, key) in unopened.items():
        write("unlock", name, comment="a sealed secret that does not open", expect="wrong_key",
              sealed=text.hex(), fingerprint=base32(account.fingerprint), wrapping=key.hex())
    for name, plain in {"of-another-card": OTHER.secret, "of-31-bytes": ONE.secret[:31],
                        "of-nothing": b""}.items():
        write("unlock", name, comment="opens, but is not the secret of the card",
              expect="forged", sealed=sealed(ONE, wrapping, plain).hex(),
              fingerprint=base32(ONE.fingerprint), wrapping=wrapping.hex())
    refused = {
        "six-words": passphrase.rsplit(" ", 1)[0],
        "eight-words": passphrase + " zoo",
        "upper-case": passphrase.upper(),
        "two-spaces": passphrase.replace(" ", "  ", 1),
        "hyphens": passphrase.replace(" ", "-"),
        "no-passphrase": "",
        "own-choice": "correct horse battery staple is not generated",
    }
    for name, text in refused.items():
        write("unlock", f"passphrase-{name}", comment="no generated passphrase",
              expect="malformed", passphrase=text)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def document(n):
    return base32(bytes([n] * 16))


def dossier(n):
    return base32(bytes([n] * 20))


EMPTY = {"card_sets": {}, "cards": {}, "dossiers": {}, "format": 0}
FULL = {
    "anchors": 4,
    "card_sets": {dossier(7): 1, dossier(8): 3},
    "cards": {
        base32(ONE.fingerprint): {"card": ONE.card()},
        base32(OTHER.fingerprint):
            {"card": OTHER.card(), "checked": True, "name": "mr. De Wit, advocaat"},
    },
    "credentials": {"sha256": sha256(b"credentials").hex(), "time": "2026-03-01T09:30:00Z"},
    "dossiers": {
        dossier(1): {
            "name": "رسائل أمي",
            "notes": {
                document(1): {"exhibit": 1, "paper": "blue folder, at my sister's"},
                document(2): {"exhibit": 2, "translation": document(1)},
                document(3): {"redaction": document(2)},
                document(4): {},
            },
            "owner": ONE.card(),
            "seen": {"head": sha256(b"head").hex(), "length": 12},
        },
        dossier(2): {},
    },
    "format": 0,
}
GRANTED = FULL | {"granted": {dossier(3): {"head": sha256(b"grant").hex(), "length": 4}}}


def changed(value, *path, to=None):
    """A copy with the member at `path` set, or taken out."""
    result = copy.deepcopy(value)
    place = result
    for name in path[:-1]:
        place = place[name]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return result


def sealed_keyrings():
    def seal(text, account=ONE, revision=7, length=None):
        plain = text.encode()
        plain = plain.ljust(length or max(4096, 1 << (len(plain) - 1).bit_length()))
        binding = LABEL + b"keyring" + account.fingerprint + revision.to_bytes(8, "big")
        return xchacha_seal(hkdf(account.secret, LABEL + b"keyring"), sha256(b"nonce")[:24], plain,
                            binding)

    def put(name, comment, expect, sealed, revision=7, **more):
        write("keyring", name, comment=comment, expect=expect, of="seal", revision=revision,
              sealed=sealed.hex(), secret=ONE.secret.hex(), **more)

    large = changed(EMPTY, "dossiers", dossier(1), to={"name": "a" * 4096})
    exact = changed(EMPTY, "dossiers", dossier(1), to={"name": "a"})
    exact["dossiers"][dossier(1)]["name"] = "a" * (4097 - len(canonical(exact)))
    assert len(canonical(exact)) == 4096
    for name, value in {"empty": EMPTY, "full": FULL, "of-8192": large, "of-4096": exact}.items():
        put(f"seal-{name}", "opens", "ok", seal(canonical(value)), keyring=canonical(value))
    put("seal-granted", "with the grants that were shown", "ok", seal(canonical(GRANTED)),
        keyring=canonical(GRANTED))
    depositor = changed(FULL, "dossiers", dossier(2),
                        to={"shown": {"head": sha256(b"allow").hex(), "length": 2}})
    put("seal-shown", "with what a depositor was shown", "ok", seal(canonical(depositor)),
        keyring=canonical(depositor))
    good = seal(canonical(FULL))
    for name, place in {"nonce": 3, "body": 1000, "tag": -1}.items():
        altered = bytearray(good)
        altered[place] ^= 4
        put(f"seal-altered-{name}", "one bit is another", "forged", bytes(altered))
    put("seal-cut", "the last byte is missing", "forged", good[:-1])
    put("seal-nothing", "there is nothing", "forged", b"")
    put("seal-older-revision", "an older keyring given as this one", "forged",
        seal(canonical(FULL), revision=6))
    put("seal-other-account", "the keyring of someone else", "forged",
        seal(canonical(FULL), account=OTHER))
    put("seal-too-much-padding", "twice the length that it must have", "malformed",
        seal(canonical(EMPTY), length=8192))
    put("seal-too-little-padding", "shorter than 4 KiB", "malformed",
        seal(canonical(EMPTY), length=2048))
    put("seal-other-padding", "followed by zeros", "malformed",
        seal(canonical(EMPTY) + "\0" * (4096 - len(canonical(EMPTY)))))
    put("seal-not-canonical", "with white space", "malformed", seal(json.dumps(EMPTY)))
    put("seal-no-json", "spaces only", "malformed", seal(""))


def keyring_json():
    one, other = base32(ONE.fingerprint), base32(OTHER.fingerprint)
    refused = {
        "format-1": changed(FULL, "format", to=1),
        "no-format": changed(FULL, "format"),
        "no-cards": changed(FULL, "cards"),
        "no-dossiers": changed(FULL, "dossiers"),
        "no-card-sets": changed(FULL, "card_sets"),
        "unknown-member": changed(FULL, "logs", to={}),
        "unknown-member-of-a-card": changed(FULL, "cards", one, "note", to="x"),
        "unknown-member-of-a-dossier": changed(FULL, "dossiers", dossier(1), "x", to="x"),
        "unknown-member-of-a-note":
            changed(FULL, "dossiers", dossier(1), "notes", document(4), "x", to="x"),
        "unknown-member-of-a-head": changed(FULL, "dossiers", dossier(1), "seen", "x", to="x"),
        "empty-name-of-a-card": changed(FULL, "cards", one, "name", to=""),
        "empty-name-of-a-dossier": changed(FULL, "dossiers", dossier(2), "name", to=""),
        "empty-paper":
            changed(FULL, "dossiers", dossier(1), "notes", document(4), "paper", to=""),
        "empty-notes": changed(FULL, "dossiers", dossier(2), "notes", to={}),
        "exhibit-0":
            changed(FULL, "dossiers", dossier(1), "notes", document(1), "exhibit", to=0),
        "length-0": changed(FULL, "dossiers", dossier(1), "seen", "length", to=0),
        "head-without-length": changed(FULL, "dossiers", dossier(1), "seen", "length"),
        "short-head": changed(FULL, "dossiers", dossier(1), "seen", "head", to="00" * 31),
        "anchors-0": changed(FULL, "anchors", to=0),
        "card-set-0": changed(FULL, "card_sets", dossier(7), to=0),
        "card-set-of-a-jurisdiction": changed(FULL, "card_sets", "nl-commissie-2025", to=1),
        "checked-of-false": changed(FULL, "cards", one, "checked", to=False),
        "checked-is-a-text": changed(FULL, "cards", one, "checked", to="true"),
        "owner-is-a-fingerprint": changed(FULL, "dossiers", dossier(1), "owner", to=one),
        "card-under-another-fingerprint":
            changed(FULL, "cards", other, to={"card": ONE.card()}),
        "short-fingerprint": changed(FULL, "cards", one[:-1], to={"card": ONE.card()}),
        "fingerprint-in-upper-case": changed(EMPTY, "cards", one.upper(), to={"card": ONE.card()}),
        "dossier-of-16-bytes": changed(FULL, "dossiers", document(1), to={}),
        "document-of-20-bytes":
            changed(FULL, "dossiers", dossier(1), "notes", dossier(1), to={}),
        "name-is-a-number": changed(FULL, "cards", one, "name", to=1),
        "notes-are-a-list": changed(FULL, "dossiers", dossier(2), "notes", to=[document(1)]),
        "credentials-in-upper-case": changed(FULL, "credentials", "sha256", to="AA" * 32),
        "credentials-without-time": changed(FULL, "credentials", "time"),
        "unknown-member-of-credentials": changed(FULL, "credentials", "x", to="x"),
        "granted-of-nothing": changed(FULL, "granted", to={}),
        "shown-length-0": changed(FULL, "dossiers", dossier(2),
                                  to={"shown": {"head": sha256(b"allow").hex(), "length": 0}}),
        "granted-length-0": changed(GRANTED, "granted", dossier(3), "length", to=0),
        "granted-without-head": changed(GRANTED, "granted", dossier(3), "head"),
        "granted-of-16-bytes":
            changed(GRANTED, "granted", document(1), to=GRANTED["granted"][dossier(3)]),
        "a-list": [],
    }
    for name, value in refused.items():
        write("keyring", f"json-{name}", comment="a keyring that is refused", expect="malformed",
              of="json", keyring=canonical(value))
    low = {"recipient": bech32("age", bytes(32)), "signing": b64(ONE.signing_key)}
    fingerprint = sha256(LABEL + b"card", bytes(32), ONE.signing_key)[:20]
    write("keyring", "json-card-of-low-order", comment="every shared secret would be zero",
          expect="malformed", of="json",
          keyring=canonical(changed(EMPTY, "cards", base32(fingerprint), to={"card": low})))


def merges():
    one, other = base32(ONE.fingerprint), base32(OTHER.fingerprint)
    d, e = dossier(1), dossier(2)

    def put(name, comment, common, ours, theirs, merged):
        outcome = {"merged": canonical(merged)} if merged else {"expect": "forged"}
        write("keyring", f"merge-{name}", comment=comment, of="merge", common=canonical(common),
              ours=canonical(ours), theirs=canonical(theirs), **outcome)

    def with_card(value, which, name=None, checked=False):
        account = ONE if which == one else OTHER
        entry = {"card": account.card()} | ({"name": name} if name else {})
        entry |= {"checked": True} if checked else {}
        return changed(value, "cards", which, to=entry)

    def with_dossier(entry, value=EMPTY, which=d):
        return changed(value, "dossiers", which, to=entry)

    def seen(length, text="head"):
        return {"seen": {"head": sha256(text.encode()).hex(), "length": length}}

    def notes(**by_number):
        return {"notes": {document(int(n[1:])): note for n, note in by_number.items()}}

    put("nothing-changed", "all stays", FULL, FULL, FULL, FULL)
    put("ours-alone", "what only we changed is ours", EMPTY, FULL, EMPTY, FULL)
    put("theirs-alone", "what only they changed is theirs", FULL, FULL, EMPTY | {"anchors": 4},
        EMPTY | {"anchors": 4})
    put("both-added", "two cards, one from each", EMPTY, with_card(EMPTY, one),
        with_card(EMPTY, other), with_card(with_card(EMPTY, one), other))
    put("both-named", "of two names for one card theirs stays", with_card(EMPTY, one),
        with_card(EMPTY, one, "we"), with_card(EMPTY, one, "they"), with_card(EMPTY, one, "they"))
    put("ours-named", "a name that only we gave", with_card(EMPTY, one),
        with_card(EMPTY, one, "we"), with_card(with_card(EMPTY, one), other),
        with_card(with_card(EMPTY, one, "we"), other))
    put("ours-removed", "a card that we took out", FULL, changed(FULL, "cards", one), FULL,
        changed(FULL, "cards", one))
    put("ours-removed-theirs-named", "taken out here, changed there: theirs stays",
        with_card(EMPTY, one), EMPTY, with_card(EMPTY, one, "they"), with_card(EMPTY, one, "they"))
    put("theirs-removed-ours-named", "changed here, taken out there: theirs stays",
        with_card(EMPTY, one), with_card(EMPTY, one, "we"), EMPTY, EMPTY)
    put("heads-ours-longer", "the longer head wins", with_dossier(seen(1, "a")),
        with_dossier(seen(9, "b")), with_dossier(seen(5, "c")), with_dossier(seen(9, "b")))
    put("heads-theirs-longer", "the longer head wins", with_dossier(seen(1, "a")),
        with_dossier(seen(5, "b")), with_dossier(seen(9, "c")), with_dossier(seen(9, "c")))
    put("heads-of-one-length", "there are two chains", with_dossier(seen(1, "a")),
        with_dossier(seen(5, "b")), with_dossier(seen(5, "c")), None)
    put("heads-put-back", "a head that a person agreed to lose is not brought back",
        with_dossier(seen(9, "a")), with_dossier(seen(5, "b")), with_dossier(seen(9, "a")),
        with_dossier(seen(5, "b")))
    put("heads-forgotten-there", "a head that we moved on is kept", with_dossier(seen(1, "a")),
        with_dossier(seen(5, "b")), with_dossier({}), with_dossier(seen(5, "b")))
    x, y, z = dossier(7), dossier(8), dossier(9)

    def granted(length, text):
        return EMPTY | {"granted": {d: {"head": sha256(text.encode()).hex(), "length": length}}}

    put("granted-ours-longer", "what was shown to us later wins", granted(1, "a"),
        granted(5, "b"), granted(3, "c"), granted(5, "b"))
    put("granted-theirs-longer", "what was shown to them later wins", granted(1, "a"),
        granted(3, "b"), granted(5, "c"), granted(5, "c"))
    put("granted-never-shorter", "what we took back is not taken", granted(5, "a"),
        granted(3, "b"), granted(5, "a"), granted(5, "a"))
    put("granted-ours-alone", "what was shown to us alone is kept", EMPTY, granted(2, "a"), EMPTY,
        granted(2, "a"))

    def shown(length, text):
        return with_dossier({"shown": {"head": sha256(text.encode()).hex(), "length": length}})

    put("shown-ours-longer", "what was shown to us later wins", shown(1, "a"), shown(5, "b"),
        shown(3, "c"), shown(5, "b"))
    put("shown-theirs-longer", "what was shown to them later wins", shown(1, "a"), shown(3, "b"),
        shown(5, "c"), shown(5, "c"))
    put("shown-never-shorter", "what we took back is not taken", shown(5, "a"), shown(3, "b"),
        shown(5, "a"), shown(5, "a"))
    put("shown-ours-alone", "what was shown to us alone is kept", with_dossier({}), shown(2, "a"),
        with_dossier({}), shown(2, "a"))
    put("card-sets", "the higher version wins, on either side",
        EMPTY | {"card_sets": {x: 1, y: 1}}, EMPTY | {"card_sets": {x: 3, y: 2}},
        EMPTY | {"card_sets": {x: 2, y: 4, z: 1}},
        EMPTY | {"card_sets": {x: 3, y: 4, z: 1}})
    put("card-sets-never-down", "a version that we put back is not taken",
        EMPTY | {"card_sets": {x: 3}}, EMPTY | {"card_sets": {x: 2}},
        EMPTY | {"card_sets": {x: 3}}, EMPTY | {"card_sets": {x: 3}})
    put("anchors", "the higher version wins", EMPTY | {"anchors": 1}, EMPTY | {"anchors": 3},
        EMPTY | {"anchors": 2}, EMPTY | {"anchors": 3})
    put("anchors-never-down", "a version that we put back is not taken", EMPTY | {"anchors": 3},
        EMPTY | {"anchors": 2}, EMPTY | {"anchors": 3}, EMPTY | {"anchors": 3})
    put("card-checked", "a card that we compared, named there", with_card(EMPTY, one),
        with_card(EMPTY, one, checked=True), with_card(EMPTY, one, "they"),
        with_card(EMPTY, one, "they", checked=True))
    put("owner-theirs", "of two owners theirs stays", with_dossier({}),
        with_dossier({"owner": ONE.card()}), with_dossier({"owner": OTHER.card()}),
        with_dossier({"owner": OTHER.card()}))
    put("owner-ours", "an owner that only we met", with_dossier({}),
        with_dossier({"owner": ONE.card()}), with_dossier({"name": "a name"}),
        with_dossier({"name": "a name", "owner": ONE.card()}))

    def credentials(text, day):
        return EMPTY | {"credentials": {"sha256": sha256(text.encode()).hex(),
                                        "time": f"2026-03-{day:02}T09:30:00Z"}}

    put("credentials-theirs-later", "of two changes the later one stays", EMPTY,
        credentials("we", 1), credentials("they", 2), credentials("they", 2))
    put("credentials-ours-later", "of two changes the later one stays", EMPTY,
        credentials("we", 3), credentials("they", 2), credentials("we", 3))
    put("credentials-of-one-time", "of two changes of one time theirs stays", EMPTY,
        credentials("we", 2), credentials("they", 2), credentials("they", 2))
    put("credentials-ours", "a change that only we made", EMPTY, credentials("we", 1), EMPTY,
        credentials("we", 1))
    put("notes-joined", "each field by itself", with_dossier(notes(n1={"paper": "old"})),
        with_dossier(notes(n1={"paper": "old", "translation": document(2)}, n3={"paper": "ours"})),
        with_dossier(notes(n1={"exhibit": 1, "paper": "new"}, n4={"paper": "theirs"})),
        with_dossier(notes(n1={"exhibit": 1, "paper": "new", "translation": document(2)},
                           n3={"paper": "ours"}, n4={"paper": "theirs"})))
    put("exhibits-parted", "a number given twice stays where the server has it",
        with_dossier(notes(n1={"exhibit": 1})),
        with_dossier(notes(n1={"exhibit": 1}, n2={"exhibit": 2}, n3={"exhibit": 3})),
        with_dossier(notes(n1={"exhibit": 1}, n4={"exhibit": 2}, n5={"exhibit": 7})),
        with_dossier(notes(n1={"exhibit": 1}, n2={"exhibit": 8}, n3={"exhibit": 3},
                           n4={"exhibit": 2}, n5={"exhibit": 7})))
    put("exhibits-of-one-document", "of two numbers theirs stays", with_dossier(notes(n1={})),
        with_dossier(notes(n1={"exhibit": 1})), with_dossier(notes(n1={"exhibit": 2})),
        with_dossier(notes(n1={"exhibit": 2})))
    put("dossiers-apart", "numbers are a dossier's own", EMPTY,
        with_dossier(notes(n1={"exhibit": 1})), with_dossier(notes(n2={"exhibit": 1}), which=e),
        with_dossier(notes(n2={"exhibit": 1}), with_dossier(notes(n1={"exhibit": 1})), e))


if __name__ == "__main__":
    output.main(["recovery", "unlock", "keyring"], recovery, sealed_keyrings, keyring_json, merges, unlock)
