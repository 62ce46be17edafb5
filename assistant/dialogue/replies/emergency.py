"""What an emergency answers: the number to call, shorter or longer by what was said, and how it is left.

It never steps down by itself: what may take it back is asked about, and needs a clear "yes".
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenStop
from assistant.dialogue.parts.modes import Emergency
from assistant.dialogue.replies.alarms import call_for_help, red_flag, self_harm
from assistant.dialogue.replies.emergency_number import fits, keep_number
from assistant.dialogue.safety.danger import go_back, help_comes
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.checks import CALL_NOW
from assistant.script import safety_lines, small_talk
from assistant.states import EXERCISE, State
from intents.clauses.doubt import begins_with_yes
from intents.clauses.taken_back import (
    asks_for_calls,
    eased,
    is_afraid,
    is_elsewhere,
    lacks_number,
    perhaps_taken_back,
)
from intents.model import ALARM_INTENTS, Intent
from intents.text.normalize import words_of

PLAIN = frozenset(
    {*ALARM_INTENTS, Intent.HELP_COMING, Intent.STOP, Intent.PAUSE, Intent.WAIT, Intent.GOODBYE, Intent.MUTE}
    | {Intent.REPEAT, Intent.REPEAT_SLOWER, Intent.LOUDER, Intent.QUIETER, Intent.SPEAK_SLOWER, Intent.SPEAK_FASTER}
)
"""Intents that hold whatever words the text has beside them."""
MICROPHONE = frozenset({"mute", "microphone", "mic", "listening", "listen", "hearing", "m"})
"""Words of an order that means the microphone, and not only the talk."""
PLAIN_YES = frozenset("yes yeah yep yup y aye true correct sure certainly definitely absolutely exactly indeed".split())
"""Words that confirm what was said back."""
SAYS_SO = (
    ("i", "am"),
    ("it", "was"),
    ("it", "is"),
    ("they", "are"),
    ("he", "is"),
    ("she", "is"),
    ("that", "is", "right"),
)
"""What a sentence begins with that confirms it."""
FEWEST_HERE = 3
"""Fewest digits of a number in an emergency, where it is taken at once; two may be a number that was overheard."""
TAKING_BACK = frozenset({"mistake", "alarm"})
"""Words that answer "was it a mistake?" as a yes does."""


def answer_by_words(heard: Heard, mode: Emergency) -> Callable[[StepBuilder], None] | None:
    """The answer to words that may take the emergency back, or that lack the number; None: the intent has its own."""
    intent, text = heard.reading.intent, heard.reading.text
    if intent == Intent.MUTE and MICROPHONE.isdisjoint(words_of(text)):
        return partial(_hush, heard=heard)  # "privacy please": who may still need help is heard
    if (intent in PLAIN and not lacks_number(text)) or heard.reading.slots.get("number"):
        return None
    if intent == Intent.FALSE_ALARM and mode.asked is None and "alarm" in words_of(text):
        return None  # said back in its own words
    if perhaps_taken_back(text):
        # Only what was surely read confirms it; an unsure text without intent may be anything.
        says_so = begins_with_yes(text) or not TAKING_BACK.isdisjoint(words_of(text))
        confirmed = mode.asked == "false alarm" and intent in (Intent.YES, Intent.FALSE_ALARM) and says_so
        return partial(go_back, mode=mode) if confirmed else partial(_ask, mode=mode, line=safety_lines.MISTAKE_ASKED)
    if intent == Intent.FALSE_ALARM:
        return None
    if eased(text):
        return partial(_tell, mode=mode, lines=(safety_lines.CALL_ALL_THE_SAME, safety_lines.WRONG_ALARM))
    if is_elsewhere(text) or lacks_number(text):
        return partial(_number_unknown, mode=mode, abroad=is_elsewhere(text))
    if asks_for_calls(text):
        return _tell_who_calls
    if is_afraid(text):
        return partial(_tell, mode=mode, lines=(small_talk.HERE_IN_EMERGENCY,))
    if intent is None and words_of(text)[:2] == ["i", "said"]:
        return partial(_ask, mode=mode, line=safety_lines.MISTAKE_ASKED)
    return None


def refuse(builder: StepBuilder) -> None:
    """Say whom to call, and the first time how the emergency is left; what was asked is not done."""
    mode = builder.conversation.mode
    if isinstance(mode, Emergency):
        way_out = () if mode.way_out_told else (safety_lines.WRONG_ALARM,)
        builder.say(CALL_NOW, *way_out, mode=replace(mode, asked=None, way_out_told=True))


def _says(*lines: str) -> Callable[[StepBuilder, Heard], None]:
    """Make the reply that says lines; what was said back is no longer open."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        mode = builder.conversation.mode
        if isinstance(mode, Emergency):
            builder.say(*lines, mode=replace(mode, asked=None))

    return reply


def _tell_who_calls(builder: StepBuilder) -> None:
    mode = builder.conversation.mode
    if isinstance(mode, Emergency):
        _tell(builder, mode, builder.guidance.call_for_help[1:2])


def _tell(builder: StepBuilder, mode: Emergency, lines: tuple[str, ...]) -> None:
    builder.say(*lines, mode=replace(mode, asked=None))


def _ask(builder: StepBuilder, mode: Emergency, line: str) -> None:
    builder.say(line, mode=replace(mode, asked="false alarm"))


def _advice_again(builder: StepBuilder, heard: Heard) -> None:
    mode = builder.conversation.mode
    if isinstance(mode, Emergency):
        builder.say(*mode.advice, mode=replace(mode, asked=None))


def _no(builder: StepBuilder, heard: Heard) -> None:
    """Deny what was said back; a number that was told wrongly is asked for once more. Else it changes nothing."""
    match builder.conversation.mode:
        case Emergency(asked="number"):
            _number_refused(builder)
        case Emergency(asked=None) as mode:
            builder.say(CALL_NOW, safety_lines.WRONG_ALARM, mode=replace(mode, way_out_told=True))
        case Emergency() as mode:
            builder.say(CALL_NOW, mode=replace(mode, asked=None))
        case _:
            pass


def _yes(builder: StepBuilder, heard: Heard) -> None:
    """Confirm what was said back; else the number again."""
    match builder.conversation.mode:
        case Emergency(asked="false alarm" | "help coming") if not _is_plain_yes(heard.reading.text):
            builder.say(safety_lines.YES_OR_NO_FIRST)
        case Emergency(asked="false alarm") as mode:
            go_back(builder, mode)
        case Emergency(asked="help coming") as mode:
            help_comes(builder, mode)
        case _:
            _says(CALL_NOW, safety_lines.TELL_ME_COMING)(builder, heard)


def _is_plain_yes(text: str) -> bool:
    """Whether a text says yes, and is no "okay" or "go on" that means as much elsewhere; a key has no words."""
    words = words_of(text)
    return len(words) == 0 or not PLAIN_YES.isdisjoint(words) or any(words[: len(i)] == list(i) for i in SAYS_SO)


def _false_alarm(builder: StepBuilder, heard: Heard) -> None:
    """Say it back, and ask for a yes."""
    match builder.conversation.mode:
        case Emergency(asked="false alarm") as mode:
            go_back(builder, mode)
        case Emergency() as mode:
            _ask(builder, mode, safety_lines.FINE_ASKED)
        case _:
            pass


def _never_mind(builder: StepBuilder, heard: Heard) -> None:
    """Ask whether it was a mistake; where that is open already, it is no yes."""
    match builder.conversation.mode:
        case Emergency(asked=None) as mode:
            _ask(builder, mode, safety_lines.MISTAKE_ASKED)
        case _:
            refuse(builder)


def _help_coming(builder: StepBuilder, heard: Heard) -> None:
    match builder.conversation.mode:
        case Emergency(asked="help coming") as mode:
            help_comes(builder, mode)
        case Emergency() as mode:
            builder.say(safety_lines.COMING_ASKED, mode=replace(mode, asked="help coming"))
        case _:
            pass


def _hush(builder: StepBuilder, heard: Heard) -> None:
    builder.interrupt(ThenStop(heard.cause))


# -- the number to call -----------------------------------------------------------------------------------


def _number_unknown(builder: StepBuilder, mode: Emergency, *, abroad: bool) -> None:
    """Say the number that is set; where none is, or where it may not hold (`abroad`), numbers that most places have."""
    match builder.conversation.settings.emergency_number:
        case None:
            _tell(builder, mode, (safety_lines.CALL_ABROAD,))
        case _ if abroad:
            _tell(builder, mode, (CALL_NOW, safety_lines.CALL_ELSEWHERE))
        case _:
            _tell(builder, mode, (CALL_NOW,))


def _which_number(builder: StepBuilder, heard: Heard) -> None:
    mode = builder.conversation.mode
    if isinstance(mode, Emergency):
        _number_unknown(builder, mode, abroad=False)


def _take_number(builder: StepBuilder, heard: Heard) -> None:
    """Keep the number that is told, and say it back: from then on it is the one to call."""
    mode, number = builder.conversation.mode, heard.reading.slots.get("number", "")
    if not isinstance(mode, Emergency):
        return
    if fits(number) and len(number) >= FEWEST_HERE:
        keep_number(builder, number)
        builder.say(safety_lines.call_it(script.digits(number)), mode=replace(mode, asked="number"))
    elif mode.asked == "number" and not number:
        _number_refused(builder)
    else:
        builder.say(safety_lines.SAY_DIGITS, mode=replace(mode, asked=None))


def _number_refused(builder: StepBuilder) -> None:
    """Take back the number that was told last."""
    conversation, mode = builder.conversation, builder.conversation.mode
    if isinstance(mode, Emergency):
        before = conversation.undoable.settings.emergency_number if conversation.undoable else None
        builder.change(settings=replace(conversation.settings, emergency_number=before))
        builder.say(safety_lines.SAY_DIGITS, mode=replace(mode, asked=None))


IN_EMERGENCY: Mapping[Intent, Callable[[StepBuilder, Heard], None]] = MappingProxyType(
    {
        Intent.RED_FLAG: red_flag,
        Intent.CALL_FOR_HELP: call_for_help,
        Intent.SELF_HARM: self_harm,
        Intent.YES: _yes,
        Intent.NO: _no,
        Intent.FALSE_ALARM: _false_alarm,
        Intent.HELP_COMING: _help_coming,
        Intent.NEVER_MIND: _never_mind,
        Intent.REPEAT: _advice_again,
        Intent.ASK_EMERGENCY_NUMBER: _which_number,
        Intent.EMERGENCY_NUMBER: _take_number,
        Intent.DIGITS: _take_number,
        Intent.THAT_HURTS: _says(CALL_NOW, safety_lines.REST_UNTIL_HELP),
        Intent.HOW_LONG: _says(CALL_NOW),
        **dict.fromkeys((Intent.STOP, Intent.PAUSE, Intent.WAIT, Intent.GOODBYE), _hush),
        **dict.fromkeys((Intent.HELP, Intent.WHAT_CAN_I_SAY), _says(CALL_NOW, script.help_in(State.EMERGENCY))),
        **dict.fromkeys((Intent.WHERE_AM_I, Intent.WHY_ASK), _says(script.where_in(State.EMERGENCY), CALL_NOW)),
        **dict.fromkeys((*EXERCISE, Intent.RESUME), _says(safety_lines.NOT_NOW, CALL_NOW)),
    }
)
"""The replies that an emergency has of its own."""
ALLOWED_IN_EMERGENCY = frozenset(
    {Intent.LOUDER, Intent.QUIETER, Intent.SPEAK_SLOWER, Intent.SPEAK_FASTER, Intent.REPEAT_SLOWER, Intent.MUTE}
    | {Intent.HELLO, Intent.UNDO}
)
"""Intents that are answered in an emergency as anywhere; what is in neither table is refused."""
