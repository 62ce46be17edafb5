"""A picture as SVG, with its title and its text alternative for screen readers."""

from typing import assert_never
from xml.sax.saxutils import escape

from assistant.history.picture.shapes import MARK, Bar, FeltMark, Label, Picture, Shape, Sign

TEXT_SIZE, BASELINE = 14, 12
"""Size of a text, and how far its baseline lies below its upper edge."""


def as_svg(picture: Picture) -> str:
    """The picture as an SVG document."""
    size = f'width="{picture.width}" height="{picture.height}" viewBox="0 0 {picture.width} {picture.height}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title told">',
            f'<title id="title">{escape(picture.title)}</title>',
            f'<desc id="told">{escape(picture.told)}</desc>',
            f'<rect width="{picture.width}" height="{picture.height}" fill="white"/>',
            f'<g fill="black" font-family="sans-serif" font-size="{TEXT_SIZE}">',
            *(_drawn(shape) for shape in picture.shapes),
            "</g>",
            "</svg>",
            "",
        )
    )


def _drawn(shape: Shape) -> str:
    match shape:
        case Bar(x=x, y=y, width=width, height=height):
            return f'<rect x="{x}" y="{y}" width="{width}" height="{height}"/>'
        case Label(x=x, y=y, text=text, anchor=anchor):
            return f'<text x="{x}" y="{y + BASELINE}" text-anchor="{anchor}">{escape(text)}</text>'
        case FeltMark(x=x, y=y, sign=sign):
            return _mark(x, y, sign)
        case _:
            assert_never(shape)


def _mark(x: int, y: int, sign: Sign) -> str:
    match sign:
        case "up":
            return f'<path d="M{x} {y + MARK}h{MARK}l{-MARK // 2} {-MARK}z"/>'
        case "down":
            return f'<path d="M{x} {y}h{MARK}l{-MARK // 2} {MARK}z"/>'
        case "ring":
            middle = f'cx="{x + MARK // 2}" cy="{y + MARK // 2}"'
            return f'<circle {middle} r="{MARK // 2 - 1}" fill="none" stroke="black" stroke-width="2"/>'
        case _:
            assert_never(sign)
