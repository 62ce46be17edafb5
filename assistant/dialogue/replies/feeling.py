"""Replies to words about feeling: in a hold, after a sign that has passed, and after a session."""

from assistant.dialogue.actions import Felt, RecordFelt
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AskingFelt, Idle
from assistant.dialogue.safety.danger import report
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import stretching as lines
from assistant.states import State

WORSE_AFTER = "worse"
"""Name, among the reported signs, of a back that is worse after a session."""


def feels_good(builder: StepBuilder, heard: Heard) -> None:
    """Answer a good feeling with the soft sound alone, so that what goes on goes on; after a session, "better"."""
    if isinstance(builder.conversation.mode, AskingFelt):
        better(builder, heard)
    elif builder.state is not State.HOLDING:  # in a hold that sound tells of everything that is heard
        builder.signal("understood")


def better(builder: StepBuilder, heard: Heard) -> None:
    """Keep that the person feels better."""
    _felt(builder, "better", lines.FELT_BETTER)


def same(builder: StepBuilder, heard: Heard) -> None:
    """Keep that the person feels the same, and say when to see a professional."""
    _felt(builder, "same", lines.FELT_SAME, builder.guidance.professional_once)


def worse(builder: StepBuilder, heard: Heard) -> None:
    """Keep that the person feels worse, and say where to turn; the next movement needs a new screening."""
    report(builder, WORSE_AFTER)
    _felt(builder, "worse", lines.FELT_WORSE)


def _felt(builder: StepBuilder, felt: Felt, *words: str) -> None:
    if builder.conversation.past is not None:
        builder.actions.append(RecordFelt(felt))
    builder.say(*words, mode=Idle())
