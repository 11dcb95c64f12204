#!/usr/bin/env python3
"""Reads the QR code that a terminal shows: on standard input, in half blocks, dark on white.

Prints its text; ends with an error where a scanner would be in doubt: no quiet zone, no square, a
finder or timing pattern that is none, or data that is not as its version says. Errors are not
corrected: what is printed has none. Versions 1 to 10, in bytes, with error correction M, as kluis
writes them (ISO/IEC 18004).
"""
import re
import sys

# The standard asks for 4 modules; scanners take 2, which leaves room on a terminal of 80 columns.
QUIET = 4
FINDER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
# By version, for level M: how many data codewords each block has.
BLOCKS = [[16], [28], [44], [32] * 2, [43] * 2, [27] * 4, [31] * 4, [38] * 2 + [39] * 2,
          [36] * 3 + [37] * 2, [43] * 4 + [44]]
# By version, the codewords of error correction of each block.
CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
ALIGNED = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46],
           [6, 28, 50]]
LEVEL_M = 0b00
FORMAT_MASK = 0b101010000010010
FLIPPED = [
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
]


def modules(shown):
    """The rows of the code with its quiet zone: 1 is dark."""
    rows = []
    for line in re.findall(r"\x1b\[30;107m([ ▀▄█]*)\x1b\[0m", shown):
        rows.append(["01"[mark in "▀█"] for mark in line])
        rows.append(["01"[mark in "▄█"] for mark in line])
    return ["".join(row) for row in rows]


def without_quiet_zone(rows):
    drawn = [number for number, row in enumerate(rows) if "1" in row]
    assert drawn, "there is no code"
    top, size = drawn[0], drawn[-1] - drawn[0] + 1
    left = rows[top].index("1")
    inner = [row[left:left + size] for row in rows[top:top + size]]
    around = [row[:left] + row[left + size:] for row in rows]
    assert not any("1" in part for part in around), "it is no square"
    assert all(side >= QUIET for side in (
        top, left, len(rows) - top - size, len(rows[0]) - left - size)), "the quiet zone is narrow"
    return inner


def require_patterns(code):
    size = len(code)
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        found = [line[column:column + 7] for line in code[row:row + 7]]
        assert found == FINDER, f"there is no finder pattern at {row}, {column}"
    timing = "".join("10"[i % 2] for i in range(8, size - 8))
    assert code[6][8:size - 8] == timing, "no timing pattern from left to right"
    assert "".join(row[6] for row in code)[8:size - 8] == timing, "nor from top to bottom"


def mask_of(code):
    """The mask, by the format's bits beside the finder at the top left."""
    bits = "".join(code[8][c] for c in (0, 1, 2, 3, 4, 5, 7, 8))
    bits += "".join(code[r][8] for r in (7, 5, 4, 3, 2, 1, 0))
    information = int(bits, 2) ^ FORMAT_MASK
    assert information >> 13 == LEVEL_M, "the error correction is not M"
    return information >> 10 & 7


def is_data(version, row, column):
    size = 17 + 4 * version
    if row == 6 or column == 6:
        return False
    if (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9):
        return False
    if version >= 7 and (row < 6 and column >= size - 11 or column < 6 and row >= size - 11):
        return False
    centres = ALIGNED[version - 1]
    corners = ((6, 6), (6, size - 7), (size - 7, 6))
    return not any(abs(row - r) <= 2 and abs(column - c) <= 2
                   for r in centres for c in centres if (r, c) not in corners)


def codewords(code, version):
    """In the order in which they are drawn: in pairs of columns, up and down by turns."""
    size, flipped, bits, upward = len(code), FLIPPED[mask_of(code)], [], True
    for right in [c for c in range(size - 1, 6, -2)] + [5, 3, 1]:
        for row in range(size - 1, -1, -1) if upward else range(size):
            for column in (right, right - 1):
                if is_data(version, row, column):
                    bits.append(int(code[row][column]) ^ flipped(row, column))
        upward = not upward
    return [int("".join(map(str, bits[i:i + 8])), 2) for i in range(0, len(bits) // 8 * 8, 8)]


def data(drawn, version):
    """The data of all blocks, of which the codewords are drawn in turn."""
    sizes = BLOCKS[version - 1]
    assert len(drawn) == sum(sizes) + CORRECTION[version - 1] * len(sizes), "codewords are missing"
    blocks, rest = [[] for _ in sizes], iter(drawn)
    for i in range(max(sizes)):
        for block, size in zip(blocks, sizes):
            if i < size:
                block.append(next(rest))
    return [word for block in blocks for word in block]


def text_of(words, version):
    bits = "".join(f"{word:08b}" for word in words)
    count = 8 if version < 10 else 16
    assert bits[:4] == "0100", "the code does not hold bytes"
    length = int(bits[4:4 + count], 2)
    body = bits[4 + count:4 + count + 8 * length]
    return bytes(int(body[i:i + 8], 2) for i in range(0, len(body), 8)).decode()


def main():
    code = without_quiet_zone(modules(sys.stdin.read()))
    require_patterns(code)
    version = (len(code) - 17) // 4
    assert 17 + 4 * version == len(code) and version <= len(BLOCKS), "a size that is none"
    print(text_of(data(codewords(code, version), version), version))


main()
