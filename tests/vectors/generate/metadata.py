#!/usr/bin/env python3
"""Writes tests/vectors/metadata: metadata payloads and words to the owner, good ones and near misses.

The payload is `text` in UTF-8 (or `hex`), `spaces` spaces, then `after` where there is one. `of` is
metadata or word; `expect` is ok (encoding what was parsed gives the same bytes), malformed or limit.
Needs Python 3 alone.
"""
import json

import output

DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
DOCUMENT = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
PLAIN = {
    "kind": "other",
    "name": "brief.pdf",
    "sha256": DIGEST,
    "size": 0,
    "title": "Brief",
    "type": "application/pdf",
}
FULL = PLAIN | {
    "criteria": ["identity-effort", "trauma-in-nl"],
    "issuer": "Gemeente (fictief)",
    "kind": "grave-registration",
    "language": "nl",
    "note": "eerste regel\ntweede\tregel",
    "period": {"from": "1992-10-21", "to": "1993-01-01"},
    "redaction": True,
    "size": 2**53 - 1,
    "subject": "M.",
    "translation": True,
}


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def spaces_for(size):
    padded = 2048
    while padded < size:
        padded *= 2
    return padded - size


def write(name, expect, comment, of="metadata", **case):
    if "text" in case:
        size = len(case["text"].encode())
    else:
        size = len(case["hex"]) // 2
    case.setdefault("spaces", spaces_for(size))
    case |= {"comment": comment, "expect": expect, "of": of}
    text = json.dumps(case, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    output.write("metadata", name, text)


def value(name, expect, comment, json_value, **more):
    write(name, expect, comment, text=canonical(json_value), **more)


def without(member):
    return {name: each for name, each in PLAIN.items() if name != member}


def good():
    value("plain", "ok", "the members that are always there", PLAIN)
    value("full", "ok", "every member", FULL)
    value("name-hostile", "ok", "a name is data, whatever it holds", PLAIN | {"name": "../a\n\u202eb/ש\x01"})
    value("title-arabic", "ok", "any script", PLAIN | {"title": "رسالة أمي"})
    value("period-from", "ok", "one end of the period", PLAIN | {"period": {"from": "1984-05-03"}})
    value("period-reversed", "ok", "odd, but no error", PLAIN | {"period": {"from": "2000-01-01", "to": "1999-01-01"}})
    value("kind-unknown", "ok", "kinds are data: an unknown one is shown as such", PLAIN | {"kind": "horoscope-2"})
    value("title-longest", "ok", "300 code points of four bytes", PLAIN | {"title": "😀" * 300})
    value("note-longest", "ok", "10,000 code points of four bytes, 64 KiB padded", PLAIN | {"note": "😀" * 10000})
    base = len(canonical(PLAIN | {"note": ""}))
    value("pad-exact", "ok", "2048 bytes need no space", PLAIN | {"note": "n" * (2048 - base)})
    value("pad-over", "ok", "one byte more doubles it", PLAIN | {"note": "n" * (2049 - base)})


def bad_members():
    for member in PLAIN:
        value(f"without-{member}", "malformed", f"{member} is always there", without(member))
    for member in ("title", "name", "type", "kind", "subject", "issuer", "language", "note"):
        value(f"empty-{member}", "malformed", "a text that is there is not empty", PLAIN | {member: ""})
    for member in ("title", "type", "subject", "issuer", "language"):
        value(f"line-break-{member}", "malformed", "one line only", PLAIN | {member: "a\nb"})
    for member, most in (
        ("title", 300),
        ("name", 300),
        ("type", 255),
        ("subject", 200),
        ("issuer", 300),
        ("language", 64),
        ("note", 10000),
    ):
        value(f"too-long-{member}", "limit", f"at most {most}", PLAIN | {member: "a" * (most + 1)})
    value("unknown-member", "malformed", "unknown members are refused", PLAIN | {"author": "J."})
    value("title-c1-control", "malformed", "U+0085 is a line break too", PLAIN | {"title": "a\u0085b"})
    value("title-delete", "malformed", "U+007F is a control character", PLAIN | {"title": "a\u007f"})
    value("note-carriage-return", "malformed", "line feeds and tabs only", PLAIN | {"note": "a\r\nb"})
    value("note-escape", "malformed", "no terminal escapes", PLAIN | {"note": "\x1b[2J"})
    value("name-nul", "malformed", "the one character that no name has", PLAIN | {"name": "a\0b"})
    value("title-number", "malformed", "a text is a string", PLAIN | {"title": 1})
    value("size-text", "malformed", "a size is a number", PLAIN | {"size": "1"})
    value("size-too-big", "malformed", "2^53", PLAIN | {"size": 2**53})
    value("size-negative", "malformed", "below nothing", PLAIN | {"size": -1})
    value("sha256-short", "malformed", "31 bytes", PLAIN | {"sha256": DIGEST[2:]})
    value("sha256-upper", "malformed", "lower-case hex", PLAIN | {"sha256": DIGEST.upper()})
    for name, code in (("upper", "Other"), ("double-hyphen", "a--b"), ("hyphen-last", "a-"),
                       ("space", "a b"), ("letters", "é"), ("long", "a" * 65)):
        value(f"kind-{name}", "malformed", "a kind is a code", PLAIN | {"kind": code})
    for name, codes in (("empty", []), ("unsorted", ["b", "a"]), ("twice", ["a", "a"]),
                        ("upper", ["A"]), ("number", [1])):
        value(f"criteria-{name}", "malformed", "a set of codes, ascending", PLAIN | {"criteria": codes})
    value("criteria-many", "limit", "at most 64", PLAIN | {"criteria": [f"c{i:02}" for i in range(65)]})
    for name, period in (("empty", {}), ("text", "1984"), ("year", {"from": "1984"}),
                         ("no-day", {"from": "2023-02-29"}), ("unknown", {"from": "1984-05-03", "on": "x"})):
        value(f"period-{name}", "malformed", "from and to as dates", PLAIN | {"period": period})
    value("translation-false", "malformed", "what is not so is left out", PLAIN | {"translation": False})
    value("redaction-text", "malformed", "true and nothing else", PLAIN | {"redaction": "true"})
    value("null", "malformed", "there is no null", PLAIN | {"note": None})
    value("array", "malformed", "an object", [PLAIN])


def bad_bytes():
    text = canonical(PLAIN)
    write("not-canonical-space", "malformed", "a space within", text=text.replace(":", ": ", 1))
    reordered = '{"name":"brief.pdf","kind":"other",' + text.split('"name":"brief.pdf",')[1]
    write("not-canonical-order", "malformed", "members in another order", text=reordered)
    write("escape-needless", "malformed", "an escape that is not needed", text=text.replace("Brief", "\\u0042rief"))
    write("member-twice", "malformed", "a member twice", text='{"kind":"other",' + text[1:])
    write("surrogate", "malformed", "a lone surrogate", text=text.replace("Brief", "\\ud800"))
    raw = text.encode().replace(b"Brief", b"Br\xffef")
    write("not-utf8", "malformed", "no UTF-8", hex=raw.hex())
    write("padding-none", "malformed", "shorter than 2 KiB", text=text, spaces=0)
    write("padding-short", "malformed", "no power of two", text=text, spaces=2000 - len(text))
    write("padding-long", "malformed", "a larger power of two than is due", text=text, spaces=4096 - len(text))
    write("padding-newline", "malformed", "spaces only", text=text, spaces=2047 - len(text), after="\n")
    write("padding-nul", "malformed", "spaces only", text=text, spaces=2047 - len(text), after="\0")
    write("padding-second", "malformed", "one object", text=text, spaces=2046 - len(text), after="{}")
    write("only-spaces", "malformed", "no object", text="", spaces=2048)
    write("nothing", "malformed", "no bytes", text="", spaces=0)
    write("too-large", "limit", "above 64 KiB", text=text, spaces=131072 - len(text))


def words():
    value("word-full", "ok", "all of it", {"paper": "in de blauwe map", "redaction": DOCUMENT, "translation": DOCUMENT}, of="word")
    value("word-paper", "ok", "the usual word", {"paper": "bij tante,\ntweede la"}, of="word")
    value("word-empty", "ok", "nothing known", {}, of="word")
    value("word-paper-empty", "malformed", "left out where not known", {"paper": ""}, of="word")
    value("word-paper-escape", "malformed", "no terminal escapes", {"paper": "\x1b[2J"}, of="word")
    value("word-paper-long", "limit", "at most 1,000", {"paper": "a" * 1001}, of="word")
    value("word-translation-true", "malformed", "an id, not a flag", {"translation": True}, of="word")
    value("word-id-short", "malformed", "16 bytes", {"redaction": DOCUMENT[2:]}, of="word")
    value("word-id-upper", "malformed", "lower-case base32", {"redaction": DOCUMENT.upper()}, of="word")
    value("word-unknown", "malformed", "unknown members are refused", {"note": "x"}, of="word")
    value("word-metadata", "malformed", "metadata is no word", PLAIN, of="word")
    value("metadata-word", "malformed", "a word is no metadata", {"paper": "x"})


if __name__ == "__main__":
    output.main(["metadata"], good, bad_members, bad_bytes, words)
