"""Screening: the question for warning signs before the first stretch, what waits for it, and what is a clear "no"."""

from dataclasses import replace
from typing import assert_never

from assistant.coaching.body import fitted
from assistant.coaching.outline import offer_line, plan_line
from assistant.coaching.session import DEFAULT_ROUTINE, routine_session
from assistant.dialogue.parts.announced import ThenCoach
from assistant.dialogue.parts.modes import (
    AskingAgreement,
    AskingHow,
    Idle,
    Offering,
    Screening,
    WantsHelp,
    WantsSession,
    Wish,
)
from assistant.dialogue.parts.person import to_be_advised
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.state import body_now
from assistant.dialogue.step_builder import StepBuilder
from assistant.operating_points import SCREENING_NO_AT
from assistant.script import answering, safety_lines
from intents.model import Reading
from intents.red_flags.screening_answer import is_clear_no


def after_screening(builder: StepBuilder, wish: Wish) -> None:
    """Fulfil a wish at once if the person is cleared; else ask the screening question first.

    Every exercise begins through here: in a sitting in which no exercise is to be done, the wish is refused. And once,
    a session is advised against that a condition of the person speaks against.
    """
    sitting = builder.conversation.sitting
    match sitting.no_exercise:
        case NoExercise.URGENT:
            builder.say(safety_lines.DOCTOR_FIRST, mode=Idle())
        case NoExercise.HELP_COMING:
            builder.say(safety_lines.NOT_WHILE_HELP_COMES, mode=Idle())
        case NoExercise.SELF_HARM if not sitting.asked_how:
            builder.change(sitting=replace(sitting, asked_how=True))
            builder.say(safety_lines.HOW_ARE_YOU, mode=AskingHow())
        case NoExercise.SELF_HARM | None:
            _ask_first(builder, wish)
        case _:
            assert_never(sitting.no_exercise)


def _ask_first(builder: StepBuilder, wish: Wish) -> None:
    against = to_be_advised(builder.guidance, builder.conversation.person)
    if against and isinstance(wish, WantsSession):
        ask_agreement(builder, wish, answering.you_said_so_ask([each.you for each in against], against[0].ask or ""))
    elif builder.conversation.sitting.cleared(builder.now):
        fulfil(builder, wish)
    else:
        question = builder.guidance.screening.question
        builder.say(question, mode=Screening(wish, question))


def ask_agreement(builder: StepBuilder, wish: WantsSession, advice: str) -> None:
    """Give the advice against exercises, and ask whether a professional agreed to them."""
    builder.change(person=replace(builder.conversation.person, advised=True))
    builder.say(advice, answering.HAS_ONE_AGREED, mode=AskingAgreement(wish))


def fulfil(builder: StepBuilder, wish: Wish) -> None:
    """Give the first advice and offer a routine, or begin the session that the person wants."""
    if isinstance(wish, WantsHelp):
        offer = routine_session(builder.guidance, DEFAULT_ROUTINE)
        first = builder.guidance.topics["what_helps"].bites[0].say
        if builder.conversation.sitting.no_exercise is not None:
            builder.say(first, mode=Idle())
            return
        builder.say(
            first,
            offer_line(fitted(offer, builder.guidance, body_now(builder.conversation)).session),
            mode=Offering(offer),
        )
        return
    begin_session(builder, wish)


def begin_session(builder: StepBuilder, wish: WantsSession) -> None:
    """Begin a session, or take one up again where it was left, fitted to the person and with its plan told."""
    fit = fitted(wish.session, builder.guidance, body_now(builder.conversation))
    plan = None if wish.plan_told else plan_line(fit, builder.guidance)
    builder.interrupt(ThenCoach(fit.session, new_session=True, plan=plan))


def clear(builder: StepBuilder) -> None:
    """Keep a clear "no" to the screening question."""
    builder.change(sitting=replace(builder.conversation.sitting, cleared_at=builder.now))


def ask_screening_again(builder: StepBuilder, *before: str) -> None:
    """Ask the open screening question again, short, after the lines `before`."""
    mode = builder.conversation.mode
    if isinstance(mode, Screening):
        builder.say(*before, builder.guidance.screening.short if mode.clears else mode.question)


def answers_screening(no: Reading) -> bool:
    """Whether a "no" is a clear answer to the screening question, so that a stretch may begin."""
    return no.confidence >= SCREENING_NO_AT and is_clear_no(no.text)
