"""The keyboard: the meaning of each key in each state, and unbuffered reading from a terminal.

A live session takes each key at once; a typed session takes a line that holds nothing but one key.
"""

import os
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.script import KEYS_KEY
from assistant.states import VALID, State
from intents.model import NO_SLOTS, Intent, Reading

HELP = (
    "Keys: space or p pause or go on, n next or no, y yes, b back, k skip, r repeat, s stop, x that hurts, e gentler, "
    "l how long, w where am I, g begin, h what helps or help, t a topic or more, u undo, + louder, - quieter, "
    "f faster, d slower, m mute or unmute, ? these keys, q end, digits for a number that is asked for"
)
"""Every key, printed when a live session starts, and after `KEYS_KEY`."""

_ANYWHERE = {
    "b": Intent.BACK,
    "r": Intent.REPEAT,
    "s": Intent.STOP,
    "y": Intent.YES,
    "g": Intent.START_ROUTINE,
    "k": Intent.SKIP,
    "x": Intent.THAT_HURTS,
    "e": Intent.GENTLER,
    "l": Intent.HOW_LONG,
    "w": Intent.WHERE_AM_I,
    "u": Intent.UNDO,
    "f": Intent.SPEAK_FASTER,
    "d": Intent.SPEAK_SLOWER,
    "+": Intent.LOUDER,
    "-": Intent.QUIETER,
    KEYS_KEY: Intent.HELP,
}
"""Intents of the keys that mean one thing in every state."""
_OPEN_QUESTIONS = frozenset({State.SCREENING, State.CONFIRMING, State.EMERGENCY, State.TOPIC})
"""States in which "n" answers a question."""
END_KEY = "q"
"""The key that ends the program; the session's loop handles it."""
DIGITS = frozenset("0123456789")
"""Keys that answer the question for the emergency number, or for one from nought to ten."""


def meaning_of_key(key: str, state: State) -> Reading | None:
    """The reading of a key in a state, of confidence 1; None: the key means nothing."""
    match key:
        case " " | "p":
            intent = Intent.RESUME if state is State.PAUSED else Intent.PAUSE
        case "h":
            intent = Intent.WHAT_HELPS if Intent.WHAT_HELPS in VALID[state] else Intent.HELP
        case "t":
            intent = Intent.MORE if state is State.TOPIC else Intent.OVERVIEW
        case "n":
            intent = Intent.NO if state in _OPEN_QUESTIONS else Intent.NEXT
        case "m":
            intent = Intent.UNMUTE if state is State.MUTED else Intent.WAKE if state is State.ASLEEP else Intent.MUTE
        case _ if key in DIGITS:
            intent = Intent.DIGITS
        case _ if key in _ANYWHERE:
            intent = _ANYWHERE[key]
        case _:
            return None
    slots = {"number": key} if intent is Intent.DIGITS else NO_SLOTS
    return Reading(key, intent, slots, confidence=1.0)


@contextmanager
def one_by_one(terminal: int) -> Iterator[None]:
    """Have a terminal give each key at once, without echo; afterwards restore its mode.

    `terminal`: a file descriptor; one that is no terminal is left as it is.
    """
    if not os.isatty(terminal):
        yield
        return
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def read_forever(source: int, pressed: Callable[[str], None]) -> None:
    """Report each key of a file descriptor to `pressed` until its end."""
    while key := os.read(source, 1).decode("ascii", "ignore"):
        pressed(key)
