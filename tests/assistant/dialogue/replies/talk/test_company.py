"""Somebody who just talks gets one short line, true, and nothing that goes on is lost by it."""

from datetime import datetime

import pytest

from assistant import script
from assistant.dialogue.parts.modes import Topic
from assistant.dialogue.parts.telling import MOVEMENTS, ROUTINES, told_of
from assistant.dialogue.state import Conversation
from assistant.script import answering, small_talk, stretching
from assistant.states import State
from intents.model import Intent
from tests.assistant.dialogue.replies.effects import (
    ALL_AWAKE,
    AWAKE,
    PAUSES,
    SCREENINGS,
    SESSION,
    Effect,
    Row,
    aside,
    holding,
    rows,
    state_in,
)
from tests.assistant.dialogue.talk import GUIDANCE, Talk

pytestmark = pytest.mark.unit

CHEST_QUESTION = GUIDANCE.signs["spreading_pain"].question or ""
LONGEST_LINE = 22
"""Words of one short line."""
EMERGENCY = small_talk.HERE_IN_EMERGENCY.replace("{emergency}", script.YOUR_EMERGENCY_NUMBER)


def greeted(scene: str) -> Effect:
    """Hello."""
    if scene == "emergency":
        return Effect((EMERGENCY,), State.EMERGENCY)
    if scene in SESSION:
        return aside(small_talk.HERE)(scene)
    return aside(small_talk.HELLO_AGAIN)(scene)


def explained(scene: str) -> Effect:
    """Why do you ask?"""
    match scene:
        case "screening the chest":
            return Effect((small_talk.WHY_SCREENING, CHEST_QUESTION), State.SCREENING)
        case "screening" | "screening for help":
            return Effect((small_talk.WHY_SCREENING, answering.SCREENING_IS_OPEN), State.SCREENING)
        case "offering":
            return Effect((small_talk.WHY_ELSE, stretching.BEGIN), State.CONFIRMING)
        case "hurt":
            return Effect((small_talk.WHY_HURT, script.HURT_CHOICES), State.CONFIRMING)
        case "asked" | "said back":
            return Effect((small_talk.WHY_NUMBER,), State.CONFIRMING)
        case _:
            return aside(small_talk.WHY_ELSE)(scene)


def listed(key: str, intent: Intent) -> list[Row]:
    """A list: three, and a question while there are more; beside an open question that question."""
    first = told_of(GUIDANCE, key)[0]

    def effect(scene: str) -> Effect:
        if scene in SESSION:
            return aside(first)(scene)
        if scene in PAUSES:
            return Effect((first,), State.PAUSED)
        if scene == "screening the chest":
            return Effect((first, CHEST_QUESTION), State.SCREENING)
        if scene in SCREENINGS:
            return Effect((first, answering.SCREENING_IS_OPEN), State.SCREENING)
        if scene in ("offering", "hurt"):
            return Effect((first, stretching.BEGIN if scene == "offering" else script.HURT_CHOICES), state_in(scene))
        return Effect((first, script.MORE), State.TOPIC)

    return rows(intent, AWAKE, effect)


ROWS = [
    *rows(Intent.HELLO, ALL_AWAKE, greeted),
    *rows(Intent.HELLO, ("muted", "muted session"), aside(script.MICROPHONE_CLOSED)),
    *rows(Intent.THANKS, AWAKE, aside(small_talk.WELCOME)),
    *rows(Intent.WHO_ARE_YOU, AWAKE, aside(small_talk.I_AM)),
    *rows(Intent.SMALL_TALK, AWAKE, aside(small_talk.SMALL_TALK["doctor"]), topic="doctor"),
    *rows(Intent.SMALL_TALK, ("idle",), aside(small_talk.SMALL_TALK["other"])),
    *rows(Intent.SMALL_TALK, ("idle",), aside(small_talk.SMALL_TALK["privacy_here"]), topic="privacy"),
    *rows(Intent.TIME, AWAKE, aside(small_talk.TIME_UNKNOWN)),
    *rows(Intent.WHY_ASK, AWAKE, explained),
    *listed(ROUTINES, Intent.LIST_ROUTINES),
    *listed(MOVEMENTS, Intent.LIST_MOVEMENTS),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_said_in_company(row: Row) -> None:
    assert row.seen == row.effect


@pytest.mark.parametrize("intent", [Intent.HELLO, Intent.THANKS, Intent.WHO_ARE_YOU, Intent.SMALL_TALK, Intent.TIME])
def test_a_hold_goes_on_over_a_word(intent: Intent) -> None:
    talk = holding().say(intent, topic="how_are_you").until(State.RESTING)
    assert talk.counts == list(range(1, 16))


def test_each_line_is_short_and_holds_no_command() -> None:
    lines = [
        value
        for module in (small_talk, answering)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    ]
    lines += small_talk.SMALL_TALK.values()
    assert [line for line in lines if len(line.split()) > LONGEST_LINE] == []
    assert [line for line in lines if {"stop", "pause"} & set(line.lower().strip(".").split())] == []


@pytest.mark.parametrize("state", [State.IDLE, State.TOPIC])
def test_what_it_can_do_is_one_line(state: State) -> None:
    assert len(script.what_can_i_say(state).split()) <= LONGEST_LINE


def test_the_lists_are_told_three_at_a_time() -> None:
    talk = Talk().say(Intent.LIST_MOVEMENTS).settle()
    parts = told_of(GUIDANCE, MOVEMENTS)
    assert [part.count(",") <= 2 for part in parts]
    for n in range(1, len(parts)):
        assert talk.conversation.mode == Topic(MOVEMENTS, n)
        talk.say(Intent.MORE).settle()
    told = " ".join(talk.spoken).lower()
    assert [m.title for m in GUIDANCE.movements.values() if m.title.lower() not in told] == []
    assert talk.say(Intent.MORE).settle().spoken[-1] == script.NO_MORE


def test_thanks_said_over_a_topic_ends_it() -> None:
    talk = Talk().say(Intent.CAUSES).wait(1).say(Intent.THANKS).settle()
    assert talk.spoken[-1] == small_talk.WELCOME
    assert script.MORE not in talk.spoken


def test_a_question_that_is_being_asked_comes_again_after_a_greeting() -> None:
    talk = Talk().say(Intent.START_ROUTINE).wait(1).say(Intent.HELLO).settle()
    assert talk.spoken[-2:] == [small_talk.HELLO_AGAIN, GUIDANCE.screening.question]
    assert talk.state is State.SCREENING


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-11-26T09:00+01:00", "It is nine o'clock in the morning."),
        ("2026-11-26T09:05+00:00", "It is nine oh five in the morning."),
        ("2026-11-26T12:00+00:00", "It is noon."),
        ("2026-11-26T00:00+00:00", "It is midnight."),
        ("2026-11-26T00:20+00:00", "It is twelve twenty at night."),
        ("2026-11-26T14:59+00:00", "It is two fifty nine in the afternoon."),
        ("2026-11-26T18:30-05:00", "It is six thirty in the evening."),
        ("2026-11-26T23:45+00:00", "It is eleven forty five at night."),
    ],
)
def test_the_time_is_that_of_the_session(iso: str, words: str) -> None:
    assert small_talk.it_is(datetime.fromisoformat(iso)) == words
    talk = Talk(Conversation(civil_start=datetime.fromisoformat(iso))).wait(1).say(Intent.TIME).settle()
    assert talk.spoken == [words]
    assert talk.wait(60).say(Intent.TIME).settle().spoken[-1] != words


def test_where_a_profile_is_kept_it_says_so() -> None:
    talk = Talk(Conversation(keeps=True)).say(Intent.SMALL_TALK, topic="privacy").settle()
    assert talk.spoken == [small_talk.SMALL_TALK["privacy"]]


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("wibble wobble", "wibble wobble"),
        ("order me a taxi to the station for eight", "taxi to the station for eight"),
        ("so he went and did it all again then", "went and did it all again"),
        ("a cup of tea would be nice, because it is cold", "nice, because it is cold"),
    ],
)
def test_what_was_heard_is_told_in_at_most_six_words(text: str, brief: str) -> None:
    assert answering.heard_in_brief(text) == brief
    assert len(brief.split()) <= answering.READ_BACK_WORDS
