"""Live sessions heard by Vosk, alone and beside Moonshine: the whole task on a virtual card, with the tiny model."""

from pathlib import Path

import pytest

from assistant import script
from audio.models.catalogue import VOSK_SMALL_EN, verify
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.program import Limber, acquainted, check_counts, of
from benchmarks.rig.tiny_vosk import VOICE, put_in_place
from tests import loaded
from tests.live.busy import keeping_up
from tests.live.needs import needs_card

pytestmark = [pytest.mark.live, needs_card]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with the tiny one in it."""
    folder = tmp_path_factory.mktemp("models")
    put_in_place(folder)
    assert verify(VOSK_SMALL_EN, folder) == []
    return folder


@pytest.mark.parametrize("engine", ["vosk", "both"])
def test_the_whole_task_by_voice(models: Path, tmp_path: Path, engine: str) -> None:
    with (
        VirtualCard() as card,
        keeping_up(Limber(card, acquainted(tmp_path), "--engine", engine, models=models)) as limber,
    ):
        limber.wait_for_listening().hears("start neck rotations", VOICE).wait_for("> start neck rotations")
        limber.wait_for(loaded.guidance().screening.question).wait_for_silence()
        limber.hears("no", VOICE).wait_for("Hold for fifteen.").wait_for("2").hears("pause", VOICE)
        limber.wait_for(script.LET_GO).wait_for_silence()
        limber.hears("continue", VOICE).wait_for("Head to the right again.").wait_for("6").hears("stop", VOICE)
        limber.wait_for(script.SESSION_OVER)
        timeline = limber.end()
        assert [line["intent"] for line in of(timeline, "heard")] == ["StartMovement", "No", "Pause", "Resume", "Stop"]
        assert [line["cause"] for line in of(timeline, "paused") + of(timeline, "resumed")] == ["voice", "voice"]
        counts = [line["n"] for line in of(timeline, "count")]
        assert counts == list(range(1, len(counts) + 1)), "it did not go on with the count it was at"
        check_counts(timeline, limber.recording.samples)
