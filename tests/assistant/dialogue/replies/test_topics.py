"""The guidance is told a bite at a time, in a session beside it; what helps comes after the screening question."""

import pytest

from assistant import script
from assistant.dialogue.parts.modes import Topic
from assistant.script import answering
from assistant.states import State
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    NUMBER,
    OFFER,
    OUTSIDE,
    PAUSES,
    SESSION,
    Effect,
    Row,
    aside,
    rows,
)
from tests.assistant.dialogue.replies.test_flow import ASKED, YES_OR_NO_FIRST
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

CHEST_QUESTION = GUIDANCE.signs["spreading_pain"].question or ""

QUESTION = GUIDANCE.screening.question
HELPS = [bite.say for bite in GUIDANCE.topics["what_helps"].bites]
TOPICS: list[tuple[str, Intent, dict[str, str]]] = [
    ("overview", Intent.OVERVIEW, {}),
    ("causes", Intent.CAUSES, {}),
    ("causes", Intent.CAUSE, {}),
    ("prevention", Intent.PREVENTION, {}),
    ("prevention", Intent.STRATEGY, {}),
    ("see_professional", Intent.SEE_PROFESSIONAL, {}),
    ("painkillers", Intent.PAINKILLERS, {}),
    ("what_helps", Intent.MEASURE, {}),
    *(
        (key, intent, {slot: key.partition(".")[2]})
        for slot, intent in (("measure", Intent.MEASURE), ("cause", Intent.CAUSE), ("strategy", Intent.STRATEGY))
        for key in sorted(GUIDANCE.topics)
        if key.startswith(f"{slot}.")
    ),
]


def bite(key: str, index: int) -> tuple[str, ...]:
    """What is said of a topic at once; a question while there is more."""
    bites = GUIDANCE.topics[key].bites
    line = bites[index].say.replace("{emergency}", script.YOUR_EMERGENCY_NUMBER)
    return (line, script.MORE) if index + 1 < len(bites) else (line,)


def told(key: str, intent: Intent, slots: dict[str, str]) -> list[Row]:
    """A topic that is asked for, everywhere; one that a slot names, in one scene of each kind."""
    first = bite(key, 0)
    everywhere = [
        *rows(intent, ("idle", "left", "topic", "ended", *NUMBER), Effect(first, State.TOPIC), **slots),
        *rows(intent, ASKED, Effect((first[0], answering.SCREENING_IS_OPEN), State.SCREENING), **slots),
        *rows(intent, ("screening the chest",), Effect((first[0], CHEST_QUESTION), State.SCREENING), **slots),
        *rows(intent, ("offering",), Effect((first[0], "Begin?"), State.CONFIRMING), **slots),
        *rows(intent, ("hurt",), Effect((first[0], script.HURT_CHOICES), State.CONFIRMING), **slots),
        *rows(intent, PAUSES, Effect(first[:1], State.PAUSED), **slots),
        *rows(intent, SESSION, aside(first[0]), **slots),
    ]
    return [row for row in everywhere if not slots or row.scene in ("idle", "paused", "holding")]


CLEARED_IN = ("offering", "left", "ended")
"""Scenes outside a session in which the screening question has been answered."""

ROWS = [
    *(row for topic in TOPICS for row in told(*topic)),
    # What helps, after the screening question; with a no behind it, at once.
    *rows(
        Intent.WHAT_HELPS,
        (s for s in OUTSIDE if s not in ("screening the chest", "offering", "left", "ended")),
        Effect((HELPS[0], QUESTION), State.SCREENING),
    ),
    *rows(Intent.WHAT_HELPS, ("screening the chest",), YES_OR_NO_FIRST),
    *rows(Intent.WHAT_HELPS, ("offering", "left", "ended"), Effect((HELPS[0], OFFER), State.CONFIRMING)),
    # What hurt is gentler, and takes less time.
    *rows(Intent.WHAT_HELPS, ("hurt",), Effect((HELPS[0], "Three minutes, begin?"), State.CONFIRMING)),
    # More.
    *rows(Intent.MORE, ("topic",), Effect(bite("causes", 1), State.TOPIC)),
    *rows(Intent.MORE, ("offering",), Effect(bite("what_helps", 1), State.TOPIC)),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_asked_about_backs(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize(("key", "intent", "slots"), TOPICS)
def test_a_topic_is_told_bite_by_bite_to_its_end_and_no_further(
    key: str, intent: Intent, slots: dict[str, str]
) -> None:
    bites = GUIDANCE.topics[key].bites
    talk = Talk().say(intent, **slots).settle()
    for said in range(1, len(bites)):
        assert talk.conversation.mode == Topic(key, said)
        talk.say("More").settle()
    assert talk.conversation.mode == Topic(key, len(bites))
    assert talk.spoken == [line for index in range(len(bites)) for line in bite(key, index)]
    assert talk.say("More").settle().spoken[-1] == script.NO_MORE
    assert talk.state is State.IDLE, "so that the key for a topic gives another one"
    assert script.NO_MORE not in talk.answer("more"), "and nothing is said twice"


def test_the_number_that_was_named_stands_in_what_is_told_in_a_hold() -> None:
    talk = Talk().say("EmergencyNumber", number="112").settle().say("Yes").settle()
    talk.say("StartRoutine").settle().say("No").until(State.HOLDING).wait(1).say("Strategy", strategy="professional")
    key = "strategy.professional"
    told_then = GUIDANCE.topics[key].bites[0].say.replace("{emergency}", "1 1 2")
    assert told_then in talk.wait(8).spoken
