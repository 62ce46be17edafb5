"""Other talk in the room makes what is said in the midst of it less likely to be meant."""

import numpy as np
import pytest

from assistant.listening.background_speech import BACKGROUND_MEMORY, BackgroundSpeech
from assistant.listening.decision import Decision
from assistant.states import VALID, State
from audio.asr.recogniser import Transcript
from audio.samples import SAMPLE_RATE
from audio.vad.utterance import Utterance
from intents.model import Intent
from tests import loaded

pytestmark = pytest.mark.unit

QUIET = SAMPLE_RATE // 2
"""Samples of silence on each side."""


def said(at: float, seconds: float, dbfs: float = -20.0) -> Utterance:
    """Somebody speaks at a time, so loud, in a silent room."""
    count = round(seconds * SAMPLE_RATE)
    tone = np.sin(np.arange(count) * 0.3) * np.sqrt(2) * 10 ** (dbfs / 20)
    began = round(at * SAMPLE_RATE)
    return Utterance(
        np.pad(tone, QUIET).astype(np.float32), began - QUIET, began, began + count, began + count, began + count
    )


def when(utterance: Utterance) -> tuple[int, float]:
    """Where it began, and its level."""
    return utterance.began, utterance.peak_db


def company(*talk: Utterance) -> BackgroundSpeech:
    """That has been overheard."""
    found = BackgroundSpeech()
    for each in talk:
        found.add(each)
    return found


def test_alone_it_stands_out_from_the_silence() -> None:
    assert company().prominence_db(said(1, 0.5)) > 40
    assert not company().is_amid(*when(said(1, 0.5)))


def test_after_other_talk_it_stands_out_by_as_much_as_it_is_louder() -> None:
    assert company(said(1, 2, -40)).prominence_db(said(5, 0.5, -20)) == pytest.approx(20, abs=0.5)
    assert company(said(1, 2, -20)).prominence_db(said(5, 0.5, -20)) == pytest.approx(0, abs=0.5)


def test_one_utterance_that_was_not_understood_is_no_company() -> None:
    assert not company(said(1, 2)).is_amid(*when(said(4, 0.5)))


def test_much_talk_is_company_until_it_is_long_ago() -> None:
    television = company(said(1, 3), said(5, 2.5))
    assert television.is_amid(*when(said(9, 0.5)))
    assert not television.is_amid(*when(said(8 + BACKGROUND_MEMORY / SAMPLE_RATE, 0.5)))
    assert television.prominence_db(said(8 + BACKGROUND_MEMORY / SAMPLE_RATE, 0.5)) > 40


def test_whoever_is_louder_than_company_is_not_in_the_midst_of_it() -> None:
    assert not company(said(1, 3, -40), said(5, 2.5, -40)).is_amid(*when(said(9, 0.5, -25)))


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
    assert decision.reading(heard, valid).needs_confirmation
    assert not decision.reading(heard, valid, amid=True).needs_confirmation
