"""What is done about danger: the number to call, the advice of an urgent sign, and how an emergency is left."""

from dataclasses import replace

from assistant import script
from assistant.dialogue.ending.session_end import abandon_session
from assistant.dialogue.parts.announced import ThenAlarm, ThenRest, ThenWarn
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Muted,
    Offering,
    Paused,
    Screening,
    Topic,
)
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.safety.about_others import is_about_others
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.checks import CALL_NOW
from assistant.guidance.schema import SIGN
from assistant.script import answering, safety_lines, stretching
from assistant.states import State
from assistant.timeline.entries import RedFlagRaised

AFTER = f"After {SIGN}"
"""How the line begins on what is past, as a fall: to keep still."""


def report(builder: StepBuilder, sign: str) -> None:
    """Keep that a sign was reported: the screening question comes again before the next exercise."""
    sitting = builder.conversation.sitting
    builder.change(sitting=replace(sitting, cleared_at=None, signs=(*sitting.signs, sign)))


def raise_alarm(builder: StepBuilder, *lines: str) -> None:
    """Tell the number to call, and stay in an emergency until the person says that it was a mistake.

    In an emergency already, these lines become its advice; what comes back after a false alarm stays the same.
    """
    mode = builder.conversation.mode
    if isinstance(mode, Emergency):
        builder.interrupt(ThenAlarm(replace(mode, advice=lines, asked=None, hushed=False), keeps_back=True))
        builder.change(wait=replace(builder.conversation.wait, reminders=0))
    else:
        builder.interrupt(ThenAlarm(Emergency(lines)))


def act_on_flag(builder: StepBuilder, flag: str, sign: str, text: str, *, emergency: bool = False) -> None:
    """Give the advice of a red flag: an emergency, or, if it is none, the advice to see a doctor, then rest.

    `text`: the words that named the sign. `emergency`: whether it is one although the guidance calls the flag urgent.
    """
    found = builder.guidance.red_flags[flag]
    report(builder, sign or flag)
    builder.note(RedFlagRaised(flag, text))
    advice = builder.guidance.advice_on(flag, sign)
    others = is_about_others(text)
    if found.urgency == "emergency" and not others:
        raise_alarm(builder, *advice)
    elif found.urgency == "emergency" or emergency:
        # One advice: what sends the speaker to a doctor, or is about their stretching, has no place beside the number.
        named = builder.guidance.sign_named(flag, sign)
        still = [line for raw, line in zip(found.lines, advice, strict=True) if raw.startswith(AFTER)]
        whole = safety_lines.at_once(named, after=bool(still), others=others)
        raise_alarm(builder, CALL_NOW, whole if others or not still else still[0])
    elif found.urgency == "stop":
        still_there(builder, builder.guidance.sign_named(flag, sign))
    else:
        builder.interrupt(ThenWarn(builder.filled(*advice), NoExercise.URGENT))


def still_there(builder: StepBuilder, sign: str) -> None:
    """A sign that came with a stretch has not gone: send the person to a doctor, and end the session."""
    lines = (line.replace("{sign}", sign) for line in builder.guidance.still_there)
    builder.interrupt(ThenWarn(builder.filled(*lines), NoExercise.URGENT))


def help_comes(builder: StepBuilder, mode: Emergency) -> None:
    """Leave an emergency because help is on its way: be quiet and listen; no exercise in this sitting."""
    abandon_session(builder, mode)
    builder.change(sitting=replace(builder.conversation.sitting, no_exercise=NoExercise.HELP_COMING))
    builder.say(safety_lines.HELP_COMES, mode=Idle())


def go_back(builder: StepBuilder, mode: Emergency) -> None:
    """Leave an emergency that was a false alarm, and bring back what was there before."""
    back, session = mode.back, mode.session
    builder.change(session=session)
    match back:
        case Paused(back=Coaching()) if session is not None:
            where = script.movement_and_side(session.dose.movement.title, session.part.side)
            builder.say(safety_lines.WHERE_WE_WERE, where, script.choices(State.PAUSED), mode=back)
        case Screening(question=question):
            builder.say(safety_lines.WHERE_WE_WERE, question, mode=back.whole)
        case Offering():
            builder.say(safety_lines.WHERE_WE_WERE, stretching.BEGIN, mode=back)
        case AskingAgreement():
            builder.say(safety_lines.WHERE_WE_WERE, answering.HAS_ONE_AGREED, mode=back)
        case AfterHurt():
            builder.say(safety_lines.WHERE_WE_WERE, script.HURT_CHOICES, mode=back)
        case Topic():
            builder.say(safety_lines.WHERE_WE_WERE, script.MORE, mode=back)
        case Paused():
            builder.say(safety_lines.WHERE_WE_WERE, script.choices(State.PAUSED), mode=back)
        case Asleep():
            builder.interrupt(ThenRest(back, builder.filled(script.GOODBYE)[0], "voice"))
        case Muted():
            builder.say(safety_lines.WHERE_WE_WERE, script.MICROPHONE_CLOSED, mode=back)
        case _:
            builder.say(safety_lines.GLAD, mode=Idle())
