#!/usr/bin/env python3
"""Writes tests/vectors/encoding, json and words: texts with the one accepted spelling, and near misses.

encoding: `encoding`, `text`, and for bech32 `hrp`; `expect` is ok (with `hex`, what it stands for) or
malformed. json: `hex`, the bytes of a text; `expect` is canonical (in `kind` ascii or utf8), loose
(JSON that is accepted from people, with `canonical`, its one spelling in hex) or malformed. words:
`words`, `count`, `separator`; `expect` is ok (with `bits`, in hex, of which they are the first
count * 11) or malformed. Needs Python 3 alone.
"""
import base64
import json

import output

WORD_LIST = output.ROOT.parent.parent / "src/base/words_english.inc"


def write(topic, name, **case):
    output.write(topic, name, json.dumps(case, indent=2, sort_keys=True) + "\n")


def bech32(hrp, data):
    digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[i : i + 5], 2) for i in range(0, len(bits), 5)]
    return bech32_of_values(hrp, values, digits)


def bech32_of_values(hrp, values, digits="qpzry9x8gf2tvdw0s3jn54khce6mua7l"):
    expanded = [ord(c) >> 5 for c in hrp] + [0] + [ord(c) & 31 for c in hrp]
    state = 1
    for value in expanded + values + [0] * 6:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            state ^= generator if top >> i & 1 else 0
    state ^= 1
    checksum = [state >> 5 * (5 - i) & 31 for i in range(6)]
    return hrp + "1" + "".join(digits[v] for v in values + checksum)


def encodings():
    data = [bytes(range(n)) for n in range(6)] + [bytes([0xFF] * 20), bytes(range(224, 256))]
    for d in data:
        forms = {
            "hex": d.hex(),
            "base64": base64.b64encode(d).decode(),
            "base64-raw": base64.b64encode(d).decode().rstrip("="),
            "base32": base64.b32encode(d).decode().rstrip("=").lower(),
        }
        for encoding, text in forms.items():
            write("encoding", f"{encoding}-{len(d)}-bytes", comment=f"{len(d)} bytes",
                  encoding=encoding, expect="ok", hex=d.hex(), text=text)
        for hrp in ("age", "kluis-account"):
            write("encoding", f"bech32-{hrp}-{len(d)}-bytes", comment=f"{len(d)} bytes",
                  encoding="bech32", expect="ok", hex=d.hex(), hrp=hrp, text=bech32(hrp, d))

    refused = [
        ("hex", "upper-case", "00FF"),
        ("hex", "odd-length", "00f"),
        ("hex", "not-a-digit", "0g"),
        ("hex", "space", "00 ff"),
        ("hex", "line-end", "00ff\n"),
        ("base64", "without-padding", "Zg"),
        ("base64", "half-the-padding", "Zg="),
        ("base64", "too-much-padding", "Zm9v="),
        ("base64", "four-padding", "===="),
        ("base64", "three-padding", "Z==="),
        ("base64", "padding-in-the-middle", "Zg==Zg=="),
        ("base64", "unused-bits-one-byte", "Zh=="),
        ("base64", "unused-bits-two-bytes", "Zm9="),
        ("base64", "url-alphabet", "-_-_"),
        ("base64", "space", "Zm9v Zm9v"),
        ("base64", "line-end", "Zm9v\n"),
        ("base64", "lone-digit", "Z"),
        ("base64-raw", "with-padding", "Zg=="),
        ("base64-raw", "unused-bits", "Zh"),
        ("base64-raw", "lone-digit", "Zm9vZ"),
        ("base64-raw", "line-end", "Zm9v\n"),
        ("base32", "upper-case", "MY"),
        ("base32", "with-padding", "my======"),
        ("base32", "unused-bits", "mz"),
        ("base32", "lone-digit", "a"),
        ("base32", "three-digits", "aaa"),
        ("base32", "six-digits", "aaaaaa"),
        ("base32", "digit-one", "m1"),
        ("base32", "digit-eight", "m8"),
        ("base32", "space", "mzxq mzxq"),
    ]
    for encoding, name, text in refused:
        write("encoding", f"{encoding}-{name}", comment=name.replace("-", " "), encoding=encoding,
              expect="malformed", text=text)

    good = bech32("age", bytes(range(32)))
    write("encoding", "bech32-upper-case", comment="all upper case", encoding="bech32",
          expect="ok", hex=bytes(range(32)).hex(), hrp="age", text=good.upper())
    wrong = [
        ("mixed-case", good[:-1] + good[-1].upper() if good[-1].isalpha() else good[:4] + good[4:].upper()),
        ("mixed-case-hrp", good.replace("age", "Age", 1)),
        ("other-hrp", bech32("agf", bytes(range(32)))),
        ("no-separator", good.replace("1", "", 1)),
        ("separator-in-the-data", good[:10] + "1" + good[11:]),
        ("one-character-changed", good[:10] + ("q" if good[10] != "q" else "p") + good[11:]),
        ("two-characters-swapped", good[:9] + good[10] + good[9] + good[11:]),
        ("cut-short", good[:-1]),
        ("checksum-only-five", "age1qqqqq"),
        ("empty", ""),
        ("no-hrp", bech32("", bytes(range(32)))),
        ("character-b", good[:10] + "b" + good[11:]),
        ("space", good + " "),
        ("line-end", good + "\n"),
        ("non-ascii", good[:10] + "é" + good[11:]),
        ("unused-bits-set", bech32_of_values("age", [0, 1])),
        ("lone-digit", bech32_of_values("age", [0])),
    ]
    for name, text in wrong:
        write("encoding", f"bech32-{name}", comment=name.replace("-", " "), encoding="bech32",
              expect="malformed", hrp="age", text=text)


def json_texts():
    def canonical(name, text, kind="ascii"):
        write("json", name, comment=name.replace("-", " "), expect="canonical", kind=kind,
              hex=text.encode().hex())

    def loose(name, text, spelling):
        raw = text if isinstance(text, bytes) else text.encode()
        write("json", name, comment=name.replace("-", " "), expect="loose", hex=raw.hex(),
              canonical=spelling.encode().hex())

    def malformed(name, text):
        raw = text if isinstance(text, bytes) else text.encode()
        write("json", name, comment=name.replace("-", " "), expect="malformed", hex=raw.hex())

    canonical("empty-object", "{}")
    canonical("empty-array", "[]")
    canonical("string", '"text"')
    canonical("largest-integer", str(2**53 - 1))
    canonical("zero", "0")
    canonical("members-in-order", '{"A":1,"Z":2,"a":3,"aa":4}')
    canonical("short-escapes", r'"\b\t\n\f\r\"\\"')
    canonical("long-escapes-in-lower-case", r'"\u0000\u0001\u000b\u001f"')
    canonical("slash-as-it-is", '"a/b"')
    canonical("depth-8", "[" * 8 + "]" * 8)
    canonical("depth-8-of-objects", '{"a":' * 7 + "{}" + "}" * 7)
    canonical("booleans", "[false,true]", "utf8")
    canonical("letters-beyond-ascii", '"é שלום سلام 日本"', "utf8")
    canonical("beyond-the-basic-plane", '"😀"', "utf8")
    canonical("delete-character", '"\x7f"', "utf8")
    canonical("line-separator-as-it-is", '"\u2028"', "utf8")
    canonical("decomposed-letter-as-it-is", '"e\u0301"', "utf8")
    canonical("members-by-utf16", '{"\U00010000":1,"\ue000":2,"\uffff":3}', "utf8")
    canonical("members-by-utf16-nested", '{"":1,"\u20ac":2,"\U0001f600":3,"\ufb33":4}', "utf8")

    loose("space-around", ' {"a":1} ', '{"a":1}')
    loose("space-within", '{"a": 1}', '{"a":1}')
    loose("line-ends", '{\n\t"a":1\r\n}', '{"a":1}')
    loose("members-out-of-order", '{"b":1,"a":2}', '{"a":2,"b":1}')
    loose("members-by-code-point", '{"\ue000":2,"\U00010000":1}', '{"\U00010000":1,"\ue000":2}')
    loose("needless-escape-of-a-letter", r'"\u0061"', '"a"')
    loose("needless-escape-of-a-slash", r'"\/"', '"/"')
    loose("escape-in-upper-case", r'"\u001F"', r'"\u001f"')
    loose("long-escape-for-a-short-one", r'"\u000a"', r'"\n"')
    loose("escaped-surrogate-pair", r'"\ud83d\ude00"', '"😀"')

    malformed("nothing", "")
    malformed("space-only", " ")
    malformed("two-values", "{}{}")
    malformed("trailing-byte", "{}x")
    malformed("trailing-nul", b"{}\0")
    malformed("hidden-after-nul", b"{}\0{}")
    malformed("nul-in-a-string", b'"a\0b"')
    malformed("byte-order-mark", b"\xef\xbb\xbf{}")
    malformed("duplicate-member", '{"a":1,"a":1}')
    malformed("duplicate-member-by-escape", r'{"a":1,"\u0061":2}')
    malformed("null", '{"a":null}')
    malformed("fraction", "1.5")
    malformed("whole-fraction", "1.0")
    malformed("exponent", "1e3")
    malformed("negative", "-1")
    malformed("negative-zero", "-0")
    malformed("leading-zero", "01")
    malformed("plus", "+1")
    malformed("integer-of-2-53", str(2**53))
    malformed("integer-of-2-64", str(2**64))
    malformed("integer-of-many-digits", "1" * 400)
    malformed("not-a-number", "NaN")
    malformed("infinity", "Infinity")
    malformed("depth-9", "[" * 9 + "]" * 9)
    malformed("depth-9-of-objects", '{"a":' * 8 + "{}" + "}" * 8)
    malformed("depth-2000", "[" * 2000)
    malformed("lone-high-surrogate", r'"\ud800"')
    malformed("lone-low-surrogate", r'"\udc00"')
    malformed("surrogates-the-wrong-way-round", r'"\ude00\ud83d"')
    malformed("surrogate-in-utf8", b'"\xed\xa0\x80"')
    malformed("overlong-utf8", b'"\xc0\xaf"')
    malformed("cut-utf8", b'"\xc3"')
    malformed("utf8-beyond-unicode", b'"\xf4\x90\x80\x80"')
    malformed("raw-control-character", '"a\nb"')
    malformed("unknown-escape", r'"\x41"')
    malformed("single-quotes", "{'a':1}")
    malformed("comment", "{}/* */")
    malformed("trailing-comma-in-object", '{"a":1,}')
    malformed("trailing-comma-in-array", "[1,]")
    malformed("unclosed-array", "[1")
    malformed("unclosed-object", '{"a":1')
    malformed("unclosed-string", '"a')
    malformed("member-without-value", '{"a"}')
    malformed("member-not-a-string", "{1:1}")
    malformed("literal-in-upper-case", "True")


def words():
    listed = [w for line in WORD_LIST.read_text().splitlines() if line.startswith('"')
              for w in line.replace('"', "").replace(",", " ").split()]
    assert len(listed) == 2048

    def spelled(bits, count):
        stream = "".join(f"{byte:08b}" for byte in bits)
        return [listed[int(stream[11 * i : 11 * i + 11], 2)] for i in range(count)]

    def ok(name, bits, count, separator=" "):
        write("words", name, comment=name.replace("-", " "), expect="ok", bits=bits.hex(),
              count=count, separator=separator, words=separator.join(spelled(bits, count)))

    def malformed(name, text, count, separator=" "):
        write("words", name, comment=name.replace("-", " "), expect="malformed", count=count,
              separator=separator, words=text)

    ok("four-of-a-head", bytes.fromhex("0123456789abcdef"), 4)
    ok("handle-with-hyphens", bytes.fromhex("fedcba987654"), 4, "-")
    ok("seven-of-a-passphrase", bytes(range(10)), 7)
    ok("all-zero", bytes(33), 24)
    ok("all-ones", b"\xff" * 33, 24)
    ok("twenty-four", bytes((7 * i) % 256 for i in range(33)), 24)
    ok("one", b"\x80\x00", 1)

    malformed("nothing", "", 4)
    malformed("too-few", "abandon ability zone", 4)
    malformed("too-many", "abandon ability zone zoo zoo", 4)
    malformed("upper-case", "abandon Ability zone zoo", 4)
    malformed("double-space", "abandon  ability zone zoo", 4)
    malformed("double-space-in-place-of-a-word", "abandon  zone zoo", 4)
    malformed("leading-space", " ability zone zoo", 4)
    malformed("trailing-space", "abandon ability zone ", 4)
    malformed("line-end", "abandon ability zone zoo\n", 4)
    malformed("tab", "abandon\tability zone zoo", 4)
    malformed("other-separator", "abandon-ability-zone-zoo", 4)
    malformed("spaces-where-hyphens-are-due", "abandon ability zone zoo", 4, "-")
    malformed("not-in-the-list", "abandon ability zone zoos", 4)
    malformed("first-four-letters-only", "aban abil zone zoo", 4)
    malformed("no-break-space", "abandon\u00a0ability zone zoo zoo", 4)


if __name__ == "__main__":
    output.main(["encoding", "json", "words"], encodings, json_texts, words)
