"""Rendering ahead of the speaker, and taking back what has not been played when a command comes.

A busy machine must render some way ahead of its speaker. Without taking back, whoever says "stop" would hear all of
that first.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from audio.frames import Frame
from audio.playback.mixer import Mixer, MixerReport, Snapshot
from audio.samples import Clip


@dataclass(frozen=True, slots=True)
class RenderedBlock:
    """A block that was rendered, and what is needed to take it back."""

    samples: Clip
    """The block's sound."""
    until: Frame
    """The first frame after the block."""
    reports: tuple[MixerReport, ...]
    """What the mixer reported of the block."""
    before: Snapshot
    """The state of the mixer before the block."""


class RenderAhead:
    """Renders a mixer block by block, and keeps the blocks that have not been played."""

    def __init__(self, mixer: Mixer, frames: int) -> None:
        """`frames`: length of one block."""
        self._mixer, self._frames = mixer, frames
        self._blocks: deque[RenderedBlock] = deque()

    def render(self) -> Clip:
        """Render the next block, of shape (frames,)."""
        before, samples = self._mixer.snapshot(), np.zeros(self._frames, np.float32)
        reports = self._mixer.render(samples)
        samples.flags.writeable = False
        self._blocks.append(RenderedBlock(samples, self._mixer.frame, tuple(reports), before))
        return samples

    def played(self, unplayed: Frame) -> list[RenderedBlock]:
        """Drop and return the blocks that have been played; `unplayed`: how many of the last frames have not."""
        played = []
        while self._blocks and self._blocks[0].until <= self._mixer.frame - unplayed:
            played.append(self._blocks.popleft())
        return played

    def take_back(self, frames: Frame) -> int:
        """Take back whole blocks, of at most so many of the last frames (below 0: none); how many blocks that was.

        The mixer is then as it was before them.
        """
        count = max(0, min(frames // self._frames, len(self._blocks)))
        taken = [self._blocks.pop() for _ in range(count)]
        if taken:
            self._mixer.restore(taken[-1].before)
        return count
