"""The card, between a mixer and devices that a test drives: what is played, what is changed, what is lost and found."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
import pytest

from audio.devices import reconnect
from audio.devices.duplex import (
    RENDER_BLOCK,
    CardReport,
    DeviceRestarted,
    DeviceStopped,
    DuplexCard,
    play_clips,
)
from audio.devices.portaudio import DeviceChoice
from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND
from audio.playback.mixer import CueStarted, Mixer, ScoreEnded, ScoreSilenced
from audio.samples import Clip, Samples
from audio.score import Cue, Score, Sound, Speech
from tests.audio.devices.sound_library import SoundLibrary

pytestmark = pytest.mark.engine

PATIENCE = 60.0
"""Seconds after which nothing more is awaited, however busy the machine."""
T = TypeVar("T")
CLIP = np.full(FRAMES_PER_SECOND, 0.25, np.float32)


def clip(_: Sound) -> Clip:
    return CLIP


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> SoundLibrary:
    made = SoundLibrary()
    monkeypatch.setattr("audio.devices.portaudio._library", lambda: made)
    monkeypatch.setattr(reconnect, "STALLED_SECONDS", PATIENCE)  # a busy machine is no lost device
    monkeypatch.setattr(reconnect, "BACK_OFF_SECONDS", (0.05,))
    monkeypatch.setattr(reconnect, "PROOF_SECONDS", 0.1)
    return made


@pytest.fixture
def soon_lost(monkeypatch: pytest.MonkeyPatch, library: SoundLibrary) -> SoundLibrary:
    """Devices that are taken for lost as soon as they do not call for a moment."""
    monkeypatch.setattr(reconnect, "STALLED_SECONDS", 0.4)
    return library


class Opened:
    """A card, and what it reports."""

    def __init__(self) -> None:
        self.reports: list[CardReport] = []
        self.rendered: list[Clip] = []
        self.mixer = Mixer(clip)
        self.card = DuplexCard(self.mixer, DeviceChoice(), self.reports.append, self.rendered.append)

    def wait(self, what: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.01)

    def capture(self, count: int) -> Samples:
        """At least so many samples of the microphone."""
        parts = list[Samples]()

        def enough() -> bool:
            parts.append(self.card.captured()[0])
            return sum(map(len, parts)) > count

        self.wait(enough)
        return np.concatenate(parts)

    def kinds(self, kind: type[DeviceStopped | DeviceRestarted]) -> set[str]:
        """Which of the devices were reported as lost, or as found."""
        return {report.kind for report in self.of(kind)}

    def of(self, kind: type[T]) -> list[T]:
        return [report for report in self.reports if isinstance(report, kind)]


@pytest.fixture
def opened(library: SoundLibrary) -> Iterator[Opened]:  # noqa: ARG001 (the card is opened in it)
    made = Opened()
    yield made
    made.card.close()


def sounded(library: SoundLibrary) -> int:
    """How many frames of the clip the speaker was given at full amplitude."""
    return int(sum(np.count_nonzero(block == CLIP[0]) for block in library.played))


def near(library: SoundLibrary) -> int:
    """How many samples the speaker was given that are near the clip's amplitude."""
    return int(sum(np.count_nonzero(np.abs(block - CLIP[0]) < 0.01) for block in library.played))


def line(id: int) -> Score:
    return Score(id, (Cue(0, Speech("a line")),), len(CLIP))


def test_what_is_scheduled_is_played_whole(library: SoundLibrary, opened: Opened) -> None:
    opened.card.command(lambda mixer: mixer.schedule(line(1)))
    opened.wait(lambda: sounded(library) == len(CLIP))
    opened.wait(lambda: bool(opened.of(CueStarted)))
    assert sum(np.count_nonzero(block) for block in opened.rendered) <= len(CLIP)
    assert all(len(block) == RENDER_BLOCK and not block.flags.writeable for block in opened.rendered)


def test_what_is_silenced_is_played_up_to_the_frame_that_is_reported(library: SoundLibrary, opened: Opened) -> None:
    opened.card.command(lambda mixer: mixer.schedule(line(1)))
    opened.wait(lambda: sounded(library) > RENDER_BLOCK)
    changeable = opened.card.next_changeable
    opened.card.command(lambda mixer: mixer.silence(1))
    opened.wait(lambda: bool(opened.of(ScoreSilenced)))
    (silenced,), (started,) = opened.of(ScoreSilenced), opened.of(CueStarted)
    assert silenced.played >= changeable, "what the speaker is about to take was changed"
    opened.wait(lambda: opened.card.sounding > silenced.at + FRAMES_PER_SECOND // 10)
    assert (started.at, silenced.played) == (0, sounded(library))


def test_the_next_changeable_frame_never_goes_back(opened: Opened) -> None:
    """Two threads read while the card's thread renders, takes back and renders again at each of many commands."""
    done, commands, wrong = threading.Event(), 400, list[tuple[int, int]]()
    obeyed = threading.Semaphore(0)

    def read() -> None:
        before = 0
        while not done.is_set():
            now = opened.card.next_changeable
            if now < before:
                wrong.append((before, now))
            before = now

    readers = [threading.Thread(target=read) for _ in range(2)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for reader in readers:
            reader.start()
        for _ in range(commands):
            opened.card.command(lambda mixer: mixer.volume(-3.0))
            opened.card.command(lambda _: obeyed.release())
            assert obeyed.acquire(timeout=PATIENCE)
    finally:
        done.set()
        for reader in readers:
            reader.join()
        sys.setswitchinterval(interval)
    assert not wrong


def test_lost_devices_are_reported_and_found_and_frames_go_on_meanwhile(
    soon_lost: SoundLibrary, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.wait(lambda: bool(soon_lost.played))
    soon_lost.running = False
    opened.wait(lambda: bool(opened.of(DeviceStopped)))
    before, lost = len(soon_lost.played), opened.of(DeviceStopped)[-1].at
    opened.card.command(lambda mixer: mixer.schedule(line(1)))
    opened.wait(lambda: bool(opened.of(ScoreEnded)))
    (ended,) = opened.of(ScoreEnded)
    assert ended.at >= lost + len(CLIP)
    assert not opened.of(DeviceRestarted)
    assert len(soon_lost.played) == before, "nobody plays what the null sink renders"
    monkeypatch.setattr(reconnect, "STALLED_SECONDS", PATIENCE)
    soon_lost.running = True
    opened.wait(lambda: opened.kinds(DeviceRestarted) == opened.kinds(DeviceStopped))
    assert all(report.at >= ended.at for report in opened.of(DeviceRestarted))
    opened.card.command(lambda mixer: mixer.schedule(line(2)))
    opened.wait(lambda: sounded(soon_lost) == len(CLIP))


def test_a_device_that_is_unplugged_is_looked_for_again_and_again(soon_lost: SoundLibrary, opened: Opened) -> None:
    library = soon_lost
    opened.wait(lambda: bool(library.played))
    library.plugged = library.running = False
    opened.wait(lambda: library.scans >= 3)
    assert not opened.of(DeviceRestarted)
    library.plugged = library.running = True
    opened.wait(lambda: opened.kinds(DeviceRestarted) == opened.kinds(DeviceStopped))
    assert library.streams_running() == 2, "streams that were opened in vain are still open"


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_the_microphone_is_heard_at_16_khz_whatever_its_rate(library: SoundLibrary, rate: int) -> None:
    library.rates, library.tone = (rate, 48_000), 0.5
    opened = Opened()
    try:
        parts = opened.capture(16_000)
    finally:
        opened.card.close()
    settled = parts[4_000:12_000]
    assert settled == pytest.approx(0.5, abs=0.01)


def test_a_microphone_with_another_rate_in_its_place_is_resampled_by_its_own(
    soon_lost: SoundLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon_lost.tone = 0.5
    opened = Opened()
    try:
        opened.capture(8_000)
        soon_lost.running, soon_lost.rates = False, (16_000, 48_000)
        opened.wait(lambda: bool(opened.of(DeviceStopped)))
        monkeypatch.setattr(reconnect, "STALLED_SECONDS", PATIENCE)
        soon_lost.running = True
        opened.wait(lambda: opened.kinds(DeviceRestarted) == opened.kinds(DeviceStopped))
        parts = opened.capture(16_000)
    finally:
        opened.card.close()
    assert parts[4_000:12_000] == pytest.approx(0.5, abs=0.01)


def test_a_speaker_that_does_not_take_48_khz_is_resampled_for(library: SoundLibrary) -> None:
    library.rates, library.refused = (48_000, 44_100), frozenset({48_000})
    opened = Opened()
    try:
        opened.card.command(lambda mixer: mixer.schedule(line(1)))
        opened.wait(lambda: bool(opened.of(CueStarted)))
        opened.wait(lambda: near(library) > 43_000)
        opened.wait(lambda: opened.card.sounding > 2 * FRAMES_PER_SECOND)
    finally:
        opened.card.close()
    assert near(library) == pytest.approx(44_100, abs=200)


def test_a_speaker_that_refuses_leaves_no_microphone_open(library: SoundLibrary) -> None:
    library.broken = True
    with pytest.raises(AudioError, match="A speaker cannot be opened"):
        Opened()
    assert library.streams_running() == 0


def test_without_devices_there_is_no_card(library: SoundLibrary) -> None:
    library.plugged = False
    with pytest.raises(AudioError, match="There is no speaker here"):
        Opened()


def test_clips_are_played_one_after_the_other_to_their_end(library: SoundLibrary) -> None:
    play_clips([CLIP[:1_000], CLIP[:500]])
    assert sounded(library) == 1_500
    assert library.streams_running() == 0
