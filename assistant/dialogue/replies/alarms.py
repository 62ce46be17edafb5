"""Replies about danger: calls for help, words of self-harm, red flags of each grade, and how an emergency is left."""

from dataclasses import replace

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenLetGo, ThenWarn
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingHow,
    AskingSign,
    Coaching,
    Emergency,
    Idle,
    Offering,
    Paused,
    Topic,
)
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.replies.topics import reminder
from assistant.dialogue.safety.about_others import surely_about_others
from assistant.dialogue.safety.asked_sign import STAYING, STRETCH, ask_sign, sign_counts, sign_denied
from assistant.dialogue.safety.danger import act_on_flag, raise_alarm, report, still_there
from assistant.dialogue.state import in_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.schema import CRISIS
from assistant.script import answering, safety_lines
from assistant.timeline.entries import RedFlagRaised
from audio.frames import frames

CALL_FOR_HELP, SELF_HARM = "call_for_help", "self_harm"
"""Names of a call for help and of words of self-harm among the red flags of the timeline."""
JUST_TOLD = frames(30)
"""Time, in frames (30 s), in which "that was a joke" takes back what the person said they have."""
NECK = "neck"
"""What movements of the neck need; after a warning sign in one, none is done again in the session."""


def call_for_help(builder: StepBuilder, heard: Heard) -> None:
    """Tell the number to call, and that Limber makes no calls itself."""
    builder.note(RedFlagRaised(CALL_FOR_HELP, heard.reading.text))
    report(builder, CALL_FOR_HELP)
    raise_alarm(builder, *builder.guidance.call_for_help)


def self_harm(builder: StepBuilder, heard: Heard) -> None:
    """Say that the person matters, whom to call, and to be with somebody; then rest, and offer no exercise."""
    builder.note(RedFlagRaised(SELF_HARM, heard.reading.text))
    report(builder, SELF_HARM)
    say_you_matter(builder)


def say_you_matter(builder: StepBuilder) -> None:
    """The answer to words of self-harm; an emergency goes on with it as its advice."""
    crisis, lines = builder.conversation.settings.crisis_line, builder.guidance.self_harm
    if crisis is not None:
        lines = (*lines, builder.guidance.crisis.replace(CRISIS, " ".join(crisis)))
    if isinstance(builder.conversation.mode, Emergency):
        raise_alarm(builder, *lines)
        return
    sitting = builder.conversation.sitting
    builder.change(sitting=replace(sitting, asked_how=False))
    builder.interrupt(ThenWarn(builder.filled(*lines), NoExercise.SELF_HARM))


def red_flag(builder: StepBuilder, heard: Heard) -> None:
    """Act on a red flag by its grade, before anything else: emergency, urgent, or a question where it is unsure."""
    slots, text = heard.reading.slots, heard.reading.text
    flag, sign = slots["flag"], slots.get("sign", "")
    urgency = builder.guidance.red_flags[flag].urgency
    grade = "emergency" if urgency == "emergency" and "grade" not in slots else slots.get("grade", urgency)
    match builder.conversation.mode:
        case Emergency(advice=advice) if grade != "emergency":
            report(builder, sign or flag)
            builder.say(*advice)
        case _ if grade != "emergency" and surely_about_others(text):
            _advise_for_another(builder, heard)
        case AskingSign() as asking if grade not in ("emergency", "urgent"):
            sign_counts(builder, asking, said=True)
        case _ if grade == "emergency":
            act_on_flag(builder, flag, sign, text, emergency=True)
        case _ if grade == "urgent":
            act_on_flag(builder, flag, sign, text)
        case _ if flag == STRETCH and in_session(builder.conversation):
            _stretch_warning(builder, sign, text)
        case _:
            ask_sign(builder, flag, sign, text)


def _advise_for_another(builder: StepBuilder, heard: Heard) -> None:
    """Advise for somebody else, who is to see a doctor; what the person does themselves, or was asked, goes on."""
    if builder.conversation.awaiting is not None:
        builder.change(deferred=(*builder.conversation.deferred, heard))
        return
    builder.note(RedFlagRaised(heard.reading.slots["flag"], heard.reading.text))
    line, asks = builder.filled(safety_lines.DOCTOR_FOR_THEM)[0], reminder(builder)
    if not asks and (builder.conversation.output.quiet or isinstance(builder.conversation.mode, Coaching)):
        builder.aside(line)
    else:
        builder.say(*filter(None, (line, asks)))


def radiates(builder: StepBuilder, heard: Heard) -> None:
    """Ask whether pain that spreads reaches the chest; if not, the cramp itself explains such pain."""
    slots = {"flag": "chest", "grade": "unsure", "sign": "spreading_pain"}
    red_flag(builder, replace(heard, reading=replace(heard.reading, slots=slots)))


def _stretch_warning(builder: StepBuilder, sign: str, text: str) -> None:
    """In a session: let go. Ask whether a numb limb is still numb; after any other sign, how to go on."""
    session = builder.conversation.session
    if session is not None and NECK in session.dose.movement.needs:
        sitting = builder.conversation.sitting
        of_neck = {key for key, movement in builder.guidance.movements.items() if NECK in movement.needs}
        builder.change(sitting=replace(sitting, left_out=sitting.left_out | of_neck))
    if sign.startswith(STAYING):
        ask_sign(builder, STRETCH, sign, text)
        return
    report(builder, sign or STRETCH)
    builder.note(RedFlagRaised(STRETCH, text))
    advice = builder.filled(*builder.guidance.advice_on(STRETCH, sign))
    builder.interrupt(ThenLetGo((*advice, script.HURT_CHOICES)))


def still_bad(builder: StepBuilder, heard: Heard) -> None:
    """What came with a stretch has not gone: advice, and the end. Before anything was reported: let go."""
    signs = builder.conversation.sitting.signs
    match builder.conversation.mode:
        case AskingSign() as asking:
            sign_counts(builder, asking, said=True)
        case AskingHow():
            say_you_matter(builder)
        case AfterHurt() if not signs:
            lines = (line.replace("{sign}", safety_lines.PAIN_THAT_STAYS) for line in builder.guidance.still_there)
            builder.interrupt(ThenWarn(builder.filled(*lines), None))
        case Coaching() | Paused(back=Coaching()) if not signs:
            builder.interrupt(ThenLetGo((script.HURT,)))
        case _ if signs:
            still_there(builder, builder.guidance.sign_named(STRETCH, signs[-1]))
        case _:
            asks = () if builder.more else (script.choices(builder.state),)
            builder.say(safety_lines.STILL_BAD, *asks)


def passed(builder: StepBuilder, heard: Heard) -> None:
    """What came with a stretch has gone."""
    match builder.conversation.mode:
        case AskingSign() as asking:
            sign_denied(builder, asking)
        case AskingHow():
            _thank(builder)
        case AfterHurt():
            builder.say(safety_lines.GOOD if builder.more else safety_lines.GOOD_CHOICES)
        case _ if builder.conversation.sitting.no_exercise is NoExercise.URGENT:
            builder.say(safety_lines.FINE_NOW)
        case _:
            builder.aside(safety_lines.GOOD)


def _thank(builder: StepBuilder) -> None:
    builder.say(safety_lines.THANKS_FOR_TELLING, mode=Idle())


def false_alarm(builder: StepBuilder, heard: Heard) -> None:
    """Outside an emergency: take back an urgent sign, or deny the one that is asked about."""
    sitting = builder.conversation.sitting
    match builder.conversation.mode:
        case AskingSign() as asking:
            sign_denied(builder, asking)
        case AskingHow():
            _thank(builder)
        case _ if sitting.no_exercise is NoExercise.URGENT:
            builder.change(sitting=replace(sitting, no_exercise=None))
            builder.say(safety_lines.A_MISTAKE if builder.more else safety_lines.MISTAKE, mode=Idle())
        case _ if sitting.no_exercise is NoExercise.SELF_HARM:
            builder.say(safety_lines.GLAD)
        case _ if _just_told(builder):
            person = builder.conversation.person
            builder.change(person=person.without_conditions(person.conditions[-1:]))
            builder.say(answering.TAKEN_BACK)
        case Coaching():
            builder.aside(script.CARRYING_ON)
        case AfterHurt():
            builder.say(safety_lines.GOOD if builder.more else safety_lines.GOOD_CHOICES)
        case _:
            builder.aside(builder.hint(script.choices))


def _just_told(builder: StepBuilder) -> bool:
    """Whether the person named a condition only a moment ago, with nothing begun since."""
    person = builder.conversation.person
    told = person.told_at is not None and builder.now - person.told_at < JUST_TOLD and bool(person.conditions)
    return told and isinstance(builder.conversation.mode, Idle | Offering | AskingAgreement | Topic)


def help_coming(builder: StepBuilder, heard: Heard) -> None:
    """Outside an emergency nothing is called for, so there is nothing to wait for."""
    builder.aside(safety_lines.GLAD)
