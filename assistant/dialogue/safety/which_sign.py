"""After a bare "yes" to the screening question: which sign it is, asked in one short question.

The sign that is named is answered as that sign. Another "yes", doubt or silence counts as the flag; after a "no" the
whole question is asked again.
"""

from dataclasses import replace

from assistant.dialogue.parts.modes import Screening
from assistant.dialogue.safety.danger import raise_alarm, report
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import safety_lines
from intents.clauses.doubt import declines, doubts
from intents.model import ALARM_INTENTS, Intent, Reading
from intents.red_flags.screening_answer import AnswerKind, read_screening_answer
from intents.text.normalize import words_of

YES_TO_SCREENING = "screening"
"""Name, among the reported signs, of a "yes" to the screening question."""
ALL = frozenset({"all", "every", "everything", "both", "most", "several", "two", "three"})
"""Words of a yes that leave nothing to ask."""
ONE_WORD_TOPICS = frozenset({Intent.CAUSE, Intent.CAUSES, Intent.STRATEGY, Intent.MEASURE})
"""Intents of a lone word that is a sign where signs are asked for: "weakness"."""
BRIEF_SIGN = 3
"""Length in words up to which a text that names a sign is that sign, though it names a topic elsewhere."""
SILENCES = frozenset({Intent.COUNT_SILENTLY, Intent.COUNT_ONLY, Intent.NEVER_MIND})
"""Intents that a refusal to answer may be read as: "I'd rather not say"."""
OBEYED = frozenset({Intent.STOP, Intent.PAUSE, Intent.WAIT, Intent.GOODBYE, Intent.MUTE, Intent.NO})
"""Intents that name no sign, whatever words they have."""


def as_answer(reading: Reading, mode: Screening) -> Reading:
    """A reading while the question is open, as the answer that it is: a sign that is named, or another yes."""
    if reading.intent in ALARM_INTENTS | OBEYED or reading.asks:
        return reading
    if reading.intent in SILENCES and declines(reading.text):
        return replace(reading, intent=None, slots={}, also=())
    brief = reading.intent in ONE_WORD_TOPICS and len(words_of(reading.text)) <= BRIEF_SIGN
    if not mode.which and not brief:
        return reading
    answer = read_screening_answer(reading.text)
    match answer.kind:
        case AnswerKind.SIGN if answer.alarm is not None:
            return replace(reading, intent=answer.alarm.intent, slots=answer.alarm.slots, also=(), unread="")
        case AnswerKind.YES if mode.which:
            return replace(reading, intent=Intent.YES, slots={}, also=(), unread="")
        case _:
            return reading


def screening_yes(builder: StepBuilder, mode: Screening, text: str) -> None:
    """Ask which sign it is; where that was asked, or all of them are meant, a "yes" counts."""
    report(builder, YES_TO_SCREENING)
    if mode.which or not ALL.isdisjoint(words_of(text)):
        which_counts(builder)
    else:
        builder.say(safety_lines.WHICH_SIGN, mode=replace(mode, which=True))


def which_unclear(builder: StepBuilder, mode: Screening, text: str) -> None:
    """Take an answer that names no sign: doubt counts, and what is neither is asked about once more."""
    if mode.again or doubts(text) or declines(text):
        which_counts(builder)
    else:
        builder.say(safety_lines.WHICH_SIGN, mode=replace(mode, again=True))


def which_counts(builder: StepBuilder) -> None:
    """Take a sign that is not known for the gravest: the number to call, and when a doctor is enough."""
    raise_alarm(builder, *builder.guidance.screening.yes)
