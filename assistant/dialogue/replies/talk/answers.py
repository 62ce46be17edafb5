"""Replies to questions about one fact, and the rest of what a person's condition changes in an answer."""

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.person import conditions_of
from assistant.dialogue.parts.telling import ANSWER
from assistant.dialogue.parts.unoffered import what_holds
from assistant.dialogue.replies.progress import in_session, where_am_i
from assistant.dialogue.replies.talk.follow_up import WHICH, asked_of_topic
from assistant.dialogue.replies.topics import Reply, about_slot, tell
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.schema import ConditionText
from assistant.script import answering

ABOUT_EXERCISE = "exercise"
"""What an answer is about that tells of stretching."""
UNKNOWN = "unknown"
"""Key of the answer to a question that the guidance has no answer to."""


def question(builder: StepBuilder, heard: Heard) -> None:
    """Answer a question about one fact, the answer first; what the person has comes before what holds for everybody."""
    asked = asked_of_topic(builder, heard) or heard.reading.slots.get("about", UNKNOWN)
    if asked == WHICH:
        in_session(where_am_i)(builder, heard)
        return
    answers = builder.guidance.answers
    key = asked if asked in answers else UNKNOWN
    refused = builder.conversation.sitting.no_exercise
    if refused is not None and answers[key].about == ABOUT_EXERCISE:
        tell(builder, ANSWER + key, what_holds(refused))  # what holds for everybody would contradict the advice
        return
    changed = _because_of_them(builder, heard, answers[key].about)
    tell(builder, ANSWER + key, changed)


def or_of_topic(otherwise: Reply) -> Reply:
    """Make a reply that answers about what was told before, where that is asked, or else replies as `otherwise`."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        (otherwise if asked_of_topic(builder, heard) is None else question)(builder, heard)

    return reply


def unless_changed(about: str, otherwise: Reply) -> Reply:
    """Make a reply that answers for this person where what they have changes that, and else replies as `otherwise`.

    `about`: what the answer is about, as in `Answer.about`.
    """

    def reply(builder: StepBuilder, heard: Heard) -> None:
        changed = _because_of_them(builder, heard, about)
        if changed is None:
            otherwise(builder, heard)
        else:
            tell(builder, f"{ANSWER}{UNKNOWN}", changed)

    return reply


def fact_or(otherwise: Reply) -> Reply:
    """Make a reply that answers the one fact that is asked for, or, where none is, replies as `otherwise`."""

    def reply(builder: StepBuilder, heard: Heard) -> None:
        (question if "about" in heard.reading.slots else otherwise)(builder, heard)

    return reply


def measure(builder: StepBuilder, heard: Heard) -> None:
    """Tell a comfort measure; of heat and painkillers first what the person's condition changes."""
    otherwise = about_slot("measure")
    refused = builder.conversation.sitting.no_exercise
    match heard.reading.slots.get("measure"):
        case "stretching" if refused is not None:
            tell(builder, "measure.stretching", what_holds(refused))
        case "analgesics":
            unless_changed("painkillers", otherwise)(builder, heard)
        case "heat":
            unless_changed("heat", otherwise)(builder, heard)
        case _:
            otherwise(builder, heard)


def _because_of_them(builder: StepBuilder, heard: Heard, about: str | None) -> str | None:
    """The answer for a person with the condition asked about, or with those they have named; None: the usual one."""
    asked = conditions_of(builder.guidance, (heard.reading.slots.get("condition", ""),))
    told = conditions_of(builder.guidance, builder.conversation.person.conditions)
    known = asked or told
    if not known:
        return None
    match about:
        case "painkillers":
            return _painkillers(known, told=not asked)
        case "heat":
            return next((each.heat for each in known if each.heat is not None), None)
        case "exercise" | "meanwhile":
            return _exercise(known, meanwhile=about == "meanwhile", agreed=builder.conversation.person.agreed)
        case _:
            return None


def _painkillers(known: tuple[ConditionText, ...], *, told: bool) -> str:
    avoid = tuple(each for each in known if each.painkillers == "avoid")
    counting = avoid or known
    you = [each.you for each in counting] if told else []
    return answering.no_painkillers([each.named for each in counting], you, avoid=bool(avoid))


def _exercise(known: tuple[ConditionText, ...], *, meanwhile: bool, agreed: bool) -> str | None:
    before = [each for each in known if each.ask is not None]
    if not before or agreed:
        return None
    if meanwhile:
        return before[0].meanwhile
    return answering.ask_before_exercises([each.named for each in before], before[0].ask or "")
