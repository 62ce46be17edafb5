"""The chart of the history: a bar for each day or week, and how it felt by the form of a sign, never by a colour.

Pure. The last day with a session ends the chart, so that no clock is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from assistant.history.periods import DAYS_PER_WEEK, Total, total
from assistant.history.picture.shapes import MARK, Bar, FeltMark, Label, Picture, Shape, Sign
from assistant.history.report import MINUTE_SECONDS, NOTHING, in_sum, numbers
from assistant.history.stretch_record import StretchRecord, worth_counting

MOST_DAYS, MOST_WEEKS = 28, 26
"""Most days that are drawn as days, and most weeks; of a longer history the last ones."""
WIDTH, HEIGHT = 960, 420
"""Size of the picture, in pixels."""
LEFT, RIGHT, TOP, FLOOR = 90, 20, 50, 270
"""Left and right margin, and the upper and lower edge of the bars, in pixels."""
ROW = 26
"""Height of a row of signs, in pixels."""
SIGNS: tuple[tuple[str, Sign], ...] = (("better", "up"), ("same", "ring"), ("worse", "down"))
"""How it felt, and its sign."""
LEAST_TOP = 5
"""Least number of minutes at the top of the scale."""
MOST_DATES = 10
"""Most dates that are written below the bars."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A day or a week."""

    first: date
    """Its first day."""
    done: Total
    """What was done in it."""
    before: int | None = None
    """The median of the numbers told before its sessions, 0 to 10; None: none was."""
    after: int | None = None
    """That of the numbers told after them."""

    @property
    def minutes(self) -> float:
        """Time from beginning to end of its sessions, in minutes; where that is not known, in holds."""
        seconds = self.done.held if self.done.length is None else self.done.length
        return seconds / MINUTE_SECONDS


def chart(past: Sequence[StretchRecord]) -> Picture:
    """Draw the sessions whose day is known, and tell the same in words."""
    known = [record for record in worth_counting(past) if record.day is not None]
    days = sorted(record.day for record in known if record.day is not None)
    if not days:
        return Picture(WIDTH, HEIGHT, (Label(LEFT, TOP, NOTHING),), "Stretching", NOTHING)
    by_week = (days[-1] - days[0]).days >= MOST_DAYS
    spans = _spans(known, days[0], days[-1], by_week=by_week)
    title = f"Minutes of stretching each {'week' if by_week else 'day'}, {spans[0].first} to {days[-1]}"
    shown = [record for record in known if record.day is not None and record.day >= spans[0].first]
    height = HEIGHT + (2 * ROW if _rated(spans) else 0)
    return Picture(WIDTH, height, tuple(_shapes(spans, title)), title, _told(spans, title, shown, by_week=by_week))


def _spans(known: Sequence[StretchRecord], first: date, last: date, *, by_week: bool) -> list[_Span]:
    step = DAYS_PER_WEEK if by_week else 1
    first = first - timedelta(days=first.weekday()) if by_week else first
    count = (last - first).days // step + 1
    begins = [first + timedelta(days=at * step) for at in range(count)]
    begins = begins[-MOST_WEEKS:] if by_week else begins
    of: dict[date, list[StretchRecord]] = {begin: [] for begin in begins}
    for record in known:
        if record.day is not None and record.day >= begins[0]:
            of[begins[(record.day - begins[0]).days // step]].append(record)
    return [_span(begin, records) for begin, records in of.items()]


def _span(first: date, records: Sequence[StretchRecord]) -> _Span:
    before = [record.before for record in records if record.before is not None]
    after = [record.after for record in records if record.after is not None]
    median = [median_low(told) if told else None for told in (before, after)]
    return _Span(first, total(records), *median)


def _rated(spans: Sequence[_Span]) -> bool:
    """Whether a number was told in any of them."""
    return any(span.before is not None or span.after is not None for span in spans)


def _shapes(spans: Sequence[_Span], title: str) -> list[Shape]:
    top = max(LEAST_TOP, -(-int(max(span.minutes for span in spans) + 0.999) // LEAST_TOP) * LEAST_TOP)
    pitch = (WIDTH - LEFT - RIGHT) // len(spans)
    bar = max(4, min(60, pitch * 2 // 3))
    shapes: list[Shape] = [Label(LEFT, 14, title), Bar(LEFT - 4, FLOOR, WIDTH - LEFT - RIGHT + 4, 2)]
    for share in (0, 1, 2):
        y = FLOOR - (FLOOR - TOP) * share // 2
        value = f"{top * share / 2:g}"
        shapes += [Label(LEFT - 12, y - 7, value, "end"), Bar(LEFT - 8, y, 6, 2)]
    shapes += [Label(10, FLOOR + 8 + ROW * (at + 1), how) for at, (how, _) in enumerate(SIGNS)]
    rows = len(SIGNS) + 1
    if _rated(spans):
        shapes += [Label(10, FLOOR + 8 + ROW * (rows + at), how) for at, how in enumerate(("before", "after"))]
    every = -(-len(spans) // MOST_DATES)
    for at, span in enumerate(spans):
        middle = LEFT + at * pitch + pitch // 2
        height = round((FLOOR - TOP) * span.minutes / top)
        shapes.append(Bar(middle - bar // 2, FLOOR - height, bar, height))
        if at % every == 0:
            shapes.append(Label(middle, FLOOR + 8, f"{span.first.day}/{span.first.month}", "middle"))
        for row, (how, sign) in enumerate(SIGNS, 1):
            if number := span.done.felt[how]:
                shapes.append(FeltMark(middle - MARK // 2, FLOOR + 9 + ROW * row, sign))
                if number > 1:
                    shapes.append(Label(middle + MARK, FLOOR + 8 + ROW * row, str(number)))
        for row, told in enumerate((span.before, span.after), rows):
            if told is not None:
                shapes.append(Label(middle, FLOOR + 8 + ROW * row, str(told), "middle"))
    return shapes


def _told(spans: Sequence[_Span], title: str, past: Sequence[StretchRecord], *, by_week: bool) -> str:
    lines = []
    for span in spans:
        if span.done.sessions:
            felt = [f"{how} {span.done.felt[how]}" for how, _ in SIGNS if span.done.felt[how]]
            begin = f"week of {span.first}" if by_week else f"{span.first}"
            number = f"{span.done.sessions} session{'' if span.done.sessions == 1 else 's'}"
            rated = (f"0 to 10: {told}",) if (told := numbers(span.before, span.after)) else ()
            lines.append(", ".join((f"{begin}: {span.minutes:.0f} min, {number}", *felt, *rated)))
    return f"{title}. {in_sum(past)} {'; '.join(lines)}."
