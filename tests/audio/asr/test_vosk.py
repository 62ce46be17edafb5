"""Vosk's own library, with a small model that knows Limber's commands in espeak-ng's voices."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audio.asr.vosk import MODEL_FILES, VOSK_PART_SAMPLES, VoskRecogniser, VoskStream
from audio.errors import AudioError
from audio.samples import SAMPLE_RATE
from benchmarks.rig.people import spoken
from benchmarks.rig.places import DATA
from intents.phrases.short import short_sentences, short_sentences_by_intent

pytestmark = pytest.mark.engine

Sound = NDArray[np.float32]
VOICE = "en-us+m3"
HOLDING = short_sentences(frozenset({"Stop", "Pause", "Next", "Repeat", "HowLong", "ThatHurts", "HoldFor"}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    unpacked = tmp_path_factory.mktemp("vosk")
    with zipfile.ZipFile(DATA / "vosk-tiny.zip") as archive:
        archive.extractall(unpacked)
    return unpacked / "vosk-tiny"


@pytest.fixture(scope="module")
def recogniser(folder: Path) -> VoskRecogniser:
    return VoskRecogniser(folder)


def partials(utterance: VoskStream, samples: Sound, step: int = 1600) -> list[str]:
    heard = []
    for first in range(0, len(samples), step):
        utterance.feed(samples[first : first + step])
        heard.append(utterance.partial)
    return heard


def noise(seconds: float, level: float, seed: int = 5) -> Sound:
    return np.random.default_rng(seed).normal(0, level, int(seconds * SAMPLE_RATE)).astype(np.float32)


def test_knows_every_word_that_limber_expects(recogniser: VoskRecogniser) -> None:
    unknown = {
        word
        for texts in short_sentences_by_intent().values()
        for text in texts
        for word in text.split()
        if not recogniser.knows(word)
    }
    assert not unknown, (
        "the sentences have changed: build the model again, as benchmarks/training/vosk_model/README.md tells"
    )


@pytest.mark.parametrize("voice", [VOICE, "en-gb-x-rp+f3"])
def test_hears_nearly_every_command(recogniser: VoskRecogniser, voice: str) -> None:
    commands = short_sentences(None)[::9]
    wrong = [text for text in commands if recogniser.recognise(spoken(text, voice), commands).expected != text]
    assert len(wrong) <= len(commands) * 0.03, wrong


def test_transcript_tells_free_text_and_the_whole_sentence_with_confidences(recogniser: VoskRecogniser) -> None:
    heard = recogniser.recognise(spoken("hold for ten seconds", VOICE), HOLDING)
    assert (heard.text, heard.expected) == ("hold for ten seconds", "hold for ten seconds")
    assert 0.5 < heard.confidence <= 1
    assert 0.5 < heard.expected_confidence <= 1
    assert heard.seconds > 0


def test_sentence_comes_back_as_it_was_given(recogniser: VoskRecogniser) -> None:
    assert recogniser.recognise(spoken("that hurts", VOICE), ["Stop", "That hurts"]).expected == "That hurts"


def test_partials_grow_while_the_person_speaks(recogniser: VoskRecogniser) -> None:
    samples = np.pad(spoken("hold for ten seconds", VOICE), (0, SAMPLE_RATE // 2))
    utterance = recogniser.start_stream(HOLDING)
    heard = partials(utterance, samples)
    assert heard[0] == ""
    assert heard[-1] == utterance.finish().expected == "hold for ten seconds"
    grown = list(dict.fromkeys(heard))
    assert len(grown) >= 3, grown
    assert grown[1].startswith("hold"), grown
    assert heard.index("hold for ten seconds") < len(heard) - 1, "only heard at the end"


def test_red_flag_is_heard_freely_beside_the_closed_set(recogniser: VoskRecogniser) -> None:
    heard = recogniser.recognise(spoken("my left arm is numb", VOICE), HOLDING)
    assert heard.text == "my left arm is numb"
    assert heard.expected is None
    assert heard.expected_confidence == 0


@pytest.mark.parametrize("mix", ["next stop", "hold for ten", "pause that hurts", "seconds hold"])
def test_mixes_of_the_expected_words_are_refused(recogniser: VoskRecogniser, mix: str) -> None:
    utterance = recogniser.start_stream(HOLDING)
    utterance.feed(spoken(mix, VOICE))
    assert utterance.finish().expected is None


def test_other_speech_is_seldom_taken_for_a_command(recogniser: VoskRecogniser) -> None:
    others = (
        *("the kettle is boiling in the kitchen", "did you see the news yesterday", "we are having soup for dinner"),
        *("my sister called about the garden", "open a window", "the train was late again this morning"),
        *("nobody knows where the cat is", "put the washing on the line", "it rained all weekend"),
    )
    taken = {
        text: heard.expected
        for text in others
        if (heard := recogniser.recognise(spoken(text, VOICE), HOLDING)).expected_confidence > 0.5
    }
    assert not taken


def test_grammar_is_chosen_for_each_utterance(recogniser: VoskRecogniser) -> None:
    said = spoken("next", VOICE)
    for _ in range(2):
        assert recogniser.recognise(said, ["next", "stop"]).expected == "next"
        assert recogniser.recognise(said, ["stop", "what can i say"]).expected is None
    assert recogniser.recognise(said).text == "next"


def test_sentences_with_unknown_words_are_left_out(recogniser: VoskRecogniser) -> None:
    assert recogniser.recognise(spoken("stop", VOICE), ["stop", "do the xylophone"]).expected == "stop"
    assert recogniser.recognise(spoken("stop", VOICE), ["xylophone", ""]).expected is None
    assert not recogniser.knows("xylophone")


def test_one_utterance_leaves_nothing_to_the_next(recogniser: VoskRecogniser) -> None:
    alone = recogniser.recognise(spoken("pause", VOICE), HOLDING)
    recogniser.recognise(spoken("hold for twenty five seconds", VOICE), HOLDING)
    broken_off = recogniser.start_stream(HOLDING)
    broken_off.feed(spoken("hold for", VOICE))
    after = recogniser.recognise(spoken("pause", VOICE), HOLDING)
    assert (after.text, after.expected, after.confidence) == (alone.text, alone.expected, alone.confidence)
    assert after.expected_confidence == alone.expected_confidence


def test_utterance_that_ended_takes_no_more(recogniser: VoskRecogniser) -> None:
    finished = recogniser.start_stream(HOLDING)
    finished.finish()
    abandoned = recogniser.start_stream(HOLDING)
    recogniser.start_stream(HOLDING)
    for utterance in (finished, abandoned):
        with pytest.raises(ValueError, match="ended"):
            utterance.feed(noise(0.1, 0.01))
        with pytest.raises(ValueError, match="ended"):
            utterance.finish()


def test_a_silence_within_does_not_end_the_utterance(recogniser: VoskRecogniser) -> None:
    silence = np.zeros(SAMPLE_RATE * 2, np.float32)
    samples = np.concatenate([spoken("hold for", VOICE), silence, spoken("ten seconds", VOICE), silence])
    utterance = recogniser.start_stream(HOLDING)
    assert partials(utterance, samples)[-1] == "hold for ten seconds"
    assert utterance.finish().expected == "hold for ten seconds"


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 20_000), max_size=12))
def test_blocks_of_any_length_give_the_same(recogniser: VoskRecogniser, cuts: Sequence[int]) -> None:
    samples = spoken("that hurts", VOICE)
    whole, utterance = recogniser.recognise(samples, HOLDING), recogniser.start_stream(HOLDING)
    for block in np.split(samples, sorted(cuts)):
        utterance.feed(block)
    pieces = utterance.finish()
    assert (pieces.text, pieces.confidence) == (whole.text, whole.confidence)
    assert (pieces.expected, pieces.expected_confidence) == (whole.expected, whole.expected_confidence)


@pytest.mark.parametrize("length", [0, 1, 159, 400, 1023, 1024, 1025, 2048, 4800])
def test_hardly_any_sound_says_nothing(recogniser: VoskRecogniser, length: int) -> None:
    for samples in (np.zeros(length, np.float32), noise(1, 0.001)[:length]):
        heard = recogniser.recognise(samples, HOLDING)
        assert heard.expected_confidence < 0.5, heard


@pytest.mark.parametrize("level", [0.001, 0.01, 0.1, 1.0, 30.0])
def test_noise_is_no_command(recogniser: VoskRecogniser, level: float) -> None:
    for seed in range(3):
        heard = recogniser.recognise(noise(2, level, seed), HOLDING)
        assert heard.expected_confidence < 0.5, heard


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_broken_samples_do_no_harm(recogniser: VoskRecogniser, value: float) -> None:
    heard = recogniser.recognise(np.full(SAMPLE_RATE, value, np.float32), HOLDING)
    assert heard.expected is None
    assert recogniser.recognise(spoken("stop", VOICE), HOLDING).expected == "stop"


def test_long_sound_is_heard_in_parts_and_in_time(recogniser: VoskRecogniser) -> None:
    said = spoken("hold for ten seconds", VOICE)
    times = VOSK_PART_SAMPLES * 2 // len(said) + 1
    heard = recogniser.recognise(np.concatenate([said] * times), HOLDING)
    assert heard.text.count("ten seconds") >= times - 3
    assert heard.expected is None
    assert heard.seconds < 20


def test_memory_stays_the_same_over_utterances_and_grammars(folder: Path) -> None:
    program = f"""
import resource, numpy as np
from pathlib import Path
from audio.asr.vosk import VOSK_GRAMMARS, VoskRecogniser
from intents.phrases.short import short_sentences
ear, sentences = VoskRecogniser(Path({str(folder)!r})), short_sentences(None)
sound = np.random.default_rng(0).normal(0, 0.01, 8000).astype(np.float32)
def listen(times):
    for first in range(times):
        ear.recognise(sound, sentences[first % 40 :])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(-listen(5 * VOSK_GRAMMARS) + listen(20 * VOSK_GRAMMARS))
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(done.stdout) < 8_000, f"grew by {done.stdout.strip()} KiB"


def test_it_says_nothing_on_the_terminal(folder: Path) -> None:
    program = f"""
import numpy as np
from pathlib import Path
from audio.asr.vosk import VoskRecogniser
VoskRecogniser(Path({str(folder)!r})).recognise(np.zeros(16000, np.float32), ["stop", "unheardof"])
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("name", MODEL_FILES)
def test_model_with_a_file_missing_or_empty_is_explained(folder: Path, tmp_path: Path, name: str) -> None:
    broken = shutil.copytree(folder, tmp_path / "model")
    (broken / name).write_bytes(b"")
    with pytest.raises(AudioError, match=rf"{name} is missing.*models install"):
        VoskRecogniser(broken)
    (broken / name).unlink()
    with pytest.raises(AudioError, match=rf"{name} is missing.*models install"):
        VoskRecogniser(broken)


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"])
@pytest.mark.parametrize("length", [1, 100, 5000])
def test_damaged_model_is_explained(folder: Path, tmp_path: Path, name: str, length: int) -> None:
    broken = shutil.copytree(folder, tmp_path / "model")
    with (broken / name).open("r+b") as file:
        file.truncate(length)
    with pytest.raises(AudioError, match=r"damaged.*models install"):
        VoskRecogniser(broken)


def test_absent_model_is_explained(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="models install"):
        VoskRecogniser(tmp_path / "nowhere")
