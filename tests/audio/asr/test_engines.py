"""Each choice of engine hears: whole sessions through the real libvosk, and both engines together."""

import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.dialogue.state import Conversation
from assistant.sessions.rehearsal import rehearse
from assistant.sessions.stage import Stage
from assistant.timeline import entries
from audio.asr.engines import CombinedRecogniser, open_recogniser
from audio.asr.moonshine.engine import MoonshineRecogniser
from audio.asr.recogniser import Recogniser
from audio.asr.vosk import VoskRecogniser
from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND, frames
from audio.tts.voice import Voice
from audio.vad.utterance import Utterance
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.people import Person, PersonLine, Tape, spoken
from benchmarks.rig.places import DATA
from tests import loaded

pytestmark = pytest.mark.engine

VOICE = "en-us+f3"
"""One of those the tiny model was trained with: it knows espeak-ng's voices alone."""


@pytest.fixture(scope="module")
def vosk(tmp_path_factory: pytest.TempPathFactory) -> VoskRecogniser:
    folder = tmp_path_factory.mktemp("vosk")
    with zipfile.ZipFile(DATA / "vosk-tiny.zip") as archive:
        archive.extractall(folder)
    return VoskRecogniser(next(path.parent.parent for path in folder.rglob("final.mdl")))


def session(recogniser: Recogniser) -> list[tuple[int, entries.Entry]]:
    """A session by voice, recognised by this recogniser; its timeline."""
    lines = [
        PersonLine("start neck rotations"),
        PersonLine("no"),
        PersonLine("pause", after=14),
        PersonLine("continue", after=7),
    ]
    with Voice() as limber:
        stage = Stage(Conversation(), loaded.guidance(), limber)
        person = Person(stage, [*lines, PersonLine("stop", after=14)], VOICE)
        rehearse(stage, person, Tape(), recogniser, loaded.coach(), limit=frames(90))
    return stage.timeline.lines


@pytest.mark.parametrize("both", [False, True], ids=["vosk", "both"])
def test_a_whole_session(vosk: VoskRecogniser, both: bool) -> None:
    lines = session(CombinedRecogniser(loaded.moonshine(), vosk) if both else vosk)
    heard = [entry.intent for _, entry in lines if isinstance(entry, entries.IntentTaken)]
    assert heard == ["StartMovement", "No", "Pause", "Resume", "Stop"]
    counts = [(at, entry.n) for at, entry in lines if isinstance(entry, entries.Count)]
    apart = {b - a for (a, n), (b, m) in pairwise(counts) if m == n + 1}
    assert FRAMES_PER_SECOND in apart
    assert len(apart) <= 2, "only the interrupted second may be another"


def test_it_is_heard_while_it_is_said(vosk: VoskRecogniser) -> None:
    valid = {"HoldFor", "Stop"}
    listening = Hearing(vosk, loaded.coach())
    sound = np.concatenate(
        [np.zeros(9_000, np.float32), spoken("hold for ten seconds", VOICE), np.zeros(16_000, np.float32)]
    )
    partials, sounds = [], []
    for at in range(0, len(sound), 320):
        sounds += listening.listen(sound[at : at + 320], valid)
        partials.append(listening.front_end.partial)
    assert "hold" in partials, "nothing was heard before the end"
    (utterance,) = (sound for sound in sounds if isinstance(sound.content, Utterance))
    reading = listening.understand(utterance, valid)
    assert (reading.intent, dict(reading.slots)) == ("HoldFor", {"seconds": "10"})


def test_the_grammar_follows_the_state(vosk: VoskRecogniser) -> None:
    reader = loaded.coach()
    sound = np.pad(spoken("carry on", VOICE), 4_000)
    assert vosk.recognise(sound, reader.speech_grammar.sentences({"Resume"})).expected == "carry on"
    assert vosk.recognise(sound, reader.speech_grammar.sentences({"Yes", "No"})).expected is None


@pytest.mark.parametrize("engine", ["vosk", "both"])
def test_an_engine_whose_model_is_missing_says_what_to_do(tmp_path: Path, engine: str) -> None:
    with pytest.raises(AudioError, match="models install"):
        open_recogniser(engine, tmp_path)  # type: ignore[arg-type]


def test_auto_is_moonshine_without_the_model(tmp_path: Path) -> None:
    assert isinstance(open_recogniser("auto", tmp_path), MoonshineRecogniser)
