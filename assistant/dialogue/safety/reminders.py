"""Time passing: what Limber says, unasked, to a person who has not answered. Never does silence begin an exercise.

`next_due` tells when, so that whoever runs the session can step the dialogue by `TimePassed` at that frame. All times
count from when Limber fell quiet and nobody spoke.

| open | after 8 s | after 30 s |
| --- | --- | --- |
| a question | asked again, shorter | how to go on; then Limber rests |
| which sign, or about one | asked again; 8 s later silence counts as the sign | |
| an emergency | after 20 s the number again, and once more 20 s later | |
"""

from dataclasses import replace
from typing import assert_never

from assistant import script
from assistant.coaching.plan import Say
from assistant.coaching.practice import lesson_counts
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
    Mode,
    Muted,
    Offering,
    Paused,
    Practising,
    Screening,
    Topic,
    Welcoming,
)
from assistant.dialogue.parts.sitting import Wait
from assistant.dialogue.parts.telling import told_of
from assistant.dialogue.safety.asked_sign import ask_sign_again, sign_counts
from assistant.dialogue.safety.due import may_be_said, reminder_frame, say_reminders
from assistant.dialogue.safety.sleeping import fall_asleep, sleep_frame
from assistant.dialogue.safety.which_sign import which_counts
from assistant.dialogue.state import Conversation, is_quiet
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.checks import CALL_NOW
from assistant.guidance.schema import Guidance
from assistant.script import (
    answering,
    history_lines,
    rating_lines,
    reminder_lines,
    routine_lines,
    safety_lines,
    starting_lines,
    stretching,
)
from audio.frames import Frame, frames

ASK_AGAIN_AFTER = frames(8)
"""Silence, in frames (8 s), after which a question is asked again."""
REST_AFTER = frames(30)
"""Silence, in frames (30 s), after which Limber says how to go on, and asks no more."""
NUMBER_AGAIN_AFTER = frames(20)
"""Silence, in frames (20 s), after which the emergency number is said again."""
NUMBER_AGAIN_TIMES = 2
"""Number of times that the emergency number is said again unasked."""


def next_due(conversation: Conversation, guidance: Guidance) -> Frame | None:
    """The frame at which Limber speaks up if nobody says anything until then; None: never."""
    asks = _asks_at(conversation, guidance)
    # A reminder waits until a question that is open was asked for the last time.
    if asks is not None or not may_be_said(conversation):
        return asks
    due = [frame for frame in (reminder_frame(conversation), sleep_frame(conversation)) if frame is not None]
    return min(due, default=None)


def _asks_at(conversation: Conversation, guidance: Guidance) -> Frame | None:
    """The frame at which Limber asks an open question again, or says how to go on; None: never."""
    guidance, wait = conversation.own.added_to(guidance), conversation.wait
    if wait.since is None or wait.quiet is None or not is_quiet(conversation) or conversation.lost_devices:
        return None
    match conversation.mode:
        case Emergency(asked=asked) as mode:
            over = _number_said_enough(mode, wait) and asked is None
            return None if over else wait.quiet + NUMBER_AGAIN_AFTER
        case AskingSign() | Screening(which=True):
            return wait.quiet + ASK_AGAIN_AFTER
        case mode if conversation.to_confirm is not None or _asks(mode, guidance):
            due = (wait.quiet + ASK_AGAIN_AFTER, max(wait.quiet, wait.since + REST_AFTER))
            return due[wait.reminders] if wait.reminders < len(due) else None
        case _:
            return None


def _number_said_enough(emergency: Emergency, wait: Wait) -> bool:
    return emergency.hushed or wait.reminders >= NUMBER_AGAIN_TIMES


def _asks(mode: Mode, guidance: Guidance) -> bool:
    """Whether an ordinary question is open in a mode."""
    match mode:
        case Topic(key=key, said=said):
            return said < len(told_of(guidance, key))
        case AskingFelt() | AskingRating() | AskingAgreement() | AskingRoutine() | AskingForget():
            return True
        case Welcoming() | Practising() | Paused(back=Practising()):
            return True
        case Screening() | Offering() | AfterHurt() | AskingNumber() | AskingHow() | AskingGoOn() | AskingWhen():
            return True
        case Idle() | Coaching() | Paused() | AskingSign() | Emergency() | Asleep() | Muted():
            return False
        case _:
            assert_never(mode)


def remind(builder: StepBuilder) -> None:
    """Speak up, where that is due by now."""
    conversation = builder.conversation
    due = next_due(conversation, builder.guidance)
    if due is None or due > builder.now:
        return
    if _asks_at(conversation, builder.guidance) is None:
        reminds = reminder_frame(conversation)
        if reminds is not None and reminds <= builder.now:
            say_reminders(builder)
        else:
            fall_asleep(builder)
        return
    again = conversation.wait.reminders == 0
    builder.change(wait=replace(conversation.wait, reminders=conversation.wait.reminders + 1))
    if conversation.to_confirm is not None:
        _remind_to_confirm(builder, again=again)
        return
    match conversation.mode:
        case Emergency() as emergency:
            # What was said back and not confirmed is no longer open: a late "yes" must not end an emergency.
            builder.change(mode=replace(emergency, asked=None))
            if not _number_said_enough(emergency, conversation.wait):
                builder.say(CALL_NOW)
        case AskingSign(again=True) as asking:
            sign_counts(builder, asking, said=False)
        case AskingSign() as asking:
            ask_sign_again(builder, asking)
        case Screening(which=True) if not again:
            which_counts(builder)
        case AskingFelt() if not again:
            builder.change(mode=Idle())
        case mode if again and not (isinstance(mode, Practising) and mode.ran_out):
            # Not `say`: "repeat" repeats the question as it was asked first.
            counts = lesson_counts(mode.step) if isinstance(mode, Practising) else ()
            builder.begin((Say(_shorter(mode, builder.guidance)), *counts))
        case mode:
            line, after = _rest(mode)
            builder.say(line, mode=after)


def _remind_to_confirm(builder: StepBuilder, *, again: bool) -> None:
    if again:
        builder.aside(safety_lines.STILL_ASKED)
    else:
        builder.change(to_confirm=None)
        builder.aside(builder.hint(script.choices))


def _shorter(mode: Mode, guidance: Guidance) -> str:
    """The question of a mode, shorter than it was asked first."""
    match mode:
        case Screening(which=True):
            return safety_lines.WHICH_SIGN
        case Screening(clears=True):
            return guidance.screening.short
        case Screening(question=question):
            return question
        case Offering():
            return safety_lines.SHALL_WE
        case AfterHurt():
            return script.HURT_CHOICES
        case AskingRating() | AskingFelt(as_number=True):
            return rating_lines.SAY_RATING
        case AskingFelt():
            return stretching.BETTER_SAME_WORSE
        case AskingNumber(number=None):
            return script.SAY_NUMBER
        case Welcoming(step="speed", changed=changed) if changed:
            return starting_lines.LIKE_THIS
        case Welcoming(step=step):
            return starting_lines.WELCOME_SHORTER[step]
        case Practising(step=step):
            return starting_lines.LESSON_HINTS[step]
        case Paused(back=Practising()):
            return starting_lines.SAY_GO_ON
        case AskingHow():
            return safety_lines.HOW_NOW
        case AskingRoutine(question=question) | AskingForget(question=question):
            return question
        case AskingAgreement():
            return answering.HAS_ONE_AGREED
        case AskingGoOn():
            return safety_lines.ON_OR_OVER
        case AskingWhen(question=question):
            return question
        case Topic():
            return safety_lines.ANY_MORE
        case _:
            return safety_lines.STILL_ASKED


def _rest(mode: Mode) -> tuple[str, Mode]:
    """How to go on from a question that stays unanswered, and the mode in which Limber rests."""
    match mode:
        case Screening():
            return safety_lines.ANSWER_ANY_TIME, mode
        case AfterHurt():
            return safety_lines.CHOOSE_ANY_TIME, mode
        case AskingNumber():
            return safety_lines.NUMBER_ANY_TIME, Idle()
        case AskingHow():
            return safety_lines.GLAD, Idle()
        case Practising() | Paused(back=Practising()):
            return starting_lines.LESSON_RESTS, Idle()
        case AskingRoutine(deletes=None):
            return routine_lines.MAKE_ANY_TIME, Idle()
        case AskingForget():
            return history_lines.KEPT_ALL, Idle()
        case AskingGoOn(paused=paused):
            return safety_lines.GO_ON_ANY_TIME, paused
        case AskingWhen():
            return reminder_lines.REMIND_ANY_TIME, Idle()
        case Topic():
            return safety_lines.MORE_ANY_TIME, mode
        case _:
            return safety_lines.START_ANY_TIME, Idle()
