"""The lines that Limber speaks, apart from the guidance: short, for the ear, the answer first.

Only the help lines, and in `starting_lines` what is to be tried, contain "stop" and "pause", so that Limber seldom
hears its own voice say a command.
"""

from typing import assert_never

from assistant.states import State
from audio.frames import FRAMES_PER_SECOND, Frame
from intents.text.numerals import in_words

WAKE = "{wake}"
"""Placeholder in a line for the wake phrase."""
SECONDS_PER_MINUTE = 60
"""Seconds in a minute."""
MINUTES_FROM_SECONDS = 90
"""Length, in seconds, from which on a time is spoken in whole minutes; for less they are too coarse."""

# The lines. A name says when Limber speaks the line; where a name does not suffice, a comment does.

BREATHE = "breathe"
REST = "And rest."
TAKE_YOUR_PLACE = "Take your place. Say wait if you need longer."
GOING_ON = "Going on."
LET_GO = "Let go, slowly. Say go on when you are ready."
TAKE_YOUR_TIME = "Take your time. Say ready when you are."
LET_GO_NOW = "Let go, slowly."
# Answers "pause" outside a session.
HELD_UP = "All right. Say go on when you want more."
# Answers "can I sit?" before a session.
SIT_FOR_MOST = "Yes. All but the doorway stretch can be done sitting."
NOTHING_RUNNING = "Nothing is running. Say what helps, or start stretching."
SESSION_OVER = "Session over. Let go slowly. Say go on to pick it up again."
# Answers "stop" outside a session.
QUIET = "All right, that is over."
MORE = "More?"
NO_MORE = "That is all on this. Say what helps, or start stretching."
DROPPED = "All right."
ALL_RIGHT = "All right. Say what helps, or start stretching."
CARRYING_ON = "Carrying on."
ALREADY_GOING = "We are going."
NOTHING_TO_RESUME = "There is nothing to go back to. Say start stretching to begin."
HURT = "Let go, slowly. Say gentler, skip it, or finish."
HURT_CHOICES = "Say gentler, skip it, or finish."
MICROPHONE_CLOSED = "My microphone is closed. Press m, or type unmute, to open it."
SLEEPING = "I am asleep. Say {wake} to wake me."
LISTENING = "I am listening."
GOODBYE = "Goodbye. Say {wake} to wake me."
GOOD_NIGHT = "Good night. Say {wake} to wake me."
# Ends the program at the keyboard.
FAREWELL = "Goodbye."
CANNOT_HEAR = "I cannot hear you any more. Check the microphone."
CANNOT_SAVE = "I could not save that. Everything else works."
# Answers to changes of a setting; AS_...: the setting has reached its bound.
FASTER, SLOWER = "Faster.", "Slower."
LOUDER, QUIETER = "Louder.", "Quieter."
USUAL_SPEED = "My usual speed."
AS_FAST, AS_SLOW = "That is my fastest.", "That is my slowest."
HIGHER, DEEPER = "A higher voice.", "A deeper voice."
AS_HIGH, AS_DEEP = "That is my highest voice.", "That is my deepest voice."
AS_LOUD, AS_QUIET = "That is my loudest.", "That is my quietest."
COUNTING_ALOUD, COUNTING_SILENTLY = "Counting aloud.", "Counting silently."
CHANGED_BACK, NOTHING_TO_UNDO = "Changed back.", "Nothing to change back."
# Stands in a line for the emergency number while none is known.
YOUR_EMERGENCY_NUMBER = "your emergency number"
# Answers "what can you do?", a bite at a time.
ABILITIES = (
    "I ease a cramped upper back with stretches, and answer questions. Ask what helps, or say start stretching.",
    "Ask about heat, rest, painkillers, causes, or when to see a doctor.",
    "In a stretch, say gentler, longer, skip, the other side, or how long.",
    "I speak louder, quieter, faster or slower, and keep your emergency number.",
    "Say teach me, and you try out what you can say, with nothing to stretch.",
)
HELLO = "Hello, I am Limber."
WHICH_NUMBER = "Which number do you call in an emergency?"
SAY_NUMBER = "Say the number digit by digit, or say skip."
# Confirms the emergency number after a "yes".
REMEMBERED = "I will remember it. Say what helps, or start stretching."
# The same in the welcome, which goes on.
REMEMBERED_BRIEFLY = "I will remember it."
NO_NUMBER = "All right. To tell me later, say change my emergency number."
# Answers a request for another emergency number, in a session, that names none.
SAY_WHOLE = "Say my emergency number is, and its digits."


def whole_seconds(length: Frame) -> str:
    """A length in frames, in words: rounded up to seconds, or to minutes from MINUTES_FROM_SECONDS on."""
    n = -(-length // FRAMES_PER_SECOND)
    if n >= MINUTES_FROM_SECONDS:
        return f"about {round(n / SECONDS_PER_MINUTE)} minutes"
    return "one second" if n == 1 else f"{n} seconds"


def time_left(length: Frame) -> str:
    """Answer "how long?" in a hold: the time left, given in frames."""
    return f"{capital(whole_seconds(length))} left."


def how_long_hold(seconds: int) -> str:
    """Answer "how long?" before a hold: its length, given in seconds."""
    return f"{capital(whole_seconds(seconds * FRAMES_PER_SECOND))} each."


def repetitions_left(n: int) -> str:
    """Answer "how many?": the repetitions left, the present one included."""
    return "This is the last one." if n == 1 else f"{n} left, with this one."


def where(title: str, side: str | None, repetition: int, of: int, step: int, steps: int) -> str:
    """Answer "where am I?" in a session: movement, side, repetition of how many, step of how many; all from 1."""
    sided = f", {side} side" if side else ""
    times = f", {repetition} of {of}" if of > 1 else ""
    movement = f" Movement {step} of {steps}." if steps > 1 else ""
    return f"{title}{sided}{times}.{movement}"


def movement_and_side(title: str, side: str | None) -> str:
    """Tell which movement, and which side, comes when a session goes on."""
    return f"{title}, {side} side." if side else f"{title}."


def what_next(title: str | None) -> str:
    """Answer "what next?": the title of the next movement; None: there is none."""
    return f"Next, {title[0].lower()}{title[1:]}." if title else "Nothing more after this one."


def digits(number: str) -> str:
    """A number, one word for each digit."""
    return ", ".join(in_words(int(digit)) for digit in number)


def is_it_right(number: str) -> str:
    """Read an emergency number back and ask whether it is right; a first typed digit is only read back."""
    return f"{capital(digits(number))}." + (" Is that right?" if len(number) > 1 else "")


def number_kept(number: str) -> str:
    """Confirm an emergency number that was changed in a session, where Limber does not ask whether it is right."""
    return f"{capital(digits(number))}. Say undo if that is wrong."


def number_is(number: str | None) -> str:
    """Answer "what is my emergency number?"; None: none is known, and those that most places have are told."""
    anywhere = "You have named none. 1 1 2 works in most countries, 9 1 1 in America, 9 9 9 in Britain."
    return f"It is {digits(number)}." if number else anywhere


def number_is_set(number: str | None) -> str:
    """Tell the emergency number among the settings; None: none is known."""
    return f"Your emergency number is {digits(number)}." if number else "You have named no emergency number."


def did_you_say(text: str) -> str:
    """Ask for confirmation of a text that was recognised with too little confidence to act on."""
    return f"Did you say {text}?"


def choices(state: State) -> str:
    """Name two things that can be said in a state."""
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
            return "Say what number, or false alarm."
        case State.ASLEEP:
            return "Say {wake}."
        case State.MUTED:
            return MICROPHONE_CLOSED
        case _:
            assert_never(state)


KEYS_KEY = "?"
"""The key that asks for the keys."""
KEYS_TOLD = "Keys: g begins, space pauses, n next or no, y yes, s stops, x hurts, l how long, h helps."
"""What `KEYS_KEY` is answered aloud: the keys that are pressed most, since not everybody sees the printed list."""


def help_in(state: State) -> str:
    """Answer "help" in a state: what to say next.

    Of this file only these lines, `what_can_i_say` and `KEYS_TOLD` contain "stop" or "pause".
    """
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
            return "Say what number to hear it again, or false alarm."
        case State.ASLEEP:
            return "Say {wake}, and I listen again."
        case State.MUTED:
            return MICROPHONE_CLOSED
        case _:
            assert_never(state)


def what_can_i_say(state: State) -> str:
    """Answer "what can I say?" in a state: a wider choice than that of `help_in`."""
    match state:
        case State.INSTRUCTING | State.HOLDING | State.RESTING | State.PAUSED:
            return (
                "Say pause, go on, repeat, next, back, skip, longer, shorter, how long, or stop. "
                "Ask how far, or where to feel it."
            )
        case State.IDLE | State.TOPIC:
            return ABILITIES[0]
        case State.SCREENING | State.CONFIRMING | State.EMERGENCY | State.ASLEEP | State.MUTED:
            return help_in(state)
        case _:
            assert_never(state)


def where_in(state: State) -> str:
    """Answer "where am I?" in a state outside a session."""
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
        case State.ASLEEP:
            return SLEEPING
        case State.MUTED:
            return MICROPHONE_CLOSED
        case _:
            assert_never(state)


def capital(text: str) -> str:
    """A text with its first letter a capital."""
    return text[0].upper() + text[1:]
