"""Replies that change how Limber speaks and counts, and undo it."""

from dataclasses import replace

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.state import Changeable
from assistant.dialogue.turn import StepBuilder
from assistant.settings import Settings


def _set(turn: StepBuilder, settings: Settings, done: str, limit: str) -> None:
    conversation = turn.conversation
    if settings == conversation.settings:
        turn.aside(limit)
        return
    turn.change(settings=settings, before=Changeable(conversation.settings, conversation.session))
    turn.apply_volume()
    turn.aside(done)


def speak_faster(turn: StepBuilder, heard: Heard) -> None:
    """Speak faster from the next line on."""
    _set(turn, turn.conversation.settings.paced(1), script.FASTER, script.AS_FAST)


def speak_slower(turn: StepBuilder, heard: Heard) -> None:
    """Speak slower from the next line on."""
    _set(turn, turn.conversation.settings.paced(-1), script.SLOWER, script.AS_SLOW)


def louder(turn: StepBuilder, heard: Heard) -> None:
    """Louder, at once."""
    _set(turn, turn.conversation.settings.louder(1), script.LOUDER, script.AS_LOUD)


def quieter(turn: StepBuilder, heard: Heard) -> None:
    """Quieter, at once."""
    _set(turn, turn.conversation.settings.louder(-1), script.QUIETER, script.AS_QUIET)


def count_aloud(turn: StepBuilder, heard: Heard) -> None:
    """Speak the counts."""
    aloud = replace(turn.conversation.settings, count_aloud=True)
    _set(turn, aloud, script.COUNTING_ALOUD, script.COUNTING_ALOUD)


def count_silently(turn: StepBuilder, heard: Heard) -> None:
    """Keep the counts to itself."""
    silent = replace(turn.conversation.settings, count_aloud=False)
    _set(turn, silent, script.COUNTING_SILENTLY, script.COUNTING_SILENTLY)


def undo(turn: StepBuilder, heard: Heard) -> None:
    """Bring back what the last change changed."""
    before, session = turn.conversation.before, turn.conversation.session
    if before is None:
        turn.aside(script.NOTHING_TO_UNDO)
        return
    if session is not None and before.session is not None and session.routine == before.session.routine:
        session = replace(session, doses=before.session.doses)
    turn.change(settings=before.settings, session=session, before=None)
    turn.apply_volume()
    turn.aside(script.CHANGED_BACK)
