"""What is done with what was heard: deferred, refused as late or unclear, answered part by part, or not understood."""

from collections.abc import Collection
from dataclasses import replace

from assistant.dialogue.ducking import unduck
from assistant.dialogue.events import Heard, further_parts
from assistant.dialogue.misses import miss, not_understood
from assistant.dialogue.parts.modes import AskingSign, Emergency, Screening
from assistant.dialogue.replies.alarms import ALLOWED_IN_EMERGENCY, IN_EMERGENCY, refuse
from assistant.dialogue.replies.table import REPLIES
from assistant.dialogue.safety.asked_sign import sign_unclear
from assistant.dialogue.screening import answers_screening
from assistant.dialogue.state import state_of, valid_now
from assistant.dialogue.step_builder import StepBuilder
from assistant.dialogue.transitions import settle
from assistant.script import safety_lines
from assistant.states import ALWAYS, State
from assistant.timeline import entries
from audio.frames import Frame, seconds
from intents.model import Intent

CONSENTS = frozenset(
    {Intent.YES, Intent.NO, Intent.READY, Intent.AGREED, Intent.PASSED, Intent.BETTER}
    | {Intent.FALSE_ALARM, Intent.HELP_COMING}
)
"""Intents that answer a question, and so mean nothing as a further part of the breath that has opened the question."""

CONDITION_TOLD = "condition"
"""Slot of a red flag that only tells of a condition."""

NEVER_DEFERRED = frozenset(
    {Intent.RED_FLAG, Intent.STOP, Intent.THAT_HURTS, Intent.PAUSE, Intent.MUTE}
    | {Intent.CALL_FOR_HELP, Intent.SELF_HARM, Intent.WAIT}
)
"""Intents that are answered at once even while silence is awaited."""


def hear(builder: StepBuilder, heard: Heard, question_began: Frame) -> None:
    """Answer what was heard. `question_began`: frame of the open question; an answer that began before is ignored.

    What `follows` is a further part of a breath whose first part has acted before the breath ended.
    """
    if heard.follows:
        for part in (replace(heard, reading=replace(heard.reading, also=(), unread="")), *further_parts(heard)):
            hear_further(builder, part)
            settle(builder)
        return
    builder.follows = False
    unconfirmed = builder.conversation.to_confirm
    if unconfirmed is not None and heard.reading.text:
        builder.change(to_confirm=None)
        if heard.reading.intent == Intent.YES:
            confirmed = replace(unconfirmed.reading, needs_confirmation=False)
            hear(builder, replace(unconfirmed, reading=confirmed), question_began)
            return
        if heard.reading.intent == Intent.NO:
            builder.signal("understood")
            return
    heard = _possible(_renamed(heard), valid_now(builder.conversation))
    conversation, reading = builder.conversation, heard.reading
    if reading.intent is None or reading.needs_confirmation:
        not_understood(builder, heard)
        return
    intent = Intent(reading.intent)
    if conversation.awaiting is not None and intent not in NEVER_DEFERRED:
        builder.change(deferred=(*conversation.deferred, heard))
        return
    parts = further_parts(heard)
    builder.more = bool(parts)
    late = heard.began < question_began and intent not in ALWAYS
    unclear_no = (
        isinstance(conversation.mode, Screening | AskingSign) and intent is Intent.NO and not answers_screening(reading)
    )
    if late or unclear_no or intent not in valid_now(conversation):
        reason = "late" if late else "unsure" if unclear_no else "not valid now"
        builder.note(miss(heard, reason))
        if state_of(conversation) not in (State.ASLEEP, State.MUTED):
            builder.signal("not_understood")
        if isinstance(conversation.mode, Emergency):
            refuse(builder)
        elif unclear_no:
            _ask_again(builder, reading.text)
        return
    builder.change(not_understood_in_a_row=0)
    unduck(builder)
    builder.note(_taken(heard, intent))
    if builder.state is State.HOLDING:
        builder.signal("understood")  # the answer comes only after the next count
    _reply(builder, intent, heard)
    for part in parts:
        settle(builder)
        hear_further(builder, part)


def _renamed(heard: Heard) -> Heard:
    """What was heard; a red flag that only tells of a condition is that condition, and no alarm."""
    reading = heard.reading
    if reading.intent == Intent.RED_FLAG and CONDITION_TOLD in reading.slots:
        return replace(heard, reading=replace(reading, intent=Intent.CONDITION))
    return heard


def _possible(heard: Heard, valid: Collection[str]) -> Heard:
    """What was heard, without the parts of it, from the first on, that are not valid; if none is, as it was."""
    reading = heard.reading
    if reading.intent is None or reading.needs_confirmation or reading.intent in valid:
        return heard
    for i, meant in enumerate(reading.also):
        if meant.intent in valid:
            first = replace(reading, intent=meant.intent, slots=meant.slots, also=reading.also[i + 1 :])
            return replace(heard, reading=first)
    return heard


def _reply(builder: StepBuilder, intent: Intent, heard: Heard) -> None:
    if isinstance(builder.conversation.mode, Emergency) and intent not in ALLOWED_IN_EMERGENCY:
        own = IN_EMERGENCY.get(intent)
        if own is None:
            refuse(builder)
        else:
            own(builder, heard)
        return
    REPLIES[intent](builder, heard)


def hear_further(builder: StepBuilder, heard: Heard) -> None:
    """Answer a further part of what was said in one breath, after the silence if that is awaited."""
    conversation, reading = builder.conversation, _renamed(heard).reading
    if conversation.awaiting is not None:
        builder.change(deferred=(*conversation.deferred, heard))
        return
    if reading.intent is None:
        builder.further(safety_lines.cannot(reading.text))
        return
    intent = Intent(reading.intent)
    # Nobody answers a question in the breath that has opened it.
    premature = intent in CONSENTS and conversation.question_began == builder.now
    if premature or intent not in valid_now(conversation):
        return
    builder.follows = True
    heard = replace(heard, reading=reading)
    builder.note(_taken(heard, intent))
    _reply(builder, intent, heard)


def _taken(heard: Heard, intent: Intent) -> entries.IntentTaken:
    reading = heard.reading
    return entries.IntentTaken(
        reading.text,
        intent,
        dict(reading.slots),
        round(reading.confidence, 3),
        seconds(heard.began),
        seconds(heard.until),
    )


def _ask_again(builder: StepBuilder, text: str) -> None:
    """Ask the open question about signs again, after an answer that is no clear one."""
    mode = builder.conversation.mode
    if isinstance(mode, AskingSign):
        sign_unclear(builder, mode, text)
    else:
        builder.say(builder.guidance.screening.again)
