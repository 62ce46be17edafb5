"""A conversation that a test talks to: the real machine, the real mixer, a voice of silent clips, no wall clock."""

from dataclasses import dataclass
from typing import TypeVar

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import Asleep
from assistant.dialogue.state import Conversation, state_of, valid_now
from assistant.sessions.profile import Profile
from assistant.sessions.stage import Stage
from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame, frames
from audio.samples import silence
from audio.tts.silent import SilentVoice
from intents.model import Intent, Reading
from tests import loaded
from tests.assistant.dialogue.slow_stage import said

GUIDANCE = loaded.guidance()
BLOCK = silence(frames(0.1))
SLOTS = {
    Intent.RED_FLAG: {"flag": "chest"},
    Intent.START_MOVEMENT: {"movement": "neck_tilt"},
    Intent.START_ROUTINE: {"routine": "gentle"},
    Intent.HOLD_FOR: {"seconds": "12"},
    Intent.MEASURE: {"measure": "heat"},
    Intent.CAUSE: {"cause": "stress"},
    Intent.STRATEGY: {"strategy": "ergonomics"},
    Intent.QUESTION: {"about": "heat_minutes"},
    Intent.CONDITION: {"condition": "pregnant"},
    Intent.SMALL_TALK: {"topic": "doctor"},
    Intent.REMIND: {"in": "3600"},
    Intent.EMERGENCY_NUMBER: {"number": "112"},
    Intent.DIGITS: {"number": "112"},
    Intent.CHANGE_SETTING: {"to": "beeps"},
    Intent.RATING: {"rating": "4"},
}

E = TypeVar("E", bound=entries.Entry)


@dataclass(frozen=True)
class Begun:
    """A text, as it began to be said."""

    text: str
    states: int
    """How many states had been noted by then."""


class Talk(Stage):
    """A stage that a test talks to."""

    def __init__(self, conversation: Conversation | None = None, profile: Profile | None = None) -> None:
        self.begun: list[Begun] = []
        """Every text, counts too."""
        super().__init__(conversation or Conversation(), GUIDANCE, SilentVoice(), self.begins, profile)
        self.start()

    def begins(self, text: str) -> None:
        """A text begins to be said."""
        self.begun.append(Begun(text, len(self.noted(entries.StateEntered))))

    def say(self, intent: str, **slots: str) -> "Talk":
        """Somebody says this now."""
        self.take(said(intent, self.mixer.frame, **slots))
        return self

    def hears(self, *texts: str) -> "Talk":
        """Somebody says these texts, each once everything is said; they are read as they are in a session."""
        for text in texts:
            reading = loaded.coach().read(text, valid_now(self.settle().conversation))
            self.take(Heard(reading, self.mixer.frame, self.mixer.frame))
        return self.settle()

    def hears_now(self, text: str) -> "Talk":
        """Somebody says this text now, whatever is being said; it is read as it is in a session."""
        reading = loaded.coach().read(text, valid_now(self.conversation))
        self.take(Heard(reading, self.mixer.frame, self.mixer.frame))
        return self

    def answer(self, text: str) -> list[str]:
        """The lines that answer a text."""
        before = len(self.settle().spoken)
        return self.hears(text).spoken[before:]

    def mumble(self, text: str = "wibble wobble") -> "Talk":
        """Somebody says what means nothing."""
        self.take(Heard(Reading(text, None), self.mixer.frame, self.mixer.frame))
        return self

    def wait(self, seconds: float) -> "Talk":
        """Time passes."""
        until = self.mixer.frame + frames(seconds)
        while self.mixer.frame < until:
            self.render(BLOCK)
        return self

    def until(self, state: State) -> "Talk":
        """Time passes until a state is reached."""
        while self.state is not state:
            self.wait(0.1)
            assert self.mixer.frame < frames(300), f"never gets to {state}: {self.conversation.mode}"
        return self

    def settle(self) -> "Talk":
        """Time passes until everything is said."""
        while not self.quiet:
            self.wait(0.1)
            assert self.mixer.frame < frames(900), "never falls quiet"
        return self.wait(0.1)

    @property
    def state(self) -> State:
        """The name of the present state."""
        return state_of(self.conversation)

    @property
    def spoken(self) -> list[str]:
        """Every line so far that is over."""
        return [entry.text for _, entry in self.timeline.lines if isinstance(entry, entries.Said)]

    @property
    def counts(self) -> list[int]:
        """The numbers of every count so far, spoken or not."""
        return [entry.n for _, entry in self.noted(entries.Count)]

    def noted(self, kind: type[E]) -> list[tuple[Frame, E]]:
        """The lines of one kind of the timeline."""
        return [(at, entry) for at, entry in self.timeline.lines if isinstance(entry, kind)]


def in_state(state: State) -> Talk:
    """A conversation that has really got into a state."""
    match state:
        case State.IDLE:
            return Talk()
        case State.TOPIC:
            return Talk().say("Causes").wait(1)
        case State.SCREENING:
            return Talk().say("StartRoutine").wait(1)
        case State.INSTRUCTING | State.HOLDING | State.RESTING:
            return Talk().say("StartMovement", movement="neck_rotation").settle().say("No").until(state).wait(0.3)
        case State.PAUSED:
            return in_state(State.HOLDING).wait(2).say("Pause").wait(1)
        case State.CONFIRMING:
            return Talk().say("WhatHelps").settle().say("No").wait(1)
        case State.EMERGENCY:
            return Talk().say("RedFlag", flag="chest").wait(1)
        case State.ASLEEP:
            return Talk(Conversation(mode=Asleep()))
        case State.MUTED:
            return Talk().say("Mute").wait(1)
