"""Output gain: the volume that the settings ask for, ducked while the person speaks."""

from assistant.dialogue.actions import SetVolume
from assistant.dialogue.state import is_quiet
from assistant.dialogue.step_builder import StepBuilder
from assistant.timeline import entries

DUCK_DB = -12.0
"""Output gain, in dB, while the person speaks."""
SOFT_DB = -6.0
"""Output gain, in dB, of what is said unasked, such as a reminder."""
SUSPECTED_DUCK_DB = -60.0
"""Output gain, in dB, while a barge-in is suspected: next to silence, so that the recogniser hears the word.

`python -m benchmarks.barge_in --only stop` measures the time to ducking (docs/barge_in.md).
"""


def apply_volume(builder: StepBuilder) -> None:
    """Set the mixer's gain: the volume of the settings, plus the ducking while the person speaks, plus softness."""
    conversation = builder.conversation
    soft = SOFT_DB if conversation.softly else 0.0
    builder.actions.append(SetVolume(conversation.settings.volume + conversation.duck_db + soft))


def speak_softly(builder: StepBuilder) -> None:
    """Say softly what is said next, since nobody has asked for it; once it is over, Limber is as loud as before."""
    builder.change(softly=True)
    apply_volume(builder)


def duck(builder: StepBuilder, decibels: float) -> None:
    """Duck the output to a gain in dB, unless it is ducked as far already, or is quiet."""
    before = builder.conversation.duck_db
    if decibels >= before or is_quiet(builder.conversation):
        return
    builder.change(duck_db=decibels)
    if not before:
        builder.note(entries.Ducked())
    apply_volume(builder)


def unduck(builder: StepBuilder) -> None:
    """End the ducking."""
    if builder.conversation.duck_db:
        builder.change(duck_db=0.0)
        builder.note(entries.Unducked())
        apply_volume(builder)
