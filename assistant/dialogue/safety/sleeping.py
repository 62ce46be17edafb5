"""When Limber falls asleep by itself: nobody has used it for a while, and nothing waits for an answer.

Where Limber hears a room, talk and a television go on: it listens for a follow-up, and then for its wake phrase alone.
"""

from assistant.dialogue.ducking import speak_softly
from assistant.dialogue.parts.announced import ThenRest
from assistant.dialogue.parts.modes import AskingSign, Asleep, Emergency, Muted
from assistant.dialogue.state import Conversation, in_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import SECONDS_PER_MINUTE, settings_lines
from assistant.settings import USUALLY_AWAKE_MINUTES
from audio.frames import Frame, frames

FOLLOW_UP = frames(60)
"""Time, in frames (a minute), for which Limber listens after a reminder that it has said asleep."""


def awake_for(conversation: Conversation) -> Frame | None:
    """Time, in frames, after which Limber falls asleep unused; None: never."""
    minutes = conversation.settings.awake_minutes
    if minutes is None:
        minutes = USUALLY_AWAKE_MINUTES if conversation.hears_room else 0
    return frames(minutes * SECONDS_PER_MINUTE) if minutes else None


def sleep_frame(conversation: Conversation) -> Frame | None:
    """The frame at which Limber falls asleep if nobody uses it until then; None: never, as things stand."""
    length = awake_for(conversation)
    busy = isinstance(conversation.mode, Emergency | Muted | Asleep | AskingSign) or in_session(conversation)
    if length is None or busy or conversation.lost_devices:
        return None
    since = max(conversation.last_used, conversation.question_began)
    return since + length


def fall_asleep(builder: StepBuilder) -> None:
    """Fall asleep, and say so softly, for somebody who sees nothing."""
    speak_softly(builder)
    builder.interrupt(ThenRest(Asleep(), builder.filled(settings_lines.SLEEPS_UNUSED)[0], "unused"))
