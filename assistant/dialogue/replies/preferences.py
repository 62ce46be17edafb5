"""Replies that change how Limber speaks and counts, and undo it."""

from dataclasses import replace

from assistant import script
from assistant.dialogue.ducking import apply_volume
from assistant.dialogue.events import Heard
from assistant.dialogue.state import Changeable
from assistant.dialogue.step_builder import StepBuilder
from assistant.settings import Settings


def _set(builder: StepBuilder, settings: Settings, done: str, limit: str) -> None:
    conversation = builder.conversation
    if settings == conversation.settings:
        builder.aside(limit)
        return
    builder.change(settings=settings, before=Changeable(conversation.settings, conversation.session))
    apply_volume(builder)
    builder.aside(done)


def speak_faster(builder: StepBuilder, heard: Heard) -> None:
    """Speak faster from the next line on."""
    _set(builder, builder.conversation.settings.paced(1), script.FASTER, script.AS_FAST)


def speak_slower(builder: StepBuilder, heard: Heard) -> None:
    """Speak slower from the next line on."""
    _set(builder, builder.conversation.settings.paced(-1), script.SLOWER, script.AS_SLOW)


def louder(builder: StepBuilder, heard: Heard) -> None:
    """Louder, at once."""
    _set(builder, builder.conversation.settings.louder(1), script.LOUDER, script.AS_LOUD)


def quieter(builder: StepBuilder, heard: Heard) -> None:
    """Quieter, at once."""
    _set(builder, builder.conversation.settings.louder(-1), script.QUIETER, script.AS_QUIET)


def count_aloud(builder: StepBuilder, heard: Heard) -> None:
    """Speak the counts."""
    aloud = replace(builder.conversation.settings, count_aloud=True)
    _set(builder, aloud, script.COUNTING_ALOUD, script.COUNTING_ALOUD)


def count_silently(builder: StepBuilder, heard: Heard) -> None:
    """Keep the counts to itself."""
    silent = replace(builder.conversation.settings, count_aloud=False)
    _set(builder, silent, script.COUNTING_SILENTLY, script.COUNTING_SILENTLY)


def undo(builder: StepBuilder, heard: Heard) -> None:
    """Bring back what the last change changed."""
    before, session = builder.conversation.before, builder.conversation.session
    if before is None:
        builder.aside(script.NOTHING_TO_UNDO)
        return
    if session is not None and before.session is not None and session.routine == before.session.routine:
        session = replace(session, doses=before.session.doses)
    builder.change(settings=before.settings, session=session, before=None)
    apply_volume(builder)
    builder.aside(script.CHANGED_BACK)
