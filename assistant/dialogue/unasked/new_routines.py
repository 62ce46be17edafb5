"""What becomes of routine files that were written while a session runs, and the line that tells of them, at rest.

A session that goes on holds its movements itself: it goes on as it is, whatever becomes of its file.
"""

from pathlib import Path

from assistant.dialogue.ducking import speak_softly
from assistant.dialogue.events import RoutinesRead
from assistant.dialogue.parts.modes import Idle
from assistant.dialogue.state import Conversation, is_quiet
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import routine_lines as lines


def take_routines(builder: StepBuilder, read: RoutinesRead) -> None:
    """Know the routines of the files from now on; what is new, and what cannot be used, is still to be told."""
    before = builder.conversation
    own = before.own.read_anew(read.own, read.before)
    new = (name for name in own.names if name not in before.own.names)
    unusable = (file for file in own.unusable if file not in before.own.unusable)
    changeable = before.undoable
    # "Undo" would bring back what the files held before, and delete what somebody has put there.
    stale = changeable is not None and changeable.routines is not None and own.spoken != before.own.spoken
    builder.change(
        own=own,
        undoable=None if stale else changeable,
        new_untold=tuple(dict.fromkeys((*before.new_untold, *new))),
        unusable_untold=tuple(dict.fromkeys((*before.unusable_untold, *unusable))),
    )


def tell_routines(builder: StepBuilder) -> None:
    """Tell softly, as nobody has asked, of what came by file, if that disturbs nothing; never of what is gone again."""
    now = builder.conversation
    if not (now.new_untold or now.unusable_untold) or not _at_rest(now):
        return
    titles = [each.title for each in (*now.own.spoken, *now.own.written) if each.key in now.new_untold]
    stems = [Path(name).stem for name in now.unusable_untold if name in now.own.unusable]
    builder.change(new_untold=(), unusable_untold=())
    told = [lines.there_is_new(titles)] if titles else []
    told += [lines.not_usable(stems)] if stems else []
    if told:
        speak_softly(builder)
        builder.aside(" ".join(told))


def _at_rest(conversation: Conversation) -> bool:
    """Whether nothing goes on, nothing is asked, and exercise is not refused after a warning sign."""
    free = isinstance(conversation.mode, Idle) and is_quiet(conversation) and conversation.to_confirm is None
    return free and not conversation.lost_devices and conversation.sitting.no_exercise is None
