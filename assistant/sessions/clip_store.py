"""Clips at hand: the voice's thread puts them there, the thread that renders looks them up."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Protocol

from audio.frames import Frame
from audio.samples import Clip
from audio.score import Sound

KEPT_CLIPS = 200
"""Clips kept; the least recently used make room. A plan has some forty, so that none goes before it is played."""


class ClipSource(Protocol):
    """Where sounds become samples."""

    def prepare(self, sounds: Sequence[Sound]) -> tuple[Frame, ...]:
        """The length of each sound, in frames, once they can be played. Raises AudioError where one cannot."""
        ...

    def clip(self, sound: Sound) -> Clip:
        """The samples of one: float32, mono, 48 kHz. Raises AudioError where it cannot be made."""
        ...


class ClipStore:
    """A clip source with a memory that threads share. A lock guards it; nothing is rendered while it is held."""

    def __init__(self, source: ClipSource, kept: int = KEPT_CLIPS) -> None:
        """`kept`: the number of clips kept."""
        self._source, self._kept = source, kept
        self._lock = threading.Lock()
        self._clips: OrderedDict[Sound, Clip] = OrderedDict()

    def clip(self, sound: Sound) -> Clip:
        """The clip of a sound; made now where it is not at hand. Raises AudioError where it cannot be made."""
        with self._lock:
            found = self._clips.get(sound)
            if found is not None:
                self._clips.move_to_end(sound)
                return found
        made = self._source.clip(sound)
        with self._lock:
            self._clips[sound] = made
            while len(self._clips) > self._kept:
                self._clips.popitem(last=False)
        return made

    def prepare(self, sounds: Iterable[Sound]) -> tuple[Frame, ...]:
        """Have clips at hand; their lengths in frames. Raises AudioError where one cannot be made."""
        return tuple(len(self.clip(sound)) for sound in sounds)
