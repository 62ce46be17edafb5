"""Answers to what was not understood: nothing over the counts; elsewhere what was heard, and what can be done."""

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import (
    AskingForget,
    AskingHow,
    AskingRoutine,
    AskingSign,
    Asleep,
    Coaching,
    Emergency,
    Idle,
    Muted,
    Screening,
)
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.replies.alarms import say_you_matter
from assistant.dialogue.replies.emergency import refuse
from assistant.dialogue.replies.past.forgetting import forget_unclear
from assistant.dialogue.replies.topics import say_beside
from assistant.dialogue.safety.asked_sign import sign_unclear
from assistant.dialogue.safety.which_sign import which_unclear
from assistant.dialogue.screening import screening_missed
from assistant.dialogue.state import valid_now
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import answering, safety_lines
from assistant.timeline import entries
from audio.frames import seconds
from intents.clauses.asking import perhaps_to_others
from intents.clauses.doubt import doubts
from intents.text.normalize import words_of

MISSES_ANSWERED = 3
"""Number of utterances in a row, not understood, that get an answer; the last tells how to go on.

Then Limber stays silent until something is understood: it would keep answering a conversation in the room.
"""

BARE_ANSWERS = frozenset(
    "yes yeah yep yup no nope nah okay ok right fine sure good great well all so oh ah hm mm lovely cheers".split()
    + "more else another later maybe perhaps tomorrow soon time".split()
)
"""Words of an answer that, where nothing was asked, only shows that somebody listens, or waits for more."""
NOT_WELL = frozenset(
    "not no never nothing nobody bad badly awful terrible horrible low down sad alone lonely tired worse".split()
)
"""Words of somebody who is not all right."""
FEW = 4
"""Length in words up to which what is not understood after urgent advice is not read back, but answered by it."""
DONE_ANSWERS = BARE_ANSWERS | frozenset(
    "done did it i have am doing on my way will do already got up just now that all one".split()
)
"""Words of an answer to a reminder that was just said."""
QUESTION_WORDS = frozenset(
    "what which who whose when where why how is are am was were do does did can could should would will may".split()
)
"""First words of a question."""


_OF_A_SESSION = frozenset(
    "skip next back longer shorter gentler easier softer harder previous switch forward side sides".split()
)
"""Words of what is asked of a session that goes on."""
_BESIDE_THAT = frozenset(
    "it this that one the other go please left right only now what comes is up a bit "
    "little make again to exercise movement".split()
)
"""Words that may stand beside them."""


def _is_of_a_session(words: list[str]) -> bool:
    """Whether words are nothing but a wish for a session that goes on, where none does."""
    return not _OF_A_SESSION.isdisjoint(words) and (_OF_A_SESSION | _BESIDE_THAT).issuperset(words)


def _known_case(builder: StepBuilder, words: list[str]) -> str | None:
    """The line for what means nothing, but tells why: no session goes on, or English is hard; None: another case."""
    if "english" in words:
        return answering.ENGLISH_ONLY
    idle = isinstance(builder.conversation.mode, Idle)
    return script.NOTHING_RUNNING if idle and _is_of_a_session(words) else None


def miss(heard: Heard, reason: str) -> entries.NotUnderstood:
    """The entry for an utterance that did nothing."""
    return entries.NotUnderstood(heard.reading.text, seconds(heard.began), seconds(heard.until), reason)


def not_understood(builder: StepBuilder, heard: Heard) -> None:
    """Answer an utterance without intent, or one whose intent is too unsure to act on."""
    conversation, reading = builder.conversation, heard.reading
    text = reading.text.strip()
    builder.note(miss(heard, "unsure" if reading.needs_confirmation else "no intent" if words_of(text) else "no words"))
    wordless = not words_of(text)
    if isinstance(conversation.mode, Asleep | Muted) or wordless or conversation.awaiting is not None:
        return
    unsure = reading.needs_confirmation and reading.intent in valid_now(conversation)
    if isinstance(conversation.mode, Coaching) and not unsure:
        # Most talk in a stretch is not meant for Limber, and a line would be laid over the counts.
        builder.signal("not_understood")
        if not reading.asks or ("?" not in text and perhaps_to_others(words_of(text))):
            return
    misses = conversation.not_understood_in_a_row
    if misses >= MISSES_ANSWERED:
        return
    builder.change(not_understood_in_a_row=misses + 1)
    if unsure:
        builder.change(to_confirm=heard)
        builder.aside(script.did_you_say(text))
        return
    match conversation.mode:
        case Screening(which=True) as screening:
            which_unclear(builder, screening, text)
        case Screening() as screening:
            screening_missed(builder, screening, text, misses)
        case AskingSign() as asking:
            sign_unclear(builder, asking, text)
        case AskingHow() if doubts(text) or not NOT_WELL.isdisjoint(words_of(text)):
            say_you_matter(builder)
        case AskingForget() as asking:
            forget_unclear(builder, asking)
        case AskingHow():
            builder.say(safety_lines.THANKS_FOR_TELLING, mode=Idle())
        case Emergency():
            refuse(builder)
        case AskingRoutine():
            # What else would be read back here may have been meant for a name.
            builder.say(builder.hint(script.choices))
        case Coaching():
            builder.aside(answering.DONT_KNOW_NOW if words_of(text)[0] in QUESTION_WORDS else answering.CANNOT_NOW)
        case _ if misses + 1 == MISSES_ANSWERED:
            say_beside(builder, answering.I_AM_HERE)
        case Idle() if conversation.just_reminded and DONE_ANSWERS.issuperset(words_of(text)):
            builder.aside(script.DROPPED)
        case _ if (line := _known_case(builder, words_of(text))) is not None:
            say_beside(builder, line)
        case _ if BARE_ANSWERS.issuperset(words_of(text)):
            say_beside(builder, answering.to_nothing_asked(builder.hint(script.choices)))
        case Idle() if conversation.sitting.no_exercise is NoExercise.URGENT and len(words_of(text)) <= FEW:
            say_beside(builder, safety_lines.DOCTOR_FIRST)
        case _ if conversation.sitting.no_exercise is NoExercise.SELF_HARM:
            say_beside(builder, safety_lines.I_LISTEN)
        case _:
            # Whoever is misheard twice is offered what their words came nearest to.
            likely = answering.say_one_of(reading.likely) if misses and len(reading.likely) > 1 else None
            say_beside(builder, answering.not_understood(text, likely or builder.hint(script.choices)))
