"""Typed while Limber is muted: a session that waits is led as if it were paused; else it says how it is unmuted."""

from dataclasses import replace

import pytest

from assistant import script
from assistant.dialogue.parts.modes import AfterHurt, Muted
from assistant.states import GOES_ON_UNMUTED, MUTED_SESSION, VALID, State
from assistant.timeline.entries import EarconPlayed, WokeUp
from intents.model import Intent, Reading
from tests.assistant.dialogue.replies.effects import SCENES, Effect, Row, observed, rows
from tests.assistant.dialogue.slow_stage import said
from tests.assistant.dialogue.talk import SLOTS, Talk

pytestmark = pytest.mark.unit

LISTENS = (EarconPlayed("listening"), WokeUp("voice"))
ROWS = [
    *rows(Intent.RESUME, ("muted",), Effect((script.LISTENING,), State.IDLE, LISTENS)),
    *rows(Intent.PAUSE, ("muted", "muted session"), Effect((script.MICROPHONE_CLOSED,), State.MUTED)),
]
OF_THE_SESSION = sorted(MUTED_SESSION - VALID[State.MUTED] | {Intent.RESUME})
UNROWED = frozenset(("muted session", intent) for intent in OF_THE_SESSION)
"""Rows that "paused" has: `test_a_session_that_waits_muted_is_led_as_if_it_were_paused`."""


def in_any_order(effect: Effect) -> Effect:
    """An effect whose entries are in one order: a sound is noted when it sounds, a frame or two after a state."""
    return replace(effect, noted=tuple(sorted(effect.noted, key=repr)))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_muting_leaves(row: Row) -> None:
    assert in_any_order(row.seen) == in_any_order(row.effect)


@pytest.mark.parametrize("intent", OF_THE_SESSION)
def test_a_session_that_waits_muted_is_led_as_if_it_were_paused(intent: Intent) -> None:
    slots = SLOTS.get(intent, {})
    paused = Row("paused", intent, Effect((), State.PAUSED), slots).seen
    if intent in GOES_ON_UNMUTED:
        wanted = replace(paused, said=(script.LISTENING, *paused.said), noted=(*LISTENS, *paused.noted))
    else:
        wanted = replace(paused, state=State.MUTED)
    assert in_any_order(Row("muted session", intent, wanted, slots).seen) == in_any_order(wanted)


@pytest.mark.parametrize("words", ["go on", "next", "skip it", "gentler"])
def test_muted_after_pain_the_choice_is_still_open(words: str) -> None:
    talk = SCENES["hurt"]().say(Intent.MUTE).settle()
    assert talk.conversation.mode == Muted(AfterHurt())
    said_then = talk.answer(words)
    assert said_then[0] == script.LISTENING or talk.state is State.MUTED


def test_unmuted_after_pain_it_tells_the_choices_again() -> None:
    talk = SCENES["hurt"]().say(Intent.MUTE).settle().say(Intent.UNMUTE).settle()
    assert talk.spoken[-2:] == [script.LISTENING, script.HURT_CHOICES]
    assert talk.conversation.mode == AfterHurt()


@pytest.mark.parametrize(
    "text", ["what helps with a cramp", "start neck tilts", "what time is it", "I like the red one"]
)
@pytest.mark.parametrize("scene", ["muted", "muted session"])
def test_other_talk_stays_unanswered(scene: str, text: str) -> None:
    talk = SCENES[scene]()
    assert talk.answer(text) == []
    assert talk.state is State.MUTED


@pytest.mark.parametrize(
    ("scene", "intent", "line"),
    [
        ("muted", Intent.NEXT, script.MICROPHONE_CLOSED),
        ("muted", Intent.YES, script.MICROPHONE_CLOSED),
        ("idle", Intent.BACK, script.choices(State.IDLE)),
        ("holding", Intent.YES, script.choices(State.HOLDING)),
        ("hurt", Intent.BACK, script.HURT_CHOICES),
    ],
)
def test_a_key_that_means_nothing_now_is_told_what_does(scene: str, intent: Intent, line: str) -> None:
    talk = SCENES[scene]()

    def press(talk: Talk) -> None:
        key = replace(said(intent, talk.now), reading=Reading("k", intent, confidence=1.0), cause="key")
        talk.take(key)

    assert observed(talk, press).said == (line,)
