"""Other talk in the room makes what is said in the midst of it less likely to be meant."""

import numpy as np
import pytest

from assistant.company import LATELY, Company
from assistant.decision import Decision
from assistant.validity import VALID, State
from audio.hearing.ear import Transcript
from audio.segmenter import RATE, Utterance
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.unit

QUIET = RATE // 2
"""Samples of silence on each side."""


def said(at: float, seconds: float, dbfs: float = -20.0) -> Utterance:
    """Somebody speaks at a time, so loud, in a silent room."""
    count = round(seconds * RATE)
    tone = np.sin(np.arange(count) * 0.3) * np.sqrt(2) * 10 ** (dbfs / 20)
    began = round(at * RATE)
    return Utterance(
        np.pad(tone, QUIET).astype(np.float32), began - QUIET, began, began + count, began + count, began + count
    )


def when(utterance: Utterance) -> tuple[int, float]:
    """Where it began, and its level."""
    return utterance.began, utterance.level


def company(*talk: Utterance) -> Company:
    """That has been overheard."""
    found = Company()
    for each in talk:
        found.overhear(each)
    return found


def test_alone_it_stands_out_from_the_silence() -> None:
    assert company().stands_out(said(1, 0.5)) > 40
    assert not company().around(*when(said(1, 0.5)))


def test_after_other_talk_it_stands_out_by_as_much_as_it_is_louder() -> None:
    assert company(said(1, 2, -40)).stands_out(said(5, 0.5, -20)) == pytest.approx(20, abs=0.5)
    assert company(said(1, 2, -20)).stands_out(said(5, 0.5, -20)) == pytest.approx(0, abs=0.5)


def test_one_utterance_that_was_not_understood_is_no_company() -> None:
    assert not company(said(1, 2)).around(*when(said(4, 0.5)))


def test_much_talk_is_company_until_it_is_long_ago() -> None:
    television = company(said(1, 3), said(5, 2.5))
    assert television.around(*when(said(9, 0.5)))
    assert not television.around(*when(said(8 + LATELY / RATE, 0.5)))
    assert television.stands_out(said(8 + LATELY / RATE, 0.5)) > 40


def test_whoever_is_louder_than_company_is_not_in_the_midst_of_it() -> None:
    assert not company(said(1, 3, -40), said(5, 2.5, -40)).around(*when(said(9, 0.5, -25)))


@pytest.mark.parametrize(
    ("text", "confidence", "alone", "amid"),
    [
        ("next", 0.8, Intent.NEXT, None),
        ("next", 0.95, Intent.NEXT, Intent.NEXT),
        ("stop", 0.65, Intent.STOP, Intent.STOP),
        ("stop", 0.4, Intent.STOP, None),
        ("computer", 0.95, Intent.CAUSE, None),
    ],
)
def test_in_company_only_what_is_surer_is_meant(
    text: str, confidence: float, alone: Intent | None, amid: Intent | None
) -> None:
    decision, valid = Decision(loaded.coach()), VALID[State.HOLDING]
    heard = Transcript("Necks.", 0.5, text, confidence, 0.0)
    assert decision.reading(heard, valid).intent == alone
    assert decision.reading(heard, valid, amid=True).intent == amid


def test_nothing_is_asked_about_in_company() -> None:
    decision, valid = Decision(loaded.coach()), VALID[State.HOLDING]
    heard = Transcript("Necks.", 0.5, "next", 0.45, 0.0)
    assert decision.reading(heard, valid).doubted
    assert not decision.reading(heard, valid, amid=True).doubted
