"""Line plots over a grid, as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

PLOT_WIDTH, PLOT_HEIGHT = 720, 420
"""Width and height of a plot, in pixels."""
LEFT_MARGIN, RIGHT_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 60, 200, 40, 50
"""Margins around the grid, in pixels."""
COLOURS = ("#0b6e4f", "#c0392b", "#2c3e91", "#b7791f", "#6b4c9a", "#5a6570", "#1b9aaa")
"""The colours of the lines, in turn."""
Point = tuple[float, float]
"""x and y."""


@dataclass(frozen=True)
class Series:
    """One line of a plot."""

    name: str
    points: Sequence[Point]
    dashed: bool = False
    """The line is dashed."""
    bars: Sequence[Point] = ()
    """To each point, the low and high end of its interval; empty: no bars."""


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high`, with a line of the grid at each tick."""

    name: str
    low: float
    high: float
    ticks: Sequence[float]


def plot(title: str, across: Axis, up: Axis, series: Sequence[Series]) -> str:
    """The plot as SVG; what lies beyond the axes is drawn at their ends."""

    def x(value: float) -> float:
        share = (min(max(value, across.low), across.high) - across.low) / (across.high - across.low)
        return round(LEFT_MARGIN + share * (PLOT_WIDTH - LEFT_MARGIN - RIGHT_MARGIN), 1)

    def y(value: float) -> float:
        share = (min(max(value, up.low), up.high) - up.low) / (up.high - up.low)
        return round(PLOT_HEIGHT - BOTTOM_MARGIN - share * (PLOT_HEIGHT - TOP_MARGIN - BOTTOM_MARGIN), 1)

    def text(at: Point, words: str, anchor: str = "middle", colour: str = "#333") -> str:
        return f'<text x="{at[0]}" y="{at[1]}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'

    def line(begin: Point, end: Point, colour: str) -> str:
        return f'<line x1="{begin[0]}" y1="{begin[1]}" x2="{end[0]}" y2="{end[1]}" stroke="{colour}"/>'

    middle = (LEFT_MARGIN + PLOT_WIDTH - RIGHT_MARGIN) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PLOT_WIDTH} {PLOT_HEIGHT}"',
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{PLOT_WIDTH}" height="{PLOT_HEIGHT}" fill="white"/>',
        text((middle, 22), title),
        text((middle, PLOT_HEIGHT - 8), across.name),
        text((LEFT_MARGIN, TOP_MARGIN - 8), up.name),
    ]
    for tick in across.ticks:
        parts += [line((x(tick), y(up.low)), (x(tick), y(up.high)), "#ddd")]
        parts += [text((x(tick), PLOT_HEIGHT - BOTTOM_MARGIN + 18), f"{tick:g}")]
    for tick in up.ticks:
        parts += [line((x(across.low), y(tick)), (x(across.high), y(tick)), "#ddd")]
        parts += [text((LEFT_MARGIN - 8, y(tick) + 4), f"{tick:g}", "end")]
    for number, each in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        dashes = ' stroke-dasharray="5 4"' if each.dashed else ""
        path = " ".join(f"{x(a)},{y(b)}" for a, b in each.points)
        parts += [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>']
        bars = zip(each.points, each.bars, strict=bool(each.bars))
        parts += [line((x(at), y(low)), (x(at), y(high)), colour) for (at, _), (low, high) in bars]
        parts += [text((PLOT_WIDTH - RIGHT_MARGIN + 12, TOP_MARGIN + 20 * number + 8), each.name, "start", colour)]
    return "\n".join([*parts, "</svg>", ""])
