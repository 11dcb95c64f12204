#!/usr/bin/env python3
"""Writes tests/vectors/bundles. Needs Python 3 alone.

`of` bundle has `bundle` (base64) and the reader's `identity` (X25519 secret, hex). Where `expect` is
ok, `documents` names each `exhibit`, its `path` and `plain` (hex); else it is malformed, forged or
wrong_key. No card set is known to the verifier.

`of` head and `of` line have the `text` of a line of a manifest, ok or malformed. `of` member has the
`block` (hex) of a tar header; where ok, the name of the `member` and its `size`.
"""
import base64
import copy
import hashlib
import json

import ed25519
import output
from base import bech32
from document import Document, base32, canonical, header, payload, stanza
from primitives import sha256, x25519

STATEMENT = "application/vnd.bewijskluis.statement.v1+json"
READER_ADDED = "application/vnd.bewijskluis.reader.v1+json"
BUNDLE = base32(sha256(b"bundle")[:16])
CASE = sha256(b"case key")
READER = sha256(b"the reader's identity")
STRANGER = sha256(b"the identity of a stranger")


def b64(data):
    return base64.b64encode(data).decode()


class Person:
    """A card, and the key that signs for it."""

    def __init__(self, name, x25519_secret=None):
        digest = hashlib.sha512(sha256(b"signing seed of ", name)).digest()
        self.scalar = int.from_bytes(digest[:32], "little") & ~7 & 2**254 - 1 | 2**254
        self.prefix = digest[32:]
        self.public = ed25519.encode(ed25519.times(self.scalar, ed25519.BASE))
        self.key = x25519(x25519_secret or sha256(b"identity of ", name))
        self.fingerprint = base32(sha256(b"bewijskluis.org/v1/card", self.key, self.public)[:20])
        self.card = {"recipient": bech32("age", self.key), "signing": b64(self.public)}

    def sign(self, payload_type, text):
        message = b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode(), len(text), text)
        nonce = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % ed25519.L
        r = ed25519.encode(ed25519.times(nonce, ed25519.BASE))
        s = (nonce + ed25519.challenge(r, self.public, message) * self.scalar) % ed25519.L
        return {"payload": b64(text), "payloadType": payload_type,
                "signatures": [{"keyid": self.fingerprint, "sig": b64(r + s.to_bytes(32, "little"))}]}


OWNER = Person(b"owner")
MEMBER = Person(b"member", READER)
OTHER = Person(b"other")


class Chain:
    """Statements, each naming the one before."""

    def __init__(self):
        self.previous = None
        self.dossier = None
        self.length = 0

    def add(self, person, kind, **members):
        text = {"actor": person.fingerprint, "salt": b64(sha256(b"salt %d" % self.length)[:16]),
                "time": f"2026-11-20T10:00:{self.length:02}Z", "type": kind} | members
        if self.previous:
            text |= {"dossier": self.dossier, "previous": self.previous.hex()}
        text = canonical(text)
        self.previous = sha256(text)
        self.dossier = self.dossier or base32(self.previous[:20])
        self.length += 1
        return {"envelope": person.sign(STATEMENT, text), "place": self.length - 1}


def age_file(plain, seed, *recipients):
    key = sha256(b"file key of ", seed)[:16]
    stanzas = [stanza(key, recipient, seed + b"%d" % i) for i, recipient in enumerate(recipients)]
    return header(key, *stanzas) + payload(key, plain, seed)


def tar_header(name, size, mode=0o644, kind=b"0", owner=b"", mtime=0):
    """As libarchive's ustar writer makes it."""
    block = (name.encode().ljust(100, b"\0") + b"%06o \0" % mode + b"000000 \0" * 2 + b"%011o " % size
             + b"%011o " % mtime + b" " * 8 + kind + bytes(100) + b"ustar\0" + b"00"
             + owner.ljust(32, b"\0") + bytes(32) + b"000000 \0" * 2).ljust(512, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def tar(members):
    blocks = [tar_header(name, len(data)) + data + bytes(-len(data) % 512) for name, data in members]
    return b"".join(blocks) + bytes(1024)


def reader_added(last, reader, actor=MEMBER, signer=None, **members):
    text = {"actor": actor.fingerprint, "bundle": BUNDLE, "card": reader.card, "previous": last.hex(),
            "salt": b64(sha256(b"salt of ", last)[:16]), "time": "2026-11-21T10:00:00Z",
            "type": "reader.add"} | members
    return (signer or actor).sign(READER_ADDED, canonical(text))


class Bundle:
    """A dossier and its bundle. Attributes are what may be changed before `write`."""

    def __init__(self, documents=1, depositor=OWNER, described=False):
        self.chain = Chain()
        create = self.chain.add(OWNER, "dossier.create", card=OWNER.card,
                                jurisdiction="nl-commissie-2025")
        self.people = [OWNER, MEMBER]
        self.documents = [Document(b"exhibit %d" % i, plain=b"Exhibit %d\n" % i)
                          for i in range(1, documents + 1)]
        self.case = CASE
        self.case_recipients = [MEMBER.key]
        self.manifest_recipients = None
        self.sealer = OWNER
        self.seal = {}
        self.readers = lambda seal: []
        self.info = {"bundle": BUNDLE, "documents": documents, "format": 0}
        self.head = {"anchors": {"set": 1}, "bundle": BUNDLE, "coverage": {},
                     "dossier": self.chain.dossier, "format": 0, "letter": "Geachte commissie,",
                     "salt": b64(sha256(b"salt of the manifest")[:16]), "statements": [create],
                     "timeline": []}
        self.lines = [self._line(i, document, depositor, described)
                      for i, document in enumerate(self.documents, 1)]
        self.after_manifest = lambda manifest: manifest
        self.order = lambda members: members
        self.after_tar = lambda whole: whole

    def _line(self, exhibit, document, depositor, described):
        payloads = {role: document.promise[role] for role in ("content", "metadata")}
        statements = [self.chain.add(
            depositor, "document.deposit", commitment=document.promise["commitment"],
            document=base32(document.id), header=document.promise["header"], payloads=payloads)]
        if described:
            document.metadata = Document(b"exhibit %d" % exhibit, plain=document.plain,
                                         title="Second title").metadata
            statements.append(self.chain.add(OWNER, "document.describe", document=base32(document.id),
                                             metadata=document.sign().promise["metadata"]))
        document.header = header(document.key, stanza(document.key, x25519(self.case)))
        return {"document": base32(document.id), "exhibit": exhibit,
                "header": {"sha256": sha256(document.header).hex(), "size": len(document.header)},
                "path": f"data/documents/{exhibit:03}-brief.txt", "statements": statements}

    def manifest(self):
        cards = {person.fingerprint: person.card for person in self.people}
        head = self.head | {"cards": [cards[key] for key in sorted(cards)]}
        return b"".join(canonical(line) + b"\n" for line in [head] + self.lines)

    def members(self):
        to_case = [x25519(self.case)]
        manifest = age_file(self.manifest(), b"manifest", *(self.manifest_recipients or to_case))
        acts = {"bundle": BUNDLE, "documents": len(self.lines), "manifest": sha256(manifest).hex(),
                "recipients": [MEMBER.fingerprint], "set": 1} | self.seal
        chain = copy.copy(self.chain)
        seal = chain.add(self.sealer, "bundle.seal", **acts)
        readers = b"".join(canonical(line) + b"\n" for line in self.readers(chain.previous))
        identity = bech32("age-secret-key-", self.case).upper().encode() + b"\n"
        yield "bewijskluis-bundle.json", canonical(self.info) + b"\n"
        yield "case.age", age_file(identity, b"case", *self.case_recipients)
        yield "manifest.age", self.after_manifest(manifest)
        yield "seal.age", age_file(canonical({"envelope": seal["envelope"]}) + b"\n", b"seal", *to_case)
        for document in self.documents:
            name = f"documents/{base32(document.id)}"
            yield f"{name}.age", document.header + document.content
            yield f"{name}.metadata.age", getattr(document, "other_header", document.header) + document.metadata
        yield "readers.age", age_file(readers, b"readers", *to_case)

    def write(self, name, comment, expect, identity=READER):
        whole = self.after_tar(tar(self.order(list(self.members()))))
        more = {}
        if expect == "ok":
            more["documents"] = [{"exhibit": line["exhibit"], "path": line["path"], "plain": document.plain.hex()}
                                 for line, document in zip(self.lines, self.documents)]
        put(name, "bundle", comment, expect, bundle=b64(whole), identity=identity.hex(), **more)


def put(name, of, comment, expect, **more):
    case = {"comment": comment, "expect": expect, "of": of, **more}
    output.write("bundles", f"{of}-{name}", json.dumps(case, indent=2, sort_keys=True) + "\n")


def changed(bundle, **attributes):
    for name, value in attributes.items():
        setattr(bundle, name, value)
    return bundle


def good_bundles():
    Bundle().write("of-one", "one document", "ok")
    Bundle(2).write("of-two", "two documents", "ok")
    Bundle(described=True).write("described", "a description after the deposit", "ok")
    bundle = Bundle(2)
    bundle.lines[1]["exhibit"] = 9
    bundle.write("numbers-with-a-gap", "a document keeps its number for ever", "ok")
    two = [MEMBER.key, OTHER.key]
    bundle = changed(Bundle(), people=[OWNER, MEMBER, OTHER], case_recipients=two)
    bundle.seal = {"recipients": sorted([MEMBER.fingerprint, OTHER.fingerprint])}
    bundle.write("for-two", "two readers", "ok")


def bad_order():
    def refused(name, comment, bundle, expect="malformed"):
        bundle.write(name, comment, expect)

    def without(*endings):
        return lambda members: [m for m in members if not m[0].endswith(endings)]

    def of(bundle, index):
        return base32(bundle.documents[index].id)

    bundle = Bundle(2)
    bundle.order = lambda members, left=of(bundle, 1): [m for m in members if left not in m[0]]
    refused("document-missing", "the second document is not there", bundle)
    bundle.info = bundle.info | {"documents": 1}
    refused("document-missing-and-not-told", "nor in the label's count", bundle, "forged")
    bundle = changed(Bundle(2), order=lambda m: m[:4] + m[6:8] + m[4:6] + m[8:])
    refused("reordered", "documents in another order than the manifest's", bundle)
    refused("metadata-missing", "content without its metadata",
            changed(Bundle(), order=without(".metadata.age")))
    refused("readers-missing", "the last member is not there", changed(Bundle(), order=without("readers.age")))
    refused("readers-first", "a member out of its place", changed(Bundle(), order=lambda m: m[:4] + m[-1:] + m[4:-1]))
    refused("extra-member", "a member that no bundle has",
            changed(Bundle(), order=lambda m: m + [("notes.txt", b"")]))
    stranger = f"documents/{base32(bytes(16))}"
    refused("extra-document", "a document that the manifest does not have",
            changed(Bundle(), order=lambda m: m[:-1] + [(stranger + ".age", m[4][1]),
                                                        (stranger + ".metadata.age", m[5][1])] + m[-1:]))
    refused("member-twice", "a document's content twice",
            changed(Bundle(), order=lambda m: m[:5] + m[4:]))
    refused("cut", "the last block is missing", changed(Bundle(), after_tar=lambda whole: whole[:-512]))
    refused("block-more", "a block of zeros more", changed(Bundle(), after_tar=lambda whole: whole + bytes(512)))
    refused("byte-more", "a byte more", changed(Bundle(), after_tar=lambda whole: whole + b"\0"))
    refused("padding", "what fills a block is not zero",
            changed(Bundle(), after_tar=lambda whole: whole[:1022] + b"x" + whole[1023:]))
    bundle = Bundle()
    bundle.info = bundle.info | {"format": 1}
    refused("label-of-another-format", "a later version", bundle)


def bad_keys():
    Bundle().write("for-another", "not for this identity", "wrong_key", STRANGER)
    bundle = Bundle()
    bundle.case = sha256(b"another case key")
    kept = list(Bundle().members())
    bundle.order = lambda members: kept[:1] + members[1:2] + kept[2:]
    bundle.write("other-case-key", "case.age holds the key of another bundle", "forged")
    both = [x25519(CASE), OTHER.key]
    changed(Bundle(), manifest_recipients=both).write(
        "manifest-of-two-stanzas", "a second reader who is not told of", "malformed")
    bundle = Bundle()
    document = bundle.documents[0]
    document.header = header(document.key, stanza(document.key, x25519(CASE)),
                             stanza(document.key, OTHER.key, b"2"))
    bundle.lines[0]["header"] = {"sha256": sha256(document.header).hex(), "size": len(document.header)}
    bundle.write("document-of-two-stanzas", "a second reader who is not told of", "malformed")
    bundle = Bundle()
    document = bundle.documents[0]
    document.other_header = header(document.key, stanza(document.key, x25519(CASE), b"2"))
    bundle.write("metadata-of-another-header", "one header for all members of a document", "forged")
    bundle = Bundle()
    bundle.lines[0]["header"]["sha256"] = sha256(b"another header").hex()
    bundle.write("header-digest-off", "not the header that the manifest names", "forged")
    bundle = Bundle()
    bundle.lines[0]["header"]["size"] += 1
    bundle.write("header-size-off", "a header of one stanza has one size", "malformed")


def bad_statements():
    def refused(name, comment, bundle, expect="forged", **attributes):
        changed(bundle, **attributes).write(name, comment, expect)

    refused("seal-of-another-manifest", "the letter was written anew after sealing", Bundle(),
            seal={"manifest": sha256(b"another manifest").hex()})
    refused("seal-of-two", "the seal counts another document", Bundle(), seal={"documents": 2})
    refused("seal-of-another-set", "the seal names another card set", Bundle(), seal={"set": 2})
    refused("seal-of-another-bundle", "the seal names another bundle", Bundle(),
            seal={"bundle": base32(bytes(16))})
    refused("sealed-by-another", "not by the owner", Bundle(), sealer=OTHER)
    refused("sealed-by-the-reader", "not by the owner", Bundle(), sealer=MEMBER)
    refused("seal-for-another", "its recipients are not those whose cards are there", Bundle(),
            seal={"recipients": [OTHER.fingerprint]})
    refused("deposited-without-a-right", "by one who was not allowed", Bundle(depositor=OTHER),
            people=[OWNER, MEMBER, OTHER])
    refused("card-in-excess", "a card of nobody here", Bundle(), people=[OWNER, MEMBER, OTHER])
    refused("card-missing", "the reader's card is not there", Bundle(), people=[OWNER])
    bundle = Bundle()
    bundle.head["statements"] = []
    refused("create-missing", "nobody is the owner", bundle)
    bundle = Bundle()
    bundle.head["dossier"] = base32(bytes(20))
    refused("of-another-dossier", "another dossier's id", bundle)
    bundle = Bundle()
    bundle.head["bundle"] = base32(bytes(16))
    refused("label-of-another-bundle", "label and manifest differ", bundle)
    bundle = Bundle(2)
    for one, other in ((0, 1), (1, 0)):
        bundle.lines[one]["document"] = base32(bundle.documents[other].id)
    bundle.lines[0]["exhibit"], bundle.lines[1]["exhibit"] = 1, 2
    bundle.order = lambda members: members[:4] + members[6:8] + members[4:6] + members[8:]
    refused("statements-swapped", "each document under the other's statements", bundle)
    bundle = Bundle()
    bundle.documents[0].content = Document(b"another").content
    refused("content-of-another", "not what was deposited", bundle)
    bundle = Bundle()
    altered = bytearray(bundle.documents[0].metadata)
    altered[-1] ^= 1
    bundle.documents[0].metadata = bytes(altered)
    refused("metadata-altered", "not what was deposited", bundle)
    refused("manifest-altered", "a bit of it", Bundle(), after_manifest=lambda m: m[:-1] + bytes([m[-1] ^ 1]))


def added_readers():
    def case(name, comment, expect, *lines, identity=READER, keys=(MEMBER.key, OTHER.key), **more):
        def readers(seal):
            made, previous = [], seal
            for line in lines:
                made.append(line(previous))
                previous = sha256(base64.b64decode(made[-1]["payload"]))
            return made
        changed(Bundle(), readers=readers, case_recipients=list(keys), **more).write(
            f"reader-{name}", comment, expect, identity)

    def add(reader, **more):
        return lambda last: reader_added(last, reader, **more)

    third = Person(b"third")
    case("added", "by the recipient, after the sealing", "ok", add(OTHER))
    case("who-was-added", "opened by the one who was added", "ok", add(Person(b"reader", STRANGER)),
         identity=STRANGER, keys=(MEMBER.key, x25519(STRANGER)))
    case("after-reader", "one after the other", "ok", add(OTHER), add(third),
         keys=(MEMBER.key, OTHER.key, third.key))
    case("not-told-of", "a stanza for one whom no line adds", "forged")
    case("without-stanza", "a line adds one for whom there is no stanza", "forged", add(OTHER),
         keys=(MEMBER.key,))
    case("added-by-a-reader", "an added reader may not add", "forged", add(OTHER), add(third, actor=OTHER),
         keys=(MEMBER.key, OTHER.key, third.key))
    case("added-by-the-owner", "the owner is no recipient", "forged", add(OTHER, actor=OWNER))
    case("signed-by-another", "not by the recipient who is named", "forged", add(OTHER, signer=third))
    case("twice", "each once", "forged", add(OTHER), add(OTHER))
    case("who-is-a-recipient", "a recipient is no added reader", "forged", add(MEMBER), keys=(MEMBER.key,))
    case("of-another-bundle", "a line for another bundle", "forged", add(OTHER, bundle=base32(bytes(16))))
    case("not-linked", "it names what came before", "forged", add(OTHER, previous="00" * 32))
    case("before-the-seal", "times never run back", "forged", add(OTHER, time="2026-11-19T10:00:00Z"))
    case("of-another-type", "a line adds somebody", "malformed", add(OTHER, type="reader.remove"))
    case("with-more", "unknown members are refused", "malformed", add(OTHER, x=1))
    case("no-envelope", "each line is an envelope", "malformed", lambda last: {"payload": ""})


def bad_lists():
    def refused(name, comment, bundle):
        bundle.write(name, comment, "malformed")

    bundle = Bundle(2)
    bundle.lines[1]["path"] = bundle.lines[0]["path"]
    refused("path-twice", "two documents under one path", bundle)
    bundle = Bundle(2)
    bundle.lines[1]["path"] = bundle.lines[0]["path"] + "/x.txt"
    refused("path-within-another", "a file that is a folder", bundle)
    bundle = Bundle(2)
    bundle.lines[1]["exhibit"] = 1
    refused("number-twice", "exhibits ascend", bundle)
    bundle = Bundle()
    bundle.head["profile"] = base32(bytes(16))
    refused("profile-elsewhere", "a profile that is no document here", bundle)


def lines():
    def case(of, name, comment, value, expect="malformed"):
        text = value if isinstance(value, str) else canonical(value).decode()
        put(name, of, comment, expect, text=text)

    head = json.loads(Bundle().manifest().split(b"\n")[0])
    line = Bundle().lines[0]
    for of, good in {"head": head, "line": line}.items():
        case(of, "good", "as it is written", good, "ok")
        case(of, "with-line-end", "a line is without its end", canonical(good).decode() + "\n")
        case(of, "with-space", "canonical JSON", json.dumps(good, sort_keys=True))
        case(of, "a-list", "an object", [good])
        case(of, "with-more", "unknown members are refused", good | {"other": 1})
        for member in sorted(good):
            case(of, f"without-{member}", "it is always there",
                 {key: value for key, value in good.items() if key != member})
    case("head", "profile", "a profile is a document's id", head | {"profile": base32(bytes(16))}, "ok")
    case("head", "organisations", "a version more", head | {"anchors": {"organisations": 2, "set": 1}}, "ok")
    case("head", "letter-in-arabic", "UTF-8 as it is", head | {"letter": "رسالة"}, "ok")
    case("head", "format-1", "a later version", head | {"format": 1})
    case("head", "anchors-with-more", "unknown members are refused", head | {"anchors": {"set": 1, "x": 1}})
    case("head", "cards-descending", "ascending by fingerprint", head | {"cards": head["cards"][::-1]})
    case("head", "card-twice", "each card once", head | {"cards": head["cards"][:1] * 2})
    case("head", "coverage-a-list", "an object", head | {"coverage": []})
    case("head", "timeline-an-object", "a list", head | {"timeline": {}})
    case("head", "salt-of-15-bytes", "16 bytes", head | {"salt": b64(bytes(15))})
    case("head", "bundle-in-upper-case", "lower-case base32", head | {"bundle": BUNDLE.upper()})
    case("head", "statement-without-place", "each has its place",
         head | {"statements": [{"envelope": head["statements"][0]["envelope"]}]})
    two = [head["statements"][0] | {"place": place} for place in (0, 3)]
    case("head", "statements-with-a-gap", "by place, from 0", head | {"statements": two}, "ok")
    case("head", "statements-descending", "by place, from 0", head | {"statements": two[::-1]})
    case("head", "statements-of-one-place", "by place, from 0", head | {"statements": two[:1] * 2})
    case("head", "statements-from-3", "by place, from 0", head | {"statements": two[1:]})
    case("line", "paper", "where the paper is", line | {"paper": "in de blauwe map"}, "ok")
    case("line", "described", "deposit and last description", line | {"statements": line["statements"] * 2}, "ok")
    case("line", "paper-empty", "what is not known is left out", line | {"paper": ""})
    case("line", "exhibit-0", "numbers begin at 1", line | {"exhibit": 0})
    case("line", "of-no-statements", "a deposit is always there", line | {"statements": []})
    case("line", "of-three-statements", "two at most", line | {"statements": line["statements"] * 3})
    case("line", "header-with-more", "unknown members are refused", line | {"header": line["header"] | {"x": 1}})
    case("line", "header-digest-in-upper-case", "lower-case hex",
         line | {"header": line["header"] | {"sha256": line["header"]["sha256"].upper()}})
    for name, path in {"up": "data/../x", "absolute": "/data/x", "folder-alone": "data/", "empty-name": "data//x",
                       "ends-in-slash": "data/x/", "hidden": "data/.x", "ends-in-dot": "data/x.",
                       "elsewhere": "documents/x", "upper-case": "data/X", "space": "data/a b",
                       "backslash": "data/a\\b", "beyond-ascii": "data/é", "too-long": "data/" + "a" * 236}.items():
        case("line", f"path-{name}", "data/ and plain names", line | {"path": path})
    for name in ("dossier.json", "verification.json", "dossier.json/x"):
        case("line", f"path-{name.replace('/', '-')}", "opening writes files of these names",
             line | {"path": f"data/{name}"})
    case("line", "path-of-dossier-deeper", "data/ and plain names", line | {"path": "data/x/dossier.json"}, "ok")
    case("line", "header-of-169-bytes", "a header of one stanza has one size",
         line | {"header": line["header"] | {"size": 169}})
    case("line", "path-of-folders", "data/ and plain names", line | {"path": "data/a_b/1.c/d-e.pdf"}, "ok")
    case("line", "path-of-240", "the longest", line | {"path": "data/" + "a" * 235}, "ok")


def members():
    def case(name, comment, block, expect="malformed", **more):
        put(name, "member", comment, expect, block=block.hex(), **more)

    for name, size in {"case.age": 368, "manifest.age": 0, f"documents/{base32(bytes(16))}.metadata.age": 2**33 - 1}.items():
        case(f"of-{size}", "a plain file", tar_header(name, size), "ok", member=name, size=size)
    good = tar_header("case.age", 368)
    for name, kind in {"hard-link": b"1", "symbolic-link": b"2", "device": b"3", "folder": b"5", "pipe": b"6",
                       "pax": b"x", "pax-global": b"g", "gnu-long-name": b"L", "gnu-sparse": b"S",
                       "old-file": b"\0"}.items():
        case(name, "of another type", tar_header("case.age", 368, kind=kind))
    case("mode-755", "of another mode", tar_header("case.age", 368, mode=0o755))
    case("mtime-1", "of another time", tar_header("case.age", 368, mtime=1))
    case("owner", "with an owner's name", tar_header("case.age", 368, owner=b"root"))
    case("absolute", "a name from the root", tar_header("/case.age", 368))
    case("space", "a name with a space", tar_header("case age", 368))
    case("no-name", "no name", tar_header("", 368))
    case("checksum", "another checksum", good[:148] + b"000000" + good[154:])
    case("size-in-base-256", "a size in another spelling", good[:124] + b"\x80" + bytes(9) + b"\x01\x70" + good[136:])
    case("size-with-spaces", "a size in another spelling", good[:124] + b"        560 " + good[136:])
    case("gnu-magic", "of another kind of tar", good[:257] + b"ustar  \0" + good[265:])
    case("rest-not-zero", "something after the fields", good[:-1] + b"x")
    case("cut", "511 bytes", good[:-1])


if __name__ == "__main__":
    output.main(["bundles"], good_bundles, bad_order, bad_keys, bad_statements, added_readers,
                bad_lists, lines, members)
