#!/usr/bin/env python3
"""Writes tests/vectors/headers and streams: what C2SP's own test vectors leave open. Needs Python 3
alone.

headers: `header` (text); `expect` is ok where it has exactly one X25519 stanza, as a server takes it;
other where it is a header that has not; malformed where it is none.

streams: `key` (file key, hex), `payload` (nonce || STREAM, base64), and `size` of the plaintext, whose
byte i is 7 * i modulo 251. `expect` is ok, or forged with the `released` bytes of plaintext at most.
"""
import base64
import json

import output
from document import header, payload, raw64, stanza
from primitives import chacha_seal, hkdf, sha256, x25519

CHUNK = 64 * 1024
KEY = sha256(b"file key")[:16]
NONCE = sha256(b"nonce")[:16]
RECIPIENT = x25519(sha256(b"recipient"))
BODY = raw64(bytes(range(32)))
SHARE = raw64(sha256(b"share"))


def put_header(name, expect, comment, text):
    case = {"comment": comment, "expect": expect, "header": text}
    output.write("headers", name, json.dumps(case, indent=2, sort_keys=True) + "\n")


def mac(*stanzas):
    return header(KEY, *stanzas).decode()


def good_headers():
    one = stanza(KEY, RECIPIENT)
    two = stanza(KEY, x25519(sha256(b"another")), b"another ephemeral")
    put_header("one-stanza", "ok", "for one recipient", mac(one))
    put_header("two-stanzas", "other", "for two recipients", mac(one, two))
    put_header("passphrase", "other", "for a passphrase", mac(f"-> scrypt {raw64(bytes(16))} 10\n{BODY}\n"))
    put_header("unknown-type", "other", "of a type that nobody knows", mac("-> pigeon post\n\n"))
    put_header("with-grease", "other", "beside a stanza that means nothing", mac(one, "-> x-grease a\n\n"))
    put_header("type-in-lower-case", "other", "types are told apart by case", mac(one.replace("X25519", "x25519")))
    for count, name in {48: "full-last-line", 96: "two-full-lines", 47: "short-line"}.items():
        body = raw64(bytes(count))
        lines = "".join(body[i : i + 64] + "\n" for i in range(0, len(body) + 1, 64))
        put_header(f"body-{name}", "other", "the last line is shorter than 64 columns, and may be empty",
                   mac(f"-> long\n{lines}"))
    put_header("mac-of-zeros", "ok", "the MAC is checked by who has the file key",
               mac(one)[:-44] + raw64(bytes(32)) + "\n")


def bad_x25519():
    def put(name, comment, text):
        put_header(f"x25519-{name}", "other", comment, mac(text))

    put("without-share", "one argument", f"-> X25519\n{BODY}\n")
    put("with-more", "three arguments", f"-> X25519 {SHARE} {SHARE}\n{BODY}\n")
    put("share-of-31-bytes", "too short", f"-> X25519 {raw64(bytes(31))}\n{BODY}\n")
    put("share-of-33-bytes", "too long", f"-> X25519 {raw64(bytes(33))}\n{BODY}\n")
    put("share-padded", "not canonical", f"-> X25519 {SHARE}=\n{BODY}\n")
    put("share-unused-bits", "not canonical", f"-> X25519 {'A' * 42}B\n{BODY}\n")
    put("body-of-31-bytes", "wraps no file key", f"-> X25519 {SHARE}\n{raw64(bytes(31))}\n")
    put("body-of-33-bytes", "wraps no file key", f"-> X25519 {SHARE}\n{raw64(bytes(33))}\n")
    put("body-of-none", "wraps no file key", f"-> X25519 {SHARE}\n\n")


def bad_headers():
    def put(name, comment, text):
        put_header(name, "malformed", comment, text)

    one = stanza(KEY, RECIPIENT)
    good = mac(one)
    put("empty", "nothing", "")
    put("version-2", "of another version", good.replace("/v1", "/v2", 1))
    put("version-with-space", "one spelling", good.replace("/v1\n", "/v1 \n", 1))
    put("no-stanza", "for nobody", mac())
    put("line-ends-of-dos", "one line end", good.replace("\n", "\r\n"))
    put("without-last-line-end", "cut by a byte", good[:-1])
    put("cut-before-the-mac", "cut", good[: good.index("---")])
    put("followed-by-a-byte", "a byte more", good + "x")
    put("blank-line-between", "a line that begins no stanza", good.replace("\n---", "\n\n---"))
    put("mac-without-space", "one spelling", good.replace("--- ", "---"))
    put("mac-with-two-spaces", "one spelling", good.replace("--- ", "---  "))
    put("mac-of-31-bytes", "too short", good[:-44] + raw64(bytes(31)) + "\n")
    put("mac-padded", "not canonical", good[:-1] + "=\n")
    put("mac-unused-bits", "not canonical", good[:-44] + "A" * 42 + "B\n")
    put("mac-missing", "an empty MAC", good[:-44] + "\n")
    for name, line in {"no-type": "->", "empty-type": "-> ", "two-spaces": f"->  X25519 {SHARE}",
                       "two-spaces-later": f"-> X25519  {SHARE}", "space-at-the-end": f"-> X25519 {SHARE} ",
                       "tab": f"-> X25519\t{SHARE}", "control-character": "-> X25519 a\x01",
                       "delete-character": "-> X25519 a\x7f", "beyond-ascii": "-> X25519 é",
                       "no-space": f"->X25519 {SHARE}"}.items():
        put(f"stanza-{name}", "arguments are visible ASCII between single spaces",
            mac(f"{line}\n{BODY}\n"))
    for name, body in {"padded": f"{BODY}=", "unused-bits": "A" * 42 + "B", "lone-digit": "A",
                       "of-65-columns": "A" * 65, "url-alphabet": "-_" * 21 + "A",
                       "with-space": f" {BODY}", "short-line-first": "AAAA\nAAAA",
                       "without-short-line": "A" * 64}.items():
        put(f"body-{name}", "lines of 64 columns, the last one shorter, in canonical base64",
            mac(f"-> X25519 {SHARE}\n{body}\n"))


def plain(size):
    return bytes(7 * i % 251 for i in range(size))


def sealed(*chunks, nonce=NONCE):
    """A payload of chunks, each (counter, whether the last, plaintext)."""
    key = hkdf(KEY, b"payload", salt=nonce)
    return nonce + b"".join(chacha_seal(key, counter.to_bytes(11, "big") + bytes([last]), text)
                            for counter, last, text in chunks)


def put_stream(name, comment, stored, size, expect="ok", **more):
    case = {"comment": comment, "expect": expect, "key": KEY.hex(), "size": size,
            "payload": base64.b64encode(stored).decode(), **more}
    output.write("streams", name, json.dumps(case, indent=2, sort_keys=True) + "\n")


def good_streams():
    for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK):
        put_stream(f"of-{size}", "a size at a chunk's edge", payload(KEY, plain(size), b"%d" % size), size)


def bad_streams():
    def put(name, comment, stored, released=0, size=0):
        put_stream(name, comment, stored, size, "forged", released=released)

    short = sealed((0, True, plain(100)))
    put("nothing", "no nonce", b"")
    put("part-of-a-nonce", "a nonce is 16 bytes", NONCE[:15])
    put("nonce-alone", "not even an empty chunk", NONCE)
    put("part-of-a-tag", "a tag is 16 bytes", sealed((0, True, b""))[:-1])
    put("cut", "a byte less", short[:-1], size=100)
    put("a-byte-more", "a byte more", short + b"\0", size=100)
    put("a-tag-more", "an empty chunk more", sealed((0, True, plain(100)), (1, True, b"")), size=100)
    for name, index in {"nonce": 0, "body": 20, "tag": -1}.items():
        altered = bytearray(short)
        altered[index] ^= 1
        put(f"altered-{name}", "one bit is another", bytes(altered), size=100)
    put("not-marked-last", "the last chunk is marked", sealed((0, False, plain(100))), size=100)
    put("counted-from-1", "chunks are counted from 0", sealed((1, True, plain(100))), size=100)
    put("mark-of-2", "the mark is 0 or 1", sealed((0, 2, plain(100))), size=100)
    first, rest = plain(CHUNK), plain(CHUNK + 1)[CHUNK:]
    whole = sealed((0, False, first), (1, True, rest))
    size = CHUNK + 1
    put("cut-at-the-edge", "the last chunk is missing", whole[: 16 + CHUNK + 16], CHUNK, size)
    put("cut-within-the-last-tag", "a byte less", whole[:-1], CHUNK, size)
    put("counter-left-out", "the second chunk counts 2",
        sealed((0, False, first), (2, True, rest)), CHUNK, size)
    put("continued", "a chunk follows the one marked last",
        sealed((0, True, first), (1, True, rest)), CHUNK, size)
    put("empty-last-chunk", "only the first chunk may be empty",
        sealed((0, False, first), (1, True, b"")), CHUNK, CHUNK)
    put("short-chunk-before-the-last", "only the last chunk may be short",
        sealed((0, False, plain(1000)), (1, True, rest)), 0, 1001)


if __name__ == "__main__":
    output.main(["headers", "streams"], good_headers, bad_x25519, bad_headers, good_streams, bad_streams)
