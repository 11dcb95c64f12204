"""The primitives of the formats, written plainly for the vector generators. Needs Python 3 alone.

Slow, and not in constant time: for test data, never for anyone's secrets.
"""
import hashlib
import hmac
import struct

MASK32 = 2**32 - 1
MASK64 = 2**64 - 1


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def hkdf(key, info, salt=b"", size=32):
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    out, block = b"", b""
    while len(out) < size:
        block = hmac.digest(extracted, block + info + bytes([len(out) // 32 + 1]), "sha256")
        out += block
    return out[:size]


def _rotate(value, count):
    return (value << count | value >> 32 - count) & MASK32


def _chacha_rounds(words):
    def quarter(a, b, c, d):
        w[a] = w[a] + w[b] & MASK32
        w[d] = _rotate(w[d] ^ w[a], 16)
        w[c] = w[c] + w[d] & MASK32
        w[b] = _rotate(w[b] ^ w[c], 12)
        w[a] = w[a] + w[b] & MASK32
        w[d] = _rotate(w[d] ^ w[a], 8)
        w[c] = w[c] + w[d] & MASK32
        w[b] = _rotate(w[b] ^ w[c], 7)

    w = list(words)
    for _ in range(10):
        for column in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
            quarter(*column)
        for diagonal in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(*diagonal)
    return w


_CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")


def _chacha_block(key, counter, nonce):
    state = _CONSTANTS + struct.unpack("<8I", key) + (counter,) + struct.unpack("<3I", nonce)
    mixed = _chacha_rounds(state)
    return struct.pack("<16I", *((a + b) & MASK32 for a, b in zip(mixed, state)))


def _chacha(key, nonce, data):
    out = bytearray()
    for i in range(0, len(data), 64):
        stream = _chacha_block(key, i // 64 + 1, nonce)
        out += bytes(a ^ b for a, b in zip(data[i : i + 64], stream))
    return bytes(out)


def _poly1305(key, message):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for i in range(0, len(message), 16):
        total = (total + int.from_bytes(message[i : i + 16] + b"\1", "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def _padded(data):
    return data + bytes(-len(data) % 16)


def chacha_seal(key, nonce, plain, associated=b""):
    """ChaCha20-Poly1305 of RFC 8439: ciphertext and tag."""
    sealed = _chacha(key, nonce, plain)
    lengths = struct.pack("<QQ", len(associated), len(sealed))
    one_time = _chacha_block(key, 0, nonce)[:32]
    return sealed + _poly1305(one_time, _padded(associated) + _padded(sealed) + lengths)


def xchacha_seal(key, nonce, plain, associated):
    """nonce (24 bytes), then XChaCha20-Poly1305."""
    mixed = _chacha_rounds(_CONSTANTS + struct.unpack("<8I", key) + struct.unpack("<4I", nonce[:16]))
    subkey = struct.pack("<8I", *mixed[:4], *mixed[12:])
    return nonce + chacha_seal(subkey, bytes(4) + nonce[16:], plain, associated)


def x25519(scalar, point=(9).to_bytes(32, "little")):
    p = 2**255 - 19
    k = int.from_bytes(scalar, "little") & ~7 & 2**255 - 1 | 2**254
    x1 = int.from_bytes(point, "little") & 2**255 - 1
    x2, z2, x3, z3, swapped = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if bit ^ swapped:
            x2, z2, x3, z3 = x3, z3, x2, z2
        swapped = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb = d * a, c * b
        x3, z3 = (da + cb) ** 2 % p, x1 * (da - cb) ** 2 % p
        aa, bb = a * a % p, b * b % p
        e = aa - bb
        x2, z2 = aa * bb % p, e * (aa + 121665 * e) % p
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, p - 2, p) % p).to_bytes(32, "little")


def ed25519_public(seed):
    p = 2**255 - 19
    d = -121665 * pow(121666, p - 2, p) % p
    y = 4 * pow(5, p - 2, p) % p
    x = pow((y * y - 1) * pow(d * y * y + 1, p - 2, p) % p, (p + 3) // 8, p)
    if (x * x - (y * y - 1) * pow(d * y * y + 1, p - 2, p)) % p:
        x = x * pow(2, (p - 1) // 4, p) % p
    if x & 1:
        x = p - x

    def add(one, other):
        (x1, y1), (x2, y2) = one, other
        k = d * x1 * x2 * y1 * y2 % p
        return (
            (x1 * y2 + x2 * y1) * pow(1 + k, p - 2, p) % p,
            (y1 * y2 + x1 * x2) * pow(1 - k, p - 2, p) % p,
        )

    scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    scalar = scalar & ~7 & 2**254 - 1 | 2**254
    result, point = (0, 1), (x, y)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return (result[1] | (result[0] & 1) << 255).to_bytes(32, "little")


def _blake2b_long(size, data):
    data = struct.pack("<I", size) + data
    if size <= 64:
        return hashlib.blake2b(data, digest_size=size).digest()
    block = hashlib.blake2b(data).digest()
    out = block[:32]
    while size - len(out) > 64:
        block = hashlib.blake2b(block).digest()
        out += block[:32]
    return out + hashlib.blake2b(block, digest_size=size - len(out)).digest()


def _argon_rounds(v, places):
    def mix(a, b, c, d):
        va, vb, vc, vd = v[a], v[b], v[c], v[d]
        va = va + vb + 2 * (va & MASK32) * (vb & MASK32) & MASK64
        vd ^= va
        vd = vd >> 32 | vd << 32 & MASK64
        vc = vc + vd + 2 * (vc & MASK32) * (vd & MASK32) & MASK64
        vb ^= vc
        vb = vb >> 24 | vb << 40 & MASK64
        va = va + vb + 2 * (va & MASK32) * (vb & MASK32) & MASK64
        vd ^= va
        vd = vd >> 16 | vd << 48 & MASK64
        vc = vc + vd + 2 * (vc & MASK32) * (vd & MASK32) & MASK64
        vb ^= vc
        v[a], v[b], v[c], v[d] = va, vb >> 63 | vb << 1 & MASK64, vc, vd

    for a, b, c, d in (
        (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
        (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
    ):
        mix(places[a], places[b], places[c], places[d])


_ROWS = [[16 * i + j for j in range(16)] for i in range(8)]
_COLUMNS = [[2 * i + 16 * (j // 2) + j % 2 for j in range(16)] for i in range(8)]


def _argon_compress(x, y):
    start = [a ^ b for a, b in zip(x, y)]
    v = list(start)
    for places in _ROWS:
        _argon_rounds(v, places)
    for places in _COLUMNS:
        _argon_rounds(v, places)
    return [a ^ b for a, b in zip(v, start)]


def argon2id(passphrase, salt, size, passes, kibibytes):
    """Argon2id version 1.3 (RFC 9106) with one lane."""
    def field(data):
        return struct.pack("<I", len(data)) + data

    start = hashlib.blake2b(
        struct.pack("<6I", 1, size, kibibytes, passes, 0x13, 2)
        + field(passphrase) + field(salt) + field(b"") + field(b"")
    ).digest()
    segment = kibibytes // 4
    count = 4 * segment
    memory = [None] * count
    for i in range(2):
        block = _blake2b_long(1024, start + struct.pack("<2I", i, 0))
        memory[i] = list(struct.unpack("<128Q", block))

    zero = [0] * 128
    for n in range(passes):
        for s in range(4):
            independent = n == 0 and s < 2
            for i in range(segment):
                if independent and i % 128 == 0:
                    inputs = [n, 0, s, count, passes, 2, i // 128 + 1] + [0] * 121
                    addresses = _argon_compress(zero, _argon_compress(zero, inputs))
                place = s * segment + i
                if n == 0 and place < 2:
                    continue
                previous = memory[place - 1]
                chosen = (addresses[i % 128] if independent else previous[0]) & MASK32
                area = place - 1 if n == 0 else count - segment + i - 1
                offset = area - 1 - (area * (chosen * chosen >> 32) >> 32)
                first = 0 if n == 0 else (s + 1) * segment
                block = _argon_compress(previous, memory[(first + offset) % count])
                if n > 0:
                    block = [a ^ b for a, b in zip(block, memory[place])]
                memory[place] = block
    return _blake2b_long(size, struct.pack("<128Q", *memory[-1]))
