"""The history in print: a table, lines of JSON, CSV. Pure: records in, text out."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.history.periods import total
from assistant.history.stretch_record import StretchRecord

NOTHING = "No stretch session is on record."
FIELD_NAMES = (
    "began",
    "ended",
    "routine",
    "movements",
    "seconds",
    "seconds_held",
    "completed",
    "felt",
    "before",
    "after",
)
"""The fields of a session in JSON and CSV, in order; times are ISO 8601 with their zone, empty where not known."""
MINUTE_SECONDS = 60
"""Seconds in a minute."""


def fields(record: StretchRecord) -> dict[str, Any]:
    """A session as plain data; None: not known."""
    return {
        "began": None if record.began is None else record.began.isoformat(),
        "ended": None if record.ended is None else record.ended.isoformat(),
        "routine": record.routine,
        "movements": list(record.movements),
        "seconds": record.length,
        "seconds_held": record.held,
        "completed": record.completed,
        "felt": record.felt,
        "before": record.before,
        "after": record.after,
    }


def json_lines(past: Sequence[StretchRecord]) -> list[str]:
    """One JSON object a session."""
    return [json.dumps(fields(record)) for record in past]


def as_json(past: Sequence[StretchRecord]) -> str:
    """All sessions as one JSON array."""
    return json.dumps([fields(record) for record in past], indent=2)


def as_csv(past: Sequence[StretchRecord]) -> str:
    """All sessions as CSV with a header; the movements of one are separated by spaces."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELD_NAMES, lineterminator="\n")
    writer.writeheader()
    for record in past:
        writer.writerow({**fields(record), "movements": " ".join(record.movements)})
    return text.getvalue().rstrip("\n")


def table(past: Sequence[StretchRecord], titles: Mapping[str, str]) -> list[str]:
    """The sessions as lines for a person, in order, and their sum. `titles`: of routines and movements, by key."""
    if not past:
        return [NOTHING]
    rows: list[tuple[str, ...]] = [("when", "what", "length", "in holds", "after it", "0 to 10")]
    rows += [_row(record, titles) for record in past]
    if not any(row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]  # no number was told
    rows = [(*row[:-1], row[-1] or "-") for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [*lines, "", in_sum(past)]


def _row(record: StretchRecord, titles: Mapping[str, str]) -> tuple[str, ...]:
    when = "not known" if record.ended is None else f"{record.ended:%Y-%m-%d %H:%M}"
    keys = (record.routine,) if record.routine is not None else tuple(dict.fromkeys(record.movements))
    what = ", ".join(titles.get(key, key) for key in keys) or "a movement"
    return (
        when,
        what if record.completed else f"{what} (in part)",
        minutes(record.length),
        minutes(record.held),
        record.felt or "-",
        numbers(record.before, record.after),
    )


def numbers(before: float | None, after: float | None) -> str:
    """How the back was before and after, as numbers: "6 to 4"; a dash for one that is not known; empty: neither is."""
    if before is None and after is None:
        return ""
    return " to ".join("-" if each is None else f"{each:g}" for each in (before, after))


def minutes(seconds: float | None) -> str:
    """A length as minutes and seconds, 4:05; a dash where it is not known."""
    if seconds is None:
        return "-"
    whole, rest = divmod(round(seconds), MINUTE_SECONDS)
    return f"{whole}:{rest:02}"


def in_sum(past: Sequence[StretchRecord]) -> str:
    """What some sessions come to, in one line."""
    done = total(past)
    number = "1 session" if done.sessions == 1 else f"{done.sessions} sessions"
    length = "" if done.length is None else f", {minutes(done.length)} minutes"
    felt = ", ".join(f"{how} after {done.felt[how]}" for how in ("better", "same", "worse") if done.felt[how])
    return f"In all {number}{length}{f'; {felt}' if felt else ''}."
