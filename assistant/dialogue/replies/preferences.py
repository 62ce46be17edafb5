"""Replies to requests about how Limber speaks and counts, and to "undo"."""

from dataclasses import replace

from assistant import script
from assistant.coaching.session import same_movements
from assistant.coaching.wording import worded
from assistant.dialogue.actions import RecordFelt
from assistant.dialogue.ducking import apply_volume
from assistant.dialogue.events import Heard
from assistant.dialogue.state import Changeable
from assistant.dialogue.step_builder import StepBuilder
from assistant.settings import Settings

PACE = "pace"
"""Slot of the usual speaking rate."""


def set_to(builder: StepBuilder, settings: Settings, done: str, limit: str) -> None:
    """Change the settings and confirm it; where nothing changes, say `limit`. "Undo" brings the settings back."""
    conversation = builder.conversation
    if settings == conversation.settings:
        builder.aside(limit)
        return
    keep_settings(builder, settings)
    apply_volume(builder)
    builder.aside(done)


def keep_settings(builder: StepBuilder, settings: Settings) -> None:
    """Have other settings from now on; "undo" brings those before back."""
    conversation = builder.conversation
    builder.change(settings=settings, undoable=Changeable(conversation.settings, conversation.session))


def speak_faster(builder: StepBuilder, heard: Heard) -> None:
    """Raise the speaking rate by one step, from the next plan on."""
    set_to(builder, builder.conversation.settings.paced(1), script.FASTER, script.AS_FAST)


def speak_slower(builder: StepBuilder, heard: Heard) -> None:
    """Lower the speaking rate by one step, from the next plan on; or bring back the usual rate, where that is said."""
    if PACE in heard.reading.slots:
        usual = replace(builder.conversation.settings, words_per_minute=Settings().words_per_minute)
        set_to(builder, usual, script.USUAL_SPEED, script.USUAL_SPEED)
        return
    set_to(builder, builder.conversation.settings.paced(-1), script.SLOWER, script.AS_SLOW)


def louder(builder: StepBuilder, heard: Heard) -> None:
    """Raise the volume by one step, at once."""
    set_to(builder, builder.conversation.settings.louder(1), script.LOUDER, script.AS_LOUD)


def quieter(builder: StepBuilder, heard: Heard) -> None:
    """Lower the volume by one step, at once."""
    set_to(builder, builder.conversation.settings.louder(-1), script.QUIETER, script.AS_QUIET)


def higher_voice(builder: StepBuilder, heard: Heard) -> None:
    """Raise the pitch of the voice by one step, from the next plan on."""
    set_to(builder, builder.conversation.settings.pitched(1), script.HIGHER, script.AS_HIGH)


def deeper_voice(builder: StepBuilder, heard: Heard) -> None:
    """Lower the pitch of the voice by one step, from the next plan on."""
    set_to(builder, builder.conversation.settings.pitched(-1), script.DEEPER, script.AS_DEEP)


def count_aloud(builder: StepBuilder, heard: Heard) -> None:
    """Speak the counts from now on."""
    aloud = replace(builder.conversation.settings, counting="words")
    set_to(builder, aloud, script.COUNTING_ALOUD, script.COUNTING_ALOUD)


def count_silently(builder: StepBuilder, heard: Heard) -> None:
    """Count silently from now on: beats without words."""
    silent = replace(builder.conversation.settings, counting="silence")
    set_to(builder, silent, script.COUNTING_SILENTLY, script.COUNTING_SILENTLY)


def undo(builder: StepBuilder, heard: Heard) -> None:
    """Undo the last change of the settings, of a dose, of the reminders, or a number that was told."""
    conversation = builder.conversation
    undoable, session, own = conversation.undoable, conversation.session, conversation.own
    if undoable is None:
        builder.aside(script.NOTHING_TO_UNDO)
        return
    if session is not None and undoable.session is not None and same_movements(session, undoable.session):
        before = undoable.session
        session = replace(session, doses=before.doses, eased=before.eased, lengthened=before.lengthened)
    if session is not None and undoable.settings.verbosity != conversation.settings.verbosity:
        session = worded(session, undoable.settings.verbosity, conversation.history)
    if undoable.routines is not None:
        own = own.with_all_spoken(undoable.routines)
    reminders = builder.conversation.reminders if undoable.reminders is None else undoable.reminders
    body = builder.conversation.body if undoable.body is None else undoable.body
    number = conversation.number if undoable.number is None else undoable.number
    if undoable.last is not None:
        builder.actions.append(RecordFelt(undoable.last.felt, undoable.last.after))
        builder.change(history=(*conversation.history[:-1], undoable.last))
    builder.change(settings=undoable.settings, session=session, own=own, reminders=reminders, body=body, undoable=None)
    builder.change(number=number)
    apply_volume(builder)
    changed = replace(builder.conversation, undoable=undoable) != conversation
    builder.aside(script.CHANGED_BACK if changed else script.NOTHING_TO_UNDO)
