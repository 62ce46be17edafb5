"""What a sitting (one run of Limber) knows of the person's safety. Frozen data."""

from dataclasses import dataclass
from enum import StrEnum

from audio.frames import FRAMES_PER_SECOND, Frame

CLEARED_FOR = 3_600 * FRAMES_PER_SECOND
"""Time, in frames (an hour), for which a clear "no" to the screening question counts."""


class NoExercise(StrEnum):
    """Why no exercise is begun in this sitting."""

    URGENT = "urgent"
    """A sign was named that a doctor must see today; a mistake takes it back."""
    HELP_COMING = "help coming"
    """Help is on its way."""
    SELF_HARM = "self-harm"
    """The person spoke of self-harm; asked for exercise, Limber first asks how they are, once."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was said in this sitting that bears on whether, and which, exercise may begin."""

    cleared_at: Frame | None = None
    """Frame of the last clear "no" to the screening question; None: none, or a sign was reported since."""
    no_exercise: NoExercise | None = None
    """Why no exercise is begun; None: it may be."""
    asked_how: bool = False
    """Whether Limber has asked how they are, after words of self-harm and a wish for exercise."""
    signs: tuple[str, ...] = ()
    """Keys of the signs, or red flags, that were reported, in order."""
    left_out: frozenset[str] = frozenset()
    """Keys of the movements that are not done again in this session."""

    def cleared(self, now: Frame) -> bool:
        """Whether the screening question need not be asked at frame `now`."""
        return self.cleared_at is not None and now - self.cleared_at < CLEARED_FOR


@dataclass(frozen=True, slots=True)
class Wait:
    """How long Limber has waited for the person, since the question or the mode began."""

    since: Frame | None = None
    """Frame at which the first wait began: Limber fell quiet, and nobody has answered since. None: not waiting yet."""
    quiet: Frame | None = None
    """Frame at which Limber fell quiet or somebody spoke last; None: Limber speaks."""
    reminders: int = 0
    """Number of times that Limber spoke up because time had passed."""


CLEARED = Sitting(cleared_at=0)
"""A sitting in which the screening question was answered before it began."""
