"""Every sentence that is spoken and is not guidance: short, for the ear, the answer first.

The words "stop" and "pause" are kept to the help lines, so that Limber never hears itself say them.
"""

from typing import assert_never

from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, Frame
from intents.text.numerals import in_words

WAKE = "{wake}"
"""Stands in a line for the phrase that wakes."""
BREATHE = "breathe"
REST = "And rest."
LAST_ONE = "Last one."
TAKE_YOUR_PLACE = "Take your place. Say wait if you need longer."
GOING_ON = "Going on."
LET_GO = "Let go, slowly. Say go on when you are ready."
TAKE_YOUR_TIME = "Take your time. Say ready when you are."
HELD_UP = "All right. Say go on when you want more."
NOTHING_RUNNING = "Nothing is running. Say what helps, or start stretching."
SESSION_OVER = "Session over. Let go slowly. Say go on to pick it up again."
QUIET = "All right, that is over."
SHALL_WE_BEGIN = "Begin with neck turns?"
MORE = "More?"
NO_MORE = "That is all on this. Say what helps, or start stretching."
ALL_RIGHT = "All right. Say what helps, or start stretching."
CARRYING_ON = "Carrying on."
ALREADY_GOING = "We are going."
NOTHING_TO_RESUME = "There is nothing to go back to. Say start stretching to begin."
HURT = "Let go, slowly. Say gentler, skip it, or finish."
HURT_CHOICES = "Say gentler, skip it, or finish."
SESSION_DONE = "That was the last one. Well done. Move gently for a while."
NOT_LISTENING = "Not listening. Say {wake} when you want me."
LISTENING = "I am listening."
GOODBYE = "Goodbye. Say {wake} to wake me."
CALL_IF_UNSURE = "If this could be an emergency, call now. If I got it wrong, say never mind."
CANNOT_HEAR = "I cannot hear you any more. Check the microphone."
CANNOT_SAVE = "I could not save that. Everything else works."
GLAD = "All right. I am here if you need me."
FASTER, SLOWER = "Faster.", "Slower."
LOUDER, QUIETER = "Louder.", "Quieter."
AS_FAST, AS_SLOW = "That is my fastest.", "That is my slowest."
AS_LOUD, AS_QUIET = "That is my loudest.", "That is my quietest."
COUNTING_ALOUD, COUNTING_SILENTLY = "Counting aloud.", "Counting silently."
CHANGED_BACK, NOTHING_TO_UNDO = "Changed back.", "Nothing to change back."
YOUR_EMERGENCY_NUMBER = "your emergency number"
HELLO = "Hello, I am Limber."
WHICH_NUMBER = "Which number do you call in an emergency?"
SAY_NUMBER = "Say the number digit by digit, or say skip."
REMEMBERED = "I will remember it. Say what helps, or start stretching."
NO_NUMBER = "All right. To tell me later, say change my emergency number."
SAY_WHOLE = "Say my emergency number is, and its digits."


def announce(title: str, *, first: bool, last: bool) -> str:
    """A movement's name, said before it begins."""
    if first:
        return f"{title}."
    return f"Last one, {title[0].lower()}{title[1:]}." if last else f"Next, {title[0].lower()}{title[1:]}."


def whole_seconds(length: Frame) -> str:
    """A time that is left, rounded up to seconds, in words for the ear."""
    n = -(-length // FRAMES_PER_SECOND)
    if n >= 90:
        return f"about {round(n / 60)} minutes"
    return "one second" if n == 1 else f"{n} seconds"


def time_left(length: Frame) -> str:
    """Answer to "how long" in a hold."""
    return f"{_capital(whole_seconds(length))} left."


def how_long_hold(seconds: int) -> str:
    """Answer to "how long" before a hold."""
    return f"{_capital(whole_seconds(seconds * FRAMES_PER_SECOND))} each."


def repetitions_left(n: int) -> str:
    """Answer to "how many"."""
    return "This is the last one." if n == 1 else f"{n} left, with this one."


def repetitions(n: int) -> str:
    """Confirms another number of repetitions."""
    return "Just this one." if n == 1 else f"{n} in all."


def hold_seconds(n: int) -> str:
    """Confirms another length of the hold."""
    return f"{n} seconds."


def where(title: str, side: str | None, repetition: int, of: int, step: int, steps: int) -> str:
    """Answer to "where am I"."""
    sided = f", {side} side" if side else ""
    times = f", {repetition} of {of}" if of > 1 else ""
    movement = f" Movement {step} of {steps}." if steps > 1 else ""
    return f"{title}{sided}{times}.{movement}"


def what_next(title: str | None) -> str:
    """Answer to "what next"."""
    return f"Next, {title[0].lower()}{title[1:]}." if title else "Nothing more after this one."


def digits(number: str) -> str:
    """A number digit by digit, for the ear."""
    return ", ".join(in_words(int(digit)) for digit in number)


def is_it_right(number: str) -> str:
    """Says a number back; of a single digit, typed so far, only that."""
    return f"{_capital(digits(number))}." + (" Is that right?" if len(number) > 1 else "")


def number_kept(number: str) -> str:
    """Confirms an emergency number that was not asked about."""
    return f"{_capital(digits(number))}. Say undo if that is wrong."


def number_is(number: str | None) -> str:
    """Answer to "what is my emergency number"."""
    return f"It is {digits(number)}." if number else "You have not told me. Say change my emergency number."


def not_understood(text: str, choices: str) -> str:
    """What was heard, and what can be said now."""
    heard = f"I heard {text}. " if text and len(text.split()) <= 6 else "I did not get that. "
    return heard + choices


def did_you_say(text: str) -> str:
    """Asks before it acts on what it is not sure of."""
    return f"Did you say {text}?"


def choices(state: State) -> str:
    """Two things that can be said now."""
    match state:
        case State.IDLE:
            return "Say what helps, or start stretching."
        case State.TOPIC:
            return "Say more, or start stretching."
        case State.SCREENING:
            return "Say yes, or say no."
        case State.INSTRUCTING | State.RESTING:
            return "Say repeat, or next."
        case State.HOLDING:
            return "Say how long, or next."
        case State.PAUSED:
            return "Say go on, or finish."
        case State.CONFIRMING:
            return "Say yes, or no."
        case State.EMERGENCY:
            return "Say repeat, or never mind."
        case State.ASLEEP | State.MUTED:
            return "Say {wake}."
        case _:
            assert_never(state)


def help_in(state: State) -> str:
    """What to say next, for someone who asks for help; the only lines that name "stop" and "pause"."""
    match state:
        case State.IDLE:
            return "Tell me what hurts, or say start stretching. Say stop at any time."
        case State.TOPIC:
            return "Say more, or ask about heat, rest or causes. Say start stretching to begin."
        case State.SCREENING:
            return "I ask this to keep you safe. Say yes if any of it fits, or a clear no."
        case State.INSTRUCTING | State.RESTING:
            return "Say ready, repeat, or next. Say pause or stop at any time."
        case State.HOLDING:
            return "Say pause, how long, or that hurts. Say stop to end."
        case State.PAUSED:
            return "Say go on to continue, next to move on, or stop to end."
        case State.CONFIRMING:
            return "Say yes or no. Say stop to end."
        case State.EMERGENCY:
            return "Call for help now if you are unsure. Say repeat to hear it again, or never mind."
        case State.ASLEEP | State.MUTED:
            return "Say {wake}, and I listen again."
        case _:
            assert_never(state)


def what_can_i_say(state: State) -> str:
    """A wider choice than help gives."""
    match state:
        case State.INSTRUCTING | State.HOLDING | State.RESTING | State.PAUSED:
            return (
                "Say pause, go on, repeat, next, back, skip, longer, shorter, how long, or stop. "
                "Ask how far, or where to feel it."
            )
        case State.IDLE | State.TOPIC:
            return (
                "Ask what helps, what causes it, or how to prevent it. "
                "Say quick, full, gentle or strength routine. Say louder, slower, or stop."
            )
        case State.SCREENING | State.CONFIRMING | State.EMERGENCY | State.ASLEEP | State.MUTED:
            return help_in(state)
        case _:
            assert_never(state)


def where_in(state: State) -> str:
    """Answer to "where am I" outside a session."""
    match state:
        case State.TOPIC:
            return "I am telling you about your back. Say more, or start stretching."
        case State.SCREENING:
            return "We have not begun. I need a yes or a no first."
        case State.CONFIRMING:
            return "I asked you something. Say yes, or no."
        case State.EMERGENCY:
            return "I heard a warning sign, so we do not stretch now."
        case State.IDLE | State.INSTRUCTING | State.HOLDING | State.RESTING | State.PAUSED:
            return NOTHING_RUNNING
        case State.ASLEEP | State.MUTED:
            return NOT_LISTENING
        case _:
            assert_never(state)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
