"""A second acoustic model: a small network of phonemes that scores how well a text fits the sound.

Alone it is a poor recogniser; but it errs elsewhere than the network that writes the texts.
"""

from collections.abc import Sequence
from functools import cached_property

import hama
import numpy as np

from audio.asr.phonemes.prefixes import CtcFrames, Prefix
from audio.asr.phonemes.pronunciation import pronounced
from audio.errors import AudioError
from audio.samples import SAMPLE_RATE, Samples

SCORED_PEAK = 0.5
"""Amplitude of the loudest sample that the network is given."""
SHORTEST_HEARD = SAMPLE_RATE // 2
"""Shortest sound that the network is given, in samples (0.5 s): silence is put around less."""
LABEL_GAIN = 1.2
"""What each label adds to the score of a text, in log-probability: about what it costs where the text is right."""
CTC_WEIGHT = 0.2
"""Weight of this model beside the one that writes texts."""
WORD_BOUNDARY, BLANK = "<wb>", "<blank>"
"""The network's labels between words, and for no phoneme."""


class PhonemeScores:
    """What the network of phonemes makes of one sound."""

    def __init__(self, frames: CtcFrames, labels: dict[str, int]) -> None:
        """`labels`: the number of each label of the network, by its name."""
        self._frames, self._labels = frames, labels
        self._begun: dict[tuple[str, ...], Prefix] = {(): frames.nothing()}

    def score_of_beginning(self, words: Sequence[str]) -> float:
        """What is added to the score of a text that begins with these words."""
        prefix = self._prefix(tuple(words))
        return _score(prefix.begins, prefix)

    def score_of_whole(self, words: Sequence[str]) -> float:
        """What is added to the score of a text of these words alone."""
        prefix = self._prefix(tuple(words))
        return _score(prefix.whole, prefix)

    def log_probability(self, text: str) -> float:
        """Log-probability of a text's phonemes, given the sound."""
        return self._prefix(tuple(text.split())).whole

    def shortfall(self, text: str) -> float:
        """Log-probability of a text's phonemes less that of the likeliest labels, for each phoneme: 0 or less."""
        prefix = self._prefix(tuple(text.split()))
        return (prefix.whole - self._frames.likeliest) / max(len(prefix.labels), 1)

    def _prefix(self, words: tuple[str, ...]) -> Prefix:
        """The labels of some words, as the beginning of the sound."""
        found = self._begun.get(words)
        if found is None:
            found = self._prefix(words[:-1])
            labels = [self._labels[label] for label in pronounced(words[-1]) if label in self._labels]
            for label in [self._labels[WORD_BOUNDARY], *labels] if found.labels and labels else labels:
                found = self._frames.extended(found, label)
            self._begun[words] = found
        return found


class PhonemeNetwork:
    """The network of phonemes in the wheel of hama, loaded when it is first asked for. Needs no network connection.

    Threads: all of it belongs to one thread at a time.
    """

    def load(self) -> None:
        """Load the network now, in some hundredths of a second."""
        self._labels  # noqa: B018 (what is asked for is loaded)

    def hear(self, samples: Samples) -> PhonemeScores:
        """Hear a sound: mono, 16 kHz, not silent."""
        missing = max(SHORTEST_HEARD - len(samples), 0)
        scaled = samples * np.float32(SCORED_PEAK / np.abs(samples).max())
        scaled = np.pad(scaled, (missing // 2, missing - missing // 2))
        waveform, lengths = (each.name for each in self._model.session.get_inputs())
        inputs = {waveform: scaled[np.newaxis], lengths: np.array([len(scaled)])}
        outputs = [each.name for each in self._model.session.get_outputs()]
        posteriors, _ = self._model.session.run(outputs, inputs)
        return PhonemeScores(CtcFrames(posteriors[0].astype(np.float64), self._labels[BLANK]), self._labels)

    @cached_property
    def _model(self) -> hama.ASRModel:
        """The network. Raises AudioError when it can't be loaded."""
        try:
            return hama.ASRModel()
        except (OSError, RuntimeError, KeyError) as error:
            raise AudioError(f"the network of phonemes can't be loaded ({error}). Install hama again.") from error

    @cached_property
    def _labels(self) -> dict[str, int]:
        """The number of each label, by its name."""
        return {label: number for number, label in enumerate(self._model.decoder_tokens)}


def _score(log_probability: float, prefix: Prefix) -> float:
    """What a log-probability of a prefix, or of it alone, adds to the score of a text."""
    return CTC_WEIGHT * (log_probability + LABEL_GAIN * len(prefix.labels))
