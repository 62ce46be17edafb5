"""Civil time as a value: what the clock on the wall shows at a frame, in a zone with its daylight saving."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from audio.frames import FRAMES_PER_SECOND, Frame

CLOCK_SET_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
"""A clock that shows an earlier moment was never set, as on a computer without a clock battery."""
MINUTES_PER_HOUR = 60
"""Minutes in an hour."""


def civil_at(start: datetime, frame: Frame) -> datetime:
    """The civil time at a frame. `start`: that at frame 0, with its zone; the zone's daylight saving is heeded."""
    return (start.astimezone(UTC) + timedelta(seconds=frame / FRAMES_PER_SECOND)).astimezone(start.tzinfo)


def frame_at(start: datetime, moment: datetime) -> Frame:
    """The first frame at or after a moment. `start`: the civil time at frame 0."""
    seconds = (moment.astimezone(UTC) - start.astimezone(UTC)) / timedelta(seconds=1)
    return -int(-seconds * FRAMES_PER_SECOND // 1)


def moment_of(local: datetime, zone: tzinfo) -> datetime:
    """The moment, in UTC, at which the clocks of a zone show a time without zone.

    A time that the clocks show twice is the first of the two. One that they skip is as much later as they skip.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def is_set(civil: datetime) -> bool:
    """Whether a civil time comes from a clock that was ever set."""
    return civil >= CLOCK_SET_SINCE


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours in which nobody wants to be spoken to unasked; they may go past midnight."""

    begin: time
    """The first minute of them."""
    end: time
    """The first minute after them; equal to `begin`: there are none."""

    @classmethod
    def read(cls, text: str) -> "QuietHours":
        """Parse `HH:MM-HH:MM`."""
        begin, _, end = text.partition("-")
        return cls(time.fromisoformat(begin), time.fromisoformat(end))

    def holds(self, local: datetime) -> bool:
        """Whether a local time is in them."""
        at = local.time().replace(tzinfo=None)
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end

    def over_after(self, local: datetime) -> datetime:
        """The moment, in UTC, at which they are over, for a local time, with its zone, that is in them."""
        end = datetime.combine(local.date(), self.end)
        if end <= local.replace(tzinfo=None):
            end += timedelta(days=1)
        zone = local.tzinfo
        return moment_of(end, UTC if zone is None else zone)
