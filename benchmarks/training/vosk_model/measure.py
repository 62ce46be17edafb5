"""Measures how well Vosk with the tiny model hears espeak-ng.

.venv/bin/python -m benchmarks.training.vosk_model.measure
"""

import resource
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np

from audio.asr.vosk import VoskRecogniser
from audio.samples import SAMPLE_RATE
from benchmarks.rig.tiny_vosk import ARCHIVE
from benchmarks.training.vosk_model.corpus import HELD_OUT_VARIANTS
from benchmarks.training.vosk_model.marked_speech import Manner, speak
from intents.phrases.short import short_sentences

_TRAINED_ON = ("en-us", "en-us+m3", "en-gb-x-rp+f3", "en+f1")
"""Voices that the model was trained on."""
_FULL_SCALE = np.float32(32_768)
"""The amplitude of full scale in 16-bit steps."""


def main() -> None:
    """Speak every command in each voice, with all commands expected, and print what was heard."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(ARCHIVE) as archive:
            archive.extractall(folder)
        before, began = _memory(), time.perf_counter()
        recogniser = VoskRecogniser(Path(folder) / ARCHIVE.stem)
        loaded = time.perf_counter() - began
        commands = short_sentences(None)
        recogniser.start_stream(commands)
        print(f"load {loaded * 1000:.0f} ms, first grammar {(time.perf_counter() - began - loaded) * 1000:.0f} ms")
        for title, voices in (
            ("voices it was trained on", _TRAINED_ON),
            ("other voices", [f"en-us+{variant}" for variant in HELD_OUT_VARIANTS]),
        ):
            print(title)
            for voice in voices:
                print(f"  {voice:15} {_measured(recogniser, commands, voice)}")
        print(f"memory {_memory() - before:.0f} MiB more than before")


def _measured(recogniser: VoskRecogniser, commands: tuple[str, ...], voice: str) -> str:
    """One voice's line."""
    sentences = texts = 0
    computed = sounded = 0.0
    for command in commands:
        samples = np.pad(speak(command, Manner(voice)).samples / _FULL_SCALE, SAMPLE_RATE * 3 // 10)
        heard = recogniser.recognise(samples, commands)
        sentences += heard.expected == command
        texts += heard.text == command
        computed += heard.seconds
        sounded += len(samples) / SAMPLE_RATE
    return (
        f"expected {sentences / len(commands):.1%}, free text {texts / len(commands):.1%}, "
        f"{computed / sounded:.3f} s a second of sound"
    )


def _memory() -> float:
    """Greatest resident memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
