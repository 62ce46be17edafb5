"""What "say that again" repeats: the answer that was given or cut off, never a word that took note of something."""

from assistant import script
from assistant.dialogue.parts.modes import Idle, Mode, Topic
from assistant.script import safety_lines, small_talk
from assistant.states import State
from audio.frames import frames

STILL_MEANT = frames(10)
"""Time, in frames (10 s), in which "say that again" in a session means what was answered beside it."""
_TAKES_NOTE = frozenset(
    {script.QUIET, script.DROPPED, script.HELD_UP, script.ALL_RIGHT, script.NO_MORE, script.CARRYING_ON}
    | {script.TAKE_YOUR_TIME, script.choices(State.IDLE), script.choices(State.TOPIC), safety_lines.GOOD}
    | {script.LOUDER, script.QUIETER, script.FASTER, script.SLOWER, script.USUAL_SPEED, script.CHANGED_BACK}
    | {script.AS_LOUD, script.AS_QUIET, script.AS_FAST, script.AS_SLOW, script.NOTHING_TO_UNDO}
    | {script.COUNTING_ALOUD, script.COUNTING_SILENTLY, script.ALREADY_GOING}
    | {small_talk.WELCOME, small_talk.HERE, small_talk.HELLO_AGAIN, small_talk.SMALL_TALK["sorry"]}
)
"""Lines that take note of what was said, and answer nothing."""


def takes_note(*lines: str) -> bool:
    """Whether lines only take note of what was said."""
    return _TAKES_NOTE.issuperset(lines)


def to_repeat(
    mode: Mode, before: tuple[str, ...], topic: Topic | None, lines: tuple[str, ...], to: Mode
) -> tuple[tuple[str, ...], Topic | None]:
    """The lines to repeat, and the topic that they belong to, once `lines` are said and `mode` has become `to`.

    `before`, `topic`: what was to be repeated so far. Where a question was open, the word that ends it is repeated.
    """
    if not lines or (before and isinstance(mode, Topic | Idle) and takes_note(*lines)):
        return before, topic
    return lines, to if isinstance(to, Topic) else None
