"""What is rendered ahead of the speaker, and taken back when an order comes: so that it is obeyed at once.

A busy machine must be some way ahead of its speaker. Without this, whoever says "stop" would hear all of that first.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from audio.frames import Frame
from audio.playback.mixer import Mixer, MixerReport, Snapshot
from audio.samples import Clip


@dataclass(frozen=True, slots=True)
class RenderedBlock:
    """Some frames that were rendered."""

    samples: Clip
    until: Frame
    reports: tuple[MixerReport, ...]
    before: Snapshot
    """The mixer before it."""


class RenderAhead:
    """Renders block by block, and keeps what has not been played."""

    def __init__(self, mixer: Mixer, frames: int) -> None:
        """`frames`: of one block."""
        self._mixer, self._frames = mixer, frames
        self._blocks: deque[RenderedBlock] = deque()

    def render(self) -> Clip:
        """The next block: shape (frames,), mono, 48 kHz."""
        before, samples = self._mixer.snapshot(), np.zeros(self._frames, np.float32)
        reports = self._mixer.render(samples)
        self._blocks.append(RenderedBlock(samples, self._mixer.frame, tuple(reports), before))
        return samples

    def played(self, unplayed: Frame) -> list[RenderedBlock]:
        """The blocks that were played since, once so many of the last frames are unplayed."""
        played = []
        while self._blocks and self._blocks[0].until <= self._mixer.frame - unplayed:
            played.append(self._blocks.popleft())
        return played

    def take_back(self, frames: Frame) -> int:
        """Take back at most so many of the last frames, none if fewer than 0, in whole blocks; how many blocks."""
        count = max(0, min(frames // self._frames, len(self._blocks)))
        taken = [self._blocks.pop() for _ in range(count)]
        if taken:
            self._mixer.restore(taken[-1].before)
        return count
