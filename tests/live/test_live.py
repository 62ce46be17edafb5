"""Live sessions on a virtual sound card: spoken into its microphone, judged from what its speaker was given."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import script
from assistant.states import State
from audio.frames import FRAMES_PER_SECOND
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.places import ROOT
from benchmarks.rig.program import Limber, acquainted, check_counts, of
from tests import loaded
from tests.live.busy import keeping_up
from tests.live.needs import needs_card

pytestmark = [pytest.mark.live, needs_card]
QUESTION = loaded.guidance().screening.question


@pytest.fixture(scope="module")
def card() -> Iterator[VirtualCard]:
    with VirtualCard() as card:
        yield card


def test_a_spoken_session_counts_to_the_sample_at_the_speaker(card: VirtualCard, tmp_path: Path) -> None:
    with keeping_up(Limber(card, acquainted(tmp_path))) as limber:
        limber.wait_for_listening().hears("start neck rotations").wait_for("> start neck rotations")
        limber.wait_for(QUESTION).wait_for_silence().hears("no").wait_for("Hold for fifteen.").wait_for("3").hears(
            "pause"
        )
        limber.wait_for(script.LET_GO).wait_for_silence().hears("carry on")
        limber.wait_for("Head to the right again.").wait_for("6").hears("stop").wait_for(script.SESSION_OVER)
        timeline = limber.end()
        heard = [line["intent"] for line in of(timeline, "heard")]
        assert heard == ["StartMovement", "No", "Pause", "Resume", "Stop"]
        check_counts(timeline, limber.recording.samples)


def test_pause_over_its_counting_with_the_speaker_in_the_microphone(card: VirtualCard, tmp_path: Path) -> None:
    with card.looped(), keeping_up(Limber(card, acquainted(tmp_path))) as limber:
        limber.wait_for_listening().press("g").wait_for(QUESTION).wait_for_silence()
        limber.press("n").wait_for("Hold for fifteen.").wait_for("4").hears("pause", "flite:awb")
        limber.wait_for(script.LET_GO).wait_for_silence()
        timeline = limber.end()
        spoken = [line for line in of(timeline, "heard") if line["until"] > line["began"]]
        assert [line["intent"] for line in spoken] == ["Pause"], "it heard something else, or itself"
        assert of(timeline, "paused")[0]["at"] - spoken[0]["until"] < 1.5


def test_the_whole_task_by_keys(card: VirtualCard, tmp_path: Path) -> None:
    with keeping_up(Limber(card, acquainted(tmp_path))) as limber:
        limber.wait_for_listening().press("g").wait_for(QUESTION).press("n")
        limber.wait_for("Hold for fifteen.").wait_for("2").press(" ").wait_for(script.LET_GO)
        limber.press(" ").wait_for("Head to the right again.").press("n").wait_for(
            "Next, shoulder rolls, five each way."
        )
        limber.press("+").wait_for("Louder.").press("b").wait_for("Neck rotations, two each side.").press("s")
        limber.wait_for(script.SESSION_OVER)
        timeline = limber.end()
        heard = [line["intent"] for line in of(timeline, "heard")]
        assert heard == ["StartRoutine", "No", "Pause", "Resume", "Next", "Louder", "Back", "Stop"]
        assert [line["cause"] for line in of(timeline, "paused") + of(timeline, "stopped")] == ["key", "key"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once(card: VirtualCard, tmp_path: Path, number: int) -> None:
    with keeping_up(Limber(card, acquainted(tmp_path))) as limber:
        limber.wait_for_listening().press("w").wait_for(script.where_in(State.IDLE)).signal(number)
        said = [line["text"] for line in of(limber.end(), "said") if not line["cut"]]
        assert said == [], "it spoke to the end of what it was saying"
        assert limber.lines == [script.where_in(State.IDLE)], "it said more"


def suspend(card: VirtualCard, kind: str, name: str, yes: bool) -> None:
    """To whoever uses it, a suspended device is one that went away: it asks for nothing and brings nothing."""
    subprocess.run(["pactl", f"suspend-{kind}", name, str(int(yes))], env=dict(card.environment), check=True)


def test_a_speaker_that_goes_away_holds_the_session_until_it_is_back(card: VirtualCard, tmp_path: Path) -> None:
    with keeping_up(Limber(card, acquainted(tmp_path))) as limber:
        limber.wait_for_listening().press("g").wait_for(QUESTION)
        limber.press("n").wait_for("Hold for fifteen.").wait_for("3")
        suspend(card, "sink", "speaker", True)
        card.wait_for_no_speaker()
        suspend(card, "sink", "speaker", False)
        limber.wait_for("Head to the right again.").wait_for("15").wait_for("Slowly back to the middle.")
        timeline = limber.end()
        assert [line["device"] for line in of(timeline, "device_lost")][:1] == ["speaker"]
        assert of(timeline, "device_back")
        assert [line["cause"] for line in of(timeline, "paused")] == ["device"]
        assert [line["cause"] for line in of(timeline, "resumed")] == ["device"]
        assert of(timeline, "hold_ended")[0]["held"] == 15 * FRAMES_PER_SECOND
        assert [line["n"] for line in of(timeline, "count")][:15] == list(range(1, 16))
        assert [line["frame"] for line in timeline] == sorted(line["frame"] for line in timeline)


def test_a_microphone_that_goes_away_holds_the_session_and_hears_when_it_is_back(
    card: VirtualCard, tmp_path: Path
) -> None:
    with keeping_up(Limber(card, acquainted(tmp_path))) as limber:
        limber.wait_for_listening().press("g").wait_for(QUESTION)
        limber.press("n").wait_for("Hold for fifteen.").wait_for("1")
        suspend(card, "source", "mic", True)
        limber.wait_for(script.CANNOT_HEAR)
        suspend(card, "source", "mic", False)
        limber.wait_for("Head to the right again.").wait_for("4").hears("stop").wait_for(script.SESSION_OVER)
        timeline = limber.end()
        assert [line["device"] for line in of(timeline, "device_lost")] == ["microphone"]
        assert [line["device"] for line in of(timeline, "device_back")] == ["microphone"]
        assert [line["cause"] for line in of(timeline, "paused")] == ["device"]
        assert [line["cause"] for line in of(timeline, "resumed")] == ["device"]
        counts = [line["n"] for line in of(timeline, "count")]
        assert counts == list(range(1, len(counts) + 1)), "it did not go on where it was"
        assert [line["intent"] for line in of(timeline, "heard")][-1] == "Stop"
        assert [line["frame"] for line in timeline] == sorted(line["frame"] for line in timeline)


def test_a_device_that_does_not_fit_is_explained_with_the_list(card: VirtualCard) -> None:
    command = [sys.executable, "main.py", "run", "--speaker", "gramophone"]
    done = subprocess.run(command, cwd=ROOT, env=dict(card.environment), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "'gramophone' is no speaker" in done.stderr
    assert "pulse" in done.stderr
    assert "Traceback" not in done.stderr
