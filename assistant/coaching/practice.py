"""The counts of the lesson, in which nothing is stretched: a row of beats, one a second, with a hint in it.

The person interrupts them, and asks about them, as in a hold; but nothing of them is a hold, so they have no marks.
"""

from assistant.coaching.plan import Beat, Plan
from assistant.script.starting_lines import LESSON_HINTS, LessonStep
from audio.frames import FRAMES_PER_SECOND, Frame

COUNTED_FIRST = 20
"""Number to which Limber counts until the person has tried the first thing."""
COUNTED_IN_ALL = 40
"""Number to which it counts after that: time enough to ask, and to end it."""
HINT_AFTER = 8
"""Number of counts without a word of the person after which a hint is said over them."""
_HINT_BEATS = 2
"""Number of counts that are silent under a hint."""


def lesson_counts(step: LessonStep, first: int = 1) -> Plan:
    """The counts from `first` on while a step is tried, with its hint."""
    last = COUNTED_FIRST if step == "pause" else COUNTED_IN_ALL
    hinted = range(first + HINT_AFTER, first + HINT_AFTER + _HINT_BEATS)
    return tuple(
        Beat(
            FRAMES_PER_SECOND,
            word=None if n in hinted else str(n),
            over=LESSON_HINTS[step] if n == hinted[0] else None,
        )
        for n in range(first, last + 1)
    )


def counted_on(rest: Plan, step: LessonStep) -> Plan:
    """What is left of the counts, from the same number on, as the step wants them; words between them are left out."""
    row = [item for item in rest if isinstance(item, Beat)]
    numbered = next((at for at, beat in enumerate(row) if beat.word is not None), None)
    if numbered is None:
        return lesson_counts(step)
    begun = (Beat(beat.length) for beat in row[:numbered])
    return (*begun, *lesson_counts(step, int(row[numbered].word or 1)))


def counted_so_far(rest: Plan) -> int:
    """The last number counted, given what is left of the counts."""
    first = next((beat for beat in rest if isinstance(beat, Beat) and beat.word is not None), None)
    return COUNTED_IN_ALL if first is None else int(first.word or 1) - 1


def counts_left(rest: Plan) -> Frame:
    """How long the rest of the counts takes, in frames."""
    return sum(item.length for item in rest if isinstance(item, Beat))
