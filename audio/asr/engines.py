"""The choice of the recogniser: Moonshine, Vosk, or both together."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audio.asr.grammar import ClosedGrammar
from audio.asr.moonshine.engine import MoonshineRecogniser
from audio.asr.recogniser import Engine, Recogniser, RecognitionStream, Transcript
from audio.errors import AudioError
from audio.models.catalogue import VOSK_SMALL_EN, folder, installed
from audio.samples import Samples


class CombinedRecogniser:
    """Two recognisers: the transcript is the first one's, and has the second one's beside it in `second`.

    Whether they agree is for those to judge who know which sentences mean the same (`assistant.listening.consensus`).
    """

    def __init__(self, first: Recogniser, second: Recogniser) -> None:
        """`first`: Moonshine, of whole utterances; `second`: Vosk, which streams."""
        self._first, self._second = first, second

    def load(self) -> None:
        """Load the models of both."""
        self._first.load()
        self._second.load()

    def stream(self, expected: Sequence[str]) -> RecognitionStream | None:
        """Begin streaming recognition by the second recogniser; the first recognises the whole utterance afterwards."""
        return self._second.stream(expected)

    def recognise(
        self,
        samples: Samples,
        expected: Sequence[str] = (),
        streamed: Transcript | None = None,
        closed: ClosedGrammar | None = None,
    ) -> Transcript:
        """Recognise one whole utterance of any length with both.

        `expected`, `streamed` and `closed` as in `Recogniser`; the closed grammar is for the first one alone.
        """
        first = self._first.recognise(samples, expected, closed=closed)
        second = self._second.recognise(samples, expected, streamed)
        return replace(first, seconds=first.seconds + second.seconds, second=second)

    def recognise_partial(self, samples: Samples, expected: Sequence[str]) -> Transcript | None:
        """Recognise an unfinished utterance with the first recogniser alone: Vosk's grammar rejects nothing."""
        return self._first.recognise_partial(samples, expected)


def open_recogniser(engine: Engine, root: Path | None = None) -> Recogniser:
    """Open the recogniser asked for. Auto: both where Vosk's model is installed under `root`, else Moonshine.

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
