"""How loud Limber speaks: as the settings say, and softer while somebody else does."""

from assistant.dialogue.actions import SetVolume
from assistant.dialogue.state import is_quiet
from assistant.dialogue.step_builder import StepBuilder
from assistant.timeline import entries

DUCK_DB, SUSPECTED_DUCK_DB = -12.0, -60.0
"""dB by which it speaks more softly while somebody else does, and while that may be a "stop"."""


def apply_volume(builder: StepBuilder) -> None:
    """Make the mixer as loud as the settings say; softer while somebody else speaks."""
    builder.actions.append(SetVolume(builder.conversation.settings.volume + builder.conversation.ducked))


def duck(builder: StepBuilder, decibels: float) -> None:
    """Speak more softly from now on, if anything is being said or about to be; at least as softly as so far."""
    before = builder.conversation.ducked
    if decibels >= before or is_quiet(builder.conversation):
        return
    builder.change(ducked=decibels)
    if not before:
        builder.note(entries.Ducked())
    apply_volume(builder)


def unduck(builder: StepBuilder) -> None:
    """Speak as before."""
    if builder.conversation.ducked:
        builder.change(ducked=0.0)
        builder.note(entries.Unducked())
        apply_volume(builder)
