"""The clip store: a cache of clips that the synthesis thread fills and the audio thread reads."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Protocol

from audio.frames import Frame
from audio.samples import Clip
from audio.score import Sound

KEPT_CLIPS = 200
"""Number of clips kept; the least recently used are dropped. A plan has some forty, so none is dropped unplayed."""


class ClipSource(Protocol):
    """Renders sounds to clips."""

    def prepare(self, sounds: Sequence[Sound]) -> tuple[Frame, ...]:
        """Make clips ready, and return their lengths in frames. Raises AudioError where one cannot be made."""
        ...

    def clip(self, sound: Sound) -> Clip:
        """The clip of a sound: float32, mono, 48 kHz, shape (frames,). Raises AudioError where it cannot be made."""
        ...


class ClipStore:
    """A clip source with a cache that threads share. A lock guards the cache; nothing is rendered under the lock."""

    def __init__(self, source: ClipSource, kept: int = KEPT_CLIPS) -> None:
        """`source` renders the clips; `kept`: the number of clips in the cache."""
        self._source, self._kept = source, kept
        self._lock = threading.Lock()
        self._clips: OrderedDict[Sound, Clip] = OrderedDict()

    def clip(self, sound: Sound) -> Clip:
        """The clip of a sound, from the cache or else rendered now. Raises AudioError where it cannot be made."""
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
        """Put clips into the cache, and return their lengths in frames. Raises AudioError where one cannot be made."""
        return tuple(len(self.clip(sound)) for sound in sounds)
