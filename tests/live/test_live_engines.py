"""Live sessions heard by Vosk, alone and beside Moonshine: the whole task on a virtual card, with the tiny model."""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from audio.models.catalogue import VOSK_SMALL_EN, verify
from benchmarks.rig.card import Samples, VirtualCard
from benchmarks.rig.program import Limber, acquainted, check_counts, of
from benchmarks.rig.tiny_vosk import VOICE, put_in_place
from tests.live.needs import needs_card

pytestmark = needs_card
ENGINES = ("vosk", "both")


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, "Future[Session]"]]:
    """A session with each engine, all at the same time since they last."""
    models = tmp_path_factory.mktemp("models")
    put_in_place(models)
    assert verify(VOSK_SMALL_EN, models) == []
    with ThreadPoolExecutor(len(ENGINES)) as pool:
        yield {each: pool.submit(session, each, models, tmp_path_factory.mktemp(each)) for each in ENGINES}


Session = tuple[list[dict[str, Any]], Samples]
"""Its timeline, and what the speaker was given."""


def session(engine: str, models: Path, folder: Path) -> Session:
    """Neck rotations begun, interrupted, resumed and ended by voice, on a card of its own."""
    with (
        VirtualCard() as card,
        card.recording() as recording,
        Limber(card, acquainted(folder), "--engine", engine, models=models) as limber,
    ):
        limber.wait_for_listening().hears("start neck rotations", VOICE).wait_for("> start neck rotations")
        time.sleep(5.5)
        limber.hears("no", VOICE).wait_for("Hold.").wait_for("2").hears("pause", VOICE)
        limber.wait_for("Let go, slowly. Say go on when you are ready.")
        time.sleep(3.5)
        limber.hears("continue", VOICE).wait_for("Head to the right again.").wait_for("6").hears("stop", VOICE)
        limber.wait_for("Session over. Let go slowly. Say go on to pick it up again.")
        return limber.end(), recording.samples


@pytest.mark.parametrize("engine", ENGINES)
def test_the_whole_task_by_voice(sessions: Mapping[str, "Future[Session]"], engine: str) -> None:
    timeline, sound = sessions[engine].result()
    assert [line["intent"] for line in of(timeline, "heard")] == ["StartMovement", "No", "Pause", "Resume", "Stop"]
    assert [line["cause"] for line in of(timeline, "paused") + of(timeline, "resumed")] == ["voice", "voice"]
    counts = [line["n"] for line in of(timeline, "count")]
    assert counts == list(range(1, len(counts) + 1)), "it did not go on with the count it was at"
    check_counts(timeline, sound)
