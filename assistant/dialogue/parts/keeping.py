"""What is kept of a stretch session once it has ended. Pure: times come from the session's own clock."""

from datetime import datetime

from assistant.coaching.session import Session, is_first
from assistant.history.stretch_record import StretchRecord, known_time
from assistant.reminders.civil import civil_at
from audio.frames import Frame, seconds


def known_at(start: datetime | None, frame: Frame) -> datetime | None:
    """The civil time at a frame as it is kept; None where the clock was never set."""
    return None if start is None else known_time(civil_at(start, frame))


def record_of(
    session: Session, start: datetime | None, began: Frame, ended: Frame, *, completed: bool
) -> StretchRecord:
    """What is kept of a session that went on from one frame to another. `start`: civil time at frame 0."""
    done = session.done[session.done_before :]
    return StretchRecord(
        known_at(start, began),
        known_at(start, ended),
        session.routine,
        done,
        seconds(session.held),
        completed,
        partly=None if completed else _partly(session, done),
    )


def _partly(session: Session, done: tuple[str, ...]) -> str | None:
    """Key of the movement of which a part was done; None where that is not sure, so that no more is told than was."""
    key = session.dose.movement.key
    begun = not is_first(session) or (session.held > 0 and not done and not session.skipped)
    return key if begun and key not in done else None
