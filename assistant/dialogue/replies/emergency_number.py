"""Replies about the emergency number: Limber asks for the number, reads the answer back, and keeps it after a "yes"."""

from dataclasses import replace

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AfterHurt, AskingNumber, Coaching, Idle, Paused
from assistant.dialogue.replies.preferences import keep_settings
from assistant.dialogue.replies.starting_out.welcome import last_thing
from assistant.dialogue.replies.topics import say_beside
from assistant.dialogue.step_builder import StepBuilder
from assistant.settings import FEWEST_DIGITS, MOST_CRISIS_DIGITS, MOST_DIGITS


def ask_number(builder: StepBuilder, *before: str) -> None:
    """Ask for the emergency number, after the lines `before`."""
    builder.change(asks_number=False)
    builder.say(*before, script.WHICH_NUMBER, mode=AskingNumber())


def change_number(builder: StepBuilder, heard: Heard) -> None:
    """Take another emergency number, and ask whether it is right.

    In a stretch session Limber keeps the number at once, without a question: the session goes on, and "undo" takes the
    number back.
    """
    number = heard.reading.slots.get("number", "")
    in_session = isinstance(builder.conversation.mode, Coaching | Paused | AfterHurt)
    match fits(number), in_session:
        case True, True:
            keep_number(builder, number)
            builder.aside(script.number_kept(number))
        case False, True:
            builder.aside(script.SAY_WHOLE)
        case True, False:
            builder.say(script.is_it_right(number), mode=_asking(builder, number))
        case _:
            builder.say(script.WHICH_NUMBER, mode=_asking(builder, None))


def _asking(builder: StepBuilder, number: str | None) -> AskingNumber:
    """The question for a number, or for a yes to one, in the welcome a part of that."""
    mode = builder.conversation.mode
    builder.change(asks_number=False)
    return AskingNumber(number, welcoming=isinstance(mode, AskingNumber) and mode.welcoming)


def tell_number(builder: StepBuilder, heard: Heard) -> None:
    """Say which emergency number is set."""
    say_beside(builder, script.number_is(builder.conversation.settings.emergency_number))


def answer_digits(builder: StepBuilder, heard: Heard) -> None:
    """Take digits while the number is asked for: a whole number, or one more digit from the keyboard.

    Digits without a number refuse the number that was read back.
    """
    mode, number = builder.conversation.mode, heard.reading.slots.get("number", "")
    if not isinstance(mode, AskingNumber):
        return
    typed = len(number) == 1
    if typed and mode.typed:
        number = (mode.number or "") + number
    if not number and mode.number:
        refuse_number(builder, mode)
    elif not number or len(number) > (MOST_CRISIS_DIGITS if mode.crisis else MOST_DIGITS):
        builder.say(script.SAY_NUMBER, mode=replace(mode, number=None, typed=False))
    else:
        builder.say(script.is_it_right(number), mode=replace(mode, number=number, typed=typed))


def accept_number(builder: StepBuilder, mode: AskingNumber) -> None:
    """Keep the number that was read back, after a "yes"."""
    if not (mode.crisis and mode.number) and not fits(mode.number or ""):
        builder.say(script.SAY_NUMBER, mode=replace(mode, number=None, typed=False))
        return
    if mode.crisis:
        keep_settings(builder, replace(builder.conversation.settings, crisis_line=mode.number))
        builder.say(script.REMEMBERED, mode=Idle())
        return
    keep_settings(builder, replace(builder.conversation.settings, emergency_number=mode.number))
    _done(builder, mode, script.REMEMBERED, script.REMEMBERED_BRIEFLY)


def refuse_number(builder: StepBuilder, mode: AskingNumber) -> None:
    """Take a "no": before any number a refusal to name one; after the first number that was read back, ask again."""
    if mode.number is None:
        skip_number(builder)
    elif mode.again:
        _done(builder, mode, script.DROPPED if mode.crisis else script.NO_NUMBER)
    else:
        builder.say(script.SAY_NUMBER, mode=replace(mode, number=None, typed=False, again=True))


def skip_number(builder: StepBuilder, *, all_of_it: bool = False) -> None:
    """Drop the question for the number, and never ask it again unasked. `all_of_it`: and the welcome with it."""
    settings, mode = builder.conversation.settings, builder.conversation.mode
    if isinstance(mode, AskingNumber) and mode.crisis:
        builder.say(script.DROPPED, mode=Idle())
        return
    wanted = settings.number_wanted
    if wanted:
        keep_settings(builder, replace(settings, ask_emergency_number=False))
    line = script.NO_NUMBER if wanted else script.ALL_RIGHT
    if isinstance(mode, AskingNumber) and not all_of_it:
        _done(builder, mode, line, script.NO_NUMBER if wanted else "")
    else:
        builder.say(line, mode=Idle())


def _done(builder: StepBuilder, mode: AskingNumber, line: str, welcoming: str | None = None) -> None:
    """Say the line that ends the question; in the welcome, which goes on, perhaps another one."""
    if mode.welcoming:
        last_thing(builder, line if welcoming is None else welcoming)
    else:
        builder.say(line, mode=Idle())


def keep_number(builder: StepBuilder, number: str) -> None:
    """Keep a number as the one to call; "undo" brings the one before it back."""
    keep_settings(builder, replace(builder.conversation.settings, emergency_number=number))


def fits(number: str) -> bool:
    """Whether digits can be a number to call."""
    return FEWEST_DIGITS <= len(number) <= MOST_DIGITS
