"""Screening: the question for warning signs before the first stretch, what waits for it, and what is a clear "no"."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from assistant.coaching.body import fitted
from assistant.coaching.outline import offer_line, plan_line
from assistant.coaching.session import DEFAULT_ROUTINE, Session, routine_session
from assistant.dialogue.parts.announced import ThenCoach
from assistant.dialogue.parts.modes import (
    AskingAgreement,
    AskingHow,
    AskingSign,
    Idle,
    Offering,
    Screening,
    Topic,
    WantsHelp,
    WantsSession,
    Wish,
)
from assistant.dialogue.parts.person import to_be_advised
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.safety.asked_sign import sign_unclear
from assistant.dialogue.state import Conversation, body_now
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.schema import Guidance
from assistant.operating_points import SCREENING_NO_AT
from assistant.script import answering, safety_lines
from audio.frames import Frame
from intents.clauses.doubt import declines
from intents.model import Reading
from intents.red_flags.screening_answer import AnswerKind, is_clear_no, read_screening_answer
from intents.text.normalize import words_of

SCREENING_MISSES = 3
"""Which utterance in a row that is no answer is told that Limber waits; those after it get no answer."""
ASKED_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chest pain": ("chest", "heart"),
        "breathlessness": ("breath",),
        "fever": ("fever", "temperature"),
        "numbness": ("numb", "tingl"),
        "weakness": ("weak",),
        "injury": ("fall", "fell", "injur", "accident"),
    }
)
"""What the screening question asks for, and how the words begin that speak of it."""


def after_screening(builder: StepBuilder, wish: Wish) -> None:
    """Fulfil a wish at once if the person is cleared; else ask the screening question first.

    Every exercise begins through here: in a sitting in which no exercise is to be done, the wish is refused. And once,
    a session is advised against that a condition of the person speaks against.
    """
    sitting, mode = builder.conversation.sitting, builder.conversation.mode
    if isinstance(mode, AskingSign):
        # The open question comes first; what is wanted waits for the screening question after it.
        waits = isinstance(mode.back, Idle | Topic | Screening)
        back = Screening(wish, builder.guidance.screening.question) if waits else mode.back
        sign_unclear(builder, replace(mode, back=back), "")
        return
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
    elif _is_cleared(builder.conversation, builder.now):
        fulfil(builder, wish)
    else:
        question = builder.guidance.screening.question
        if isinstance(wish, WantsHelp):
            # Whoever complains, or asks what helps, is answered before being asked.
            builder.say(first_advice(builder.guidance), question, mode=Screening(WantsHelp(advised=True), question))
        else:
            builder.say(question, mode=Screening(wish, question))


def _is_cleared(conversation: Conversation, now: Frame) -> bool:
    """Whether the screening question need not be asked at frame `now`, as often as the person wants to be asked."""
    sitting = conversation.sitting
    if conversation.settings.screening == "every session" and conversation.session_began:
        return sitting.cleared(now) and (sitting.cleared_at or 0) > conversation.session_began
    return sitting.cleared(now)


def ask_agreement(builder: StepBuilder, wish: WantsSession, advice: str) -> None:
    """Give the advice against exercises, and ask whether a professional agreed to them."""
    builder.change(person=replace(builder.conversation.person, advised=True))
    builder.say(advice, answering.HAS_ONE_AGREED, mode=AskingAgreement(wish))


def fulfil(builder: StepBuilder, wish: Wish) -> None:
    """Give the first advice and offer a routine, or begin the session that the person wants."""
    if isinstance(wish, WantsHelp):
        if builder.conversation.sitting.no_exercise is not None:
            builder.say(first_advice(builder.guidance), mode=Idle())
            return
        offer = routine_session(builder.guidance, DEFAULT_ROUTINE)
        begin = offer_of(offer, builder.guidance, builder.conversation)
        builder.say(*(() if wish.advised else (first_advice(builder.guidance),)), begin, mode=Offering(offer))
        return
    begin_session(builder, wish)


def offer_of(session: Session, guidance: Guidance, conversation: Conversation) -> str:
    """The line that offers a session, fitted to what body and room allow."""
    return offer_line(fitted(session, guidance, body_now(conversation)).session)


def first_advice(guidance: Guidance) -> str:
    """What helps before anything else."""
    return guidance.topics["what_helps"].bites[0].say


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
        short = mode.clears and not mode.which
        builder.say(*before, builder.guidance.screening.short if short else mode.question, mode=mode.whole)


def screening_missed(builder: StepBuilder, mode: Screening, text: str, misses: int) -> None:
    """Answer what is no answer to the screening question, after so many others in a row: shorter, then no more.

    It may be talk in the room. What denies some of the signs is told which are missing; who will not answer is let be.
    """
    kind = read_screening_answer(text).kind
    if kind is AnswerKind.ONE_DENIED:
        denied = mode.denied | _named_in(text)
        missing = [sign for sign in ASKED_SIGNS if sign not in denied]
        lines = (safety_lines.not_yet_denied(missing),) if missing else ()
        builder.change(not_understood_in_a_row=0, mode=replace(mode, denied=denied))
        ask_screening_again(builder, *lines)
    elif declines(text):
        builder.say(safety_lines.NO_ANSWER, mode=Idle())
    elif misses == 0:
        builder.say(builder.guidance.screening.again)
    elif misses + 1 == SCREENING_MISSES:
        builder.say(safety_lines.ANSWER_ANY_TIME)
    elif kind is AnswerKind.HEDGED:
        ask_screening_again(builder)
    else:
        builder.signal("not_understood")


def _named_in(text: str) -> frozenset[str]:
    """The signs of the screening question that a text speaks of."""
    words = words_of(text)
    return frozenset(sign for sign, stems in ASKED_SIGNS.items() if any(word.startswith(stems) for word in words))


def answers_screening(no: Reading) -> bool:
    """Whether a "no" is a clear answer to the screening question, so that a stretch may begin."""
    return no.confidence >= SCREENING_NO_AT and is_clear_no(no.text)
