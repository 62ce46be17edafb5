"""A picture as PNG, in shades of grey, with its title and its text alternative in the file."""

import struct
import zlib
from typing import assert_never

from assistant.history.picture.glyphs import COLUMNS, GLYPHS, ROWS
from assistant.history.picture.shapes import MARK, Bar, FeltMark, Label, Picture, Shape

WHITE, BLACK = 255, 0
"""The two shades."""
DOT = 2
"""Pixels to a dot of a letter."""
ADVANCE = (COLUMNS + 1) * DOT
"""Pixels from one letter to the next."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def as_png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    rows = [bytearray([WHITE]) * picture.width for _ in range(picture.height)]
    for shape in picture.shapes:
        _draw(rows, shape)
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 0, 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"iTXt", _text("Title", picture.title)),
            _chunk(b"iTXt", _text("Description", picture.told)),
            _chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _text(keyword: str, text: str) -> bytes:
    """International text, not compressed, of no named language."""
    return keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()


def _draw(rows: list[bytearray], shape: Shape) -> None:
    match shape:
        case Bar(x=x, y=y, width=width, height=height):
            _fill(rows, x, y, width, height)
        case Label(x=x, y=y, text=text, anchor=anchor):
            width = len(text) * ADVANCE - DOT
            left = x if anchor == "start" else x - width if anchor == "end" else x - width // 2
            _write(rows, left, y, text)
        case FeltMark(x=x, y=y, sign=sign):
            for row in range(MARK):
                half = (row if sign == "up" else MARK - 1 - row) // 2
                if sign == "ring":
                    _ring_row(rows, x, y, row)
                else:
                    _fill(rows, x + MARK // 2 - half - 1, y + row, 2 * half + 2, 1)
        case _:
            assert_never(shape)


def _fill(rows: list[bytearray], x: int, y: int, width: int, height: int) -> None:
    """Make a rectangle black, as far as it lies in the picture."""
    for row in rows[max(0, y) : max(0, y + height)]:
        left, right = max(0, x), min(len(row), x + width)
        row[left:right] = bytes([BLACK]) * max(0, right - left)


def _ring_row(rows: list[bytearray], x: int, y: int, row: int) -> None:
    middle, outer, inner = (MARK - 1) / 2, (MARK / 2) ** 2, (MARK / 2 - 2) ** 2
    for column in range(MARK):
        if inner <= (column - middle) ** 2 + (row - middle) ** 2 <= outer:
            _fill(rows, x + column, y + row, 1, 1)


def _write(rows: list[bytearray], x: int, y: int, text: str) -> None:
    for at, letter in enumerate(text):
        for column, dots in enumerate(GLYPHS.get(letter, GLYPHS[" "])):
            for row in range(ROWS):
                if dots >> row & 1:
                    _fill(rows, x + at * ADVANCE + column * DOT, y + row * DOT, DOT, DOT)
