"""How well short commands are heard, freely and as one of the sentences expected, and how often other speech passes.

Run from the project's root: `.venv/bin/python -m benchmarks.hearing_smoke [--every N]`. The commands are spoken by
flite and espeak-ng where they are installed; the recordings of real people are in ../shared/speech, where present.
"""

import argparse
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from audio.asr.moonshine.recogniser import MoonshineRecogniser
from audio.files import read_recording
from audio.samples import SAMPLE_RATE
from audio.vad.segmenter import Segmenter
from audio.vad.utterance import Utterance

RECORDINGS = Path("..") / "shared" / "speech"
FLITE = ("slt", "rms", "awb", "kal16")
ESPEAK = ("en-us+f3", "en-gb+m5", "en-us+m3", "en-gb+f2")
COMMANDS = (
    "no|yes|stop|pause|resume|next|ow|ouch|ready|wait|skip|back|repeat|more|help|louder|quieter|mute|longer|shorter|okay"
    "|go on|hold on|that hurts|go back|say again|i'm ready|not yet|how long|what helps|start over|never mind|slow down"
    "|carry on|what can i say|how many more|start stretching|my back is cramping|no thanks|turn it up|what's next"
    "|skip this one|how long is left|stop please"
).split("|")
OTHER = (
    "did you feed the cat this morning|the train leaves at half past nine|i think it will rain tomorrow|banana"
    "|she bought a new coat in town|pass me the salt please|turn left at the traffic lights|window|elephant|thursday"
    "|we need milk bread and eggs|the dog is barking at the door|i lost my keys again|he scored in the last minute"
    "|coffee|music|did you stop at the shop on the way home|next week is fine for us|good morning|yellow"
).split("|")
ALIKE = ("weight", "wake", "late", "pack", "bag", "nest", "text", "shop", "step", "snow", "nose", "guess", "posh")
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WAKE_WORDS = ("alexa", "computer", "jarvis", "snowboy")


@dataclass(frozen=True)
class Take:
    """A recording, what is said in it, and what was expected."""

    group: str
    said: str | None
    """None when it is none of what is expected."""
    path: Path
    expected: tuple[str, ...]


def spoken(folder: Path) -> Iterator[Take]:
    """The commands and other speech, by every voice that is installed."""
    voices = [("flite", voice) for voice in FLITE] + [("espeak-ng", voice) for voice in ESPEAK]
    for program, voice in voices:
        if which(program) is None:
            continue
        for group, texts in (("commands", COMMANDS), ("other speech", OTHER), ("near misses", ALIKE)):
            for number, text in enumerate(texts):
                path = folder / f"{group} {voice} {number}.wav"
                if program == "flite":
                    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True)
                else:
                    subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", str(path), text], check=True)
                yield Take(f"{group}, {program}", text if group == "commands" else None, path, tuple(COMMANDS))


def recorded() -> Iterator[Take]:
    """Real people, whose digits and wake words serve as commands in one pass and as other speech in the next."""
    commands = tuple(COMMANDS)
    words = (*commands, *DIGITS, *WAKE_WORDS)
    for path in sorted((RECORDINGS / "phrases").rglob("*.flac")):
        is_command = path.stem in COMMANDS
        yield Take(
            "commands, people" if is_command else "home phrases", path.stem if is_command else None, path, commands
        )
    for path in sorted((RECORDINGS / "digits").glob("*.wav")):
        yield Take("digits, people", DIGITS[int(path.stem[0])], path, words)
        yield Take("digits unexpected", None, path, commands)
    for path in sorted((RECORDINGS / "wake").rglob("*.flac")):
        yield Take("wake words, people", path.parent.name, path, words)
        yield Take("wake words unexpected", None, path, commands)
    for path in sorted((RECORDINGS / "coffee").glob("*.flac")):
        yield Take("coffee orders", None, path, commands)


def utterances(path: Path) -> list[NDArray[np.float32]]:
    """What the segmenter makes of a recording in a quiet room."""
    quiet = np.random.default_rng(3).normal(0, 1e-4, SAMPLE_RATE).astype(np.float32)
    segmenter = Segmenter()
    segments = (
        segmenter.feed(np.concatenate((quiet[: SAMPLE_RATE // 2], read_recording(path).at(SAMPLE_RATE), quiet)))
        + segmenter.flush()
    )
    return [segment.samples for segment in segments if isinstance(segment, Utterance)]


def plain(text: str) -> str:
    """Lower case without punctuation."""
    return "".join(character for character in text.lower() if character.isalnum() or character in " '").strip()


def memory() -> dict[str, int]:
    """Resident megabytes: now, and at most."""
    lines = [line.split() for line in Path("/proc/self/status").read_text().splitlines()]
    return {line[0][2:-1]: int(line[1]) // 1024 for line in lines if line[0] in ("VmRSS:", "VmHWM:")}


def main() -> None:
    """Print one line a group, then time and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=2, help="take every nth recording (2)")
    every = parser.parse_args().every
    recogniser = MoonshineRecogniser()
    began = time.perf_counter()
    recogniser.load()
    print(f"load {time.perf_counter() - began:.2f} s, resident {memory()} MB")
    results: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    short: list[float] = []
    with TemporaryDirectory() as folder:
        takes = [*spoken(Path(folder)), *recorded()]
        for number, take in enumerate(takes):
            if number % every and take.group != "commands, people":
                continue
            heard = [recogniser.recognise(samples, take.expected) for samples in utterances(take.path)]
            short += [transcript.seconds for transcript in heard if len(transcript.text) < 15]
            best = max(heard, key=lambda transcript: transcript.expected_confidence, default=None)
            free = any(plain(transcript.text) == take.said for transcript in heard)
            nearest = best is not None and best.expected == take.said
            passes = best is not None and best.expected_confidence >= 0.5
            results[take.group].append((free, nearest, passes and (nearest or take.said is None)))
            if take.said is None and passes and best is not None and not take.group.startswith("near"):
                print(f"  passed: {take.path.stem} {best}")
    print(f"{'group':28}{'takes':>7}{'free %':>8}{'nearest %':>11}{'accepted %':>12}")
    for group, rows in results.items():
        free_right, nearest_right, accepted = (100 * float(np.mean(column)) for column in zip(*rows, strict=True))
        print(f"{group:28}{len(rows):7}{free_right:8.1f}{nearest_right:11.1f}{accepted:12.2f}")
    print(f"short utterances: median {np.median(short) * 1000:.0f} ms; resident {memory()} MB")


if __name__ == "__main__":
    main()
