#!/usr/bin/env python3
"""Writes tests/vectors/ed25519: signatures on which Ed25519 verifiers differ.

Each case is built so that a verifier that leaves out one check accepts it; `expect` is libsodium's
verdict: S below L, no point of small order as A or R, A canonical, and S*B - h*A encodes to R's bytes.
Needs Python 3 alone. Run it in any folder; it replaces the vectors beside it.
"""
import hashlib
import json

import output

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2 % P
    return (
        (x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P,
    )


IDENTITY = (0, 1)


def times(n, point):
    result = IDENTITY
    while n:
        if n & 1:
            result = add(result, point)
        point = add(point, point)
        n >>= 1
    return result


def x_of(y):
    """An x with (x, y) on the curve, or None."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return x if x * x % P == square else None


def negative(point):
    return (-point[0] % P, point[1])


def encode_raw(y, sign):
    return (y | sign << 255).to_bytes(32, "little")


def encode(point):
    return encode_raw(point[1], point[0] & 1)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y)
BASE = (BASE_X if BASE_X % 2 == 0 else P - BASE_X, BASE_Y)


def order(point):
    """The order of a point of small order."""
    n = 1
    while times(n, point) != IDENTITY:
        n += 1
    return n


def torsion_generator():
    y = 2
    while True:
        x = x_of(y)
        if x is not None:
            point = times(L, (x, y))
            if times(4, point) != IDENTITY:
                return point
        y += 1


T8 = torsion_generator()
TORSION = [times(i, T8) for i in range(8)]


def small_order_encodings():
    """(name, bytes, point) of every encoding of a point of small order that some decoder takes."""
    for point in sorted(TORSION):
        name = f"order-{order(point)}-{'odd' if point[0] & 1 else 'even'}-y{point[1] % 100:02}"
        yield name, encode(point), point, True
    for sign in (0, 1):
        point = next(t for t in TORSION if t[1] == 0 and t[0] & 1 == sign)
        yield f"order-4-y-is-p-sign-{sign}", encode_raw(P, sign), point, False
        yield f"identity-y-is-p-plus-1-sign-{sign}", encode_raw(P + 1, sign), IDENTITY, False
    yield "identity-negative-zero", encode_raw(1, 1), IDENTITY, False
    yield "order-2-negative-zero", encode_raw(P - 1, 1), (0, P - 1), False


def scalar(label):
    return int.from_bytes(hashlib.sha512(label.encode()).digest(), "little") % L


def challenge(r, a, message):
    return int.from_bytes(hashlib.sha512(r + a + message).digest(), "little") % L


def message_where(holds, r, a):
    """The first message, counting up, whose challenge satisfies `holds`."""
    for i in range(10000):
        message = f"message {i}".encode()
        if holds(challenge(r, a, message)):
            return message
    raise RuntimeError("no such message")


def write(name, comment, public, message, signature, expect):
    case = {
        "comment": comment,
        "expect": expect,
        "message": message.hex(),
        "public": public.hex(),
        "signature": signature.hex(),
    }
    text = json.dumps(case, indent=2, sort_keys=True) + "\n"
    output.write("ed25519", name, text)


def scalar_bytes(s):
    return s.to_bytes(32, "little")


def ordinary():
    a, r = scalar("a"), scalar("r")
    public, nonce = encode(times(a, BASE)), encode(times(r, BASE))
    message = b"message"
    s = (r + challenge(nonce, public, message) * a) % L
    signature = nonce + scalar_bytes(s)
    write("ordinary", "an ordinary signature", public, message, signature, "valid")
    write("other-message", "the signature of another message", public, b"massage", signature,
          "invalid")
    for bit in (0, 255, 256, 504):
        flipped = bytearray(signature)
        flipped[bit // 8] ^= 1 << bit % 8
        write(f"flipped-bit-{bit}", f"bit {bit} of the signature flipped", public, message,
              bytes(flipped), "invalid")
    write("s-plus-l", "S + L in place of S: satisfies the equation, but is a second signature",
          public, message, nonce + scalar_bytes(s + L), "invalid")
    n = (2**256 - 1 - s) // L
    write("s-plus-many-l", "the largest S + n * L of 32 bytes", public, message,
          nonce + scalar_bytes(s + n * L), "invalid")
    write("s-is-l", "S is L itself", public, message, nonce + scalar_bytes(L), "invalid")
    write("s-all-ones", "S of 32 bytes 0xff", public, message, nonce + b"\xff" * 32, "invalid")
    off_curve = next(y for y in range(2, 100) if x_of(y) is None)
    write("public-key-off-curve", "no point has A's y", encode_raw(off_curve, 0), message,
          signature, "invalid")
    write("all-zero", "key and signature of zeros", bytes(32), message, bytes(64), "invalid")


def mixed_order():
    a, r = scalar("mixed a"), scalar("mixed r")
    t = T8
    public = encode(add(times(a, BASE), t))
    nonce = encode(times(r, BASE))

    message = message_where(lambda h: h % 8 == 0, nonce, public)
    s = (r + challenge(nonce, public, message) * a) % L
    write("mixed-order-key-exact",
          "A has a part of order 8 that the challenge cancels: the equation holds exactly",
          public, message, nonce + scalar_bytes(s), "valid")

    message = message_where(lambda h: h % 8 == 1, nonce, public)
    s = (r + challenge(nonce, public, message) * a) % L
    write("mixed-order-key-cofactored",
          "A has a part of order 8: the equation holds only when multiplied by 8",
          public, message, nonce + scalar_bytes(s), "invalid")

    for i in (1, 2, 4):
        nonce = encode(add(times(r, BASE), TORSION[i]))
        message = message_where(lambda h: (h + i) % 8 == 0, nonce, public)
        s = (r + challenge(nonce, public, message) * a) % L
        write(f"mixed-order-key-and-r-exact-{i}",
              "A and R have parts of small order that cancel: the equation holds exactly",
              public, message, nonce + scalar_bytes(s), "valid")
        message = message_where(lambda h: (h + i) % 8 == 4, nonce, public)
        s = (r + challenge(nonce, public, message) * a) % L
        write(f"mixed-order-key-and-r-cofactored-{i}",
              "A and R have parts of small order: the equation holds only when multiplied by 8",
              public, message, nonce + scalar_bytes(s), "invalid")

    honest = encode(times(a, BASE))
    nonce = encode(add(times(r, BASE), t))
    message = b"message"
    s = (r + challenge(nonce, honest, message) * a) % L
    write("mixed-order-r-cofactored",
          "R has a part of order 8: the equation holds only when multiplied by 8",
          honest, message, nonce + scalar_bytes(s), "invalid")


def small_order_keys():
    r = scalar("small order r")
    nonce = encode(times(r, BASE))
    for name, public, point, canonical in small_order_encodings():
        n = order(point)
        message = message_where(lambda h: h % n == 0, nonce, public)
        write(f"small-order-key-{name}",
              f"A has order {n}{'' if canonical else ' and is not canonical'}: "
              "S = r satisfies the equation without any secret key",
              public, message, nonce + scalar_bytes(r), "invalid")
        zero = encode(IDENTITY)
        message = message_where(lambda h: h % n == 0, zero, public)
        write(f"small-order-key-and-r-{name}",
              f"A has order {n}{'' if canonical else ' and is not canonical'}, R is the identity "
              "and S is 0: satisfies the equation for anyone",
              public, message, zero + scalar_bytes(0), "invalid")


def small_order_r():
    a = scalar("small order a")
    for name, nonce, point, canonical in small_order_encodings():
        # A's part of small order makes the equation exact: S*B - h*A = -h*T = R.
        t = negative(T8)
        public = encode(add(times(a, BASE), t))
        i = TORSION.index(point)
        message = message_where(lambda h: h % 8 == i, nonce, public)
        s = challenge(nonce, public, message) * a % L
        write(f"small-order-r-{name}",
              f"R has order {order(point)}{'' if canonical else ' and is not canonical'}: "
              "the equation holds exactly for the point",
              public, message, nonce + scalar_bytes(s), "invalid")


if __name__ == "__main__":
    output.main(["ed25519"], ordinary, mixed_order, small_order_keys, small_order_r)
