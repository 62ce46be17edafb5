"""A picture as plain shapes, black on white; what draws them is another matter. Lengths are pixels, y goes down."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Anchor = Literal["start", "middle", "end"]
"""Which point of a text stands at its place."""
Sign = Literal["up", "ring", "down"]
"""A sign that is told apart by its form alone: a full triangle up, an empty ring, a full triangle down."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A full rectangle."""

    x: int
    """Left edge."""
    y: int
    """Upper edge."""
    width: int
    """Width."""
    height: int
    """Height; a line is a thin bar."""


@dataclass(frozen=True, slots=True)
class FeltMark:
    """A sign in a square of side MARK."""

    x: int
    """Left edge."""
    y: int
    """Upper edge."""
    sign: Sign
    """Which sign."""


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text."""

    x: int
    """Where its anchor stands."""
    y: int
    """Its upper edge."""
    text: str
    """The text."""
    anchor: Anchor = "start"
    """Which point of it stands at `x`."""


Shape: TypeAlias = Bar | FeltMark | Label
"""Anything in a picture."""
MARK = 12
"""Side of a mark."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its text alternative."""

    width: int
    """Width."""
    height: int
    """Height."""
    shapes: tuple[Shape, ...]
    """What is in it."""
    title: str
    """Its title."""
    told: str
    """The same in words, for somebody who does not see it."""
