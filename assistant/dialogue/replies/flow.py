"""Replies that steer the dialogue: begin, answer a question, pause, resume, stop, mute, wake, sleep, red flags."""

from dataclasses import replace
from typing import assert_never

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenPause, ThenRest, ThenResume, ThenStop
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
    WantsHelp,
    WantsSession,
    Welcoming,
)
from assistant.dialogue.replies import emergency_number
from assistant.dialogue.replies.alarms import say_you_matter
from assistant.dialogue.replies.making_routines import accept_routine, drop_routine
from assistant.dialogue.replies.navigation import gentler, go_on_after_hurt, go_to_next, let_go_of_pain, take_place
from assistant.dialogue.replies.past.forgetting import (
    accept_forgetting,
    forget_unclear,
    keep_all,
    never_mind_forgetting,
)
from assistant.dialogue.replies.preferences import undo
from assistant.dialogue.replies.progress import repeat
from assistant.dialogue.replies.starting_out.welcome import begin_welcome
from assistant.dialogue.replies.stretching.feeling import felt_yes, same
from assistant.dialogue.replies.stretching.rating import ask_or_fulfil
from assistant.dialogue.replies.talk.conditions import agreed, not_agreed
from assistant.dialogue.replies.topics import more
from assistant.dialogue.safety.asked_sign import sign_counts, sign_denied, sign_unclear
from assistant.dialogue.safety.which_sign import screening_yes, which_unclear
from assistant.dialogue.screening import after_screening, ask_screening_again, clear, fulfil
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import rating_lines, safety_lines
from assistant.states import State
from assistant.timeline.entries import WokeUp
from audio.frames import frames
from intents.model import REQUEST, Intent
from intents.text.normalize import words_of

_BACK_TO_IT = frozenset("where were left stopped session routine stretch stretches stretching exercise".split())
"""Words of "go on where we were", which while a topic is told mean the session that was left, and no more of that."""
ASKS_AFTER = frames(600)
"""Length of a pause, in frames (ten minutes), after which "go on" is answered by a question."""


def yes(builder: StepBuilder, heard: Heard) -> None:
    """Answer "yes" to the open question; where none is open, say what can be said."""
    match builder.conversation.mode:
        case Screening() as screening:
            screening_yes(builder, screening, heard.reading.text)
        case AskingSign() as asking:
            sign_counts(builder, asking, said=True)
        case AskingHow():
            builder.say(safety_lines.THANKS_FOR_TELLING, mode=Idle())
        case AskingGoOn():
            builder.interrupt(ThenResume(heard.cause))
        case AskingWhen(question=question):
            builder.say(question)
        case Offering(session=session, plan_told=told):
            after_screening(builder, WantsSession(session, told))
        case AskingFelt(as_number=True):
            builder.say(rating_lines.SAY_RATING)
        case AskingFelt():
            felt_yes(builder, heard)
        case AskingRating(wish=wish):
            after_screening(builder, wish)  # nobody has to tell a number
        case AfterHurt():
            gentler(builder, heard)
        case Topic():
            more(builder, heard)
        case AskingNumber() as number:
            emergency_number.accept_number(builder, number)
        case AskingRoutine() as asking:
            accept_routine(builder, asking)
        case AskingForget() as forgetting if heard.reading.intent == Intent.YES:
            accept_forgetting(builder, forgetting, heard)
        case AskingForget() as forgetting:
            forget_unclear(builder, forgetting)
        case AskingAgreement():
            agreed(builder, heard)
        case _:
            builder.say(script.choices(builder.state))


def no(builder: StepBuilder, heard: Heard) -> None:
    """Answer "no" to the open question; where none is open, confirm that nothing happens."""
    match builder.conversation.mode:
        case Screening(which=True) as screening:
            builder.say(screening.question, mode=screening.whole)
        case Screening(wish=wish, clears=clears):
            if clears:
                clear(builder)
                ask_or_fulfil(builder, wish)
            else:
                fulfil(builder, wish)
        case AskingRating(wish=wish):
            after_screening(builder, wish)
        case AskingSign() as asking:
            sign_denied(builder, asking)
        case AskingHow():
            say_you_matter(builder)
        case AskingGoOn(paused=paused):
            builder.say(script.choices(State.PAUSED), mode=paused)
        case AfterHurt():
            builder.interrupt(ThenStop(heard.cause))
        case AskingFelt(as_number=True):
            builder.say(script.DROPPED, mode=Idle())
        case AskingFelt():
            same(builder, heard)
        case AskingNumber() as number:
            emergency_number.refuse_number(builder, number)
        case AskingRoutine() as asking:
            drop_routine(builder, asking)
        case AskingForget():
            keep_all(builder)
        case AskingAgreement():
            not_agreed(builder, heard)
        case _:
            builder.say(script.ALL_RIGHT, mode=Idle())


def ready(builder: StepBuilder, heard: Heard) -> None:
    """Go on without waiting: to what is to be done, past the rest of a rest, on from a pause; or answer "yes"."""
    match builder.conversation.mode:
        case Coaching():
            take_place(builder, heard)
        case Paused() | Screening() | AskingSign():
            resume(builder, heard)
        case _:
            yes(builder, heard)


def wait(builder: StepBuilder, heard: Heard) -> None:
    """Pause until the person is ready; in a hold that means to let go."""
    if isinstance(builder.conversation.mode, Paused):
        builder.aside(script.TAKE_YOUR_TIME)
    else:
        words = script.LET_GO if builder.state is State.HOLDING else script.TAKE_YOUR_TIME
        builder.interrupt(ThenPause(heard.cause, words))


def pause(builder: StepBuilder, heard: Heard) -> None:
    """Pause: fall silent at once, to be resumed. Muted, a session waits already: only the way back is told."""
    if isinstance(builder.conversation.mode, Muted):
        builder.aside(script.MICROPHONE_CLOSED)
        return
    builder.interrupt(ThenPause(heard.cause, script.LET_GO))


def resume(builder: StepBuilder, heard: Heard) -> None:
    """Resume what is paused, or a session that was left; to an open question, answer "yes"."""
    session = builder.conversation.session
    match builder.conversation.mode:
        case Paused(back=Coaching(), since=since) as paused if builder.now - since >= ASKS_AFTER:
            builder.say(safety_lines.GO_ON_OR_OVER, mode=AskingGoOn(paused))
        case Paused():
            builder.interrupt(ThenResume(heard.cause))
        case Muted():
            wake(builder, heard)
        case Coaching():
            builder.aside(script.ALREADY_GOING)
        case Screening():
            ask_screening_again(builder, safety_lines.NEED_A_NO)
        case AskingSign() as asking:
            sign_unclear(builder, asking, "")
        case AfterHurt():
            go_on_after_hurt(builder, heard)
        case Topic() if session is not None and not _BACK_TO_IT.isdisjoint(words_of(heard.reading.text)):
            after_screening(builder, WantsSession(session))
        case Idle() | AskingNumber() if session is not None:
            after_screening(builder, WantsSession(session))
        case Idle() if builder.conversation.last_topic is not None:
            repeat(builder, heard)  # of an answer that was cut off
        case Idle() | AskingNumber():
            builder.say(script.NOTHING_TO_RESUME)
        case _:
            yes(builder, heard)


def stop(builder: StepBuilder, heard: Heard) -> None:
    """End whatever goes on, at once."""
    builder.interrupt(ThenStop(heard.cause, builder.more))


def never_mind(builder: StepBuilder, heard: Heard) -> None:
    """Drop the open question."""
    match builder.conversation.mode:
        case Coaching():
            builder.aside(script.CARRYING_ON)
        case Paused():
            builder.aside(script.choices(State.PAUSED))
        case AfterHurt():
            builder.interrupt(ThenStop(heard.cause))
        case AskingNumber():
            emergency_number.skip_number(builder, all_of_it=True)
        case AskingRoutine() as asking:
            drop_routine(builder, asking)
        case AskingForget() as forgetting:
            never_mind_forgetting(builder, forgetting, heard)
        case AskingSign() as asking:
            sign_unclear(builder, asking, heard.reading.text)
        case Screening(which=True) as screening:
            which_unclear(builder, screening, heard.reading.text)
        case AskingGoOn(paused=paused):
            builder.say(script.choices(State.PAUSED), mode=paused)
        case Topic() | Idle() if _cancels_reminder(builder, heard):
            undo(builder, heard)
        case Topic():
            builder.say(script.DROPPED, mode=Idle())
        case _:
            builder.say(script.ALL_RIGHT, mode=Idle())


def _cancels_reminder(builder: StepBuilder, heard: Heard) -> bool:
    """Whether "cancel that" is said of a reminder, the last thing that was changed."""
    undoable = builder.conversation.undoable
    cancelling = {"cancel", "delete", "scrap", "remove"}
    changed = undoable is not None and undoable.reminders is not None
    return changed and not cancelling.isdisjoint(words_of(heard.reading.text))


def skip(builder: StepBuilder, heard: Heard) -> None:
    """Go on to the next movement, or past a question that may be left out; that about signs may not be."""
    match builder.conversation.mode:
        case AskingNumber():
            emergency_number.skip_number(builder)
        case AskingRating() | AskingFelt():
            no(builder, heard)
        case AskingRoutine() as asking:
            drop_routine(builder, asking)
        case Screening() | AskingSign():
            resume(builder, heard)
        case _:
            go_to_next(builder, heard)


def that_hurts(builder: StepBuilder, heard: Heard) -> None:
    """In a session, end the hold at once and ask how to go on; outside, take the words as a request for help."""
    match builder.conversation.mode:
        case AskingFelt():
            same(builder, heard)
        case Coaching() | Paused(back=Coaching()) | AfterHurt():
            let_go_of_pain(builder)
        case AskingRating():
            builder.say(rating_lines.SAY_RATING)
        case AskingSign() as asking:
            sign_unclear(builder, asking, "")
        case Screening():
            ask_screening_again(builder)  # pain is what Limber is for: no sign, and no clear "no" either
        case _:
            after_screening(builder, WantsHelp())


def mute(builder: StepBuilder, heard: Heard) -> None:
    """Stop listening to anything but the few intents that are valid in Muted."""
    mode = builder.conversation.mode
    match mode:
        case Paused(back=back):
            pass
        case (
            Emergency()
            | Idle()
            | Topic()
            | Screening()
            | Coaching()
            | Offering()
            | AfterHurt()
            | AskingAgreement()
            | AskingFelt()
        ):
            back = mode
        case AskingRating():
            back = Idle()
        case AskingNumber() | AskingRoutine() | AskingWhen() | AskingForget() | AskingSign() | AskingHow():
            back = mode
        case Welcoming() | Practising():
            back = Idle()
        case AskingGoOn(paused=Paused(back=back)):
            pass
        case Muted(back=back):
            pass
        case Asleep():
            back = Idle()
        case _:
            assert_never(mode)
    builder.signal("muted")
    # Whoever holds a stretch has no hand for the key: they are let go first.
    holds = builder.state is State.HOLDING
    closed = f"{script.LET_GO_NOW} {script.MICROPHONE_CLOSED}" if holds else script.MICROPHONE_CLOSED
    builder.interrupt(ThenRest(Muted(back), closed, heard.cause))


def wake(builder: StepBuilder, heard: Heard) -> None:
    """Listen again, after being muted or asleep; a session that waits can be resumed.

    A request in the same breath comes as the next `Heard`, so that `wake` itself says nothing then.
    """
    mode, since = builder.conversation.mode, builder.conversation.question_began
    before = mode.back if isinstance(mode, Muted) else Idle()
    back = Paused(before, (), since=since) if isinstance(before, Coaching) else Idle()
    builder.signal("listening")
    builder.note(WokeUp(heard.cause))
    match before:
        case Emergency(advice=advice):
            builder.say(*advice, mode=replace(before, hushed=False))
            return
        case AskingSign(question=question):
            builder.say(question, mode=before)
            return
        case AfterHurt():
            builder.say(script.LISTENING, script.HURT_CHOICES, mode=before)
            return
        case _:
            pass
    if REQUEST in heard.reading.slots:
        builder.change(mode=back)
        builder.change(question_began=heard.began)  # else the request would have begun before its question
    elif isinstance(back, Paused):
        builder.say(script.LISTENING, script.choices(State.PAUSED), mode=back)
    elif not builder.conversation.settings.welcomed:
        begin_welcome(builder)
    elif builder.conversation.asks_number and builder.conversation.settings.number_wanted:
        emergency_number.ask_number(builder, script.LISTENING)
    else:
        builder.say(script.LISTENING, mode=back)


def listen_again(builder: StepBuilder, heard: Heard) -> None:
    """Open the microphone for what was typed: the session that waits, muted, goes on by that. It says so first."""
    match builder.conversation.mode:
        case Muted(back=Coaching() as before):
            back: Paused | AfterHurt = Paused(before, (), since=builder.conversation.question_began)
        case Muted(back=AfterHurt() as before):
            back = before
        case _:
            return
    builder.signal("listening")
    builder.note(WokeUp(heard.cause))
    builder.change(mode=back, carried=(script.LISTENING,))
    builder.follows = True


def goodbye(builder: StepBuilder, heard: Heard) -> None:
    """Say goodbye, or good night where that was said, and fall asleep."""
    night = any("night" in word for word in words_of(heard.reading.text))
    line = script.GOOD_NIGHT if night else script.GOODBYE
    builder.interrupt(ThenRest(Asleep(), builder.filled(line)[0], heard.cause))
