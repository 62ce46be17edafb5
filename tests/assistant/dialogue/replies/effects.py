"""What a reply does, as data: the lines said, the state entered, the entries noted, the place, dose and settings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from assistant import script
from assistant.coaching.session import SessionPlace
from assistant.dialogue.state import Conversation
from assistant.script import stretching
from assistant.script.stretching import hold_for
from assistant.settings import Settings
from assistant.states import State
from assistant.timeline.entries import (
    Count,
    EarconPlayed,
    Entry,
    HoldEnded,
    HoldStarted,
    IntentTaken,
    MovementBegun,
    Said,
)
from assistant.timeline.entries import StateEntered as Entered
from audio.frames import Frame, frames
from intents.model import Intent
from tests.assistant.dialogue.talk import GUIDANCE, Talk

LONGEST = frames(60)


def asked() -> Talk:
    """A first live start: it has asked for the emergency number."""
    return Talk(Conversation(asks_number=True)).settle()


def begun(routine: str = "quick") -> Talk:
    """A routine has just begun, after a clear no; its name is being said."""
    return Talk().say("StartRoutine", routine=routine).say("No").wait(0.3)


def holding() -> Talk:
    """Two seconds into the first hold of the quick routine, between two words."""
    return begun().until(State.HOLDING).wait(2.4)


OFFER = "Four minutes, begin?"


def offered() -> Talk:
    """It has told what helps first, and offers a routine."""
    return Talk().say("WhatHelps").settle().say("No").settle()


SCENES: Mapping[str, Callable[[], Talk]] = {
    "idle": lambda: Talk().wait(1),
    "left": lambda: holding().say("Stop").settle(),
    "topic": lambda: Talk().say("Causes").settle(),
    "screening": lambda: Talk().say("StartRoutine").settle(),
    "screening for help": lambda: Talk().say("WhatHelps").settle(),
    "screening the chest": lambda: Talk().say("Radiates").settle(),
    "offering": offered,
    "instructing": begun,
    "holding": holding,
    "resting": lambda: begun().until(State.RESTING).wait(0.3),
    "last": lambda: begun().say("Next").wait(0.1).say("Next").until(State.HOLDING).wait(0.5),
    "paused": lambda: holding().say("Pause").settle(),
    "paused topic": lambda: Talk().say("Causes").wait(1).say("Pause").settle(),
    "hurt": lambda: holding().say("ThatHurts").settle(),
    "asked": asked,
    "said back": lambda: asked().say("Digits", number="112").settle(),
    "ended": lambda: begun().say("Next").wait(0.1).say("Next").wait(0.1).say("Next").settle(),
    "emergency": lambda: Talk().say("RedFlag", flag="chest").settle(),
    "asleep": lambda: Talk().say("Goodbye").settle(),
    "muted": lambda: Talk().say("Mute").settle(),
    "muted session": lambda: holding().say("Mute").settle(),
}
"""Where a conversation can stand, reached as a person would; what is said there is said to its end, but in a session.

"ended": a session is over, and it was asked how that felt. "left": a session was stopped in its first hold. "last": in
the first hold of the last movement.
"""
SCREENINGS = ("screening", "screening for help", "screening the chest")
NUMBER = ("asked", "said back")
SESSION = ("instructing", "holding", "resting")
PAUSES = ("paused", "paused topic")
OUTSIDE = ("idle", "left", "topic", *SCREENINGS, "offering", "ended", *NUMBER)
"""Awake, with no session that goes on or waits."""
AWAKE = (*OUTSIDE, *SESSION, *PAUSES, "hurt")
ALL_AWAKE = (*AWAKE, "emergency")

HELD = 117_840
"""Frames of the first hold that are over in "holding"."""
NECK, ROLLS, BREATHING = (GUIDANCE.movements[key] for key in ("neck_rotation", "shoulder_rolls", "slow_breathing"))
QUICK_PLAN = "Quick relief: three movements, about four minutes."
HOLD = "Hold for fifteen."
ANEW = ("Neck rotations, two each side.", NECK.intro, NECK.parts[0].begin, HOLD)
"""The first words of the quick routine, to its first hold, where the plan and the first advice are known."""
FIRST = (QUICK_PLAN, GUIDANCE.careful, "Neck rotations.", *ANEW[1:])
"""And when it begins: the plan is told, and once to go gently."""
GIVEN_UP = HoldEnded(15, HELD)
TURN = MovementBegun(NECK.key, "right", 1, 2)


@cache
def standing(scene: str) -> tuple[Conversation, Frame]:
    """The conversation of a scene, and its frame: for what one step does to it."""
    talk = SCENES[scene]()
    return talk.conversation, talk.now


@dataclass(frozen=True)
class Effect:
    """What became of one event."""

    said: tuple[str, ...]
    """The lines begun until it is quiet, or until a hold begins or ends; counts are none."""
    state: State
    """As soon as it has fallen silent for it."""
    noted: tuple[Entry, ...] = ()
    """In the timeline until then, but states, lines, counts, what was heard, and the sound that tells so."""
    place: SessionPlace | None = None
    """Of the session, as soon as it has fallen silent; None: as before."""
    dose: tuple[int, int] | None = None
    """Seconds and repetitions of the present movement, where they are no longer what they were."""
    settings: Settings | None = None
    """None: as before."""


def observed(talk: Talk, act: Callable[[Talk], object]) -> Effect:
    """What `act` brings about."""
    before, states = talk.conversation, len(talk.noted(Entered))
    seen = {id(entry) for _, entry in talk.timeline.lines}
    first = len(talk.begun)
    act(talk)
    began = talk.mixer.frame
    while talk.conversation.awaiting is not None:
        assert talk.mixer.frame < began + frames(1), f"never falls silent for {talk.conversation.awaiting}"
        talk.wait(0.1)
    after, state = talk.conversation, talk.state
    while not (turns := _turns(talk, states)) and not talk.quiet:
        assert talk.mixer.frame < began + LONGEST, f"never falls quiet: {talk.conversation.mode}"
        talk.wait(0.1)
    turn = turns[0] if turns else None
    return Effect(
        tuple(
            line.text
            for line in talk.begun[first:]
            if not line.text.isdigit() and line.text != script.BREATHE and (turn is None or line.states <= turn.number)
        ),
        state,
        tuple(
            entry
            for at, entry in talk.timeline.lines
            if id(entry) not in seen
            and not isinstance(entry, _ELSEWHERE)
            and entry != UNDERSTOOD
            and (turn is None or at <= turn.at)
        ),
        _changed(before, after, _place),
        _changed(before, after, _dose),
        _changed(before, after, lambda conversation: conversation.settings),
    )


_ELSEWHERE = (Entered, Said, Count, IntentTaken)
"""Entries that an effect tells otherwise, or not at all."""
UNDERSTOOD = EarconPlayed("understood")
"""Sounds in every hold, whatever is heard there; `test_hearing.py` holds that."""


@dataclass(frozen=True)
class _Turn:
    """A hold begins or ends."""

    number: int
    """So many states were noted before."""
    at: Frame


def _turns(talk: Talk, states: int) -> list[_Turn]:
    noted = list(enumerate(talk.noted(Entered)))[states:]
    return [_Turn(number, at) for number, (at, entry) in noted if entry.name in (State.HOLDING, State.RESTING)]


def _place(conversation: Conversation) -> SessionPlace | None:
    session = conversation.session
    return None if session is None else session.place


def _dose(conversation: Conversation) -> tuple[int, int] | None:
    session = conversation.session
    return None if session is None else (session.dose.seconds, session.dose.repetitions)


T = TypeVar("T")


def _changed(before: Conversation, after: Conversation, of: Callable[[Conversation], T]) -> T | None:
    return of(after) if of(after) != of(before) else None


@dataclass(frozen=True)
class Row:
    """One line of a table: what an intent does in a scene."""

    scene: str
    intent: Intent
    effect: Effect
    slots: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join((self.scene, self.intent, *self.slots.values())).replace(" ", "-")

    @property
    def seen(self) -> Effect:
        """What it really does."""
        return observed(SCENES[self.scene](), lambda talk: talk.say(self.intent, **self.slots))


def rows(
    intents: Intent | tuple[Intent, ...],
    scenes: Iterable[str],
    effect: Callable[[str], Effect] | Effect,
    **slots: str,
) -> list[Row]:
    """An intent, or several that do the same, in several scenes."""
    each = (intents,) if isinstance(intents, Intent) else intents
    return [
        Row(scene, intent, effect(scene) if callable(effect) else effect, slots) for scene in scenes for intent in each
    ]


def state_in(scene: str) -> State:
    """The state of a scene."""
    match scene:
        case "idle" | "left":
            return State.IDLE
        case "screening" | "screening for help" | "screening the chest":
            return State.SCREENING
        case "offering" | "asked" | "said back" | "hurt" | "ended":
            return State.CONFIRMING
        case "last":
            return State.HOLDING
        case "paused" | "paused topic":
            return State.PAUSED
        case "muted" | "muted session":
            return State.MUTED
        case _:
            return State(scene.title())


CHOICES = {"hurt": script.HURT_CHOICES, "ended": stretching.SAY_FELT}
"""What can be said in a scene whose question has answers of its own."""


def aside(
    words: str | Callable[[State], str], dose: tuple[int, int] | None = None, settings: Settings | None = None
) -> Callable[[str], Effect]:
    """Words said beside what is going on: before the rest of it, or over the counts of a hold."""

    def effect(scene: str) -> Effect:
        line = words if isinstance(words, str) else CHOICES.get(scene) or words(state_in(scene))
        seconds = dose[0] if dose else 15
        match scene:
            case "instructing":
                words_of_hold = hold_for(NECK.hold_word, seconds)
                return Effect(
                    (line, *FIRST[:-1], words_of_hold), State.INSTRUCTING, (HoldStarted(seconds),), None, dose, settings
                )
            case "holding":
                ended = HoldEnded(seconds, frames(seconds))
                return Effect((line,), State.HOLDING, (ended,), None, dose, settings)
            case "resting":
                return Effect((line,), State.INSTRUCTING, (), None, dose, settings)
            case _:
                return Effect((line,), state_in(scene), (), None, dose, settings)

    return effect
