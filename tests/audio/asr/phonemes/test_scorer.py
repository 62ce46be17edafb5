"""The network of phonemes, on what synthetic voices say."""

from pathlib import Path

import numpy as np
import pytest

from audio.asr.phonemes.scorer import PhonemeNetwork
from audio.samples import faint_noise
from benchmarks.rig.voices import VOICES, SyntheticSpeech, missing_programs

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(bool(missing_programs()), reason=f"{' and '.join(missing_programs())} not installed"),
]

SAID = "my left arm has gone numb"
MISHEARD = ("my left arm has gone none", "my lift arm as gone mum", "my left", "stop")


@pytest.fixture(scope="module")
def network() -> PhonemeNetwork:
    return PhonemeNetwork()


def test_what_was_said_fits_best_in_most_voices(network: PhonemeNetwork, tmp_path: Path) -> None:
    speech = SyntheticSpeech(tmp_path)
    outdone = 0
    for voice in VOICES:
        sound = network.hear(speech.clip(SAID, voice))
        outdone += any(sound.log_probability(text) > sound.log_probability(SAID) for text in MISHEARD)
    assert outdone <= len(VOICES) // 4


def test_a_beginning_gains_more_than_the_end_of_the_text_there(network: PhonemeNetwork, tmp_path: Path) -> None:
    sound = network.hear(SyntheticSpeech(tmp_path).clip(SAID, VOICES[0]))
    begun = SAID.split()[:3]
    assert sound.score_of_beginning(begun) > sound.score_of_whole(begun) + 5
    assert sound.score_of_whole(SAID.split()) > sound.score_of_whole(begun)
    assert sound.shortfall(SAID) <= 0


def test_brief_and_long_sound_without_speech_is_heard_and_fits_no_sentence(network: PhonemeNetwork) -> None:
    for samples in (1, 400, 160_000):
        sound = network.hear(faint_noise(samples) + np.float32(1e-3))
        assert np.isfinite(sound.log_probability("stop"))
        assert sound.shortfall("stop") < -1
