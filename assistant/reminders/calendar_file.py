"""Reminders as an iCalendar file (RFC 5545), for the calendar of a telephone or computer, and back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.errors import LimberError
from assistant.reminders.phrases import clock_words, days_words, every_words
from assistant.reminders.recurrence import Reminder, check_rule
from assistant.reminders.wishes import SHORTEST
from intents.reminding.time_words import DAYS_IN_ORDER, EVERY_DAY

LARGEST_CALENDAR = 5_000_000
"""Size in bytes of the largest file that is read."""
ALL_DAY = time(9)
"""When one is reminded of what a calendar has for a whole day."""
_ID, _TEXT, _PHRASE = "X-LIMBER-ID", "X-LIMBER-TEXT", "X-LIMBER-PHRASE"
"""Properties that tell what the other properties of an event cannot."""
_SHORT = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
"""To a frequency that counts time as it passes, its unit in seconds."""
_LONG = {"MONTHLY": "every month", "YEARLY": "every year"}
"""To a frequency that is seldom said, how it is said."""
_NO_TEXT = "Move"
"""The title of a reminder of nothing in particular."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a calendar file holds."""

    reminders: tuple[Reminder, ...]
    """The reminders, without numbers."""
    problems: tuple[str, ...]
    """One line for each event that is none."""
    over: int
    """Number of events that lie in the past for good."""


def written(reminders: tuple[Reminder, ...], now: datetime) -> bytes:
    """Reminders as the content of a calendar file. `now`: the civil time, with its zone."""
    from icalendar import Alarm, Calendar, Event, vRecur

    calendar = Calendar()
    calendar.add("prodid", "-//Limber//reminders//EN")
    calendar.add("version", "2.0")
    zone = now.tzinfo or UTC
    for reminder in reminders:
        title = reminder.text.removeprefix("for ") or _NO_TEXT
        for number, rule in enumerate(reminder.rules or ("",), 1):
            first = next(
                islice(
                    Reminder(0, "", reminder.start, now, (rule,) if rule else ()).occurrences(reminder.done, zone), 1
                ),
                None,
            )
            if first is None:
                continue
            event = Event()
            event.add("uid", f"{reminder.id}-{number}@limber")
            event.add("dtstamp", now.astimezone(UTC))
            event.add("summary", f"{title[0].upper()}{title[1:]}")
            # A first occurrence that is none of the rule would be one more in most calendars.
            event.add("dtstart", first if reminder.start.tzinfo else first.astimezone(zone).replace(tzinfo=None))
            if rule:
                event.add("rrule", vRecur.from_ical(rule))
            event.add(_ID, str(reminder.id))
            event.add(_TEXT, reminder.text)
            event.add(_PHRASE, reminder.phrase)
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", timedelta())
            event.add_component(alarm)
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def read_calendar(path: Path, now: datetime) -> Imported:
    """The reminders in a calendar file. Raises LimberError for a file that is none.

    `now`: the civil time, with its zone; what is over by then is left out.
    """
    zone, moment = now.tzinfo or UTC, now.astimezone(UTC)
    found: dict[str, Reminder] = {}
    problems: list[str] = []
    over = 0
    for number, event in enumerate(_calendar(path).walk("VEVENT"), 1):
        try:
            reminder = _reminder(event, moment, zone)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            problems.append(f"{path}: event {number}: {_one_line(error)}; correct or delete it")
            continue
        if reminder.over(zone):
            over += 1
            continue
        key = str(event.get(_ID, f"event {number}"))
        before = found.get(key)
        if before is not None and before.start.tzinfo == reminder.start.tzinfo:
            rules = (*before.rules, *reminder.rules)
            start = datetime.combine(min(before.start, reminder.start).date(), time())
            found[key] = Reminder(0, before.text, start, moment, rules, before.phrase)
        else:
            found[key] = reminder
    return Imported(tuple(found.values()), tuple(problems), over)


def _calendar(path: Path) -> Any:  # noqa: ANN401 - the library types every property as each of its 40 kinds
    from icalendar import Calendar

    try:
        if path.stat().st_size > LARGEST_CALENDAR:
            raise LimberError(f"{path}: is too large for a calendar of reminders; name another file")
        return Calendar.from_ical(path.read_bytes())
    except OSError as error:
        raise LimberError(f"{path}: cannot be read ({error.strerror}); name another file") from error
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise LimberError(f"{path}: is no iCalendar file ({_one_line(error)}); name another file") from error


def _reminder(event: Any, moment: datetime, zone: tzinfo) -> Reminder:  # noqa: ANN401
    """The reminder that an event is. Raises ValueError, or whatever the library raises, for what is none."""
    stated = event["DTSTART"].dt if "DTSTART" in event else None
    if not isinstance(stated, date):
        raise ValueError("it does not say when it begins")
    start = stated if isinstance(stated, datetime) else datetime.combine(stated, ALL_DAY)
    stated_rule = event.get("RRULE")
    if isinstance(stated_rule, list):
        raise ValueError("it has several rules")
    parts = _parts(stated_rule.to_ical().decode()) if stated_rule is not None else {}
    if parts.get("FREQ") in _SHORT:
        seconds = int(parts.get("INTERVAL", "1")) * _SHORT[parts["FREQ"]]
        if seconds < SHORTEST:
            raise ValueError("it comes more often than once a minute")
        start = start.astimezone(UTC) if start.tzinfo else start.replace(tzinfo=zone).astimezone(UTC)
    elif start.tzinfo is not None:
        start = start.astimezone(zone).replace(tzinfo=None)
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], start, zone)
    rules = (";".join(f"{name}={value}" for name, value in parts.items()),) if parts else ()
    for rule in rules:
        check_rule(rule, start)
    text, phrase = event.get(_TEXT), event.get(_PHRASE)
    title = " ".join(str(event.get("SUMMARY", "")).split())
    of = str(text) if text is not None else f"for {title}" if title else ""
    said = str(phrase) if phrase else _phrase(parts, start) if rules else ""
    return Reminder(0, of[:200], start, moment, rules, said[:300])


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.upper().split(";"))


def _until(value: str, start: datetime, zone: tzinfo) -> str:
    """The end of a rule, in UTC or without zone as its start is."""
    stated = datetime.fromisoformat(value)
    if "T" not in value:
        stated = datetime.combine(stated.date(), time(23, 59, 59))
    if start.tzinfo is None:
        local = stated.astimezone(zone).replace(tzinfo=None) if stated.tzinfo else stated
        return f"{local:%Y%m%dT%H%M%S}"
    there = stated if stated.tzinfo else stated.replace(tzinfo=zone)
    return f"{there.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _phrase(parts: dict[str, str], start: datetime) -> str:
    """How a rule is said."""
    each = int(parts.get("INTERVAL", "1"))
    frequency = parts.get("FREQ", "")
    if frequency in _SHORT:
        return every_words(each * _SHORT[frequency])
    if frequency in _LONG:
        return _LONG[frequency]
    days = parts.get("BYDAY", "").lower()
    known = [day for day in DAYS_IN_ORDER if day in days.split(",")]
    of_week = ",".join(known) if known else EVERY_DAY
    if frequency == "WEEKLY" and (each > 1 or not known):
        of_week, each = EVERY_DAY, 7 * each
    return f"{days_words(of_week, each)} at {clock_words(start.time())}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
