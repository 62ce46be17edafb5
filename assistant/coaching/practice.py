"""The counts of the lesson, in which nothing is stretched: a row of beats, one a second, with a hint in it.

The person interrupts them, and asks about them, as in a hold; but nothing of them is a hold, so they have no marks.
"""

from assistant.coaching.plan import Beat, Plan, Say
from assistant.script.starting_lines import LESSON_HINTS, LessonStep
from audio.frames import FRAMES_PER_SECOND, Frame

COUNTED_AT_ONCE = 20
"""Number of counts in which each step can be tried; the first begins at one."""
HINT_AFTER = 8
"""Number of counts without a word of the person after which a hint is said over them."""
_HINT_BEATS = 2
"""Number of counts that are silent under a hint."""


def lesson_counts(step: LessonStep, first: int = 1, last: int | None = None) -> Plan:
    """The counts from `first` to `last` while a step is tried, with its hint. None: as many as a step has."""
    last = first + COUNTED_AT_ONCE - 1 if last is None else last
    hinted = range(first + HINT_AFTER, first + HINT_AFTER + _HINT_BEATS)
    return tuple(
        Beat(
            FRAMES_PER_SECOND,
            word=None if n in hinted else str(n),
            over=LESSON_HINTS[step] if n == hinted[0] else None,
        )
        for n in range(first, last + 1)
    )


def every_count(step: LessonStep) -> Plan:
    """All that may be said in any counts of a step, for the sake of the sounds."""
    return (*(Beat(FRAMES_PER_SECOND, word=str(n)) for n in range(1, 2 * COUNTED_AT_ONCE)), Say(LESSON_HINTS[step]))


def counted_on(rest: Plan, step: LessonStep, *, longer: bool = False) -> Plan:
    """What is left of the counts, from the same number on, with the hint of a step; words between them are left out.

    `longer`: whether a step begins, which has all its counts.
    """
    row = [item for item in rest if isinstance(item, Beat)]
    numbers = [(at, int(beat.word)) for at, beat in enumerate(row) if beat.word is not None]
    if not numbers:
        return lesson_counts(step) if longer else tuple(row)
    (begins, first), (_, last) = numbers[0], numbers[-1]
    begun = (Beat(beat.length) for beat in row[:begins])
    return (*begun, *lesson_counts(step, first, None if longer else last))


def counted_so_far(rest: Plan) -> int:
    """The last number counted, given what is left of the counts."""
    first = next((beat for beat in rest if isinstance(beat, Beat) and beat.word is not None), None)
    return COUNTED_AT_ONCE if first is None else int(first.word or 1) - 1


def counts_left(rest: Plan) -> Frame:
    """How long the rest of the counts takes, in frames."""
    return sum(item.length for item in rest if isinstance(item, Beat))
