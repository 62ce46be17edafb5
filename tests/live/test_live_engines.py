"""Live sessions heard by Vosk, alone and beside Moonshine: the whole task on a virtual card, with the tiny model."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
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
ENGINES = ("vosk", "both")


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, "Future[None]"]]:
    """A session with each engine, all at the same time since they last."""
    models = tmp_path_factory.mktemp("models")
    put_in_place(models)
    assert verify(VOSK_SMALL_EN, models) == []
    with ThreadPoolExecutor(len(ENGINES)) as pool:
        yield {each: pool.submit(session, each, models, tmp_path_factory.mktemp(each)) for each in ENGINES}


def session(engine: str, models: Path, folder: Path) -> None:
    """Neck rotations begun, interrupted, resumed and ended by voice, on a card of its own."""
    with (
        VirtualCard() as card,
        keeping_up(Limber(card, acquainted(folder), "--engine", engine, models=models)) as limber,
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


@pytest.mark.parametrize("engine", ENGINES)
def test_the_whole_task_by_voice(sessions: Mapping[str, "Future[None]"], engine: str) -> None:
    sessions[engine].result()
