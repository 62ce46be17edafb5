"""The far-end reference: what one thread plays, another takes by the time at which it was heard."""

import threading

import numpy as np
import pytest

from audio.aec.reference import FarEndReference
from audio.frames import FRAMES_PER_SECOND
from audio.samples import FRAMES_PER_SAMPLE, Clip

pytestmark = pytest.mark.unit

BLOCK = 480
SAMPLES = BLOCK // FRAMES_PER_SAMPLE


def tone(frames: int) -> Clip:
    return np.sin(2 * np.pi * 440 * np.arange(frames) / FRAMES_PER_SECOND).astype(np.float32)


def taken(reference: FarEndReference, blocks: int) -> Clip:
    """The reference for so many blocks, heard as they are played."""
    parts = []
    for number in range(1, blocks + 1):
        reference.observe(SAMPLES, number * BLOCK)
        parts.append(reference.take(SAMPLES))
    return np.concatenate(parts)


def test_what_was_played_is_taken_by_the_clock_of_the_microphone() -> None:
    reference, sound = FarEndReference(), tone(100 * BLOCK)
    for block in sound.reshape(-1, BLOCK):
        reference.play(block)
    late = 31  # the delay of the low-pass filter, in frames
    assert taken(reference, 100)[SAMPLES:] == pytest.approx(
        np.concatenate([np.zeros(late), sound])[: len(sound) : FRAMES_PER_SAMPLE][SAMPLES:], abs=0.02
    )


def test_a_block_may_be_written_over_once_it_was_played() -> None:
    kept, reused, buffer = FarEndReference(), FarEndReference(), np.zeros(BLOCK, np.float32)
    for block in tone(50 * BLOCK).reshape(-1, BLOCK):
        buffer[:] = block
        kept.play(block)
        reused.play(buffer)
    assert np.array_equal(taken(kept, 50), taken(reused, 50))


def test_it_keeps_two_seconds_however_long_it_plays() -> None:
    reference, sound = FarEndReference(), tone(20 * FRAMES_PER_SECOND)
    parts = []
    for number, block in enumerate(sound.reshape(-1, BLOCK), 1):
        reference.play(block)
        reference.observe(SAMPLES, number * BLOCK)
        parts.append(reference.take(SAMPLES))
    late = np.concatenate(parts)[-FRAMES_PER_SECOND:]
    assert np.abs(late).max() == pytest.approx(1.0, abs=0.01)


def test_another_thread_may_play_while_it_is_taken() -> None:
    """What is taken is always the whole of what was played until some moment, never a mixture."""
    reference, sound, blocks = FarEndReference(), tone(3 * FRAMES_PER_SECOND), 300

    def play() -> None:
        for block in sound.reshape(-1, BLOCK):
            reference.play(block)

    player = threading.Thread(target=play)
    player.start()
    parts = []
    for number in range(1, blocks + 1):
        reference.observe(SAMPLES, number * BLOCK)
        parts.append(reference.take(SAMPLES))
    player.join()
    assert all(np.abs(np.diff(part)).max() < 0.2 for part in parts), "a jump inside a block"
    # Once all is played, the reference is what one thread alone would have made.
    alone = FarEndReference()
    for block in sound.reshape(-1, BLOCK):
        alone.play(block)
    taken(alone, blocks)
    assert np.array_equal(reference.take(SAMPLES), alone.take(SAMPLES))
