"""Replies to words about feeling: in a hold, after a sign, and after a session."""

from collections.abc import Callable
from dataclasses import replace

from assistant.dialogue.actions import RecordFelt
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import AfterHurt, AskingFelt, AskingHow, AskingSign, Idle
from assistant.dialogue.parts.sitting import NoExercise
from assistant.dialogue.replies import alarms, navigation
from assistant.dialogue.safety.danger import report
from assistant.dialogue.step_builder import StepBuilder
from assistant.history.stretch_record import Felt, with_felt
from assistant.history.trend import outlook
from assistant.script import history_lines, safety_lines
from assistant.script import stretching as lines
from assistant.states import State
from intents.model import Intent
from intents.text.normalize import words_of

WORSE_AFTER = "worse"
"""Name, among the reported signs, of a back that is worse after a session."""


ACKNOWLEDGING = frozenset("ok okay right alright all then so well sure thing very oh mhm mm hmm uh huh hm".split())
"""Words that take note of what was said, and tell nothing of how somebody feels."""


def feels_good(builder: StepBuilder, heard: Heard) -> None:
    """Answer a good feeling with the soft sound alone, so that what goes on goes on; after a session, "better".

    At rest nothing goes on, and a line answers it.
    """
    if isinstance(builder.conversation.mode, AskingFelt):
        better(builder, heard)
    elif isinstance(builder.conversation.mode, Idle):
        builder.aside(lines.GLAD_OF_IT)  # nothing goes on that a line would disturb
    elif builder.state is not State.HOLDING:  # in a hold that sound tells of everything that is heard
        builder.signal("understood")


def passed(builder: StepBuilder, heard: Heard) -> None:
    """After a session, "better"; else what came with a stretch has gone."""
    if isinstance(builder.conversation.mode, AskingFelt):
        better(builder, heard)
    else:
        alarms.passed(builder, heard)


_ASKING_EASIER = frozenset("easier a bit little one please then".split())
"""Where "gentler" was offered, "easier" alone asks for that; with more words it tells of the pain."""


def still_bad(builder: StepBuilder, heard: Heard) -> None:
    """After a session, "the same"; else what came with a stretch has not gone."""
    if isinstance(builder.conversation.mode, AskingFelt):
        same(builder, heard)
    elif _after_self_harm(builder):
        alarms.say_you_matter(builder)
    else:
        alarms.still_bad(builder, heard)


def better(builder: StepBuilder, heard: Heard) -> None:
    """Keep that the person feels better; to a question about a sign, or after urgent advice, that it has gone."""
    if _after_self_harm(builder):
        builder.say(safety_lines.THANKS_FOR_TELLING)
    elif isinstance(builder.conversation.mode, AfterHurt) and _ASKING_EASIER.issuperset(words_of(heard.reading.text)):
        navigation.gentler(builder, heard)
    elif _is_about_a_sign(builder) or builder.conversation.sitting.no_exercise is NoExercise.URGENT:
        alarms.passed(builder, heard)
    else:
        _felt(builder, "better", lines.FELT_BETTER)


def same(builder: StepBuilder, heard: Heard) -> None:
    """Keep that the person feels the same, and say when to see a professional; about a sign, that it is still there."""
    if _after_self_harm(builder):
        alarms.say_you_matter(builder)
    elif _is_about_a_sign(builder):
        alarms.still_bad(builder, heard)
    else:
        _felt(builder, "same", lines.FELT_SAME, builder.guidance.professional_once)


def worse(builder: StepBuilder, heard: Heard) -> None:
    """Keep that the person feels worse, and say where to turn; before the next movement comes a new screening."""
    if _after_self_harm(builder):
        alarms.say_you_matter(builder)
    elif _is_about_a_sign(builder):
        alarms.still_bad(builder, heard)
    else:
        report(builder, WORSE_AFTER)
        before = builder.conversation.history
        often = builder.conversation.past is not None and outlook(with_felt(before, "worse")).worsening
        _felt(builder, "worse", history_lines.NO_MORE_LATELY if often else lines.FELT_WORSE)


def felt_yes(builder: StepBuilder, heard: Heard) -> None:
    """Keep "better" for a yes; an "okay", or what else spurs on, only shows that somebody listens: the question again.

    It is asked again once.
    """
    wait = builder.conversation.wait
    if heard.reading.intent == Intent.YES and not ACKNOWLEDGING.issuperset(words_of(heard.reading.text) or ["yes"]):
        better(builder, heard)
    elif wait.reminders:
        felt_unclear(builder)
    else:
        builder.change(wait=replace(wait, reminders=1))
        builder.say(lines.SAY_FELT)


_FELT_WORDS = {"better": better, "easier": better, "looser": better, "worse": worse, "same": same, "unchanged": same}
"""To a word that tells how it feels after a session, the reply."""
_AT_THE_FRONT = 4
"""Number of words, from the first, among which such a word answers; what follows it is talk."""
_LONGEST_FELT = 14
"""Most words of such an answer."""
_NOT_TOLD = frozenset(
    "no not never nor if could would should might will get gets getting hope hoping wish than he she they his her wife "
    "husband mum dad what when how why".split()
)
"""Words after which such a word may tell something else: a denial, a wish, a question, another person."""


def felt_in_words(text: str) -> Callable[[StepBuilder, Heard], None] | None:
    """The reply to an answer that begins with how it feels, and goes on with talk: "worse, truth be told"."""
    words = words_of(text)
    told = {_FELT_WORDS[word] for word in words if word in _FELT_WORDS}
    at = next((at for at, word in enumerate(words[:_AT_THE_FRONT]) if word in _FELT_WORDS), None)
    if at is None or len(told) != 1 or len(words) > _LONGEST_FELT or not _NOT_TOLD.isdisjoint(words[:at]):
        return None
    return told.pop()


def felt_unclear(builder: StepBuilder) -> None:
    """Close the question with one line, after an answer that tells neither better nor the same nor worse."""
    builder.say(lines.FELT_UNCLEAR, mode=Idle())


def _is_about_a_sign(builder: StepBuilder) -> bool:
    return isinstance(builder.conversation.mode, AskingSign | AskingHow | AfterHurt)


def _after_self_harm(builder: StepBuilder) -> bool:
    """Whether words about feeling are about the person, since self-harm was spoken of."""
    at_rest = isinstance(builder.conversation.mode, Idle | AskingHow)
    return at_rest and builder.conversation.sitting.no_exercise is NoExercise.SELF_HARM


def _felt(builder: StepBuilder, felt: Felt, *words: str) -> None:
    if builder.conversation.past is not None:
        history = with_felt(builder.conversation.history, felt)
        builder.actions.append(RecordFelt(felt, history[-1].after if history else None))
        builder.change(history=history)
    builder.say(*words, mode=Idle())
