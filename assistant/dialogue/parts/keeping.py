"""What is kept of a stretch session once it has ended. Pure: times come from the session's own clock."""

from datetime import datetime

from assistant.coaching.session import Session
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
    return StretchRecord(
        known_at(start, began),
        known_at(start, ended),
        session.routine,
        session.done[session.done_before :],
        seconds(session.held),
        completed,
    )
