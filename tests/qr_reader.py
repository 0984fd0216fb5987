"""Reads a QR picture as a phone does: pixels, format, mask, codewords. Knows nothing of its maker.

For pictures of versions 1 to 6 at error level M, in bytes; errors are not mended: there are none.
"""

import struct
import zlib

# Data codewords of each block at level M, by version (ISO/IEC 18004, table 9).
_BLOCKS_M = {1: [16], 2: [28], 3: [44], 4: [32, 32], 5: [43, 43], 6: [27] * 4}
_MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, _c: r % 2,
    lambda _r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
Grid = list[list[int]]


def read(png: bytes) -> str:
    """The text of the picture; AssertionError where it is no QR code with a quiet zone."""
    return read_squares(_squares(_pixels(png)))


def read_squares(grid: Grid) -> str:
    """The text of its squares, 1 for dark."""
    version, mask = (len(grid) - 17) // 4, _format(grid)
    bits = _unmasked(grid, version, mask)
    words = [int("".join(map(str, bits[n : n + 8])), 2) for n in range(0, len(bits) - 7, 8)]
    return _text(_in_order(words, _BLOCKS_M[version]), version)


def _pixels(png: bytes) -> Grid:
    """1 for dark, 0 for light, of a PNG with one channel or a palette of two."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, head, palette = 8, b"", b"", b"\x00\x00\x00\xff\xff\xff"
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        head, palette = (body if name == b"IHDR" else head), (body if name == b"PLTE" else palette)
        data += body if name == b"IDAT" else b""
        at += size + 12
    width, height, depth, colour = struct.unpack(">IIBB", head[:10])
    assert (depth, colour) in {(1, 0), (1, 3)}, "one bit a pixel"
    raw, row, rows = zlib.decompress(data), (width + 7) // 8, []
    dark = [palette[3 * n] < 128 for n in (0, 1)] if colour == 3 else [True, False]
    above = bytes(row)
    for n in range(height):
        how, *line = raw[n * (row + 1) : (n + 1) * (row + 1)]
        assert how in {0, 2}, "as it is, or as what differs from the line above"
        above = bytes((a + b * (how == 2)) % 256 for a, b in zip(line, above, strict=True))
        bits = [above[x // 8] >> (7 - x % 8) & 1 for x in range(width)]
        rows.append([int(dark[bit]) for bit in bits])
    return rows


def _squares(pixels: Grid) -> Grid:
    """One value for each square, without the quiet zone around them."""
    first = next(n for n, row in enumerate(pixels) if any(row))
    left = pixels[first].index(1)
    ring = pixels[first][left:].index(0)  # the upper side of the first finder: seven squares
    assert ring % 7 == 0
    scale = ring // 7
    assert first == left >= 4 * scale, "four squares of quiet zone"
    count = (len(pixels) - 2 * first) // scale
    middle = [first + n * scale + scale // 2 for n in range(count)]
    assert not any(pixels[y][x] for y in (first // 2, -1 - first // 2) for x in range(len(pixels)))
    return [[pixels[y][x] for x in middle] for y in middle]


def _format(grid: Grid) -> int:
    """The mask, from the first of the 15 bits of format; the level must be M."""
    bits = int("".join(str(grid[8][column]) for column in range(6)), 2) ^ 0b101010
    level, mask = bits >> 4, bits >> 1 & 0b111
    assert level == 0, "error level M"
    return mask


def _reserved(size: int, version: int) -> set[tuple[int, int]]:
    """Where finders, timing, format and the alignment pattern stand."""
    taken = {(r, c) for r in range(9) for c in range(9)}
    taken |= {(r, c) for r in range(9) for c in range(size - 8, size)}
    taken |= {(r, c) for r in range(size - 8, size) for c in range(9)}
    taken |= {(6, n) for n in range(size)} | {(n, 6) for n in range(size)}
    if version > 1:
        at = size - 7
        taken |= {(r, c) for r in range(at - 2, at + 3) for c in range(at - 2, at + 3)}
    return taken


def _unmasked(grid: Grid, version: int, mask: int) -> list[int]:
    """The bits in the order of reading: in pairs of columns, from the right, up and down."""
    size, bits, up = len(grid), [], True
    taken = _reserved(size, version)
    columns = [c for c in range(size - 1, 0, -2) if c > 6] + [5, 3, 1]
    for column in columns:
        for row in range(size - 1, -1, -1) if up else range(size):
            for c in (column, column - 1):
                if (row, c) not in taken:
                    bits.append(grid[row][c] ^ (_MASKS[mask](row, c) == 0))
        up = not up
    return bits


def _in_order(words: list[int], sizes: list[int]) -> list[int]:
    """The data codewords block by block; they lie in turns."""
    blocks: list[list[int]] = [[] for _ in sizes]
    at = 0
    for n in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if n < size:
                block.append(words[at])
                at += 1
    return [word for block in blocks for word in block]


def _text(words: list[int], version: int) -> str:
    assert version < 10
    bits = "".join(f"{word:08b}" for word in words)
    assert bits[:4] == "0100", "in bytes"
    count = int(bits[4:12], 2)
    body = bits[12 : 12 + 8 * count]
    return bytes(int(body[n : n + 8], 2) for n in range(0, len(body), 8)).decode()
