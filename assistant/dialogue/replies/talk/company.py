"""Replies to somebody who just talks: a greeting, thanks, small talk, the time, and what Limber can do."""

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import (
    AfterHurt,
    AskingAgreement,
    AskingHow,
    AskingNumber,
    AskingSign,
    Coaching,
    Emergency,
    Idle,
    Muted,
    Practising,
    Screening,
)
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.replies.in_place import FEAR
from assistant.dialogue.replies.topics import Reply, reminder, say_beside
from assistant.dialogue.step_builder import StepBuilder
from assistant.reminders.civil import civil_at
from assistant.script import safety_lines
from assistant.script import small_talk as lines
from intents.text.normalize import words_of

WELLBEING = "how_are_you"
"""Key of the topic of how somebody is."""
OTHER = "other"
"""Key of the line to small talk of no topic of its own."""


def says(line: str) -> Reply:
    """Make the reply that says one line."""
    return lambda builder, heard: say_beside(builder, line)


def hello(builder: StepBuilder, heard: Heard) -> None:
    """Tell that Limber is there; in an emergency also what to do."""
    match builder.conversation.mode:
        case Emergency():
            say_beside(builder, lines.HERE_IN_EMERGENCY)
        case Muted():
            builder.aside(builder.hint(script.help_in))
        case Coaching():
            builder.aside(lines.HERE)
        case _:
            say_beside(builder, lines.HELLO_AGAIN)


def small_talk(builder: StepBuilder, heard: Heard) -> None:
    """Answer small talk by its topic."""
    topic = heard.reading.slots.get("topic", OTHER)
    if topic == WELLBEING and isinstance(builder.conversation.mode, AskingHow):
        # "I am all right": that was the question.
        builder.say(safety_lines.THANKS_FOR_TELLING, mode=Idle())
        return
    refused = builder.conversation.sitting.no_exercise
    if topic == WELLBEING and refused is NoExercise.URGENT and "you" not in words_of(heard.reading.text):
        builder.say(safety_lines.FINE_NOW)
        return
    if topic == FEAR:
        _comfort(builder, refused)
        return
    if topic == "privacy" and not builder.conversation.keeps:
        topic = "privacy_here"
    say_beside(builder, lines.SMALL_TALK.get(topic, lines.SMALL_TALK[OTHER]))


def _comfort(builder: StepBuilder, refused: NoExercise | None) -> None:
    """Answer somebody who is afraid: that Limber is there, and the next small thing to do."""
    asks = reminder(builder)
    if refused is NoExercise.SELF_HARM:
        say_beside(builder, builder.filled(safety_lines.I_LISTEN)[0])
    elif asks:
        builder.say(lines.WITH_YOU, asks)
    else:
        going = isinstance(builder.conversation.mode, Coaching)
        say_beside(builder, lines.LET_GO_ANY_TIME if going else lines.SMALL_TALK[FEAR])


def time(builder: StepBuilder, heard: Heard) -> None:
    """Tell the civil time: that at the session's start, and the session's time since."""
    start = builder.conversation.civil_start
    now = None if start is None else civil_at(start, builder.now)
    say_beside(builder, lines.TIME_UNKNOWN if now is None else lines.it_is(now))


def why_ask(builder: StepBuilder, heard: Heard) -> None:
    """Tell why the open question is asked; the question stays open."""
    match builder.conversation.mode:
        case Screening() | AskingSign():
            line = lines.WHY_SCREENING
        case AskingAgreement():
            line = lines.WHY_AGREEMENT
        case AskingNumber():
            line = lines.WHY_NUMBER
        case AfterHurt():
            line = lines.WHY_HURT
        case _:
            line = lines.WHY_ELSE
    if isinstance(builder.conversation.mode, Coaching | Practising):
        builder.aside(line)
    else:
        builder.say(*filter(None, (line, reminder(builder))))
