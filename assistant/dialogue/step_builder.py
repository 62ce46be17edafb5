"""The step builder: one step of the dialogue in the making, the conversation so far and the actions so far.

`step` makes a builder, lets a reply change it, and returns the result. The builder has the verbs that every reply is
made of: say, aside, interrupt.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant import script
from assistant.coaching.holds import count_beats, held_anew
from assistant.coaching.plan import Plan, Say
from assistant.coaching.practice import every_count
from assistant.dialogue.actions import Action, Note, Signal
from assistant.dialogue.output import Cut, Output, Playing, Preparing, begin_plan, drop_prepared, fall_silent, say_aside
from assistant.dialogue.parts.announced import ThenPause, ThenSay, ThenStop, Transition
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingFelt,
    AskingNumber,
    AskingRating,
    AskingRoutine,
    AskingWhen,
    Coaching,
    Emergency,
    Idle,
    Mode,
    Paused,
    Practising,
    Screening,
    Welcoming,
)
from assistant.dialogue.parts.said_last import takes_note, to_repeat
from assistant.dialogue.parts.sitting import Wait
from assistant.dialogue.parts.unoffered import unoffered, what_holds
from assistant.dialogue.parts.unrepeated import unrepeated
from assistant.dialogue.state import Conversation, state_of
from assistant.guidance.own.own_routines import OwnRoutines
from assistant.guidance.schema import EMERGENCY, Guidance
from assistant.script import rating_lines, routine_lines, safety_lines, starting_lines, stretching
from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame
from audio.score import VoiceSettings


class StepBuilder:
    """One step of the dialogue in the making, at frame `now`.

    `conversation` and `actions` are the step's result so far. `due` is a transition that waited for silence where the
    output is silent already; the machine carries it out next. Of several things said in one breath, `follows` tells
    whether the one being answered is a further one, and `more` whether others come after it.
    """

    def __init__(self, conversation: Conversation, guidance: Guidance, now: Frame) -> None:
        self.now = now
        self._guidance = guidance
        self.conversation = conversation
        self.actions: list[Action] = []
        self._known: tuple[OwnRoutines, Guidance] | None = None
        self.due: tuple[Transition, Cut] | None = None
        self.follows = False
        self.more = False

    @property
    def guidance(self) -> Guidance:
        """The guidance, with the person's own routines as they are at this point of the step."""
        own = self.conversation.own
        if self._known is None or self._known[0] is not own:
            self._known = own, own.added_to(self._guidance)
        return self._known[1]

    # -- state and notes ------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The present state."""
        return state_of(self.conversation)

    @property
    def settings_voice(self) -> VoiceSettings:
        """The voice of ordinary lines, as it is set now."""
        return self.conversation.settings.usual_voice

    def change(self, **fields: Any) -> None:  # noqa: ANN401 - the fields of Conversation, as in replace()
        """Replace fields of the conversation; another mode or another movement is a new question, begun now."""
        before = self.conversation
        self.conversation = replace(before, **fields)
        steps = [c.session.place.step if c.session else None for c in (before, self.conversation)]
        if before.mode != self.conversation.mode:
            # An emergency stays the same one, whatever is asked in it: its number is said again so many times in all.
            same = isinstance(before.mode, Emergency) and isinstance(self.conversation.mode, Emergency)
            wait = Wait(reminders=before.wait.reminders if same else 0)
            self.conversation = replace(self.conversation, question_began=self.now, wait=wait)
        elif steps[0] != steps[1]:
            self.conversation = replace(self.conversation, question_began=self.now)

    def note(self, entry: entries.Entry, at: Frame | None = None) -> None:
        """Add an entry to the timeline, at a frame; None: now."""
        self.actions.append(Note(self.now if at is None else at, entry))

    def filled(self, *lines: str) -> tuple[str, ...]:
        """Lines with the emergency number, digit by digit, and the wake phrase filled into their placeholders."""
        settings = self.conversation.settings
        number = " ".join(settings.emergency_number) if settings.emergency_number else script.YOUR_EMERGENCY_NUMBER
        return tuple(line.replace(EMERGENCY, number).replace(script.WAKE, settings.wake_phrase) for line in lines)

    def hint(self, of: Callable[[State], str]) -> str:
        """The line that `of` gives for the present state; while a question with answers of its own is open, those.

        At rest in a sitting without exercise: what holds instead.
        """
        refused = self.conversation.sitting.no_exercise
        match self.conversation.mode:
            case Idle() if refused is not None:
                return what_holds(refused)
            case Screening(which=True):
                return safety_lines.WHICH_SIGN
            case AskingNumber(number=None):
                return script.SAY_NUMBER
            case Welcoming(step=step):
                return starting_lines.WELCOME_SHORTER[step]
            case Practising(step=step):
                return starting_lines.LESSON_HINTS[step]
            case Paused(back=Practising()):
                return starting_lines.SAY_GO_ON
            case AfterHurt():
                return script.HURT_CHOICES
            case AskingRating() | AskingFelt(as_number=True):
                return rating_lines.SAY_RATING
            case AskingFelt():
                return stretching.SAY_FELT
            case AskingRoutine(deletes=None, steps=steps):
                return routine_lines.SAY_A_NAME if steps else routine_lines.SAY_MOVEMENTS
            case AskingWhen(question=question):
                return question
            case _:
                return self.filled(of(self.state))[0]

    def signal(self, name: str) -> None:
        """Play an earcon."""
        output = self.conversation.output
        self.change(output=replace(output, last_id=output.last_id + 1))
        self.actions.append(Signal(output.last_id + 1, name))

    # -- saying ---------------------------------------------------------------------------------

    def say(self, *lines: str, mode: Mode | None = None, slowly: bool = False) -> None:
        """Say lines now, instead of what is being said, in a new mode (None: the present one).

        What answers an earlier part of the same breath is said before them.
        """
        self.interrupt(ThenSay(self.filled(*lines), mode if mode is not None else self.conversation.mode, slowly))

    def aside(self, words: str) -> None:
        """Say a line without ending what goes on: over the counts of a hold, or before the rest of a plan.

        What answers an earlier part of the same breath in this way, and is not yet heard, is said before it.
        """
        earlier = self.conversation.output.aside
        if self.follows and earlier is not None:
            words = " ".join(unrepeated((earlier.words, words)))
        words = unoffered(words, self.conversation.sitting.no_exercise)
        _remember(self, words)
        session = self.conversation.session
        also: Plan = ()
        if session is not None and self.state is State.HOLDING:
            also = (*count_beats(1, session.seconds, "words"), *count_beats(1, 1, "beeps"))
        elif isinstance(self.conversation.mode, Practising):
            also = every_count(self.conversation.mode.step)
        output, actions = say_aside(_as_dosed(self.conversation), words, self.settings_voice, also)
        self.change(output=output)
        self.actions += actions

    def further(self, words: str) -> None:
        """Say a line after what answers the rest of the breath, or, where a session goes on, beside that."""
        match self.conversation.output.now:
            case Preparing(plan=plan) if not _lines_of(plan):
                self.aside(words)
            case Preparing() | None:
                self.begin((Say(words),))
            case _:
                self.aside(words)

    def interrupt(self, transition: Transition) -> None:
        """Make a transition once the output is silent; at once if nothing sounds, unless it is a pause or a stop.

        Those two wait for the mixer's answer in any case: it gives the exact frame at which Limber fell silent.
        """
        must_wait = isinstance(transition, ThenPause | ThenStop)
        self.change(carried=self._unsaid() if self.follows else ())
        match self.conversation.output.now:
            case Preparing() | None if not must_wait:
                output, unheard = drop_prepared(self.conversation.output)
                self.change(output=output)
                self.due = transition, Cut(self.now, unheard)
            case _:
                output, actions = fall_silent(self.conversation.output)
                self.change(output=output, awaiting=transition)
                self.actions += actions

    def begin(self, plan: Plan, voice: VoiceSettings | None = None) -> None:
        """Say a plan, in a voice (None: the one that is set); nothing may be playing. Carried lines come before it."""
        carried = self.conversation.carried
        if carried and plan == tuple(Say(text) for text in _texts(plan)):
            plan = tuple(Say(line) for line in unrepeated((*carried, *_texts(plan))))
        else:
            plan = (*(Say(line) for line in carried), *plan)
        if (refused := self.conversation.sitting.no_exercise) is not None:
            plan = tuple(replace(i, text=unoffered(i.text, refused)) if isinstance(i, Say) else i for i in plan)
        if plan:
            self.change(carried=())
            output, actions = begin_plan(self.conversation.output, plan, voice or self.settings_voice)
            self.change(output=output)
            self.actions += actions

    def _unsaid(self) -> tuple[str, ...]:
        """The lines with which earlier parts of the same breath were answered, and which nobody has heard yet."""
        output, carried = self.conversation.output, self.conversation.carried
        match output.now:
            case Preparing(plan=plan):
                return (*carried, *_lines_of(plan))
            case Playing() if output.aside is not None:
                return (*carried, output.aside.words)
            case _:
                return carried


def _remember(builder: StepBuilder, words: str) -> None:
    """Keep a line that is said beside what goes on for "say that again"."""
    now = builder.conversation
    if isinstance(now.mode, Coaching):
        builder.change(answered=now.answered if takes_note(words) else (words, builder.now, builder.state))
    else:
        lines, topic = to_repeat(now.mode, now.last_lines, now.last_topic, (words,), now.mode)
        builder.change(last_lines=lines, last_topic=topic)


def _lines_of(plan: Plan) -> tuple[str, ...]:
    """The lines of a plan that only says something, without the question for more; () for any other plan."""
    only_talk = all(isinstance(item, Say) for item in plan)
    return tuple(text for text in _texts(plan) if text != script.MORE) if only_talk else ()


def _texts(plan: Plan) -> tuple[str, ...]:
    return tuple(item.text for item in plan if isinstance(item, Say))


def _as_dosed(conversation: Conversation) -> Output:
    """The output, with the dose and the way of counting that are set now in a plan that still waits for its clips."""
    output, session = conversation.output, conversation.session
    if not isinstance(output.now, Preparing) or session is None or state_of(conversation) is not State.INSTRUCTING:
        return output
    plan = held_anew(output.now.plan, session, conversation.settings.counting)
    return replace(output, now=replace(output.now, plan=plan))
