"""A step of the conversation while it is being worked out: the state so far, and the actions so far.

`step` makes one, lets a reply change it, and returns what it became. It holds the few verbs that every reply is made
of: say, aside, interrupt, screened.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant import script
from assistant.coaching.holds import (
    count_beats,
)
from assistant.coaching.plan import Plan
from assistant.coaching.session import routine_session
from assistant.dialogue.actions import Action, Note, Signal
from assistant.dialogue.output import (
    Cut,
    Preparing,
    begin_plan,
    drop_prepared,
    fall_silent,
    say_aside,
)
from assistant.dialogue.state import (
    AskingNumber,
    Conversation,
    Mode,
    Offering,
    Screening,
    Then,
    ThenCoach,
    ThenPause,
    ThenSay,
    ThenStop,
    WantsHelp,
    Wish,
    state_of,
)
from assistant.guidance.schema import EMERGENCY, Guidance
from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame
from audio.score import VoiceSettings


class StepBuilder:
    """The conversation in the middle of a step."""

    def __init__(self, conversation: Conversation, guidance: Guidance, now: Frame) -> None:
        self.now = now
        self.guidance = guidance
        self.conversation = conversation
        self.actions: list[Action] = []
        self.due: tuple[Then, Cut] | None = None
        """What was to be done in silence, where it is silent already; the machine does it next."""

    # -- small things ---------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The name of the present state."""
        return state_of(self.conversation)

    @property
    def settings_voice(self) -> VoiceSettings:
        """The voice as it is set now."""
        return self.conversation.settings.voice

    def change(self, **fields: Any) -> None:  # noqa: ANN401 - the fields of Conversation, as in replace()
        """Replace fields of the conversation; a change of mode or place opens a new question."""
        before = self.conversation
        self.conversation = replace(before, **fields)
        steps = [c.session.place.step if c.session else None for c in (before, self.conversation)]
        if before.mode != self.conversation.mode or steps[0] != steps[1]:
            self.conversation = replace(self.conversation, since=self.now)

    def note(self, entry: entries.Entry, at: Frame | None = None) -> None:
        """A line for the timeline."""
        self.actions.append(Note(self.now if at is None else at, entry))

    def filled(self, *lines: str) -> tuple[str, ...]:
        """Lines with the emergency number, a digit at a time, and the phrase that wakes in their places."""
        settings = self.conversation.settings
        number = " ".join(settings.emergency_number) if settings.emergency_number else script.YOUR_EMERGENCY_NUMBER
        return tuple(line.replace(EMERGENCY, number).replace(script.WAKE, settings.wake_phrase) for line in lines)

    def hint(self, of: Callable[[State], str]) -> str:
        """What the script has for the present state; while the emergency number is awaited, how to say it."""
        awaited = isinstance(self.conversation.mode, AskingNumber) and self.conversation.mode.number is None
        return script.SAY_NUMBER if awaited else self.filled(of(self.state))[0]

    def signal(self, name: str) -> None:
        """An earcon."""
        output = self.conversation.output
        self.change(output=replace(output, last_id=output.last_id + 1))
        self.actions.append(Signal(output.last_id + 1, name))

    # -- saying ---------------------------------------------------------------------------------

    def say(self, *lines: str, mode: Mode | None = None, slowly: bool = False) -> None:
        """Say lines now, instead of whatever is being said, in a new mode or the present one."""
        self.interrupt(ThenSay(self.filled(*lines), mode if mode is not None else self.conversation.mode, slowly))

    def aside(self, words: str) -> None:
        """Say something without ending what is going on: over the counts, or before the rest of it."""
        session = self.conversation.session
        also = count_beats(1, session.seconds, True) if session is not None and self.state is State.HOLDING else ()
        output, actions = say_aside(self.conversation.output, words, self.settings_voice, also)
        self.change(output=output)
        self.actions += actions

    def interrupt(self, then: Then) -> None:
        """Fall silent if anything sounds, then go on with `then`; a pause and an end always wait for the silence."""
        must_wait = isinstance(then, ThenPause | ThenStop)
        match self.conversation.output.now:
            case Preparing() | None if not must_wait:
                output, unheard = drop_prepared(self.conversation.output)
                self.change(output=output)
                self.due = then, Cut(self.now, unheard)
            case _:
                output, actions = fall_silent(self.conversation.output)
                self.change(output=output, awaiting=then)
                self.actions += actions

    def begin(self, plan: Plan, voice: VoiceSettings | None = None) -> None:
        """Play a plan; nothing may be playing."""
        if plan:
            output, actions = begin_plan(self.conversation.output, plan, voice or self.settings_voice)
            self.change(output=output)
            self.actions += actions

    # -- wishes and sessions --------------------------------------------------------------------

    def screened(self, wish: Wish) -> None:
        """Do what is wished once the screening question has been answered with a clear no."""
        if self.conversation.cleared:
            self.grant(wish)
        else:
            question = self.guidance.screening.question
            self.say(question, mode=Screening(wish, question))

    def grant(self, wish: Wish) -> None:
        """Do what is wished."""
        if isinstance(wish, WantsHelp):
            offer = routine_session(self.guidance, "quick")
            first = self.guidance.topics["what_helps"].bites[0].say
            self.say(first, script.SHALL_WE_BEGIN, mode=Offering(offer))
            return
        self.interrupt(ThenCoach(wish.session, fresh=True))
