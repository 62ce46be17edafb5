"""One turn of the conversation while it is being worked out: the state so far and the actions so far.

`step` makes one, lets the replies change it, and returns what it became. It holds the few verbs that
every reply is made of: say, aside, interrupt, coach.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, assert_never

from assistant import channel, coach, entries, script
from assistant.channel import Cut, Playing, Preparing
from assistant.conversation import (
    AfterHurt,
    AskingNumber,
    Asleep,
    Coaching,
    Conversation,
    Emergency,
    Idle,
    Mode,
    Muted,
    Offering,
    Paused,
    Screening,
    Then,
    ThenCoach,
    ThenFinish,
    ThenGoOn,
    ThenLetGo,
    ThenPause,
    ThenRest,
    ThenResume,
    ThenSay,
    ThenStop,
    ThenWarn,
    Topic,
    WantsHelp,
    Wish,
    is_quiet,
    state_of,
)
from assistant.events import Action, Note, Record, SetVolume, Signal
from assistant.guidance import EMERGENCY, Guidance
from assistant.plan import Beat, Plan, Say, Sign, between_words, rest_of
from assistant.validity import State
from audio.timeline import Frame, VoiceSettings, frames

DUCK, HUSH = -12.0, -60.0
"""dB by which it speaks more softly while somebody else does, and while that may be a "stop"."""
LEAD = frames(0.25)
"""How far ahead of the mixer an aside is woven in, so that it is never late, in frames."""


class Turn:
    """The conversation in the middle of a step."""

    def __init__(self, conversation: Conversation, guidance: Guidance, now: Frame) -> None:
        self.now = now
        self.guidance = guidance
        self.conversation = conversation
        self.actions: list[Action] = []

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
        mouth = self.conversation.channel
        self.change(channel=replace(mouth, last_id=mouth.last_id + 1))
        self.actions.append(Signal(mouth.last_id + 1, name))

    def apply_volume(self) -> None:
        """Make the mixer as loud as the settings say; softer while somebody else speaks."""
        self.actions.append(SetVolume(self.conversation.settings.volume + self.conversation.ducked))

    def duck(self, decibels: float) -> None:
        """Speak more softly from now on, if anything is being said or about to be; at least as softly as so far."""
        before = self.conversation.ducked
        if decibels >= before or is_quiet(self.conversation):
            return
        self.change(ducked=decibels)
        if not before:
            self.note(entries.Ducked())
        self.apply_volume()

    def unduck(self) -> None:
        """Speak as before."""
        if self.conversation.ducked:
            self.change(ducked=0.0)
            self.note(entries.Unducked())
            self.apply_volume()

    # -- saying ---------------------------------------------------------------------------------

    def say(self, *lines: str, mode: Mode | None = None, slowly: bool = False) -> None:
        """Say lines now, instead of whatever is being said, in a new mode or the present one."""
        self.interrupt(ThenSay(self.filled(*lines), mode if mode is not None else self.conversation.mode, slowly))

    def aside(self, words: str) -> None:
        """Say something without ending what is going on: over the counts, or before the rest of it."""
        session = self.conversation.session
        also = coach.counts(1, session.seconds, True) if session is not None and self.state is State.HOLDING else ()
        mouth, actions = channel.whisper(self.conversation.channel, words, self.settings_voice, also)
        self.change(channel=mouth)
        self.actions += actions

    def interrupt(self, then: Then) -> None:
        """Fall silent if anything sounds, then go on with `then`; a pause and an end always wait for the silence."""
        must_wait = isinstance(then, ThenPause | ThenStop)
        match self.conversation.channel.now:
            case Preparing() | None if not must_wait:
                mouth, unheard = channel.drop(self.conversation.channel)
                self.change(channel=mouth)
                self.complete(then, Cut(self.now, unheard))
            case _:
                mouth, actions = channel.hush(self.conversation.channel)
                self.change(channel=mouth, awaiting=then)
                self.actions += actions

    def begin(self, plan: Plan, voice: VoiceSettings | None = None) -> None:
        """Play a plan; nothing may be playing."""
        if plan:
            mouth, actions = channel.begin(self.conversation.channel, plan, voice or self.settings_voice)
            self.change(channel=mouth)
            self.actions += actions

    def weave_aside(self, lengths: tuple[Frame, ...]) -> None:
        """The aside is ready: let what is left of the playing plan, with it woven in, take over."""
        mouth, session = self.conversation.channel, self.conversation.session
        playing, aside = mouth.now, mouth.aside
        if not isinstance(playing, Playing) or aside is None:
            return
        known = {**playing.lengths, **dict(zip(aside.sounds, lengths, strict=True))}
        cut = between_words(playing.layout, playing.played(self.now) + LEAD)
        rest = rest_of(playing.layout, cut)
        if not (rest and isinstance(rest[0], Beat)):
            # Only on a row of beats does it not matter when the words begin; anywhere else silence comes first.
            self.change(channel=replace(mouth, aside=None))
            self.interrupt(ThenGoOn(aside.words))
            return
        if session is not None and self.state is State.HOLDING:
            rest = coach.recounted(rest, session, self.conversation.settings.count_aloud)
        rest = coach.spoken_over(rest, aside.words, known[aside.sounds[0]])
        mouth, actions = channel.weave(mouth, rest, known, self.now - playing.played(self.now) + cut)
        self.change(channel=mouth)
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
            offer = coach.routine(self.guidance, "quick")
            first = self.guidance.topics["what_helps"].bites[0].say
            self.say(first, script.SHALL_WE_BEGIN, mode=Offering(offer))
            return
        self.interrupt(ThenCoach(wish.session, fresh=True))

    def _coach(self, then: ThenCoach) -> None:
        session, settings = then.session, self.conversation.settings
        if then.fresh:
            self.end_session(completed=False)
            self.note(entries.SessionStarted(session.routine))
        words: Plan = (Say(then.words),) if then.words else ()
        if isinstance(self.conversation.mode, Paused):
            words = (Sign(entries.Resumed(then.cause)), *words)
        careful = None if self.conversation.careful_said else self.guidance.careful
        self.change(session=session, mode=Coaching(), careful_said=True)
        if then.instructions:
            plan = coach.work(session, settings.count_aloud, careful)
        else:
            plan = coach.holding(session, settings.count_aloud)
        self.begin((*words, *plan), settings.slow_voice if then.slowly else settings.voice)

    def advance(self) -> None:
        """The plan of a place was played to its end: begin the next place, or end the session."""
        session = self.conversation.session
        if session is None:
            return
        place = coach.next_place(session)
        if place is not None:
            self._coach(ThenCoach(coach.at(session, place)))
            return
        self._finish(completed=True)

    def _finish(self, *, completed: bool, at: Frame | None = None) -> None:
        lines = [script.SESSION_DONE]
        if not self.conversation.professional_said:
            lines.append(self.guidance.professional_once)
        self.end_session(completed=completed, at=at)
        self.change(session=None, mode=Idle(), professional_said=True)
        self.complete(ThenSay(tuple(lines), Idle()), Cut(self.now, ()))

    def end_session(self, *, completed: bool, at: Frame | None = None) -> None:
        """Note the end of the session that is going on, if one is; the next one is screened anew."""
        if self._in_session():
            self.note(entries.SessionEnded(completed), at)
            session = self.conversation.session
            self.actions.append(Record(session.routine if session else None, completed))
            self.change(cleared=False, careful_said=False)

    def give_up_hold(self, cut: Cut) -> None:
        """Note the end of a hold that is not completed, and stand at the beginning of its place."""
        session = self.conversation.session
        if session is None or not self._in_session():
            return
        ended = coach.given_up(cut.rest if session.remainder is None else session.remainder)
        if ended is not None:
            self.note(ended, cut.at)
        self.change(session=coach.at(session, session.place))

    def _in_session(self) -> bool:
        match self.conversation.mode:
            case Coaching() | AfterHurt():
                return True
            case Paused(back=back) | Muted(back=back):
                return isinstance(back, Coaching | AfterHurt)
            case Idle() | Topic() | Screening() | Offering() | AskingNumber() | Emergency() | Asleep():
                return False
            case _:
                assert_never(self.conversation.mode)

    # -- once silent ----------------------------------------------------------------------------

    def complete(self, then: Then, cut: Cut) -> None:
        """It is silent: do what was waiting for that."""
        match then:
            case ThenSay(lines=lines, mode=mode, slowly=slowly):
                self.change(mode=mode, lines=lines)
                settings = self.conversation.settings
                self.begin(
                    tuple(Say(line) for line in lines if line), settings.slow_voice if slowly else settings.voice
                )
            case ThenGoOn(words=words):
                self._go_on(cut, words)
            case ThenPause(cause=cause, words=words):
                self._pause(cut, cause, words)
            case ThenResume(cause=cause):
                self._resume(cause)
            case ThenStop(cause=cause):
                self._stop(cut, cause)
            case ThenFinish():
                self.give_up_hold(cut)
                self._finish(completed=False, at=cut.at)
            case ThenLetGo(words=words):
                self.give_up_hold(cut)
                self.complete(ThenSay(words, AfterHurt()), cut)
            case ThenWarn(advice=advice):
                self.give_up_hold(cut)
                self.end_session(completed=False, at=cut.at)
                self.change(session=None, cleared=False)
                self.complete(ThenSay(advice, Emergency(advice)), cut)
            case ThenCoach():
                self.give_up_hold(cut)
                self._coach(then)
            case ThenRest(mode=mode, words=words, cause=cause):
                if isinstance(mode, Asleep):
                    self.give_up_hold(cut)
                    self.end_session(completed=False, at=cut.at)
                    self.note(entries.Asleep(cause))
                elif self.conversation.session is not None and isinstance(self.conversation.mode, Coaching | AfterHurt):
                    # In a pause the session has its remainder, and the pause is noted.
                    self.change(session=replace(self.conversation.session, remainder=cut.rest))
                    self.note(entries.Paused(cause), cut.at)
                self.complete(ThenSay((words,), mode), cut)
            case _:
                assert_never(then)

    def _go_on(self, cut: Cut, words: str) -> None:
        session = self.conversation.session
        if session is None or not isinstance(self.conversation.mode, Coaching):
            self.begin((Say(words), *cut.rest))
            return
        interrupted = replace(session, remainder=cut.rest)
        self.change(session=replace(session, phase=State.INSTRUCTING))
        self.begin(coach.resumption(interrupted, words))

    def _pause(self, cut: Cut, cause: entries.Cause, words: str) -> None:
        mode, session = self.conversation.mode, self.conversation.session
        match mode:
            case Coaching() if session is not None:
                self.note(entries.Paused(cause), cut.at)
                interrupted = replace(session, remainder=cut.rest)
                self.change(session=interrupted, mode=Paused(mode, (), cause), lines=(words,))
                self.begin((Say(words),) if words else ())
            case Idle() | Topic() | Screening() | Coaching() | Offering() | AfterHurt() | AskingNumber():
                words = script.HELD_UP if words == script.LET_GO else words
                if not cut.rest:
                    words = words if cause == "device" else self.hint(script.choices)
                    self.complete(ThenSay((words,), mode), cut)
                    return
                self.note(entries.Paused(cause), cut.at)
                self.change(mode=Paused(mode, cut.rest, cause), lines=(words,))
                self.begin((Say(words),) if words else ())
            case Paused() | Emergency() | Asleep() | Muted():
                pass
            case _:
                assert_never(mode)

    def _resume(self, cause: entries.Cause) -> None:
        mode, session = self.conversation.mode, self.conversation.session
        if not isinstance(mode, Paused):
            return
        if isinstance(mode.back, Coaching) and session is not None:
            opening = None if session.phase is State.HOLDING else script.GOING_ON
            plan = coach.resumption(session, opening, entries.Resumed(cause))
            going = replace(session, remainder=None, phase=State.INSTRUCTING)
            self.change(session=going, mode=Coaching())
        else:
            plan = (Say(script.GOING_ON, mark=entries.Resumed(cause)), *mode.rest)
            self.change(mode=mode.back)
        self.begin(plan)

    def _stop(self, cut: Cut, cause: entries.Cause) -> None:
        mode, in_session = self.conversation.mode, self._in_session()
        self.give_up_hold(cut)
        self.note(entries.Stopped(cause), cut.at)
        self.end_session(completed=False, at=cut.at)
        if isinstance(mode, Asleep | Muted) and not in_session:
            return
        self.complete(ThenSay((script.SESSION_OVER if in_session else script.QUIET,), Idle()), cut)
