"""Looks, while a session runs, whether somebody has written routine files into the profile."""

from assistant.dialogue.events import RoutinesRead
from assistant.guidance.own.own_routines import Clash
from assistant.guidance.schema import Guidance
from assistant.sessions.profile import Profile
from audio.frames import Frame, frames

LOOK_SECONDS = 5.0
"""Interval, in seconds, at which the folder is looked at: a change is seen twice before it is read, so within ten."""


class RoutineWatch:
    """Reads the person's own routines again where their files have changed. Time is that of the session, in frames."""

    def __init__(self, profile: Profile, guidance: Guidance, clash: Clash) -> None:
        """`guidance`: the built-in one. `clash`: tells whether a name already means something that is said."""
        self._profile, self._guidance, self._clash = profile, guidance, clash
        self._looks: Frame = 0
        """The frame from which on the folder is looked at again."""

    def look(self, now: Frame) -> RoutinesRead | None:
        """What the files hold, if they have changed since they were read; None: they have not, or it is too early."""
        if now < self._looks:
            return None
        self._looks = now + frames(LOOK_SECONDS)
        routines = self._profile.routines
        if not routines.changed(now):
            return None
        before = routines.kept
        own, _ = routines.load(self._guidance, self._clash)
        return RoutinesRead(own, before)
