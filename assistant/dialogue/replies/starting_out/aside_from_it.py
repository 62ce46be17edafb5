"""What is said in the welcome or in the lesson: an answer to it, something beside it, or what leaves it at once."""

from collections.abc import Collection
from dataclasses import replace

from assistant.dialogue.events import Heard
from assistant.dialogue.output import Playing, drop_prepared
from assistant.dialogue.parts.announced import ThenSay
from assistant.dialogue.parts.modes import AskingNumber, Idle, Mode, Paused, Practising, Welcoming
from assistant.dialogue.replies.starting_out.lesson import learned_in
from assistant.dialogue.replies.starting_out.welcome import welcomed_in
from assistant.dialogue.replies.topics import Reply
from assistant.dialogue.step_builder import StepBuilder
from intents.model import Intent

_BESIDE = frozenset(
    {Intent.STOP, Intent.PAUSE, Intent.WAIT, Intent.RESUME, Intent.READY, Intent.MUTE, Intent.UNDO}
    | {Intent.REPEAT, Intent.REPEAT_SLOWER, Intent.LOUDER, Intent.QUIETER, Intent.SPEAK_FASTER, Intent.SPEAK_SLOWER}
    | {
        Intent.HIGHER_VOICE,
        Intent.DEEPER_VOICE,
        Intent.CHANGE_SETTING,
        Intent.HELLO,
        Intent.THANKS,
        Intent.WHO_ARE_YOU,
        Intent.SMALL_TALK,
    }
    | {Intent.TIME, Intent.SETTINGS, Intent.ASK_EMERGENCY_NUMBER, Intent.WHY_ASK, Intent.FEELS_GOOD, Intent.SKIP}
    | {Intent.NEXT, Intent.FALSE_ALARM, Intent.HELP_COMING}
)
"""Intents that are answered as ever, and after which the welcome or the lesson goes on."""
_BESIDE_THE_NUMBER = _BESIDE | (
    {Intent.YES, Intent.NO, Intent.DIGITS, Intent.EMERGENCY_NUMBER, Intent.NEVER_MIND, Intent.HELP}
    | {Intent.WHAT_CAN_I_SAY, Intent.WHERE_AM_I, Intent.HOW_LONG, Intent.TIME_LEFT}
)
"""The same while the welcome asks for the emergency number."""


def answer(builder: StepBuilder, intent: Intent, heard: Heard, reply: Reply) -> None:
    """Answer what was said, wherever. `reply`: the reply outside the welcome and the lesson, which leaves them."""
    if welcomed_in(builder, intent, heard) or learned_in(builder, intent, heard):
        return
    if intent in _stays(builder.conversation.mode):
        reply(builder, heard)
        return
    builder.change(mode=Idle(), output=drop_prepared(builder.conversation.output)[0])
    reply(builder, heard)
    output = builder.conversation.output
    if isinstance(output.now, Playing) and isinstance(builder.conversation.mode, Idle):
        # What was being said is over, whatever the reply says beside it.
        words = output.aside.words if output.aside is not None else ""
        builder.change(output=replace(output, aside=None))
        builder.interrupt(ThenSay((words,), Idle()))


def _stays(mode: Mode) -> Collection[Intent]:
    """The intents that lead out of nothing: all, but in the welcome and in the lesson."""
    match mode:
        case Welcoming() | Practising() | Paused(back=Welcoming() | Practising()):
            return _BESIDE
        case AskingNumber(welcoming=True) | Paused(back=AskingNumber(welcoming=True)):
            return _BESIDE_THE_NUMBER
        case _:
            return frozenset(Intent)
