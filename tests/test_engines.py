"""Each choice of engine hears: whole sessions through the real libvosk, and both engines together."""

import zipfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant import entries, guidance
from assistant.conversation import Conversation, valid_now
from assistant.hearing import Listener
from assistant.session import rehearse
from assistant.stage import Stage
from audio.echo import NoEcho
from audio.errors import AudioError
from audio.hearing.ear import Ear
from audio.hearing.engines import BothEars, open_ear
from audio.hearing.moonshine import MoonshineEar
from audio.hearing.vosk import VoskEar
from audio.segmenter import Utterance
from audio.timeline import FRAMES_PER_SECOND, frames
from audio.voice import Voice
from tests import loaded
from tests.people import Line, Person, Tape, spoken

pytestmark = pytest.mark.engine

MODEL = Path(__file__).parent / "data" / "vosk-tiny.zip"
VOICE = "en-us+f3"
"""One of those the tiny model was trained with: it knows espeak-ng's voices alone."""


@pytest.fixture(scope="module")
def vosk(tmp_path_factory: pytest.TempPathFactory) -> VoskEar:
    folder = tmp_path_factory.mktemp("vosk")
    with zipfile.ZipFile(MODEL) as archive:
        archive.extractall(folder)
    return VoskEar(next(path.parent.parent for path in folder.rglob("final.mdl")))


def session(ear: Ear) -> list[tuple[int, entries.Entry]]:
    """A session by voice, heard by this ear; its timeline."""
    lines = [Line("start neck rotations"), Line("no"), Line("pause", after=14), Line("continue", after=7)]
    with Voice() as limber:
        stage = Stage(Conversation(), guidance.load(), limber)
        person = Person(stage, [*lines, Line("stop", after=14)], VOICE)
        listener = Listener(ear, loaded.coach(), valid=lambda: valid_now(stage.conversation))
        rehearse(stage, person, Tape(), listener, NoEcho(), limit=frames(90))
    return stage.timeline.lines


@pytest.mark.parametrize("both", [False, True], ids=["vosk", "both"])
def test_a_whole_session(vosk: VoskEar, both: bool) -> None:
    lines = session(BothEars(loaded.moonshine(), vosk) if both else vosk)
    heard = [entry.intent for _, entry in lines if isinstance(entry, entries.Heard)]
    assert heard == ["StartMovement", "No", "Pause", "Resume", "Stop"]
    counts = [(at, entry.n) for at, entry in lines if isinstance(entry, entries.Count)]
    apart = {b - a for (a, n), (b, m) in pairwise(counts) if m == n + 1}
    assert FRAMES_PER_SECOND in apart
    assert len(apart) <= 2, "only the interrupted second may be another"


def test_it_is_heard_while_it_is_said(vosk: VoskEar) -> None:
    recognizer = loaded.coach()
    asked: list[int] = []

    def valid() -> set[str]:
        asked.append(1)
        return {"HoldFor", "Stop"}

    listener = Listener(vosk, recognizer, valid=valid)
    sound = np.concatenate(
        [np.zeros(9_000, np.float32), spoken("hold for ten seconds", VOICE), np.zeros(16_000, np.float32)]
    )
    partials, utterances = [], []
    for at in range(0, len(sound), 320):
        utterances += listener.listen(sound[at : at + 320])
        partials.append(listener.partial)
    assert "hold" in partials, "nothing was heard before the end"
    assert asked == [1], "the grammar is chosen once, when speech begins"
    (utterance,) = (sound for sound in utterances if isinstance(sound, Utterance))
    reading = listener.understand(utterance, {"HoldFor", "Stop"})
    assert (reading.intent, dict(reading.slots)) == ("HoldFor", {"seconds": "10"})


def test_the_grammar_follows_the_state(vosk: VoskEar) -> None:
    recognizer = loaded.coach()
    sound = np.pad(spoken("carry on", VOICE), 4_000)
    assert vosk.hear(sound, recognizer.sentences({"Resume"})).expected == "carry on"
    assert vosk.hear(sound, recognizer.sentences({"Yes", "No"})).expected is None


@pytest.mark.parametrize("engine", ["vosk", "both"])
def test_an_engine_whose_model_is_missing_says_what_to_do(tmp_path: Path, engine: str) -> None:
    with pytest.raises(AudioError, match="models install"):
        open_ear(engine, tmp_path)  # type: ignore[arg-type]


def test_auto_is_moonshine_without_the_model(tmp_path: Path) -> None:
    assert isinstance(open_ear("auto", tmp_path), MoonshineEar)
