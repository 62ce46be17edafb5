"""Replies to what a person has (a pregnancy, a pacemaker, an operation), and to "my doctor agreed"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenPause, ThenResume
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingSign,
    Coaching,
    Idle,
    Offering,
    Paused,
    Screening,
    WantsSession,
)
from assistant.dialogue.parts.person import conditions_of
from assistant.dialogue.replies.stretching.starting import beside
from assistant.dialogue.screening import after_screening, ask_agreement
from assistant.dialogue.state import Changeable
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.schema import ConditionText
from assistant.script import answering
from intents.model import Intent

KEEP = "keep"
"""The slot of a condition that the person wants to be remembered beyond this sitting."""
OVER = "over"
"""The slot of a condition that the person no longer has, or never had."""


def condition(builder: StepBuilder, heard: Heard) -> None:
    """Acknowledge the conditions named in one breath, and say what they change; a session is paused for that."""
    if KEEP in heard.reading.slots:
        _keep(builder)
        return
    if OVER in heard.reading.slots:
        _taken_back(builder, heard.reading.slots.get("condition", ""))
        return
    keys = _named(heard)
    person = builder.conversation.person
    if person.told_at == builder.now and set(keys) <= set(person.conditions):
        return  # said with the first one of the same breath
    builder.change(person=person.with_conditions(keys, builder.now))
    known = conditions_of(builder.guidance, keys)
    if not known:
        builder.aside(answering.ASK_ABOUT_CONDITION)
        return
    before = tuple(each for each in known if each.ask is not None)
    if before and any(meant.intent == Intent.AGREED for meant in heard.reading.also):
        beside(builder, answering.with_agreement([each.named for each in known]))
        return
    advice = _advice(known)
    meanwhile = (before or known)[0].meanwhile
    mode = builder.conversation.mode
    match mode:
        case Coaching() if not before:
            builder.aside(advice)
        case Coaching():
            _advised(builder)
            builder.interrupt(ThenPause(heard.cause, answering.let_go_and_ask(advice)))
        case Paused() | AfterHurt():
            _advised(builder)
            builder.say(advice, answering.GO_ON_IF_AGREED if before else "")
        case Screening(wish=WantsSession() as wish) if before:
            ask_agreement(builder, wish, advice)
        case Offering(session=session) if before:
            ask_agreement(builder, WantsSession(session), advice)
        case Screening(question=question) | AskingSign(question=question):
            builder.say(advice, question)
        case AskingAgreement():
            builder.say(advice, answering.HAS_ONE_AGREED)
        case Idle() if _may_ask_to_keep(builder):
            builder.say(advice, meanwhile, answering.SHALL_I_KEEP)
            _ask_to_keep(builder, heard)
        case _:
            builder.say(advice, meanwhile, mode=Idle())


def _taken_back(builder: StepBuilder, key: str) -> None:
    """Count a condition no longer, nor in the sittings to come; what only it stood against begins."""
    conversation = builder.conversation
    kept = conversation.settings.conditions
    if key in kept:
        settings = replace(conversation.settings, conditions=tuple(each for each in kept if each != key))
        builder.change(settings=settings, undoable=Changeable(conversation.settings, conversation.session))
    person = conversation.person.without_conditions((key,))
    builder.change(person=person)
    ask = any(each.ask is not None for each in conditions_of(builder.guidance, person.conditions))
    match conversation.mode:
        case AskingAgreement(wish=wish) if not ask:
            after_screening(builder, wish)
        case AskingAgreement():
            builder.say(answering.TAKEN_BACK, answering.HAS_ONE_AGREED)
        case Screening(question=question) | AskingSign(question=question):
            builder.say(answering.TAKEN_BACK, question)
        case _:
            builder.aside(answering.TAKEN_BACK)


def _may_ask_to_keep(builder: StepBuilder) -> bool:
    conversation = builder.conversation
    new = not set(conversation.person.conditions) <= set(conversation.settings.conditions)
    return conversation.keeps and new and not conversation.person.asked_to_keep and conversation.output.quiet


def _ask_to_keep(builder: StepBuilder, heard: Heard) -> None:
    """Await a yes: it keeps the conditions in the settings, beyond this sitting."""
    person = builder.conversation.person
    keep = replace(heard.reading, slots={**heard.reading.slots, KEEP: "yes"}, also=())
    asked = replace(heard, reading=keep, began=builder.now, until=builder.now)
    builder.change(person=replace(person, asked_to_keep=True), to_confirm=asked)


def _keep(builder: StepBuilder) -> None:
    conversation = builder.conversation
    kept = tuple(dict.fromkeys((*conversation.settings.conditions, *conversation.person.conditions)))
    undoable = Changeable(conversation.settings, conversation.session)
    builder.change(settings=replace(conversation.settings, conditions=kept), undoable=undoable)
    builder.aside(answering.KEPT)


def _advice(known: Sequence[ConditionText]) -> str:
    """The line that names the conditions and says what they change."""
    before = [each for each in known if each.ask is not None]
    if before:
        return answering.ask_before_exercises([each.named for each in known], before[0].ask or "")
    avoid = [each for each in known if each.painkillers == "avoid"]
    return answering.ask_before_painkillers([each.named for each in avoid or known], avoid=bool(avoid))


def _named(heard: Heard) -> tuple[str, ...]:
    """The conditions named in one breath, in the order said."""
    reading = heard.reading
    told = (meant.slots for meant in reading.also if meant.intent == Intent.CONDITION and OVER not in meant.slots)
    also = (slots.get("condition", "") for slots in told)
    return tuple(key for key in (reading.slots.get("condition", ""), *also) if key)


def _advised(builder: StepBuilder) -> None:
    builder.change(person=replace(builder.conversation.person, advised=True))


def agreed(builder: StepBuilder, heard: Heard) -> None:
    """Take the person's word that a professional agreed to exercises: what they wanted begins, or goes on."""
    builder.change(person=replace(builder.conversation.person, agreed=True))
    match builder.conversation.mode:
        case AskingAgreement(wish=wish):
            after_screening(builder, wish)
        case Paused():
            builder.interrupt(ThenResume(heard.cause))
        case Coaching():
            builder.aside(script.CARRYING_ON)
        case Screening(question=question) | AskingSign(question=question):
            builder.say(answering.AGREED, question)
        case _ if builder.more:
            pass  # what they want comes in the same breath
        case _:
            builder.say(answering.AGREED_WHAT_NEXT)


def not_agreed(builder: StepBuilder, heard: Heard) -> None:
    """Begin no exercise, for no professional agreed, and say what may be done meanwhile."""
    known = conditions_of(builder.guidance, builder.conversation.person.conditions)
    builder.say(answering.NOT_YET, *[each.meanwhile for each in known if each.ask is not None][:1], mode=Idle())
