"""Keywords in the midst of speech: what is spotted by its sound, when a pass is due, and what its words tell."""

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.states import VALID, State
from audio.keywords.spotter import KEYWORDS, SPOTTER_HOP, KeywordHit, KeywordSpotter
from audio.keywords.watch import KEYWORD_PASS_EVERY, KEYWORD_PASSES, KeywordCue, KeywordWatch
from audio.samples import SAMPLE_RATE
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.people import spoken
from intents.model import Intent
from intents.phrases.mid_speech import KEYWORD_SPELLINGS, mid_utterance_command
from tests import loaded

pytestmark = pytest.mark.engine

VOICES = ("flite:awb", "en-us+f3", "en-us+m3", "en-gb-x-rp+f3")
"""None of them was the spotter fitted to."""
SENTENCES = loaded.coach().speech_grammar.sentences({Intent.STOP, Intent.PAUSE, Intent.THAT_HURTS})


def sound(words: str, voice: str = "flite:awb") -> NDArray[np.float32]:
    """The words, with room before them for the spotter to have listened."""
    return np.pad(spoken(words, voice), (SAMPLE_RATE * 3 // 2, SAMPLE_RATE // 2))


def hits(samples: NDArray[np.float32], block: int = SPOTTER_HOP) -> list[KeywordHit]:
    """What is spotted, while somebody speaks all the time."""
    spotter = KeywordSpotter()
    return [
        hit
        for at in range(0, len(samples), block)
        for hit in spotter.feed(samples[at : at + block], speaking=at >= SAMPLE_RATE)
    ]


def test_a_word_is_spotted_in_most_voices_it_was_not_fitted_to() -> None:
    said = {"stop": "oh please stop it hurts", "pause": "no pause i need a break", "hurts": "oh that hurts when i turn"}
    found = [
        (word, voice)
        for word, text in said.items()
        for voice in VOICES
        if word in {hit.word for hit in hits(sound(text, voice))}
    ]
    assert len(found) >= 8, f"of 12: {found}"


def test_it_is_spotted_soon_after_its_end() -> None:
    end = SAMPLE_RATE * 3 // 2 + np.flatnonzero(np.abs(spoken("oh please stop", "en-us+m3")) > 0.01)[-1]
    at = [hit.at for hit in hits(sound("oh please stop it hurts", "en-us+m3")) if hit.word == "stop"]
    assert at
    assert at[0] - end < SAMPLE_RATE * 0.3


def test_ordinary_talk_spots_little() -> None:
    talk = ("the weather was lovely in the garden this morning", "could you bring the milk when you come home")
    found = [hit for text in talk for voice in VOICES for hit in hits(sound(text, voice))]
    assert len(found) <= 2, found


def test_the_blocks_it_comes_in_change_nothing() -> None:
    samples = sound("oh please stop it hurts", "en-us+m3")
    at_once = hits(samples)
    assert at_once
    assert hits(samples, block=160) == at_once


def test_where_nobody_speaks_nothing_is_scored() -> None:
    spotter = KeywordSpotter()
    samples = sound("stop", "en-us+m3")
    assert spotter.feed(samples, speaking=False) == []


def test_a_few_passes_are_due_from_when_a_keyword_was_spotted() -> None:
    watch = KeywordWatch()
    samples = np.concatenate([sound("oh please stop it hurts", "en-us+m3"), np.zeros(SAMPLE_RATE * 2, np.float32)])
    due = [at for at in range(0, len(samples), 320) if watch.due(samples[at : at + 320], speaking=at >= SAMPLE_RATE)]
    (first, *_) = [hit.at for hit in hits(samples)]
    assert abs(due[0] - first) <= 320
    assert len(due) >= KEYWORD_PASSES
    assert due[1] - due[0] == KEYWORD_PASS_EVERY


def test_when_the_voice_falls_silent_no_pass_is_due() -> None:
    watch = KeywordWatch()
    samples = sound("oh please stop it hurts", "en-us+m3")
    (first, *_) = [hit.at for hit in hits(samples)]
    assert watch.due(samples[:first], speaking=True)
    assert not watch.due(samples[first : first + KEYWORD_PASS_EVERY * 2], speaking=False)
    assert not watch.due(samples[:SPOTTER_HOP], speaking=True)


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("Oh please stop, it hu", "stop", None),
        ("Oh please stop, it hurts", "stop", "please stop"),
        ("Stop, it hurts", "stop", "stop it hurts"),
        ("Stop it first and", "stop", None),
        ("Stop, stop coun", "stop", None),
        ("Stop. I can't", "stop", "stop"),
        ("My sister said we should stop now it", "stop", "stop now"),
        ("No, pause, someone is", "pause", "pause"),
        ("Oh, paws, please", "pause", "pause please"),
        ("Ow", "ow", "ow"),
        ("Oh that hurts when", "hurts", "that hurts"),
        ("stop", "stop", None),
        ("Stop it", "stop", None),
        ("Stop coun", "stop", None),
        ("Stop counting out", "stop", None),
        ("Stop at the", "stop", None),
        ("Don't stop it", "stop", None),
        ("The bus stop is", "stop", None),
        ("A long pause I", "pause", None),
        ("The pause it", "pause", None),
        ("He hurts it", "hurts", None),
        ("Shop it", "stop", None),
        ("", "stop", None),
    ],
)
def test_what_was_said_in_passing(text: str, word: str, sentence: str | None) -> None:
    assert mid_utterance_command(text, [word], SENTENCES) == sentence


def test_every_word_that_is_spotted_is_written_somehow() -> None:
    assert set(KEYWORD_SPELLINGS) == set(KEYWORDS)


def test_whoever_has_talked_for_long_is_not_taken_up_on_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.listening.interpreter.BACKGROUND_SAMPLES", SAMPLE_RATE // 2)
    assert early("oh please stop my arm is going to sleep here", "en-us+m3") == []


def early(words: str, voice: str) -> list[str | None]:
    """What acts in the midst of words that are said without a pause."""
    listening, samples = Hearing(loaded.moonshine(), loaded.coach()), sound(words, voice)
    valid = VALID[State.HOLDING]
    pieces = (piece for at in range(0, len(samples), 320) for piece in listening.listen(samples[at : at + 320], valid))
    passing = (listening.hear(piece, valid) for piece in pieces if isinstance(piece.content, KeywordCue))
    return [understood.reading.intent for understood in passing if understood]


@pytest.mark.parametrize(
    ("words", "acted"),
    [
        ("oh please stop my arm is going to sleep here", [Intent.STOP]),
        ("stop counting out loud for a while please", []),
        ("don't stop my favourite song is on", []),
    ],
)
def test_in_unbroken_speech_it_acts_before_a_lull(words: str, acted: list[Intent]) -> None:
    assert early(words, "en-us+m3") == acted
