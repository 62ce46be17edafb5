"""Trials and their results: one sound, what it means, and what was understood; kept so that a run can be resumed."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias
from zlib import crc32

import click
import numpy as np

from assistant.listening.recording import understand_recording
from audio.asr.recogniser import Recogniser, RecognitionStream, Transcript
from audio.samples import SAMPLE_RATE
from benchmarks.rig.mixing import Signal
from benchmarks.rig.places import ROOT
from intents.model import Intent, Reading
from intents.reader import IntentReader

HEARS = (
    *("audio/asr", "audio/keywords", "audio/vad", "audio/onnx.py", "audio/samples.py", "intents"),
    *("assistant/listening", "assistant/operating_points.py", "assistant/states.py"),
)
"""The files and folders, from the project's root, whose code and data decide a result beside sound and grammar."""
CLEAN = "clean"
"""The condition without noise."""
Key: TypeAlias = tuple[str, str, str, str]
"""Part, group, condition and item."""


@dataclass(frozen=True)
class Trial:
    """A sound to be understood, and what it means."""

    part: str
    """The part of the measurement."""
    group: str
    """What it is counted with."""
    condition: str
    """ "clean", or noise and signal-to-noise ratio in dB: "kitchen 12"."""
    item: str
    """Its name within its group."""
    sound: Callable[[], Signal]
    """Makes the sound."""
    intent: str | None
    """The intent that is meant; None: nothing is meant."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """The slots that must be right."""
    grammar: tuple[str, ...] = ("coach",)
    """The grammars, as `--intents` takes them."""
    valid: Collection[str] | None = None
    """The intents that are valid; None: all."""

    @property
    def key(self) -> Key:
        """Its name among all trials."""
        return (self.part, self.group, self.condition, self.item)


@dataclass(frozen=True)
class Result:
    """What was understood of a trial."""

    part: str
    group: str
    condition: str
    item: str
    right: bool
    """The best reading, whatever its confidence, is what was meant; never where nothing was."""
    confidence: float
    """Confidence of the best reading, 0 to 1; 0 where nothing was read."""
    accepted: bool
    """Something was understood at the operating point."""
    accepted_right: bool
    """What was understood at the operating point is what was meant."""
    meant: bool
    """Something was meant."""
    intent: str | None
    """The intent that was understood at the operating point."""
    text: str
    """The words of the best reading."""
    seconds: float
    """Length of the sound in seconds."""
    computed: float
    """Seconds of computing for the best reading."""

    @property
    def key(self) -> Key:
        """The name of its trial."""
        return (self.part, self.group, self.condition, self.item)


class CachedRecogniser:
    """A recogniser that does not decode one sound twice, though it is read at two thresholds."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._last: tuple[Signal, Any, Any] | None = None

    @property
    def last(self) -> Transcript | None:
        """The last transcript."""
        return self._last[2] if self._last else None

    def load(self) -> None:
        """Load the recogniser within."""
        self._recogniser.load()

    def stream(self, *expected: Any) -> RecognitionStream | None:  # noqa: ANN401 - as the ear within
        """A stream of the recogniser within."""
        return self._recogniser.stream(*expected)

    def recognise(self, samples: Signal, *expected: Any, **more: Any) -> Any:  # noqa: ANN401 - as the ear within
        """The transcript of the recogniser within, or the last one where nothing has changed."""
        asked = (expected, more)
        if self._last is None or self._last[1] != asked or not np.array_equal(self._last[0], samples):
            self._last = (samples, asked, self._recogniser.recognise(samples, *expected, **more))
        return self._last[2]

    def recognise_partial(self, samples: Signal, *expected: Any) -> Transcript | None:  # noqa: ANN401 - as the ear within
        """The partial transcript of the recogniser within."""
        return self._recogniser.recognise_partial(samples, *expected)


class HearingUnderTest:
    """Limber's hearing, given one sound after another."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = CachedRecogniser(recogniser)
        self._readers: dict[tuple[str, ...], IntentReader] = {}

    def reader(self, grammar: tuple[str, ...]) -> IntentReader:
        """The reader of these grammars, each loaded once."""
        if grammar not in self._readers:
            self._readers[grammar] = IntentReader.load(grammar)
        return self._readers[grammar]

    def hear(self, trial: Trial) -> Result:
        """The result of a trial: with `--threshold 0`, and at the operating point."""
        sound = trial.sound()
        reader = self.reader(trial.grammar)
        began = perf_counter()
        best = understand_recording(self.recogniser, reader, sound, trial.valid, 0.0)
        computed = perf_counter() - began
        accepted = understand_recording(self.recogniser, reader, sound, trial.valid)
        return Result(
            *trial.key,
            right=is_right(best, trial),
            confidence=round(best.confidence, 4) if best.intent else 0.0,
            accepted=accepted.intent is not None,
            accepted_right=is_right(accepted, trial),
            meant=trial.intent is not None,
            intent=accepted.intent,
            text=best.text,
            seconds=round(len(sound) / SAMPLE_RATE, 3),
            computed=round(computed, 4),
        )


def is_right(reading: Reading, trial: Trial) -> bool:
    """Whether a reading is what a trial means."""
    if trial.intent is None or reading.intent != trial.intent:
        return False
    if trial.intent == Intent.RED_FLAG:
        # Taken for another flag it still interrupts and sends for help.
        return True
    return all(reading.slots.get(slot) == value for slot, value in trial.slots.items())


class Notebook:
    """Results by key, each written as a line of JSON at once; what is there is not measured again.

    Raises click.UsageError where the file holds results of other code or another grammar.
    """

    def __init__(self, path: Path | None, digest: str) -> None:
        self._path, self._digest = path, digest
        self.lines: dict[Key, dict[str, Any]] = {}
        if path is None or not path.exists():
            return
        written = path.read_bytes()
        whole = written[: written.rfind(b"\n") + 1]
        if whole != written:
            # Stopped in the middle of a line.
            path.write_bytes(whole)
        for line in map(json.loads, whole.splitlines()):
            if line["digest"] != digest:
                raise click.UsageError(
                    f"{path} holds results of other code or another grammar ({line['digest']}, now {digest}): "
                    "delete it, or name another file"
                )
            self.lines[line["part"], line["group"], line["condition"], line["item"]] = line

    def add(self, key: Key, **found: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        """Keep what was found under a key."""
        line = dict(zip(("part", "group", "condition", "item"), key, strict=True)) | found
        self.lines[key] = line
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({**line, "digest": self._digest}) + "\n")

    def measure(self, trials: Iterable[Trial], hearing: HearingUnderTest) -> list[Result]:
        """The results of all trials; those that are missing are measured, with a progress bar."""
        wanted = list(trials)
        missing = [trial for trial in wanted if trial.key not in self.lines]
        if missing:
            with click.progressbar(missing, label=f"{missing[0].part:12}", show_pos=True, update_min_steps=1) as bar:
                for trial in bar:
                    self.add(trial.key, **asdict(hearing.hear(trial)))
        return [self._result(trial.key) for trial in wanted]

    def results(self) -> list[Result]:
        """All results of trials."""
        return [self._result(key) for key, line in self.lines.items() if "accepted_right" in line]

    def _result(self, key: Key) -> Result:
        """The result of a key."""
        return Result(**{name: value for name, value in self.lines[key].items() if name != "digest"})


def digest_of(engine: str, grammars: Iterable[Path], without: Collection[Path] = ()) -> str:
    """A digest of the engine, of the code and data in HEARS, and of the grammars.

    It does not change with the files in `without`. Raises FileNotFoundError where HEARS names what is not there.
    """
    digest = hashlib.sha256(engine.encode())
    places = [ROOT / place for place in HEARS]
    if gone := [str(place) for place in places if not place.exists()]:
        raise FileNotFoundError(f"HEARS names what is not there: {', '.join(gone)}; correct it")
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*.*"))]
    files = sorted(file for file in files if "__pycache__" not in file.parts and file not in without)
    for file in [*files, *grammars]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def sampled(names: Iterable[str], most: int | None) -> list[str]:
    """At most `most` names, in an order as good as random and always equal: a smaller sample is part of a larger."""
    return sorted(names, key=lambda name: (crc32(name.encode()), name))[:most]


def half_of(name: str) -> str:
    """The half of the data that something belongs to, by its name alone: "tuning" or "held-out"."""
    return ("tuning", "held-out")[crc32(f"half {name}".encode()) % 2]
