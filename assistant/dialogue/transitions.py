"""Transitions: from one mode, or one place of a stretch session, to the next, once the output is silent.

The machine calls these functions. Replies only announce a transition, by `StepBuilder.interrupt`.
"""

from dataclasses import replace
from typing import assert_never

from assistant import script
from assistant.coaching.holds import (
    given_up_hold,
    held_anew,
    hold_plan,
    hushed,
    place_plan,
    recounted,
    resumed_plan,
    spoken_over,
)
from assistant.coaching.introduction import Introduction, skipped_introduction
from assistant.coaching.marks import ResumeMark
from assistant.coaching.plan import Beat, Marker, Plan, Say, between_words, rest_of
from assistant.coaching.practice import counted_on, lesson_counts
from assistant.coaching.session import next_place, session_at
from assistant.coaching.wording import worded
from assistant.dialogue.ending.session_end import asked_at_the_end, end_session, tried_stop
from assistant.dialogue.output import Cut, Playing, splice_plan
from assistant.dialogue.parts.announced import (
    ThenAlarm,
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
    Transition,
)
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingFelt,
    AskingForget,
    AskingGoOn,
    AskingHow,
    AskingNumber,
    AskingRating,
    AskingRoutine,
    AskingSign,
    AskingWhen,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Muted,
    Offering,
    Paused,
    Practising,
    Screening,
    Topic,
    Welcoming,
    after_false_alarm,
)
from assistant.dialogue.parts.said_last import to_repeat
from assistant.dialogue.parts.unrepeated import unrepeated
from assistant.dialogue.state import in_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import starting_lines, stretching
from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame, frames

TOLD_WHOLE_AFTER = frames(60)
"""Length of a pause, in frames (a minute), after which the position is told whole before Limber resumes."""
ASIDE_LEAD = frames(0.25)
"""Lead, in frames (0.25 s), over the frame that plays when an aside is spliced in, so that the order is in time."""


def splice_aside(builder: StepBuilder, lengths: tuple[Frame, ...]) -> None:
    """Splice the aside, whose clips are ready, into the plan that plays: what is left of the plan goes on under it.

    `lengths`: of the clips, in frames. Outside a row of beats the aside interrupts the plan instead.
    """
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
    mode = builder.conversation.mode
    if isinstance(mode, Practising):
        rest = counted_on(rest, mode.step)
    if session is not None and builder.state is State.HOLDING:
        rest = recounted(rest, session, builder.conversation.settings.counting)
    rest = spoken_over(rest, aside.words, known[aside.sounds[0]])
    output, actions = splice_plan(output, rest, known, builder.now - playing.played(builder.now) + cut)
    builder.change(output=output)
    builder.actions += actions


def hush(builder: StepBuilder) -> None:
    """Leave out all words but counts from what is left of the plan that plays; no beat moves."""
    conversation = builder.conversation
    playing, session = conversation.output.now, conversation.session
    if session is not None and session.remainder is not None:
        builder.change(session=replace(session, remainder=hushed(session.remainder)))
    if not isinstance(playing, Playing):
        return
    cut = between_words(playing.layout, playing.played(builder.now) + ASIDE_LEAD)
    rest = hushed(rest_of(playing.layout, cut))
    at = builder.now - playing.played(builder.now) + cut
    output, actions = splice_plan(conversation.output, rest, playing.lengths, at)
    builder.change(output=output)
    builder.actions += actions


def _coach(builder: StepBuilder, transition: ThenCoach) -> None:
    session, telling, settings = transition.session, transition.telling, builder.conversation.settings
    if transition.new_session:
        end_session(builder, completed=False)
        builder.note(entries.SessionStarted(session.routine))
        anew = replace(session, held=0, done_before=len(session.done))
        session = worded(anew, settings.verbosity, builder.conversation.history)
        builder.change(session_began=builder.now)
    resumes = (Marker(ResumeMark(transition.cause)),) if isinstance(builder.conversation.mode, Paused) else ()
    words: Plan = (*resumes, *((Say(transition.words),) if transition.words else ()))
    careful = None if builder.conversation.first_advice_given else builder.guidance.careful
    builder.change(session=session, mode=Coaching(), first_advice_given=True)
    if telling in {"what to do", "one line"}:
        opening = (Say(session.part.begin),) if telling == "what to do" else skipped_introduction(session)
        plan = (*opening, *hold_plan(session, settings.counting))
    else:
        said = Introduction(transition.plan, careful, begins=transition.new_session, again=telling == "where to be")
        plan = place_plan(session, settings.counting, said)
    builder.begin((*words, *plan), settings.slow_voice if transition.slowly else None)


def advance(builder: StepBuilder) -> None:
    """Begin the next place of the session, or end the session, after the plan of a place was played to its end."""
    session = builder.conversation.session
    if session is None:
        return
    place = next_place(session)
    if place is None or place.step != session.place.step:
        session = replace(session, done=(*session.done, session.dose.movement.key))
        builder.change(session=session)
    if place is not None:
        _coach(builder, ThenCoach(session_at(session, place)))
        return
    _finish(builder, completed=not session.skipped)


def _finish(builder: StepBuilder, *, completed: bool, at: Frame | None = None) -> None:
    end_session(builder, completed=completed, at=at)
    builder.change(session=None, mode=Idle())
    done = stretching.SESSION_DONE if completed else stretching.NOT_ALL_DONE
    question, mode = asked_at_the_end(builder.conversation)
    complete(builder, ThenSay((done, question), mode), Cut(builder.now, ()))


def give_up_hold(builder: StepBuilder, cut: Cut) -> None:
    """Note the end of a hold that was cut off, if one was, and go back to the beginning of its place."""
    session = builder.conversation.session
    if session is None or not in_session(builder.conversation):
        return
    ended = given_up_hold(cut.rest if session.remainder is None else session.remainder)
    if ended is not None:
        builder.note(entries.HoldEnded(ended.seconds, ended.held), cut.at)
        session = replace(session, held=session.held + ended.held)
    builder.change(session=session_at(session, session.place))


def settle(builder: StepBuilder) -> None:
    """Carry out the transitions that are due because the output was silent when they were announced."""
    while builder.due is not None:
        (transition, cut), builder.due = builder.due, None
        complete(builder, transition, cut)


def complete(builder: StepBuilder, transition: Transition, cut: Cut) -> None:
    """Carry out a transition, now that the output is silent. `cut`: where the output was cut off."""
    _complete(builder, transition, cut)
    if builder.conversation.carried:
        builder.begin(())  # the transition itself said nothing


def _complete(builder: StepBuilder, transition: Transition, cut: Cut) -> None:
    match transition:
        case ThenSay(lines=lines, mode=mode, slowly=slowly, then=then):
            carried = builder.conversation.carried
            spoken = unrepeated((*carried, *lines)) if carried else tuple(line for line in lines if line)
            now = builder.conversation
            last_lines, topic = to_repeat(now.mode, now.last_lines, now.last_topic, spoken, mode)
            builder.change(mode=mode, last_lines=last_lines, last_topic=topic)
            said = tuple(Say(line) for line in lines if line)
            builder.begin((*said, *then), now.settings.slow_voice if slowly else None)
        case ThenGoOn(words=words):
            _go_on(builder, cut, words)
        case ThenPause(cause=cause, words=words):
            _pause(builder, cut, cause, words)
        case ThenResume(cause=cause):
            _resume(builder, cause)
        case ThenStop(cause=cause, more=more):
            _stop(builder, cut, cause, more=more)
        case ThenFinish():
            give_up_hold(builder, cut)
            _finish(builder, completed=False, at=cut.at)
        case ThenLetGo(words=words, mode=mode):
            give_up_hold(builder, cut)
            _complete(builder, ThenSay(words, mode), cut)
        case ThenWarn(advice=advice, no_exercise=no_exercise):
            give_up_hold(builder, cut)
            end_session(builder, completed=False, at=cut.at)
            if no_exercise is not None:
                builder.change(sitting=replace(builder.conversation.sitting, no_exercise=no_exercise))
            _complete(builder, ThenSay(advice, Idle()), cut)
        case ThenAlarm(emergency=emergency, keeps_back=keeps_back):
            give_up_hold(builder, cut)
            if not keeps_back:
                back, session = after_false_alarm(builder.conversation.mode, builder.conversation.session, builder.now)
                emergency = replace(emergency, back=back, session=session)
            builder.change(session=None)
            _complete(builder, ThenSay(builder.filled(*emergency.advice), emergency), cut)
        case ThenCoach():
            give_up_hold(builder, cut)
            _coach(builder, transition)
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
            _complete(builder, ThenSay((words,), mode), cut)
        case _:
            assert_never(transition)


def _go_on(builder: StepBuilder, cut: Cut, words: str) -> None:
    session = builder.conversation.session
    if session is None or not isinstance(builder.conversation.mode, Coaching):
        builder.begin((Say(words, once=True), *cut.rest))
        return
    rest = cut.rest
    if session.phase is State.INSTRUCTING:
        rest = held_anew(rest, session, builder.conversation.settings.counting)
    interrupted = replace(session, remainder=rest)
    builder.change(session=replace(session, phase=State.INSTRUCTING))
    builder.begin(resumed_plan(interrupted, words))


def _pause(builder: StepBuilder, cut: Cut, cause: entries.Cause, words: str) -> None:
    mode, session = builder.conversation.mode, builder.conversation.session
    match mode:
        case Coaching() if session is not None:
            builder.note(entries.SessionPaused(cause), cut.at)
            interrupted = replace(session, remainder=cut.rest)
            builder.change(session=interrupted, mode=Paused(mode, (), cause, builder.now), last_lines=(words,))
            builder.begin((Say(words),) if words else ())
        case (
            Idle()
            | Topic()
            | Screening()
            | Coaching()
            | Offering()
            | AfterHurt()
            | AskingAgreement()
            | AskingFelt()
            | AskingRating()
            | AskingNumber()
            | Welcoming()
            | AskingRoutine()
            | AskingForget()
            | AskingSign()
            | AskingHow()
            | AskingGoOn()
            | AskingWhen()
        ):
            words = script.HELD_UP if words == script.LET_GO else words
            if not cut.rest:
                words = words if cause == "device" else builder.hint(script.choices)
                complete(builder, ThenSay((words,), mode), cut)
                return
            builder.note(entries.SessionPaused(cause), cut.at)
            kept = builder.conversation.last_lines if isinstance(mode, Topic) else (words,)
            builder.change(mode=Paused(mode, cut.rest, cause, builder.now), last_lines=kept)
            builder.begin((Say(words),) if words else ())
        case Practising(step=step):
            builder.note(entries.SessionPaused(cause), cut.at)
            tried = step != "pause" or cause == "device"
            back = mode if tried else Practising("how long")
            words = words if cause == "device" else starting_lines.WAITS_FOR_YOU
            rest = cut.rest or lesson_counts(back.step)
            builder.change(mode=Paused(back, rest, cause, builder.now), last_lines=(words,))
            builder.begin((Say(words),) if words else ())
        case Paused() | Emergency() | Asleep() | Muted():
            pass
        case _:
            assert_never(mode)


def _resume(builder: StepBuilder, cause: entries.Cause) -> None:
    mode, session = builder.conversation.mode, builder.conversation.session
    if isinstance(mode, AskingGoOn):
        mode = mode.paused
    if not isinstance(mode, Paused):
        return
    if isinstance(mode.back, Coaching) and session is not None:
        if session.remainder is None:
            # Its hold was given up, as in a false alarm: the place begins anew.
            builder.change(mode=mode)
            _coach(builder, ThenCoach(session, words=script.GOING_ON, cause=cause))
            return
        told_whole = builder.now - mode.since >= TOLD_WHOLE_AFTER
        opening = None if session.phase is State.HOLDING else script.GOING_ON
        plan = resumed_plan(session, opening, ResumeMark(cause), whole=told_whole)
        going = replace(session, remainder=None, phase=State.INSTRUCTING)
        builder.change(session=going, mode=Coaching())
    elif isinstance(mode.back, Practising):
        first = (Say(script.GOING_ON, mark=ResumeMark(cause)), Say(starting_lines.LESSON_TRIES[mode.back.step]))
        plan = (*first, *counted_on(mode.rest, mode.back.step, longer=True))
        builder.change(mode=mode.back)
    else:
        plan = (Say(script.GOING_ON, mark=ResumeMark(cause)), *mode.rest)
        builder.change(mode=mode.back)
    builder.begin(plan)


def _stop(builder: StepBuilder, cut: Cut, cause: entries.Cause, *, more: bool) -> None:
    mode, stretching = builder.conversation.mode, in_session(builder.conversation)
    if isinstance(mode, Emergency):
        # An emergency does not step down by itself: there is silence, and it stays.
        builder.note(entries.SessionStopped(cause), cut.at)
        builder.change(mode=replace(mode, asked=None, hushed=True))
        return
    give_up_hold(builder, cut)
    builder.note(entries.SessionStopped(cause), cut.at)
    end_session(builder, completed=False, at=cut.at)
    if isinstance(mode, Asleep | Muted) and not stretching:
        return
    words = script.SESSION_OVER if stretching else tried_stop(mode) or script.QUIET
    if more:
        words = script.LET_GO_NOW if stretching else ""
    _complete(builder, ThenSay((words,), Idle()), cut)
