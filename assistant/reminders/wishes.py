"""What a request for a reminder asks for: its slots in, a reminder out, or the question that is still open.

Slots, all of them strings: `every` and `in` are seconds, `within` too ("for the next hour"). `at`, `from` and `until`
are times of the day; with `part`, `from_part` or `until_part` they are on a clock of 24 hours, else on one of 12.
`days` are days of the week, `each` a number of days; `day` is a number of days from today, or a day of the week.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from assistant.reminders.civil import moment_of
from assistant.reminders.day_times import SaidTime, clear_time, day_named, said_time
from assistant.reminders.phrases import clock_words, days_words, every_words, length_words
from assistant.reminders.recurrence import Reminder
from intents.reminding.time_words import DAYS_IN_ORDER, EVERY_DAY

SHORTEST = 60
"""The shortest time, in seconds, from one occurrence to the next."""
_DAY = 86_400
"""Seconds in a day."""
_FROM, _UNTIL = time(9), time(18)
"""When what is repeated within a day begins and ends, where nothing is said of that."""
_MOST_IN_A_DAY = 96
"""Number of times a day up to which what is repeated between two times is kept."""


@dataclass(frozen=True, slots=True)
class AskWhen:
    """It was not said when."""


@dataclass(frozen=True, slots=True)
class AskHalf:
    """It was not said which half of the day is meant."""

    said: SaidTime
    """The time as it was said."""


@dataclass(frozen=True, slots=True)
class TooOften:
    """It would come more often than once a minute."""


Wished = Reminder | AskWhen | AskHalf | TooOften
"""What a request comes to."""


def wished(slots: Mapping[str, str], now: datetime, *, asks: bool = True) -> Wished:
    """The reminder that slots ask for, without a number.

    `now`: the civil time, with its zone. `asks`: whether a question may be asked; else the nearest time is meant.
    """
    return _Wish(slots, now, asks).read()


class _Wish:
    """One request."""

    def __init__(self, slots: Mapping[str, str], now: datetime, asks: bool) -> None:
        self._slots, self._asks = slots, asks
        self._moment = now.astimezone(UTC).replace(microsecond=0)
        self._zone: tzinfo = now.tzinfo or UTC
        self._now = now.replace(tzinfo=None, microsecond=0)

    def read(self) -> Wished:
        every = self._number("every")
        if every and every % _DAY == 0 and (every > _DAY or "days" not in self._slots):
            return self._daily(every // _DAY)
        if every:
            return TooOften() if every < SHORTEST else self._every(every)
        if "days" in self._slots or "each" in self._slots:
            return self._daily(self._number("each") or 1)
        after = self._number("in")
        if after:
            return self._reminder(self._moment + timedelta(seconds=after))
        return self._once()

    def _number(self, slot: str) -> int:
        return int(self._slots.get(slot, "0"))

    def _reminder(self, start: datetime, rules: tuple[str, ...] = (), phrase: str = "") -> Reminder:
        return Reminder(0, self._slots.get("text", ""), start, self._moment, rules, phrase)

    # -- once --------------------------------------------------------------------------------------------

    def _once(self) -> Wished:
        said, day = said_time(self._slots), day_named(self._slots, self._now.date())
        if said is None:
            if day is None or day == self._now.date():
                return AskWhen()
            said = said_time({"part": "morning"})
        if said is None:
            return AskWhen()
        at = clear_time(said, day, self._now)
        if at is None:
            if self._asks:
                return AskHalf(said)
            return self._reminder(said.after(self._now))
        local = datetime.combine(day or self._now.date(), at)
        if local <= self._now:
            # A time of today that is over is that of the next day, or of the next week.
            local += timedelta(days=7 if day is not None and not self._slots["day"].isdecimal() else 1)
        return self._reminder(local)

    # -- every so many days ------------------------------------------------------------------------------

    def _daily(self, days: int) -> Wished:
        said = said_time(self._slots)
        of_week = self._slots.get("days", EVERY_DAY)
        if said is None:
            if "days" in self._slots or "each" in self._slots:
                return AskWhen()
            at: time | None = self._now.time().replace(second=0)
        else:
            at = clear_time(said, self._now.date() + timedelta(days=1), self._now)
        if at is None and said is not None:
            if self._asks:
                return AskHalf(said)
            at = said.after(self._now).time()
        if at is None:
            return AskWhen()
        first = self._first_day(of_week, at, self._now.date() + timedelta(days=self._number("day")))
        if days == 1:
            rule = f"FREQ=WEEKLY;BYDAY={of_week.upper()}"
        elif days % 7 == 0:
            rule = f"FREQ=WEEKLY;INTERVAL={days // 7}"
        else:
            rule = f"FREQ=DAILY;INTERVAL={days}"
        phrase = f"{days_words(of_week, days)} at {clock_words(at)}"
        return self._reminder(datetime.combine(first, at), (rule,), phrase)

    def _first_day(self, of_week: str, at: time, day: date) -> date:
        """The first day, from a day on, that is one of these of the week and on which a time is still ahead."""
        names = of_week.split(",")
        while DAYS_IN_ORDER[day.weekday()] not in names or datetime.combine(day, at) <= self._now:
            day += timedelta(days=1)
        return day

    # -- every so many minutes ---------------------------------------------------------------------------

    def _every(self, seconds: int) -> Wished:
        begin, until = said_time(self._slots, "from", "from_part"), said_time(self._slots, "until", "until_part")
        if "days" in self._slots or (begin is not None and "day" not in self._slots):
            return self._between(seconds, begin, until)
        words = every_words(seconds)
        start = self._moment
        if begin is not None:
            first = datetime.combine(self._now.date(), _opening(begin))
            if self._number("day"):
                first += timedelta(days=self._number("day"))
            if first > self._now:
                # The first is said at the time that is named.
                start = moment_of(first, self._zone)
                words += f" from {clock_words(first.time())}"
        end = None
        if until is not None:
            local = until.after(start.astimezone(self._zone).replace(tzinfo=None))
            end, words = moment_of(local, self._zone), f"{words} until {clock_words(local.time())}"
        elif "within" in self._slots:
            end = start + timedelta(seconds=self._number("within"))
            words += f" for {length_words(self._number('within'))}"
        closes = "" if end is None else f";UNTIL={end:%Y%m%dT%H%M%SZ}"
        rule = f"FREQ=MINUTELY;INTERVAL={seconds // 60}" if seconds % 60 == 0 else f"FREQ=SECONDLY;INTERVAL={seconds}"
        return self._reminder(start, (rule + closes,), words)

    def _between(self, seconds: int, begin: SaidTime | None, until: SaidTime | None) -> Wished:
        """Every so many seconds between two times of the day, on some days of the week."""
        first = _FROM if begin is None else _opening(begin)
        today = self._now.date()
        last = _UNTIL if until is None else until.after(datetime.combine(today, first)).time()
        times = list(_steps(first, last, seconds))
        if len(times) > _MOST_IN_A_DAY:
            return TooOften()
        of_week = self._slots.get("days", EVERY_DAY)
        by_minute: dict[tuple[int, int], list[str]] = {}
        for at in times:
            by_minute.setdefault((at.minute, at.second), []).append(str(at.hour))
        rules = tuple(
            f"FREQ=WEEKLY;BYDAY={of_week.upper()};BYHOUR={','.join(hours)};BYMINUTE={minute};BYSECOND={second}"
            for (minute, second), hours in by_minute.items()
        )
        start = datetime.combine(today, time())
        on = days_words(of_week, 1)
        phrase = f"{every_words(seconds)} from {clock_words(first)} to {clock_words(last)}, {on}"
        return self._reminder(start, rules, phrase)


def _opening(said: SaidTime) -> time:
    """The time at which something of the day begins: nine is in the morning, two in the afternoon."""
    if said.sure:
        return said.early
    return said.late if said.hour % 12 < 6 else said.early


def _steps(first: time, last: time, seconds: int) -> list[time]:
    """The times of the day from the first to the last, both of them included, so many seconds apart."""
    day = date(2000, 1, 1)
    at, end = datetime.combine(day, first), datetime.combine(day, last)
    if end <= at:
        end = datetime.combine(day, time(23, 59))
    found = []
    while at <= end:
        found.append(at.time())
        at += timedelta(seconds=seconds)
    return found
