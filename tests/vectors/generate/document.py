#!/usr/bin/env python3
"""Writes tests/vectors/commitments, padding and documents. Needs Python 3 alone.

commitments: `key` (file key) and `sha256` in hex, `document` in base32, `size`; `commitment` in hex.

padding: `size` and `padded`, both of plaintext.

documents: `of` document has `document` (id), `identity` (X25519 secret), what is stored (`header`,
`content`, `metadata`, perhaps `preview`; hex) and what was signed (`promise`: `header` the digest,
`commitment`, and for each payload `sha256` and `size`). `expect` is ok, with `plain` (hex) and the
metadata's `json`, or forged, malformed or wrong_key, with what refuses it, `at` header, metadata,
content or preview; all before it opens. `of` word has `identity`, `stored`, `sha256`, `size` of what
was signed, and the word's `json` where `expect` is ok.
"""
import base64
import hmac
import json

import output
from primitives import chacha_seal, hkdf, sha256, x25519

CHUNK = 64 * 1024


def write(topic, name, **case):
    text = json.dumps(case, indent=2, sort_keys=True) + "\n"
    output.write(topic, name, text)


def base32(data):
    return base64.b32encode(data).decode().rstrip("=").lower()


def raw64(data):
    return base64.b64encode(data).decode().rstrip("=")


def padme(size):
    length = max(size, 4096)
    exponent = length.bit_length() - 1
    bits = exponent - exponent.bit_length()
    return (length + 2**bits - 1) >> bits << bits


def commit(key, document, size, digest):
    info = b"bewijskluis.org/v1/commit" + size.to_bytes(8, "big") + digest
    return hkdf(key, info, salt=document)


def payload(key, plain, seed):
    nonce = sha256(b"nonce of ", seed)[:16]
    stream_key = hkdf(key, b"payload", salt=nonce)
    chunks = [plain[i : i + CHUNK] for i in range(0, len(plain), CHUNK)] or [b""]
    return nonce + b"".join(
        chacha_seal(stream_key, i.to_bytes(11, "big") + bytes([i + 1 == len(chunks)]), chunk)
        for i, chunk in enumerate(chunks)
    )


def stanza(key, recipient, seed=b"ephemeral"):
    secret = sha256(seed)
    share = x25519(secret)
    wrapping = hkdf(x25519(secret, recipient), b"age-encryption.org/v1/X25519", salt=share + recipient)
    return f"-> X25519 {raw64(share)}\n{raw64(chacha_seal(wrapping, bytes(12), key))}\n"


def header(key, *stanzas):
    text = "age-encryption.org/v1\n" + "".join(stanzas) + "---"
    mac = hmac.digest(hkdf(key, b"header"), text.encode(), "sha256")
    return f"{text} {raw64(mac)}\n".encode()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def padded_json(value):
    text = canonical(value)
    return text.ljust(max(2048, 1 << (len(text) - 1).bit_length()))


def signed(stored):
    return {"sha256": sha256(stored).hex(), "size": len(stored)}


OWNER = sha256(b"the owner's identity")
OTHER = sha256(b"the identity of another")


class Document:
    """A document of which one thing after another can be changed before it is written."""

    def __init__(self, seed=b"document", plain=b"Geachte commissie,\n", tail=None, picture=None,
                 metadata_key=None, filler=b" ", **claimed):
        self.key = sha256(b"file key of ", seed)[:16]
        self.id = sha256(b"id of ", seed)[:16]
        self.plain = plain
        self.json = {"kind": "letter", "name": "brief aan de commissie.txt",
                     "sha256": sha256(plain).hex(), "size": len(plain), "title": "Brief",
                     "type": "text/plain"} | claimed
        content = plain + (tail or b"")
        self.content = payload(self.key, content.ljust(padme(len(plain)), b"\0"), seed + b"content")
        text = padded_json(self.json).rstrip(b" ").ljust(len(padded_json(self.json)), filler)
        self.metadata = payload(metadata_key or self.key, text, seed + b"metadata")
        self.preview = None
        if picture is not None:
            text = picture.ljust(padme(len(picture)), b"\0")
            self.preview = payload(self.key, text, seed + b"preview")
        self.header = header(self.key, stanza(self.key, x25519(OWNER)))
        self.commitment = commit(self.key, self.id, self.json["size"],
                                 bytes.fromhex(self.json["sha256"]))
        self.sign()

    def sign(self):
        self.promise = {"commitment": self.commitment.hex(), "content": signed(self.content),
                        "header": sha256(self.header).hex(), "metadata": signed(self.metadata)}
        if self.preview is not None:
            self.promise["preview"] = signed(self.preview)
        return self

    def write(self, name, comment, expect="ok", identity=OWNER, **more):
        if expect == "ok":
            more |= {"plain": self.plain.hex(), "json": canonical(self.json).decode()}
        if self.preview is not None:
            more["preview"] = self.preview.hex()
        write("documents", name, comment=comment, expect=expect, of="document",
              document=base32(self.id), identity=identity.hex(), header=self.header.hex(),
              content=self.content.hex(), metadata=self.metadata.hex(), promise=self.promise, **more)


def commitments():
    key, document, digest = sha256(b"key")[:16], sha256(b"document")[:16], sha256(b"content")
    cases = {
        "ordinary": (key, document, 12345, digest),
        "another-key": (sha256(b"another key")[:16], document, 12345, digest),
        "another-document": (key, sha256(b"another document")[:16], 12345, digest),
        "another-size": (key, document, 12344, digest),
        "another-digest": (key, document, 12345, sha256(b"another content")),
        "empty-file": (key, document, 0, sha256(b"")),
        "5-gb": (key, document, 5_000_000_000, digest),
        "all-zero": (bytes(16), bytes(16), 0, bytes(32)),
    }
    for name, (key, document, size, digest) in cases.items():
        write("commitments", name, comment="what a deposit commits to", key=key.hex(),
              document=base32(document), size=size, sha256=digest.hex(),
              commitment=commit(key, document, size, digest).hex())


def padding():
    sizes = {0, 1, 4095, 4096, 4097, 4352, 4353, 8191, 8192, 8193, 1_000_000, 5_000_000_000}
    for power in (16, 17, 20, 24, 31, 32, 33, 40):
        sizes |= {2**power - 1, 2**power, 2**power + 1}
    for size in sizes:
        padded = padme(size)
        assert size <= padded <= max(4096, size * 1.12)
        write("padding", str(size), comment="a plaintext's length, hidden", size=size, padded=padded)


def good_documents():
    Document().write("ordinary", "a short text")
    Document(plain=b"").write("empty", "a file of nothing")
    Document(plain=bytes(range(256)) * 16).write("of-4096", "a file without padding")
    Document(plain=b"x" * 4097).write("of-4097", "a byte above the least length")
    Document(plain=b"zeros at the end" + bytes(100)).write("zeros-at-its-end", "size tells, not zeros")
    Document(picture=b"\x89PNG").write("with-preview", "with a picture")
    Document(title="رسالة", name="رسالة\n/أمي.txt", note="één ” \t regel").write(
        "other-scripts", "a name that is no path")
    described = Document(title="Second title", note="described anew")
    described.write("described-anew", "a later metadata payload with the same size and digest")


def refused_headers():
    def put(name, comment, document, expect, **more):
        document.write(f"header-{name}", comment, expect, at="header", **more)

    document = Document()
    document.header = Document(seed=b"another").header
    put("of-another-document", "not the header that was signed", document, "forged")
    put("for-another", "not for this identity", Document(), "wrong_key", identity=OTHER)
    document = Document()
    document.header = header(document.key, stanza(document.key, x25519(OWNER)),
                             stanza(document.key, x25519(OTHER), b"another ephemeral"))
    put("two-stanzas", "for two recipients", document.sign(), "malformed")
    document.header = header(document.key, "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n" + "A" * 43 + "\n")
    put("passphrase", "for a passphrase", document.sign(), "malformed")
    document = Document()
    document.header = document.header[:-5] + (b"AAAA\n" if document.header[-5:] != b"AAAA\n" else b"AAAE\n")
    put("mac", "another MAC", document.sign(), "forged")
    document = Document()
    document.header += document.content[:16]
    put("and-more", "followed by the payload's nonce", document.sign(), "malformed")
    document.header = b""
    put("nothing", "no header", document.sign(), "malformed")


def refused_metadata():
    def put(name, comment, document, expect="forged"):
        document.write(f"metadata-{name}", comment, expect, at="metadata")

    other = Document(seed=b"another")
    for name, index in {"nonce": 0, "body": 500, "tag": -1}.items():
        document = Document()
        altered = bytearray(document.metadata)
        altered[index] ^= 1
        document.metadata = bytes(altered)
        put(f"altered-{name}", "one bit is another", document)
        put(f"altered-{name}-and-signed", "one bit is another, and signed so", document.sign())
    document = Document()
    document.metadata = other.metadata
    put("of-another-document", "swapped", document)
    put("of-another-document-and-signed", "swapped, and signed so", document.sign())
    document = Document()
    document.metadata = document.content
    put("is-the-content", "the content payload in its place", document)
    put("is-the-content-and-signed", "the content payload in its place, and signed so",
        document.sign(), "malformed")
    document = Document()
    document.metadata = b""
    put("nothing", "cut to nothing", document)
    for name, claimed in {"size": {"size": 18}, "digest": {"sha256": sha256(b"x").hex()},
                          "smaller-class": {"size": 0}, "2-to-52": {"size": 2**52}}.items():
        document = Document()
        document.metadata = Document(**claimed).metadata
        put(f"claims-another-{name}", "an owner's description that rewrites the content",
            document.sign())
    document = Document(size=5000)
    put("of-another-length-class", "committed, but not the length of the content payload", document)
    document = Document()
    document.id = other.id
    put("under-another-id", "the commitment is of another document", document)
    document = Document()
    document.commitment = bytes(32)
    put("without-commitment", "a commitment of zeros", document.sign())
    put("under-another-key", "not under the header's key", Document(metadata_key=other.key))
    put("padded-with-zeros", "not padded with spaces", Document(filler=b"\0"), "malformed")
    put("unknown-member", "a member that is not known", Document(extra="x"), "malformed")
    put("no-kind", "an empty kind", Document(kind=""), "malformed")


def refused_contents():
    def put(name, comment, document, at="content"):
        document.write(f"{at}-{name}", comment, "forged", at=at)

    for name, index in {"nonce": 3, "body": 2000, "tag": -1}.items():
        document = Document()
        altered = bytearray(document.content)
        altered[index] ^= 128
        document.content = bytes(altered)
        put(f"altered-{name}", "one bit is another", document)
        put(f"altered-{name}-and-signed", "one bit is another, and signed so", document.sign())
    document = Document()
    document.content = document.content[:-1]
    put("cut", "the last byte is missing", document)
    document.content = b""
    put("nothing", "no content", document)
    document = Document()
    document.content += b"\0"
    put("a-byte-more", "a byte more", document)
    document = Document()
    document.content = Document(seed=b"another").content
    put("of-another-document", "swapped", document)
    put("of-another-document-and-signed", "swapped, and signed so", document.sign())
    document = Document()
    document.content = document.metadata
    put("is-the-metadata", "the metadata payload in its place", document)
    document = Document()
    document.content = payload(document.key, b"Another letter".ljust(4096, b"\0"), b"a reader's")
    put("by-a-reader", "another payload under the same file key", document)
    put("by-a-reader-and-signed", "the same, signed: the digest in the metadata refuses it",
        document.sign())
    put("followed-by-more", "not only zeros after it", Document(tail=b"hidden"))
    document = Document(tail=bytes(4096 - 20) + b"\1")
    put("followed-by-a-late-one", "the last byte of the padding is not zero", document)
    document = Document(picture=b"\x89PNG")
    document.preview = document.content
    put("is-the-content", "the content payload in its place", document, "preview")
    document.preview = Document(seed=b"another", picture=b"\x89PNG").preview
    put("of-another-document", "swapped, and signed so", document.sign(), "preview")


def words():
    def put(name, comment, expect, stored, promise=None, identity=OWNER, **more):
        write("documents", f"word-{name}", comment=comment, expect=expect, of="word",
              identity=identity.hex(), stored=stored.hex(), **(promise or signed(stored)), **more)

    key = sha256(b"file key of the word")[:16]
    word = {"paper": "in de blauwe map", "translation": base32(bytes(16))}

    def sealed(plain, *stanzas):
        return header(key, *(stanzas or [stanza(key, x25519(OWNER))])) + payload(key, plain, b"word")

    good = sealed(padded_json(word))
    put("ordinary", "where the paper is", "ok", good, json=canonical(word).decode())
    empty = sealed(padded_json({"paper": "x"}))
    put("paper-alone", "one member", "ok", empty, json='{"paper":"x"}')
    put("for-another", "not for this identity", "wrong_key", good, identity=OTHER)
    put("not-what-was-signed", "another word", "forged", empty, signed(good))
    put("two-stanzas", "for two recipients", "malformed",
        sealed(padded_json(word), stanza(key, x25519(OWNER)), stanza(key, x25519(OTHER), b"2")))
    altered = bytearray(good)
    altered[-1] ^= 1
    put("altered", "one bit is another, and signed so", "forged", bytes(altered))
    put("cut", "cut short, and signed so", "forged", good[:-1])
    put("not-padded", "its JSON alone", "malformed", sealed(canonical(word)))
    put("unknown-member", "a member that is not known", "malformed",
        sealed(padded_json(word | {"x": "y"})))
    put("no-age-file", "its JSON in the clear", "malformed", padded_json(word))
    put("too-long", "longer than a word can be", "limit",
        sealed(padded_json({"paper": "x" * 65536})))


if __name__ == "__main__":
    output.main(["commitments", "padding", "documents"], commitments, padding, good_documents, refused_headers,
                refused_metadata, refused_contents, words)
