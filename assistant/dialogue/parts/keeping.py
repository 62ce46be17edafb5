"""What is kept of a stretch session once it has ended. Pure: times come from the session's own clock."""

from dataclasses import dataclass
from datetime import datetime

from assistant.coaching.session import Session, is_first
from assistant.history.stretch_record import StretchRecord, known_time
from assistant.reminders.civil import civil_at
from audio.frames import Frame, frames, seconds

TOLD_FOR = frames(3600)
"""Time, in frames (an hour), for which a number that was told before a session counts for the next one, and after
which Limber may ask for one again."""


@dataclass(frozen=True, slots=True)
class TellsNumber:
    """How the back is, as the person put it in a number before a session: 0 is no pain, 10 the worst."""

    before: int | None = None
    """That number, for the session that goes on or the next one; None: none was told."""
    told_at: Frame = 0
    """Frame at which it was told."""
    asked_at: Frame | None = None
    """Frame at which Limber asked for it last; None: it has not."""

    def known(self, at: Frame) -> int | None:
        """The number of a session that begins at a frame; None: none was told lately."""
        return self.before if at - self.told_at < TOLD_FOR else None

    def may_be_asked(self, now: Frame) -> bool:
        """Whether Limber may ask for it at frame `now`: it is not known, and was not asked for in this sitting."""
        asked = self.asked_at is not None and now - self.asked_at < TOLD_FOR
        return self.known(now) is None and not asked


def known_at(start: datetime | None, frame: Frame) -> datetime | None:
    """The civil time at a frame as it is kept; None where the clock was never set."""
    return None if start is None else known_time(civil_at(start, frame))


def record_of(
    session: Session,
    start: datetime | None,
    began: Frame,
    ended: Frame,
    *,
    completed: bool,
    before: int | None = None,
) -> StretchRecord:
    """What is kept of a session that went on from one frame to another. `start`: civil time at frame 0.

    `before`: how the back was before it, 0 to 10; None: not told.
    """
    done = session.done[session.done_before :]
    return StretchRecord(
        known_at(start, began),
        known_at(start, ended),
        session.routine,
        done,
        seconds(session.held),
        completed,
        partly=None if completed else _partly(session, done),
        before=before,
    )


def _partly(session: Session, done: tuple[str, ...]) -> str | None:
    """Key of the movement of which a part was done; None where that is not sure, so that no more is told than was."""
    key = session.dose.movement.key
    begun = not is_first(session) or (session.held > 0 and not done and not session.skipped)
    return key if begun and key not in done else None
