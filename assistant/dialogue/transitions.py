"""What is done once it is silent: the transitions from one mode, or one place of a session, to the next.

The machine calls them; replies only say what is to come, by `StepBuilder.interrupt`.
"""

from dataclasses import replace
from typing import assert_never

from assistant import script
from assistant.coaching.holds import (
    given_up_hold,
    hold_plan,
    place_plan,
    recounted,
    resumed_plan,
    spoken_over,
)
from assistant.coaching.marks import ResumeMark
from assistant.coaching.plan import Beat, Marker, Plan, Say, between_words, rest_of
from assistant.coaching.session import next_place, session_at
from assistant.dialogue.actions import Record
from assistant.dialogue.output import (
    Cut,
    Playing,
    weave_plan,
)
from assistant.dialogue.state import (
    AfterHurt,
    AskingNumber,
    Asleep,
    Coaching,
    Emergency,
    Idle,
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
    in_session,
)
from assistant.dialogue.step_builder import StepBuilder
from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame, frames

ASIDE_LEAD = frames(0.25)
"""How far ahead of the mixer an aside is woven in, so that it is never late, in frames."""


def _coach(builder: StepBuilder, then: ThenCoach) -> None:
    session, settings = then.session, builder.conversation.settings
    if then.fresh:
        end_session(builder, completed=False)
        builder.note(entries.SessionStarted(session.routine))
    words: Plan = (Say(then.words),) if then.words else ()
    if isinstance(builder.conversation.mode, Paused):
        words = (Marker(ResumeMark(then.cause)), *words)
    careful = None if builder.conversation.careful_said else builder.guidance.careful
    builder.change(session=session, mode=Coaching(), careful_said=True)
    if then.instructions:
        plan = place_plan(session, settings.count_aloud, careful)
    else:
        plan = hold_plan(session, settings.count_aloud)
    builder.begin((*words, *plan), settings.slow_voice if then.slowly else settings.voice)


def advance(builder: StepBuilder) -> None:
    """The plan of a place was played to its end: begin the next place, or end the session."""
    session = builder.conversation.session
    if session is None:
        return
    place = next_place(session)
    if place is not None:
        _coach(builder, ThenCoach(session_at(session, place)))
        return
    _finish(builder, completed=True)


def _finish(builder: StepBuilder, *, completed: bool, at: Frame | None = None) -> None:
    lines = [script.SESSION_DONE]
    if not builder.conversation.professional_said:
        lines.append(builder.guidance.professional_once)
    end_session(builder, completed=completed, at=at)
    builder.change(session=None, mode=Idle(), professional_said=True)
    complete(builder, ThenSay(tuple(lines), Idle()), Cut(builder.now, ()))


def end_session(builder: StepBuilder, *, completed: bool, at: Frame | None = None) -> None:
    """Note the end of the session that is going on, if one is; the next one is screened anew."""
    if in_session(builder.conversation):
        builder.note(entries.SessionEnded(completed), at)
        session = builder.conversation.session
        builder.actions.append(Record(session.routine if session else None, completed))
        builder.change(cleared=False, careful_said=False)


def give_up_hold(builder: StepBuilder, cut: Cut) -> None:
    """Note the end of a hold that is not completed, and stand at the beginning of its place."""
    session = builder.conversation.session
    if session is None or not in_session(builder.conversation):
        return
    ended = given_up_hold(cut.rest if session.remainder is None else session.remainder)
    if ended is not None:
        builder.note(entries.HoldEnded(ended.seconds, ended.held), cut.at)
    builder.change(session=session_at(session, session.place))


def settle(builder: StepBuilder) -> None:
    """Do what is due, where a reply has asked for silence and it was silent already."""
    while builder.due is not None:
        (then, cut), builder.due = builder.due, None
        complete(builder, then, cut)


def complete(builder: StepBuilder, then: Then, cut: Cut) -> None:
    """It is silent: do what was waiting for that."""
    match then:
        case ThenSay(lines=lines, mode=mode, slowly=slowly):
            builder.change(mode=mode, lines=lines)
            settings = builder.conversation.settings
            builder.begin(tuple(Say(line) for line in lines if line), settings.slow_voice if slowly else settings.voice)
        case ThenGoOn(words=words):
            _go_on(builder, cut, words)
        case ThenPause(cause=cause, words=words):
            _pause(builder, cut, cause, words)
        case ThenResume(cause=cause):
            _resume(builder, cause)
        case ThenStop(cause=cause):
            _stop(builder, cut, cause)
        case ThenFinish():
            give_up_hold(builder, cut)
            _finish(builder, completed=False, at=cut.at)
        case ThenLetGo(words=words):
            give_up_hold(builder, cut)
            complete(builder, ThenSay(words, AfterHurt()), cut)
        case ThenWarn(advice=advice):
            give_up_hold(builder, cut)
            end_session(builder, completed=False, at=cut.at)
            builder.change(session=None, cleared=False)
            complete(builder, ThenSay(advice, Emergency(advice)), cut)
        case ThenCoach():
            give_up_hold(builder, cut)
            _coach(builder, then)
        case ThenRest(mode=mode, words=words, cause=cause):
            if isinstance(mode, Asleep):
                give_up_hold(builder, cut)
                end_session(builder, completed=False, at=cut.at)
                builder.note(entries.FellAsleep(cause))
            elif builder.conversation.session is not None and isinstance(
                builder.conversation.mode, Coaching | AfterHurt
            ):
                # In a pause the session has its remainder, and the pause is noted.
                builder.change(session=replace(builder.conversation.session, remainder=cut.rest))
                builder.note(entries.SessionPaused(cause), cut.at)
            complete(builder, ThenSay((words,), mode), cut)
        case _:
            assert_never(then)


def _go_on(builder: StepBuilder, cut: Cut, words: str) -> None:
    session = builder.conversation.session
    if session is None or not isinstance(builder.conversation.mode, Coaching):
        builder.begin((Say(words), *cut.rest))
        return
    interrupted = replace(session, remainder=cut.rest)
    builder.change(session=replace(session, phase=State.INSTRUCTING))
    builder.begin(resumed_plan(interrupted, words))


def _pause(builder: StepBuilder, cut: Cut, cause: entries.Cause, words: str) -> None:
    mode, session = builder.conversation.mode, builder.conversation.session
    match mode:
        case Coaching() if session is not None:
            builder.note(entries.SessionPaused(cause), cut.at)
            interrupted = replace(session, remainder=cut.rest)
            builder.change(session=interrupted, mode=Paused(mode, (), cause), lines=(words,))
            builder.begin((Say(words),) if words else ())
        case Idle() | Topic() | Screening() | Coaching() | Offering() | AfterHurt() | AskingNumber():
            words = script.HELD_UP if words == script.LET_GO else words
            if not cut.rest:
                words = words if cause == "device" else builder.hint(script.choices)
                complete(builder, ThenSay((words,), mode), cut)
                return
            builder.note(entries.SessionPaused(cause), cut.at)
            builder.change(mode=Paused(mode, cut.rest, cause), lines=(words,))
            builder.begin((Say(words),) if words else ())
        case Paused() | Emergency() | Asleep() | Muted():
            pass
        case _:
            assert_never(mode)


def _resume(builder: StepBuilder, cause: entries.Cause) -> None:
    mode, session = builder.conversation.mode, builder.conversation.session
    if not isinstance(mode, Paused):
        return
    if isinstance(mode.back, Coaching) and session is not None:
        opening = None if session.phase is State.HOLDING else script.GOING_ON
        plan = resumed_plan(session, opening, ResumeMark(cause))
        going = replace(session, remainder=None, phase=State.INSTRUCTING)
        builder.change(session=going, mode=Coaching())
    else:
        plan = (Say(script.GOING_ON, mark=ResumeMark(cause)), *mode.rest)
        builder.change(mode=mode.back)
    builder.begin(plan)


def _stop(builder: StepBuilder, cut: Cut, cause: entries.Cause) -> None:
    mode, stretching = builder.conversation.mode, in_session(builder.conversation)
    give_up_hold(builder, cut)
    builder.note(entries.SessionStopped(cause), cut.at)
    end_session(builder, completed=False, at=cut.at)
    if isinstance(mode, Asleep | Muted) and not stretching:
        return
    complete(builder, ThenSay((script.SESSION_OVER if stretching else script.QUIET,), Idle()), cut)


def weave_aside(builder: StepBuilder, lengths: tuple[Frame, ...]) -> None:
    """The aside is ready: let what is left of the playing plan, with it woven in, take over."""
    output, session = builder.conversation.output, builder.conversation.session
    playing, aside = output.now, output.aside
    if not isinstance(playing, Playing) or aside is None:
        return
    known = {**playing.lengths, **dict(zip(aside.sounds, lengths, strict=True))}
    cut = between_words(playing.layout, playing.played(builder.now) + ASIDE_LEAD)
    rest = rest_of(playing.layout, cut)
    if not (rest and isinstance(rest[0], Beat)):
        # Only on a row of beats does it not matter when the words begin; anywhere else silence comes first.
        builder.change(output=replace(output, aside=None))
        builder.interrupt(ThenGoOn(aside.words))
        return
    if session is not None and builder.state is State.HOLDING:
        rest = recounted(rest, session, builder.conversation.settings.count_aloud)
    rest = spoken_over(rest, aside.words, known[aside.sounds[0]])
    output, actions = weave_plan(output, rest, known, builder.now - playing.played(builder.now) + cut)
    builder.change(output=output)
    builder.actions += actions
