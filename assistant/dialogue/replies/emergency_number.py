"""Replies about the number to call in an emergency: it is asked for, said back, and kept after a yes."""

from dataclasses import replace

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.state import AfterHurt, AskingNumber, Changeable, Coaching, Idle, Paused
from assistant.dialogue.turn import StepBuilder
from assistant.settings import FEWEST_DIGITS, MOST_DIGITS, Settings


def ask_number(turn: StepBuilder, *before: str) -> None:
    """Ask for it, after some other lines."""
    turn.change(asks_number=False)
    turn.say(*before, script.WHICH_NUMBER, mode=AskingNumber())


def change_number(turn: StepBuilder, heard: Heard) -> None:
    """Another number; a session is not left for it: there it is kept at once, and can be undone."""
    number = heard.reading.slots.get("number", "")
    in_session = isinstance(turn.conversation.mode, Coaching | Paused | AfterHurt)
    match _fits(number), in_session:
        case True, True:
            _keep(turn, replace(turn.conversation.settings, emergency_number=number))
            turn.aside(script.number_kept(number))
        case False, True:
            turn.aside(script.SAY_WHOLE)
        case True, False:
            turn.say(script.is_it_right(number), mode=AskingNumber(number))
        case _:
            ask_number(turn)


def tell_number(turn: StepBuilder, heard: Heard) -> None:
    """The number as it is set."""
    turn.aside(script.number_is(turn.conversation.settings.emergency_number))


def answer_digits(turn: StepBuilder, heard: Heard) -> None:
    """An answer to the question: a number, one more digit from the keyboard, or that it was wrong."""
    mode, number = turn.conversation.mode, heard.reading.slots.get("number", "")
    if not isinstance(mode, AskingNumber):
        return
    typed = len(number) == 1
    if typed and mode.typed:
        number = (mode.number or "") + number
    if not number and mode.number:
        refuse_number(turn, mode)
    elif not number or len(number) > MOST_DIGITS:
        turn.say(script.SAY_NUMBER, mode=AskingNumber(again=mode.again))
    else:
        turn.say(script.is_it_right(number), mode=AskingNumber(number, typed, mode.again))


def accept_number(turn: StepBuilder, mode: AskingNumber) -> None:
    """Yes: keep the number that was said back."""
    if not _fits(mode.number or ""):
        turn.say(script.SAY_NUMBER, mode=AskingNumber(again=mode.again))
        return
    _keep(turn, replace(turn.conversation.settings, emergency_number=mode.number))
    turn.say(script.REMEMBERED, mode=Idle())


def refuse_number(turn: StepBuilder, mode: AskingNumber) -> None:
    """No: to the question it is a skip; to a number said back, ask once more."""
    if mode.number is None:
        skip_number(turn)
    elif mode.again:
        turn.say(script.NO_NUMBER, mode=Idle())
    else:
        turn.say(script.SAY_NUMBER, mode=AskingNumber(again=True))


def skip_number(turn: StepBuilder) -> None:
    """Drop the question, and do not come back to it unasked."""
    settings = turn.conversation.settings
    if settings.number_wanted:
        _keep(turn, replace(settings, ask_emergency_number=False))
        turn.say(script.NO_NUMBER, mode=Idle())
    else:
        turn.say(script.ALL_RIGHT, mode=Idle())


def _keep(turn: StepBuilder, settings: Settings) -> None:
    conversation = turn.conversation
    turn.change(settings=settings, before=Changeable(conversation.settings, conversation.session))


def _fits(number: str) -> bool:
    return FEWEST_DIGITS <= len(number) <= MOST_DIGITS
