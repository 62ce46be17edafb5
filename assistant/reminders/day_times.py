"""Times of the day as they are said: "seven", "half past seven in the evening", and which of two sevens is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intents.reminding.time_words import DAYS_IN_ORDER

USUAL_TIMES = {"morning": time(9), "noon": time(12), "afternoon": time(15), "evening": time(19), "night": time(21)}
"""To a part of the day that is named without a time, the time that is meant."""
NOON = 12
"""The hour of noon."""
_BEGINS = 6
"""The first hour at which somebody is usually up."""
_ASKED = range(5, 10)
"""The hours on a twelve-hour clock of which either may be meant, whatever the time."""


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time of the day as it was said."""

    hour: int
    """The hour: of 24 where `part` is named, else of 12."""
    minute: int
    """The minute."""
    sure: bool
    """Whether it is clear which half of the day is meant."""

    @property
    def early(self) -> time:
        """The time in the first half of the day; where that is clear, the time itself."""
        return time(self.hour if self.sure else self.hour % NOON, self.minute)

    @property
    def late(self) -> time:
        """The time in the second half of the day; where the half is clear, the time itself."""
        return time(self.hour if self.sure else self.hour % NOON + NOON, self.minute)

    def after(self, local: datetime) -> datetime:
        """The first such time after a local time, both without a zone: what "until six" means."""
        days = (local.date(), local.date() + timedelta(days=1))
        found = (datetime.combine(day, at) for day in days for at in sorted({self.early, self.late}))
        return next(each for each in found if each > local)

    def alike(self, at: time) -> bool:
        """Whether a time of the day is this one, on either half of the day where that is not clear."""
        return at in {self.early, self.late}


def said_time(slots: Mapping[str, str], name: str = "at", part: str = "part") -> SaidTime | None:
    """The time of day that a slot names, with the part of the day that another one names; None: none is named."""
    value, of = slots.get(name), slots.get(part)
    if value is not None:
        hour, minute = (int(number) for number in value.split(":"))
        return SaidTime(hour, minute, sure=of is not None)
    if of in USUAL_TIMES:
        usual = USUAL_TIMES[of]
        return SaidTime(usual.hour, usual.minute, sure=True)
    return None


def clear_time(said: SaidTime, day: date | None, now: datetime) -> time | None:
    """Which time is meant; None where that must be asked.

    `day`: the day that is meant; None: any. `now`: the local time, without a zone.
    """
    if said.sure:
        return said.early
    hour = said.hour % NOON
    if hour == 0:
        return said.late  # twelve is noon
    if hour in _ASKED:
        return None
    today = day is None or day == now.date()
    if hour < _BEGINS:
        usual = said.late
        return None if day is not None and today and now.time() >= usual else usual
    return None if today and now.time() >= said.early else said.early


def halves(said: SaidTime) -> tuple[time, time]:
    """The two times that may be meant."""
    return said.early, said.late


def day_named(slots: Mapping[str, str], today: date) -> date | None:
    """The day that the slot `day` names: days from today, or a day of the week; None: none is named."""
    value = slots.get("day")
    if value is None:
        return None
    if value.isdecimal():
        return today + timedelta(days=int(value))
    return today + timedelta(days=(DAYS_IN_ORDER.index(value) - today.weekday()) % 7)
