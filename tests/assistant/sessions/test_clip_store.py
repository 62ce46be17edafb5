"""Clips at hand: threads share them, and whoever renders always finds what was made ready."""

import sys
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from assistant.sessions.clip_store import ClipStore
from audio.samples import Clip
from audio.score import Sound, Speech
from audio.tts.silent import SilentVoice

pytestmark = pytest.mark.engine

LINES = [Speech(f"line {n}") for n in range(40)]
LOOK_UPS = 400_000


class CountingVoice(SilentVoice):
    """A voice that counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[Sound] = []

    def clip(self, sound: Sound) -> Clip:
        self.asked.append(sound)
        return super().clip(sound)


def test_a_clip_is_made_once() -> None:
    voice = CountingVoice()
    store = ClipStore(voice)
    lengths = store.prepare([*LINES, *LINES])
    assert voice.asked == LINES
    assert lengths == tuple(len(store.clip(line)) for line in [*LINES, *LINES])


def test_the_least_recently_used_makes_room() -> None:
    voice = CountingVoice()
    store = ClipStore(voice, kept=2)
    store.prepare([LINES[0], LINES[1], LINES[0], LINES[2]])
    voice.asked.clear()
    store.prepare([LINES[0], LINES[2]])
    assert voice.asked == []
    store.prepare([LINES[1]])
    assert voice.asked == [LINES[1]]


@pytest.fixture
def often_switched() -> Iterator[None]:
    """Threads take turns as often as they can, so that few look-ups show what many would."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often_switched")
@pytest.mark.parametrize("kept", [len(LINES), len(LINES) // 4])
def test_a_clip_is_found_while_another_thread_makes_clips_ready(kept: int) -> None:
    store = ClipStore(SilentVoice(), kept)
    store.prepare(LINES)
    expected = [len(store.clip(line)) for line in LINES]
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001 - whatever ends a thread is what this test looks for
                failures.append(error)

        return run

    done = threading.Event()

    def prepare() -> None:
        order = np.random.default_rng(1)
        while not done.is_set():
            store.prepare(LINES[at] for at in order.permutation(len(LINES)))

    def look_up() -> None:
        order = np.random.default_rng(2).integers(0, len(LINES), LOOK_UPS // 2)
        assert all(len(store.clip(LINES[at])) == expected[at] for at in order)

    writers = [threading.Thread(target=guarded(prepare)) for _ in range(2)]
    readers = [threading.Thread(target=guarded(look_up)) for _ in range(2)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in readers:
        thread.join()
    done.set()
    for thread in writers:
        thread.join()
    assert failures == []
