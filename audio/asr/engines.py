"""Which recognisers hear: Moonshine, Vosk, or both together."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.asr.grammar import ClosedGrammar
from audio.asr.moonshine.engine import MoonshineRecogniser
from audio.asr.recogniser import Engine, Recogniser, RecognitionStream, Transcript
from audio.errors import AudioError
from audio.models.catalogue import VOSK_SMALL_EN, folder, installed


class CombinedRecogniser:
    """Moonshine is believed; what Vosk has heard is told beside, for those who know which sentences mean the same."""

    def __init__(self, sure: Recogniser, second: Recogniser) -> None:
        self._sure, self._second = sure, second

    def load(self) -> None:
        """Load both."""
        self._sure.load()
        self._second.load()

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:
        """Vosk follows; Moonshine hears the whole afterwards."""
        return self._second.stream(expected)

    def recognise(
        self,
        samples: NDArray[np.float32],
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,
        closed: ClosedGrammar | None = None,
    ) -> Transcript:
        """Recognise one utterance with both; see `Ear`."""
        first = self._sure.recognise(samples, expected, closed=closed)
        second = self._second.recognise(samples, expected, streamed)
        return replace(first, seconds=first.seconds + second.seconds, second=second)

    def recognise_partial(self, samples: NDArray[np.float32], expected: Sequence[str]) -> Transcript | None:
        """What Moonshine makes of it: a grammar of Vosk's has no rejection."""
        return self._sure.recognise_partial(samples, expected)


def open_recogniser(engine: Engine, root: Path | None = None) -> Recogniser:
    """The recogniser asked for. Auto: Moonshine, or both where Vosk's model is installed under `root`.

    Raises AudioError when Vosk is asked for and its model is not installed, or cannot be loaded.
    """
    model = installed(VOSK_SMALL_EN, root or folder())
    if engine == "moonshine" or (engine == "auto" and model is None):
        return MoonshineRecogniser()
    if model is None:
        raise AudioError(f"--engine {engine}: Vosk's model is not installed; run `main.py models install`")
    from audio.asr.vosk import VoskRecogniser

    vosk = VoskRecogniser(model)
    return vosk if engine == "vosk" else CombinedRecogniser(MoonshineRecogniser(), vosk)
