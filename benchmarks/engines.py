"""Compares the recognition engines: commands understood, other talk taken for a command, and processor time.

    .venv/bin/python -m benchmarks.engines [--every N]

Every Nth command that is valid in a hold, and every Nth phrase of other talk of phrases_unseen.jsonl, spoken by a voice
that the tests' tiny Vosk model was trained with. Prints how many commands were understood, how many phrases were
falsely accepted, and the processor's time from the end of an utterance to its meaning. Needs espeak-ng.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import click
import numpy as np

from audio.asr.engines import open_recogniser
from audio.asr.recogniser import Engine, Recogniser
from audio.samples import SAMPLE_RATE
from benchmarks.rig.errors import missing_parts_explained
from benchmarks.rig.hearing import Hearing
from benchmarks.rig.people import HOLDING_INTENTS, MICROPHONE_BLOCK, spoken
from benchmarks.rig.places import PHRASES_UNSEEN
from benchmarks.rig.tiny_vosk import VOICE, put_in_place
from intents.model import Reading
from intents.reader import IntentReader

ENGINE_ROW = "{:<10} {:>10} {:>12} {:>8} {:>8}"
"""A row of the table that is printed."""


@click.command()
@click.option("--every", default=4, help="Of the commands and of other talk, take every Nth.")
@missing_parts_explained()
def main(every: int) -> None:
    """Measure every engine and print a row for each."""
    reader = IntentReader.coach()
    commands = reader.speech_grammar.sentences(HOLDING_INTENTS)[::every]
    phrases = [json.loads(line) for line in PHRASES_UNSEEN.read_text(encoding="utf-8").splitlines()]
    others = [phrase["text"] for phrase in phrases if phrase["intent"] is None][::every]
    meant = [reader.read(command, HOLDING_INTENTS).intent for command in commands]
    print(ENGINE_ROW.format("engine", "understood", "other passed", "median", "95th"))
    with tempfile.TemporaryDirectory() as root:
        put_in_place(Path(root))
        for engine in sorted(set(get_args(Engine)) - {"auto"}):
            recogniser = open_recogniser(engine, Path(root))
            recogniser.load()
            heard, waits = listen(recogniser, reader, commands)
            passed, _ = listen(recogniser, reader, others)
            right = sum(reading.intent == intent for reading, intent in zip(heard, meant, strict=True))
            wrong = sum(reading.intent is not None for reading in passed)
            times = [f"{seconds:.2f} s" for seconds in (statistics.median(waits), np.quantile(waits, 0.95))]
            of_all = f"{right} of {len(commands)}", f"{wrong} of {len(others)}"
            print(ENGINE_ROW.format(engine, *of_all, *times), flush=True)


def listen(recogniser: Recogniser, reader: IntentReader, texts: Sequence[str]) -> tuple[list[Reading], list[float]]:
    """What each text meant when spoken, and the processor seconds from each utterance's end to its meaning."""
    readings, waits = [], []
    for text in texts:
        listening = Hearing(recogniser, reader)
        sound = np.pad(spoken(text, VOICE), (SAMPLE_RATE // 2, SAMPLE_RATE * 3 // 2))
        reading = Reading("", None)
        for at in range(0, len(sound), MICROPHONE_BLOCK):
            began = time.process_time()
            for piece in listening.listen(sound[at : at + MICROPHONE_BLOCK], HOLDING_INTENTS):
                understood = listening.hear(piece, HOLDING_INTENTS)
                if understood is None:
                    continue
                reading = understood.reading
                waits.append(time.process_time() - began)
        readings.append(reading)
    return readings, waits


if __name__ == "__main__":
    main()
